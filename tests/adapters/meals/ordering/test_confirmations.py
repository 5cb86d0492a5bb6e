"""SVC-06 ConfirmOrder: what the organizer is told, and what confirming again does."""

import json
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from town import BREAKFAST, HOME_SET, JUICE, LUNCH

from adapters.meals import models
from adapters.meals.handlers.confirmations import confirm_order

LUNCH_1 = "BASIC-LUNCH-AGE_7_11-1"
LUNCH_2 = "BASIC-LUNCH-AGE_7_11-2"
BREAKFAST_1 = "BASIC-BREAKFAST-AGE_7_11-1"
DAY, NEXT, LATER = "2026-11-16", "2026-11-17", "2026-11-18"


def test_confirmed_choice_is_told_to_the_organizer_and_an_unconfirmed_one_is_not(family):
    family.save((DAY, LUNCH, LUNCH_1, JUICE, 2), (LATER, LUNCH, LUNCH_1))
    assert family.changes() == []
    answer = family.confirm(DAY, NEXT)
    assert [(one.date.isoformat(), one.meal_type, one.state.value) for one in answer.item] == [
        (DAY, LUNCH, "CONFIRMED")
    ]
    assert (answer.confirmed_at, answer.duplicate) == (family.moment, False)
    assert family.changes() == [("CONFIRMED", DAY, LUNCH, LUNCH_1, ((JUICE, 2),))]
    first, later = family.orders(DAY, LATER)
    assert (first.order_id, first.chosen.confirmed_at) == (answer.order_id, family.moment)
    assert (later.order_id, later.chosen.state.value) == (None, "CHOSEN")


def test_edited_order_is_cancelled_at_once_and_changed_when_it_is_confirmed_again(family):
    family.save((DAY, LUNCH, LUNCH_1, JUICE, 1))
    family.confirm(DAY, DAY)
    family.save((DAY, LUNCH, LUNCH_2))
    (edited,) = family.orders(DAY, DAY)
    assert (edited.chosen.state.value, edited.order_id, edited.chosen.confirmed_at) == (
        "CHOSEN",
        None,
        None,
    )
    family.save((DAY, LUNCH, LUNCH_2, JUICE, 3))
    again = family.confirm(DAY, DAY)
    assert family.changes() == [
        ("CONFIRMED", DAY, LUNCH, LUNCH_1, ((JUICE, 1),)),
        ("CANCELLED", DAY, LUNCH, LUNCH_1, ((JUICE, 1),)),
        ("CHANGED", DAY, LUNCH, LUNCH_2, ((JUICE, 3),)),
    ]
    (order,) = family.orders(DAY, DAY)
    assert order.order_id == again.order_id


def test_choice_for_another_organizer_is_new_to_that_one(family):
    family.save((DAY, LUNCH, LUNCH_1))
    family.confirm(DAY, DAY)
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.binding).values(organizer_inn=town.OTHER_INN))
        transaction.execute(
            sa.update(models.offer)
            .where(models.offer.c.school == "SCH-1", models.offer.c.code == LUNCH_1)
            .values(
                organizer_inn=town.OTHER_INN,
                complex_id=town.complex_id(
                    transaction,
                    town.complex_of(LUNCH, town.YOUNGER, organizer_inn=town.OTHER_INN),
                ),
            )
        )
    family.save((DAY, LUNCH, LUNCH_1))
    family.confirm(DAY, DAY)
    feeds = [(row.organizer_inn, row.seq, row.kind) for row in family.table(models.order_change)]
    assert feeds == [
        (town.INN, 1, "CONFIRMED"),
        (town.INN, 2, "CANCELLED"),
        (town.OTHER_INN, 1, "CONFIRMED"),
    ]


def test_products_of_a_pupil_at_home_are_told_without_a_complex(family):
    family.of(town.PAVEL, town.MOTHER_OF_PAVEL)
    family.save((DAY, LUNCH, None, HOME_SET, 2))
    family.confirm(DAY, DAY)
    assert family.changes() == [("CONFIRMED", DAY, LUNCH, None, ((HOME_SET, 2),))]


