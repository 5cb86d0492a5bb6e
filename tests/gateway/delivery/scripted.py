"""A channel that does as a test tells it, and deliverers over the outbox of a contour."""

from datetime import timedelta

from gateway.delivery import Breaker, Deliverer, Outcome, Pace, Patience
from gateway.storage import outbox
from gateway.storage.outbox import Verdict

MINUTE = timedelta(minutes=1)
DELIVERED = Outcome(Verdict.DELIVERED, "OK", "Доставлено.")
LATER = Outcome(Verdict.LATER, "BUSY", "Занято.")
UNREACHED = Outcome(Verdict.UNREACHED, "DOWN", "Не отвечает.")
NEVER = Outcome(Verdict.NEVER, "BAD", "Не примут никогда.")

EVEN = Patience(jitter=0)


class Script:
    """A channel: says what the test wrote down for a payload, and delivers everything else."""

    def __init__(self):
        self.says = {}
        self.down = set()
        self.sent = []
        self.recorded = []
        self.refuses_to_record = 0

    def send(self, delivery):
        self.sent.append(delivery)
        if delivery.address in self.down:
            return UNREACHED
        planned = self.says.get(delivery.payload)
        return planned.pop(0) if planned else DELIVERED

    def record(self, transaction, delivery, state, outcome):
        if self.refuses_to_record:
            self.refuses_to_record -= 1
            raise RuntimeError("nowhere to write")
        self.recorded.append((delivery.payload, state, outcome.code))
        return ()

    @property
    def payloads(self):
        return [one.payload for one in self.sent]


def make_deliverer(database, channel, clock, **more):
    return Deliverer(
        database,
        outbox.CONTOUR,
        {"script": channel},
        clock,
        lambda: 0.5,
        "проверка",
        **{"patience": EVEN, "breaker": Breaker(failures=10_000), "pace": Pace(), **more},
    )
