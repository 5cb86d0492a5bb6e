"""The writer on a real database, with operations made for the test."""

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import enrolment
import pytest
import sqlalchemy as sa

from gateway.adapter import Mode, Operation, Received, Rules
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.kernel.quotas import Quota, Quotas
from gateway.pipeline import writer
from gateway.pipeline.exchange import Answer, Endpoint, Exchange, Incoming, Route
from gateway.pipeline.keeping import Keeper
from gateway.pipeline.process import Line, Parts
from gateway.pipeline.writer import Writer
from gateway.security.proof import CredentialVerifier
from gateway.storage import journal, verification
from gateway.storage.database import RaceLost
from gateway.storage.journal import Outcome, journal_entry
from gateway.storage.received import ReceivedLog
from registry.calendar import local_date
from registry.directory import Directory
from registry.onboarding.admission import AdmissionBook
from registry.participants import Newcomer, ParticipantKind, Registrar

PATIENCE = 20


class PlainBinding:
    """Answers with the text of the response or the code of the error."""

    name = "plain"
    dialect = None

    def reply(self, exchange, response, payload):
        return Answer(200, "text/plain", f"{response}".encode())

    def repeat(self, exchange, stored):
        return Answer(stored.http_status, "text/plain", stored.response)

    def fault(self, exchange, error):
        return Answer(500, "text/plain", error.code.encode())


@dataclass
class Stand:
    """A writer and what it has released."""

    line: Line
    writer: Writer
    endpoint: Endpoint
    released: list[Exchange] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def exchange(self, operation: Operation, request: object, message_id: str | None = None):
        incoming = Incoming(
            self.endpoint, PlainBinding(), self.line.parts.clock(), "127.0.0.1", None, "", b"<a/>"
        )
        exchange = self.line.open(incoming)
        exchange.route = Route(
            self.endpoint.contract,
            operation,
            "a",
            "",
            lambda _: request,
            lambda _: b"<a/>",
        )
        entry = exchange.entry
        entry.sender, entry.operation, entry.message_id = "BANK1", operation.name, message_id
        entry.digest = str(request).encode()
        exchange.received = Received(
            request,
            SimpleNamespace(code="BANK1"),
            entry.entry,
            entry.received_at,
            entry.digest,
            message_id,
            {},
            lambda _: None,
        )
        return exchange

    def answers(self, *exchanges: Exchange) -> list[str]:
        """Settle the messages as one batch and return what was answered."""
        self.writer._settle_and_release(list(exchanges))
        return [exchange.answer.body.decode() for exchange in exchanges]


class NobodyKnown:
    """A directory that counts how often it was told to look at the registry anew."""

    looks = 0

    def participant(self, contour, code):
        return None

    def by_inn(self, contour, inn):
        return ()

    def invalidate(self):
        self.looks += 1


@pytest.fixture
def stand(contour_database, clock, tmp_path):
    strand = journal.open_strand(contour_database, "test:1", clock())
    rules = Rules(
        check_digits_are_errors=False, max_inline_lines=1, max_file_lines=1, batch_lines=1
    )
    parts = Parts(
        keeper=Keeper(contour_database),
        contour=Contour.TEST,
        database=contour_database,
        registry=None,
        shelf=None,
        offices={},
        directory=NobodyKnown(),
        verifier=CredentialVerifier(),
        calendar=None,
        ledger=lambda transaction: None,
        payments=lambda transaction: None,
        rules=rules,
        clock=clock,
        identifiers=uuid4,
        hub_code="HUB",
        header_skew=timedelta(minutes=15),
        wake=lambda name: None,
        quotas=Quotas(Quota(), clock, lambda: 0.0),
        use_admission=lambda admission, now: None,
    )
    contract = SimpleNamespace(
        name="test/test/1.0", validate=lambda *_: True, last_error=lambda: ""
    )
    marks = ReceivedLog(tmp_path / "received", strand)
    line = Line(parts, strand, marks)
    stand = Stand(line, None, Endpoint("/test", Contour.TEST, contract, "test/test", {}))

    def release(settled):
        with stand.arrived:
            stand.released += settled
            stand.batches.append(len(settled))
            stand.arrived.notify_all()

    stand.writer = Writer(line, release)
    yield stand
    marks.close()


NOTES = sa.table("writer_test_note", sa.column("text"))


@pytest.fixture
def notes(stand):
    database = stand.line.parts.database
    with database.writing() as transaction:
        transaction.execute(sa.text("CREATE TABLE writer_test_note (text TEXT)"))

    def read() -> list[str]:
        with database.reading() as transaction:
            return sorted(transaction.execute(sa.select(NOTES.c.text)).scalars())

    yield read
    with database.writing() as transaction:
        transaction.execute(sa.text("DROP TABLE writer_test_note"))


