"""Personal accounts and the ledger: the port that other slices reach the meals' money by.

Few statements, each over many rows. Balances are touched in the order of their key, so that two
processes posting to the same accounts wait for each other instead of locking each other out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from adapters.meals import models
from gateway.adapter import AccountStatus, Beneficiary, LedgerEntry, PersonalAccount, Posting
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query


@dataclass(frozen=True, slots=True)
class TopUpLimits:
    """What holds where neither the school nor the organizer says otherwise (H-06)."""

    smallest: Decimal = Decimal("1.00")
    """Roubles."""
    largest: Decimal = Decimal("2000.00")
    """Roubles (MEAL-BANK-04)."""


DEFAULT_LIMITS = TopUpLimits()
_ZERO = Decimal("0.00")
_STATUSES = {status.value: status for status in AccountStatus}

_ACCOUNTS = Query(
    """
    SELECT a.number, a.status, a.pupil_mask, a.class_name, s.name, a.organizer_inn, o.name,
           o.beneficiary_account, o.beneficiary_bik, o.beneficiary_bank, o.beneficiary_purpose,
           o.min_top_up, coalesce(s.max_top_up, o.max_top_up)
    FROM personal_account a
    JOIN school s ON s.code = a.school_code
    JOIN organizer o ON o.inn = a.organizer_inn
    WHERE a.number IN {numbers:text}
    """
)
_ORGANIZERS = Query("SELECT inn FROM organizer WHERE inn IN {inns:text}")
_BALANCES = Query(
    "SELECT account, organizer_inn, balance FROM ledger_balance WHERE account IN {accounts:text}"
)
_POSTED = Query(
    """
    SELECT id, account, organizer_inn, amount, source
    FROM ledger_entry WHERE source IN {sources:text}
    """
)
_PAGE = Query(
    """
    SELECT id, account, organizer_inn, amount, source
    FROM ledger_entry WHERE id > :after ORDER BY id LIMIT :limit
    """
)
_ENTRY_COLUMNS = (
    "account",
    "organizer_inn",
    "amount",
    "kind",
    "source",
    "business_date",
    "entry",
    "basis",
    "created_at",
)
_BALANCE_COLUMNS = ("account", "organizer_inn", "balance")
_ADD_TO_BALANCE = (
    "(account, organizer_inn) DO UPDATE SET balance = ledger_balance.balance + excluded.balance"
)


class MealsLedger:
    """`gateway.adapter.Ledger` inside one transaction."""

    def __init__(self, transaction: Transaction, limits: TopUpLimits = DEFAULT_LIMITS) -> None:
        """Work in `transaction`; `limits` hold where nobody set others."""
        self._transaction = transaction
        self._limits = limits

    def accounts(self, numbers: Sequence[str]) -> Mapping[str, PersonalAccount]:
        """Return the known ones of `numbers`."""
        details: dict[str, Beneficiary | None] = {}
        return {
            row[0]: self._account(row, details)
            for row in self._transaction.rows(_ACCOUNTS, numbers=list(numbers))
        }

    def organizers(self, inns: Sequence[str]) -> frozenset[str]:
        """Return those of `inns` that are organizers of meals in this contour."""
        return frozenset(inn for (inn,) in self._transaction.rows(_ORGANIZERS, inns=list(inns)))

    def balances(self, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Decimal]:
        """Return roubles per (account, organizer INN); 0.00 where nothing was posted."""
        rows = self._transaction.rows(_BALANCES, accounts=list({account for account, _ in keys}))
        moved = {(account, inn): balance for account, inn, balance in rows}
        return {key: to_roubles(moved[key]) if key in moved else _ZERO for key in keys}

    def post(self, postings: Sequence[Posting], now: datetime) -> None:
        """Append entries and move balances; a `source` posted before raises RaceLost."""
        self._transaction.insert_new(
            models.ledger_entry,
            _ENTRY_COLUMNS,
            [
                (
                    posting.account,
                    posting.organizer_inn,
                    posting.amount,
                    posting.kind.value,
                    posting.source,
                    posting.business_date,
                    posting.entry,
                    posting.basis,
                    now,
                )
                for posting in postings
            ],
        )
        self._transaction.insert(
            models.ledger_balance, _BALANCE_COLUMNS, _movements(postings), _ADD_TO_BALANCE
        )

    def posted(self, sources: Sequence[str]) -> Mapping[str, LedgerEntry]:
        """Return the entries that exist among `sources`."""
        rows = self._transaction.rows(_POSTED, sources=list(sources))
        return {entry.source: entry for entry in map(_entry, rows)}

    def entries(self, after: int, limit: int) -> Sequence[LedgerEntry]:
        """Return at most `limit` entries numbered above `after`, in order."""
        return [_entry(row) for row in self._transaction.rows(_PAGE, after=after, limit=limit)]

    def _account(
        self, row: tuple[Any, ...], details: dict[str, Beneficiary | None]
    ) -> PersonalAccount:
        (number, status, mask, class_name, school, inn, organizer, *beneficiary, low, high) = row
        if inn not in details:
            details[inn] = Beneficiary(*beneficiary) if all(beneficiary) else None
        return PersonalAccount(
            number,
            _STATUSES[status],
            mask,
            class_name,
            school,
            inn,
            organizer,
            details[inn],
            self._limits.smallest if low is None else to_roubles(low),
            self._limits.largest if high is None else to_roubles(high),
        )


def _movements(postings: Iterable[Posting]) -> list[tuple[str, str, Decimal]]:
    """Sum the postings by key, in the order of the key."""
    sums: dict[tuple[str, str], Decimal] = {}
    for posting in postings:
        key = (posting.account, posting.organizer_inn)
        sums[key] = sums.get(key, _ZERO) + posting.amount
    return [(*key, sums[key]) for key in sorted(sums)]


def _entry(row: tuple[Any, ...]) -> LedgerEntry:
    number, account, organizer_inn, amount, source = row
    return LedgerEntry(number, account, organizer_inn, to_roubles(amount), source)
