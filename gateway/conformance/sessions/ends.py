"""How a session ends: frozen once, compared for ever, never rewritten."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from gateway.conformance import admission
from gateway.conformance.errors import StandBroken
from gateway.conformance.judge import Judgement, Line
from gateway.conformance.sessions import frozen, repository, told
from gateway.conformance.sessions.errors import MandatoryPending
from gateway.conformance.sessions.frozen import Finished
from gateway.conformance.sessions.gathering import Judged, judged
from gateway.conformance.sessions.repository import Ending
from gateway.conformance.sessions.suites import Suites
from gateway.conformance.sessions.values import Difference, Session
from gateway.conformance.verdicts import Verdict
from gateway.kernel.errors import Finding
from gateway.storage.database import Transaction

_PAGE = 200


def finished(transaction: Transaction, session: Session) -> Finished | None:
    """Return what a session was frozen as."""
    content = told.frozen_content(transaction, session.id)
    return None if content is None else frozen.read(content)


def finish(
    transaction: Transaction,
    session: Session,
    found: Judged,
    now: datetime,
    *,
    force: bool,
    comment: str | None,
) -> Finished:
    """Freeze a judgement; raise MandatoryPending, StandBroken."""
    judgement = found.judgement
    if found.suite is None or judgement.trouble is not None:
        raise StandBroken(f"Сбой стенда: {judgement.trouble}")
    _refuse_own_errors(judgement)
    pending = [line for line in judgement.lines if _is_pending(line)]
    if pending and not force:
        raise MandatoryPending(findings=tuple(map(_told, pending)))
    gate = admission.decide(found.suite, judgement, found.evidence, now)
    content = frozen.canonical(
        session, found.suite, judgement, found.evidence, gate.reasons, comment
    )
    result = frozen.read(content)
    told.freeze(transaction, session.id, now, result.sha256, content)
    kind = Ending.PASSED if result.passed else Ending.FAILED
    repository.end(transaction, session.id, kind, now, comment)
    return result


def rejudge(
    transaction: Transaction, suites: Suites, plans: Sequence[str], now: datetime
) -> list[Difference]:
    """Compare what stored sessions were told with what today's rules say of the same evidence."""
    differences: list[Difference] = []
    for plan in plans:
        for session in _all_of(transaction, plan):
            differences += _differences(transaction, session, suites, now)
    return differences


def _refuse_own_errors(judgement: Judgement) -> None:
    broken = [line for line in judgement.lines if line.verdict is Verdict.ERROR]
    if broken:
        raise StandBroken(
            "Есть строки со сбоем стенда: повторите их, участнику сбой не засчитывается.",
            findings=tuple(map(_told, broken)),
        )


def _is_pending(line: Line) -> bool:
    waits = line.verdict in {Verdict.WAIT, Verdict.REVIEW}
    return line.applicable and waits and not line.passed


def _told(line: Line) -> Finding:
    wait = f": {line.wait.mover.value} — {line.wait.text}" if line.wait else ""
    reason = f": {line.reason}" if line.reason and not wait else ""
    return Finding(f"{line.name}: сейчас {line.verdict.value}{wait}{reason}", rule=line.name)


def _all_of(transaction: Transaction, plan: str) -> Iterator[Session]:
    last = None
    while True:
        page = repository.listed(transaction, plan=plan, before=last, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1].id


def _differences(
    transaction: Transaction, session: Session, suites: Suites, now: datetime
) -> Iterator[Difference]:
    known = finished(transaction, session)
    if known is not None:
        was = {line.name: line.verdict for line in known.lines}
        at = known.at
    else:
        last = told.last(transaction, session.id)
        was = {line: known_line.verdict for line, known_line in last.items()}
        at = max((known_line.at for known_line in last.values()), default=now)
    if not was:
        return
    again = judged(transaction, session, suites, at).judgement
    for line, verdict in _verdicts(again, was).items():
        if verdict is not was[line]:
            yield Difference(
                session.id, session.participant, line, was[line], verdict, known is not None
            )


def _verdicts(judgement: Judgement, was: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return today's verdicts on the lines that were told; a line that is gone is skipped."""
    if judgement.trouble is not None:
        return dict.fromkeys(was, Verdict.ERROR)
    found = {line.name: line.verdict for line in judgement.lines}
    return {line: found.get(line, Verdict.SKIP) for line in was}
