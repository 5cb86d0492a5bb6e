import hashlib
import ssl
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from known_gost import DIGESTS, SIGNATURES, scheme_of

from gateway.security.algorithms import Hash, KeyKind
from gateway.security.provider import KeyUnusable
from gateway.security.providers import gost_keys, libcrypto
from gateway.security.providers.gost_engine import EngineGost
from gateway.security.providers.gost_parameters import PARAMETER_SETS, USUAL
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.libcrypto import GostUnavailable

PURE = PureGost()
HASHES = {256: Hash.STREEBOG256, 512: Hash.STREEBOG512}
each_size = pytest.mark.parametrize("bits", [256, 512])
each_set = pytest.mark.parametrize("parameters", PARAMETER_SETS, ids=lambda one: one.name)
each_known = pytest.mark.parametrize(
    "known", SIGNATURES, ids=lambda known: known.private.parameters.name
)
few = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])


@each_size
@pytest.mark.parametrize("known", DIGESTS, ids=lambda known: known.name)
def test_digest_is_the_known_one(engine, known, bits):
    assert engine.digest(HASHES[bits], known.octets) == known.digests[bits]


@each_size
@settings(max_examples=25)
@given(pieces=st.lists(st.binary(max_size=200), max_size=4))
def test_digests_as_the_reference_does(engine, bits, pieces):
    digester = engine.digester(HASHES[bits])
    for piece in pieces:
        digester.update(piece)
        digester.digest()
    assert digester.digest() == PURE.digest(HASHES[bits], b"".join(pieces))


@each_known
def test_known_signature_is_verified(engine, known):
    key = engine.public_key(known.public_key_info)
    assert key.verify(known.scheme, known.message, known.value)
    assert not key.verify(known.scheme, known.message + b".", known.value)


@each_known
def test_known_private_key_has_the_known_public_half(engine, known):
    key = engine.signing_key(gost_keys.write_private(known.private))
    assert key.public_key_info == known.public_key_info


@each_set
@few
@given(octets=st.binary(max_size=100))
def test_engine_and_reference_verify_each_other(engine, parameters, octets):
    scheme = scheme_of(parameters.kind)
    key = PURE.generate_on(parameters)
    same = engine.signing_key(key.pem)
    assert engine.public_key(key.public_key_info).verify(scheme, octets, key.sign(scheme, octets))
    assert PURE.public_key(same.public_key_info).verify(scheme, octets, same.sign(scheme, octets))


