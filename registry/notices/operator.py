"""Notices to the hub's own operator: it is there by law, and in the registry once it is told."""

from dataclasses import dataclass
from datetime import datetime

from gateway.storage.database import Transaction
from registry import founders
from registry.calendar import CalendarAlert, local_date
from registry.notices.board import Board
from registry.notices.codes import NoticeCode

ACTOR = "узел"


def operator_code(transaction: Transaction, code: str, now: datetime) -> str:
    """Return whom the operator's notices go to; enter the operator as `code` if nobody has yet."""
    known = founders.operator_of(transaction)
    if known is None:
        founders.found(transaction, code, now, ACTOR)
    return known or code


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """Tells the operator, every morning anew, of a year that is missing (JOB-22)."""

    board: Board
    operator: str
    """Its code, should it not be in the registry."""

    def __call__(self, transaction: Transaction, alert: CalendarAlert, now: datetime) -> None:
        """Post in the transaction of the check; raise MailboxInvalid."""
        to = operator_code(transaction, self.operator, now)
        event = f"calendar/{alert.year}/{local_date(now).isoformat()}"
        facts = {"year": str(alert.year)}
        self.board.post(transaction, NoticeCode.CALENDAR_MISSING, to, event, facts, now)
