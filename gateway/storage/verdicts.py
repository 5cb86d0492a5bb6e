"""What the scanner has said of files, by the digest of their content (SEC-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from gateway.storage.database import Database, Transaction, contour_metadata
from gateway.storage.query import replacing
from gateway.storage.types import Instant

VALID_FOR = timedelta(days=1)
"""Scanners learn: what they said yesterday is asked again."""

attachment_verdict = sa.Table(
    "attachment_verdict",
    contour_metadata,
    sa.Column("sha256", sa.LargeBinary, primary_key=True),
    sa.Column("finding", sa.Text),  # NULL: clean
    sa.Column("scanned_at", Instant, nullable=False),
)
_COLUMNS = ("sha256", "finding", "scanned_at")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a file."""

    finding: str | None
    """Name of the malware; None for a clean file."""


def known(database: Database, sha256: bytes, now: datetime) -> Verdict | None:
    """Return a verdict that still holds."""
    with database.reading() as transaction:
        row = transaction.execute(
            sa.select(attachment_verdict.c.finding).where(
                attachment_verdict.c.sha256 == sha256,
                attachment_verdict.c.scanned_at > now - VALID_FOR,
            )
        ).one_or_none()
    return None if row is None else Verdict(row.finding)


def remember(database: Database, sha256: bytes, finding: str | None, now: datetime) -> None:
    """Write a verdict down; the later of two stands."""
    with database.writing() as transaction:
        transaction.insert(
            attachment_verdict,
            _COLUMNS,
            [(sha256, finding, now)],
            replacing(("sha256",), _COLUMNS),
        )


def infected(transaction: Transaction, now: datetime) -> int:
    """Count the contents in which something was found."""
    found = transaction.execute(
        sa.select(sa.func.count()).where(
            attachment_verdict.c.finding.is_not(None),
            attachment_verdict.c.scanned_at > now - VALID_FOR,
        )
    )
    return int(found.scalar_one())


def forget(transaction: Transaction, now: datetime) -> int:
    """Forget verdicts that hold no more; return how many."""
    return transaction.execute(
        sa.delete(attachment_verdict).where(attachment_verdict.c.scanned_at <= now - VALID_FOR)
    ).rowcount
