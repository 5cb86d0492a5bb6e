"""What a participant asks for is begun at once, and only once it is durable that he has asked."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from adapters import portal
from adapters.meals.ledger import MealsLedger
from gateway.conformance.calls.lookouts import PREFLIGHT
from gateway.conformance.calls.rounds import CALL
from gateway.conformance.language.suite import shipped
from gateway.conformance.service import messages
from gateway.conformance.service.handlers.sessions import run_case, start_session
from gateway.conformance.sessions import SessionDesk, Suites
from gateway.contracts.messages import common
from gateway.kernel.message import Contour, Participant, ParticipantState
from registry.calendar import ProductionCalendar

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DEPARTMENT = Participant("DEPT72001", "Ведомство", "DEPARTMENT", ParticipantState.JOINED)


@pytest.fixture
def woken():
    return []


@pytest.fixture
def ask(catalog, sqlite_contour_database, woken):
    """Have a handler answer a request; what it has promised is done after the commit."""
    desk = SessionDesk(
        Suites(catalog, shipped()),
        [portal.ADAPTER.test_data],
        lambda *_: DEPARTMENT,
        uuid4,
        lambda _: 0,
        ProductionCalendar.load(),
        MealsLedger,
    )

    def answered(handler, request):
        received = SimpleNamespace(request=request, sender=DEPARTMENT, wake=woken.append)
        with sqlite_contour_database.writing() as transaction:
            work = SimpleNamespace(
                database=transaction,
                contour=Contour.TEST,
                now=NOW,
                office=lambda _: desk,
                after_commit=[],
            )
            response = handler(received, work)
            assert woken == []
        for call in work.after_commit:
            call()
        return response

    return answered


def test_the_setting_is_looked_at_when_a_session_begins_and_calls_when_a_case_does(ask, woken):
    request = messages.StartSessionRequest(
        session_request_id=str(uuid4()),
        suite_code="SUITE-06",
        contour=common.Contour.TEST,
        endpoint_url="http://department.example/ws",
        system_version="1.0",
    )
    session = ask(start_session, request).session_id
    assert woken == [PREFLIGHT]
    woken.clear()
    case = messages.RunCaseRequest(session_id=session, case_code="PA-01", attempt=1)
    ask(run_case, case)
    assert woken == [CALL]
    woken.clear()
    assert ask(run_case, case).duplicate
    assert woken == []
