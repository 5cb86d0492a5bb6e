"""Messages of the right kind pass; what only an attacker builds is refused, and cheaply."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel import xml
from gateway.kernel.errors import TooLarge
from gateway.soap import caps
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import Version, parse

MEGABYTE = 1024 * 1024
SECONDS = 2.0
"""Far more than 10 MB need on a slow machine, far less than a quadratic expression would take."""


def envelope(body: str, header: str = "", before: str = "") -> bytes:
    return (
        f'{before}<e:Envelope xmlns:e="{Version.SOAP11.value}"><e:Header>{header}</e:Header>'
        f"<e:Body>{body}</e:Body></e:Envelope>"
    ).encode()


def attributes(count: int, name: str = "a") -> str:
    return " ".join(f'{name}{number}="v"' for number in range(count))


def namespaces(count: int, start: int = 0) -> str:
    return " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(start, start + count))


def declaring(count: int) -> str:
    """So many declarations beside the one of the envelope, one an element."""
    return "".join(f"<b {namespaces(1, number)}/>" for number in range(count))


@pytest.mark.parametrize(
    "message",
    [
        envelope(f"<a {attributes(caps.MAX_ATTRIBUTES)}/>"),
        envelope(f"<a {namespaces(caps.MAX_NAMESPACES)}/>"),
        envelope("<a>" + '<b xmlns:same="urn:same"/>' * 5000 + "</a>"),
        envelope("<a>" + f"<b {namespaces(20)}/>" * 100 + "</a>"),
        envelope("<a>" + declaring(caps.MAX_DOCUMENT_NAMESPACES - 1) + "</a>"),
        envelope("<a>" + "text = text " * 5000 + "</a>"),
        envelope("<a>" + "QUJD" * 5000 + "==</a>"),
        envelope(f"<a> {'w' * 5000} = </a>"),
        envelope(f'<a v="{"w" * 5000}"/>'),
        envelope(f'<a v="{"w" * 5000} {"x" * 5000}" w="{attributes(100).replace(chr(34), "")}"/>'),
        envelope("<a>Что?! Да.</a>"),
        envelope("<a><![CDATA[<?inside a section?>]]></a>"),
        envelope("<a><!-- <?inside a comment?> --></a>"),
        envelope("<a>encodingStyle=</a>"),
        envelope("<a/>", before="<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"),
        envelope("<a/>", before='﻿<?xml version="1.0"?>'),
        envelope("<a/>", before="\r\n"),
        envelope("<a/>", header="<x/>" * caps.MAX_BLOCKS),
        envelope("<a>" + "<b/>" * 100_000 + "</a>"),
    ],
    ids=lambda message: message[:40].decode("utf-8", "replace") + f"… {len(message)}",
)
def test_unusual_but_legal_message_passes(message):
    assert parse(message, Version.SOAP11).payload.tag == "a"


@pytest.mark.parametrize(
    "message",
    [
        envelope(f"<a {attributes(caps.MAX_ATTRIBUTES + 1)}/>"),
        envelope(f"<a {namespaces(caps.MAX_NAMESPACES + 1)}/>"),
        envelope("<a>" + declaring(caps.MAX_DOCUMENT_NAMESPACES) + "</a>"),
        envelope(f'<a {"x" * 257}="v"/>'),
        envelope(f'<{"x" * 257}:a xmlns:{"x" * 257}="urn:x"/>'),
        envelope("<a><?pi in the payload?></a>"),
        envelope("<a/>", before="<?pi before the envelope?>"),
        envelope("<a/>") + b"<?pi after the envelope?>",
        envelope('<a e:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/>'),
        envelope("<a/>", before='<?xml version="1.1"?>'),
        envelope("<a/>", before='<?xml version="1.0" encoding="UTF-7"?>'),
        envelope("<a/>", before='<?xml version="1.0"' + " " * 300 + 'encoding="UTF-7"?>'),
        envelope("<a/>", before='<?xml version="1.0" encoding="windows-1251"?>'),
        envelope("<a/>").decode().encode("utf-16"),
        envelope("<a/>").decode().encode("utf-16-le"),
        envelope("<a/>", before='<?xml version="1.0"?>').decode().encode("utf-16-le"),
        envelope("<a/>").decode().encode("utf-32"),
        envelope("<a/>").decode().encode("cp037"),
        envelope("<a/>", before="<!DOCTYPE a>"),
        envelope("<a/>", before="<!-- --><!DOCTYPE a>"),
        envelope(f"<a><b {attributes(caps.MAX_ATTRIBUTES + 1)}/><c>QQ==</c></a>"),
        envelope(f"<a><c>QQ==</c><b {attributes(caps.MAX_ATTRIBUTES + 1)}/></a>"),
        envelope("<a e:encodingStyle='urn:x'><c>QUI=</c><c>QQ==</c></a>"),
        envelope("<a/>", header="<x>" * 65 + "</x>" * 65),
        envelope("<a/>", header=f"<{'x' * 257}/>"),
        envelope("<a/>", header="<x/>" * (caps.MAX_BLOCKS + 1)),
        b"",
        b" ",
        b"\0",
    ],
    ids=lambda message: f"{message[:60]!r}… {len(message)}",
)
def test_message_that_nobody_needs_is_refused(message):
    with pytest.raises(MalformedMessage):
        parse(message, Version.SOAP11)


def test_registry_of_fifty_thousand_full_lines_has_fewer_elements_than_the_cap():
    line = "<l>" + "<f>1</f>" * 9 + "</l>"
    assert not caps.look_at(envelope("<r>" + line * 50_000 + "</r>"))


def test_more_elements_than_any_registry_has_are_too_large():
    with pytest.raises(TooLarge):
        parse(envelope("<a>" + "<b/>" * (caps.MAX_ELEMENTS + 1) + "</a>"), Version.SOAP11)


def test_an_inline_file_is_not_looked_through():
    """What base64 ends with is no `=` of a tag."""
    message = envelope(f"<a><b>{'QUJD' * 1000}QQ==</b><b>QUI=</b></a>")
    assert message.rfind(b"=", 0, caps._before_padding(message)) < message.index(b"<a>")


def filled(unit: str, opening: str = "<a>", closing: str = "</a>") -> Callable[[], bytes]:
    return lambda: envelope(opening + unit * (10 * MEGABYTE // len(unit)) + closing)


@pytest.mark.parametrize(
    "message",
    [
        filled("="),
        filled(" "),
        filled(f" {'w' * 300}"),
        filled("w"),
        filled("x=' y=\""),
        filled(' xmlns="'),
        filled("<b x='"),
        filled(f"<b {attributes(33)}>"),
        filled(f"<b {attributes(20)} {namespaces(20)}/>"),
        filled("w", opening="<a ", closing='=""/>'),
        filled(" w", opening="<a ", closing='=""/>'),
        filled("= ", opening="<a ", closing="/>"),
        filled(" x=''", opening="<a ", closing="/>"),
        filled("<?p?>"),
        filled("\n", opening="<a \n", closing="xmlns=''/>"),
        filled("<b>=</b>"),
    ],
    ids=range(16),
)
def test_looking_at_ten_megabytes_takes_time_that_grows_only_with_their_number(message):
    octets = message()
    started = time.process_time()
    with suppress(MalformedMessage, TooLarge):
        caps.look_at(octets)
    assert time.process_time() - started < SECONDS


SPACE = st.sampled_from([" ", "\n", "\t ", "  "])
EQUALS = st.sampled_from(["=", " =", "= ", "\n=\n"])
VALUE = st.sampled_from(
    ["v", "", ">", "=", "a=b=c", "/>", " x=y ", "xmlns:f=x", "&lt;a b=1&gt;", "w" * 300]
)
NOISE = st.sampled_from(
    ["", "text", " = ", "<b>QQ==</b>", "<!-- <a b='c'> -->", "<![CDATA[<x y='z'>]]>", "?", "!"]
)


COUNTS = st.one_of(
    st.tuples(st.sampled_from([1, 31, 33, 63, 64, 65]), st.just(0), st.just(0)),
    st.tuples(st.just(0), st.just(32), st.sampled_from([0, 32, 64, 96, 97])),
    st.tuples(st.sampled_from([31, 32, 33]), st.sampled_from([31, 32, 33]), st.just(0)),
)
"""Attributes, declarations, number of the first declared prefix."""
HAND = st.tuples(SPACE, EQUALS, st.sampled_from("\"'"))


@st.composite
def tags(draw, hand: tuple[str, str, str]) -> str:
    """An element with some attributes and declarations, written as nobody writes them."""
    attributes, declarations, start = draw(COUNTS)
    names = [f"a{number}" for number in range(attributes)]
    names += [f"xmlns:n{number}" for number in range(start, start + declarations)]
    names += draw(st.sampled_from([[], [], [], ["x" * 256], ["x" * 257]]))
    space, equals, quote, value = hand[0], hand[1], hand[2], draw(VALUE)
    written = [
        f"{space}{name}{equals}{quote}{'urn:x' if ':' in name else value}{quote}" for name in names
    ]
    return f"<t{''.join(written)}>{draw(NOISE)}</t>"


def is_overgrown(message: bytes) -> bool:
    """Count on the tree what `look_at` counts in the bytes."""
    root = etree.fromstring(message, xml.make_parser())
    different, pending = set(), 0
    for event, found in etree.iterwalk(root, events=("start-ns", "start")):
        if event == "start-ns":
            different.add(found)
            pending += 1
            continue
        long = any(len(name) > caps.MAX_NAME_BYTES for name in found.attrib)
        if pending > caps.MAX_NAMESPACES or long:
            return True
        if len(found.attrib) + pending > caps.MAX_ATTRIBUTES:
            return True
        pending = 0
    return len(different) > caps.MAX_DOCUMENT_NAMESPACES


@given(HAND.flatmap(lambda hand: st.lists(tags(hand) | NOISE, max_size=8).map("".join)))
def test_bytes_are_counted_as_the_tree_would_count_them(inside):
    message = envelope(f"<a>{inside}</a>")
    try:
        caps.look_at(message)
    except MalformedMessage:
        assert is_overgrown(message)
    else:
        assert not is_overgrown(message)
