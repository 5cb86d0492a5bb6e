"""The proof that the ledger's balances are the sums of its entries (MEAL-DEB-07)."""

from gateway.adapter import Ledger
from gateway.kernel.money import format_roubles, to_roubles
from gateway.storage.database import Transaction
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


def reconcile(transaction: Transaction, _ledger: Ledger) -> list[str]:
    """Name every (account, organizer) whose balance is not Σ entries, every entry on no account."""
    return [
        *(_difference(*row) for row in transaction.rows(_UNBALANCED)),
        *(
            f"ledger_entry {number}: лицевой счёт {account} не существует"
            for number, account in transaction.rows(_STRANGERS)
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
