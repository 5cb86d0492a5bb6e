"""SVC-17: how a session ends."""

from uuid import UUID

from gateway.adapter import Received, Work
from gateway.conformance.service import messages, told
from gateway.conformance.service.handlers.sessions import session_of
from gateway.conformance.sessions import SessionDesk, SessionState
from gateway.conformance.sessions.closing import Closing


def finish_session(
    received: Received[messages.FinishSessionRequest], work: Work
) -> messages.FinishSessionResponse:
    """Freeze how a session stands and draw up its protocol; finished before, tell it again."""
    request = received.request
    finished, trial = work.office(Closing).finish(
        UUID(request.session_id),
        received.sender.code,
        work.now,
        force=bool(request.force),
        comment=request.comment,
    )
    state = messages.SessionState.PASSED if finished.passed else messages.SessionState.FAILED
    return messages.FinishSessionResponse(
        state=state,
        protocol_document_id=told.protocol(trial),
        obstacle=[told.text(reason) for reason in finished.reasons],
    )


def cancel_session(
    received: Received[messages.CancelSessionRequest], work: Work
) -> messages.CancelSessionResponse:
    """End a session without a result; cancelled before, it stays so."""
    request = received.request
    session = session_of(received.sender.code, request.session_id, work)
    if session.state is not SessionState.CANCELLED:
        work.office(SessionDesk).cancel(work.database, session, work.now, request.reason)
    return messages.CancelSessionResponse(state=messages.SessionState.CANCELLED)