def note(message, work):
    """Write the request down; refuse «missing», break on «broken» after having written."""
    work.database.execute(NOTES.insert().values(text=message.request))
    if message.request == "missing":
        raise NotFound
    if message.request == "broken":
        raise ZeroDivisionError
    return f"noted {message.request}"


def note_all(messages, work):
    return [note(message, work) for message in messages]


WRITE = Operation("Note", Mode.WRITE, handle=note)
BATCH = Operation("NoteAll", Mode.BATCH, handle_batch=note_all)


def outcomes(stand) -> list[str]:
    with stand.line.parts.database.reading() as transaction:
        return sorted(transaction.execute(sa.select(journal_entry.c.outcome)).scalars())


@pytest.mark.parametrize("operation", [WRITE, BATCH], ids=["single", "batch"])
def test_failing_message_spoils_no_neighbour(stand, notes, operation):
    batch = [stand.exchange(operation, text) for text in ("one", "broken", "two", "missing")]
    assert stand.answers(*batch) == ["noted one", "INTERNAL", "noted two", "NOT_FOUND"]
    assert notes() == ["one", "two"]


def test_every_message_of_a_batch_is_journaled(stand, notes):
    stand.answers(*(stand.exchange(WRITE, text) for text in ("one", "missing")))
    assert outcomes(stand) == [Outcome.ANSWERED.value, Outcome.REFUSED.value]


def test_repeated_message_gets_the_first_answer_and_no_second_effect(stand, notes):
    first = stand.answers(stand.exchange(WRITE, "one", "m-1"))
    assert stand.answers(stand.exchange(WRITE, "one", "m-1")) == first
    assert notes() == ["one"]


def test_message_repeated_inside_one_batch_is_handled_once(stand, notes):
    batch = [stand.exchange(BATCH, "one", "m-1") for _ in range(5)]
    assert stand.answers(*batch) == ["noted one"] * 5
    assert notes() == ["one"]


def test_same_message_id_with_other_content_is_a_conflict(stand, notes):
    batch = [stand.exchange(WRITE, "one", "m-1"), stand.exchange(WRITE, "two", "m-1")]
    assert stand.answers(*batch) == ["noted one", "DUPLICATE_CONFLICT"]
    assert notes() == ["one"]


def test_refused_message_may_come_again_under_its_id(stand, notes):
    assert stand.answers(stand.exchange(WRITE, "missing", "m-1")) == ["NOT_FOUND"]
    assert stand.answers(stand.exchange(WRITE, "mended", "m-1")) == ["noted mended"]


def test_answer_that_asks_to_repeat_is_not_stored(stand, notes):
    operation = Operation("Note", Mode.WRITE, handle=note, is_final=lambda response: False)
    stand.answers(stand.exchange(operation, "one", "m-1"))
    stand.answers(stand.exchange(operation, "one", "m-1"))
    assert notes() == ["one", "one"]


def test_admitted_messages_are_taken_up_to_their_quota(stand, notes, sqlite_registry_database):
    admission = admit(sqlite_registry_database, stand.line.parts.clock, quota=2)
    stand.line.parts = replace(
        stand.line.parts, use_admission=AdmissionBook(sqlite_registry_database)
    )

    def admitted(operation, text, message_id=None):
        exchange = stand.exchange(operation, text, message_id)
        exchange.admission = admission
        return exchange

    assert stand.answers(admitted(WRITE, "one", "id-1")) == ["noted one"]
    assert stand.answers(admitted(WRITE, "one", "id-1")) == ["noted one"]
    batch = [admitted(BATCH, "two"), admitted(BATCH, "three"), stand.exchange(BATCH, "free")]
    assert stand.answers(*batch) == ["noted two", "ADMISSION_ENDED", "noted free"]
    question = admitted(Operation("Ask", Mode.READ, handle=lambda *_: "asked"), "?")
    stand.line.answer_beside(question)
    assert question.answer.body == b"ADMISSION_ENDED"
    assert notes() == ["free", "one", "two"]


def admit(database, clock, quota):
    """Let an invented bank into production for `quota` messages."""
    bank = Newcomer("BANK1-ADMITTED", "Банк", ParticipantKind.BANK)
    Registrar(database, clock, "оператор").add(bank)
    office = enrolment.Office(database, clock)
    today = local_date(clock())
    case = office.walk(office.join(bank.code), *enrolment.bank_way(today)[:6])
    office.step(case, "admit", {"quota": quota, "admitted_until": today, "masked": True})
    return Directory(database, clock).participant(Contour.PROD, bank.code).admission


def test_promise_of_a_failed_message_is_not_kept(stand, notes):
    kept = []

    def promising(message, work):
        work.after_commit.append(lambda: kept.append(message.request))
        return note(message, work)

    operation = Operation("Note", Mode.WRITE, handle=promising)
    stand.answers(*(stand.exchange(operation, text) for text in ("one", "broken")))
    assert kept == ["one"]


