"""Kinds of participants, their sub-kinds, and the services of each (PART-03, PART-11).

The tables are data: what a kind may do is read here and decided nowhere else. A service that no
contract publishes yet stands here already; `hub participant grant` needs both.
"""

from collections.abc import Mapping
from enum import Enum

from registry import errors


class ParticipantKind(Enum):
    """What a participant is in the exchange."""

    OPERATOR = "OPERATOR"
    """Who runs the hub; there is one (PART-01)."""
    BANK = "BANK"
    ORGANIZER = "ORGANIZER"
    SCHOOL = "SCHOOL"
    """Who runs the school system that pupils, classes and journals come from."""
    INSTITUTION = "INSTITUTION"
    """A state or municipal institution: school, kindergarten, college and so on."""
    PORTAL = "PORTAL"
    DEPARTMENT = "DEPARTMENT"
    """An executive body of the region (ИОГВ)."""
    MUNICIPALITY = "MUNICIPALITY"
    """A body of local self-government (ОМСУ)."""
    DON = "DON"
    """The region's department of education and science (ДОН)."""
    TOGIRRO = "TOGIRRO"
    """First line of support for the educational subsystems."""
    SYSTEM_OPERATOR = "SYSTEM_OPERATOR"
    APP_OPERATOR = "APP_OPERATOR"
    SERVICE_OWNER = "SERVICE_OWNER"
    """Owner of a service on the portal of services for authorities."""
    OTHER = "OTHER"
    """Any other organisation that has joined by agreement."""


class SubKind(Enum):
    """What a bank or an institution is more closely; the other kinds have none."""

    ACQUIRING = "ACQUIRING"
    """Card payments in the Internet (method «а»)."""
    ONLINE = "ONLINE"
    """Cash desks, devices, internet bank (method «б»)."""
    BOTH = "BOTH"
    OU = "OU"
    DOU = "DOU"
    ODO = "ODO"
    SPO = "SPO"


class Network(Enum):
    """How an endpoint is reached (SYS-37)."""

    INTERNET = "INTERNET"
    VIPNET_1481 = "VIPNET_1481"
    VIPNET = "VIPNET"
    DEDICATED = "DEDICATED"


SUB_KINDS: Mapping[ParticipantKind, tuple[SubKind, ...]] = {
    ParticipantKind.BANK: (SubKind.ACQUIRING, SubKind.ONLINE, SubKind.BOTH),
    ParticipantKind.INSTITUTION: (SubKind.OU, SubKind.DOU, SubKind.ODO, SubKind.SPO),
}

COMMON_SERVICES = frozenset(
    {
        "registry/onboarding",
        "registry/documents",
        "registry/formats",
        "support/notify",
        "support/servicedesk",
        "test/conformance",
    }
)
"""What every participant may be given."""

_SYSTEM = frozenset(
    {
        "portal/application",
        "portal/events",
        "portal/ppu",
        "portal/booking",
        "portal/assessment",
        "unip/charge",
    }
)
_OIV = frozenset({"oiv/requests", "oiv/fias", "oiv/egrul", "oiv/random", "oiv/exchange"})

SERVICES: Mapping[ParticipantKind, frozenset[str]] = {
    ParticipantKind.OPERATOR: frozenset({"meals/admin"}),
    ParticipantKind.BANK: frozenset(
        {"meals/bank-payment", "meals/payment-registry", "meals/acquiring"}
    ),
    ParticipantKind.ORGANIZER: frozenset({"meals/menu-import", "meals/organizer"}),
    ParticipantKind.SCHOOL: frozenset(
        {"meals/order", "meals/class-request", "meals/admin", "school/data"}
    ),
    ParticipantKind.INSTITUTION: _SYSTEM | _OIV,
    ParticipantKind.PORTAL: _SYSTEM | {"portal/event-sink"},
    ParticipantKind.DEPARTMENT: _SYSTEM | _OIV,
    ParticipantKind.MUNICIPALITY: _SYSTEM | _OIV | {"meals/admin"},
    ParticipantKind.DON: _SYSTEM | _OIV | {"meals/admin"},
    ParticipantKind.TOGIRRO: frozenset(),
    ParticipantKind.SYSTEM_OPERATOR: _SYSTEM | _OIV | {"emp/api"},
    ParticipantKind.APP_OPERATOR: frozenset({"emp/api"}),
    ParticipantKind.SERVICE_OWNER: _OIV,
    ParticipantKind.OTHER: _OIV,
}
"""What a kind may be given beyond `COMMON_SERVICES`, by contract family."""

SERVICES_OF_SUB_KIND: Mapping[SubKind, frozenset[str]] = {
    SubKind.ACQUIRING: frozenset({"meals/acquiring", "meals/payment-registry"}),
    SubKind.ONLINE: frozenset({"meals/bank-payment", "meals/payment-registry"}),
}
"""Sub-kinds that may be given less than their kind (PART-11)."""

PRODUCTION_NETWORKS: Mapping[ParticipantKind, frozenset[Network]] = {
    ParticipantKind.BANK: frozenset({Network.INTERNET}),
    ParticipantKind.ORGANIZER: frozenset({Network.VIPNET_1481}),
    ParticipantKind.SYSTEM_OPERATOR: frozenset({Network.VIPNET, Network.DEDICATED}),
    ParticipantKind.APP_OPERATOR: frozenset({Network.VIPNET, Network.DEDICATED}),
}
"""Networks of production by kind; a kind that is not here may use any (SEC-01 … SEC-03).

The test contour is reached over the Internet by everybody.
"""


def may_be_given(kind: ParticipantKind, sub_kind: SubKind | None, service: str) -> bool:
    """Tell whether a participant of this kind may be given a service (contract family).

    A bank that has not chosen its method yet may prepare for either.
    """
    if service in COMMON_SERVICES:
        return True
    narrowed = SERVICES_OF_SUB_KIND.get(sub_kind) if sub_kind is not None else None
    return service in (SERVICES[kind] if narrowed is None else narrowed)


def check_sub_kind(kind: ParticipantKind, sub_kind: SubKind) -> None:
    """Raise AttributeInvalid for a sub-kind that the kind does not have."""
    if sub_kind not in SUB_KINDS.get(kind, ()):
        raise errors.AttributeInvalid(f"У вида {kind.value} нет подвида {sub_kind.value}.")
