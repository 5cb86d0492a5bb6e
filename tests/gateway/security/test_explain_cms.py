"""The explanation of a CMS signature says what the verifier says."""

import pytest
from certified import certified
from envelopes import NOW
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel.verdict import Outcome
from gateway.security import cms
from gateway.security.algorithms import Scheme
from gateway.security.certificates import CertificateReader
from gateway.security.errors import CmsReason, CmsRefused
from gateway.security.explain_cms import explain_cms
from gateway.security.keys import KeyCache
from gateway.security.policy import PRODUCTION, PRODUCTION_GOST
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider

CONTENT = [b"1;100.00\n", b"2;200.00\n"]
PROVIDERS = Providers.of((RsaProvider(), PureGost()))
READER = CertificateReader(PROVIDERS)
EC = certified(PROVIDERS.by_scheme[Scheme.ECDSA_SHA256], Scheme.ECDSA_SHA256)


def signed(who=EC, **options) -> bytes:
    return cms.sign(CONTENT, who.key, who.certificate, who.scheme, PROVIDERS, NOW, **options)


SIGNED = signed()


def explained(octets=SIGNED, content=CONTENT, policy=PRODUCTION):
    return explain_cms(octets, lambda: iter(content), policy, PROVIDERS, READER)


def code_of(octets, content, policy):
    """Return the code with which the verifier itself refuses."""
    try:
        cms.verify(octets, iter(content), policy, PROVIDERS, KeyCache(PROVIDERS))
    except CmsRefused as refusal:
        return refusal.reason.code
    return None


def assert_agrees(octets, content=CONTENT, policy=PRODUCTION):
    told = explained(octets, content, policy)
    code = code_of(octets, content, policy)
    assert (told.refusal and told.refusal.code) == code
    if code is None:
        assert {step.outcome for step in told.steps} == {Outcome.PASSED}
    else:
        assert code in told.failed_codes


@pytest.mark.parametrize("scheme", [Scheme.RSA_SHA256, Scheme.GOST_256], ids=lambda s: s.name)
def test_honest_signature_passes_every_step(scheme):
    assert_agrees(signed(certified(PROVIDERS.by_scheme[scheme], scheme)))


def test_content_that_differs_is_told_by_both_digests():
    told = explained(content=[b"1;900.00\n"])
    content = told.steps[-1]
    facts = {fact.key: fact.value for fact in content.facts}
    assert told.refusal.code == content.refusal.code == CmsReason.DIGEST.code
    assert facts["claimed"] != facts["computed"]
    assert facts["length"] == 9


def test_scheme_that_the_contour_refuses_is_explained_as_refused():
    assert_agrees(SIGNED, policy=PRODUCTION_GOST)


def test_attached_content_is_explained_as_refused():
    assert_agrees(signed(attached=True))
    assert explained(signed(attached=True)).refusal.code == CmsReason.CONTENT.code


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(data=st.data())
def test_no_changed_byte_makes_explanation_and_verifier_disagree(data):
    octets = bytearray(SIGNED)
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] = data.draw(st.integers(0, 255))
    assert_agrees(bytes(octets))
