"""What a signature may say at all: algorithms, transforms, references, keys."""

from base64 import b64decode, b64encode
from copy import deepcopy
from dataclasses import replace

import envelopes
import pytest
from cryptography.hazmat.primitives import hashes, hmac
from envelopes import DS, PROVIDERS, Message, signed, verify
from identities import Identity
from lxml import etree

from gateway.security import policy, signature
from gateway.security.algorithms import Hash, Scheme
from gateway.security.canonical import canonical
from gateway.security.document import survey
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.provider import ProviderMissing, Providers
from gateway.security.token import BASE64_BINARY
from gateway.soap.parse import Version, parse

EXC_C14N = policy.EXCLUSIVE_C14N
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
CORE = "http://www.w3.org/2000/09/xmldsig#"


@pytest.fixture
def message(rsa: Identity) -> Message:
    return signed(rsa)


def reason(message: Message, **options) -> Reason:
    return envelopes.reason(message.octets(), message.version, **options)


# Algorithms


def method(message: Message, name: str = "SignatureMethod") -> etree._Element:
    return message.signed_info.find(f"{DS}{name}")


@pytest.mark.parametrize(
    "uri",
    [
        *[f"{CORE}rsa-sha1", f"{CORE}dsa-sha1", f"{CORE}hmac-sha1", f"{MORE}rsa-md5"],
        *[f"{MORE}hmac-sha256", f"{MORE}ecdsa-sha1", f"{MORE}rsa-sha224"],
        *["http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "", f"{MORE}rsa-sha256 "],
        *[f"{MORE}RSA-SHA256", f"{MORE}gostr34102001-gostr3411", "urn:unknown"],
    ],
)
def test_signature_algorithm_is_taken_from_the_exact_list(rsa, message, uri):
    method(message).set("Algorithm", uri)
    message.resign(rsa)
    assert reason(message) is Reason.ALGORITHM


def test_sha1_stays_refused_though_it_is_rightly_signed(rsa, message):
    method(message).set("Algorithm", Scheme.RSA_SHA1.uri)
    message.resign(replace(rsa, scheme=Scheme.RSA_SHA1))
    assert reason(message) is Reason.ALGORITHM


def test_archive_reads_a_sha1_signature_of_old(rsa, message):
    method(message).set("Algorithm", Scheme.RSA_SHA1.uri)
    message.resign(replace(rsa, scheme=Scheme.RSA_SHA1))
    assert verify(message.octets(), policy=policy.ARCHIVE).scheme is Scheme.RSA_SHA1


def test_hmac_with_the_public_certificate_as_its_secret_is_refused(rsa, message):
    method(message).set("Algorithm", f"{MORE}hmac-sha256")
    mac = hmac.HMAC(rsa.der, hashes.SHA256())
    mac.update(canonical(message.signed_info))
    message.signature.find(f"{DS}SignatureValue").text = b64encode(mac.finalize())
    assert reason(message) is Reason.ALGORITHM


def test_truncation_of_an_hmac_is_no_parameter_of_ours(rsa, message):
    etree.SubElement(method(message), f"{DS}HMACOutputLength").text = "0"
    message.resign(rsa)
    assert reason(message) is Reason.ALGORITHM


def test_scheme_of_another_kind_than_the_key_is_refused(rsa, message):
    method(message).set("Algorithm", Scheme.ECDSA_SHA256.uri)
    message.resign(rsa)
    assert reason(message) is Reason.ALGORITHM


def test_scheme_that_nobody_installed_computes_is_a_matter_of_configuration(message):
    method(message).set("Algorithm", Scheme.GOST_256.uri)
    with pytest.raises(ProviderMissing):
        verify(message.octets())


def test_production_of_gost_alone_takes_no_rsa(message):
    assert reason(message, policy=policy.PRODUCTION_GOST) is Reason.ALGORITHM


@pytest.mark.parametrize("uri", [f"{CORE}sha1", f"{MORE}md5", "", "urn:unknown"])
def test_digest_algorithm_is_taken_from_the_exact_list(rsa, message, uri):
    message.references[0].find(f"{DS}DigestMethod").set("Algorithm", uri)
    message.resign(rsa)
    assert reason(message) is Reason.DIGEST_ALGORITHM


def test_no_contour_signs_with_sha1(rsa):
    with pytest.raises(ValueError, match="RSA_SHA1"):
        signed(replace(rsa, scheme=Scheme.RSA_SHA1))


@pytest.mark.parametrize("rules", [policy.PRODUCTION, policy.PRODUCTION_GOST, policy.TEST])
def test_no_contour_accepts_sha1(rules):
    assert Scheme.RSA_SHA1 not in rules.schemes
    assert Hash.SHA1 not in rules.digests


# Transforms and canonicalization


BAD_TRANSFORMS = [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    f"{EXC_C14N}WithComments",
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "http://www.w3.org/2002/06/xmldsig-filter2",
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    f"{CORE}base64",
    "http://www.w3.org/2002/07/decrypt#XML",
    BASE64_BINARY.replace("Base64Binary", "STR-Transform"),
    "",
]


def transforms(message: Message) -> etree._Element:
    return message.references[0].find(f"{DS}Transforms")


@pytest.mark.parametrize("uri", BAD_TRANSFORMS)
def test_no_other_transform_is_taken(rsa, message, uri):
    transforms(message)[0].set("Algorithm", uri)
    message.resign(rsa)
    assert reason(message) is Reason.TRANSFORM


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("uri", [EXC_C14N, *BAD_TRANSFORMS])
def test_no_second_transform_is_taken(rsa, message, uri, place):
    transforms(message).insert(place, etree.Element(f"{DS}Transform", Algorithm=uri))
    message.resign(rsa)
    assert reason(message) is Reason.TRANSFORM


def test_enveloped_transform_of_a_body_that_holds_no_signature_takes_nothing_out(rsa, message):
    transforms(message).insert(0, etree.Element(f"{DS}Transform", Algorithm=policy.ENVELOPED))
    message.resign(rsa)
    assert b"100.00" in verify(message.octets()).body


@pytest.mark.parametrize(
    "chain",
    [
        [policy.ENVELOPED],
        [EXC_C14N, policy.ENVELOPED],
        [policy.ENVELOPED, policy.ENVELOPED, EXC_C14N],
        [],
    ],
)
def test_enveloped_transform_stands_once_and_before_the_canonicalization(rsa, message, chain):
    holder = transforms(message)
    holder[:] = [etree.Element(f"{DS}Transform", Algorithm=uri) for uri in chain]
    message.resign(rsa)
    assert reason(message) is Reason.TRANSFORM


@pytest.mark.parametrize("outer", ["Header", "Security"])
def test_signature_stands_outside_of_what_it_signs(rsa, message, outer):
    element = message.header if outer == "Header" else message.security
    element.set("Id", "outer")
    message.references[-1].set("URI", "#outer")
    message.resign(rsa)
    assert reason(message) is Reason.REFERENCE_PLACE


def test_two_hundred_canonicalizations_in_a_chain_are_not_begun(rsa, message, monkeypatch):
    for _ in range(199):
        etree.SubElement(transforms(message), f"{DS}Transform", Algorithm=EXC_C14N)
    message.resign(rsa)
    octets = message.octets()
    monkeypatch.setattr(signature, "canonical", pytest.fail)
    with pytest.raises(SignatureRefused) as refused:
        verify(octets)
    assert refused.value.reason is Reason.TRANSFORM


def test_reference_without_transforms_is_refused(rsa, message):
    message.references[0].remove(transforms(message))
    message.resign(rsa)
    assert reason(message) is Reason.STRUCTURE


def test_xpath_inside_an_allowed_transform_is_refused(rsa, message):
    etree.SubElement(transforms(message)[0], f"{DS}XPath").text = "not(ancestor::amount)"
    message.resign(rsa)
    assert reason(message) is Reason.TRANSFORM


@pytest.mark.parametrize("uri", [*BAD_TRANSFORMS[:4], "", "urn:unknown"])
def test_signed_info_is_canonicalized_exclusively_without_comments(rsa, message, uri):
    method(message, "CanonicalizationMethod").set("Algorithm", uri)
    message.resign(rsa)
    assert reason(message) is Reason.CANONICALIZATION


def test_prefix_list_is_bounded(rsa, message):
    inclusive = etree.SubElement(transforms(message)[0], f"{{{EXC_C14N}}}InclusiveNamespaces")
    inclusive.set("PrefixList", " ".join(f"p{number}" for number in range(33)))
    message.resign(rsa)
    assert reason(message) is Reason.LIMIT


def test_void_canonicalization_proves_nothing(rsa):
    """A relative namespace makes libxml2 give up; nobody may digest the nothing that it leaves."""
    octets = signed(rsa).octets()
    void = octets.replace(b"<s:Envelope ", b'<s:Envelope xmlns:void="relative" ')
    with pytest.raises(SignatureRefused) as refused:
        verify(void)
    assert refused.value.reason is Reason.CANONICALIZATION


# References


def test_flood_of_references_is_refused_before_any_digest(rsa, message, monkeypatch):
    reference = message.references[0]
    message.signed_info.extend([deepcopy(reference) for _ in range(10_000)])
    octets = message.octets()
    monkeypatch.setattr(signature, "canonical", pytest.fail)
    with pytest.raises(SignatureRefused) as refused:
        verify(octets)
    assert refused.value.reason is Reason.REFERENCE_COUNT


def test_eight_references_are_taken_and_nine_are_not(rsa):
    for count, accepted in ((8, True), (9, False)):
        blocks = "".join(f'<x:h xmlns:x="urn:x" Id="x{n}"/>' for n in range(count - 2))
        message = signed(rsa, head=blocks, lifetime=None)
        for number in range(count - 2):
            block = message.header.find(f"*[@Id='x{number}']")
            digest = PROVIDERS.digest(Hash.SHA256, canonical(block))
            reference = deepcopy(message.references[0])
            reference.set("URI", f"#x{number}")
            reference.find(f"{DS}DigestValue").text = b64encode(digest)
            message.signed_info.append(reference)
        message.resign(rsa)
        if accepted:
            assert b"100.00" in verify(message.octets()).body
        else:
            assert reason(message) is Reason.REFERENCE_COUNT


def test_one_element_is_digested_once(rsa, message):
    message.signed_info.append(deepcopy(message.references[0]))
    message.resign(rsa)
    assert reason(message) is Reason.REFERENCE_REPEATED


def test_signature_without_references_is_refused(rsa, message):
    for reference in message.references:
        message.signed_info.remove(reference)
    message.resign(rsa)
    assert reason(message) is Reason.REFERENCE_COUNT


def test_manifest_is_refused(rsa, message):
    message.references[0].set("Type", f"{CORE}Manifest")
    message.resign(rsa)
    assert reason(message) is Reason.STRUCTURE


@pytest.mark.parametrize("name", ["Object", "Manifest", "SignatureProperties", "KeyInfo", "Foo"])
def test_signature_has_its_three_parts_and_no_others(message, name):
    etree.SubElement(message.signature, f"{DS}{name}")
    assert reason(message) is Reason.STRUCTURE


@pytest.mark.parametrize("name", ["SignedInfo", "SignatureValue", "KeyInfo"])
def test_signature_without_one_of_its_parts_is_refused(message, name):
    message.signature.remove(message.signature.find(f"{DS}{name}"))
    assert reason(message) is Reason.STRUCTURE


# Values


@pytest.mark.parametrize(
    "text", ["", "AAAA", "not base64", "AAA", "====", "ééé", "AA\u00a0AA", "AAAA====AAAA"]
)
def test_digest_that_is_not_the_digest_is_refused(rsa, message, text):
    message.references[0].find(f"{DS}DigestValue").text = text
    message.resign(rsa)
    assert reason(message) in {Reason.DIGEST, Reason.STRUCTURE}


def test_changed_digest_under_the_old_signature_is_refused_by_the_signature(message):
    message.references[0].find(f"{DS}DigestValue").text = "AAAA"
    assert reason(message) is Reason.VALUE


@pytest.mark.parametrize("text", ["", "AAAA", "not base64", "A" * 344, "A" * 100_000])
def test_value_that_is_not_the_signature_is_refused(message, text):
    message.signature.find(f"{DS}SignatureValue").text = text
    assert reason(message) in {Reason.VALUE, Reason.STRUCTURE}


def test_white_space_inside_base64_is_usual(message):
    value = message.signature.find(f"{DS}SignatureValue")
    value.text = "\r\n".join([" ", value.text[:76], value.text[76:], "\t"])
    assert b"100.00" in verify(message.octets()).body


def test_other_number_of_the_same_ecdsa_signature_proves_the_same_bytes(ec):
    """(r, n - s) is a signature too: what is signed names a message, never the value."""
    message = signed(ec)
    proven = verify(message.octets()).body
    value = message.signature.find(f"{DS}SignatureValue")
    pair = b64decode(value.text)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    s = order - int.from_bytes(pair[32:], "big")
    value.text = b64encode(pair[:32] + s.to_bytes(32, "big"))
    assert verify(message.octets()).body == proven


# The core without WS-Security around it


def test_verify_tells_the_very_elements_and_bytes(rsa, message):
    envelope = parse(message.octets(), Version.SOAP11)
    found = survey(envelope.root, policy.TEST.limits)
    proven = signature.verify(
        envelope.security[-1], found, policy.TEST, PROVIDERS, KeyCache(PROVIDERS)
    )
    body = envelope.payload.getparent()
    assert proven.octets_of(body) == canonical(body)
    assert proven.octets_of(envelope.payload) is None
    assert proven.certificate == rsa.der


def test_hashes_may_be_somebody_elses_than_the_signature():
    """A provider of signatures alone is a configuration that says so when it is asked."""
    with pytest.raises(ProviderMissing):
        Providers.of([]).digest(Hash.SHA256, b"")


def test_what_the_journal_reads_and_what_the_sender_reads():
    refused = SignatureRefused(Reason.DIGEST, "Body")
    assert str(refused) == "signature.digest: Body"
    assert (refused.code, refused.text) == (
        "SIGNATURE_INVALID",
        "Подпись сообщения отсутствует или не подтверждена.",
    )


def test_every_reason_has_a_code_of_its_own():
    codes = [reason.code for reason in Reason]
    assert len(set(codes)) == len(codes)
