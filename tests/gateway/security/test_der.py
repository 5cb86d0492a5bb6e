import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.security.der import is_der, tagged

OCTETS = st.binary(max_size=200)


@given(st.lists(OCTETS, max_size=4))
def test_what_is_built_as_der_is_der(pieces):
    strings = [tagged(0x04, piece) for piece in pieces]
    assert is_der(tagged(0x30, b"".join(strings)))
    assert is_der(tagged(0x31, b"".join(sorted(strings))))


@given(OCTETS, OCTETS)
def test_set_out_of_order_is_not_der(one, two):
    first, second = sorted((tagged(0x04, one), tagged(0x04, two)))
    assert is_der(tagged(0x31, second + first)) is (first == second)


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x04",
        b"\x04\x01",
        b"\x04\x01ab",
        b"\x04\x81\x01a",  # the short form would do
        b"\x04\x82\x00\x80" + bytes(128),  # one octet of length would do
        b"\x30\x80\x00\x00",  # indefinite
        b"\x24\x03\x04\x01a",  # a string in pieces
        b"\x1f\x81\x01\x00",  # a tag of several octets
        b"\x30\x03\x04\x02a",  # an element longer than what holds it
    ],
    ids=lambda octets: octets[:4].hex(),
)
def test_other_encodings_are_not_der(octets):
    assert not is_der(octets)


@given(OCTETS)
def test_any_octets_get_an_answer(octets):
    assert is_der(octets) in {True, False}
