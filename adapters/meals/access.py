"""Who may do what in school meals, and to whose pupils: the matrix B1.1 and the scopes, once.

Every operation of the meals services begins with `admit`. The sender of a message is a system;
where it acts for a person, the person is looked up in what the school system has told of guardians
and staff, and the scope is theirs. Outside of a scope everything looks alike: what exists and what
does not is refused with the same NOT_ALLOWED.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from adapters.meals.repository import people
from gateway.adapter import Received, Work
from gateway.kernel.errors import NotAllowed
from gateway.kernel.message import ActingRole, Participant
from gateway.storage.database import Transaction
from registry.kinds import ParticipantKind


class Role(Enum):
    """The roles of the module «Учёт питания» (PART-07, H-19)."""

    PARENT = "PARENT"
    CLASS_TEACHER = "CLASS_TEACHER"
    MEAL_ADMIN = "MEAL_ADMIN"
    ORGANIZER = "ORGANIZER"
    OMSU = "OMSU"
    DON = "DON"
    ADMIN = "ADMIN"
    SCHOOL_SYSTEM = "SCHOOL_SYSTEM"
    """The school system itself, where it speaks for nobody: its data are its own (SVC-09)."""


class Function(Enum):
    """The lines of the matrix B1.1."""

    VIEW_MENU = "VIEW_MENU"
    ORDER = "ORDER"
    VIEW_MONEY = "VIEW_MONEY"
    """Top up, see the movements of an account."""
    REQUEST = "REQUEST"
    """Form, print and confirm the request of a class."""
    VIEW_BALANCES = "VIEW_BALANCES"
    SET_PUPILS = "SET_PUPILS"
    BIND = "BIND"
    VIEW_BINDINGS = "VIEW_BINDINGS"
    SET_CREDIT = "SET_CREDIT"
    SET_SCHEDULE = "SET_SCHEDULE"
    IMPORT_MENU = "IMPORT_MENU"
    VIEW_CATALOGUE = "VIEW_CATALOGUE"
    KEEP_DIRECTORIES = "KEEP_DIRECTORIES"
    READ_DIRECTORIES = "READ_DIRECTORIES"
    COUNT_EATERS = "COUNT_EATERS"
    """Orders, requests, actual meals and their prints as the kitchen needs them."""
    VIEW_PAYMENTS = "VIEW_PAYMENTS"
    VIEW_DEBITS = "VIEW_DEBITS"
    REPORT = "REPORT"
    KEEP_ORGANIZATION = "KEEP_ORGANIZATION"
    """An organizer's own details (PART-10)."""
    TELL_SCHOOLS = "TELL_SCHOOLS"
    """Institutions, classes, pupils, guardians, staff, attendance."""


_R = Role
MATRIX: Mapping[Function, frozenset[Role]] = {
    Function.VIEW_MENU: frozenset(
        {_R.PARENT, _R.CLASS_TEACHER, _R.MEAL_ADMIN, _R.ORGANIZER, _R.OMSU, _R.DON, _R.ADMIN}
    ),
    Function.ORDER: frozenset({_R.PARENT}),
    Function.VIEW_MONEY: frozenset({_R.PARENT, _R.OMSU, _R.ADMIN}),
    Function.REQUEST: frozenset({_R.CLASS_TEACHER}),
    Function.VIEW_BALANCES: frozenset(
        {_R.CLASS_TEACHER, _R.MEAL_ADMIN, _R.ORGANIZER, _R.ADMIN, _R.OMSU}
    ),
    Function.SET_PUPILS: frozenset({_R.MEAL_ADMIN, _R.ADMIN}),
    Function.BIND: frozenset({_R.MEAL_ADMIN, _R.ADMIN}),
    Function.VIEW_BINDINGS: frozenset({_R.MEAL_ADMIN, _R.OMSU, _R.DON, _R.ADMIN}),
    Function.SET_CREDIT: frozenset({_R.MEAL_ADMIN, _R.ADMIN}),
    Function.SET_SCHEDULE: frozenset({_R.MEAL_ADMIN, _R.ADMIN}),
    Function.IMPORT_MENU: frozenset({_R.ORGANIZER}),
    Function.VIEW_CATALOGUE: frozenset({_R.ORGANIZER, _R.OMSU, _R.DON, _R.ADMIN}),
    Function.KEEP_DIRECTORIES: frozenset({_R.OMSU, _R.ADMIN}),
    Function.READ_DIRECTORIES: frozenset({_R.MEAL_ADMIN, _R.ORGANIZER, _R.OMSU, _R.DON, _R.ADMIN}),
    Function.COUNT_EATERS: frozenset({_R.ORGANIZER, _R.ADMIN}),
    Function.VIEW_PAYMENTS: frozenset({_R.ORGANIZER, _R.ADMIN}),
    Function.VIEW_DEBITS: frozenset({_R.ORGANIZER, _R.ADMIN}),
    Function.REPORT: frozenset(
        {_R.CLASS_TEACHER, _R.MEAL_ADMIN, _R.ORGANIZER, _R.OMSU, _R.DON, _R.ADMIN}
    ),
    Function.KEEP_ORGANIZATION: frozenset({_R.ORGANIZER}),
    Function.TELL_SCHOOLS: frozenset({_R.SCHOOL_SYSTEM}),
}
"""Which roles have a function at all; a scope says over what."""

