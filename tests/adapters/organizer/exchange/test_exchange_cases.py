"""Every sample of ORG-EXCHANGE is answered as its case says out of what a session is given."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
import town
from lxml import etree
from nights import CALENDAR
from suite_samples import CATALOG, handed_out, suite_of

from adapters import bank, meals
from adapters.bank.repository.books import BankBooks
from adapters.meals.ledger import MealsLedger
from adapters.organizer.exchanging import SERVICE
from adapters.organizer.messages import organizer as messages
from gateway.adapter import Received, Rules, Work
from gateway.contracts.codec import decoder, encode
from gateway.kernel.errors import NotAllowed
from gateway.kernel.message import Contour
from gateway.trial_data import Preparation

PLAN = "organizer-exchange"
CONTRACT = CATALOG.contract("meals/organizer/1.0")
NAMESPACE = f"{{{CONTRACT.namespace}}}"
OPERATIONS = {operation.name: operation for operation in SERVICE.operations}
NOON = datetime(2026, 11, 2, 7, tzinfo=UTC)


class Session:
    """What a session of the plan works with, and an organizer's system that reads."""

    def __init__(self, database) -> None:
        self.database = database
        values: dict[str, str] = {}
        with database.writing() as transaction:
            preparation = Preparation(
                participant=town.ORGANIZER,
                wanted={param.name for param in suite_of(PLAN).params},
                given=values,
                now=NOON,
                calendar=CALENDAR,
                ledger=MealsLedger(transaction),
                identifiers=uuid4,
                choose=lambda most: most // 3,
            )
            for slice_ in (meals, bank):
                values |= slice_.ADAPTER.test_data.prepare(
                    transaction, replace(preparation, given=values)
                )
        self.params = values

    def sample(self, code: str, row: int = 0):
        payload = handed_out(PLAN, code, row, NOON, self.params)
        assert CONTRACT.validate(payload), CONTRACT.last_error()
        return payload

    def ask(self, payload):
        name = etree.QName(payload).localname.removesuffix("Request")
        received = Received(
            request=decoder(getattr(messages, f"{name}Request"))(payload),
            sender=town.ORGANIZER,
            entry=1,
            received_at=NOON,
            digest=sha256(etree.tostring(payload)).digest(),
            message_id=None,
            attachments={},
            wake=lambda _: None,
        )
        with self.database.reading() as transaction:
            answer = OPERATIONS[name].handle(received, self._work(transaction))
        element = encode(answer)
        assert CONTRACT.validate(element), CONTRACT.last_error()
        return answer

    def _work(self, transaction) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=NOON,
            contour=Contour.TEST,
            calendar=CALENDAR,
            ledger=MealsLedger(transaction),
            payments=BankBooks(transaction),
            identifiers=lambda: UUID(int=1),
            rules=Rules(
                check_digits_are_errors=False,
                max_inline_lines=1000,
                max_file_lines=10_000,
                batch_lines=100,
            ),
            participants=lambda _: None,
            after_commit=[],
        )


@pytest.fixture
def session(contour_database) -> Session:
    return Session(contour_database)


def test_the_orders_of_two_weeks_are_those_of_the_own_school(session):
    told = session.ask(session.sample("OE-01"))
    assert {row.school_code for row in told.row} == {session.params["school"]}
    assert {row.source.value for row in told.row} == {"PARENT", "DEFAULT"}
    assert {str(row.date) for row in told.row} >= {
        session.params["first_day"],
        session.params["last_day"],
    }


def test_changes_are_read_in_parts(session):
    first = session.ask(session.sample("OE-02"))
    assert len(first.change) == 2
    following = session.sample("OE-02")
    cursor = etree.Element(NAMESPACE + "cursor")
    cursor.text = first.cursor
    following.insert(0, cursor)
    second = session.ask(following)
    assert [change.seq for change in second.change] == [
        first.change[-1].seq + 1,
        first.change[-1].seq + 2,
    ]


def test_both_classes_have_asked_and_one_pupil_is_ill(session):
    told = session.ask(session.sample("OE-03"))
    assert len(told.request) == 2
    assert sum(one.qty for request in told.request for one in request.complex) == 9


def test_the_day_that_was_eaten_is_closed(session):
    told = session.ask(session.sample("OE-04"))
    assert told.locked
    assert sum(row.qty for row in told.row) == 10


def test_debits_add_up_and_name_a_category_by_its_code_alone(session):
    told = session.ask(session.sample("OE-05"))
    assert len(told.debit) == 10
    assert sum(one.to_pay for one in told.debit) == told.totals.to_pay == Decimal("1500.00")
    assert {one.pchvr_code for one in told.debit} == {None, "MANY_CHILDREN"}


def test_payments_are_those_of_the_registry(session):
    paid = session.ask(session.sample("OE-06"))
    assert {one.account for one in paid.payment} == {session.params["account"]}
    listed = session.ask(session.sample("OE-07"))
    (registry,) = listed.registry
    whole = session.ask(
        etree.fromstring(
            f'<GetPaymentRegistryRequest xmlns="{CONTRACT.namespace}">'
            f"<hubRegistryId>{registry.hub_registry_id}</hubRegistryId>"
            "</GetPaymentRegistryRequest>"
        )
    )
    assert whole.total_amount == paid.totals.sum == Decimal("750.50")
    assert [line.result.value for line in whole.line] == ["ALREADY_CREDITED"] * 2


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_balances_of_each_level_have_its_rows_and_come_to_one_sum(session, row):
    told = session.ask(session.sample("OE-08", row))
    expected = suite_of(PLAN).case("OE-08").rows[row - 1].values["rows"]
    assert len(told.row) == int(expected)
    assert sum(one.balance for one in told.row) == Decimal("750.50") - Decimal("1500.00")


def test_a_foreign_school_is_refused_and_the_own_one_answered(session):
    payload = session.sample("OE-09")
    with pytest.raises(NotAllowed):
        session.ask(payload)
    payload.find(NAMESPACE + "schoolCode").text = session.params["school"]
    assert session.ask(payload).row != []


def test_no_answer_names_a_pupil(session):
    told = encode(session.ask(session.sample("OE-10")))
    assert b"\xd0\x98\xd1\x81\xd0\xbf\xd1\x8b\xd1\x82" not in etree.tostring(told, encoding="UTF-8")
    assert session.params["account"] in etree.tostring(told).decode()


def test_books_hold_while_a_session_runs_and_after_it(session, contour_database):
    with contour_database.writing() as transaction:
        assert reconciled(transaction) == []
        for slice_ in (meals, bank):
            slice_.ADAPTER.test_data.purge(transaction, [session.params])
        assert reconciled(transaction) == []


def reconciled(transaction) -> list[str]:
    ledger = MealsLedger(transaction)
    return [
        line for slice_ in (meals, bank) for line in slice_.ADAPTER.reconcile(transaction, ledger)
    ]
