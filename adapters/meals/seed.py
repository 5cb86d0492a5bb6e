"""A school with pupils' accounts for the demo and the test contour: everybody is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from adapters.meals import models
from gateway.adapter import AccountStatus
from gateway.kernel.identifiers import issue_account
from gateway.storage.database import Transaction

OPEN_ACCOUNTS = 30
SCHOOL_CODE = "DEMO-SCHOOL-1"

_NAMES = ("Иван", "Мария", "Пётр", "Анна", "Тимур", "Ольга", "Егор", "Дарья", "Лев", "Алина")
_INITIALS = "АБВГДЕЖЗИКЛМНОПРСТУФ"
_CLASSES = ("1А", "2Б", "3В", "5А", "7Б", "9В")
_DETAILS = {
    # The key of the account holds with this BIK; no bank has either.
    "beneficiary_account": "40702810600000000001",
    "beneficiary_bik": "047199999",
    "beneficiary_bank": "Демонстрационный банк",
    "beneficiary_purpose": "Питание учащихся по лицевому счёту. НДС не облагается.",
}


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """What the seed leaves to pay to."""

    open: tuple[str, ...]
    blocked: str
    closed: str


def seed_demo(transaction: Transaction, organizer_inn: str, organizer_name: str) -> DemoAccounts:
    """Enter the demo school, the organizer and its accounts; rows that exist stay as they are."""
    _enter(
        transaction,
        models.school,
        [{"code": SCHOOL_CODE, "name": "Демонстрационная школа № 1"}],
    )
    _enter(
        transaction,
        models.organizer,
        [{"inn": organizer_inn, "name": organizer_name, **_DETAILS}],
    )
    accounts = DemoAccounts(
        open=tuple(issue_account(serial) for serial in range(OPEN_ACCOUNTS)),
        blocked=issue_account(OPEN_ACCOUNTS),
        closed=issue_account(OPEN_ACCOUNTS + 1),
    )
    _enter(transaction, models.personal_account, list(_pupils(accounts, organizer_inn)))
    return accounts


def _pupils(accounts: DemoAccounts, organizer_inn: str) -> Iterator[dict[str, Any]]:
    for serial, number in enumerate((*accounts.open, accounts.blocked, accounts.closed)):
        status = {
            accounts.blocked: AccountStatus.BLOCKED,
            accounts.closed: AccountStatus.CLOSED,
        }.get(number, AccountStatus.OPEN)
        yield {
            "number": number,
            "status": status.value,
            "pupil_mask": f"{_NAMES[serial % len(_NAMES)]} {_INITIALS[serial % len(_INITIALS)]}.",
            "class_name": _CLASSES[serial % len(_CLASSES)],
            "school_code": SCHOOL_CODE,
            "organizer_inn": organizer_inn,
        }


def _enter(transaction: Transaction, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    insert = postgresql.insert if transaction.on_postgresql else sqlite.insert
    transaction.execute(insert(table).on_conflict_do_nothing(), rows)
