"""Support lines, their hours, and which line takes what first (NFR-01 … 03, INC-02, INC-04)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from registry.calendar import OPERATOR_HOURS, PORTAL_INTAKE, IntakeHours, OfficeHours
from registry.reference import SUPPORT


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
    hours: OfficeHours | IntakeHours | None = None
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
    hours=PORTAL_INTAKE,
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
