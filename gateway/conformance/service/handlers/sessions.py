"""SVC-17: a session from its beginning to its verdicts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from gateway.adapter import Received, Work
from gateway.conformance import admission, outcome
from gateway.conformance.calls.lookouts import PREFLIGHT
from gateway.conformance.calls.rounds import CALL
from gateway.conformance.evidence import Evidence
from gateway.conformance.judge import Line, judge
from gateway.conformance.language import model
from gateway.conformance.service import errors, messages, told
from gateway.conformance.sessions import (
    Judged,
    NewSession,
    Session,
    SessionDesk,
    SessionState,
    repository,
)
from gateway.conformance.sessions.errors import LineUnknown
from gateway.conformance.sessions.gathering import JOURNAL_DELAY
from gateway.conformance.sessions.values import line_name
from gateway.kernel.errors import NotAllowedInContour
from gateway.kernel.message import Contour
from registry.onboarding import trials
from registry.onboarding.trials import Trial

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def start_session(
    received: Received[messages.StartSessionRequest], work: Work
) -> messages.StartSessionResponse:
    """Begin a session; the same request gets the same one. Trials are made in TEST."""
    request = received.request
    if request.contour.value != work.contour.value or work.contour is not Contour.TEST:
        raise NotAllowedInContour("Испытания идут в тестовом контуре и по его адресу.")
    new = NewSession(
        request_id=UUID(request.session_request_id),
        participant=received.sender.code,
        suite=request.suite_code,
        onboarding_case=UUID(request.case_id) if request.case_id else None,
        contour=work.contour,
        endpoint_url=request.endpoint_url,
        system_version=request.system_version,
        rehearsal=bool(request.rehearsal),
        params={given.name: given.value for given in request.parameter},
    )
    known = repository.by_request(work.database, new.participant, new.request_id)
    if known is None and new.onboarding_case is not None:
        with work.registry.reading() as transaction:
            trials.check_case(transaction, new.onboarding_case, new.participant)
    session = work.office(SessionDesk).start(work.database, new, work.now)
    work.after_commit.append(partial(received.wake, PREFLIGHT))
    return messages.StartSessionResponse(
        session_id=str(session.id),
        state=_state(session, work.now),
        expires_at=session.expires_at,
        test_data=_test_data(session),
        duplicate=known is not None,
    )


def run_case(received: Received[messages.RunCaseRequest], work: Work) -> messages.RunCaseResponse:
    """Begin the next attempt at a line; asked again for the same one, begin nothing."""
    request, desk = received.request, work.office(SessionDesk)
    session = session_of(received.sender.code, request.session_id, work)
    line = line_name(request.case_code, request.row or 0)
    # A look at the whole session costs the writer its time: first only what was recorded.
    last = last_attempt(desk.recorded(work.database, session), request.case_code, request.row)
    if request.attempt == last:
        return messages.RunCaseResponse(result=result_of(session, line, work), duplicate=True)
    if request.attempt != last + 1:
        raise errors.AttemptOutOfTurn
    _hold_callable(desk.suites.plan(session.plan), request.case_code, session)
    found = desk.new_attempt(work.database, session, line, work.now)
    begun = line_of(found, request.case_code, request.row)
    if _calls_participant(begun.case):
        work.after_commit.append(partial(received.wake, CALL))
    return messages.RunCaseResponse(result=told.result(begun, found.evidence), duplicate=False)


def get_session(
    received: Received[messages.GetSessionRequest], work: Work
) -> messages.GetSessionResponse:
    """Tell how a session stands, or what has changed since."""
    request, desk = received.request, work.office(SessionDesk)
    session = session_of(received.sender.code, request.session_id, work)
    found = desk.evidence(work.database, session, work.now)
    judgement = found.judgement
    red = (
        ()
        if found.suite is None
        else admission.red_checks(found.suite, found.evidence, judgement.judged_at)
    )
    return messages.GetSessionResponse(
        session_id=str(session.id),
        suite_code=session.suite,
        plan=session.plan,
        plan_version=found.suite.version if found.suite else None,
        digest=found.suite.digest if found.suite else session.digest,
        state=_state(session, work.now),
        verdict=messages.Verdict[judgement.verdict.name],
        exit_code=int(outcome.exit_code(judgement, red)),
        rehearsal=session.rehearsal,
        system_version=session.system_version,
        started_at=session.started_at,
        expires_at=session.expires_at,
        judged_at=judgement.judged_at,
        seq=(judgement.judged_at - _EPOCH) // _TICK,
        trouble=judgement.trouble and told.text(judgement.trouble),
        test_data=_test_data(session),
        preflight=told.preflight(found.evidence, found.suite.preflight) if found.suite else [],
        obstacle=[told.text(reason) for reason in _obstacles(session, found, work)],
        protocol_document_id=told.protocol(_trial(session, work)),
        result=[told.result(line, found.evidence) for line in _changed(found, request.after, work)],
    )


def session_of(participant: str, session_id: str, work: Work) -> Session:
    """Return a session of the participant; raise SessionUnknown."""
    return work.office(SessionDesk).find(work.database, UUID(session_id), participant)


def line_of(found: Judged, case: str, row: int | None) -> Line:
    """Return a line of a judgement; raise LineUnknown, SuiteBroken."""
    line = found.line(line_name(case, row or 0))
    if line is None:
        raise LineUnknown
    return line


def last_attempt(evidence: Evidence, case: str, row: int | None) -> int:
    """Return the number of the last attempt at a line; 0 before the first."""
    place = (case, row or 0)
    numbers = [one.number for one in evidence.attempts if (one.case, one.row) == place]
    return max(numbers, default=0)


def result_of(session: Session, line: str, work: Work) -> messages.ResultType:
    """Tell how a line stands now."""
    found = work.office(SessionDesk).evidence(work.database, session, work.now)
    judged = found.line(line)
    if judged is None:
        raise LineUnknown
    return told.result(judged, found.evidence)


def _hold_callable(suite: model.Suite, code: str, session: Session) -> None:
    """Refuse to begin a case that calls the participant when there is nowhere to call."""
    case = suite.case(code)
    for step in () if case is None else case.steps:
        if isinstance(step, model.Call) and not session.params.get(step.to.part or ""):
            raise errors.EndpointUnreachable


def _calls_participant(case: model.Case) -> bool:
    return any(isinstance(step, model.Call) for step in case.steps)


def _changed(found: Judged, after: int | None, work: Work) -> Iterator[Line]:
    """Give the lines that stand otherwise than they stood at an earlier moment.

    The judge is asked for that moment again. A message may be journaled a little late, so the
    look back goes a little further than was asked: a line is rather told twice than never.
    """
    lines = found.judgement.lines
    if after is None or found.suite is None:
        yield from lines
        return
    reach = found.judgement.judged_at - _EPOCH
    then = _EPOCH + min(timedelta(microseconds=after), reach) - 2 * JOURNAL_DELAY
    catalog = work.office(SessionDesk).suites.catalog
    before = {line.name: line for line in judge(found.suite, found.evidence, catalog, then).lines}
    yield from (line for line in lines if line != before[line.name])


def _obstacles(session: Session, found: Judged, work: Work) -> tuple[str, ...]:
    finished = work.office(SessionDesk).finished(work.database, session)
    if finished is not None:
        return finished.reasons
    if found.suite is None:
        return (f"Сбой стенда: {found.judgement.trouble}",)
    return admission.decide(found.suite, found.judgement, found.evidence, work.now).reasons


def _trial(session: Session, work: Work) -> Trial | None:
    if session.onboarding_case is None or session.is_open:
        return None
    with work.registry.reading() as transaction:
        return trials.of_session(transaction, session.id)


def _state(session: Session, now: datetime) -> messages.SessionState:
    """Return the state; a session whose time is over is so before the job has noted it."""
    if session.state is SessionState.OPEN and now >= session.expires_at:
        return messages.SessionState.EXPIRED
    return messages.SessionState[session.state.name]


def _test_data(session: Session) -> list[messages.ValueType]:
    return [
        messages.ValueType(name=name, value=value)
        for name, value in sorted(session.params.items())
        if name not in session.entered
    ]
