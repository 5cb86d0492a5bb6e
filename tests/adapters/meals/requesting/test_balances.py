"""SVC-07 GetClassBalances and GetRequest: what a class teacher reads."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import town
from teachers import DAY, local

from adapters.meals.handlers.class_balances import get_class_balances
from adapters.meals.handlers.requests import get_request
from adapters.meals.messages import class_request as messages
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import NotAllowed, NotFound, ValidationError
from gateway.kernel.message import ActingRole

CLASS = ["Белова", "Гареев", "Носов", "Соколов", "Титов"]


def test_balances_of_the_class_stand_by_name(teacher):
    teacher.top_up(town.IVAN, "-300.01")
    teacher.top_up(town.MARIA, "12.34")

    response = teacher.balances()

    assert response.as_of == local("08:00")
    assert [row.pupil_name.last_name for row in response.row] == CLASS
    told = {row.account: (row.balance, row.credit_exceeded) for row in response.row}
    assert told[town.IVAN.account] == (Decimal("-300.01"), True)
    assert told[town.MARIA.account] == (Decimal("12.34"), False)
    assert told[town.TIMUR.account] == (Decimal("0.00"), False)
    assert {row.credit_limit for row in response.row} == {Decimal("300.00")}
    assert response.next_cursor is None


def test_the_whole_credit_is_not_exceeded(teacher):
    teacher.top_up(town.IVAN, "-300.00")

    assert not any(row.credit_exceeded for row in teacher.balances().row)


def test_pages_of_balances_join_into_the_class(teacher):
    names, cursor = [], None
    while True:
        page = teacher.balances(limit=2, cursor=cursor)
        names.append([row.pupil_name.last_name for row in page.row])
        cursor = page.next_cursor
        if cursor is None:
            break

    assert names == [CLASS[:2], CLASS[2:4], CLASS[4:]]


def test_a_cursor_of_somebody_else_is_refused(teacher):
    request = messages.GetClassBalancesRequest(
        class_code=town.CLASS_3A.code, page=Page(limit=2, cursor="дальше")
    )

    assert isinstance(teacher.refused(get_class_balances, request), ValidationError)


@pytest.mark.parametrize("code", [town.CLASS_7B.code, "SCH-1/NONE"], ids=["foreign", "none"])
def test_balances_of_a_foreign_class_and_of_none_look_alike(teacher, code):
    refusal = teacher.refused(get_class_balances, messages.GetClassBalancesRequest(class_code=code))

    assert type(refusal) is NotAllowed


def test_balances_of_a_class_in_another_school_are_not_found(teacher):
    request = messages.GetClassBalancesRequest(
        class_code=town.CLASS_3A.code, school_code=town.SCHOOL_2.code
    )

    assert isinstance(teacher.refused(get_class_balances, request), NotFound)


def test_names_and_balances_are_for_the_class_teacher_only(teacher):
    teacher.person, teacher.role = town.MEAL_ADMIN, ActingRole.MEAL_ADMIN
    request = messages.GetClassBalancesRequest(class_code=town.CLASS_3A.code)

    assert isinstance(teacher.refused(get_class_balances, request), NotAllowed)


def test_a_request_is_read_by_class_and_day(formed):
    told = formed.send_message(get_request, formed.asking()).request

    assert told == formed.get()
    assert (told.school_code, told.building_code, told.class_name) == ("SCH-1", "A", "3А")
    assert (told.sent_at, told.printed_at, told.confirmed_at) == (None, None, None)


def test_a_request_of_a_past_day_is_read_and_is_closed(formed):
    told = formed.at("12:00", DAY + timedelta(days=1)).send_message(get_request, formed.asking(DAY))

    assert told.request.state.value == "LOCKED"


def test_a_day_without_a_request_is_not_found(teacher):
    assert isinstance(teacher.refused(get_request, teacher.asking()), NotFound)


def test_a_request_is_looked_for_in_the_classs_own_school(formed):
    asked = formed.asking(school_code=town.SCHOOL_2.code)

    assert isinstance(formed.refused(get_request, asked), NotFound)


def test_requests_of_foreign_classes_are_not_read(formed):
    other = formed.of(town.TEACHER_7B, town.CLASS_7B)

    for request in (
        formed.asking(),
        messages.GetRequestRequest(request_id=formed.request_id),
        messages.GetRequestRequest(request_id=str(UUID(int=5))),
    ):
        assert type(other.refused(get_request, request)) is NotAllowed
