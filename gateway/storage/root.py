"""The root of a day: where the chains of a contour ended, as a value and as a file.

A root names the root before it, so they are a chain too. Its hash is SHA-256 of lines that anybody
can write down again from the file: see `Root.hash`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from lxml import etree

from gateway.kernel import xml
from gateway.kernel.ports import LOCAL
from gateway.storage.chain import Head

NAMESPACE = "urn://x-artefacts-citto-72/hub/journal-root/1.0"
_FIRST_LINE = "hub journal root 1"
_NO_ROOT = "-"


class RootBroken(ValueError):
    """The document is no root, or its hash is not that of what it says."""


class StrandHead(NamedTuple):
    """Where the chain of one strand ended."""

    strand: int
    head: Head


@dataclass(frozen=True, slots=True)
class Root:
    """What is vouched for at the end of a day."""

    contour: str
    day: date
    """Local; everything recorded on it is in the chains, and what came until `made_at`."""
    made_at: datetime
    previous: bytes | None
    """Hash of the root before; None in the first."""
    heads: tuple[StrandHead, ...]
    """Of every strand that ever had a chain, by strand."""

    @property
    def entries(self) -> int:
        """How many entries the chains have."""
        return sum(head.position for _, head in self.heads)

    @property
    def hash(self) -> bytes:
        """SHA-256 of a line per value: the words above, contour, day, moment, previous, heads."""
        lines = [
            _FIRST_LINE,
            self.contour,
            self.day.isoformat(),
            _moment(self.made_at),
            self.previous.hex() if self.previous else _NO_ROOT,
            *(f"{strand} {head.position} {head.link.hex()}" for strand, head in self.heads),
        ]
        return sha256("".join(f"{line}\n" for line in lines).encode()).digest()


def write(root: Root) -> bytes:
    """Return the document of a root."""
    attributes = {
        "contour": root.contour,
        "day": root.day.isoformat(),
        "madeAt": _moment(root.made_at),
        "entries": str(root.entries),
    }
    top = etree.Element(_tag("JournalRoot"), attributes, nsmap={"journal": NAMESPACE})
    if root.previous:
        etree.SubElement(top, _tag("Previous")).text = root.previous.hex()
    for strand, head in root.heads:
        place = {"strand": str(strand), "position": str(head.position)}
        etree.SubElement(top, _tag("Head"), place).text = head.link.hex()
    etree.SubElement(top, _tag("Hash")).text = root.hash.hex()
    return etree.tostring(top, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(document: bytes) -> Root:
    """Read the document of a root; raise RootBroken unless its hash is its own."""
    try:
        top = etree.fromstring(document, xml.make_parser())
        root = _read(top)
        hashed = bytes.fromhex(top.findtext(_tag("Hash"), ""))
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise RootBroken(str(error)) from error
    if root.hash != hashed or top.get("entries") != str(root.entries):
        raise RootBroken("hash")
    return root


def _read(top: etree._Element) -> Root:
    previous = top.findtext(_tag("Previous"))
    return Root(
        contour=_attribute(top, "contour"),
        day=date.fromisoformat(_attribute(top, "day")),
        made_at=datetime.fromisoformat(_attribute(top, "madeAt")),
        previous=None if previous is None else bytes.fromhex(previous),
        heads=tuple(
            StrandHead(
                int(_attribute(head, "strand")),
                Head(int(_attribute(head, "position")), bytes.fromhex(head.text or "")),
            )
            for head in top.iterfind(_tag("Head"))
        ),
    )


def _attribute(element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise KeyError(name)
    return value


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="microseconds")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
