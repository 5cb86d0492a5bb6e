"""SMEV 2 messages signed with GOST: what production accepts, by either provider."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from certified import certified
from envelopes import BOTH_VERSIONS, NOW, plain
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel.errors import GatewayError
from gateway.security import wsse
from gateway.security.algorithms import Scheme
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import PRODUCTION_GOST
from gateway.security.provider import ProviderMissing, Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.soap.parse import Version, parse

PURE = Providers.of((RsaProvider(), PureGost()))
SIGNERS = {scheme: certified(PureGost(), scheme) for scheme in (Scheme.GOST_256, Scheme.GOST_512)}
each_scheme = pytest.mark.parametrize("scheme", SIGNERS, ids=lambda scheme: scheme.name)


def sign(scheme=Scheme.GOST_256, version=Version.SOAP11, providers=PURE, key=None) -> bytes:
    who = SIGNERS[scheme]
    signer = wsse.Signer(key or who.key, who.certificate, scheme, lifetime=timedelta(minutes=5))
    return wsse.sign(plain(version), signer, providers, uuid4, NOW)


def verify(octets, version=Version.SOAP11, providers=PURE):
    envelope = parse(octets, version)
    return wsse.verify(envelope, PRODUCTION_GOST, providers, KeyCache(providers), NOW)


@pytest.mark.parametrize("version", BOTH_VERSIONS)
@each_scheme
def test_message_signed_with_gost_is_verified_in_production(scheme, version):
    proven = verify(sign(scheme, version), version)
    assert (proven.scheme, proven.certificate) == (scheme, SIGNERS[scheme].certificate)
    assert b"100.00" in proven.body


@each_scheme
def test_engine_and_reference_verify_messages_of_each_other(engine, scheme):
    fast = Providers.of((RsaProvider(), engine))
    key = engine.signing_key(SIGNERS[scheme].key.pem)
    assert verify(sign(scheme, providers=fast, key=key), providers=PURE)
    assert verify(sign(scheme, providers=PURE), providers=fast)


def test_changed_body_is_refused():
    with pytest.raises(SignatureRefused) as caught:
        verify(sign().replace(b"100.00", b"900.00"))
    assert caught.value.reason is Reason.DIGEST


def test_without_a_gost_provider_it_is_a_matter_of_configuration():
    octets, only_rsa = sign(), Providers.of((RsaProvider(),))
    with pytest.raises(ProviderMissing):
        verify(octets, providers=only_rsa)


SIGNED = sign()


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(st.data())
def test_any_flipped_bit_is_refused_or_changes_nothing_that_is_believed(data):
    octets = bytearray(SIGNED)
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        proven = verify(bytes(octets))
    except (GatewayError, etree.XMLSyntaxError):
        return
    # The certificate is not under this signature: its own issuer's signature protects it.
    assert replace(proven, certificate=b"") == replace(verify(SIGNED), certificate=b"")
