"""Schools and buildings are bound to organizers by days (MEAL-ADM-02, MEAL-CAT-15)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
import town
from admin_counter import DON, FOREIGN_OMSU, OMSU, OPERATOR, OTHER_MEAL_ADMIN, new_id

from adapters.meals import errors, models
from adapters.meals.messages import (
    BindSchoolRequest,
    ContractType,
    EndBindingRequest,
    ListBindingsRequest,
)
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import (
    DuplicateConflict,
    IllegalTransition,
    NotAllowed,
    NotFound,
    ValidationError,
)
from gateway.kernel.message import ParticipantState

TODAY = date(2026, 11, 16)
FIRST = str(town.binding_id(town.SCHOOL_1))


def contract(*menu_types):
    return ContractType(number="ДП-3/2026", date=TODAY, menu_type_code=list(menu_types))


def bind(**changes):
    values = {
        "bind_id": new_id(),
        "school_code": town.SCHOOL_1.code,
        "building_code": "B",
        "organizer_inn": town.OTHER_INN,
        "contract": contract(town.BASIC, town.DIET),
        "valid_from": TODAY,
    }
    return BindSchoolRequest(**{**values, **changes})


def end(**changes):
    values = {"bind_id": new_id(), "binding_id": FIRST, "last_day": TODAY}
    return EndBindingRequest(**{**values, **changes})


def organizer_of(counter, pupil):
    account = models.personal_account.c
    with counter.database.reading() as transaction:
        found = sa.select(account.organizer_inn).where(account.number == pupil.account)
        return transaction.execute(found).scalar_one()


def test_a_building_bound_from_today_takes_its_pupils_to_the_new_organizer(counter):
    counter.send(bind())
    assert organizer_of(counter, town.DARYA) == town.OTHER_INN
    assert organizer_of(counter, town.IVAN) == town.INN


def test_a_binding_from_tomorrow_leaves_accounts_alone_today(counter):
    counter.send(bind(valid_from=TODAY + timedelta(days=1)))
    assert organizer_of(counter, town.DARYA) == town.INN


def test_a_repeat_gets_the_binding_of_the_first_time(counter):
    request = bind()
    assert counter.send(request) == counter.send(request)


def test_a_repeat_with_other_content_is_a_conflict(counter):
    request = bind()
    counter.send(request)
    with pytest.raises(DuplicateConflict):
        counter.send(replace(request, valid_to=TODAY))


def test_an_overlap_names_the_binding_in_the_way(counter):
    with pytest.raises(errors.BindingOverlap) as refused:
        counter.send(bind(building_code=None))
    (finding,) = refused.value.findings
    assert finding.value == FIRST


def test_a_school_is_bound_anew_from_the_day_after_the_end(counter):
    counter.send(end(last_day=date(2026, 11, 30)))
    with pytest.raises(errors.BindingOverlap):
        counter.send(bind(building_code=None, valid_from=date(2026, 11, 30)))
    assert counter.send(bind(building_code=None, valid_from=date(2026, 12, 1))).binding_id


@pytest.mark.parametrize(
    "participants",
    [
        [],
        [town.SCHOOL_SYSTEM],
        [replace(town.OTHER_ORGANIZER, state=ParticipantState.SUSPENDED)],
        [replace(town.OTHER_ORGANIZER, kind="SCHOOL")],
    ],
    ids=["nobody", "another INN", "suspended", "no organizer"],
)
def test_only_an_active_organizer_feeds_schools(counter, participants):
    counter.participants = participants
    with pytest.raises(errors.OrganizerNotActive):
        counter.send(bind())


def test_an_organizer_that_the_contour_has_not_met_is_entered(counter):
    newcomer = replace(town.ORGANIZER, code="ORG72009", name="Кухня", inn="7200000096")
    counter.participants.append(newcomer)
    counter.send(bind(organizer_inn=newcomer.inn))
    assert organizer_of(counter, town.DARYA) == newcomer.inn


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"valid_to": TODAY - timedelta(days=1)}, ValidationError),
        ({"valid_from": TODAY - timedelta(days=1)}, errors.LockedDay),
        ({"building_code": "Z"}, NotFound),
        ({"contract": contract(town.BASIC, "VEGAN")}, errors.CategoryUnknown),
        ({"school_code": town.SCHOOL_2.code, "building_code": None}, NotAllowed),
    ],
)
def test_a_binding_that_cannot_be_is_refused(counter, changes, refusal):
    with pytest.raises(refusal):
        counter.send(bind(**changes))


def test_today_is_closed_from_eleven_in_the_evening(counter):
    counter.clock.now = datetime(2026, 11, 16, 18, tzinfo=UTC)
    with pytest.raises(errors.LockedDay):
        counter.send(bind())
    with pytest.raises(errors.LockedDay):
        counter.send(end())


def test_the_end_of_a_binding_is_told_and_repeated(counter):
    request = end(last_day=date(2026, 11, 30))
    answer = counter.send(request)
    assert (answer.binding_id, answer.valid_to) == (FIRST, date(2026, 11, 30))
    counter.clock.advance(days=30)
    assert counter.send(request) == answer
    with pytest.raises(DuplicateConflict):
        counter.send(replace(request, last_day=date(2026, 12, 30)))


def test_a_binding_that_has_ended_is_not_prolonged(counter):
    counter.send(end())
    with pytest.raises(IllegalTransition):
        counter.send(end(last_day=date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"last_day": date(2026, 8, 31)}, ValidationError),
        ({"last_day": TODAY - timedelta(days=1)}, errors.LockedDay),
        ({"binding_id": str(UUID(int=77))}, NotFound),
        ({"binding_id": str(town.binding_id(town.SCHOOL_2))}, NotFound),
    ],
)
def test_an_end_that_cannot_be_is_refused(counter, changes, refusal):
    with pytest.raises(refusal):
        counter.send(end(**changes))


def listed(counter, caller, **conditions):
    answer = counter.send(ListBindingsRequest(**conditions), caller)
    return [(one.school_code, one.building_code, one.organizer_inn) for one in answer.binding]


def test_everybody_lists_the_bindings_of_the_own_scope(counter):
    first = (town.SCHOOL_1.code, None, town.INN)
    second = (town.SCHOOL_2.code, None, town.OTHER_INN)
    assert listed(counter, OTHER_MEAL_ADMIN) == [second]
    assert listed(counter, OMSU) == listed(counter, DON) == listed(counter, OPERATOR)
    assert listed(counter, OMSU) == [first, second]
    assert listed(counter, FOREIGN_OMSU) == []
    assert listed(counter, OMSU, school_code=town.SCHOOL_1.code) == [first]
    assert listed(counter, OTHER_MEAL_ADMIN, organizer_inn=town.INN) == []


def test_a_list_of_bindings_goes_on_where_it_stopped(counter):
    counter.send(bind())
    seen, cursor = [], None
    while True:
        answer = counter.send(ListBindingsRequest(page=Page(limit=1, cursor=cursor)), OPERATOR)
        seen += [(one.school_code, one.building_code) for one in answer.binding]
        cursor = answer.next_cursor
        if cursor is None:
            break
    assert seen == [
        (town.SCHOOL_1.code, None),
        (town.SCHOOL_1.code, "B"),
        (town.SCHOOL_2.code, None),
    ]


@pytest.mark.parametrize("cursor", ["1", "[]", '["a","b","c","d"]', "{}", "x"])
def test_a_foreign_cursor_of_bindings_is_refused(counter, cursor):
    with pytest.raises(ValidationError):
        counter.send(ListBindingsRequest(page=Page(limit=1, cursor=cursor)), OPERATOR)
