"""What stands where a contract lets any element stand: markup that its schemas do not describe."""

import re
from typing import Self

from lxml import etree

from gateway.kernel import xml

_PREFIXED = re.compile(r"^\s*([A-Za-z_][\w.-]*):")


class Markup(str):
    """One element as canonical XML text that means the same wherever it is put.

    Every prefix in use is declared in it, and so is that there is no default namespace.
    """

    __slots__ = ("line",)
    line: int | None
    """On which line of its message it began; None when it was not read from one."""

    @classmethod
    def of(cls, element: etree._Element) -> Self:
        """Take an element out of its message; it has a namespace, as xs:any demands."""
        octets: bytes = etree.tostring(
            element,
            method="c14n",
            exclusive=True,
            with_comments=False,
            inclusive_ns_prefixes=sorted(_told_prefixes(element)),
        )
        text = octets.decode()
        if element.prefix is not None:
            # Its parts without a namespace would fall into whatever is the default around it.
            name = f"{element.prefix}:{etree.QName(element).localname}"
            text = f'<{name} xmlns=""{text[1 + len(name) :]}'
        made = cls(text)
        made.line = xml.line_of(element)
        return made

    def element(self) -> etree._Element:
        """Read it again, on the lines that it had in its message."""
        above = "\n" * ((getattr(self, "line", None) or 1) - 1)
        return etree.fromstring(f"{above}{self}".encode(), xml.parser())


def _told_prefixes(element: etree._Element) -> set[str]:
    """Return the prefixes that values speak of, as `xsi:type="f:Person"` does."""
    known = {prefix for each in element.iter() for prefix in each.nsmap if prefix}
    values = (
        value
        for each in element.iter()
        for value in (*map(str, each.attrib.values()), each.text or "")
    )
    return known & {found[1] for value in values if (found := _PREFIXED.match(value))}
