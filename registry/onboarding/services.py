"""Which services a case opens (PART-11); what a kind may be given at all says `registry.kinds`."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from registry.kinds import (
    COMMON_SERVICES,
    SERVICES,
    SERVICES_OF_SUB_KIND,
    ParticipantKind,
    SubKind,
)

_OF_CASE: Mapping[str, tuple[str, ...]] = {
    "SM-ORG-INT": tuple(SERVICES[ParticipantKind.ORGANIZER]),
    "SM-PUTO": ("portal/", "unip/"),
    "SM-EMP": ("emp/",),
}


@cache
def published() -> frozenset[str]:
    """Return the families of the published contracts, such as `meals/bank-payment`."""
    return frozenset(
        f"{domain.name}/{service.name}"
        for domain in files("wsdl").iterdir()
        if domain.is_dir() and not domain.name.startswith("_")
        for service in domain.iterdir()
        if service.is_dir()
    )


def is_hub_own(family: str) -> bool:
    """Tell whether the service needs no right of its own."""
    return family in COMMON_SERVICES


def of_case(kind: str, method: object) -> tuple[str, ...]:
    """Return what the act of a case opens in production, by the machine and a bank's method."""
    own = _of_method(method) if kind == "SM-BANK" else _OF_CASE.get(kind, ())
    return tuple(sorted(own))


def _of_method(method: object) -> Iterable[str]:
    """Return what a bank's method opens: nothing before it is chosen (PART-11)."""
    if method is None:
        return ()
    return SERVICES_OF_SUB_KIND.get(SubKind(method), SERVICES[ParticipantKind.BANK])


def opened(patterns: Iterable[str]) -> frozenset[str]:
    """Return the published families that the patterns stand for."""
    known = tuple(patterns)
    return frozenset(family for family in published() if _matches(family, known))


def _matches(family: str, patterns: Iterable[str]) -> bool:
    return any(
        family.startswith(pattern) if pattern.endswith("/") else family == pattern
        for pattern in patterns
    )
