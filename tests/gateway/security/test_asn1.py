import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.security import asn1


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param("", id="nothing"),
        pytest.param("30", id="no length"),
        pytest.param("3003020101ff", id="trailing"),
        pytest.param("3080020101 0000", id="indefinite length"),
        pytest.param("308103020101", id="length not shortest"),
        pytest.param("30820003020101", id="length with a leading zero"),
        pytest.param("3004020101", id="longer than there is"),
        pytest.param("1f810101 00", id="tag of many octets"),
        pytest.param("30850000000003020101", id="length of five octets"),
    ],
)
def test_what_is_not_der_is_refused(octets):
    with pytest.raises(asn1.NotDer):
        asn1.read(bytes.fromhex(octets))


@pytest.mark.parametrize(
    ("octets", "dotted"),
    [
        ("06052a85036481", None),
        ("0605 2a85036403", "1.2.643.100.3"),
        ("0608 2a85030701010302", "1.2.643.7.1.1.3.2"),
        ("0603 883703", "2.999.3"),
    ],
)
def test_object_identifiers_are_told_in_dots(octets, dotted):
    value = asn1.read(bytes.fromhex(octets))
    if dotted is None:
        with pytest.raises(asn1.NotDer):
            _ = value.dotted
    else:
        assert value.dotted == dotted


@pytest.mark.parametrize(
    ("tag", "encoding"), [(0x0C, "utf-8"), (0x1E, "utf-16-be"), (0x1C, "utf-32-be")]
)
def test_names_of_every_spelling_are_read(tag, encoding):
    content = "Банк".encode(encoding)

    assert asn1.read(bytes([tag, len(content)]) + content).text == "Банк"


def test_a_bit_string_is_not_text():
    with pytest.raises(asn1.NotDer):
        _ = asn1.read(bytes.fromhex("030200ff")).text


@given(st.binary(max_size=64))
def test_whatever_is_read_was_written_in_one_way(octets):
    """Nothing but NotDer comes out, and what is read is all that was given."""
    try:
        value = asn1.read(octets)
    except asn1.NotDer:
        return
    assert value.encoded == octets
    assert octets.endswith(value.content)


@given(st.integers(-(2**80), 2**80))
def test_integers_come_back(number):
    content = number.to_bytes((number.bit_length() + 8) // 8, signed=True)

    assert asn1.read(bytes([asn1.INTEGER, len(content)]) + content).integer == number
