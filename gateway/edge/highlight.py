"""Colours XML for a page: names, values and comments as spans, everything else escaped."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_TOKEN = re.compile(
    r"(?P<comment><!--.*?-->|<\?.*?\?>)"
    r"|(?P<open></?)(?P<tag>[\w.:-]+)(?P<attributes>[^<>]*?)(?P<close>/?>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'(?P<name>[\w.:-]+)(?P<equals>=)(?P<value>"[^"]*")')


def highlight_xml(text: str) -> Markup:
    """Return the markup of `text` for a `<pre>`; the text itself is left as it is."""
    return Markup().join(_pieces(text))


def _pieces(text: str) -> Iterator[Markup]:
    done = 0
    for found in _TOKEN.finditer(text):
        yield escape(text[done : found.start()])
        done = found.end()
        if found["comment"]:
            yield _span("c", found["comment"])
        else:
            yield escape(found["open"]) + _span("t", found["tag"])
            yield _attributes(found["attributes"]) + escape(found["close"])
    yield escape(text[done:])


def _attributes(text: str) -> Markup:
    pieces, done = [], 0
    for found in _ATTRIBUTE.finditer(text):
        pieces.append(escape(text[done : found.start()]))
        pieces.append(_span("a", found["name"]) + "=" + _span("v", found["value"]))
        done = found.end()
    return Markup().join([*pieces, escape(text[done:])])


def _span(kind: str, text: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(kind, text)
