from datetime import date, datetime, time
from itertools import count
from uuid import UUID

import pytest

from gateway.kernel.ports import LOCAL
from registry import entry, errors, reference, roles, support, users
from registry.calendar import ProductionCalendar, is_open
from registry.entry import Newcomer
from registry.kinds import ParticipantKind
from registry.roles import ROLES, Grantor, Level, MealRole
from registry.support import Subject

CALENDAR = ProductionCalendar.load()
SNILS = "112-233-445 95"
OPERATOR_ADMIN = Grantor(Level.SUBSYSTEM_ADMIN, "CITTO")


@pytest.fixture
def written(registry_database, clock):
    with registry_database.writing() as transaction:
        for code, kind in (
            ("CITTO", ParticipantKind.OPERATOR),
            ("SCHOOL-1", ParticipantKind.INSTITUTION),
            ("SCHOOL-2", ParticipantKind.INSTITUTION),
        ):
            entry.enter(transaction, Newcomer(code, code, kind), clock(), "оператор")
        yield transaction


@pytest.fixture
def user(written, clock):
    serials = count(1)

    def enter(participant, name="Вымышленная Е. Е.", snils=SNILS):
        return users.enter(
            written, participant, name, snils, clock(), "оператор", lambda: UUID(int=next(serials))
        )

    return enter


@pytest.fixture
def grant(written, clock):
    def grant(user_id, role, grantor):
        return users.grant(written, user_id, role, grantor, clock(), "оператор")

    return grant


def test_meals_have_six_roles_and_one_that_reads():
    meals = {role.code for role in ROLES.values() if role.subsystem == roles.MEALS}

    assert meals == {role.value for role in MealRole}
    assert len(meals) == 6 + 1


def test_the_neighbours_have_ten_role_names():
    names = [role.name for role in ROLES.values() if role.subsystem != roles.MEALS]

    assert len(names) == len(set(names)) == 10


def test_a_participants_administrator_grants_inside_the_own_participant(user, grant):
    admin = Grantor(Level.PARTICIPANT_ADMIN, "SCHOOL-1")

    assert grant(user("SCHOOL-1"), "MEAL_ADMIN", admin)
    with pytest.raises(errors.RoleRefused, match="своего участника"):
        grant(user("SCHOOL-2"), "MEAL_ADMIN", admin)


def test_nobody_grants_the_own_level(user, grant):
    admin = Grantor(Level.PARTICIPANT_ADMIN, "SCHOOL-1")

    with pytest.raises(errors.RoleRefused):
        grant(user("SCHOOL-1"), "SCHOOL_PARTICIPANT_ADMIN", admin)
    with pytest.raises(errors.RoleRefused):
        grant(user("SCHOOL-1"), "PARENT", Grantor(Level.USER, "SCHOOL-1"))


def test_the_administrator_of_meals_is_an_employee_of_the_operator(user, grant):
    assert grant(user("CITTO"), "ADMIN", OPERATOR_ADMIN)
    with pytest.raises(errors.RoleRefused, match="INSTITUTION"):
        grant(user("SCHOOL-1"), "ADMIN", OPERATOR_ADMIN)


def test_a_person_is_found_by_the_number_however_it_is_written(written, user):
    first = user("SCHOOL-1")

    assert user("SCHOOL-1", snils="11223344595") == first
    assert users.find(written, "SCHOOL-1", "11223344595").snils == "11223344595"
    assert users.find(written, "SCHOOL-2", SNILS) is None


def test_a_wrong_number_is_refused_and_not_repeated(user):
    with pytest.raises(errors.AttributeInvalid) as refused:
        user("SCHOOL-1", snils="112-233-445 96")

    assert "112" not in refused.value.text


def test_who_leaves_loses_every_role(written, clock, user, grant):
    leaving = user("SCHOOL-1")
    grant(leaving, "PARENT", OPERATOR_ADMIN)
    users.end(written, leaving, "увольнение", clock(), "оператор")

    assert users.roles_of(written, leaving) == ()
    assert users.get(written, leaving) is None


def test_nothing_is_done_before_the_agreement_is_accepted(written, clock, user):
    reader = user("SCHOOL-1")
    with pytest.raises(users.ConsentMissing):
        users.require_consent(written, reader, "1.0")
    assert users.accept(written, reader, "1.0", clock(), "оператор")
    users.require_consent(written, reader, "1.0")
    with pytest.raises(users.ConsentMissing):
        users.require_consent(written, reader, "1.1")


@pytest.mark.parametrize(
    ("subject", "phone", "level"),
    [
        (Subject.MEALS, "8-800-234-39-30", 1),
        (Subject.EDUCATION, "8 (3452) 39-06-79", 1),
        (Subject.PORTAL, "(3452) 56-60-60", 1),
        (Subject.MOBILE, None, 1),
        (Subject.AUTHORITIES, None, 2),
    ],
)
def test_a_question_goes_to_its_first_line(subject, phone, level):
    line = support.line_of(subject)

    assert (line.phone, line.level) == (phone, level)


def test_what_comes_electronically_is_the_operators():
    line = support.line_of(Subject.MEALS, is_electronic=True)

    assert (line.address, line.level) == (reference.SUPPORT.service_desk, 2)


@pytest.mark.parametrize(
    ("line", "day", "at", "is_answered"),
    [
        (support.OPERATOR_DESK, 2, time(8, 59), False),
        (support.OPERATOR_DESK, 5, time(17, 59), True),
        (support.OPERATOR_DESK, 6, time(16, 59), True),
        (support.OPERATOR_DESK, 6, time(17), False),
        (support.OPERATOR_DESK, 7, time(12), False),
        (support.PORTAL_DESK, 6, time(19, 59), True),
        (support.PORTAL_DESK, 7, time(9), True),
        (support.PORTAL_DESK, 7, time(17), False),
        (support.PORTAL_DESK, 8, time(12), False),
    ],
)
def test_somebody_is_there_in_the_hours_of_the_regulations(line, day, at, is_answered):
    moment = datetime.combine(date(2026, 3, day), at, LOCAL)  # the 2nd is a Monday

    assert is_open(CALENDAR, line.hours, moment) is is_answered
