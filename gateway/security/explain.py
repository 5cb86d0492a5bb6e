"""Tells how a signed envelope is verified, step by step, and where it differs.

The verdict is that of `wsse.verify`. The steps call the very functions of which it consists, each
on its own, so that one that refuses does not hide the others; what a step refuses, the verifier
refuses too. Nothing here goes by itself to the network, and nothing is believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from gateway.kernel import xml
from gateway.security import document, explain_signature, signature, wsse
from gateway.security.certificates import CertificateReader
from gateway.security.document import Document
from gateway.security.errors import Reason
from gateway.security.explanation import (
    Explanation,
    Fact,
    Refusal,
    Step,
    attempt,
    judged,
    unseen,
)
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.security.signature import Claim
from gateway.soap.parse import Envelope, Version, parse

_OF_ALL_REFERENCES = {Reason.REFERENCE_REPEATED.code, Reason.REFERENCE_PLACE.code}


def explain(
    octets: bytes,
    policy: Policy,
    providers: Providers,
    reader: CertificateReader,
    now: datetime,
) -> Explanation:
    """Tell how `wsse.verify` takes the message at the moment `now`; never raises a refusal."""
    steps = [explain_signature.octets_step(octets)]
    version = version_of(octets)
    envelope, refusal = attempt(lambda: parse(octets, version))
    steps.append(_envelope_step(version, envelope, refusal))
    if envelope is None:
        return Explanation(tuple(steps), refusal)
    keys = KeyCache(providers)
    verified, refusal = attempt(lambda: wsse.verify(envelope, policy, providers, keys, now))
    verification = _Verification(octets, envelope, policy, providers, keys, reader, now)
    steps.extend(verification.steps())
    certificate = verification.certificate if verified is None else verified.certificate
    return Explanation(tuple(steps), refusal, certificate)


def version_of(octets: bytes) -> Version:
    """Return the SOAP version that the root names; 1.1 when it names none."""
    try:
        root = etree.fromstring(octets, xml.parser())
    except (etree.XMLSyntaxError, ValueError):
        return Version.SOAP11
    namespace = etree.QName(root).namespace
    return next((v for v in Version if v.value == namespace), Version.SOAP11)


@dataclass
class _Verification:
    """One envelope on its way through the steps of `wsse.verify`."""

    octets: bytes
    envelope: Envelope
    policy: Policy
    providers: Providers
    keys: KeyCache
    reader: CertificateReader
    now: datetime
    certificate: bytes | None = None

    def steps(self) -> Iterator[Step]:
        """Tell all of them, as far as there is anything to look at."""
        yield self._security()
        markup, found = self._markup()
        yield markup
        security = self.envelope.security
        if security is None or found is None:
            return
        parts, _ = attempt(lambda: wsse.take_apart(security))
        if parts is None:
            return
        children, refusal = attempt(lambda: signature.parts_of(parts.signature))
        if children is None:
            yield judged("signature", "Состав подписи", [], refusal)
            return
        signed_info, value, key_info = children
        step, self.certificate = explain_signature.token_step(
            key_info, parts.signature, found, self.reader
        )
        yield step
        step, references = explain_signature.methods_step(signed_info, self.policy)
        yield step
        for number, element in enumerate(references, 1):
            yield explain_signature.reference_step(
                number, element, found, self.policy, self.providers, self.octets
            )
        claim, refusal = attempt(lambda: signature.read(parts.signature, found, self.policy))
        yield self._coverage(parts, references, found, claim, refusal)
        yield explain_signature.value_step(
            value, claim, self.policy, self.providers, self.keys, self.octets
        )
        yield self._timestamp(parts, claim)

    def _security(self) -> Step:
        security = self.envelope.security
        _, refusal = attempt(lambda: wsse.security_of(self.envelope, self.policy))
        facts = []
        if security is not None:
            _, content = attempt(lambda: wsse.take_apart(security))
            refusal = refusal or content
            facts = [
                Fact("line", "строка", xml.line_of(security)),
                Fact("actor", "адресован (actor)", wsse.actor_of(self.envelope)),
                Fact("expected-actors", "ожидается", _actors(self.policy)),
                Fact("children", "содержит", _names(security)),
            ]
        return judged("security", "Заголовок Security", facts, refusal)

    def _markup(self) -> tuple[Step, Document | None]:
        root = self.envelope.root
        found, refusal = attempt(lambda: document.survey(root, self.policy.limits))
        facts = [Fact("elements", "элементов", sum(1 for _ in root.iter()))]
        if refusal is not None and refusal.code == Reason.REFERENCE_AMBIGUOUS.code:
            facts.append(explain_signature.holders_fact(root, refusal.note))
        step = judged("markup", "Разметка и идентификаторы", facts, refusal)
        return step, found

    def _coverage(
        self,
        parts: wsse.Parts,
        references: list[etree._Element],
        found: Document,
        claim: Claim | None,
        refusal: Refusal | None,
    ) -> Step:
        covered: dict[etree._Element, int] = {}
        for number, reference in enumerate(references, 1):
            uri = reference.get("URI")
            target, _ = attempt(lambda uri=uri: found.find(uri))  # type: ignore[misc]
            if target is not None:
                covered.setdefault(target, number)
        believed = (
            ("body", "Body", self.envelope.payload.getparent()),
            ("message-header", "MessageHeader", self.envelope.message_header),
            ("timestamp", "Timestamp", parts.timestamp),
        )
        facts = [Fact(key, label, _covered(element, covered)) for key, label, element in believed]
        title = "Охват подписи"
        if claim is not None:
            _, refusal = attempt(
                lambda: wsse.check_coverage(claim, self.envelope, parts, self.policy)
            )
            return judged("coverage", title, facts, refusal)
        if refusal is not None and refusal.code in _OF_ALL_REFERENCES:
            return judged("coverage", title, facts, refusal)
        return unseen("coverage", title, facts)

    def _timestamp(self, parts: wsse.Parts, claim: Claim | None) -> Step:
        title = "Метка времени"
        timestamp = parts.timestamp
        if timestamp is None:
            return judged("timestamp", title, [Fact("timestamp", "метка", None)], None)
        facts = [
            Fact(etree.QName(child).localname.lower(), etree.QName(child).localname, child.text)
            for child in timestamp
        ]
        facts.append(Fact("now", "время проверки", self.now.isoformat()))
        signed = None
        if claim is not None:
            signed, _ = attempt(
                lambda: signature.prove(claim, self.policy, self.providers, self.keys)
            )
        if signed is None or signed.octets_of(timestamp) is None:
            return unseen("timestamp", title, facts)
        _, refusal = attempt(lambda: wsse.created_of(signed, timestamp, self.policy, self.now))
        return judged("timestamp", title, facts, refusal)


def _envelope_step(version: Version, envelope: Envelope | None, refusal: Refusal | None) -> Step:
    facts = []
    if envelope is not None:
        header = envelope.root[0] if len(envelope.root) > 1 else None
        facts = [
            Fact("version", "версия", version.name.replace("SOAP1", "SOAP 1.")),
            Fact("header", "блоки Header", () if header is None else _names(header)),
            Fact("payload", "содержимое Body", str(envelope.payload.tag)),
        ]
    return judged("envelope", "Конверт SOAP", facts, refusal)


def _covered(element: etree._Element | None, covered: dict[etree._Element, int]) -> str | None:
    if element is None:
        return None
    number = covered.get(element)
    return "не подписан" if number is None else f"ссылка {number}"


def _names(parent: etree._Element) -> tuple[str, ...]:
    return tuple(
        f"{etree.QName(child).localname} (строка {xml.line_of(child)})" for child in parent
    )


def _actors(policy: Policy) -> tuple[str, ...]:
    return tuple(sorted(actor or "без адреса" for actor in policy.actors))
