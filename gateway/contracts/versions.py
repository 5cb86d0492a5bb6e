"""Versions of the formats: what came after what, since when, until when, and for whom.

When a version was published and when it ends is no part of its files: a released folder never
changes, and its end is decided years later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain, repeat

from gateway.contracts import narrative
from gateway.contracts.catalog import Contract
from gateway.contracts.outline import read_outline

FIRST_VERSION = "Первая версия."
UNTOLD = "Изменения не описаны."


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a version is in force, by local dates."""

    published: date
    retired: date | None = None
    """From this day on its messages are not taken; None while no end is known."""
    public: bool = True
    """Whether everybody may have the files; else those whom the owner has approved (GW-07)."""


TERMS: Mapping[str, Term] = {
    "meals/admin/1.0": Term(date(2026, 11, 26)),
    "meals/bank-payment/1.0": Term(date(2026, 11, 22)),
    "meals/class-request/1.0": Term(date(2026, 11, 26)),
    "meals/menu-import/1.0": Term(date(2026, 11, 26)),
    "meals/order/1.0": Term(date(2026, 11, 26)),
    "meals/organizer/1.0": Term(date(2026, 11, 26)),
    "meals/payment-registry/1.0": Term(date(2026, 11, 22)),
    "portal/application/1.0": Term(date(2026, 11, 26)),
    "portal/event-sink/1.0": Term(date(2026, 11, 26)),
    "portal/events/1.0": Term(date(2026, 11, 26)),
    "portal/ppu/1.0": Term(date(2026, 11, 26)),
    "registry/documents/1.0": Term(date(2026, 11, 26)),
    "registry/formats/1.0": Term(date(2026, 11, 26)),
    "registry/onboarding/1.0": Term(date(2026, 11, 26)),
    "school/data/1.0": Term(date(2026, 11, 26)),
    "support/notify/1.0": Term(date(2026, 11, 26)),
    "test/conformance/1.0": Term(date(2026, 11, 26)),
}
"""By the contract's name; a new version adds its line."""


class State(Enum):
    """What a version of a format is to whoever writes a client."""

    CURRENT = "CURRENT"
    SUPPORTED = "SUPPORTED"
    RETIRED = "RETIRED"


@dataclass(frozen=True, slots=True)
class Version:
    """A line of a service's history."""

    contract: Contract
    changes: str


def history(contracts: Iterable[Contract], family: str) -> list[Version]:
    """Return the published versions of a service, newest first."""
    found = sorted(
        (contract for contract in contracts if family_of(contract) == family), key=version_key
    )
    versions = [
        Version(contract, narrative.tell_changes(read_outline(contract).remarks) or untold)
        for contract, untold in zip(found, chain([FIRST_VERSION], repeat(UNTOLD)), strict=False)
    ]
    return versions[::-1]


def state_of(term: Term, day: date, *, newest: bool) -> State:
    """Tell what a version is on a local date."""
    if term.retired is not None and term.retired <= day:
        return State.RETIRED
    return State.CURRENT if newest else State.SUPPORTED


def family_of(contract: Contract) -> str:
    """Return the name without the version: `meals/bank-payment`."""
    return contract.name.rpartition("/")[0]


def version_key(contract: Contract) -> tuple[int, ...]:
    """Return what orders versions: 1.10 comes after 1.9."""
    return tuple(int(part) for part in contract.version.split("."))
