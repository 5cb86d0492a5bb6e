import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel import xml
from gateway.security import exclusive
from gateway.security.canonical import NotCanonical, canonical

PREFIXES = ("", "a", "b", "c")
URIS = ("urn:1", "urn:2", "urn:3")
TEXT = st.text(st.sampled_from("xж&<>\"'\r\n\t ]"), max_size=6).map(
    lambda text: "".join(f"&#{ord(one)};" for one in text)
)


@st.composite
def documents(draw, depth=0, scope=None):
    """Elements with declarations that are repeated, hidden, undone and never used."""
    scope = dict(scope or {})
    declared = draw(st.dictionaries(st.sampled_from(PREFIXES), st.sampled_from(URIS), max_size=3))
    if draw(st.booleans()) and scope.get(""):
        declared[""] = ""
    scope.update(declared)
    known = sorted(prefix for prefix in scope if prefix)
    prefix = draw(st.sampled_from(["", *known]))
    name = f"{prefix}:e" if prefix else "e"
    declarations = "".join(
        f' xmlns{":" + one if one else ""}="{uri}"' for one, uri in declared.items()
    )
    attributes, taken = "", set()
    for one in draw(st.lists(st.sampled_from(["", *known]), max_size=3, unique=True)):
        uri = scope[one] if one else ""
        if uri not in taken:
            taken.add(uri)
            attributes += f' {one + ":" if one else ""}n="{draw(TEXT)}"'
    inner = draw(TEXT)
    if depth < 3:
        for _ in range(draw(st.integers(0, 2))):
            inner += draw(documents(depth + 1, scope)) + draw(TEXT)
    return f"<{name}{declarations}{attributes}>{inner}</{name}>"


@given(documents(), st.sets(st.sampled_from(["a", "b", "c"])), st.data())
def test_python_and_libxml2_make_the_same_of_every_element(text, prefixes, data):
    root = etree.fromstring(text.encode(), xml.parser())
    element = data.draw(st.sampled_from(list(root.iter())))
    listed = sorted(prefixes)
    assert exclusive.canonical(element, listed) == canonical(element, listed)


@given(documents(), st.data())
def test_canonical_form_is_its_own_canonical_form(text, data):
    root = etree.fromstring(text.encode(), xml.parser())
    octets = canonical(data.draw(st.sampled_from(list(root.iter()))))
    assert canonical(etree.fromstring(octets, xml.parser())) == octets


NESTED = b'<a xmlns="urn:d" xmlns:p="urn:p"><p:b><p:c/></p:b></a>'


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        ((), b'<p:b xmlns:p="urn:p"><p:c></p:c></p:b>'),
        (("#default",), b'<p:b xmlns="urn:d" xmlns:p="urn:p"><p:c></p:c></p:b>'),
        (("#default", "p"), b'<p:b xmlns="urn:d" xmlns:p="urn:p"><p:c></p:c></p:b>'),
    ],
)
def test_default_namespace_is_kept_when_the_prefix_list_says_so(prefixes, expected):
    root = etree.fromstring(NESTED, xml.parser())
    assert canonical(root[0], prefixes) == expected


def test_default_prefix_without_a_default_namespace_changes_nothing():
    root = etree.fromstring(b'<p:a xmlns:p="urn:p"><b><p:c/></b></p:a>', xml.parser())
    assert canonical(root[0], ("#default",)) == canonical(root[0])


def test_a_default_namespace_undone_inside_is_undone_in_the_form():
    root = etree.fromstring(b'<a xmlns="urn:d"><b xmlns=""><c/></b></a>', xml.parser())
    expected = b'<a xmlns="urn:d"><b xmlns=""><c></c></b></a>'
    assert canonical(root, ("#default",)) == canonical(root) == expected


@pytest.mark.parametrize("prefixes", [(), ("#default",)])
@pytest.mark.parametrize(
    "text",
    [
        b'<a xmlns="relative"/>',
        b'<a xmlns:p="relative"/>',
        b'<a xmlns:p="./"><b/></a>',
        b'<a><b xmlns:p="1"><p:c/></b></a>',
    ],
)
def test_an_element_with_a_relative_namespace_has_no_form_rather_than_an_empty_one(text, prefixes):
    for element in etree.fromstring(text, xml.parser()).iter():
        with pytest.raises(NotCanonical):
            canonical(element, prefixes)


def test_comments_are_no_part_of_the_form():
    with_comments = etree.fromstring(b"<a>1<!-- c -->2<b/></a>", xml.make_parser(comments=True))
    assert canonical(with_comments) == b"<a>12<b></b></a>"
    assert exclusive.canonical(with_comments, ["#default"]) == b"<a>12<b></b></a>"


@pytest.mark.parametrize(
    "text",
    [
        b'<a xmlns="urn:1&amp;2"/>',
        b'<a xmlns="urn:1" xmlns:p="urn:1&amp;lt;"><p:b/></a>',
        b'<a><p:b c=">" xmlns:p="urn:&amp;"/></a>',
    ],
)
def test_an_ampersand_in_a_namespace_leaves_no_form_that_can_be_read(text):
    with pytest.raises(NotCanonical):
        canonical(etree.fromstring(text, xml.parser()))


@pytest.mark.parametrize(
    "text", [b"<a b='&amp; xmlns=\"&amp;'/>", b'<a>b xmlns="&lt;&amp;" </a>', b"<a>&amp;</a>"]
)
def test_an_ampersand_elsewhere_is_escaped(text):
    root = etree.fromstring(text, xml.parser())
    again = etree.fromstring(canonical(root), xml.parser())
    assert (again.text, again.attrib) == (root.text, root.attrib)
