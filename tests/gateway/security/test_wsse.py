"""Signing and verifying whole messages."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from envelopes import (
    BOTH_VERSIONS,
    DS,
    NOW,
    PAYMENT,
    PROVIDERS,
    Message,
    is_refused,
    plain,
    reason,
    signed,
    signed_over,
    verify,
)
from hypothesis import given
from hypothesis import strategies as st
from identities import Identity
from lxml import etree

from gateway.kernel import xml
from gateway.kernel.errors import GatewayError
from gateway.security import wsse
from gateway.security.canonical import canonical
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.policy import RECIPIENT_ACTOR, SMEV_ACTOR, TEST
from gateway.security.proof import digest_of
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import MESSAGE_HEADER, Version, parse

both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())
ONE_ID = UUID("9f2d1f6e-54a4-4f0a-8d2c-0a51c3c8a001")


THUMBPRINT = "ab" * 32


# What signing makes


@both_versions
def test_what_is_signed_verifies_and_says_what_was_signed(identity, version):
    verified = verify(signed(identity, version).octets(), version)
    proof = wsse.proof(verified, "BANK", THUMBPRINT)
    assert verified.certificate == identity.der
    assert verified.scheme is identity.scheme
    assert verified.created == NOW
    assert proof.payload.findtext(f"{{{PAYMENT}}}amount") == "100.00"
    assert proof.message_header.tag == MESSAGE_HEADER
    assert (proof.signer, proof.certificate) == ("BANK", THUMBPRINT)


@both_versions
def test_digest_of_a_signed_payload_is_that_of_the_unsigned_one(rsa, version):
    proof = wsse.proof(verify(signed(rsa, version).octets(), version), "BANK", THUMBPRINT)
    assert digest_of(proof.payload) == digest_of(parse(plain(version), version).payload)


@both_versions
@pytest.mark.parametrize("actor", [None, SMEV_ACTOR])
def test_message_for_the_hub_has_its_actor_or_none(rsa, version, actor):
    message = signed(rsa, version, actor=actor)
    name = "actor" if version is Version.SOAP11 else "role"
    assert message.security.get(message.soap(name)) == actor
    assert verify(message.octets(), version).body
    assert wsse.actor_of(parse(message.octets(), version)) == actor


def test_bytes_that_were_digested_are_the_bytes_that_leave(rsa):
    octets = wsse.sign(plain(Version.SOAP11), rsa.signer(), PROVIDERS, uuid4, NOW)
    verified = verify(octets)
    assert verified.body in octets
    assert verified.message_header in octets
    root = etree.fromstring(octets, xml.parser())
    assert canonical(root.find(f".//{DS}SignedInfo")) in octets


def test_message_without_header_or_payload_header_is_signed_too(rsa):
    octets = b'<e:Envelope xmlns:e="%b"><e:Body><a/></e:Body></e:Envelope>'
    octets = octets % Version.SOAP11.value.encode()
    verified = verify(wsse.sign(octets, rsa.signer(), PROVIDERS, uuid4, NOW))
    assert verified.message_header is None
    assert wsse.proof(verified, "BANK", THUMBPRINT).payload.tag == "a"


def test_default_namespace_of_the_envelope_does_not_swallow_names_without_one(rsa):
    octets = (
        b'<Envelope xmlns="%b" xmlns:x="urn:x"><Header><h xmlns="">1</h></Header>'
        b'<Body><a xmlns=""><b x:t="1"/></a></Body></Envelope>'
    ) % Version.SOAP11.value.encode()
    signed_octets = wsse.sign(octets, rsa.signer(), PROVIDERS, uuid4, NOW)
    root = etree.fromstring(signed_octets, xml.parser())
    assert [child.tag for child in root[0]][:1] == ["h"]
    assert wsse.proof(verify(signed_octets), "BANK", THUMBPRINT).payload.tag == "a"


def test_prefixes_that_only_values_use_stay_declared(rsa):
    octets = plain(Version.SOAP11, "<p:x xmlns:t='urn:t'/>").replace(
        b"<s:Envelope ", b'<s:Envelope xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    )
    root = etree.fromstring(wsse.sign(octets, rsa.signer(), PROVIDERS, uuid4, NOW), xml.parser())
    assert root[-1][0].nsmap["xs"] == "http://www.w3.org/2001/XMLSchema"


def test_the_same_message_is_signed_the_same(rsa):
    made = {
        wsse.sign(plain(Version.SOAP11), rsa.signer(), PROVIDERS, lambda: ONE_ID, NOW)
        for _ in range(2)
    }
    assert len(made) == 1


def test_message_that_is_signed_already_is_not_signed_again(rsa):
    with pytest.raises(ValueError, match="already"):
        wsse.sign(signed(rsa).octets(), rsa.signer(), PROVIDERS, uuid4, NOW)


@pytest.mark.parametrize(
    "octets", [b"<a/>", b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>']
)
def test_what_is_no_envelope_is_not_signed(rsa, octets):
    with pytest.raises(ValueError):  # noqa: PT011 -- two sentences
        wsse.sign(octets, rsa.signer(), PROVIDERS, uuid4, NOW)


# Laws

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
PIECE = st.one_of(
    TEXT,
    TEXT.map(lambda text: f"<!--{text.replace('-', '')}-->"),
    TEXT.map(lambda text: f"<![CDATA[{text.replace(']', '')}]]>"),
    st.sampled_from(
        ["&#13;", "\t\n", "&quot;", "&#1046;", '<q xmlns="urn:q" a=" &#9;"/>', "<p:e/>"]
    ),
)
CONTENT = st.lists(PIECE, max_size=4).map("".join)


@given(content=CONTENT, version=st.sampled_from(BOTH_VERSIONS))
def test_every_message_that_is_signed_verifies(ec: Identity, content, version):
    source = plain(version, content)
    octets = wsse.sign(source, ec.signer(), PROVIDERS, uuid4, NOW)
    proof = wsse.proof(verify(octets, version), "BANK", THUMBPRINT)
    assert digest_of(proof.payload) == digest_of(parse(source, version).payload)


@given(content=TEXT, data=st.data())
def test_whatever_is_done_to_a_byte_of_the_body_only_signed_bytes_are_believed(
    ec: Identity, content, data
):
    octets = wsse.sign(plain(Version.SOAP11, content), ec.signer(), PROVIDERS, uuid4, NOW)
    body = verify(octets).body
    start = octets.index(body)
    place = start + data.draw(st.integers(0, len(body) - 1))
    changed = bytearray(octets)
    changed[place] = data.draw(st.integers(0, 255).filter(lambda value: value != octets[place]))
    with suppress(SignatureRefused, MalformedMessage):
        assert verify(bytes(changed)).body == body


@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255))
def test_whatever_is_done_to_a_byte_of_the_message_is_a_refusal_or_changes_nothing(
    ec: Identity, place, value
):
    octets = wsse.sign(plain(Version.SOAP11), ec.signer(), PROVIDERS, uuid4, NOW)
    truth = verify(octets)
    changed = bytearray(octets)
    changed[int(place * len(changed))] ^= value
    with suppress(GatewayError):
        believed = verify(bytes(changed))
        assert (believed.body, believed.message_header) == (truth.body, truth.message_header)


@given(data=st.data())
def test_any_other_letter_in_the_body_is_refused(ec: Identity, data):
    octets = wsse.sign(plain(Version.SOAP11), ec.signer(), PROVIDERS, uuid4, NOW)
    start = octets.index(b"100.00")
    place = start + data.draw(st.integers(0, 5))
    changed = bytearray(octets)
    changed[place] = data.draw(
        st.sampled_from(b"0123456789.xyz ").filter(lambda value: value != octets[place])
    )
    assert reason(bytes(changed)) is Reason.DIGEST


@given(comment=st.text("ab ", max_size=3), data=st.data())
def test_comment_put_into_signed_text_changes_nothing_that_is_read(ec: Identity, comment, data):
    """Canonical XML has no comments, and neither has anything that a handler reads."""
    octets = wsse.sign(plain(Version.SOAP11), ec.signer(), PROVIDERS, uuid4, NOW)
    place = octets.index(b"100.00") + data.draw(st.integers(0, 6))
    changed = octets[:place] + f"<!--{comment}-->".encode() + octets[place:]
    verified = verify(changed)
    assert verified.body == verify(octets).body
    assert (
        wsse.proof(verified, "BANK", THUMBPRINT).payload.findtext(f"{{{PAYMENT}}}amount")
        == "100.00"
    )


@given(data=st.data())
def test_instruction_put_anywhere_into_a_signed_message_is_refused(ec: Identity, data):
    octets = wsse.sign(plain(Version.SOAP11), ec.signer(), PROVIDERS, uuid4, NOW)
    after_tag = [place + 1 for place in range(len(octets)) if octets[place] == ord(">")]
    place = data.draw(st.sampled_from(after_tag))
    assert is_refused(octets[:place] + b"<?x y?>" + octets[place:], Reason.INSTRUCTION)


def test_what_only_looks_like_an_instruction_is_text(rsa):
    octets = wsse.sign(plain(Version.SOAP11, "[]"), rsa.signer(), PROVIDERS, uuid4, NOW)
    changed = octets.replace(b"[]", b"<![CDATA[[]]]><!-- <?x?> -->")
    assert verify(changed).body == verify(octets).body


# What must be signed


@both_versions
def test_message_without_security_is_not_signed(version):
    assert reason(plain(version), version) is Reason.MISSING


@both_versions
def test_security_without_signature_is_not_signed(rsa, version):
    message = signed(rsa, version)
    message.security.remove(message.signature)
    assert reason(message.octets(), version) is Reason.MISSING


@both_versions
@pytest.mark.parametrize("actor", [RECIPIENT_ACTOR, "", "urn:somebody", f"{SMEV_ACTOR}/"])
def test_security_for_somebody_else_is_not_ours(rsa, version, actor):
    message = signed(rsa, version)
    name = "actor" if version is Version.SOAP11 else "role"
    message.security.set(message.soap(name), actor)
    assert reason(message.octets(), version) is Reason.SECURITY_ACTOR


def only_reference(message: Message, identity: Identity, number: int) -> bytes:
    """Leave one reference and sign that: the attacker signs what he likes by his own key."""
    for place, reference in enumerate(message.references):
        if place != number:
            message.signed_info.remove(reference)
    message.resign(identity)
    return message.octets()


@both_versions
def test_signature_that_covers_another_part_does_not_cover_the_body(rsa, version):
    octets = only_reference(signed(rsa, version), rsa, 1)
    assert reason(octets, version) is Reason.NOT_BODY


def test_message_header_that_is_not_signed_is_refused(rsa):
    message = signed(rsa, lifetime=None)
    assert reason(only_reference(message, rsa, 0)) is Reason.NOT_HEADER


def test_message_header_that_need_not_be_signed_is_still_not_believed(rsa):
    octets = only_reference(signed(rsa, lifetime=None), rsa, 0)
    lenient = replace(TEST, message_header_signed=False)
    assert verify(octets, policy=lenient).message_header is None


def test_message_header_added_after_signing_is_refused(rsa):
    bare = plain(Version.SOAP11).split(b"<hub:")[0] + b"</s:Header>"
    bare += plain(Version.SOAP11).split(b"</s:Header>")[1]
    octets = wsse.sign(bare, rsa.signer(), PROVIDERS, uuid4, NOW)
    assert verify(octets).message_header is None
    added = octets.replace(
        b"<wsse:Security ",
        b'<h:MessageHeader xmlns:h="urn://x-artefacts-citto-72/hub/1.0"/><wsse:Security ',
    )
    assert reason(added) is Reason.NOT_HEADER


@both_versions
def test_unsigned_block_of_others_is_passed_over(rsa, version):
    octets = wsse.sign(
        plain(version, head='<x:To xmlns:x="urn:x">all</x:To>'), rsa.signer(), PROVIDERS, uuid4, NOW
    )
    verified = verify(octets, version)
    assert b"urn:x" not in verified.body + verified.message_header


def test_signed_part_of_the_payload_alone_has_no_place(rsa):
    message = signed(rsa)
    message.body[0].set("Id", "inside")
    octets = signed_over(message, rsa, message.body, message.body[0])
    assert reason(octets) is Reason.REFERENCE_PLACE


@pytest.mark.parametrize("name", ["UsernameToken", "EncryptedKey", "Security", "SAMLAssertion"])
def test_security_holds_nothing_that_we_do_not_read(rsa, name):
    message = signed(rsa)
    etree.SubElement(message.security, f"{{urn:other}}{name}")
    assert reason(message.octets()) is Reason.SECURITY_CONTENT


def test_token_may_stand_after_the_signature(rsa):
    message = signed(rsa)
    message.security.append(message.security[0])
    assert verify(message.octets()).body
