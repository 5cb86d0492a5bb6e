"""WS-Security as SMEV 2 has it: one Security header, one X.509 token, one signature over Body.

`verify` returns the canonical bytes of what was signed; everything after it reads only them.
`sign` composes the message from the canonical bytes it has digested, so those leave and no others.
Unsigned headers are never believed. Trust in the certificate is another question, asked elsewhere.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from gateway.contracts import lexical
from gateway.kernel import xml
from gateway.kernel.ports import Identifiers
from gateway.security import document, signature
from gateway.security.algorithms import Scheme
from gateway.security.canonical import canonical
from gateway.security.document import WSU, WSU_ID
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import SMEV_ACTOR, Policy
from gateway.security.proof import Proof
from gateway.security.provider import Providers, SigningKey
from gateway.security.signature import SIGNATURE, Claim, Signed
from gateway.security.token import BASE64_BINARY, TOKEN, X509_V3
from gateway.soap.parse import (
    MESSAGE_HEADER,
    SECURITY_HEADER,
    WSSE_NAMESPACE,
    Envelope,
    Version,
)

TIMESTAMP = f"{{{WSU}}}Timestamp"

_CREATED = f"{{{WSU}}}Created"
_EXPIRES = f"{{{WSU}}}Expires"
_ACTOR = {
    Version.SOAP11: f"{{{Version.SOAP11.value}}}actor",
    Version.SOAP12: f"{{{Version.SOAP12.value}}}role",
}

# lxml gives these names to namespaces it has to declare, instead of ns0.
etree.register_namespace("wsu", WSU)


@dataclass(frozen=True, slots=True)
class VerifiedEnvelope:
    """What a message proves. Whose certificate it is and whether it holds is not said here."""

    body: bytes
    """Canonical bytes of the signed Body."""
    message_header: bytes | None
    """Canonical bytes of the signed `hub:MessageHeader`; None when there was none to believe."""
    created: datetime | None
    """Created of the signed Timestamp."""
    certificate: bytes
    """DER of the signer's certificate."""
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and how."""

    key: SigningKey
    certificate: bytes
    """DER; it travels in the message."""
    scheme: Scheme
    actor: str | None = SMEV_ACTOR
    """To whom the Security header is addressed; None writes no actor."""
    lifetime: timedelta | None = None
    """Sign a Timestamp that expires after it; SMEV 2 messages have none."""


def verify(
    envelope: Envelope, policy: Policy, providers: Providers, keys: KeyCache, now: datetime
) -> VerifiedEnvelope:
    """Return what the message proves; raise SignatureRefused with the reason, ProviderMissing.

    Structure and coverage come first and are cheap; then the signature, then the digests.
    """
    security = security_of(envelope, policy)
    found = document.survey(envelope.root, policy.limits)
    parts = take_apart(security)
    claim = signature.read(parts.signature, found, policy)
    check_coverage(claim, envelope, parts, policy)
    signed = signature.prove(claim, policy, providers, keys)
    return VerifiedEnvelope(
        body=_octets(signed, _body(envelope)),
        message_header=_signed_header(signed, envelope),
        created=created_of(signed, parts.timestamp, policy, now),
        certificate=signed.certificate,
        scheme=signed.scheme,
    )


def proof(verified: VerifiedEnvelope, signer: str, thumbprint: str) -> Proof:
    """Return the proof for the steps that follow: a re-parse of the bytes that were proven.

    `signer` is the certificate's participant. Raise SignatureRefused when the signed Body has not
    exactly one child.
    """
    body = etree.fromstring(verified.body, xml.parser())
    if len(body) != 1:
        raise SignatureRefused(Reason.NOT_BODY)
    header = None
    if verified.message_header is not None:
        header = etree.fromstring(verified.message_header, xml.parser())
        # The name by which the signature refers to it is no part of the header.
        header.attrib.pop(WSU_ID, "")
    return Proof(
        payload=body[0],
        message_header=header,
        signer=signer,
        certificate=thumbprint,
    )


def sign(
    envelope: bytes, signer: Signer, providers: Providers, identifiers: Identifiers, now: datetime
) -> bytes:
    """Return the message with a Security header over Body and `hub:MessageHeader`.

    Raise ValueError for a message that has a Security header already, or is no envelope.
    """
    root = etree.fromstring(envelope, xml.parser())
    version = Version(etree.QName(root).namespace)
    blocks, body = _blocks_and_body(root, version)
    unique = identifiers()
    signed = [(f"body-{unique}", _identified(body, f"body-{unique}"))]
    written = []
    for block in blocks:
        if block.tag == MESSAGE_HEADER:
            signed.append((f"header-{unique}", _identified(block, f"header-{unique}")))
            written.append(signed[-1][1])
        else:
            written.append(canonical(block))
    security = _security_text(signed, signer, version, str(unique), providers, now)
    start, end = _tags(root)
    header = f"{{{version.value}}}Header"
    header_start, header_end = _tags(etree.Element(header, nsmap=_named_prefixes(root)))
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8"?>\n',
            *(start, header_start, *written, security, header_end, signed[0][1], end),
        )
    )


def actor_of(envelope: Envelope) -> str | None:
    """Return to whom Security is addressed; nobody signs it. An answer writes the same."""
    return None if envelope.security is None else envelope.security.get(_ACTOR[envelope.version])


@dataclass(frozen=True, slots=True)
class Parts:
    """The children of a Security header."""

    security: etree._Element
    signature: etree._Element
    timestamp: etree._Element | None


def security_of(envelope: Envelope, policy: Policy) -> etree._Element:
    """Return the Security header that is for us; raise SignatureRefused."""
    security = envelope.security
    if security is None:
        raise SignatureRefused(Reason.MISSING)
    actor = actor_of(envelope)
    if actor not in policy.actors:
        raise SignatureRefused(Reason.SECURITY_ACTOR, actor or "")
    return security


def take_apart(security: etree._Element) -> Parts:
    """Sort the children of Security: each kind is there once at most, and nothing else is.

    Raise SignatureRefused.
    """
    kinds: dict[str, etree._Element] = {}
    for child in security:
        if child.tag not in {TOKEN, TIMESTAMP, SIGNATURE} or child.tag in kinds:
            raise SignatureRefused(Reason.SECURITY_CONTENT, child.tag)
        kinds[child.tag] = child
    if SIGNATURE not in kinds:
        raise SignatureRefused(Reason.MISSING)
    return Parts(security, kinds[SIGNATURE], kinds.get(TIMESTAMP))


def check_coverage(claim: Claim, envelope: Envelope, parts: Parts, policy: Policy) -> None:
    """Hold the references against the very elements that will be believed.

    Raise SignatureRefused.
    """
    covered = [reference.element for reference in claim.references]
    header = envelope.message_header
    if not _is_in(_body(envelope), covered):
        raise SignatureRefused(Reason.NOT_BODY)
    is_own = header is not None and header.tag == MESSAGE_HEADER and policy.message_header_signed
    if header is not None and is_own and not _is_in(header, covered):
        raise SignatureRefused(Reason.NOT_HEADER)
    if parts.timestamp is None:
        if policy.timestamp_required:
            raise SignatureRefused(Reason.TIMESTAMP_MISSING)
    elif not _is_in(parts.timestamp, covered):
        raise SignatureRefused(Reason.NOT_TIMESTAMP)
    places = (envelope.root, parts.security.getparent(), parts.security)
    for element in covered:
        if not any(element.getparent() is place for place in places):
            raise SignatureRefused(Reason.REFERENCE_PLACE, element.tag)


def _body(envelope: Envelope) -> etree._Element:
    body = envelope.payload.getparent()
    if body is None or body.getparent() is not envelope.root:
        raise SignatureRefused(Reason.NOT_BODY)
    return body


def _is_in(element: etree._Element, covered: list[etree._Element]) -> bool:
    return any(one is element for one in covered)


def _octets(signed: Signed, element: etree._Element) -> bytes:
    octets = signed.octets_of(element)
    if octets is None:
        raise SignatureRefused(Reason.NOT_BODY)
    return octets


def _signed_header(signed: Signed, envelope: Envelope) -> bytes | None:
    header = envelope.message_header
    return None if header is None else signed.octets_of(header)


def created_of(
    signed: Signed, timestamp: etree._Element | None, policy: Policy, now: datetime
) -> datetime | None:
    """Return when the message was signed; raise SignatureRefused outside the policy's window."""
    if timestamp is None:
        return None
    moments = _moments(etree.fromstring(_octets(signed, timestamp), xml.parser()))
    created, expires = moments[0], moments[-1]
    if policy.timestamp_age is not None:
        if created > now + policy.timestamp_lead:
            raise SignatureRefused(Reason.TIMESTAMP_FUTURE, created.isoformat())
        if created < now - policy.timestamp_age or (len(moments) > 1 and expires <= now):
            raise SignatureRefused(Reason.TIMESTAMP_STALE, created.isoformat())
    return created


