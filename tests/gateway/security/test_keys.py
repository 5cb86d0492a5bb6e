from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec as curves
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from identities import Identity, certificate, ec_identity

from gateway.security.keys import CertificateUnreadable, KeyCache, public_key_info
from gateway.security.provider import KeyUnusable, Providers, PublicKey
from gateway.security.providers.rsa import RsaProvider


class CountingProvider(RsaProvider):
    """The real provider, which counts the keys it has read."""

    def __init__(self) -> None:
        self.read = 0

    def public_key(self, info: bytes) -> PublicKey:
        self.read += 1
        return super().public_key(info)


def test_key_of_a_certificate_is_the_key_it_was_made_with(identity: Identity):
    assert public_key_info(identity.der) == identity.key.public_key_info


def test_key_of_a_certificate_is_read_once(ec: Identity):
    provider = CountingProvider()
    cache = KeyCache(Providers.of([provider]))
    assert cache.key_of(ec.der) is cache.key_of(ec.der)
    assert provider.read == 1


def test_cache_is_bounded_and_forgets_the_oldest():
    provider = CountingProvider()
    cache = KeyCache(Providers.of([provider]), size=2)
    first, second, third = (ec_identity().der for _ in range(3))
    for der in (first, second, third, second, third, first):
        cache.key_of(der)
    assert len(cache) == 2
    assert provider.read == 4


def test_octets_after_a_certificate_are_refused(identity: Identity):
    with pytest.raises(CertificateUnreadable):
        public_key_info(identity.der + b"\x00")


@given(st.binary(max_size=60))
def test_what_is_no_certificate_is_refused(octets):
    with pytest.raises(CertificateUnreadable):
        public_key_info(octets)


@given(end=st.integers(0, 200))
def test_a_cut_certificate_is_refused(ec: Identity, end: int):
    with pytest.raises(CertificateUnreadable):
        public_key_info(ec.der[:end])


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255))
def test_a_spoilt_certificate_is_refused_or_read_and_breaks_nothing(ec: Identity, place, value):
    spoilt = bytearray(ec.der)
    spoilt[int(place * len(spoilt))] ^= value
    with suppress(CertificateUnreadable, KeyUnusable):
        KeyCache(Providers.of([RsaProvider()])).key_of(bytes(spoilt))


def test_a_certificate_in_pem_is_not_taken_for_der(ec: Identity):
    pem = x509.load_der_x509_certificate(ec.der).public_bytes(Encoding.PEM)
    with pytest.raises(CertificateUnreadable):
        public_key_info(pem)


def test_a_key_that_no_provider_knows_is_unusable():
    strange = curves.generate_private_key(curves.SECP256K1())
    der = certificate(strange.public_key(), strange).public_bytes(Encoding.DER)
    with pytest.raises(KeyUnusable):
        KeyCache(Providers.of([RsaProvider()])).key_of(der)
