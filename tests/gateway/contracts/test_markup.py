"""Markup that no schema of a contract describes keeps its meaning wherever it is put."""

from lxml import etree

from gateway.contracts.markup import Markup
from gateway.kernel.xml import make_parser

MESSAGE = b"""<m:Submit xmlns:m="urn:example:m" xmlns:q="urn:example:q" xmlns:idle="urn:example:u">
  <m:formData>
    <f:Form xmlns:f="urn:example:f" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <!-- said to nobody -->
      <name>\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd</name>
      <f:kind xsi:type="q:Kind">1</f:kind>
    </f:Form>
  </m:formData>
</m:Submit>"""


def form():
    return etree.fromstring(MESSAGE, make_parser())[0][0]


def test_part_without_a_namespace_stays_without_one_under_another_default():
    around = f'<other xmlns="urn:example:other">{Markup.of(form())}</other>'

    [put] = etree.fromstring(around)

    assert [part.tag for part in put] == ["name", "{urn:example:f}kind"]


def test_prefix_that_only_a_value_speaks_of_is_declared_and_an_idle_one_is_not():
    taken = Markup.of(form())

    assert 'xmlns:q="urn:example:q"' in taken
    assert "idle" not in taken


def test_markup_of_the_same_meaning_is_the_same_text():
    taken = Markup.of(form())

    assert Markup.of(taken.element()) == taken


def test_it_is_read_again_on_its_own_lines():
    read = Markup.of(form()).element()

    assert [part.sourceline for part in read.iter()] == [3, 5, 6]


def test_markup_of_no_message_begins_on_the_first_line():
    assert Markup("<a/>").element().sourceline == 1
