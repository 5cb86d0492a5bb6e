"""What the stand prepares for trials of departments, and what plans may ask of it (GW-11)."""

from uuid import uuid4

import pytest
from events_counter import OTHER_DEPARTMENT, info, status, take
from portal_counter import DEPARTMENT

from adapters.portal.messages.portal_common import ReplyCode
from adapters.portal.trials import TEST_DATA
from gateway.trial_data import Preparation

NAMES = (
    "order",
    "second_order",
    "queued_order",
    "final_order",
    "foreign_order",
    "unknown_order",
)


@pytest.fixture
def prepared(desk):
    return prepare(desk, NAMES)


def prepare(desk, wanted):
    preparation = Preparation(
        participant=DEPARTMENT,
        wanted=wanted,
        given={},
        now=desk.clock(),
        calendar=None,
        ledger=None,
        identifiers=uuid4,
        choose=lambda _: 5,
    )
    with desk.database.writing() as transaction:
        return TEST_DATA.prepare(transaction, preparation)


def ask(desk, name, who=DEPARTMENT, **where):
    with desk.database.reading() as transaction:
        return TEST_DATA.states[name](transaction, who.code, where)


def test_department_is_given_orders_for_every_case(desk, prepared):
    assert list(prepared) == list(NAMES)
    codes = {
        name: desk.push(number, status(6), order_id=int(order)).code
        for number, (name, order) in enumerate(prepared.items(), 1)
    }
    assert codes == {
        "order": ReplyCode.OK,
        "second_order": ReplyCode.OK,
        "queued_order": ReplyCode.OK,
        "final_order": ReplyCode.STATUS_FINAL,
        "foreign_order": ReplyCode.NOT_ALLOWED,
        "unknown_order": ReplyCode.ORDER_NOT_FOUND,
    }
    assert desk.faults() == []


def test_prepared_application_can_be_taken(desk, prepared):
    answer = desk.ask(take(int(prepared["queued_order"])))
    assert answer.application.service_code == "trial"


def test_only_what_a_plan_wants_is_prepared(desk):
    assert list(prepare(desk, ("order", "account"))) == ["order"]


def test_second_session_gets_other_numbers(desk, prepared):
    made = {order for name, order in prepared.items() if name != "unknown_order"}
    assert not made & set(prepare(desk, NAMES).values())


def test_plan_asks_how_an_application_stands(desk, prepared):
    desk.push(1, status(6, cancel=False), order_id=int(prepared["order"]))
    [row] = ask(desk, "application_state", order=prepared["order"])
    assert (row["state"], row["cancel_allowed"]) == ("6", "false")
    assert ask(desk, "application_state", order=prepared["order"], state="3") == []
    assert ask(desk, "application_state", OTHER_DEPARTMENT, order=prepared["order"]) == []


def test_plan_asks_which_events_came(desk, prepared):
    order = prepared["order"]
    desk.push(7, info(), order_id=int(order))
    rows = ask(desk, "events", order=order)
    assert [(row["kind"], row["tech_code"]) for row in rows] == [
        ("orderStatusEvent", "1"),
        ("orderStatusEvent", "2"),
        ("infoEvent", ""),
    ]
    [row] = ask(desk, "events", kind="infoEvent", sender="DEPT72001")
    assert row["order"] == order


def test_unknown_condition_is_an_error_of_the_plan(desk):
    for name in ("events", "application_state"):
        with pytest.raises(KeyError):
            ask(desk, name, colour="red")


def test_what_was_prepared_goes_when_the_session_is_over(desk, prepared):
    desk.push(1, info(), order_id=int(prepared["order"]))
    with desk.database.writing() as transaction:
        TEST_DATA.purge(transaction, [prepared])
    assert ask(desk, "application_state", order=prepared["order"]) == []
    assert len(ask(desk, "application_state")) == 1
    assert desk.faults() == []