def test_messages_that_wait_are_answered_when_the_writer_stops(stand, notes):
    waiting = [stand.exchange(BATCH, str(number)) for number in range(300)]
    for exchange in waiting:
        stand.writer.submit(exchange)
    stand.writer.start()
    stand.writer.stop()
    assert len(stand.released) == 300
    assert len(notes()) == 300


def test_a_crowd_that_was_just_answered_shares_the_next_commit(stand, notes, monkeypatch):
    monkeypatch.setattr(writer, "PAUSE_SECONDS", 30)
    monkeypatch.setattr(writer, "LONGEST_GATHERING_SECONDS", 30)
    stand.writer.submit(*(stand.exchange(BATCH, f"first {n}") for n in range(16)))
    stand.writer.start()
    with stand.arrived:
        assert stand.arrived.wait_for(lambda: len(stand.released) == 16, timeout=30)
    for number in range(16):
        stand.writer.submit(stand.exchange(BATCH, f"again {number}"))
    with stand.arrived:
        assert stand.arrived.wait_for(lambda: len(stand.released) == 32, timeout=30)
    stand.writer.stop()
    assert stand.batches == [16, 16]


class ToldInside(NotFound):
    told_inside = "certificate.expired: BANK1 until yesterday"


def test_reason_of_a_refusal_is_journaled_and_not_answered(stand, notes):
    def refusing(message, work):
        raise ToldInside

    answers = stand.answers(
        stand.exchange(Operation("Note", Mode.WRITE, handle=refusing), "one"),
        stand.exchange(WRITE, "missing"),
    )

    assert answers == ["NOT_FOUND", "NOT_FOUND"]
    with stand.line.parts.database.reading() as transaction:
        query = sa.select(journal_entry.c.reason).order_by(journal_entry.c.entry)
        reasons = transaction.execute(query).scalars().all()
    assert reasons == [ToldInside.told_inside, None]


def test_message_refused_at_first_and_answered_when_done_again_has_no_reason(stand, notes):
    refused = []

    def refuse_all_at_first(messages, work):
        if not refused:
            refused.append(len(messages))
            return [ToldInside() for _ in messages]
        return note_all(messages, work)

    def lose_a_race(message, work):
        if len(refused) == 1:
            refused.append(0)
            raise RaceLost
        return note(message, work)

    batch = [
        stand.exchange(Operation("NoteAll", Mode.BATCH, handle_batch=refuse_all_at_first), "one"),
        stand.exchange(Operation("Note", Mode.WRITE, handle=lose_a_race), "two"),
    ]
    assert stand.answers(*batch) == ["noted one", "noted two"]
    assert [exchange.entry.reason for exchange in batch] == [None, None]


def test_chain_stays_whole_over_races_failures_and_lost_batches(stand, notes):
    lost = []

    def lose_once(message, work):
        if not lost:
            lost.append(message)
            raise RaceLost
        return note(message, work)

    stand.answers(stand.exchange(WRITE, "one"))
    stand.answers(stand.exchange(Operation("Note", Mode.WRITE, handle=lose_once), "two"))
    stand.answers(*(stand.exchange(BATCH, text) for text in ("three", "broken")))
    database = stand.line.parts.database
    with database.writing() as transaction:
        transaction.execute(sa.text("ALTER TABLE stored_answer RENAME TO answers_away"))
    try:
        assert stand.answers(stand.exchange(WRITE, "four", "m-4")) == ["TEMPORARY_UNAVAILABLE"]
    finally:
        with database.writing() as transaction:
            transaction.execute(sa.text("ALTER TABLE answers_away RENAME TO stored_answer"))
    stand.answers(stand.exchange(WRITE, "five", "m-5"))

    proof = verification.verify(database, "test")
    assert (proof.entries, proof.faults) == (5, [])


def test_batch_that_cannot_be_committed_asks_to_repeat_and_stays_open(stand, notes):
    exchange = stand.exchange(WRITE, "one")
    with stand.line.parts.database.writing() as transaction:
        transaction.execute(sa.text("ALTER TABLE journal_entry RENAME TO journal_away"))
    try:
        assert stand.answers(exchange) == ["TEMPORARY_UNAVAILABLE"]
        stand.line.released([exchange])
        assert exchange.entry.entry in stand.line.open_entries
        assert notes() == []
    finally:
        with stand.line.parts.database.writing() as transaction:
            transaction.execute(sa.text("ALTER TABLE journal_away RENAME TO journal_entry"))