@each_set
@few
@given(place=st.integers(0, 10_000))
def test_engine_and_reference_refuse_the_same_flipped_bit(engine, parameters, place):
    scheme = scheme_of(parameters.kind)
    key = PURE.generate_on(parameters)
    value = bytearray(key.sign(scheme, b"octets"))
    place %= 8 * len(value)
    value[place // 8] ^= 1 << place % 8
    for provider in (engine, PURE):
        key_of = provider.public_key(key.public_key_info)
        assert not key_of.verify(scheme, b"octets", bytes(value))


@pytest.mark.parametrize("value", [b"", bytes(64), bytes(63), b"\xff" * 64, bytes(128)])
def test_what_cannot_be_a_signature_is_refused_in_silence(engine, value):
    known = SIGNATURES[0]
    key = engine.public_key(known.public_key_info)
    assert not key.verify(known.scheme, known.message, value)


@pytest.mark.parametrize("kind", [KeyKind.GOST_256, KeyKind.GOST_512])
def test_new_key_is_on_the_usual_curve(engine, kind):
    key = engine.generate(kind)
    assert gost_keys.read_public(key.public_key_info).parameters == USUAL[kind]
    value = key.sign(scheme_of(kind), b"octets")
    assert PURE.public_key(key.public_key_info).verify(scheme_of(kind), b"octets", value)


def test_makes_no_keys_of_other_families(engine):
    with pytest.raises(KeyUnusable):
        engine.generate(KeyKind.EC)


def test_key_of_another_family_is_unusable(engine):
    key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    info = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(KeyUnusable):
        engine.signing_key(text)
    with pytest.raises(KeyUnusable):
        engine.public_key(info)


def test_public_key_off_the_curve_is_unusable(engine):
    octets = bytearray(SIGNATURES[0].public_key_info)
    octets[-1] ^= 1
    with pytest.raises(KeyUnusable):
        engine.public_key(bytes(octets))


def test_encrypted_private_key_opens_by_its_password_only(engine, gost_openssl, tmp_path):
    key = PURE.generate(KeyKind.GOST_256)
    (tmp_path / "key.pem").write_bytes(key.pem)
    gost_openssl("pkcs8 -topk8 -in key.pem -out secret.pem -v2 aes-256-cbc -passout pass:open")
    text = (tmp_path / "secret.pem").read_bytes()
    assert engine.signing_key(text, b"open").public_key_info == key.public_key_info
    for wrong in (None, b"", b"shut"):
        with pytest.raises(KeyUnusable):
            engine.signing_key(text, wrong)


def test_our_failures_leave_nothing_in_the_error_queue(engine):
    known = SIGNATURES[0]
    key = engine.public_key(known.public_key_info)
    key.verify(known.scheme, known.message, b"\x01" * 64)
    for broken in (known.public_key_info[:-1], b""):
        with pytest.raises(KeyUnusable):
            engine.public_key(broken)
    with pytest.raises(KeyUnusable):
        engine.signing_key(b"no key")
    assert libcrypto.library().quick.ERR_get_error() == 0


def test_ssl_and_hashlib_are_left_as_they_were(engine):
    assert "md_gost12_256" not in hashlib.algorithms_available
    assert not any("GOST" in one["name"] for one in ssl.create_default_context().get_ciphers())


def test_many_threads_share_keys_and_memory_stays_bounded(engine):
    key = engine.generate(KeyKind.GOST_256)
    public = engine.public_key(key.public_key_info)
    scheme = scheme_of(KeyKind.GOST_256)

    def work(number: int) -> bool:
        octets = number.to_bytes(4, "big") * 100
        value = key.sign(scheme, octets)
        again = engine.public_key(key.public_key_info)
        engine.signing_key(PEM)
        return (
            public.verify(scheme, octets, value)
            and again.verify(scheme, octets, value)
            and not public.verify(scheme, octets, value[::-1])
            and engine.digest(Hash.STREEBOG256, octets * 50)
            == engine.digest(Hash.STREEBOG256, octets * 50)
        )

    def work_through(count: int) -> int:
        """Share the work among threads, and return how many bytes the process has grown by."""
        before = psutil.Process().memory_info().rss
        with ThreadPoolExecutor(8) as pool:
            shares = pool.map(lambda share: all(map(work, range(share, count, 8))), range(8))
            assert all(shares)
        return psutil.Process().memory_info().rss - before

    work_through(300)
    grown = work_through(1500)
    assert grown < 512 * 1024  # 1500 keys, or what they sign, are more


PEM = PURE.generate(KeyKind.GOST_256).pem


def test_missing_library_is_told_as_such(monkeypatch):
    monkeypatch.setattr(libcrypto, "_LIBRARY", "libcrypto.so.0")
    with pytest.raises(GostUnavailable, match="OpenSSL 3"):
        libcrypto.Library()


def test_missing_engine_is_told_as_such(monkeypatch):
    monkeypatch.setattr(libcrypto, "_ENGINE", b"nobody")
    with pytest.raises(GostUnavailable, match="libengine-gost-openssl"):
        libcrypto.Library()


@pytest.mark.parametrize("parameters", ["A", "TCA"])
def test_command_line_signs_and_we_verify(engine, gost_openssl, tmp_path, parameters):
    gost_openssl(f"genpkey -algorithm gost2012_256 -pkeyopt paramset:{parameters} -out key.pem")
    (tmp_path / "octets").write_bytes(b"octets")
    value = gost_openssl("dgst -md_gost12_256 -sign key.pem octets")
    info = gost_openssl("pkey -in key.pem -pubout -outform DER")
    for provider in (engine, PURE):
        assert provider.public_key(info).verify(scheme_of(KeyKind.GOST_256), b"octets", value)
        private = provider.signing_key((tmp_path / "key.pem").read_bytes())
        assert private.public_key_info == info


@pytest.mark.parametrize("name", ["gost-engine", "gost-pure"])
@pytest.mark.parametrize(
    ("kind", "digest"),
    [(KeyKind.GOST_256, "md_gost12_256"), (KeyKind.GOST_512, "md_gost12_512")],
    ids=["256", "512"],
)
def test_we_sign_and_the_command_line_verifies(engine, gost_openssl, tmp_path, name, kind, digest):
    key = PURE.generate(kind)
    (tmp_path / "key.pem").write_bytes(key.pem)
    (tmp_path / "octets").write_bytes(b"octets")
    signer: EngineGost | PureGost = engine if name == "gost-engine" else PURE
    value = signer.signing_key(key.pem).sign(scheme_of(kind), b"octets")
    (tmp_path / "value").write_bytes(value)
    said = gost_openssl(f"dgst -{digest} -prverify key.pem -signature value octets")
    assert b"Verified OK" in said
