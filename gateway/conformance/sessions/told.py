"""What was told of a session last, and what it was frozen as; no verdict is taken from here."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gateway.conformance.judge import Judgement
from gateway.conformance.sessions import models
from gateway.conformance.verdicts import Verdict
from gateway.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """The verdict on a line as it was last told."""

    line: str
    number: int
    at: datetime
    attempt: int
    verdict: Verdict
    digest: str


def tell(transaction: Transaction, session: UUID, judgement: Judgement) -> None:
    """Write down the verdicts that are other than those told last."""
    _add(transaction, session, _news(judgement, last(transaction, session)))


def is_news(transaction: Transaction, session: UUID, judgement: Judgement) -> bool:
    """Tell whether any verdict is other than the one told last."""
    return next(_news(judgement, last(transaction, session)), None) is not None


def last(transaction: Transaction, session: UUID) -> dict[str, Told]:
    """Return the verdict told last of each line."""
    table = models.told
    rows = transaction.execute(
        table.select().where(table.c.session == session).order_by(table.c.number)
    )
    return {
        row.line: Told(row.line, row.number, row.at, row.attempt, Verdict(row.verdict), row.digest)
        for row in rows
    }


def _add(transaction: Transaction, session: UUID, lines: Iterable[Told]) -> None:
    """Record verdicts that are other than those told last."""
    rows = [
        {
            "session": session,
            "line": line.line,
            "number": line.number,
            "at": line.at,
            "attempt": line.attempt,
            "verdict": line.verdict.value,
            "digest": line.digest,
        }
        for line in lines
    ]
    if rows:
        transaction.execute(models.told.insert(), rows)


def freeze(
    transaction: Transaction, session: UUID, at: datetime, sha256: str, content: bytes
) -> None:
    """Keep what a session ended with; the key refuses a second time."""
    transaction.execute(
        models.frozen.insert().values(
            session=session, at=at, sha256=sha256, content=zlib.compress(content)
        )
    )


def frozen_content(transaction: Transaction, session: UUID) -> bytes | None:
    """Return the frozen bytes."""
    table = models.frozen
    packed = transaction.execute(
        sa.select(table.c.content).where(table.c.session == session)
    ).scalar_one_or_none()
    return None if packed is None else zlib.decompress(packed)


def _news(judgement: Judgement, known: Mapping[str, Told]) -> Iterator[Told]:
    """Give the verdicts that are other than those told last."""
    for line in judgement.lines:
        if not line.attempts:
            continue
        before = known.get(line.name)
        attempt = line.attempts[-1].attempt.number
        now_told = (attempt, line.verdict, judgement.digest)
        if before is None or (before.attempt, before.verdict, before.digest) != now_told:
            number = before.number + 1 if before else 1
            yield Told(line.name, number, judgement.judged_at, *now_told)
