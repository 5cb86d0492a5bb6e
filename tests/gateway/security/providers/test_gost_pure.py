from dataclasses import replace

import pytest
from asn1crypto import core, pem
from hypothesis import given, settings
from hypothesis import strategies as st
from known_gost import SIGNATURES, scheme_of

from gateway.security.algorithms import Hash, KeyKind
from gateway.security.provider import KeyUnusable
from gateway.security.providers import gost_arithmetic, gost_keys
from gateway.security.providers.gost_keys import PrivateNumbers, PublicNumbers
from gateway.security.providers.gost_parameters import BY_NAME, PARAMETER_SETS
from gateway.security.providers.gost_pure import PureGost

GOST = PureGost()
KNOWN = {known.private.parameters.name: known for known in SIGNATURES}
each_known = pytest.mark.parametrize(
    "known", SIGNATURES, ids=lambda known: known.private.parameters.name
)
each_set = pytest.mark.parametrize("parameters", PARAMETER_SETS, ids=lambda one: one.name)


def test_every_parameter_set_has_a_known_answer():
    assert {known.private.parameters for known in SIGNATURES} == set(PARAMETER_SETS)


@each_known
def test_known_signature_is_verified(known):
    key = GOST.public_key(known.public_key_info)
    assert key.verify(known.scheme, known.message, known.value)


@each_known
def test_public_half_of_a_known_private_key_is_the_known_one(known):
    key = GOST.signing_key(gost_keys.write_private(known.private))
    assert key.public_key_info == known.public_key_info


@each_known
def test_what_the_private_key_signs_the_public_key_verifies(known):
    private = GOST.signing_key(gost_keys.write_private(known.private))
    value = private.sign(known.scheme, b"octets")
    assert GOST.public_key(known.public_key_info).verify(known.scheme, b"octets", value)


@each_known
def test_halves_in_the_other_order_are_no_signature(known):
    half = len(known.value) // 2
    swapped = known.value[half:] + known.value[:half]
    assert not GOST.public_key(known.public_key_info).verify(known.scheme, known.message, swapped)