def _moments(timestamp: etree._Element) -> list[datetime]:
    if [child.tag for child in timestamp] not in ([_CREATED], [_CREATED, _EXPIRES]):
        raise SignatureRefused(Reason.TIMESTAMP_FORMAT)
    try:
        moments = [lexical.read_moment((child.text or "").strip()) for child in timestamp]
    except ValueError as error:
        raise SignatureRefused(Reason.TIMESTAMP_FORMAT) from error
    if any(moment.tzinfo is None for moment in moments):
        raise SignatureRefused(Reason.TIMESTAMP_FORMAT)
    return moments


def _blocks_and_body(
    root: etree._Element, version: Version
) -> tuple[list[etree._Element], etree._Element]:
    names = [child.tag for child in root]
    header, body = f"{{{version.value}}}Header", f"{{{version.value}}}Body"
    if names not in ([body], [header, body]):
        raise ValueError("not an envelope with one Body")
    blocks = list(root[0]) if len(names) > 1 else []
    if any(block.tag == SECURITY_HEADER for block in blocks):
        raise ValueError("the message has a Security header already")
    return blocks, root[-1]


def _identified(element: etree._Element, name: str) -> bytes:
    """Give an element its id and return its canonical form."""
    element.set(WSU_ID, name)
    return canonical(element)


