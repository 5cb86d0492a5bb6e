"""Every variant of signature wrapping is refused, for its own reason, in both SOAP versions."""

import pytest
from envelopes import BOTH_VERSIONS, DS, Message, plain, signed, verify
from lxml import etree
from wrapping import ATTACKS

from gateway.security.errors import SignatureRefused
from gateway.soap.errors import MalformedMessage

both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())


@both_versions
@pytest.mark.parametrize("name", ATTACKS)
def test_wrapped_message_is_refused_for_its_reason(rsa, version, name):
    attack, reason = ATTACKS[name]
    message = signed(rsa, version)
    attack(message)
    with pytest.raises(MalformedMessage if reason is None else SignatureRefused) as refused:
        verify(message.octets(), version)
    if reason is not None:
        assert refused.value.reason is reason


@both_versions
@pytest.mark.parametrize("name", ATTACKS)
def test_signed_part_of_a_wrapped_message_was_true_before(rsa, version, name):
    message = signed(rsa, version)
    untouched = message.octets()
    ATTACKS[name][0](message)
    assert message.octets() != untouched
    assert b"100.00" in verify(untouched, version).body


@both_versions
def test_second_envelope_after_the_first_is_no_message(rsa, version):
    octets = signed(rsa, version).octets()
    with pytest.raises(MalformedMessage):
        verify(octets + plain(version), version)


@both_versions
def test_outsider_cannot_sign_a_body_with_a_key_of_his_own_under_a_foreign_token(rsa, ec, version):
    message: Message = signed(rsa, version)
    message.signature.find(f"{DS}SignatureValue").text = "AAAA"
    with pytest.raises(SignatureRefused):
        verify(etree.tostring(message.root), version)
