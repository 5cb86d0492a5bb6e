"""A region put into the tables of a contour; rows that exist stay as they are.

The ground comes first: municipalities, directories, organizers and what they cook. Then schools,
each by itself, so that a big region is never in memory.
"""

from collections.abc import Callable
from datetime import date, datetime

from adapters.meals import models
from adapters.meals.region import dishes
from adapters.meals.region.ground import enter_ground
from adapters.meals.region.plan import Employee, Pupil, Region, School
from adapters.meals.region.rows import (
    FIRST_VERSION,
    NO_MESSAGE,
    contract_of,
    digest,
    enter,
    identifier,
)
from adapters.meals.repository.people import esia_mark, snils_mark
from gateway.storage.database import Database, Transaction
from gateway.storage.query import Query


def fill(
    database: Database,
    region: Region,
    now: datetime,
    told: Callable[[School], None] = lambda _school: None,
) -> None:
    """Enter a whole region, each school in a transaction of its own; `told` hears of each."""
    with database.writing() as transaction:
        enter_ground(transaction, region, now)
    for school in region.schools():
        with database.writing() as transaction:
            enter_school(transaction, region, school, now)
        told(school)
    with database.writing() as transaction:
        transaction.send(Query("ANALYZE"))


def enter_school(transaction: Transaction, region: Region, school: School, now: datetime) -> None:
    """Enter one school with everybody in it and all that is set for it."""
    _enter_house(transaction, school)
    _enter_settings(transaction, region, school, now)
    _enter_staff(transaction, school)
    _enter_accounts(transaction, school)
    _enter_pupils(transaction, region, school)
    _enter_guardians(transaction, school)


def _enter_house(transaction: Transaction, school: School) -> None:
    enter(
        transaction,
        models.school,
        ("code", "name", "short_name", "inn", "municipality"),
        [(school.code, school.name, school.short_name, school.inn, school.municipality.code)],
    )
    enter(
        transaction,
        models.building,
        ("school", "code", "name", "address"),
        [(school.code, house.code, house.name, house.address) for house in school.buildings],
    )
    enter(
        transaction,
        models.school_class,
        ("code", "school", "building", "name", "parallel", "teacher", "entry"),
        [
            (
                led.code,
                school.code,
                led.building,
                led.name,
                led.parallel,
                led.teacher.id,
                NO_MESSAGE,
            )
            for led in school.classes
        ],
    )


def _enter_settings(
    transaction: Transaction, region: Region, school: School, now: datetime
) -> None:
    bound = [("", school.organizer)]
    bound += [(house.code, house.organizer) for house in school.buildings if house.organizer]
    bindings = [(identifier("binding", school.code, house), house, who) for house, who in bound]
    enter(
        transaction,
        models.binding,
        (
            "id",
            "bind_id",
            "school",
            "building",
            "organizer_inn",
            "contract_number",
            "contract_date",
            "valid_from",
            "digest",
            "entry",
        ),
        [
            (
                number,
                identifier("bind", number),
                school.code,
                house,
                organizer.inn,
                contract_of(region, organizer),
                date(region.year, 8, 20),
                region.since,
                digest(school.code, house, organizer.inn),
                NO_MESSAGE,
            )
            for number, house, organizer in bindings
        ],
    )
    enter(
        transaction,
        models.binding_menu_type,
        ("binding", "menu_type"),
        [(number, dishes.MENU_TYPE) for number, *_ in bindings],
    )
    enter(
        transaction,
        models.credit_limit,
        ("school", "valid_from", "amount", "version", "entry"),
        [(school.code, region.since, school.credit_limit, FIRST_VERSION, NO_MESSAGE)],
    )
    enter(
        transaction,
        models.meal_schedule,
        ("school", "meal_type", "weekday", "start_time", "version", "entry"),
        [
            (school.code, meal, weekday, start, FIRST_VERSION, NO_MESSAGE)
            for meal, start in zip((dishes.BREAKFAST, dishes.LUNCH), school.breaks, strict=True)
            for weekday in school.weekdays
        ],
    )
    enter(
        transaction,
        models.meal_schedule_version,
        ("school", "version", "building", "class_code", "digest", "changed_at", "entry"),
        [(school.code, FIRST_VERSION, "", "", digest(school.code, school.breaks), now, NO_MESSAGE)],
    )