def _security_text(
    signed: list[tuple[str, bytes]],
    signer: Signer,
    version: Version,
    unique: str,
    providers: Providers,
    now: datetime,
) -> bytes:
    token, timestamp = f"token-{unique}", b""
    if signer.lifetime is not None:
        timestamp = _timestamp_text(f"timestamp-{unique}", now, now + signer.lifetime)
        signed = [*signed, (f"timestamp-{unique}", timestamp)]
    start = (
        f'<wsse:Security xmlns:wsse="{WSSE_NAMESPACE}" xmlns:wsu="{WSU}"'
        f"{_address(signer.actor, version)}>"
        f'<wsse:BinarySecurityToken EncodingType="{BASE64_BINARY}" ValueType="{X509_V3}" '
        f'wsu:Id="{token}">{b64encode(signer.certificate).decode()}</wsse:BinarySecurityToken>'
    )
    key_info = (
        f'<wsse:SecurityTokenReference><wsse:Reference URI="#{token}" ValueType="{X509_V3}"/>'
        "</wsse:SecurityTokenReference>"
    )
    made = signature.build_signature(
        signed, signer.key, signer.scheme, key_info.encode(), providers
    )
    return b"".join((start.encode(), timestamp, made, b"</wsse:Security>"))


def _address(actor: str | None, version: Version) -> str:
    """Return the attributes that say for whom Security is."""
    if actor is None:
        return ""
    name = etree.QName(_ACTOR[version]).localname
    return f' xmlns:env="{version.value}" env:{name}="{lexical.escape_attribute(actor)}"'


def _timestamp_text(name: str, created: datetime, expires: datetime) -> bytes:
    """Return the Timestamp in its canonical form."""
    return (
        f'<wsu:Timestamp xmlns:wsu="{WSU}" wsu:Id="{name}">'
        f"<wsu:Created>{_utc(created)}</wsu:Created><wsu:Expires>{_utc(expires)}</wsu:Expires>"
        "</wsu:Timestamp>"
    ).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _tags(element: etree._Element) -> tuple[bytes, bytes]:
    """Return the start and the end tag of an element, with every prefix that is in scope.

    The default namespace is left out: canonical parts stand inside, and each has what it needs.
    """
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    shell = etree.Element(element.tag, attributes, nsmap=_named_prefixes(element))
    shell.text = " "
    start, _, end = etree.tostring(shell).partition(b"> <")
    return start + b">", b"<" + end


def _named_prefixes(element: etree._Element) -> dict[str, str]:
    named = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
    uri = etree.QName(element).namespace or ""
    if uri not in named.values():
        named[next(p for p in ("soap", "soapenv", "hubsoap") if p not in named)] = uri
    return named
