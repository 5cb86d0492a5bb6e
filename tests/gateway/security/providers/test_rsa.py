import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.provider import CryptoProvider, KeyUnusable, Providers
from gateway.security.providers.rsa import RsaProvider

PROVIDER = RsaProvider()
STRONG = [s for s in Scheme if s in PROVIDER.schemes and s.hash is not Hash.SHA1]
KEYS = {kind: PROVIDER.generate(kind) for kind in (KeyKind.RSA, KeyKind.EC)}
OTHER = {kind: PROVIDER.generate(kind) for kind in (KeyKind.RSA, KeyKind.EC)}

P256_BY_ITS_NUMBERS = bytes.fromhex(
    "3082014b3082010306072a8648ce3d02013081f7020101302c06072a8648ce3d0101022100ffffff"
    "ff00000001000000000000000000000000ffffffffffffffffffffffff305b0420ffffffff000000"
    "01000000000000000000000000fffffffffffffffffffffffc04205ac635d8aa3a93e7b3ebbd5576"
    "9886bc651d06b0cc53b0f63bce3c3e27d2604b031500c49d360886e704936a6678e1139d26b7819f"
    "7e900441046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342"
    "e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5022100ffffffff00000000"
    "ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020101034200"
)


def info_of(public) -> bytes:
    return public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def pem_of(private, password: bytes | None = None) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption(),
    )


def test_it_is_a_provider_and_takes_its_schemes():
    provider: CryptoProvider = PROVIDER
    assert set(Providers.of([provider]).by_scheme) == set(PROVIDER.schemes)


@pytest.mark.parametrize("scheme", STRONG, ids=lambda scheme: scheme.name)
@given(st.binary(max_size=40))
def test_what_a_key_signs_its_public_half_verifies_and_no_other(scheme, octets):
    value = KEYS[scheme.kind].sign(scheme, octets)
    public = PROVIDER.public_key(KEYS[scheme.kind].public_key_info)
    stranger = PROVIDER.public_key(OTHER[scheme.kind].public_key_info)
    assert public.verify(scheme, octets, value)
    assert not public.verify(scheme, octets + b"x", value)
    assert not stranger.verify(scheme, octets, value)


@pytest.mark.parametrize("scheme", STRONG, ids=lambda scheme: scheme.name)
@given(st.data())
def test_a_changed_value_verifies_nothing(scheme, data):
    value = bytearray(KEYS[scheme.kind].sign(scheme, b"octets"))
    place = data.draw(st.integers(0, len(value) - 1))
    value[place] ^= data.draw(st.integers(1, 255))
    public = PROVIDER.public_key(KEYS[scheme.kind].public_key_info)
    assert not public.verify(scheme, b"octets", bytes(value))


@pytest.mark.parametrize("kind", list(KEYS), ids=lambda kind: kind.name)
@pytest.mark.parametrize("value", [b"", b"\x00", b"\x00" * 64, b"\x00" * 256, b"\xff" * 256])
def test_odd_values_are_refused_and_break_nothing(kind, value):
    public = PROVIDER.public_key(KEYS[kind].public_key_info)
    scheme = next(s for s in STRONG if s.kind is kind)
    assert not public.verify(scheme, b"octets", value)


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_an_ec_value_is_two_numbers_of_the_curves_width(curve):
    key = PROVIDER.signing_key(pem_of(ec.generate_private_key(curve)))
    value = key.sign(Scheme.ECDSA_SHA256, b"octets")
    public = PROVIDER.public_key(key.public_key_info)
    assert len(value) == 2 * ((curve.key_size + 7) // 8)
    assert public.bits == curve.key_size
    assert public.verify(Scheme.ECDSA_SHA256, b"octets", value)
    assert not public.verify(Scheme.ECDSA_SHA256, b"octets", b"\x00" + value)
    assert not public.verify(Scheme.ECDSA_SHA256, b"octets", value[:-1])


def test_an_ec_value_in_der_is_not_taken():
    private = ec.generate_private_key(ec.SECP256R1())
    public = PROVIDER.public_key(info_of(private.public_key()))
    assert not public.verify(
        Scheme.ECDSA_SHA256, b"octets", private.sign(b"octets", ec.ECDSA(hashes.SHA256()))
    )


def test_rsa_signs_by_pkcs1_and_not_by_pss():
    private = rsa.generate_private_key(65537, 2048)
    public = PROVIDER.public_key(info_of(private.public_key()))
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    assert not public.verify(Scheme.RSA_SHA256, b"o", private.sign(b"o", pss, hashes.SHA256()))


def test_a_digest_is_the_same_at_once_and_in_pieces():
    for algorithm in PROVIDER.hashes:
        digester = PROVIDER.digester(algorithm)
        digester.update(b"oct")
        digester.update(b"ets")
        assert digester.digest() == PROVIDER.digest(algorithm, b"octets")


def test_a_signing_key_is_read_with_its_password():
    private = ec.generate_private_key(ec.SECP256R1())
    key = PROVIDER.signing_key(pem_of(private, b"secret"), b"secret")
    assert key.kind is KeyKind.EC
    assert key.public_key_info == info_of(private.public_key())


@pytest.mark.parametrize("pem", [b"", b"no key", pem_of(ec.generate_private_key(ec.SECP256K1()))])
def test_what_is_no_usable_private_key_is_refused(pem):
    with pytest.raises(KeyUnusable):
        PROVIDER.signing_key(pem)


def test_a_protected_key_without_password_is_refused():
    with pytest.raises(KeyUnusable):
        PROVIDER.signing_key(pem_of(ec.generate_private_key(ec.SECP256R1()), b"secret"))


def test_it_makes_no_keys_of_gost():
    with pytest.raises(KeyUnusable):
        PROVIDER.generate(KeyKind.GOST_256)


def public_numbers(exponent: int, bits: int) -> bytes:
    """A public key of any size: its modulus is odd and nothing more is known of it."""
    modulus = (1 << (bits - 1)) | 1
    return info_of(rsa.RSAPublicNumbers(exponent, modulus).public_key())


def test_a_modulus_of_8192_bits_is_taken():
    assert PROVIDER.public_key(public_numbers(65537, 8192)).bits == 8192


@pytest.mark.parametrize(
    ("exponent", "bits"),
    [(65537, 8200), (65537, 16384), (3, 2048), ((1 << 2000) + 1, 2048), (65539, 2048)],
)
def test_a_huge_modulus_and_any_other_exponent_are_refused(exponent, bits):
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(public_numbers(exponent, bits))


def test_a_curve_that_is_not_in_use_is_refused():
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(info_of(ec.generate_private_key(ec.SECP256K1()).public_key()))


def test_a_curve_that_is_written_out_is_refused():
    """P-256 by its numbers, with a generator that may be the attacker's (CVE-2020-0601)."""
    point = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(P256_BY_ITS_NUMBERS + point)


def test_a_compressed_point_is_refused_as_a_second_spelling():
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
    )
    prefix = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(prefix + point)


@pytest.mark.parametrize("kind", list(KEYS), ids=lambda kind: kind.name)
def test_octets_after_a_key_are_refused(kind):
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(KEYS[kind].public_key_info + b"\x00")


@given(st.binary(max_size=80))
def test_what_is_no_key_is_refused(octets):
    with pytest.raises(KeyUnusable):
        PROVIDER.public_key(octets)
