"""Directories are kept by the municipality's body and read by everybody (MEAL-CAT-04, 05)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import town
from admin_counter import (
    DON,
    FOREIGN_OMSU,
    MEAL_ADMIN,
    OMSU,
    OPERATOR,
    ORGANIZER,
    PARENT,
    TEACHER,
)

from adapters.meals import errors
from adapters.meals.messages import (
    Directory,
    DirectoryItemType,
    GetDirectoryRequest,
    UpsertDirectoryRequest,
)
from gateway.contracts.messages.common import CompensationMode, Page
from gateway.kernel.errors import NotAllowed, ValidationError

TODAY = date(2026, 11, 16)
MENU, AGES, PCHVR = Directory.MENU_TYPES, Directory.AGE_CATEGORIES, Directory.PCHVR_CATEGORIES


def item(code="VEGAN", **changes):
    return DirectoryItemType(**{"code": code, "name": code, "valid_from": TODAY, **changes})


def upsert(directory, *items, municipality=town.MUNICIPALITY):
    return UpsertDirectoryRequest(
        directory=directory, municipality_code=municipality, item=list(items)
    )


def read(counter, directory=MENU, caller=OMSU, **conditions):
    asked = GetDirectoryRequest(
        directory=directory, municipality_code=town.MUNICIPALITY, **conditions
    )
    return counter.send(asked, caller)


def codes(answer):
    return [(one.code, one.valid_from) for one in answer.item]


def test_rows_are_entered_and_the_others_stay(counter):
    assert counter.send(upsert(MENU, item()), OMSU).version == 2
    answer = read(counter)
    assert answer.version == 2
    assert codes(answer) == [
        (town.BASIC, town.SINCE),
        (town.DIET, town.SINCE),
        ("VEGAN", TODAY),
    ]


def test_a_repeat_changes_nothing(counter):
    asked = upsert(MENU, item())
    assert counter.send(asked, OMSU) == counter.send(asked, OMSU)


def test_a_row_is_known_by_code_meal_and_first_day(counter):
    counter.send(upsert(MENU, item()), OMSU)
    counter.send(upsert(MENU, item(name="Растительное")), OMSU)
    assert [one.name for one in read(counter).item if one.code == "VEGAN"] == ["Растительное"]


def test_rules_of_one_category_differ_by_meal(counter):
    rules = [
        item(town.HALF, mode=CompensationMode.PERCENT, value=Decimal("33.33"), meal_type=["LUNCH"]),
        item("NEW", mode=CompensationMode.FULL, meal_type=["BREAKFAST", "DINNER"]),
    ]
    counter.send(upsert(PCHVR, *rules), OMSU)
    found = {(one.code, *one.meal_type): one.value for one in read(counter, PCHVR).item}
    assert found[town.HALF, "LUNCH"] == Decimal("33.33")
    assert found[town.HALF,] == Decimal("50.00")
    assert {("NEW", "BREAKFAST"), ("NEW", "DINNER")} <= found.keys()


def test_a_new_rule_follows_the_one_that_is_closed_in_the_same_message(counter):
    rule = {"mode": CompensationMode.AMOUNT, "value": Decimal("45.00")}
    new = item(town.SUM, valid_from=date(2027, 1, 1), **rule)
    with pytest.raises(ValidationError):
        counter.send(upsert(PCHVR, new), OMSU)
    old = item(
        town.SUM,
        valid_from=town.SINCE,
        valid_to=date(2026, 12, 31),
        mode=CompensationMode.AMOUNT,
        value=town.SUM_VALUE,
    )
    assert counter.send(upsert(PCHVR, new, old), OMSU).version == 2


@pytest.mark.parametrize(
    ("directory", "row"),
    [
        (MENU, item(valid_to=TODAY - timedelta(days=1))),
        (MENU, item(age_from=7, age_to=9)),
        (MENU, item(mode=CompensationMode.FULL)),
        (AGES, item()),
        (AGES, item(age_from=9, age_to=7)),
        (PCHVR, item()),
        (PCHVR, item(mode=CompensationMode.FULL, value=Decimal("1.00"))),
        (PCHVR, item(mode=CompensationMode.AMOUNT)),
        (PCHVR, item(mode=CompensationMode.PERCENT, value=Decimal("100.01"))),
        (PCHVR, item(mode=CompensationMode.FULL, meal_type=["LUNCH", "LUNCH"])),
    ],
)
def test_one_wrong_row_refuses_all(counter, directory, row):
    right = {
        MENU: item("RIGHT"),
        AGES: item("RIGHT", age_from=7, age_to=9),
        PCHVR: item("RIGHT", mode=CompensationMode.FULL),
    }[directory]
    before = read(counter, directory)
    with pytest.raises(ValidationError):
        counter.send(upsert(directory, right, row), OMSU)
    assert read(counter, directory) == before


def closed(code, last, **more):
    return item(code, valid_from=town.SINCE, valid_to=last, **more)


RULE = {"mode": CompensationMode.PERCENT, "value": Decimal("50.00")}


@pytest.mark.parametrize(
    ("directory", "row"),
    [
        (MENU, closed(town.BASIC, date(2026, 12, 31))),
        (PCHVR, closed(town.HALF, date(2026, 12, 31), **RULE)),
        (AGES, closed(town.YOUNGER, date(2026, 11, 19), age_from=7, age_to=11)),
    ],
    ids=["contract and settings", "settings", "menu"],
)
def test_a_code_in_use_is_not_closed(counter, directory, row):
    with counter.database.writing() as transaction:
        town.publish(transaction, [date(2026, 11, 20)])
    with pytest.raises(errors.InUse):
        counter.send(upsert(directory, row), OMSU)


def test_a_code_is_closed_with_the_last_day_of_its_use(counter):
    with counter.database.writing() as transaction:
        town.publish(transaction, [date(2026, 11, 20)])
    row = closed(town.YOUNGER, date(2026, 11, 20), age_from=7, age_to=11)
    assert counter.send(upsert(AGES, row), OMSU).version == 2


def test_a_code_goes_on_in_another_row(counter):
    rows = [
        closed(town.BASIC, date(2026, 12, 31)),
        item(town.BASIC, valid_from=date(2027, 1, 1), name="Основное с 2027 года"),
    ]
    assert counter.send(upsert(MENU, *rows), OMSU).version == 2


def test_only_the_body_of_the_municipality_and_the_operator_keep_directories(counter):
    for caller in (MEAL_ADMIN, TEACHER, PARENT, ORGANIZER, DON, FOREIGN_OMSU):
        with pytest.raises(NotAllowed):
            counter.send(upsert(MENU, item()), caller)
    assert counter.send(upsert(MENU, item()), OPERATOR).version == 2


def test_a_directory_is_read_in_every_scope_that_reaches_into_the_municipality(counter):
    for caller in (MEAL_ADMIN, ORGANIZER, OMSU, DON, OPERATOR):
        assert len(read(counter, caller=caller).item) == 2
    for caller in (TEACHER, PARENT, FOREIGN_OMSU):
        with pytest.raises(NotAllowed):
            read(counter, caller=caller)


def test_a_directory_is_read_as_of_a_day_and_by_pages(counter):
    counter.send(upsert(MENU, item(), item("ALPHA")), OMSU)
    assert len(read(counter, as_of=TODAY - timedelta(days=1)).item) == 2
    seen, cursor = [], None
    while True:
        answer = read(counter, page=Page(limit=1, cursor=cursor))
        seen += [one.code for one in answer.item]
        cursor = answer.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == ["ALPHA", town.BASIC, town.DIET, "VEGAN"]
    with pytest.raises(ValidationError):
        read(counter, page=Page(limit=1, cursor="7"))
