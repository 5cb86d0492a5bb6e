"""A compiled schema, one per thread: the error log of libxml2's schema is not safe to share."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from gateway.contracts.errors import ContractBroken
from gateway.kernel.xml import make_parser

_WIDTH = 2000
_SHORT = _WIDTH * len("<a/>")
"""In fewer bytes nothing is wide."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One error of libxml2 as it was logged."""

    kind: str
    """`SCHEMAV_CVC_PATTERN_VALID`, `SCHEMAV_ELEMENT_CONTENT` ..."""
    path: str
    """libxml2's own path: `/*/*[3]/p:line[2]`."""
    message: str
    """In English and possibly with the value: never shown to the sender."""


class Schema:
    """Validates against the published schemas."""

    def __init__(self, name: str, start: bytes, root: Path) -> None:
        """Compile `start`, a schema that stands in the file `name` below `root`.

        Whoever calls has followed its references: all of them are files below `root`. A schema
        that does not compile raises ContractBroken.
        """
        self._name = name
        self._start = start
        self._origin = (root / name).as_uri()
        self._local = threading.local()
        self._compiled()

    def accepts(self, element: etree._Element, octets: int | None = None) -> bool:
        """Tell whether `element` with all below it is valid (GW-02).

        `octets` is the length of the message in which it came, where that is known.
        """
        schema = self._compiled()
        if (octets is None or octets >= _SHORT) and self._local.is_wide(element):
            return self._accepts_wide(element)
        accepted = schema.validate(element)
        if not accepted:
            self._local.refusal = _brief(schema.error_log)
        return accepted

    def breaches(self, element: etree._Element) -> tuple[Breach, ...]:
        """Return all errors of `element`.

        The time grows with the square of the number of faulty siblings; see `is_wide`.
        """
        schema = self._compiled()
        schema.validate(element)
        log: Any = schema.error_log  # the stubs leave it opaque
        return tuple(_breach(entry) for entry in log)

    def is_wide(self, element: etree._Element) -> bool:
        """Tell whether some element has so many children that errors among them are slow.

        For each error libxml2 counts the preceding siblings: 100,000 broken lines take 24 s. A
        validating parser knows no places and takes 0.2 s.
        """
        self._compiled()
        return bool(self._local.is_wide(element))

    def last_error(self) -> str:
        """Name the first error of this thread's last refusal by rule and place, without values."""
        return str(getattr(self._local, "refusal", "nothing was refused"))

    def _accepts_wide(self, element: etree._Element) -> bool:
        data = etree.tostring(element, encoding="UTF-8", with_tail=False)
        try:
            etree.fromstring(data, make_parser(schema=self._compiled()))
        except etree.XMLSyntaxError as error:
            self._local.refusal = _brief(error.error_log)
            return False
        return True

    def _compiled(self) -> etree.XMLSchema:
        try:
            return self._local.schema  # type: ignore[no-any-return]
        except AttributeError:
            self._local.schema = self._compile()
            self._local.is_wide = etree.XPath(f"boolean(*[{_WIDTH}] | */*[{_WIDTH}])")
            return self._local.schema  # type: ignore[no-any-return]

    def _compile(self) -> etree.XMLSchema:
        # Imports are read from files. Served from memory by a resolver they would need a loader
        # that lxml keeps one of for the whole process: a parser that ends in another thread
        # takes it away, and the schema is compiled without its imports, in silence.
        try:
            return etree.XMLSchema(
                etree.fromstring(self._start, make_parser(), base_url=self._origin)
            )
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
            raise ContractBroken(self._name, str(error)) from error


def _breach(entry: Any) -> Breach:  # noqa: ANN401 -- the stubs leave it opaque
    return Breach(entry.type_name, entry.path or "", entry.message)


def _brief(log: Any) -> str:  # noqa: ANN401 -- the stubs leave it opaque
    return f"{log[0].type_name} at {log[0].path or 'a place among too many'}"
