"""Signatures of an outgoing call: what zeep wants as its `wsse`, over our own signer and verifier.

    zeep.Client(wsdl, wsse=SignedCalls(...), settings=SETTINGS)

zeep by itself would believe a Body that nobody has signed. Here the reply that it goes on to read
is put together anew from the bytes that were proven, and blocks that nobody signed are gone.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from lxml import etree
from zeep.settings import Settings

from gateway.kernel import xml
from gateway.kernel.ports import Clock, Identifiers
from gateway.security import wsse
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.security.wsse import Signer, VerifiedEnvelope
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import Envelope, Version, parse

SETTINGS = Settings(strict=True, forbid_dtd=True, forbid_external=True)
"""The settings of zeep that go with it; a WSDL is then a file with local imports."""

Trust = Callable[[bytes], None]
"""Takes the certificate (DER) of a reply; raises a refusal when it is not the expected one."""


def by_thumbprint(expected: Collection[str]) -> Trust:
    """Trust the certificates with these SHA-256 thumbprints, in hexadecimal."""
    thumbprints = {thumbprint.replace(":", "").lower() for thumbprint in expected}

    def check(certificate: bytes) -> None:
        thumbprint = hashlib.sha256(certificate).hexdigest()
        if thumbprint not in thumbprints:
            raise SignatureRefused(Reason.SIGNER, thumbprint)

    return check


@dataclass(frozen=True, slots=True)
class SignedCalls:
    """Signs each request and proves each reply; one object serves any number of calls."""

    signer: Signer
    policy: Policy
    """Of replies; its actors say to whom their Security header is addressed."""
    trust: Trust
    providers: Providers
    keys: KeyCache
    identifiers: Identifiers
    clock: Clock
    unsigned_faults: bool = False
    """Let a fault without signature reach the caller: SMEV signs none. It may be anybody's word."""

    def apply(self, envelope: etree._Element, headers: Any) -> tuple[etree._Element, Any]:  # noqa: ANN401 -- zeep's own
        """Return the signed envelope; zeep serializes it without touching it."""
        octets = etree.tostring(envelope)
        signed = wsse.sign(octets, self.signer, self.providers, self.identifiers, self.clock())
        return etree.fromstring(signed, xml.parser()), headers

    def verify(self, reply: etree._Element) -> None:
        """Prove a reply and leave in it only what was signed.

        Raise SignatureRefused, MalformedMessage, or what `trust` raises.
        """
        envelope = _envelope(reply)
        if self.unsigned_faults and _is_unsigned_fault(envelope):
            return
        verified = wsse.verify(envelope, self.policy, self.providers, self.keys, self.clock())
        self.trust(verified.certificate)
        _leave_what_is_signed(reply, envelope, verified)


def _envelope(reply: etree._Element) -> Envelope:
    """Read the tree of zeep once more, by our parser and our rules."""
    namespace = etree.QName(reply).namespace
    if xml.has_doctype(reply) or namespace not in {version.value for version in Version}:
        raise MalformedMessage
    return parse(etree.tostring(reply), Version(namespace))


def _is_unsigned_fault(envelope: Envelope) -> bool:
    fault = f"{{{envelope.version.value}}}Fault"
    return envelope.security is None and envelope.payload.tag == fault


def _leave_what_is_signed(
    reply: etree._Element, envelope: Envelope, verified: VerifiedEnvelope
) -> None:
    body = etree.fromstring(verified.body, xml.parser())
    header = etree.Element(f"{{{envelope.version.value}}}Header")
    if verified.message_header is not None:
        header.append(etree.fromstring(verified.message_header, xml.parser()))
    reply[:] = [header, body]
