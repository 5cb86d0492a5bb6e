"""SVC-06 SaveChoice: what may be chosen, for how much, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from family import period
from town import BREAKFAST, HOME_SET, JUICE, LUNCH

from adapters.meals import models
from adapters.meals.handlers.choices import get_orders, save_choice
from adapters.meals.messages import order as messages
from gateway.contracts.messages.common import ChoiceSource, OrderState

LUNCH_1 = "BASIC-LUNCH-AGE_7_11-1"
LUNCH_2 = "BASIC-LUNCH-AGE_7_11-2"
BREAKFAST_1 = "BASIC-BREAKFAST-AGE_7_11-1"
DIET_LUNCH = "DIET-LUNCH-AGE_7_11-1"
OLDER_LUNCH = "BASIC-LUNCH-AGE_12_18-1"
DAY, NEXT = "2026-11-16", "2026-11-17"


def sums(saved):
    return [(str(one.full_price), str(one.discount), str(one.to_pay)) for one in saved]


def places(error):
    return [(finding.rule, finding.path) for finding in error.findings]


def test_choice_is_answered_with_three_sums_a_line_and_their_total(family):
    family.of(town.MARIA, town.FATHER_OF_MARIA)
    answer = family.save((DAY, LUNCH, LUNCH_1, JUICE, 2), (DAY, BREAKFAST, BREAKFAST_1))
    assert sums(answer.saved) == [("220.00", "150.00", "70.00"), ("95.55", "95.55", "0.00")]
    total = answer.total
    assert [str(total.full), str(total.discount), str(total.to_pay)] == [
        "315.55",
        "245.55",
        "70.00",
    ]
    assert {one.state for one in answer.saved} == {OrderState.CHOSEN}
    assert answer.duplicate is False


def test_choice_is_kept_with_where_the_pupil_sits(family):
    family.save((DAY, LUNCH, LUNCH_1, JUICE, 2))
    (order,) = family.table(models.meal_order)
    assert (order.account, order.day, order.meal_type) == (
        town.IVAN.account,
        date(2026, 11, 16),
        LUNCH,
    )
    assert (order.organizer_inn, order.school, order.building, order.class_code) == (
        town.INN,
        "SCH-1",
        "A",
        "SCH-1/3A",
    )
    assert (order.source, order.state) == ("PARENT", "CHOSEN")
    assert not order.is_home_study
    (item,) = family.table(models.order_item)
    assert (item.item_code, item.qty, item.price) == (JUICE, 2, town.JUICE_PRICE)


def test_later_choice_takes_the_place_of_the_earlier_one_whole(family):
    family.save((DAY, LUNCH, LUNCH_1, JUICE, 2), (NEXT, LUNCH, LUNCH_1))
    family.save((DAY, LUNCH, LUNCH_2))
    first, second = family.orders(DAY, NEXT)
    assert (first.chosen.complex_code, first.chosen.item) == (LUNCH_2, [])
    assert second.chosen.complex_code == LUNCH_1


def test_order_over_the_balance_is_saved_and_a_top_up_is_suggested(family):
    with family.database.writing() as transaction:
        town.top_up(transaction, town.IVAN, "200.00")
    first = family.save((DAY, LUNCH, LUNCH_1))
    second = family.save((NEXT, LUNCH, LUNCH_1, JUICE, 1))
    assert (first.balance, first.top_up_suggested, first.suggested_amount) == (
        Decimal("200.00"),
        False,
        None,
    )
    assert (second.top_up_suggested, second.suggested_amount) == (True, Decimal("135.00"))


def test_suggested_amount_is_never_more_than_one_top_up_may_be(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.school).values(max_top_up=Decimal(100)))
    assert family.save((DAY, LUNCH, LUNCH_1)).suggested_amount == Decimal("100.00")


def test_what_is_debited_counts_no_more_against_the_balance(family):
    family.save((DAY, LUNCH, LUNCH_1))
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.meal_order).values(state="DEBITED"))
        town.top_up(transaction, town.IVAN, "150.00")
    assert family.save((NEXT, LUNCH, LUNCH_1)).top_up_suggested is False


def test_school_that_nobody_feeds_now_is_not_offered_to_top_up(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.personal_account).values(organizer_inn=None))
    answer = family.save((DAY, LUNCH, LUNCH_1))
    assert (answer.balance, answer.top_up_suggested) == (Decimal("0.00"), False)


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ((DAY, LUNCH, "NOTHING"), "COMPLEX_NOT_AVAILABLE", "item[1]/complexCode"),
        ((DAY, LUNCH, OLDER_LUNCH), "COMPLEX_NOT_AVAILABLE", "item[1]/complexCode"),
        ((DAY, BREAKFAST, LUNCH_1), "COMPLEX_NOT_AVAILABLE", "item[1]/complexCode"),
        ((DAY, "DINNER", LUNCH_1), "COMPLEX_NOT_AVAILABLE", "item[1]/complexCode"),
        ((DAY, LUNCH, DIET_LUNCH), "WRONG_MENU_TYPE", "item[1]/complexCode"),
        ((DAY, LUNCH, "DIET-LUNCH-AGE_12_18-1"), "COMPLEX_NOT_AVAILABLE", "item[1]/complexCode"),
        ((DAY, LUNCH, None, JUICE, 1), "ADDITIONAL_WITHOUT_COMPLEX", "item[1]/additional[1]"),
        ((DAY, LUNCH, LUNCH_1, "X", 1), "ITEM_NOT_AVAILABLE", "item[1]/additional[1]/itemCode"),
        (
            (DAY, LUNCH, LUNCH_1, HOME_SET, 1),
            "ITEM_NOT_AVAILABLE",
            "item[1]/additional[1]/itemCode",
        ),
        (("2026-11-05", LUNCH, LUNCH_1), "OUT_OF_WINDOW", "item[1]/date"),
        (("2026-11-20", LUNCH, LUNCH_1), "OUT_OF_WINDOW", "item[1]/date"),
        (("2026-11-12", LUNCH, LUNCH_1), "FROZEN", "item[1]/date"),
        ((DAY, LUNCH, None), "VALIDATION_ERROR", "item[1]"),
        (
            (DAY, LUNCH, LUNCH_1, JUICE, 1, JUICE, 2),
            "VALIDATION_ERROR",
            "item[1]/additional[2]/itemCode",
        ),
    ],
)
def test_line_that_does_not_hold_is_refused_with_its_place(family, line, code, place):
    error = family.not_saved(line)
    assert error.code == code
    assert (code, f"/SaveChoiceRequest/{place}") in places(error)
    assert family.table(models.meal_order) == []


def test_same_meal_twice_in_a_message_is_refused(family):
    error = family.not_saved((DAY, LUNCH, LUNCH_1), (DAY, LUNCH, LUNCH_2))
    assert error.code == "VALIDATION_ERROR"
    assert places(error) == [("VALIDATION_ERROR", "/SaveChoiceRequest/item[2]/mealType")]


def test_all_wrong_lines_are_named_and_nothing_of_the_message_is_saved(family):
    family.save((DAY, LUNCH, LUNCH_1))
    error = family.not_saved(
        (DAY, LUNCH, LUNCH_2),
        ("2026-11-12", LUNCH, LUNCH_1),
        (NEXT, LUNCH, DIET_LUNCH, JUICE, 1, "X", 1),
        (NEXT, BREAKFAST, None, JUICE, 1),
    )
    assert error.code == "FROZEN"
    assert places(error) == [
        ("FROZEN", "/SaveChoiceRequest/item[2]/date"),
        ("WRONG_MENU_TYPE", "/SaveChoiceRequest/item[3]/complexCode"),
        ("ITEM_NOT_AVAILABLE", "/SaveChoiceRequest/item[3]/additional[2]/itemCode"),
        ("ADDITIONAL_WITHOUT_COMPLEX", "/SaveChoiceRequest/item[4]/additional[1]"),
    ]
    assert [one.chosen.complex_code for one in family.orders(DAY, NEXT)] == [LUNCH_1]


def test_more_of_an_item_than_there_may_be_is_refused(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.additional_item).values(max_qty=2))
    assert family.save((DAY, LUNCH, LUNCH_1, JUICE, 2)).saved
    error = family.not_saved((DAY, LUNCH, LUNCH_1, JUICE, 3))
    assert places(error) == [("ITEM_NOT_AVAILABLE", "/SaveChoiceRequest/item[1]/additional[1]/qty")]


def test_item_of_another_school_or_meal_is_not_available(family):
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.additional_item_meal),
            [{"organizer_inn": town.INN, "code": JUICE, "meal_type": BREAKFAST}],
        )
    assert family.save((DAY, BREAKFAST, BREAKFAST_1, JUICE, 1)).saved
    assert family.not_saved((DAY, LUNCH, LUNCH_1, JUICE, 1)).code == "ITEM_NOT_AVAILABLE"
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.additional_item_school),
            [{"organizer_inn": town.INN, "code": JUICE, "school": "SCH-9"}],
        )
    assert family.not_saved((DAY, BREAKFAST, BREAKFAST_1, JUICE, 1)).code == "ITEM_NOT_AVAILABLE"


def test_complex_that_is_not_published_cannot_be_chosen(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.offer).values(publication=None))
    assert family.not_saved((DAY, LUNCH, LUNCH_1)).code == "COMPLEX_NOT_AVAILABLE"


def test_complex_of_another_category_does_not_exist_even_in_another_menu(family):
    with family.database.writing() as transaction:
        for code in (LUNCH_2, DIET_LUNCH):
            one = next(c for c in town.COMPLEXES if (c.code, c.organizer_inn) == (code, town.INN))
            transaction.execute(
                sa.insert(models.complex_pchvr),
                [{"complex_id": town.complex_id(transaction, one), "pchvr": town.FULL}],
            )
    for code in (LUNCH_2, DIET_LUNCH):
        assert family.not_saved((DAY, LUNCH, code)).code == "COMPLEX_NOT_AVAILABLE"
    assert family.of(town.MARIA, town.FATHER_OF_MARIA).save((DAY, LUNCH, LUNCH_2)).saved


def test_pupil_on_a_diet_chooses_from_the_diet_menu(family):
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.guardian_pupil),
            [{"guardian": town.MOTHER.id, "pupil": town.TIMUR.id, "relation": "PARENT"}],
        )
    family.of(town.TIMUR, town.MOTHER)
    assert sums(family.save((DAY, LUNCH, DIET_LUNCH)).saved) == [("150.00", "75.00", "75.00")]
    assert family.not_saved((DAY, LUNCH, LUNCH_1)).code == "WRONG_MENU_TYPE"


def test_pupil_at_home_is_given_products_and_no_complex(family):
    family.of(town.PAVEL, town.MOTHER_OF_PAVEL)
    answer = family.save((DAY, LUNCH, None, HOME_SET, 2))
    assert sums(answer.saved) == [("240.00", "0.00", "240.00")]
    (order,) = family.table(models.meal_order)
    assert (order.complex_id, order.complex_code) == (None, None)
    assert order.is_home_study
    assert family.not_saved((DAY, LUNCH, LUNCH_1)).code == "COMPLEX_NOT_AVAILABLE"
    assert family.not_saved((DAY, LUNCH, None, JUICE, 1)).code == "ITEM_NOT_AVAILABLE"


def test_pupil_at_home_is_given_nothing_on_a_day_without_lessons(family):
    family.of(town.PAVEL, town.MOTHER_OF_PAVEL)
    assert family.not_saved(("2026-11-15", LUNCH, None, HOME_SET, 1)).code == "ITEM_NOT_AVAILABLE"


def test_pupil_without_settings_on_a_day_can_choose_nothing(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.pupil_setting).values(valid_to=date(2026, 11, 16)))
    assert family.save((DAY, LUNCH, LUNCH_1)).saved
    assert family.not_saved((NEXT, LUNCH, LUNCH_1)).code == "COMPLEX_NOT_AVAILABLE"
    assert family.not_saved((NEXT, LUNCH, None, JUICE, 1)).code == "ITEM_NOT_AVAILABLE"


def test_same_choice_again_gets_the_first_answer_and_changes_nothing(family):
    request = family.choice((DAY, LUNCH, LUNCH_1, JUICE, 1))
    first = family.send(save_choice, request)
    family.save((DAY, LUNCH, LUNCH_2))
    family.at(date(2026, 11, 16))
    again = family.send(save_choice, request)
    assert again.duplicate is True
    again.duplicate = False
    assert again == first
    assert [one.chosen.complex_code for one in family.orders(DAY, DAY)] == [LUNCH_2]


def test_other_content_under_a_used_choice_id_is_a_conflict(family):
    request = family.choice((DAY, LUNCH, LUNCH_1))
    family.send(save_choice, request)
    other = family.choice((DAY, LUNCH, LUNCH_2), choice_id=request.choice_id)
    assert family.refused(save_choice, other).code == "DUPLICATE_CONFLICT"


def test_other_parent_of_the_child_cannot_use_a_choice_id_again(family):
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.guardian_pupil),
            [{"guardian": town.FATHER_OF_MARIA.id, "pupil": town.IVAN.id, "relation": "PARENT"}],
        )
    request = family.choice((DAY, LUNCH, LUNCH_1))
    family.send(save_choice, request)
    family.of(town.IVAN, town.FATHER_OF_MARIA)
    assert family.refused(save_choice, request).code == "DUPLICATE_CONFLICT"
    assert family.save((DAY, LUNCH, LUNCH_2)).saved


def test_choice_ids_of_two_senders_are_two_keys(family):
    request = family.choice((DAY, LUNCH, LUNCH_1))
    family.send(save_choice, request)
    other = replace(town.SCHOOL_SYSTEM, code="SCHOOL72002")
    assert family.send(save_choice, request, sender=other).duplicate is False


def test_order_that_the_freeze_has_fixed_is_not_touched_whatever_the_calendar_says(family):
    family.save((DAY, LUNCH, LUNCH_1))
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.meal_order).values(state="FROZEN"))
    error = family.not_saved((NEXT, LUNCH, LUNCH_1), (DAY, LUNCH, LUNCH_2))
    assert places(error) == [("FROZEN", "/SaveChoiceRequest/item[2]/date")]


def test_orders_are_read_as_people_read_them(family):
    family.save((DAY, LUNCH, LUNCH_1, JUICE, 2))
    (order,) = family.orders("2026-11-01", "2026-11-30")
    chosen = order.chosen
    assert (order.frozen, order.order_id, chosen.confirmed_at) == (False, None, None)
    assert (chosen.complex_name, chosen.source) == (f"Комплекс {LUNCH_1}", ChoiceSource.PARENT)
    assert [(one.name, one.qty, one.price) for one in chosen.item] == [("Сок", 2, Decimal("35.00"))]
    family.at(date(2026, 11, 9), "00:00:00")
    assert [one.frozen for one in family.orders(DAY, DAY)] == [True]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-02", "2026-11-01"), ("2026-11-01", "2026-12-02")]
)
def test_orders_of_a_wrong_period_are_refused(family, first, last):
    request = messages.GetOrdersRequest(account=town.IVAN.account, period=period(first, last))
    assert family.refused(get_orders, request).code == "PERIOD_INVALID"
