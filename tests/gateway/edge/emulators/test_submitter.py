"""The portal submits one application after another and hears what was answered to each."""

import threading
from datetime import UTC, datetime
from uuid import UUID

from lxml import etree

from gateway.edge.emulators.caller import Answer, Faulted, Stopped
from gateway.edge.emulators.calls import Order, Submitted
from gateway.edge.emulators.submitter import Submitter

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
TAKEN = etree.fromstring(
    f"<r xmlns='urn:r'><hubApplicationId>{UUID(int=72)}</hubApplicationId>"
    "<duplicate>true</duplicate></r>"
)


class Caller:
    """Answers from a script; an exception in it is raised."""

    def __init__(self, script, asked):
        self.script, self.asked, self.closed = iter(script), asked, False

    def ask(self, service, payload):
        self.asked.append((service, payload.findtext("{*}orderId")))
        answer = next(self.script)
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer, 2)

    def close(self):
        self.closed = True


def order(number: int) -> Order:
    return Order(number, "SRV-1", "1.0", b"<f xmlns='urn:test:form'/>", NOW)


def test_answers_and_refusals_are_heard_until_it_is_stopped():
    asked, heard, done = [], [], threading.Event()
    fault = Faulted("FORM_SCHEMA_INVALID", "Форма.")
    caller = Caller([TAKEN, fault, Stopped()], asked)

    def hear(one, answer):
        heard.append((one.order_id, answer))
        if len(heard) == 2:
            done.set()

    submitter = Submitter(lambda _: caller, [order(1), order(2), order(3), order(4)], hear)
    submitter.start()
    assert done.wait(5)
    submitter.stop()

    assert heard == [(1, Submitted(UUID(int=72), is_duplicate=True, attempts=2)), (2, fault)]
    assert asked == [("portal/application/1.0", str(number)) for number in (1, 2, 3)]
    assert caller.closed
