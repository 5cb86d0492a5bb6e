"""Whose answer is kept back: by what is stored, never by what a process remembers."""

from uuid import uuid4

import pytest
from rehearsed import envelope, fault

from gateway import bootstrap
from gateway.bootstrap import parts_of
from gateway.conformance.sessions.withholding import LOOK_EVERY, Withholder
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.storage import journal
from gateway.storage.chain import Chain
from gateway.storage.journal import Entry, Outcome

LINE = "BO-15"


@pytest.fixture
def withholder(stand):
    return Withholder(stand.desk, stand.clock)


@pytest.fixture
def session(stand):
    session = stand.start(suite="SUITE-01")
    stand.begin(session, LINE)
    return session


@pytest.fixture
def came(stand, withholder):
    """Journal messages of one batch as the writer does; tell which were kept back."""

    def settle(*requests: bytes, by=withholder, **more) -> list[bool]:
        stand.clock.advance(seconds=1)
        values = {
            "received_at": stand.clock(),
            "answered_at": stand.clock(),
            "remote": "127.0.0.1",
            "binding": "soap11",
            "service": "meals/bank-payment/1.0",
            "sender": "BANK72001",
            "operation": "RegisterPayment",
            "outcome": Outcome.ANSWERED,
            "http_status": 200,
            "response": envelope("<reply/>"),
            **more,
        }
        first = stand.strand << journal.STRAND_SHIFT
        entries = [
            Entry(first + next(stand.serials), request=request, **values) for request in requests
        ]
        with stand.database.writing() as transaction:
            kept = by(transaction, entries)
            journal.record(transaction, entries, Chain(stand.strand))
        return [entry.entry in kept for entry in entries]

    return settle


def payment(stand, session, line: str = LINE) -> bytes:
    return envelope(stand.file(session, line).decode().partition("?>")[2])


def test_the_first_of_two_is_kept_back_and_the_repeat_is_answered(stand, session, came):
    request = payment(stand, session)
    assert came(request) == [True]
    assert came(request) == [False]
    (withheld,) = stand.do("evidence", session, stand.clock()).evidence.withheld
    assert withheld.place == (LINE, 0, 1, "first")


def test_of_two_in_one_batch_one_is_kept_back(stand, session, came):
    request = payment(stand, session)
    assert came(request, request) == [True, False]


def test_a_process_that_knows_nothing_yet_goes_by_what_is_stored(stand, session, came):
    request = payment(stand, session)
    assert came(request) == [True]
    assert came(request, by=Withholder(stand.desk, stand.clock)) == [False]


def test_what_was_not_committed_was_not_kept_back(stand, session, came, withholder):
    request = payment(stand, session)
    entry = Entry(
        1,
        stand.clock(),
        "127.0.0.1",
        "soap11",
        "meals/bank-payment/1.0",
        sender="BANK72001",
        operation="RegisterPayment",
        request=request,
    )
    with stand.database.writing() as transaction:
        assert withholder(transaction, [entry]) == [1]
        transaction.connection.rollback()
    assert came(request) == [True]


def test_another_participant_is_always_answered(stand, session, came):
    assert came(payment(stand, session), sender="BANK72002") == [False]


def test_a_message_of_nobody_is_always_answered(stand, session, came):
    request = payment(stand, session)
    assert came(request, sender=None, outcome=Outcome.REFUSED, code="AUTH_FAILED") == [False]


@pytest.mark.parametrize(
    "other", [{"operation": "CheckAccount"}, {"service": "meals/payment-registry/1.0"}]
)
def test_another_operation_is_answered(stand, session, came, other):
    assert came(payment(stand, session), **other) == [False]


def test_a_payment_that_the_case_does_not_mean_is_answered(stand, session, came):
    stand.begin(session, "BO-07")
    assert came(payment(stand, session, "BO-07")) == [False]


def test_a_message_of_a_session_that_has_ended_is_answered(stand, session, came):
    request = payment(stand, session)
    stand.do("cancel", session, stand.clock())
    stand.clock.now += LOOK_EVERY
    assert came(request) == [False]


def test_a_message_after_the_window_is_answered(stand, session, came):
    request = payment(stand, session)
    stand.clock.advance(minutes=31)
    assert came(request) == [False]


def test_each_attempt_keeps_back_an_answer_of_its_own(stand, session, came):
    assert came(payment(stand, session)) == [True]
    stand.begin(session, LINE)
    assert came(payment(stand, session)) == [True]


def test_an_answer_that_was_given_though_is_the_stands_fault(stand, session, came):
    assert came(payment(stand, session), by=lambda *_: ()) == [False]
    line = stand.line(session, LINE, seconds=1)
    assert line.verdict.value == "ERROR"
    assert "хотя не должен был" in line.reason


def test_a_refusal_of_our_own_is_our_fault_though_it_was_kept_back(stand, session, came):
    refusal = {"outcome": Outcome.REFUSED, "code": "INTERNAL", "http_status": 500}
    assert came(payment(stand, session), **refusal, response=fault("INTERNAL")) == [False]
    assert stand.verdict(session, LINE, seconds=1) == "ERROR"


def test_without_a_session_nothing_is_asked_of_the_database(stand, withholder):
    entry = Entry(1, stand.clock(), "127.0.0.1", "soap11", "any", sender="BANK72001")
    with stand.database.writing() as transaction:
        withholder(transaction, [entry])
    assert withholder(None, [entry]) == ()  # there is no database to ask
    stand.clock.now += LOOK_EVERY
    with pytest.raises(AttributeError):
        withholder(None, [entry])


def test_a_session_begun_here_is_met_at_once(stand, withholder, came):
    entry = Entry(1, stand.clock(), "127.0.0.1", "soap11", "any", sender="BANK72001")
    with stand.database.writing() as transaction:
        withholder(transaction, [entry])
    session = stand.start(suite="SUITE-01", request_id=uuid4())
    stand.begin(session, LINE)
    assert came(payment(stand, session)) == [True]


def test_production_answers_everybody(tmp_path):
    hub = bootstrap.assemble(load({"HUB_HOME": str(tmp_path)}))
    made = {contour: parts_of(hub, contour, lambda _: None) for contour in Contour}
    assert made[Contour.PROD].withhold is None
    assert isinstance(made[Contour.TEST].withhold, Withholder)
    hub.close()
