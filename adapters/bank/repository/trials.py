"""What a plan of tests may ask about a bank's payments and registries: its own, never another's."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from adapters.bank.models import payment, payment_registry, registry_line
from gateway.storage.database import Transaction

MOST_ROWS = 200_000
"""More are not counted; a registry of a trial has fewer lines."""


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


def _rows(
    transaction: Transaction, asked: sa.Select[str, str] | sa.Select[str, Any]
) -> Sequence[Mapping[str, str]]:
    return [dict(row._mapping) for row in transaction.execute(asked.limit(MOST_ROWS))]  # noqa: SLF001 -- SQLAlchemy's public name
