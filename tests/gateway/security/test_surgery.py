"""A law: whatever is moved, copied, renamed or cut in a signed message, nobody believes it."""

from copy import deepcopy

from envelopes import BOTH_VERSIONS, Message, signed, verify
from hypothesis import given
from hypothesis import strategies as st
from identities import Identity
from lxml import etree

from gateway.kernel.errors import GatewayError
from gateway.security.document import WSU_ID

ID_NAMES = [WSU_ID, "Id", "ID", "id"]


def move(data: st.DataObject, root: etree._Element, one: etree._Element) -> None:
    """Put an element somewhere else, but not into itself."""
    inside = set(one.iter())
    places = [element for element in root.iter() if element not in inside]
    place = data.draw(st.sampled_from(places))
    place.insert(data.draw(st.integers(0, len(place))), one)


def copy(data: st.DataObject, root: etree._Element, one: etree._Element) -> None:
    place = data.draw(st.sampled_from(list(root.iter())))
    place.insert(data.draw(st.integers(0, len(place))), deepcopy(one))


def cut(_: st.DataObject, __: etree._Element, one: etree._Element) -> None:
    one.getparent().remove(one)


def rename(data: st.DataObject, root: etree._Element, one: etree._Element) -> None:
    one.tag = data.draw(st.sampled_from(sorted({element.tag for element in root.iter()})))


def identify(data: st.DataObject, root: etree._Element, one: etree._Element) -> None:
    ids = {value for element in root.iter() for n, value in element.attrib.items() if n in ID_NAMES}
    value = data.draw(st.sampled_from(sorted({"other", *ids})))
    one.set(data.draw(st.sampled_from(ID_NAMES)), value)


def rewrite(data: st.DataObject, _: etree._Element, one: etree._Element) -> None:
    one.text = data.draw(st.sampled_from(["", "900.00", "MALLORY"]))


OPERATIONS = [move, copy, cut, rename, identify, rewrite]


@given(data=st.data(), version=st.sampled_from(BOTH_VERSIONS))
def test_no_surgery_makes_anything_else_believed(ec: Identity, data, version):
    message: Message = signed(ec, version)
    truth = verify(message.octets(), version)
    for _ in range(data.draw(st.integers(1, 4))):
        others = list(message.root.iter())[1:]
        if not others:
            break
        operation = data.draw(st.sampled_from(OPERATIONS))
        operation(data, message.root, data.draw(st.sampled_from(others)))
    try:
        believed = verify(message.octets(), version)
    except GatewayError:
        return
    assert (believed.body, believed.message_header) == (truth.body, truth.message_header)
