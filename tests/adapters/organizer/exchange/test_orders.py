"""GetParentOrders: what families have ordered, for those who cook (MEAL-ORG-01, 06)."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.organizer.errors import OrdersOutOfWindow
from adapters.organizer.messages.organizer import OrderDetail
from gateway.contracts.messages.common import ChoiceSource, Page, Period
from gateway.kernel.errors import NotAllowed, ValidationError

DAY, FREEZE = date(2026, 11, 16), date(2026, 11, 9)
TODAY = FREEZE - timedelta(days=1)
TOGETHER, BY_ACCOUNT = OrderDetail.AGGREGATE, OrderDetail.ACCOUNT


def period(first, last):
    return Period(from_value=first, to=last)


def told(row):
    return row.account, row.complex_code or row.item_code, row.qty, row.to_pay


def test_confirmed_orders_are_told_and_a_choice_that_is_not_confirmed_is_not(system):
    answer = system.orders()

    assert [told(row) for row in answer.row] == [
        (town.IVAN.account, "BASIC-LUNCH-AGE_7_11-2", 1, Decimal("163.33")),
        (town.IVAN.account, town.JUICE, 2, Decimal("70.00")),
        (town.PAVEL.account, town.HOME_SET, 1, Decimal("120.00")),
    ]
    assert {row.class_code for row in answer.row} == {town.CLASS_3A.code}
    assert not any(row.frozen for row in answer.row)


def test_after_the_freeze_defaults_are_told_as_frozen(frozen):
    rows = frozen.orders().row

    defaults = [row for row in rows if row.source is ChoiceSource.DEFAULT]
    assert town.MARIA.account in {row.account for row in defaults}
    assert all(row.frozen for row in rows)
    assert {row.school_code for row in rows} == {town.SCHOOL_1.code}


def test_orders_together_are_the_sums_of_orders_by_account(frozen):
    counted, paid = Counter(), Counter()
    for row in frozen.orders().row:
        key = (row.building_code, row.meal_type, row.complex_code, row.item_code, row.source)
        counted[key] += row.qty
        paid[key] += row.to_pay

    together = frozen.orders(detail=TOGETHER).row

    keys = [
        (row.building_code, row.meal_type, row.complex_code, row.item_code, row.source)
        for row in together
    ]
    assert dict(zip(keys, (row.qty for row in together), strict=True)) == counted
    assert dict(zip(keys, (row.to_pay for row in together), strict=True)) == paid
    assert {(row.account, row.class_code) for row in together} == {(None, None)}


@pytest.mark.parametrize("detail", OrderDetail)
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_together_are_the_whole(frozen, detail, limit):
    whole = frozen.orders(detail=detail).row
    pages = frozen.pages("GetParentOrders", limit, period=period(DAY, DAY), detail=detail)
    assert [row for page in pages for row in page.row] == whole
    assert all(len(page.row) == limit for page in pages[:-1])


@pytest.mark.parametrize(
    ("school", "building", "classes"),
    [
        (town.SCHOOL_1.code, None, {town.CLASS_3A.code, town.CLASS_7B.code}),
        (town.SCHOOL_1.code, "A", {town.CLASS_3A.code}),
        (town.SCHOOL_1.code, "B", {town.CLASS_7B.code}),
    ],
)
def test_only_the_asked_place_is_told(frozen, school, building, classes):
    rows = frozen.orders(school_code=school, building_code=building).row
    assert {row.class_code for row in rows} == classes


def refusal(system, **values):
    with pytest.raises(NotAllowed) as refused:
        system.orders(**values)
    return refused.value.text, refused.value.findings


def test_a_foreign_school_and_one_that_does_not_exist_are_refused_in_the_same_words(frozen):
    foreign = refusal(frozen, school_code=town.SCHOOL_2.code)
    assert foreign == refusal(frozen, school_code="SCH-404")
    assert foreign == refusal(frozen, school_code=town.SCHOOL_1.code, building_code="Z")


def test_a_building_of_another_organizer_is_foreign(frozen):
    bind(frozen, town.OTHER_INN, town.SCHOOL_1.code, "B", TODAY)
    refusal(frozen, school_code=town.SCHOOL_1.code, building_code="B")
    assert frozen.orders(school_code=town.SCHOOL_1.code, building_code="A").row


def test_a_school_is_seen_from_the_first_day_of_its_binding(system):
    bind(system, town.INN, town.SCHOOL_2.code, "", DAY + timedelta(days=1))

    refusal(system, school_code=town.SCHOOL_2.code)
    later = period(DAY, DAY + timedelta(days=1))
    assert system.orders(school_code=town.SCHOOL_2.code, period=later).row == []


def test_two_weeks_can_be_asked_for_and_no_more(system):
    farthest = TODAY + timedelta(days=14)
    assert system.orders(period=period(farthest - timedelta(days=13), farthest)).row
    for first, last in [
        (farthest - timedelta(days=14), farthest),
        (farthest, farthest + timedelta(days=1)),
    ]:
        with pytest.raises(OrdersOutOfWindow):
            system.orders(period=period(first, last))


@pytest.mark.parametrize(
    "values",
    [
        {"period": period(DAY, DAY - timedelta(days=1))},
        {"building_code": "A"},
        {"page": Page(limit=1, cursor="чужая")},
        {"page": Page(limit=1, cursor='["2026-13-01","","","","",0,""]')},
        {"page": Page(limit=1, cursor='["2026-11-16","",1,"","",0,""]')},
        {"page": Page(limit=1, cursor='["2026-11-16"]')},
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(system, values):
    with pytest.raises(ValidationError) as refused:
        system.orders(**values)
    assert refused.value.findings


def test_another_organizer_sees_nothing_of_it(frozen):
    rows = frozen.orders(sender=town.OTHER_ORGANIZER).row
    assert {row.school_code for row in rows} == {town.SCHOOL_2.code}


@pytest.mark.parametrize("sender", [town.OPERATOR, town.SCHOOL_SYSTEM, town.OMSU, town.DON])
def test_nobody_but_an_organizer_is_answered(system, sender):
    with pytest.raises(NotAllowed):
        system.orders(sender=sender)


def bind(system, inn, school, building, since):
    row = {
        "id": UUID(int=77),
        "bind_id": UUID(int=77),
        "school": school,
        "building": building,
        "organizer_inn": inn,
        "contract_number": "ДП-9",
        "contract_date": since,
        "valid_from": since,
        "digest": b"b",
        "entry": 1,
    }
    with system.night.database.writing() as transaction:
        transaction.execute(sa.insert(models.binding), [row])
