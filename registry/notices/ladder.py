"""The ladder of expiry: 60, 30, 14, 7 and 1 days before a certificate ends there is a notice.

Written once for each certificate and step, however often and on whatever days anybody looks. Of
the steps that are caught up together only the last is news for the participant (NOT-17, JOB-19).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry import models
from registry.calendar import local_date
from registry.notices.board import Board
from registry.notices.codes import NoticeCode

STEPS = (60, 30, 14, 7, 1)
"""Local days before the day on which the certificate ends."""

_CONTOURS = {Contour.TEST: "тестовый", Contour.PROD: "продуктивный"}


@dataclass(frozen=True, slots=True)
class Step:
    """A certificate has reached a step."""

    certificate: int
    step: int
    days_left: int
    """On the day of writing: fewer than `step` when nobody looked on the day itself."""


def write_notices(transaction: Transaction, now: datetime, board: Board) -> list[Step]:
    """Write what is due and was not written yet, post it, and return it.

    A step whose day had passed when the certificate was bound is no news and is left out.
    """
    today = local_date(now)
    table = models.certificate_notice
    due = [
        notice
        for row in transaction.execute(_live()).all()
        for notice in due_notices(row.id, row.created_at, row.not_after, today)
    ]
    known = {
        (row.certificate, row.step)
        for row in transaction.execute(sa.select(table.c.certificate, table.c.step))
    }
    fresh = [notice for notice in due if (notice.certificate, notice.step) not in known]
    transaction.insert(
        table,
        ("certificate", "step", "days_left", "noted_at"),
        [(one.certificate, one.step, one.days_left, now) for one in fresh],
        "DO NOTHING",
    )
    _post(transaction, fresh, board, now)
    return fresh


def due_notices(
    certificate: int, bound_at: datetime, not_after: datetime, today: date
) -> list[Step]:
    """Return the steps that a certificate has reached since it was bound."""
    last_day = local_date(not_after)
    since = local_date(bound_at)
    return [
        Step(certificate, step, (last_day - today).days)
        for step in STEPS
        if since <= last_day - timedelta(days=step) <= today
    ]


def _post(transaction: Transaction, fresh: list[Step], board: Board, now: datetime) -> None:
    news = {one.certificate: one for one in sorted(fresh, key=lambda one: one.step, reverse=True)}
    c = models.certificate.c
    certificates = transaction.execute(
        sa.select(c.id, c.participant, c.contour, c.serial, c.thumbprint, c.not_after)
        .where(c.id.in_(news))
        .order_by(c.participant, c.id)
    ).all()
    for row in certificates:
        step = news[row.id]
        board.post(
            transaction,
            NoticeCode.CERT_EXPIRY,
            row.participant,
            f"certificate/{row.thumbprint}/{row.contour}/{step.step}",
            {
                "certificate": row.serial,
                "contour": _CONTOURS[Contour(row.contour)],
                "days_left": str(step.days_left),
                "last_day": local_date(row.not_after).strftime("%d.%m.%Y"),
            },
            now,
            ref=row.thumbprint,
        )


def _live() -> sa.Select[tuple[int, datetime, datetime]]:
    c = models.certificate.c
    return sa.select(c.id, c.created_at, c.not_after).where(c.ended_at.is_(None)).order_by(c.id)
