"""Laws of events whatever comes in whichever order: once, in order, nothing after the end."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from events_counter import code_of, info, push, status
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.portal import statuses
from adapters.portal.messages.portal_common import ReplyCode
from gateway.kernel.errors import DuplicateConflict

TABLE = statuses.load()
CONFLICT = "conflict"
CODES = [2, 3, 4, 6, 7, 9, 10, 11, 12, 14, 15, 8, None]
"""Known and unknown statuses; None is an event that is not of a status."""
ORDERS = itertools.count(100)
SENT = 2
some = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
pushes = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(CODES)), max_size=14)


@dataclass
class Model:
    """What an application and its events should be."""

    state: int = 1
    told: list = field(default_factory=lambda: [1])
    known: dict = field(default_factory=dict)

    def push(self, number, code):
        if number in self.known:
            return "duplicate" if self.known[number] == code else CONFLICT
        if code == 8:
            return ReplyCode.STATUS_UNKNOWN
        if TABLE.is_final(self.state):
            return ReplyCode.STATUS_FINAL
        proves = self.state == 1 and code != SENT
        before = SENT if proves else self.state
        if code is not None and TABLE.is_state(code) and not TABLE.may(before, code):
            return ReplyCode.ILLEGAL_TRANSITION
        if proves:
            self.told.append(SENT)
        self.told.append(code)
        self.state = code if code is not None and TABLE.is_state(code) else before
        self.known[number] = code
        return ReplyCode.OK


def sent(desk, order, number, code):
    what = info() if code is None else status(code)
    try:
        reply = desk.ask(push(order * 100 + number, what, order))
    except DuplicateConflict:
        return CONFLICT
    return "duplicate" if reply.duplicate else reply.code


def told(desk, order):
    return [code_of(one) for one in desk.pull(order_id=order).event]


@some
@given(pushes)
def test_whatever_is_pushed_is_answered_as_the_model_says(desk, pushes):
    order, model = next(ORDERS), Model()
    desk.submit(order)
    for number, code in pushes:
        assert sent(desk, order, number, code) == model.push(number, code)
    assert told(desk, order) == model.told
    assert desk.state(order).tech_code == model.state
    assert desk.faults() == []


@settings(some, max_examples=10)
@given(pushes, pushes)
def test_two_senders_at_once_leave_one_order_that_the_table_allows(desk, first, second):
    order = next(ORDERS)
    desk.submit(order)
    with ThreadPoolExecutor(2) as pool:
        replies = [
            reply
            for both in pool.map(
                lambda pushes: [sent(desk, order, *one) for one in pushes], (first, second)
            )
            for reply in both
        ]
    codes = told(desk, order)
    states = [code for code in codes if code is not None and TABLE.is_state(code)]
    assert all(TABLE.may(*pair) for pair in itertools.pairwise(states))
    assert not any(TABLE.is_final(code) for code in states[:-1])
    assert codes[-1] in states or not TABLE.is_final(states[-1])
    own = [one for one in desk.pull(order_id=order).event if one.sender != "CITTO"]
    assert len(own) == replies.count(ReplyCode.OK) == len({one.event_id for one in own})
    assert desk.faults() == []
