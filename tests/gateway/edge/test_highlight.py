"""Colours never change the text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gateway.edge.highlight import highlight_xml

FRAGMENTS = st.lists(
    st.sampled_from(
        ["<a>", "</a>", "<b c='1'", '<m:x y="2&amp;"/>', "<!-- ", "-->", "<?xml ", "?>", "<script>"]
    )
    | st.text("абв<>&\"'=/ \n", max_size=5)
).map("".join)


@given(FRAGMENTS)
def test_text_of_the_markup_is_the_text_that_was_given(text):
    shown = html.fromstring(f"<div>{highlight_xml(text)}</div>")

    assert shown.text_content() == text


@given(FRAGMENTS)
def test_markup_has_only_spans_of_its_own(text):
    shown = html.fromstring(f"<div>{highlight_xml(text)}</div>")

    assert {element.tag for element in shown.iterdescendants()} <= {"span"}


def test_names_and_values_are_told_apart():
    assert highlight_xml('<m:a b="1">x</m:a>') == (
        '&lt;<span class="t">m:a</span> <span class="a">b</span>='
        '<span class="v">&#34;1&#34;</span>&gt;x&lt;/<span class="t">m:a</span>&gt;'
    )
