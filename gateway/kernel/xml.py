"""The one place where XML parsers are made, with everything dangerous switched off (SVC-00-12).

A parser is fed bytes, never a path: by path libxml2 would inflate a compressed file of any size.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NoReturn
from xml.parsers import expat

from lxml import etree

_LAST_COUNTED_LINE = 65_535
"""libxml2 keeps a line in 16 bits; what it tells of later ones is near the truth, not it."""
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": False,
    "attribute_defaults": False,
    "decompress": False,
}
_local = threading.local()
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[ \t\r\n][^>]*>")
_POSITION = etree.XPath("count(ancestor::*) + count(preceding::*)")
_INSTRUCTIONS = etree.XPath("boolean(//processing-instruction())")


def parser() -> etree.XMLParser:
    """Return this thread's parser of messages.

    It drops comments and processing instructions, so that the text around one is one string: a
    schema sees it whole, and `.text` has to as well.
    """
    try:
        return _local.parser  # type: ignore[no-any-return]
    except AttributeError:
        _local.parser = make_parser()
        return _local.parser  # type: ignore[no-any-return]


def make_parser(
    *,
    comments: bool = False,
    instructions: bool = False,
    schema: etree.XMLSchema | None = None,
) -> etree.XMLParser:
    """Make a parser of whole documents, for one thread.

    `comments` and `instructions` keep comments and processing instructions in the tree. With
    `schema` an invalid document is a syntax error.
    """
    return etree.XMLParser(
        remove_comments=not comments, remove_pis=not instructions, schema=schema, **_SAFE
    )


def make_pull_parser(
    events: Sequence[Literal["start", "end"]], tags: Sequence[str] | None
) -> etree.XMLPullParser:
    """Make a parser that is fed piece by piece and tells `events` of the elements `tags`.

    Without `tags` it tells of all elements.
    """
    return etree.XMLPullParser(
        events=events, tag=tags, remove_comments=True, remove_pis=True, **_SAFE
    )


def feed(parser: etree.XMLPullParser, piece: bytes) -> None:
    """Feed a pull parser; raise XMLSyntaxError as soon as the bytes are not XML.

    lxml by itself passes over an undeclared entity in silence, drops the rest of the piece and
    takes the next piece for the start of another document.
    """
    parser.feed(piece)
    log: Any = parser.feed_error_log
    for entry in log:
        if entry.level >= etree.ErrorLevels.ERROR:
            raise etree.XMLSyntaxError(  # type: ignore[call-arg]  # the stubs know no place
                entry.message, entry.type, entry.line, entry.column
            )


def element_events(parser: etree.XMLPullParser) -> Iterator[tuple[str, etree._Element]]:
    """Give the events that the parser has come to, of elements only."""
    events: Any = parser.read_events()  # in the stubs an event may also be about a prefix
    yield from events


def has_doctype(element: etree._Element) -> bool:
    """Tell whether the document of `element` has a DOCTYPE: no message of ours may.

    The safe parser resolves no entity, yet it parses such a document; its texts are then not to
    be believed.
    """
    return element.getroottree().docinfo.internalDTD is not None


def has_instructions(data: bytes) -> bool:
    """Tell whether a well-formed document in UTF-8 has a processing instruction anywhere.

    The parser of messages drops them without a word. `<?` may also be text of a comment or of
    CDATA, so a document that has it is read once more.
    """
    declaration = _DECLARATION.match(data)
    start = declaration.end() if declaration else 0
    # One character is looked for much faster than two.
    if data.find(b"?", start) < 0 or data.find(b"<?", start) < 0:
        return False
    root = etree.fromstring(data, make_parser(instructions=True))
    return bool(_INSTRUCTIONS(root))


def line_of(element: etree._Element) -> int | None:
    """Return the line on which an element was read, counted from 1; None when it was made."""
    line: Any = element.sourceline  # the stubs are wrong about it
    return line if isinstance(line, int) else None


def exact_line(element: etree._Element, data: bytes) -> int | None:
    """Return the line on which `element` begins in `data`, also past line 65,535.

    `data` is what its document was read from. A document with a DOCTYPE raises ValueError.
    """
    line = line_of(element)
    if line is None or line < _LAST_COUNTED_LINE:
        return line
    position: Any = _POSITION(element)
    return _start_line(data, int(position))


def _start_line(data: bytes, wanted: int) -> int | None:
    """Return the line of the start tag with number `wanted` in the document, from 0."""
    reader = expat.ParserCreate()
    seen, line = 0, None

    def start(_name: str, _attributes: object) -> None:
        nonlocal seen, line
        if seen == wanted:
            line = reader.CurrentLineNumber
        seen += 1

    def refuse(*_: object) -> NoReturn:
        raise ValueError("DOCTYPE")

    reader.StartElementHandler = start
    reader.StartDoctypeDeclHandler = refuse
    reader.Parse(data, True)  # noqa: FBT003 -- expat takes it by position only
    return line
