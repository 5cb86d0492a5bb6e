"""Notices to participants (section D4 of the regulations' digest: NOT-01 … NOT-18).

A notice is written once for each (code, participant, event), in the transaction of what it tells
of, and numbered per participant for `NotificationService.GetNotices`. Where its code says so and
the participant has mailboxes, a mail goes into the outbox in the same transaction.
"""

from registry.notices.board import Board, Notice, acknowledge, reconcile, since
from registry.notices.codes import NoticeCode
from registry.notices.ladder import STEPS, due_notices, write_notices

__all__ = [
    "STEPS",
    "Board",
    "Notice",
    "NoticeCode",
    "acknowledge",
    "due_notices",
    "reconcile",
    "since",
    "write_notices",
]
