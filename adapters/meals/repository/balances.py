"""What pupils have on their accounts with the organizer that feeds them now."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals.names import FullName
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_OF_CLASS = Query(
    """
    SELECT p.account, p.name, coalesce(b.balance, 0)
    FROM pupil p
    JOIN personal_account a ON a.number = p.account
    LEFT JOIN ledger_balance b ON b.account = a.number AND b.organizer_inn = a.organizer_inn
    WHERE p.class_code = :class_code AND p.since <= :day AND (p.until IS NULL OR p.until >= :day)
    """
)


class PupilBalance(NamedTuple):
    """A pupil by name, and roubles; less than nothing is eaten on credit."""

    account: str
    name: FullName
    balance: Decimal


def of_class(transaction: Transaction, class_code: str, day: date) -> list[PupilBalance]:
    """Return the balances of those who learn in a class on `day`, in no order."""
    opened = transaction.vault.open
    return [
        PupilBalance(account, FullName.read(opened("pupil.name", name)), to_roubles(int(balance)))
        for account, name, balance in transaction.rows(
            _OF_CLASS, class_code=class_code, day=day.isoformat()
        )
    ]
