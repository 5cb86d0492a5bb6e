"""GetClassRequests and GetActualMeals: how many eat today, and who ate (MEAL-ORG-02)."""

from datetime import date
from decimal import Decimal

import pytest
import town

from adapters.organizer.messages.organizer import RequestDetail
from gateway.contracts.messages.common import Page, Period, RequestState
from gateway.kernel.errors import NotAllowed, ValidationError
from gateway.storage.database import Transaction

DAY = date(2026, 11, 16)
CLASS, ACCOUNT = RequestDetail.CLASS, RequestDetail.ACCOUNT
OTHER_LUNCH, LUNCH = "BASIC-LUNCH-AGE_7_11-2", "BASIC-LUNCH-AGE_7_11-1"


def requests(system, detail=CLASS, **values):
    return system.ask("GetClassRequests", detail=detail, **values).request


def of(found, school_class, meal=town.LUNCH):
    (one,) = (one for one in found if (one.class_code, one.meal_type) == (school_class.code, meal))
    return one


def test_a_request_counts_portions_and_items_by_class_and_meal(served):
    one = of(requests(served), town.CLASS_3A)

    assert {told.complex_code: told.qty for told in one.complex} == {
        OTHER_LUNCH: 1,
        LUNCH: 1,
        "DIET-LUNCH-AGE_7_11-1": 1,
    }
    assert [(item.item_code, item.qty) for item in one.item] == [(town.JUICE, 2)]
    assert (one.building_code, one.class_name, one.state) == ("A", "3А", RequestState.FORMED)
    assert one.account == []


def test_a_request_with_accounts_tells_who_is_left_out(served):
    found = requests(served, ACCOUNT)

    eaters = {told.account: told for told in of(found, town.CLASS_7B).account}
    assert set(eaters) == {town.DARYA.account, town.LEV.account}
    assert (eaters[town.LEV.account].included, eaters[town.LEV.account].present) == (False, False)
    assert eaters[town.DARYA.account].included
    ivan = {told.account: told for told in of(found, town.CLASS_3A).account}[town.IVAN.account]
    assert [(item.item_code, item.qty) for item in ivan.item] == [(town.JUICE, 2)]


def test_only_the_portions_of_the_included_are_counted(served):
    one = of(requests(served), town.CLASS_7B)
    assert [told.qty for told in one.complex] == [1]


def test_meals_of_one_class_share_the_request(served):
    found = requests(served)
    breakfast, lunch = of(found, town.CLASS_3A, town.BREAKFAST), of(found, town.CLASS_3A)
    assert breakfast.request_id == lunch.request_id
    assert len({one.class_code for one in found}) == 2


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("detail", RequestDetail)
def test_pages_of_requests_together_are_the_whole(served, detail, limit):
    whole = requests(served, detail)
    pages = served.pages("GetClassRequests", limit, detail=detail)
    assert [one for page in pages for one in page.request] == whole


def test_a_page_is_one_statement_however_many_classes_are_on_it(served, monkeypatch):
    asked = []
    rows = Transaction.rows

    def counted(self, statement, **values):
        asked.append(statement)
        return rows(self, statement, **values)

    monkeypatch.setattr(Transaction, "rows", counted)
    assert len(requests(served, ACCOUNT)) == 4
    assert len(asked) == 1  # and none for the scope: no school was asked for


def test_only_the_asked_day_and_place_are_told(served):
    assert requests(served, date=date(2026, 11, 13)) == []
    in_b = requests(served, school_code=town.SCHOOL_1.code, building_code="B", date=DAY)
    assert {one.class_code for one in in_b} == {town.CLASS_7B.code}


@pytest.mark.parametrize("school", [town.SCHOOL_2.code, "SCH-404"])
def test_requests_and_meals_of_foreign_schools_are_refused(served, school):
    for name, values in [
        ("GetClassRequests", {"detail": CLASS}),
        ("GetActualMeals", {"date": DAY}),
    ]:
        with pytest.raises(NotAllowed) as refused:
            served.ask(name, school_code=school, **values)
        assert refused.value.text == NotAllowed.message


def test_a_foreign_cursor_is_refused(served):
    page = Page(limit=1, cursor="[]")
    for name, values in [
        ("GetClassRequests", {"detail": CLASS}),
        ("GetActualMeals", {"date": DAY}),
    ]:
        with pytest.raises(ValidationError):
            served.ask(name, page=page, **values)


def meals(system, **values):
    return system.ask("GetActualMeals", date=DAY, **values)


def test_who_ate_is_told_by_class_meal_and_complex(served):
    rows = {(row.class_code, row.meal_type, row.complex_code): row for row in meals(served).row}

    ivan = rows[town.CLASS_3A.code, town.LUNCH, OTHER_LUNCH]
    assert (ivan.account, ivan.qty, ivan.building_code) == ([town.IVAN.account], 1, "A")
    assert [(item.item_code, item.qty) for item in ivan.item] == [(town.JUICE, 2)]
    eaten = {account for row in rows.values() for account in row.account}
    lunch = {
        account for key, row in rows.items() if key[1] == town.LUNCH for account in row.account
    }
    assert town.MARIA.account in eaten
    assert town.MARIA.account not in lunch
    assert town.LEV.account not in eaten


def test_actual_meals_are_final_from_23_o_clock(served):
    served.night.at(DAY, "22:59:59")
    assert not meals(served).locked
    served.night.at(DAY, "23:00:00")
    assert meals(served).locked


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_pages_of_actual_meals_together_are_the_whole(served, limit):
    whole = meals(served).row
    pages = served.pages("GetActualMeals", limit, date=DAY)
    assert [row for page in pages for row in page.row] == whole


def test_what_was_eaten_is_what_is_debited(debited):
    eaten = {(account, row.meal_type) for row in meals(debited).row for account in row.account}
    debits = debited.ask("GetDebits", period=Period(from_value=DAY, to=DAY)).debit
    at_school = {(one.account, one.meal_type) for one in debits if one.complex_code}
    assert at_school == eaten
    assert sum((one.to_pay for one in debits), Decimal("0.00")) > 0