def question(stand, answer: str, message_id: str, request: object = "q", *, signed: bool = True):
    """A question that was answered from a read connection and waits to be journaled."""
    exchange = stand.exchange(Operation("Ask", Mode.READ), request, message_id)
    exchange.certificate = "ab" * 32 if signed else None
    stand.line.answer(exchange, Answer(200, "text/plain", answer.encode()))
    return exchange


def test_signed_question_replayed_gets_the_first_answer_and_no_news(stand):
    stand.answers(question(stand, "then", "1"))
    assert stand.answers(question(stand, "now", "1")) == ["then"]


def test_signed_question_repeated_inside_one_batch_gets_one_answer(stand):
    answers = stand.answers(question(stand, "one", "1"), question(stand, "two", "1"))
    assert answers == ["one", "one"]


def test_signed_question_with_a_used_id_is_a_conflict(stand):
    stand.answers(question(stand, "then", "1"))
    assert stand.answers(question(stand, "now", "1", request="another")) == ["DUPLICATE_CONFLICT"]


def test_unsigned_question_is_answered_anew(stand):
    stand.answers(question(stand, "then", "1", signed=False))
    assert stand.answers(question(stand, "now", "1", signed=False)) == ["now"]


def test_signed_question_whose_answer_is_not_final_is_answered_anew(stand):
    first = question(stand, "try later", "1")
    first.final = False
    stand.answers(first)
    assert stand.answers(question(stand, "now", "1")) == ["now"]


def test_signed_question_keeps_its_answer_when_the_batch_is_done_again(stand, monkeypatch):
    failures = [RaceLost("lost")]
    record = journal.record

    def record_later(*arguments):
        if failures:
            raise failures.pop()
        record(*arguments)

    monkeypatch.setattr(journal, "record", record_later)
    assert stand.answers(question(stand, "answer", "1")) == ["answer"]


class Ledger:
    """A registry of another database: what was entered stays, whatever the contour does."""

    def __init__(self):
        self.entered = []
        self.calls = 0

    def enter(self, message, work):
        self.calls += 1
        if message.request not in self.entered:
            self.entered.append(message.request)
        return f"entered {message.request}"

    @property
    def operation(self) -> Operation:
        return Operation("Enter", Mode.REGISTRY, handle=self.enter)


def beside(stand, exchange) -> str:
    """Answer a message on the clerk's thread, then settle it with the writer."""
    stand.line.answer_beside(exchange)
    return stand.answers(exchange)[0]


def test_order_to_the_registry_is_answered_beside_the_writer_and_journaled(stand):
    ledger = Ledger()
    assert beside(stand, stand.exchange(ledger.operation, "one", "m-1")) == "entered one"
    assert outcomes(stand) == [Outcome.ANSWERED.value]


def test_access_follows_an_order_at_once_in_the_process_that_took_it(stand):
    beside(stand, stand.exchange(Ledger().operation, "one", "m-1"))
    assert stand.line.parts.directory.looks == 1


def test_repeated_order_gets_the_first_answer_without_its_handler(stand):
    ledger = Ledger()
    first = beside(stand, stand.exchange(ledger.operation, "one", "m-1"))
    assert beside(stand, stand.exchange(ledger.operation, "one", "m-1")) == first
    assert ledger.calls == 1


def test_repeated_order_is_not_taken_off_the_admission_again(stand, sqlite_registry_database):
    admission = admit(sqlite_registry_database, stand.line.parts.clock, quota=1)
    stand.line.parts = replace(
        stand.line.parts, use_admission=AdmissionBook(sqlite_registry_database)
    )
    ledger = Ledger()
    for _ in range(2):
        order = stand.exchange(ledger.operation, "one", "m-1")
        order.admission = admission
        assert beside(stand, order) == "entered one"


def test_other_content_under_a_known_id_never_comes_to_the_registry(stand):
    ledger = Ledger()
    beside(stand, stand.exchange(ledger.operation, "one", "m-1"))
    conflict = beside(stand, stand.exchange(ledger.operation, "two", "m-1"))
    assert (conflict, ledger.entered) == ("DUPLICATE_CONFLICT", ["one"])


def test_order_whose_answer_was_lost_is_done_once_when_it_is_repeated(stand):
    ledger = Ledger()
    lost = stand.exchange(ledger.operation, "one", "m-1")
    stand.line.answer_beside(lost)  # the process dies before the writer has journaled it
    assert beside(stand, stand.exchange(ledger.operation, "one", "m-1")) == "entered one"
    assert ledger.entered == ["one"]


def test_two_orders_of_one_id_at_the_same_moment_get_one_answer(stand):
    ledger = Ledger()
    pair = [stand.exchange(ledger.operation, "one", "m-1") for _ in range(2)]
    for exchange in pair:
        stand.line.answer_beside(exchange)
    assert stand.answers(*pair) == ["entered one", "entered one"]
    assert [exchange.entry.repeat_of for exchange in pair] == [None, pair[0].entry.entry]
