"""Signed envelopes for tests, and what an attacker does to them."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from identities import Identity
from lxml import etree

from gateway.kernel import xml
from gateway.security import wsse
from gateway.security.canonical import canonical
from gateway.security.document import WSU_ID
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import TEST, Policy
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signature import build_signature
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import HUB_NAMESPACE, MESSAGE_HEADER, SECURITY_HEADER, Version, parse

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
PAYMENT = "urn:payment"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
PROVIDERS = Providers.of([RsaProvider()])
BOTH_VERSIONS = list(Version)


@dataclass(frozen=True, slots=True)
class Message:
    """A signed envelope as a tree that may be changed."""

    root: etree._Element
    version: Version

    def soap(self, name: str) -> str:
        return f"{{{self.version.value}}}{name}"

    @property
    def header(self) -> etree._Element:
        return self.root.find(self.soap("Header"))

    @property
    def body(self) -> etree._Element:
        return self.root.find(self.soap("Body"))

    @property
    def security(self) -> etree._Element:
        return self.header.find(SECURITY_HEADER)

    @property
    def signature(self) -> etree._Element:
        return self.security.find(f"{DS}Signature")

    @property
    def signed_info(self) -> etree._Element:
        return self.signature.find(f"{DS}SignedInfo")

    @property
    def references(self) -> list[etree._Element]:
        return self.signed_info.findall(f"{DS}Reference")

    def octets(self) -> bytes:
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)

    def resign(self, identity: Identity) -> None:
        """Sign SignedInfo anew as it is now: the attacker has a key and a certificate of his."""
        value = identity.key.sign(identity.scheme, canonical(self.signed_info))
        self.signature.find(f"{DS}SignatureValue").text = b64encode(value)


def plain(version: Version, content: str = "100.00", head: str = "") -> bytes:
    header = (
        f'<hub:MessageHeader xmlns:hub="{HUB_NAMESPACE}"><hub:sender>BANK</hub:sender>'
        "</hub:MessageHeader>"
    )
    return (
        f'<s:Envelope xmlns:s="{version.value}"><s:Header>{header}{head}</s:Header><s:Body>'
        f'<p:Pay xmlns:p="{PAYMENT}"><p:amount>{content}</p:amount></p:Pay></s:Body></s:Envelope>'
    ).encode()


def signed(
    identity: Identity, version: Version = Version.SOAP11, head: str = "", **options
) -> Message:
    """An honest message: Body, MessageHeader and Timestamp are signed."""
    signer = identity.signer(**{"lifetime": timedelta(minutes=5), **options})
    octets = wsse.sign(plain(version, head=head), signer, PROVIDERS, uuid4, NOW)
    return Message(etree.fromstring(octets, xml.parser()), version)


def verify(
    octets: bytes,
    version: Version = Version.SOAP11,
    policy: Policy = TEST,
    now: datetime = NOW,
) -> wsse.VerifiedEnvelope:
    return wsse.verify(parse(octets, version), policy, PROVIDERS, KeyCache(PROVIDERS), now)


def reason(octets: bytes, version: Version = Version.SOAP11, **options) -> Reason:
    """Return what a message is refused for; it must be refused."""
    with pytest.raises(SignatureRefused) as refused:
        verify(octets, version, **options)
    return refused.value.reason


def is_refused(octets: bytes, expected: Reason) -> bool:
    """Tell whether the message is refused, by its envelope already or for this reason."""
    try:
        verify(octets)
    except MalformedMessage:
        return True
    except SignatureRefused as refused:
        return refused.reason is expected
    return False


def signed_over(message: Message, identity: Identity, *elements: etree._Element) -> bytes:
    """Sign a changed message anew: header and Timestamp as they are now, and `elements`."""
    header = message.header.find(MESSAGE_HEADER)
    timestamp = message.security.find(wsse.TIMESTAMP)
    parts = [
        (element.get(WSU_ID) or element.get("Id"), canonical(element))
        for element in (header, timestamp, *elements)
    ]
    key_info = b"".join(etree.tostring(child) for child in message.signature.find(f"{DS}KeyInfo"))
    made = build_signature(parts, identity.key, identity.scheme, key_info, PROVIDERS)
    message.security.replace(message.signature, etree.fromstring(made, xml.parser()))
    return message.octets()
