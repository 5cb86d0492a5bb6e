import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel import xml
from gateway.kernel.message import ActingRole, OnBehalf
from gateway.security.canonical import canonical
from gateway.security.proof import CredentialVerifier, digest_of
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import Version, parse

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
PIECE = st.one_of(
    TEXT,
    TEXT.map(lambda text: f"<!-- {text.replace('-', '')} -->"),
    TEXT.map(lambda text: f"<![CDATA[{text.replace(']', '')}]]>"),
    st.just("&#1046;"),
    st.just("&#13;"),
)
CONTENT = st.recursive(
    st.lists(PIECE, max_size=4).map("".join),
    lambda inner: st.lists(
        st.one_of(PIECE, inner.map(lambda text: f'<a n=" x&#9;y ">{text}</a>')), max_size=4
    ).map("".join),
    max_leaves=12,
)


def said(element: etree._Element) -> tuple:
    """All that a handler can see of an element."""
    return (
        element.tag,
        sorted(element.attrib.items()),
        element.text or "",
        [(said(child), child.tail or "") for child in element],
    )


@given(CONTENT)
def test_parsed_payload_says_what_its_canonical_bytes_say(content):
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<p:a xmlns:p="urn:p" xmlns:unused="urn:u">{content}</p:a></s:Body></s:Envelope>'
    )
    envelope = parse(body.encode(), Version.SOAP11)
    proof = CredentialVerifier().verify(envelope)
    octets = canonical(envelope.payload)
    assert said(proof.payload) == said(etree.fromstring(octets, xml.parser()))
    assert digest_of(proof.payload) == hashlib.sha256(octets).digest()


def test_digest_does_not_depend_on_prefixes_of_the_envelope_or_comments():
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    plain = f'<s:Envelope xmlns:s="{soap}"><s:Body><a xmlns="urn:p">12</a></s:Body></s:Envelope>'
    renamed = plain.replace("<s:", "<soap:").replace("</s:", "</soap:").replace(":s=", ":soap=")
    first = parse(plain.encode(), Version.SOAP11)
    second = parse(renamed.replace("12", "1<!-- c -->2").encode(), Version.SOAP11)
    assert digest_of(first.payload) == digest_of(second.payload)


def test_digest_tells_for_whom_the_same_payload_is_sent():
    payload = etree.fromstring('<a xmlns="urn:p">12</a>')
    people = [
        None,
        OnBehalf(ActingRole.PARENT, esia_oid="1000000001"),
        OnBehalf(ActingRole.PARENT, esia_oid="1000000002"),
        OnBehalf(ActingRole.MEAL_ADMIN, esia_oid="1000000001"),
        OnBehalf(ActingRole.PARENT, snils_hash="1000000001"),
    ]
    digests = [digest_of(payload, person) for person in people]
    assert len(set(digests)) == len(people)
    assert digests[0] == digest_of(payload)
    assert digests[1] == digest_of(payload, replace(people[1]))


def test_unsigned_payload_without_a_canonical_form_is_malformed_and_no_defect():
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    text = f'<s:Envelope xmlns:s="{soap}"><s:Body><a xmlns="relative"/></s:Body></s:Envelope>'
    with pytest.raises(MalformedMessage):
        digest_of(parse(text.encode(), Version.SOAP11).payload)