@settings(max_examples=20)
@given(st.sampled_from(["CryptoPro-A", "tc26-256-A"]), st.data())
def test_flipped_bit_of_a_signature_is_refused(name, data):
    known = KNOWN[name]
    place = data.draw(st.integers(0, 8 * len(known.value) - 1))
    value = bytearray(known.value)
    value[place // 8] ^= 1 << place % 8
    key = GOST.public_key(known.public_key_info)
    assert not key.verify(known.scheme, known.message, bytes(value))


@pytest.mark.parametrize("value", [b"", bytes(64), bytes(63), b"\xff" * 64, bytes(128)])
def test_what_cannot_be_a_signature_is_refused_in_silence(value):
    known = KNOWN["CryptoPro-A"]
    key = GOST.public_key(known.public_key_info)
    assert not key.verify(known.scheme, known.message, value)


@each_set
def test_order_of_the_generator_is_the_published_one(parameters):
    curve = parameters.curve
    assert gost_arithmetic.is_key(curve, (curve.x, curve.y))
    x, y = gost_arithmetic.public_point(curve, curve.q - 1)
    assert (x, y) == (curve.x, curve.p - curve.y)


@each_set
def test_made_key_is_read_again(parameters):
    key = GOST.generate_on(parameters)
    assert GOST.signing_key(key.pem).public_key_info == key.public_key_info
    public = GOST.public_key(key.public_key_info)
    assert (public.kind, public.bits) == (parameters.kind, parameters.curve.bits)


@pytest.mark.parametrize("kind", [KeyKind.GOST_256, KeyKind.GOST_512])
def test_new_key_signs(kind):
    key = GOST.generate(kind)
    value = key.sign(scheme_of(kind), b"octets")
    assert GOST.public_key(key.public_key_info).verify(scheme_of(kind), b"octets", value)


def test_makes_no_keys_of_other_families():
    with pytest.raises(KeyUnusable):
        GOST.generate(KeyKind.RSA)


def test_signature_uses_the_given_randomness_and_never_zero():
    asked = []

    def lowest(bound):
        asked.append(bound)
        return 0

    key = PureGost(lowest).signing_key(gost_keys.write_private(KNOWN["CryptoPro-A"].private))
    value = key.sign(scheme_of(KeyKind.GOST_256), b"octets")
    curve = BY_NAME["CryptoPro-A"].curve
    assert asked == [curve.q - 1]
    assert int.from_bytes(value[32:], "big") == curve.x  # k = 1 gives the generator itself


def wrapped(known, inner):
    """Put a private key's octets into PKCS #8 as other programs do."""
    _, _, octets = pem.unarmor(gost_keys.write_private(known.private))
    info = core.Sequence.load(octets)
    return pem.armor(
        "PRIVATE KEY",
        core.SequenceOf(
            [core.Any(info[0]), core.Any(info[1]), core.Any(core.OctetString(inner))],
            spec=core.Any,
        ).dump(),
    )


@pytest.mark.parametrize("form", ["octet string", "integer"])
def test_other_forms_of_a_private_key_are_read(form):
    known = KNOWN["CryptoPro-A"]
    number = known.private.number
    inner = {
        "octet string": core.OctetString(number.to_bytes(32, "little")).dump(),
        "integer": core.Integer(number).dump(),
    }[form]
    assert GOST.signing_key(wrapped(known, inner)).public_key_info == known.public_key_info


@pytest.mark.parametrize("inner", [bytes(32), b"\xff" * 32, bytes(7), core.Null().dump()])
def test_private_key_out_of_range_or_masked_is_refused(inner):
    with pytest.raises(KeyUnusable):
        GOST.signing_key(wrapped(KNOWN["CryptoPro-A"], inner))


def test_encrypted_private_key_is_refused_with_a_word():
    text = pem.armor("ENCRYPTED PRIVATE KEY", b"\x30\x00")
    with pytest.raises(KeyUnusable, match="encrypted"):
        GOST.signing_key(text, b"secret")


def test_password_for_a_key_that_is_not_encrypted_is_refused():
    key = GOST.generate(KeyKind.GOST_256)
    with pytest.raises(KeyUnusable, match="not encrypted"):
        GOST.signing_key(key.pem, b"secret")


@pytest.mark.parametrize("text", [b"", b"-----BEGIN PRIVATE KEY-----", b"\x00" * 40])
def test_text_without_a_private_key_is_refused(text):
    with pytest.raises(KeyUnusable):
        GOST.signing_key(text)


def test_public_key_off_the_curve_is_refused():
    known = KNOWN["CryptoPro-A"]
    octets = bytearray(known.public_key_info)
    octets[-1] ^= 1
    with pytest.raises(KeyUnusable, match="not on the curve"):
        GOST.public_key(bytes(octets))


def test_public_key_of_tiny_order_is_refused():
    # The Edwards-shaped curve has points of order 2: y = 0, x a root of x^3 + ax + b.
    parameters = BY_NAME["tc26-256-A"]
    root = point_of_order_two(parameters.curve)
    info = gost_keys.write_public(PublicNumbers(parameters, (root, 0)))
    with pytest.raises(KeyUnusable):
        GOST.public_key(info)


def point_of_order_two(curve):
    """Return the x for which doubling a point of order 4 q' ends: q times any point."""
    x = 2
    while True:
        square = (x**3 + curve.a * x + curve.b) % curve.p
        y = pow(square, (curve.p + 1) // 4, curve.p)
        if y * y % curve.p == square:
            point = gost_arithmetic._multiply(curve, curve.q, (x, y))
            while point[2]:
                last, point = point, gost_arithmetic._double(curve, point)
                if not point[2]:
                    return gost_arithmetic._affine(curve, last)[0]
        x += 1


@given(st.data())
def test_damaged_public_key_is_unusable_or_another_key(data):
    info = bytearray(KNOWN["tc26-256-B"].public_key_info)
    place = data.draw(st.integers(0, len(info) - 1))
    info[place] ^= data.draw(st.integers(1, 255))
    try:
        key = GOST.public_key(bytes(info))
    except KeyUnusable:
        return
    known = KNOWN["tc26-256-B"]
    assert not key.verify(known.scheme, known.message, known.value)


def test_key_of_one_size_with_the_curve_of_the_other_is_refused():
    known = KNOWN["tc26-256-B"]
    other = replace(BY_NAME["tc26-512-A"], kind=KeyKind.GOST_256)
    info = gost_keys.write_public(
        PublicNumbers(other, gost_arithmetic.public_point(other.curve, known.private.number))
    )
    with pytest.raises(KeyUnusable):
        GOST.public_key(info)


def test_private_numbers_know_their_public_half():
    numbers = PrivateNumbers(BY_NAME["CryptoPro-A"], 1)
    assert numbers.public().point == (numbers.parameters.curve.x, numbers.parameters.curve.y)


def test_provider_digests_at_once_and_by_pieces_alike():
    digester = GOST.digester(Hash.STREEBOG512)
    digester.update(b"oct")
    digester.update(b"ets")
    assert digester.digest() == GOST.digest(Hash.STREEBOG512, b"octets")
