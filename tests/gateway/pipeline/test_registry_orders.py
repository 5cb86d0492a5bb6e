"""Orders to the participant registry: answered beside the writer, journaled by it (ADR 0014)."""

from dataclasses import replace

from writing import admit, outcomes

from gateway.adapter import Mode, Operation
from gateway.storage.journal import Outcome
from registry.onboarding.admission import AdmissionBook


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
