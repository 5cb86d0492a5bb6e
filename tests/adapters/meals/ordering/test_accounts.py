"""SVC-06 GetAccount, InitTopUp, GetTopUp, and who may call the service at all (MEAL-PAR-01, 15)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from family import acting_for, period

from adapters.meals import models
from adapters.meals.acquiring import Acquirers, PaymentPage
from adapters.meals.handlers.accounts import get_account
from adapters.meals.handlers.choices import get_orders, save_choice
from adapters.meals.handlers.confirmations import confirm_order
from adapters.meals.handlers.menus import get_menu
from adapters.meals.handlers.movements import get_movements
from adapters.meals.handlers.top_ups import get_top_up, init_top_up
from adapters.meals.messages import order as messages
from gateway.adapter import AccountStatus
from gateway.kernel.errors import NotAllowed, NotFound
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import ActingRole

DAY = "2026-11-16"
NOBODY = issue_account(999_999)


def account_of(account=None, pupil=None):
    return messages.GetAccountRequest(account=account, pupil_id=pupil)


def test_account_is_told_with_settings_balance_and_limits(family):
    family.of(town.DARYA, town.MOTHER)
    with family.database.writing() as transaction:
        town.top_up(transaction, town.DARYA, "70.50")
        transaction.execute(sa.update(models.school).values(max_top_up=Decimal(1500)))
        transaction.execute(sa.update(models.organizer).values(min_top_up=Decimal(10)))
    answer = family.send(get_account, account_of(town.DARYA.account))
    assert answer == messages.GetAccountResponse(
        account=town.DARYA.account,
        pupil_id=town.DARYA.id,
        school_code="SCH-1",
        building_code="B",
        class_name="7Б",
        organizer_inn=town.INN,
        pchvr_code=town.SUM,
        menu_type_code=town.BASIC,
        meal_type=[town.BREAKFAST, town.LUNCH],
        home_study=False,
        balance=Decimal("70.50"),
        credit_limit=Decimal("300.00"),
        top_up_min=Decimal("10.00"),
        top_up_max=Decimal("1500.00"),
        top_up_available=False,
    )


def test_account_is_found_by_the_pupil_too(family):
    by_pupil = family.send(get_account, account_of(pupil=town.IVAN.id))
    assert by_pupil == family.send(get_account, account_of(town.IVAN.account))


def test_account_of_a_school_that_nobody_feeds_has_no_limits(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.personal_account).values(organizer_inn=None))
    answer = family.send(get_account, account_of(town.IVAN.account))
    assert (answer.organizer_inn, answer.balance, answer.top_up_max) == (
        None,
        Decimal("0.00"),
        Decimal("0.00"),
    )


def test_account_without_settings_says_so(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.delete(models.pupil_setting))
        transaction.execute(sa.delete(models.credit_limit))
    answer = family.send(get_account, account_of(town.IVAN.account))
    assert (answer.menu_type_code, answer.meal_type, answer.credit_limit) == (
        None,
        [],
        Decimal("0.00"),
    )


def test_pupil_at_home_is_told_as_such(family):
    family.of(town.PAVEL, town.MOTHER_OF_PAVEL)
    assert family.send(get_account, account_of(town.PAVEL.account)).home_study is True


def top_up(account, amount="500.00", **changes):
    return messages.InitTopUpRequest(
        **{
            "top_up_id": "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03",
            "account": account,
            "amount": Decimal(amount),
            "return_url": "https://school.example.org/paid",
            "fail_url": "https://school.example.org/not-paid",
            **changes,
        }
    )


CALLS = {
    "GetAccount": lambda account: (get_account, account_of(account)),
    "GetMenu": lambda account: (
        get_menu,
        messages.GetMenuRequest(account=account, period=period(DAY, DAY)),
    ),
    "SaveChoice": lambda account: (
        save_choice,
        messages.SaveChoiceRequest(
            choice_id="0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03",
            account=account,
            item=[
                messages.ChoiceItemType(
                    date=period(DAY, DAY).to, meal_type="LUNCH", complex_code="X"
                )
            ],
        ),
    ),
    "ConfirmOrder": lambda account: (
        confirm_order,
        messages.ConfirmOrderRequest(
            confirm_id="0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03",
            account=account,
            period=period(DAY, DAY),
        ),
    ),
    "GetOrders": lambda account: (
        get_orders,
        messages.GetOrdersRequest(account=account, period=period(DAY, DAY)),
    ),
    "GetMovements": lambda account: (
        get_movements,
        messages.GetMovementsRequest(account=account, period=period(DAY, DAY)),
    ),
    "InitTopUp": lambda account: (init_top_up, top_up(account)),
}


def test_foreign_child_and_nobody_are_refused_in_the_same_words(family):
    refusals = [
        family.refused(*call(account))
        for call in CALLS.values()
        for account in (town.MARIA.account, NOBODY)
    ]
    assert {type(one) for one in refusals} == {NotAllowed}
    assert len({(one.args, one.findings) for one in refusals}) == 1


def test_foreign_pupil_and_nobody_are_refused_in_the_same_words(family):
    refusals = [
        family.refused(get_account, account_of(pupil=pupil)) for pupil in (town.MARIA.id, "P-999")
    ]
    assert [type(one) for one in refusals] == [NotAllowed, NotAllowed]
    assert refusals[0].args == refusals[1].args


@pytest.mark.parametrize(
    "case",
    [
        {"behalf": None},
        {"behalf": acting_for(town.TEACHER_3A, ActingRole.CLASS_TEACHER)},
        {"behalf": acting_for(town.MEAL_ADMIN, ActingRole.MEAL_ADMIN)},
        {"behalf": acting_for(town.TEACHER_3A)},
        {"behalf": None, "sender": town.OPERATOR},
        {"behalf": None, "sender": town.OMSU},
        {"behalf": None, "sender": town.ORGANIZER},
        {"behalf": acting_for(town.MOTHER), "sender": town.ORGANIZER},
    ],
    ids=["nobody", "teacher", "admin", "no-parent", "operator", "omsu", "organizer", "stranger"],
)
def test_only_a_parent_through_the_school_system_is_answered(family, case):
    refusals = [family.refused(*call(town.IVAN.account), **case) for call in CALLS.values()]
    assert [type(one) for one in refusals] == [NotAllowed] * len(CALLS)


@pytest.mark.parametrize(
    ("amount", "code"),
    [("2000.01", "LIMIT_EXCEEDED"), ("0.99", "AMOUNT_TOO_SMALL")],
)
def test_sum_beyond_the_limits_is_refused_with_its_place(family, amount, code):
    error = family.refused(init_top_up, top_up(town.IVAN.account, amount))
    assert error.code == code
    assert [(one.path, one.value) for one in error.findings] == [
        ("/InitTopUpRequest/amount", amount)
    ]


@pytest.mark.parametrize("amount", ["2000.00", "1.00"])
def test_organizer_without_an_acquirer_takes_no_cards(family, amount):
    error = family.refused(init_top_up, top_up(town.IVAN.account, amount))
    assert error.code == "ACQUIRING_NOT_AVAILABLE"
    assert family.table(models.top_up) == []


def test_school_that_nobody_feeds_takes_no_cards(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.personal_account).values(organizer_inn=None))
    error = family.refused(init_top_up, top_up(town.IVAN.account))
    assert error.code == "ACQUIRING_NOT_AVAILABLE"


class Counter:
    """A bank of the test: gives every top-up a page of its own for twenty minutes."""

    def open_page(self, top_up, now):
        return PaymentPage(
            f"https://bank.example.org/{top_up.top_up_id}", now + timedelta(minutes=20)
        )


@pytest.fixture
def with_cards(family):
    """The organizer of school 1 has an acquirer, that of school 2 has none."""
    family.offices[Acquirers] = Acquirers({town.INN: Counter()})
    return family


def test_organizer_with_an_acquirer_sends_the_payer_to_its_page(with_cards):
    answer = with_cards.send(init_top_up, top_up(town.IVAN.account))
    found = with_cards.send(get_top_up, messages.GetTopUpRequest(top_up_id=answer.top_up_id))
    assert answer.payment_url.endswith(answer.top_up_id)
    assert (found.account, found.amount, found.state, found.credited_at) == (
        town.IVAN.account,
        Decimal("500.00"),
        messages.TopUpState.CREATED,
        None,
    )
    assert found.expires_at == answer.expires_at
    assert with_cards.send(get_account, account_of(town.IVAN.account)).top_up_available is True


def test_acquirer_of_one_organizer_serves_no_other(with_cards):
    with_cards.of(town.ALINA, town.MOTHER_OF_ALINA)
    error = with_cards.refused(init_top_up, top_up(town.ALINA.account))
    assert error.code == "ACQUIRING_NOT_AVAILABLE"
    assert with_cards.send(get_account, account_of(town.ALINA.account)).top_up_available is False


@pytest.mark.parametrize("status", [AccountStatus.BLOCKED, AccountStatus.CLOSED])
def test_account_that_is_not_open_takes_no_cards(with_cards, status):
    with with_cards.database.writing() as transaction:
        transaction.execute(sa.update(models.personal_account).values(status=status.value))
    error = with_cards.refused(init_top_up, top_up(town.IVAN.account))
    assert error.code == "ACQUIRING_NOT_AVAILABLE"


def test_same_top_up_again_gets_the_first_answer(with_cards):
    first = with_cards.send(init_top_up, top_up(town.IVAN.account))
    with_cards.moment += timedelta(minutes=5)
    again = with_cards.send(init_top_up, top_up(town.IVAN.account))
    assert again == replace(first, duplicate=True)
    other = with_cards.refused(init_top_up, top_up(town.IVAN.account, "501.00"))
    assert other.code == "DUPLICATE_CONFLICT"


def test_top_up_of_a_foreign_child_and_of_nobody_are_not_found_in_the_same_words(with_cards):
    begun = with_cards.send(init_top_up, top_up(town.IVAN.account))
    with_cards.of(town.MARIA, town.FATHER_OF_MARIA)
    refusals = [
        with_cards.refused(get_top_up, messages.GetTopUpRequest(top_up_id=top_up_id))
        for top_up_id in (begun.top_up_id, with_cards.new_id())
    ]
    assert [type(one) for one in refusals] == [NotFound, NotFound]
    assert refusals[0].args == refusals[1].args


def test_top_up_is_not_told_to_anybody_but_a_parent(family):
    request = messages.GetTopUpRequest(top_up_id=family.new_id())
    assert type(family.refused(get_top_up, request, behalf=None)) is NotAllowed
    assert type(family.refused(get_top_up, request, behalf=None, sender=town.OMSU)) is NotAllowed