_BY_KIND: Mapping[str, Role] = {
    ParticipantKind.ORGANIZER.value: Role.ORGANIZER,
    ParticipantKind.MUNICIPALITY.value: Role.OMSU,
    ParticipantKind.DON.value: Role.DON,
    ParticipantKind.OPERATOR.value: Role.ADMIN,
    ParticipantKind.SCHOOL.value: Role.SCHOOL_SYSTEM,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and what lies in the scope; what is None is not bounded by that."""

    role: Role
    person: str | None = None
    """Identifier of a guardian or of staff in the school system."""
    accounts: frozenset[str] | None = None
    """Personal accounts of a parent's own children (MEAL-PAR-15)."""
    classes: frozenset[str] | None = None
    """Classes of a teacher (MEAL-CLS-11)."""
    schools: frozenset[str] | None = None
    """Schools of a meal administrator."""
    municipalities: frozenset[str] | None = None
    """Of a municipal body (MEAL-ADM-05)."""
    organizer_inn: str | None = None
    """Of an organizer: only what is his, and only schools bound to him (MEAL-ORG-06)."""


def admit(received: Received[Any], work: Work, function: Function) -> Actor:
    """Return who acts in a message; raise NotAllowed when the role has no such function.

    A system acts for a person only where it is the school system; a person who is not known, or
    not in that role, is refused in the same words as a role without the function.
    """
    actor = _actor(received, work)
    if actor is None or actor.role not in MATRIX[function]:
        raise NotAllowed
    return actor


def admit_parent(received: Received[Any], work: Work, function: Function, account: str) -> None:
    """Raise NotAllowed unless a system acts for a parent of the pupil (MEAL-PAR-01, 15)."""
    actor = admit(received, work, function)
    if actor.role is not Role.PARENT:
        raise NotAllowed
    require_account(work.database, actor, account)


def require_account(transaction: Transaction, actor: Actor, account: str) -> None:
    """Raise NotAllowed unless the account exists and lies in the scope."""
    _inside(transaction, actor, people.place_of(transaction, account))


def require_class(transaction: Transaction, actor: Actor, class_code: str) -> people.Place:
    """Return where a class is; raise NotAllowed unless it exists and lies in the scope."""
    return _inside(transaction, actor, people.place_of_class(transaction, class_code))


def require_school(transaction: Transaction, actor: Actor, school: str) -> people.Place:
    """Return where a school is; raise NotAllowed unless it exists and lies in the scope."""
    return _inside(transaction, actor, people.place_of_school(transaction, school))


def require_municipality(transaction: Transaction, actor: Actor, code: str) -> None:
    """Raise NotAllowed unless the municipality exists and the scope reaches into it.

    Whoever acts for a school reads the directories of its municipality.
    """
    exists = people.is_municipality(transaction, code)
    reach = _municipalities(transaction, actor)
    if not exists or (reach is not None and code not in reach):
        raise NotAllowed


def _municipalities(transaction: Transaction, actor: Actor) -> frozenset[str] | None:
    """Return where the scope lies; None when it is the region, nowhere for a family or a class."""
    if actor.accounts is not None or actor.classes is not None:
        return frozenset()
    if actor.schools is not None:
        return people.municipalities_of_schools(transaction, actor.schools)
    if actor.organizer_inn is not None:
        schools = people.schools_of_organizer(transaction, actor.organizer_inn)
        return people.municipalities_of_schools(transaction, schools)
    return actor.municipalities


def _actor(received: Received[Any], work: Work) -> Actor | None:
    sender, behalf = received.sender, received.on_behalf
    role = _BY_KIND.get(sender.kind)
    if behalf is None:
        return None if role is None else _body(work.database, role, sender)
    if role is not Role.SCHOOL_SYSTEM:
        return None
    mark = people.mark_of(work.database, behalf)
    if behalf.role is ActingRole.PARENT:
        return _parent(work.database, mark)
    return _employee(work.database, behalf.role, mark)


def _body(transaction: Transaction, role: Role, sender: Participant) -> Actor | None:
    if role is Role.ORGANIZER:
        return None if sender.inn is None else Actor(role, organizer_inn=sender.inn)
    if role is Role.OMSU:
        return Actor(role, municipalities=people.municipalities_of(transaction, sender.code))
    return Actor(role)


def _parent(transaction: Transaction, mark: people.Mark) -> Actor | None:
    guardian = people.guardian_by(transaction, mark)
    if guardian is None:
        return None
    return Actor(
        Role.PARENT, person=guardian, accounts=people.accounts_of_guardian(transaction, guardian)
    )


def _employee(transaction: Transaction, role: ActingRole, mark: people.Mark) -> Actor | None:
    found = people.staff_by(transaction, role.value, mark)
    if found is None:
        return None
    if role is ActingRole.CLASS_TEACHER:
        classes = people.classes_of_staff(transaction, found.id)
        return Actor(Role.CLASS_TEACHER, person=found.id, classes=classes)
    schools = frozenset(() if found.school is None else (found.school,))
    return Actor(Role.MEAL_ADMIN, person=found.id, schools=schools)


_NOWHERE = people.Place(None, None, None, "", None)


def _inside(transaction: Transaction, actor: Actor, place: people.Place | None) -> people.Place:
    """Return a place that lies in the scope; what is missing is asked about as what is foreign."""
    covered = _covers(transaction, actor, place or _NOWHERE)
    if place is None or not covered:
        raise NotAllowed
    return place


def _covers(transaction: Transaction, actor: Actor, place: people.Place) -> bool:
    """Tell whether a place lies in every bound of the scope."""
    bounds = (
        (actor.accounts, place.account),
        (actor.classes, place.class_code),
        (actor.schools, place.school),
        (actor.municipalities, place.municipality),
    )
    if any(bound is not None and value not in bound for bound, value in bounds):
        return False
    return actor.organizer_inn is None or people.is_bound(
        transaction, actor.organizer_inn, place.school
    )