def test_change_says_nothing_of_items_where_there_are_none(family):
    family.save((DAY, LUNCH, LUNCH_1), (NEXT, LUNCH, LUNCH_1, JUICE, 1))
    family.confirm(DAY, NEXT)
    told = [row.items for row in family.table(models.order_change)]
    assert told[0] is None
    assert json.loads(told[1]) == [{"code": JUICE, "qty": 1}]


def test_order_is_confirmed_without_money_and_the_family_is_offered_to_top_up(family):
    family.save((DAY, LUNCH, LUNCH_1), (DAY, BREAKFAST, BREAKFAST_1))
    answer = family.confirm(DAY, DAY)
    assert len(answer.item) == 2
    (notice,) = family.table(models.meal_notice)
    assert (notice.code, notice.account, notice.reference) == (
        "TOPUP_OFFER",
        town.IVAN.account,
        answer.order_id,
    )
    assert (notice.amount, notice.balance) == (Decimal("245.55"), Decimal("0.00"))


def test_family_with_money_enough_is_not_offered_anything(family):
    with family.database.writing() as transaction:
        town.top_up(transaction, town.IVAN, "150.00")
    family.save((DAY, LUNCH, LUNCH_1))
    family.confirm(DAY, DAY)
    assert family.table(models.meal_notice) == []


def test_nothing_is_confirmed_where_nothing_waits(family):
    assert family.not_confirmed(DAY, NEXT).code == "NOTHING_TO_CONFIRM"
    family.save((DAY, LUNCH, LUNCH_1))
    assert family.not_confirmed(NEXT, LATER).code == "NOTHING_TO_CONFIRM"
    family.confirm(DAY, NEXT)
    assert family.not_confirmed(DAY, NEXT).code == "NOTHING_TO_CONFIRM"


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-17", "2026-11-16"), ("2026-11-01", "2026-12-02"), ("1999-12-31", "2000-01-01")],
)
def test_wrong_period_is_refused(family, first, last):
    error = family.not_confirmed(first, last)
    assert error.code == "PERIOD_INVALID"
    assert [finding.path for finding in error.findings] == ["/ConfirmOrderRequest/period/to"]


def test_same_confirmation_again_gets_the_first_answer_after_an_edit_too(family):
    family.save((DAY, LUNCH, LUNCH_1))
    request = family.confirmation(DAY, NEXT)
    first = family.send(confirm_order, request)
    family.save((DAY, LUNCH, LUNCH_2), (NEXT, LUNCH, LUNCH_1))
    family.at(date(2026, 11, 30))
    again = family.send(confirm_order, request)
    assert again.duplicate is True
    again.duplicate = False
    assert again == first
    assert len(family.table(models.order_confirmation)) == 1
    assert [row[0] for row in family.changes()] == ["CONFIRMED", "CANCELLED"]


def test_other_content_under_a_used_confirm_id_is_a_conflict(family):
    family.save((DAY, LUNCH, LUNCH_1))
    request = family.confirmation(DAY, NEXT)
    family.send(confirm_order, request)
    other = family.confirmation(DAY, LATER, confirm_id=request.confirm_id)
    assert family.refused(confirm_order, other).code == "DUPLICATE_CONFLICT"


def test_other_parent_of_the_child_cannot_use_a_confirm_id_again(family):
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.guardian_pupil),
            [{"guardian": town.FATHER_OF_MARIA.id, "pupil": town.IVAN.id, "relation": "PARENT"}],
        )
    family.save((DAY, LUNCH, LUNCH_1))
    request = family.confirmation(DAY, NEXT)
    family.send(confirm_order, request)
    family.of(town.IVAN, town.FATHER_OF_MARIA)
    assert family.refused(confirm_order, request).code == "DUPLICATE_CONFLICT"
    family.save((NEXT, LUNCH, LUNCH_1))
    assert family.confirm(NEXT, NEXT).item
