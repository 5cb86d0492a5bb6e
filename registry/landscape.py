"""The catalogue of systems that the regulations name: what each is, and what the hub is to it.

`registry/systems.xml` is the data; a participant's system refers to it by number (`known_as`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from lxml import etree

from gateway.kernel.xml import make_parser


class HubRole(Enum):
    """What a named system is to the hub."""

    IN = "IN"
    """Done by an adapter inside the hub."""
    EXT = "EXT"
    """A counterpart outside: the hub is its client or its server."""
    REG = "REG"
    """An entry of the participant registry, no exchange of its own."""
    DOC = "DOC"
    """A subject of documents and processes."""


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """A system by its number in the catalogue."""

    number: str
    """SYS-01 … SYS-41."""
    name: str
    roles: tuple[HubRole, ...]
    purpose: str
    adapter: str | None = None
    """The slice that serves it, by name."""


@cache
def known_systems() -> Mapping[str, KnownSystem]:
    """Return the catalogue by number."""
    octets = files("registry").joinpath("systems.xml").read_bytes()
    root = etree.fromstring(octets, make_parser())
    return {system.number: system for system in map(_system, root.iter("system"))}


def _system(element: etree._Element) -> KnownSystem:
    return KnownSystem(
        number=str(element.attrib["number"]),
        name=str(element.attrib["name"]),
        roles=tuple(map(HubRole, str(element.attrib["roles"]).split())),
        purpose=" ".join((element.text or "").split()),
        adapter=element.get("adapter"),
    )
