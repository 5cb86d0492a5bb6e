"""What a participant shows, and the testers who look at it."""

import hashlib
import io
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import IO
from uuid import UUID

from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Place, Provided
from gateway.conformance.judge import Line
from gateway.conformance.language import model
from gateway.conformance.sessions import errors, repository
from gateway.conformance.sessions.gathering import Judged, judged
from gateway.conformance.sessions.suites import Suites
from gateway.conformance.sessions.values import Review, Session, line_name
from gateway.conformance.steps import StepResult
from gateway.conformance.verdicts import Verdict
from gateway.kernel.message import Attachment
from gateway.storage import attachments
from gateway.storage.database import Transaction

MOST_PROVIDED_BYTES = 10 * 1024 * 1024
MOST_PROVIDED = 20
"""Things for one step of one attempt."""

_IMAGES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def provide(
    transaction: Transaction,
    session: Session,
    found: Judged,
    line: str,
    step: str,
    content: bytes,
    by: str,
    now: datetime,
) -> None:
    """Keep what a step of the last attempt asks to be shown."""
    judged_line, result = _step(found, line, step)
    wanted = next(known for known in judged_line.case.steps if known.id == step)
    undecided = result.decision is None and result.verdict in {Verdict.WAIT, Verdict.REVIEW}
    if not isinstance(wanted, model.Ask) or wanted.evidence is None or not undecided:
        raise errors.NothingToProvide
    media_type = _media_type(wanted.evidence, content)
    place = _place(judged_line, step)
    number = 1 + sum(thing.place == place for thing in found.evidence.provided)
    if number > MOST_PROVIDED:
        raise errors.TooMuch
    digest = hashlib.sha256(content).digest()
    part = Attachment("", media_type, len(content), digest, lambda: _opened(content))
    attachments.keep_in(transaction, part, now)
    repository.add_provided(transaction, session.id, number, Provided(place, now, by, digest.hex()))


def reviews(transaction: Transaction, suites: Suites, now: datetime, limit: int) -> list[Review]:
    """Return the steps that the judge, too, says to wait for a tester."""
    waiting = []
    by_id: dict[UUID, Judged] = {}
    for session, place in repository.undecided(transaction, limit):
        if session.id not in by_id:
            by_id[session.id] = judged(transaction, session, suites, now)
        found = by_id[session.id]
        line = found.line(line_name(place.case, place.row))
        if line is None or not line.attempts:
            continue
        result = next((step for step in line.steps if step.id == place.step), None)
        is_last = line.attempts[-1].attempt.number == place.attempt
        if result is None or not is_last or result.verdict is not Verdict.REVIEW:
            continue
        things = tuple(thing for thing in found.evidence.provided if thing.place == place)
        waiting.append(
            Review(
                session.id,
                session.participant,
                session.plan,
                line.name,
                place,
                result.text,
                things,
            )
        )
    return waiting


def waiting_for_tester(found: Judged, line: str, step: str) -> Place:
    """Return the place of a step that waits for a tester; raise LineUnknown, ReviewNotWaiting."""
    judged_line, result = _step(found, line, step)
    if result.verdict is not Verdict.REVIEW or result.decision is not None:
        raise errors.ReviewNotWaiting
    return _place(judged_line, step)


def _step(found: Judged, line: str, step: str) -> tuple[Line, StepResult]:
    """Return a step of the last attempt; raise LineUnknown, ReviewNotWaiting, StandBroken."""
    if found.suite is None:
        raise StandBroken(found.judgement.trouble)
    judged_line = found.line(line)
    if judged_line is None or all(known.id != step for known in judged_line.case.steps):
        raise errors.LineUnknown
    for result in judged_line.steps:
        if result.id == step:
            return judged_line, result
    raise errors.ReviewNotWaiting


def _place(line: Line, step: str) -> Place:
    return Place(line.case.code, line.row.number, line.attempts[-1].attempt.number, step)


def _media_type(wanted: str, content: bytes) -> str:
    """Return what a content is; raise EvidenceRefused when it is not what was asked for."""
    if not content or len(content) > MOST_PROVIDED_BYTES:
        raise errors.EvidenceRefused("Приложение пустое или больше 10 МиБ.")
    image = next((kind for start, kind in _IMAGES.items() if content.startswith(start)), None)
    if wanted == "image":
        if image is None:
            raise errors.EvidenceRefused("Нужен снимок экрана: PNG или JPEG.")
        return image
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if wanted == "text":
            raise errors.EvidenceRefused("Нужен текст в UTF-8.") from None
        return image or "application/octet-stream"
    return "text/plain; charset=utf-8"


def _opened(content: bytes) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(io.BytesIO(content))
