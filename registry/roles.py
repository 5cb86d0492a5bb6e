"""Roles of people: the hierarchy, the roles of the meals module, those of its neighbours.

PART-06: the administrator of a subsystem enters administrators of participants, these enter users
of their own participant. PART-07: the meals module has six roles; DON, which only reads, is ours
(H-19). PART-08: its administrators are employees of the operator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from registry import errors
from registry.kinds import ParticipantKind

MEALS = "meals"
"""The module of meals as a subsystem."""


class Level(Enum):
    """Steps of the hierarchy, the highest first; each grants only what stands below it."""

    SUBSYSTEM_ADMIN = "SUBSYSTEM_ADMIN"
    PARTICIPANT_ADMIN = "PARTICIPANT_ADMIN"
    USER = "USER"


LEVEL_WORDS: Mapping[Level, str] = {
    Level.SUBSYSTEM_ADMIN: "Администратор Подсистемы",
    Level.PARTICIPANT_ADMIN: "Администратор Участника Подсистемы",
    Level.USER: "Пользователь Системы",
}


class MealRole(Enum):
    """Roles of the meals module."""

    PARENT = "PARENT"
    CLASS_TEACHER = "CLASS_TEACHER"
    MEAL_ADMIN = "MEAL_ADMIN"
    ORGANIZER = "ORGANIZER"
    OMSU = "OMSU"
    ADMIN = "ADMIN"
    DON = "DON"
    """Reads regional reports and nothing else."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a person may hold inside one participant."""

    code: str
    name: str
    subsystem: str
    level: Level
    kinds: frozenset[ParticipantKind] = frozenset()
    """Whose people may hold it; empty: those of any participant."""


def _meal(role: MealRole, name: str, level: Level, *kinds: ParticipantKind) -> Role:
    return Role(role.value, name, MEALS, level, frozenset(kinds))


def _other(code: str, name: str, subsystem: str, level: Level = Level.USER) -> Role:
    return Role(code, name, subsystem, level)


_INSTITUTIONS = (ParticipantKind.INSTITUTION, ParticipantKind.SCHOOL)

ROLES: Mapping[str, Role] = {
    role.code: role
    for role in (
        _meal(MealRole.PARENT, "родитель", Level.USER, *_INSTITUTIONS),
        _meal(MealRole.CLASS_TEACHER, "классный руководитель", Level.USER, *_INSTITUTIONS),
        _meal(MealRole.MEAL_ADMIN, "администратор питания", Level.USER, *_INSTITUTIONS),
        _meal(MealRole.ORGANIZER, "организатор питания", Level.USER, ParticipantKind.ORGANIZER),
        _meal(
            MealRole.OMSU,
            "сотрудник образования ОМСУ",
            Level.USER,
            ParticipantKind.MUNICIPALITY,
        ),
        _meal(MealRole.DON, "сотрудник ДОН (чтение)", Level.USER, ParticipantKind.DON),
        _meal(MealRole.ADMIN, "администратор", Level.SUBSYSTEM_ADMIN, ParticipantKind.OPERATOR),
        # Of the neighbours the registry keeps the names; what they may do is not decided here.
        _other(
            "SCHOOL_PARTICIPANT_ADMIN",
            "Администратор Участника",
            "Электронная школа",
            Level.PARTICIPANT_ADMIN,
        ),
        _other("SCHOOL_STAFF", "Сотрудник ОУ", "Электронная школа"),
        _other("SCHOOL_FAMILY", "Родители/учащиеся", "Электронная школа"),
        _other("DON_STAFF", "Сотрудник ДОН", "Электронная школа"),
        _other("KINDERGARTEN_STAFF", "Сотрудники ДОУ", "Электронный детский сад"),
        _other(
            "MUNICIPAL_ADMIN",
            "Администратор муниципального образования",
            "Электронный детский сад",
            Level.PARTICIPANT_ADMIN,
        ),
        _other("MANAGEMENT", "Руководители и сотрудники", "Электронный колледж"),
        _other("STUDENT_FAMILY", "Студенты/родители", "Электронный колледж"),
        _other(
            "SITE_ADMIN",
            "Администратор сайта",
            "Портал «Электронное образование»",
            Level.SUBSYSTEM_ADMIN,
        ),
        _other("SITE_USER", "Зарегистрированные пользователи", "Портал «Электронное образование»"),
    )
}
"""Every role by code: seven of meals, ten names of the neighbours.

The neighbours share names: «Сотрудник ДОН» is also of «Электронный детский сад», «Руководители и
сотрудники» and «Учащиеся/родители» are also of «Электронное дополнительное образование».
"""


@dataclass(frozen=True, slots=True)
class Grantor:
    """Who grants: at what level, and in whose name."""

    level: Level
    participant: str
    """Code of the participant that employs the grantor."""


def check_grant(grantor: Grantor, role: Role, participant: str, kind: ParticipantKind) -> None:
    """Raise RoleRefused unless `grantor` may give `role` to a user of `participant`.

    A participant's administrator grants inside the own participant and below the own level
    (PART-06); ADMIN of meals is for the operator's employees alone (PART-08).
    """
    if role.kinds and kind not in role.kinds:
        raise errors.RoleRefused(
            f"Роль «{role.name}» не назначают пользователям участника вида {kind.value}."
        )
    if grantor.level is Level.SUBSYSTEM_ADMIN:
        return
    if grantor.level is not Level.PARTICIPANT_ADMIN:
        raise errors.RoleRefused("Пользователь ролей не назначает.")
    if participant != grantor.participant:
        raise errors.RoleRefused(
            "Администратор участника назначает роли только у своего участника."
        )
    if role.level is not Level.USER:
        raise errors.RoleRefused(f"Роль «{role.name}» назначает только администратор подсистемы.")
