"""Facts of the regulations about the operator and where participants get help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the hub (PART-01)."""

    name: str
    address: str
    basis: str
    """The document by which it is the operator."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the systems are (PART-02)."""

    code: str
    """Its code among the participants."""
    name: str
    duties: tuple[str, ...]
    """What it approves, by the regulations."""
    basis: str


@dataclass(frozen=True, slots=True)
class SupportContacts:
    """Printed in notices and on pages, exactly as the regulations give them (NFR-03)."""

    phone: str
    """Contact centre: first line for the meals module."""
    service_desk: str
    education_phone: str
    """ТОГИРРО: first line for the other subsystems of РЕГИСО."""
    email: str
    address: str
    originals_room: str
    """Where paper originals are brought."""


OPERATOR = Operator(
    name="ГКУ ТО «ЦИТТО»",
    address="г. Тюмень, ул. Советская, д. 61",
    basis="Распоряжение Департамента информатизации Тюменской области от 28.04.2017 № 05-р",
)

OWNER = Owner(
    code="DEPINFORM",
    name="Департамент информатизации Тюменской области",
    duties=(
        "владелец Портала услуг Тюменской области",
        "уполномоченный орган Портала сервисов для ОИВ",
        "владелец АИС ЕМП",
    ),
    basis="Регламенты информационного взаимодействия",
)

SUPPORT = SupportContacts(
    phone="8-800-234-39-30",
    service_desk="https://sd.72to.ru/",
    education_phone="8 (3452) 39-06-79",
    email="citto@72to.ru",
    address="г. Тюмень, ул. Советская, д. 61",
    originals_room="каб. 519",
)
