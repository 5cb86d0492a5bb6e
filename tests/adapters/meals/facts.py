"""Days whose meals wait to be debited: classes with requests, set straight into the tables."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.models import class_request, personal_account, request_line, school_class
from gateway.kernel.identifiers import issue_account
from gateway.storage.database import Transaction

INN = "7200000096"
SCHOOL = "KITCHEN-1"
MEALS = ("BREAKFAST", "LUNCH")
TO_PAY = Decimal("81.27")
PUPILS = 10
"""Of each class."""
_FIRST_SERIAL = 500_000


def settle_kitchen(transaction: Transaction, classes: int) -> None:
    """Enter a school of `classes` classes with their accounts."""
    transaction.execute(
        sa.insert(models.organizer), [{"inn": INN, "name": "Комбинат питания испытаний"}]
    )
    transaction.execute(sa.insert(models.school), [{"code": SCHOOL, "name": "Школа испытаний"}])
    transaction.execute(
        sa.insert(school_class),
        [
            {"code": _code(number), "school": SCHOOL, "name": "5А", "parallel": 5, "entry": 0}
            for number in range(classes)
        ],
    )
    transaction.execute(
        sa.insert(personal_account),
        [
            {
                "number": account,
                "status": "OPEN",
                "pupil_mask": "Иван И.",
                "class_name": "5А",
                "school_code": SCHOOL,
                "organizer_inn": INN,
            }
            for number in range(classes)
            for account in accounts_of(number)
        ],
    )


def eat(transaction: Transaction, day: date, classes: int) -> None:
    """Enter the requests of a day: every pupil ate every meal."""
    transaction.execute(
        sa.insert(class_request),
        [
            {
                "id": UUID(int=(day.toordinal() << 32) + number),
                "school": SCHOOL,
                "class_code": _code(number),
                "day": day,
                "state": "LOCKED",
                "version": 1,
                "formed_at": datetime(2026, 1, 1, tzinfo=UTC),
                "formed_by": "S-1",
                "entry": 0,
            }
            for number in range(classes)
        ],
    )
    transaction.execute(
        sa.insert(request_line),
        [
            {
                "request_id": UUID(int=(day.toordinal() << 32) + number),
                "account": account,
                "meal_type": meal,
                "organizer_inn": INN,
                "complex_id": 1,
                "complex_code": "C",
                "source": "DEFAULT",
                "is_present": True,
                "is_included": True,
                "is_over_credit": False,
                "full_price": TO_PAY,
                "discount": 0,
                "to_pay": TO_PAY,
            }
            for number in range(classes)
            for account in accounts_of(number)
            for meal in MEALS
        ],
    )


def accounts_of(number: int) -> list[str]:
    """Return the accounts of a class."""
    first = _FIRST_SERIAL + number * PUPILS
    return [issue_account(serial) for serial in range(first, first + PUPILS)]


def _code(number: int) -> str:
    return f"{SCHOOL}/{number:05}"
