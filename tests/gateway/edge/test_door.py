"""What one turn of the loop brings to the door, with threads that are as quick as can be."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from gateway.adapter import Mode, Operation
from gateway.edge.door import Door, Limits
from gateway.kernel.quotas import Quota
from gateway.pipeline.exchange import Answer, Exchange, Route
from gateway.storage.journal import Entry


class AtOnce:
    """Threads that have done their work before anybody can look."""

    def submit(self, call, *arguments):
        call(*arguments)

    def shutdown(self):
        """There is nothing to end."""


@dataclass(eq=False)
class Lane:
    """A line that knows the mode of a message by its number, and what its writer was given."""

    submitted: list[Exchange] = field(default_factory=list)

    @property
    def line(self):
        return SimpleNamespace(receive=self.receive, answer_beside=self.answer_beside)

    @property
    def writer(self):
        return SimpleNamespace(submit=lambda *exchanges: self.submitted.extend(exchanges))

    def receive(self, *exchanges):
        for exchange in exchanges:
            mode = (Mode.READ, Mode.WRITE, Mode.REGISTRY)[exchange.entry.entry % 3]
            operation = Operation("Any", mode, handle=lambda *_: None)
            exchange.route = Route(None, operation, "a", "", None, None)
            exchange.received = SimpleNamespace()

    def answer_beside(self, exchange):
        exchange.answer = Answer(200, "text/xml", b"<a/>")


def test_a_question_goes_to_the_writer_once_however_quickly_it_is_answered():
    loop = SimpleNamespace(time=lambda: 0.0)
    limits = Limits(1, 1, 1, total=Quota(), address=Quota(), guesses=Quota())
    door = Door({}, {}, {}, {}, lambda *_: None, limits, None, None, 1, loop)
    door.close()
    door._threads, door._clerk = AtOnce(), AtOnce()
    lane = Lane()
    exchanges = [Exchange(None, Entry(number, None, "", "", "")) for number in range(6)]
    door._fresh[lane] = list(exchanges)
    door._receive_fresh()
    assert sorted(exchange.entry.entry for exchange in lane.submitted) == list(range(6))