def _enter_staff(transaction: Transaction, school: School) -> None:
    staff = [school.administrator, *(led.teacher for led in school.classes)]
    enter(
        transaction,
        models.staff,
        ("id", "name", "snils_mark", "esia_mark", "role", "school", "digest", "entry"),
        [_staff_row(transaction, school, employee) for employee in staff],
    )
    enter(
        transaction,
        models.staff_class,
        ("staff", "class_code"),
        [(led.teacher.id, led.code) for led in school.classes],
    )


def _staff_row(transaction: Transaction, school: School, who: Employee) -> tuple[object, ...]:
    return (
        who.id,
        transaction.vault.seal("staff.name", who.name.full),
        snils_mark(transaction, who.snils),
        esia_mark(transaction, who.oid),
        who.role,
        school.code,
        digest(who.id, who.name, who.snils, who.role),
        NO_MESSAGE,
    )


def _enter_accounts(transaction: Transaction, school: School) -> None:
    feeds = {house.code: house.organizer or school.organizer for house in school.buildings}
    organizers = {led.code: feeds[led.building].inn for led in school.classes}
    enter(
        transaction,
        models.personal_account,
        ("number", "status", "pupil_mask", "class_name", "school_code", "organizer_inn"),
        [
            (
                pupil.account,
                pupil.status,
                pupil.name.mask,
                pupil.class_name,
                school.code,
                organizers[pupil.class_code],
            )
            for pupil in school.pupils
        ],
    )


def _enter_pupils(transaction: Transaction, region: Region, school: School) -> None:
    enter(
        transaction,
        models.pupil,
        (
            "id",
            "account",
            "name",
            "birth_date",
            "snils_mark",
            "class_code",
            "since",
            "until",
            "is_home_study",
            "digest",
            "entry",
        ),
        [_pupil_row(transaction, region, pupil) for pupil in school.pupils],
    )
    enter(
        transaction,
        models.pupil_setting,
        ("account", "valid_from", "pchvr", "menu_type", "is_home_study", "entry"),
        [
            (
                pupil.account,
                region.since,
                pupil.pchvr,
                dishes.MENU_TYPE,
                pupil.is_home_study,
                NO_MESSAGE,
            )
            for pupil in school.pupils
        ],
    )
    enter(
        transaction,
        models.pupil_meal,
        ("account", "valid_from", "meal_type"),
        [(pupil.account, region.since, meal) for pupil in school.pupils for meal in pupil.meals],
    )


def _pupil_row(transaction: Transaction, region: Region, pupil: Pupil) -> tuple[object, ...]:
    born = pupil.born.isoformat()
    return (
        pupil.id,
        pupil.account,
        transaction.vault.seal("pupil.name", pupil.name.full),
        transaction.vault.seal("pupil.birth_date", born),
        snils_mark(transaction, pupil.snils),
        pupil.class_code,
        region.since,
        pupil.until,
        pupil.is_home_study,
        digest(pupil.id, pupil.name, born, pupil.snils, pupil.class_code),
        NO_MESSAGE,
    )


def _enter_guardians(transaction: Transaction, school: School) -> None:
    seal = transaction.vault.seal
    guardians = {who.id: who for pupil in school.pupils for who in pupil.guardians}
    enter(
        transaction,
        models.guardian,
        ("id", "name", "snils_mark", "esia_mark", "digest", "entry"),
        [
            (
                who.id,
                seal("guardian.name", who.name.full),
                snils_mark(transaction, who.snils),
                esia_mark(transaction, who.oid),
                digest(who.id, who.name, who.snils),
                NO_MESSAGE,
            )
            for who in guardians.values()
        ],
    )
    enter(
        transaction,
        models.guardian_pupil,
        ("guardian", "pupil", "relation"),
        [(who.id, pupil.id, who.relation) for pupil in school.pupils for who in pupil.guardians],
    )
