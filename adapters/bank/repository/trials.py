"""What a plan of tests may ask about a bank's payments and registries: its own, never another's.

And the registry that the stand's own bank has handed over for a session of an organizer.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from adapters.bank.models import payment, payment_registry, registry_line
from adapters.bank.repository.payments import Payment
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE

MOST_ROWS = 200_000
"""More are not counted; a registry of a trial has fewer lines."""


class Handed(NamedTuple):
    """A registry whose payments were all credited before."""

    id: UUID
    bank: str
    number: str
    day: date
    organizer_inn: str
    at: datetime
    payments: Sequence[Payment]

    @property
    def amount(self) -> Decimal:
        """Roubles of all lines."""
        return sum((one.amount for one in self.payments), Decimal("0.00"))


def enter_registry(transaction: Transaction, handed: Handed) -> None:
    """Enter a registry as processing leaves it: every line ALREADY_CREDITED."""
    lines = len(handed.payments)
    row = {
        "id": handed.id,
        "bank": handed.bank,
        "registry_id": str(handed.id),
        "number": handed.number,
        "registry_date": handed.day,
        "organizer_inn": handed.organizer_inn,
        "period_from": min(one.payment_time for one in handed.payments),
        "period_to": handed.at,
        "kind": "ONLINE",
        "line_count": lines,
        "total_amount": handed.amount,
        "source": "INLINE",
        "digest": sha256(handed.number.encode()).digest(),
        "entry": NO_MESSAGE,
        "received_at": handed.at,
        "late_before": handed.at - timedelta(days=1),
        "state": "ACCEPTED",
        "phase": "DONE",
        "staged": lines,
        "staged_amount": handed.amount,
        "booked_through": lines,
        "processed_at": handed.at,
        "already_count": lines,
        "already_amount": handed.amount,
    }
    transaction.execute(payment_registry.insert(), [row])
    transaction.execute(registry_line.insert(), [_line(handed.id, one) for one in handed.payments])


def payments(
    transaction: Transaction, bank: str, where: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """Return payments by `bank_payment_id`, `account`, `state`; raise KeyError for others."""
    known = {
        "bank_payment_id": payment.c.bank_payment_id,
        "account": payment.c.account,
        "state": payment.c.state,
    }
    asked = sa.select(payment.c.bank_payment_id, payment.c.state).where(
        payment.c.bank == bank, *(known[name] == value for name, value in where.items())
    )
    return _rows(transaction, asked)


def registry_lines(
    transaction: Transaction, bank: str, where: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """Return lines by the bank's `registry_id`, by `result`; raise KeyError for others."""
    known = {
        "registry_id": payment_registry.c.registry_id,
        "result": registry_line.c.result,
    }
    asked = (
        sa.select(
            sa.cast(registry_line.c.line_no, sa.Text).label("line_no"),
            sa.func.coalesce(registry_line.c.result, "").label("result"),
        )
        .join(payment_registry, payment_registry.c.id == registry_line.c.registry_id)
        .where(
            payment_registry.c.bank == bank,
            *(known[name] == value for name, value in where.items()),
        )
        .order_by(registry_line.c.line_no)
    )
    return _rows(transaction, asked)


def _line(registry_id: UUID, paid: Payment) -> dict[str, object]:
    return {
        "registry_id": registry_id,
        "line_no": paid.registry_line,
        "bank_payment_id": paid.bank_payment_id,
        "account": paid.account,
        "amount": paid.amount,
        "payment_time": paid.payment_time,
        "channel": paid.channel,
        "status": "PAID",
        "result": "ALREADY_CREDITED",
        "payment_id": paid.id,
        "payment_was": paid.state,
    }


def _rows(
    transaction: Transaction, asked: sa.Select[str, str] | sa.Select[str, Any]
) -> Sequence[Mapping[str, str]]:
    return [dict(row._mapping) for row in transaction.execute(asked.limit(MOST_ROWS))]  # noqa: SLF001 -- SQLAlchemy's public name
