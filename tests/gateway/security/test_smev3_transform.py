"""The answers in smev3_transform.json are those of the published reference on Woodstox."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel import xml
from gateway.security.algorithms import Hash
from gateway.security.providers.gost_pure import PureGost
from gateway.security.smev3_transform import Greater, Untransformable, spellings, transform

KNOWN = json.loads((Path(__file__).parent / "smev3_transform.json").read_text("utf-8"))
ACCEPTED = [one for one in KNOWN if one["octets"] is not None]
REFUSED = [one for one in KNOWN if one["octets"] is None]


def parse(message: str) -> etree._Element:
    parser = xml.make_parser(comments=True, instructions=True)
    return etree.fromstring(message.encode(), parser)


@pytest.mark.parametrize("known", ACCEPTED, ids=lambda known: known["name"])
def test_element_gives_the_octets_of_the_reference(known):
    octets = transform(parse(known["message"]))
    assert octets.decode() == known["octets"]
    assert PureGost().digest(Hash.STREEBOG256, octets).hex() == known["streebog256"]


@pytest.mark.parametrize("known", REFUSED, ids=lambda known: known["name"])
def test_what_the_reference_cannot_carry_or_drops_is_refused(known):
    with pytest.raises(Untransformable):
        transform(parse(known["message"]))


def test_all_answers_are_tried():
    assert (len(ACCEPTED), len(REFUSED)) == (28, 4)


def test_entity_reference_is_refused():
    document = parse('<!DOCTYPE a [<!ENTITY e "x">]><a xmlns="urn:u">b&e;</a>')
    with pytest.raises(Untransformable):
        transform(document)


def test_element_is_taken_without_what_stands_around_it():
    document = parse('<r xmlns="urn:r" xmlns:u="urn:u">before<u:a>in</u:a>after</r>')
    assert transform(document[0]) == b'<ns1:a xmlns:ns1="urn:u">in</ns1:a>'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (">>b", "&gt;>b"),
        ("]>>", "]&gt;>"),
        ("<>", "&lt;>"),
        ("0123456789<>", "0123456789&lt;&gt;"),
        ("0123456789<>>>", "0123456789&lt;&gt;&gt;&gt;"),
        (">>0123456789>", "&gt;&gt;0123456789>"),
        ("0123456789]>>", "0123456789]&gt;&gt;"),
        ("0123456789\r>", "0123456789&#xd;&gt;"),
        ("x" * 511 + "]" + ">", "x" * 511 + "]" + "&gt;"),
        ("x" * 513 + ">", "x" * 513 + ">"),
        ("😀" * 5 + "<>", "😀" * 5 + "&lt;&gt;"),  # twelve units of UTF-16
        ("x" * 511 + "😀>", "x" * 511 + "😀>"),  # the pair is cut, no > begins a chunk
        ("x" * 510 + "😀>", "x" * 510 + "😀&gt;"),
    ],
)
def test_greater_sign_is_escaped_where_woodstox_does(text, written):
    element = etree.Element("{urn:u}a")
    element.text = text
    assert transform(element).decode() == f'<ns1:a xmlns:ns1="urn:u">{written}</ns1:a>'


def test_other_senders_escape_every_greater_sign():
    element = parse('<a xmlns="urn:u" v="x&gt;">a&gt;b</a>')
    assert list(spellings(element)) == [
        b'<ns1:a xmlns:ns1="urn:u" v="x>">a>b</ns1:a>',
        b'<ns1:a xmlns:ns1="urn:u" v="x>">a&gt;b</ns1:a>',
    ]


def test_without_greater_signs_there_is_one_spelling():
    assert len(list(spellings(parse('<a xmlns="urn:u">a&amp;b</a>')))) == 1


URIS = ["urn:a", "urn:b", "http://c/?x=1&y=2"]
WORD = st.sampled_from(["x", " y ", ">", "]>", "я", "😀", "a&b", "<", "1" * 14 + ">"])
NAME = st.tuples(st.sampled_from(URIS), st.sampled_from(["p", "q", "R"]))


@st.composite
def elements(draw, depth: int = 3) -> etree._Element:
    uri, local = draw(NAME)
    element = etree.Element(f"{{{uri}}}{local}")
    for (uri, local), value in draw(st.dictionaries(NAME, WORD, max_size=2)).items():
        element.set(f"{{{uri}}}{local}", value)
    for local, value in draw(
        st.dictionaries(st.sampled_from(["b", "B", "z"]), WORD, max_size=2)
    ).items():
        element.set(local, value)
    children = draw(st.integers(0, 2)) if depth else 0
    if not children:
        element.text = draw(WORD)
    for _ in range(children):
        element.append(draw(elements(depth - 1)))
    return element


@given(elements())
def test_transformed_octets_say_the_same_and_are_transformed_into_themselves(element):
    for greater in Greater:
        octets = transform(element, greater)
        again = etree.fromstring(octets, xml.parser())
        assert transform(again, greater) == octets
        assert told(again) == told(element)


def told(element: etree._Element) -> list[object]:
    """What a reader sees, prefixes aside."""
    return [(one.tag, sorted(one.attrib.items()), one.text) for one in element.iter()]


@given(elements())
def test_indentation_and_other_prefixes_do_not_matter(element):
    octets = transform(element)
    around = etree.Element("around", nsmap={"zz": URIS[0], "yy": URIS[1]})
    around.append(element)
    etree.indent(around)
    again = etree.fromstring(etree.tostring(around), xml.parser())
    assert transform(again[0]) == octets


@given(elements(), st.data())
def test_any_changed_value_changes_the_octets(element, data):
    octets = transform(element)
    one = data.draw(st.sampled_from(list(element.iter())))
    if one.attrib and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(one.attrib)))
        one.set(name, one.get(name) + "!")
    elif one.text and one.text.strip():
        one.text = "!" + one.text
    else:
        one.tag = one.tag + "1"
    assert octets not in spellings(element)


def test_nesting_of_any_depth_needs_no_recursion():
    depth = 200
    element = parse('<a xmlns="urn:u">' * depth + "</a>" * depth)
    assert transform(element).count(b"<ns1:a") == depth
