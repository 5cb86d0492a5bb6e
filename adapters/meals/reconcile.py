"""The proof that balances are the sums of entries and every debit has one (MEAL-DEB-03, 07)."""

from adapters.meals.repository.debits import SOURCE
from gateway.adapter import Ledger
from gateway.kernel.money import format_roubles, to_roubles
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.storage.query import Query

_UNBALANCED = Query(
    """
    SELECT account, organizer_inn, sum(posted), sum(kept)
    FROM (
        SELECT account, organizer_inn, amount AS posted, 0 AS kept FROM ledger_entry
        UNION ALL
        SELECT account, organizer_inn, 0, balance FROM ledger_balance
    ) AS books
    GROUP BY account, organizer_inn
    HAVING sum(posted) <> sum(kept)
    ORDER BY account, organizer_inn
    """
)
_STRANGERS = Query(
    """
    SELECT e.id, e.account FROM ledger_entry e
    WHERE NOT EXISTS (SELECT 1 FROM personal_account a WHERE a.number = e.account)
    ORDER BY e.id
    """
)
_DEBITED = "e.source = " + SOURCE.format("d")
_UNPOSTED = Query(
    f"""
    SELECT {SOURCE.format("d")}, d.to_pay, e.amount
    FROM meal_debit d LEFT JOIN ledger_entry e ON {_DEBITED}
    WHERE e.source IS NULL OR e.kind <> 'DEBIT' OR e.amount <> -d.to_pay
       OR e.account <> d.account OR e.organizer_inn <> d.organizer_inn OR e.business_date <> d.day
    ORDER BY 1
    """  # noqa: S608 -- text of our own
)
_UNDEBITED = Query(
    f"""
    SELECT e.id, e.source FROM ledger_entry e
    WHERE e.kind = 'DEBIT' AND NOT EXISTS (
        SELECT 1 FROM meal_debit d
        WHERE d.account = e.account AND d.organizer_inn = e.organizer_inn
          AND d.day = e.business_date AND {_DEBITED}
    )
    ORDER BY e.id
    """  # noqa: S608 -- text of our own
)
INVENTED = "region/"
"""How the sources of money begin that the generator of regions has invented, in a test contour."""

_UNCAUSED = Query(
    f"""
    SELECT e.id, e.source FROM ledger_entry e
    WHERE e.entry = {NO_MESSAGE} AND e.kind <> 'DEBIT'
      AND NOT EXISTS (SELECT 1 FROM trial_account t WHERE t.number = e.account)
      AND e.source NOT LIKE '{INVENTED}%'
    ORDER BY e.id
    """  # noqa: S608 -- text of our own
)


def reconcile(transaction: Transaction, _ledger: Ledger) -> list[str]:
    """Name what does not add up, row by row.

    That is a balance of (account, organizer) that is not Σ entries, an entry on no account, a debit
    of a meal without its entry of the ledger, an entry without its debit, and an entry that is not
    a debit and yet stems from no message, unless its account was made for a trial.
    """
    return [
        *(_difference(*row) for row in transaction.rows(_UNBALANCED)),
        *(
            f"ledger_entry {number}: лицевой счёт {account} не существует"
            for number, account in transaction.rows(_STRANGERS)
        ),
        *(_unposted(*row) for row in transaction.rows(_UNPOSTED)),
        *(
            f"ledger_entry {number}: списания {source} нет в meal_debit"
            for number, source in transaction.rows(_UNDEBITED)
        ),
        *(
            f"ledger_entry {number}: {source} не вызвана никаким сообщением"
            for number, source in transaction.rows(_UNCAUSED)
        ),
    ]


def _difference(account: str, organizer_inn: str, posted: int, kept: int) -> str:
    """Say which side is short and by how much: that is the sum of the row that went missing."""
    posted, kept = int(posted), int(kept)
    amount = format_roubles(to_roubles(kept - posted))
    return (
        f"ledger_balance {account}/{organizer_inn}: "
        f"остаток {format_roubles(to_roubles(kept))}, "
        f"сумма проводок {format_roubles(to_roubles(posted))}; "
        f"не хватает проводок на {amount} либо остаток изменён в обход журнала проводок"
    )


def _unposted(source: str, to_pay: int, amount: int | None) -> str:
    """Say what the ledger has instead of a debit."""
    owed = format_roubles(to_roubles(int(to_pay)))
    if amount is None:
        return f"meal_debit {source}: проводки на {owed} нет"
    posted = format_roubles(to_roubles(int(amount)))
    return f"meal_debit {source}: к оплате {owed}, а проводка на {posted} с другими данными"
