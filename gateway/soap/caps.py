"""What no message of ours is built like: refused before a parser or canonicalization pays for it.

`look_at` reads the bytes of every message and has to cost next to nothing. It rests on where
things can stand: attributes and namespace declarations lie before the last `=`, which in everyday
messages is in the first hundreds of bytes; an element takes four bytes, so that only megabytes can
hold too many. What looks suspicious is then counted exactly. The payload's own names and depth are
bounded by its schema, where nothing is open; `refuse_overgrown` does it for foreign header blocks.
"""

import re
from collections.abc import Iterator

from lxml import etree

from gateway.kernel import xml
from gateway.kernel.errors import Finding, TooLarge
from gateway.soap.errors import MalformedMessage

MAX_ELEMENTS = 600_000
"""A registry of 50,000 lines in a message has 500,000 and is legal; ten a line."""
MAX_BLOCKS = 64
"""Of the header."""
MAX_DEPTH = 64
MAX_ATTRIBUTES = 64
"""Of one element, namespace declarations among them."""
MAX_NAMESPACES = 32
"""Declared by one element."""
MAX_DOCUMENT_NAMESPACES = 128
"""Different declarations in a message; the same one may stand on every line of a registry."""
MAX_NAME_BYTES = 256

_SHORTEST_ELEMENT = len(b"<a/>")
_PROLOG = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*+
    (?:<\?xml\s++version\s*+=\s*+(?:"1\.0"|'1\.0')
        (?:\s++encoding\s*+=\s*+(?:"(?i:utf-?8)"|'(?i:utf-?8)'))?+
        (?:\s++standalone\s*+=\s*+(?:"(?:yes|no)"|'(?:yes|no)'))?+
        \s*+\?>\s*+)?+
    (?=<[^?\0])""",
    re.VERBOSE,
)
_TAG = re.compile(rb"""<[^\s<>"'=/!?][^\s<>"'=/]*+(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+""")
_ATTRIBUTE = re.compile(rb"""\s([^\s<>"'=/]++)\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')""")
_MANY_ASSIGNED = re.compile(rb"<[^<=]*+(?:=[^<=]*+){%d}" % (MAX_NAMESPACES + 1))
_LONG_WORD = re.compile(rb"""\s[^\s<>"'=/]{%d}""" % (MAX_NAME_BYTES + 1))
_DECLARED = re.compile(rb"""xmlns(?::[^\s<>"'=/]*+)?+\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')""")
_ENCODING_STYLE = b"encodingStyle"
_MOST_PADDED = 100
"""Texts that are passed over; who sends more of them has the rest looked through."""

_has_encoding_style = etree.XPath("boolean(//@*[local-name() = 'encodingStyle'])")
_is_deep = etree.XPath(f"boolean(self::*{'/*' * MAX_DEPTH})")
_has_long_name = etree.XPath(
    f"boolean(descendant-or-self::*[string-length(name()) > {MAX_NAME_BYTES}])"
)


def look_at(data: bytes) -> bool:
    """Look at the bytes of a message; raise MalformedMessage or TooLarge (SVC-00-12).

    Return whether `look_closer` has to look at the parsed document.
    """
    prolog = _PROLOG.match(data)
    if prolog is None:
        raise _refused(
            "Ожидается XML версии 1.0 в кодировке UTF-8.",
            'Начните сообщение с <?xml version="1.0"?> или сразу с конверта.',
        )
    start = prolog.end()
    if data.startswith(b"<!DOCTYPE", start):
        raise doctype()
    if len(data) > MAX_ELEMENTS * _SHORTEST_ELEMENT:
        _refuse_many_elements(data)
    head = data[: data.find(b"<", data.rfind(b"=", 0, _before_padding(data)))]
    _refuse_many_attributes(head)
    return data.find(b"?", start) >= 0 or _ENCODING_STYLE in head


def look_closer(data: bytes, root: etree._Element) -> None:
    """Look at a parsed document in which something suspicious stands."""
    if xml.has_instructions(data):
        raise _refused(
            "Инструкции обработки <?…?> в конверте запрещены.",
            "Уберите их: кроме объявления XML, SOAP в сообщении ничего такого не допускает.",
        )
    if _has_encoding_style(root):
        raise _refused(
            "Кодирование SOAP (encodingStyle) не применяется.",
            "Отправляйте document/literal, без атрибута encodingStyle.",
        )


def blocks_of(header: etree._Element) -> list[etree._Element]:
    """Return the header's blocks; refuse more of them than anybody sends."""
    if len(header) > MAX_BLOCKS:
        raise _refused(f"В заголовке больше {MAX_BLOCKS} блоков.")
    return list(header)


def refuse_overgrown(block: etree._Element) -> None:
    """Refuse a header block of somebody else's that no schema bounds."""
    if _is_deep(block):
        raise _refused(f"Блок заголовка вложен глубже {MAX_DEPTH} уровней.")
    if _has_long_name(block):
        raise _refused(f"Имя элемента длиннее {MAX_NAME_BYTES} знаков.")


def doctype() -> MalformedMessage:
    """Return the refusal of a document type declaration."""
    return _refused(
        "DOCTYPE в сообщении запрещён.", "Уберите объявление DOCTYPE и сущности: их нет в SOAP."
    )


def _before_padding(data: bytes) -> int:
    """Return before where the last `=` of a tag stands: base64 may end with one, too.

    A `=` right before a `<` is in no tag. Without this an inline file would be looked through and
    copied twice.
    """
    end = len(data)
    for _ in range(_MOST_PADDED):
        last = data.rfind(b"=", 0, end)
        if last < 1 or data[last + 1 : last + 2] != b"<":
            break
        end = last - (data[last - 1 : last] == b"=")
    return end


def _refuse_many_elements(data: bytes) -> None:
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS:
        raise TooLarge(f"В сообщении больше {MAX_ELEMENTS} элементов.")


def _refuse_many_attributes(head: bytes) -> None:
    """Count attributes, namespace declarations and the lengths of their names.

    `head` ends after the last tag with a `=`. No expression here goes back over what it has
    passed, so that the cost is linear whatever stands there.
    """
    pieces = head.split(b"=", MAX_NAMESPACES + 1)
    many = len(pieces) > MAX_NAMESPACES + 1
    if many:
        _refuse_many_namespaces(head)
        for tag in _tags_at(head, _MANY_ASSIGNED):
            _refuse_crowded(tag)
    if (many or max(map(len, pieces)) > MAX_NAME_BYTES) and _LONG_WORD.search(head):
        for tag in _tags_at(head, _LONG_WORD):
            _refuse_long_names(tag)


def _refuse_many_namespaces(head: bytes) -> None:
    if len(set(_DECLARED.findall(head))) > MAX_DOCUMENT_NAMESPACES:
        raise _refused(f"Пространств имён объявлено больше {MAX_DOCUMENT_NAMESPACES}.")


def _tags_at(head: bytes, suspicious: re.Pattern[bytes]) -> Iterator[bytes]:
    """Give the tags in which something suspicious stands; each is looked at once."""
    found = suspicious.search(head)
    while found is not None:
        tag = _TAG.match(head, head.rfind(b"<", 0, found.start() + 1))
        if tag is not None:
            yield tag[0]
        after = head.find(b"<", found.end())
        found = suspicious.search(head, after) if after >= 0 else None


def _refuse_crowded(tag: bytes) -> None:
    names = _ATTRIBUTE.findall(tag)
    if len(names) > MAX_ATTRIBUTES:
        raise _refused(f"У элемента больше {MAX_ATTRIBUTES} атрибутов.")
    if sum(name.startswith(b"xmlns") for name in names) > MAX_NAMESPACES:
        raise _refused(f"Элемент объявляет больше {MAX_NAMESPACES} пространств имён.")


def _refuse_long_names(tag: bytes) -> None:
    if any(len(name) > MAX_NAME_BYTES for name in _ATTRIBUTE.findall(tag)):
        raise _refused(f"Имя атрибута или префикс длиннее {MAX_NAME_BYTES} байт.")


def _refused(
    text: str, advice: str = "Постройте сообщение по опубликованному формату."
) -> MalformedMessage:
    return MalformedMessage(findings=(Finding(text, line=1, rule="soap-envelope", advice=advice),))
