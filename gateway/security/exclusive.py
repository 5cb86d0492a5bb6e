"""Exclusive C14N (W3C, 18 July 2002) in Python, without comments: for PrefixList with `#default`.

It recurses and knows no processing instructions: `document.survey` has counted the depth before
and refused them.
"""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

_QNAME = etree.XPath("name(@*[$place])")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)

Rendered = Mapping[str | None, str]
"""Namespaces that stand on output ancestors, by prefix."""


def canonical(element: etree._Element, prefixes: Sequence[str]) -> bytes:
    """Return the canonical form of an element; `prefixes` are treated as C14N 1.0 treats all."""
    inclusive = {None if prefix == "#default" else prefix for prefix in prefixes}
    return "".join(_write(element, inclusive, {})).encode()


def _write(
    element: etree._Element, inclusive: set[str | None], rendered: Rendered
) -> Iterator[str]:
    name = _named(element.prefix, etree.QName(element).localname)
    attributes = _attributes(element)
    used: set[str | None] = {element.prefix}
    used.update(qname.partition(":")[0] for _, qname, _ in attributes if ":" in qname)
    declared = _declared(element, used, inclusive, rendered)
    yield f"<{name}"
    for prefix, uri in sorted(declared.items(), key=lambda item: item[0] or ""):
        yield f' {_named("xmlns", prefix) if prefix else "xmlns"}="{uri.translate(_ATTRIBUTE)}"'
    for _, qname, value in attributes:
        yield f' {qname}="{value.translate(_ATTRIBUTE)}"'
    yield f">{(element.text or '').translate(_TEXT)}"
    inner = {**rendered, **declared}
    for child in element:
        if isinstance(child.tag, str):
            yield from _write(child, inclusive, inner)
        yield (child.tail or "").translate(_TEXT)
    yield f"</{name}>"


def _attributes(element: etree._Element) -> list[tuple[tuple[str, str], str, str]]:
    """Return sort key, name with its own prefix, value."""
    found = []
    for place, (tag, value) in enumerate(element.attrib.items(), 1):
        name = etree.QName(tag)
        qname = str(_QNAME(element, place=place)) if name.namespace else name.localname
        found.append(((name.namespace or "", name.localname), qname, str(value)))
    return sorted(found)


def _declared(
    element: etree._Element,
    used: set[str | None],
    inclusive: set[str | None],
    rendered: Rendered,
) -> dict[str | None, str]:
    scope = element.nsmap
    return {
        prefix: uri
        for prefix in used | inclusive
        if prefix != "xml"
        for uri in [scope.get(prefix, "")]
        if (uri or prefix is None) and rendered.get(prefix, "") != uri
    }


def _named(prefix: str | None, name: str) -> str:
    return f"{prefix}:{name}" if prefix else name
