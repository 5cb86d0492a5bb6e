"""Support lines, their hours, and which line takes what first (NFR-01 … 03, INC-02, INC-04)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum

from registry.reference import SUPPORT


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there, local time; a weekday that is missing is a day off."""

    by_weekday: Mapping[int, tuple[time, time]]
    """From 0, Monday: the opening and the closing."""

    def are_open(self, weekday: int, at: time) -> bool:
        """Tell whether somebody is there; at the closing nobody is any more."""
        hours = self.by_weekday.get(weekday)
        return hours is not None and hours[0] <= at < hours[1]


_FRIDAY, _SATURDAY = 4, 5

OPERATOR_HOURS = Hours(
    {**dict.fromkeys(range(_FRIDAY), (time(9), time(18))), _FRIDAY: (time(9), time(17))}
)
"""Working time of the operator (NFR-01)."""

PORTAL_PHONE_HOURS = Hours(
    {**dict.fromkeys(range(_SATURDAY), (time(8), time(20))), _SATURDAY: (time(9), time(17))}
)
"""When the phone of the services portal is answered (NFR-02)."""


class Subject(Enum):
    """What a question is about."""

    MEALS = "MEALS"
    EDUCATION = "EDUCATION"
    """Any other subsystem of the educational system."""
    PORTAL = "PORTAL"
    MOBILE = "MOBILE"
    AUTHORITIES = "AUTHORITIES"
    """The portal of services for authorities (ОИВ)."""


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Where people turn, and what is printed in notices."""

    code: str
    name: str
    level: int
    """1 registers and consults, 2 is the operator."""
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    """Of the service desk in the Internet."""
    hours: Hours | None = None
    """Absent: the regulations name none."""


CONTACT_CENTRE = SupportLine(
    "CONTACT_CENTRE",
    "Единый центр технической и консультационной поддержки",
    1,
    phone=SUPPORT.phone,
)
TOGIRRO = SupportLine("TOGIRRO", "ТОГИРРО", 1, phone=SUPPORT.education_phone)
PORTAL_DESK = SupportLine(
    "PORTAL_DESK",
    "Поддержка Портала услуг Тюменской области",
    1,
    phone="(3452) 56-60-60",
    email="smev@72to.ru",
    hours=PORTAL_PHONE_HOURS,
)
SERVICE_DESK = SupportLine(
    "SERVICE_DESK", "Портал службы технической поддержки", 1, address=SUPPORT.service_desk
)
OPERATOR_DESK = SupportLine(
    "OPERATOR_DESK",
    "Оператор узла",
    2,
    email=SUPPORT.email,
    address=SUPPORT.service_desk,
    hours=OPERATOR_HOURS,
)

LINES: Mapping[str, SupportLine] = {
    line.code: line for line in (CONTACT_CENTRE, TOGIRRO, PORTAL_DESK, SERVICE_DESK, OPERATOR_DESK)
}

FIRST_LINES: Mapping[Subject, SupportLine] = {
    Subject.MEALS: CONTACT_CENTRE,
    Subject.EDUCATION: TOGIRRO,
    Subject.PORTAL: PORTAL_DESK,
    Subject.MOBILE: SERVICE_DESK,
    # Incidents of authorities go straight to the second line (INC-04).
    Subject.AUTHORITIES: OPERATOR_DESK,
}
"""Who takes a question by phone or in person first."""


def line_of(subject: Subject, *, is_electronic: bool = False) -> SupportLine:
    """Return who takes a question first; what came electronically is the operator's (INC-02)."""
    return OPERATOR_DESK if is_electronic else FIRST_LINES[subject]
