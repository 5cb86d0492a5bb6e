"""The writer on a real database, with operations made for the test."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from writing import BATCH, WRITE, admit, note, note_all, outcomes

from gateway.adapter import Mode, Operation
from gateway.kernel.errors import NotFound
from gateway.pipeline import writer
from gateway.pipeline.exchange import Answer
from gateway.storage import journal, verification
from gateway.storage.database import RaceLost
from gateway.storage.journal import Outcome, journal_entry
from registry.onboarding.admission import AdmissionBook

PATIENCE = 20


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
