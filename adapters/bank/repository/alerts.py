"""What an operator has to look at, said once a business day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from adapters.bank.models import alert
from gateway.storage.database import Transaction


class Alert(NamedTuple):
    """A row of `alert`: the fields stand in the order of the columns."""

    kind: str
    participant: str
    subject: str
    business_date: date
    text: str
    created_at: datetime


def raise_new(transaction: Transaction, alerts: Sequence[Alert]) -> list[Alert]:
    """Store the alerts that were not raised for their day yet and return those."""
    if not alerts:
        return []
    columns = alert.c
    said = sa.select(
        columns.kind, columns.participant, columns.subject, columns.business_date
    ).where(columns.business_date.in_({one.business_date for one in alerts}))
    raised = {tuple(row) for row in transaction.execute(said)}
    new = [one for one in alerts if one[:4] not in raised]
    transaction.insert(alert, Alert._fields, new, "DO NOTHING")
    return new
