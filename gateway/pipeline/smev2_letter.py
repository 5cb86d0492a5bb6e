"""A message of the binding SMEV 2 on its way: the proven wrapper, and what it says (SVC-00-04).

The envelope's own mistakes end in a fault. From the moment the sender is let in, what is wrong is
told by the status of an ordinary answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from gateway.adapter import Answered
from gateway.contracts.catalog import Contract
from gateway.contracts.validate import findings
from gateway.kernel.errors import Finding, NoRoute, NotAllowed, ValidationError
from gateway.kernel.message import Attachment, Header, Participant
from gateway.pipeline.exchange import Endpoint, Incoming, Letter, Wrapper
from gateway.security.canonical import canonical
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.proof import Proof
from gateway.soap import smev2, smev2_files
from gateway.soap.errors import ActionMismatch, MalformedMessage
from gateway.soap.parse import Envelope
from gateway.soap.smev2 import Message, Status, Wrapped
from gateway.soap.smev2_files import AppliedFile, DocumentRefused, IsDigestOf

_MOST_FINDINGS = 50
_LONGEST_ID = 100


@dataclass(slots=True)
class Smev2Letter(Letter):
    """What is known of the message until it is answered."""

    wrapper: Wrapper = field(kw_only=True)
    message: Message = field(kw_only=True)
    parts: Wrapped = field(kw_only=True)
    proven: etree._Element = field(kw_only=True)
    """The whole wrapper."""
    own_id: str | None = field(kw_only=True)
    """The sender's MessageId of a header that is believed."""
    digests: "Digests" = field(kw_only=True)
    recipient: Participant | None = None
    """Whom the answer is for, once it is known who has sent."""
    message_id: str | None = None

    def header_of(self, sender: Participant, *, is_signed: bool) -> Header | None:
        """Return the header that the hub gives the message; raise NotAllowed, SignatureRefused.

        Sender.Code is the mnemonic of the participant's system; a participant without one is named
        by its code. The id of a message is made of its bytes: the same message again has the same.
        """
        known = sender.code if sender.smev2 is None else sender.smev2.mnemonic
        if self.message.sender.code != known:
            if is_signed:
                raise SignatureRefused(Reason.CERTIFICATE_OTHER_PARTICIPANT, sender.code)
            raise NotAllowed("Sender.Code не совпадает с мнемоникой опознанного отправителя.")
        self.recipient = sender
        self.message_id = self.own_id or self._made_id(sender.code)
        if self.header is not None:
            self.header = replace(self.header, message_id=self.message_id, sender=sender.code)
        return self.header

    def unpack(
        self, found: Mapping[bytes, Attachment], sender: Participant
    ) -> Mapping[bytes, Attachment]:
        """Put the files of AppDocument, and a foreign content, into the payload; raise refusals."""
        files: tuple[AppliedFile, ...] = ()
        token, archive = None, None
        if self.parts.document is not None:
            token, archive = _archive(self.parts.document, found)
            files = self._files(self.parts.document, archive, sender)
        rest = {one: part for one, part in found.items() if one != token}
        foreign = self.wrapper.foreign
        if foreign is not None and not self.is_checked:
            self.payload = self.original = self._translated(sender, files)
            kept = {b"sha256:" + file.content.sha256.hex().encode(): file.content for file in files}
            return {**rest, **kept}
        if files and self.is_checked:
            raise DocumentRefused("В запросе состояния вложений не бывает.")
        return {**rest, **smev2_files.fill_in(self.payload, files)}

    def digest(self, of_payload: bytes) -> bytes:
        """Tell messages of this binding from those of the plain one: their answers differ."""
        return sha256(b"smev2" + of_payload).digest()

    def status(self, response: Any, offices: Mapping[type, object]) -> Status:  # noqa: ANN401 -- any typed response
        """Return the status of the answer with this response."""
        if self.message.status is Status.PING and self.wrapper.judge is not None:
            return self.wrapper.judge(response, offices)
        answered: Answered = self.wrapper.answers
        return answered if isinstance(answered, Status) else answered(response)

    def _made_id(self, sender: str) -> str:
        return str(uuid5(NAMESPACE_OID, f"{sender}/{sha256(canonical(self.proven)).hexdigest()}"))

    def _files(
        self, document: etree._Element, archive: Attachment, sender: Participant
    ) -> tuple[AppliedFile, ...]:
        is_digest_of = self.digests.of(sender)
        written = document.findtext(smev2.DIGEST_VALUE)
        if written is not None:
            with archive.open() as source:
                if not is_digest_of(smev2_files.read_digest(written), source):
                    raise DocumentRefused("DigestValue не равен хешу байтов архива.")
        code = document.findtext(smev2.REQUEST_CODE) or ""
        return smev2_files.unpack(archive, code, is_digest_of, self.digests.max_bytes)

    def _translated(self, sender: Participant, files: tuple[AppliedFile, ...]) -> etree._Element:
        foreign, schema = self.wrapper.foreign, self.wrapper.schema
        if foreign is None or schema is None:
            raise TypeError(foreign)
        content = etree.Element(foreign.content)
        content.extend(list(self.parts.app_data) if self.parts.app_data is not None else [])
        if not schema.validate(content):
            raise _invalid(schema, content)
        return foreign.read(content, sender.code, files)


@dataclass(frozen=True, slots=True)
class Digests:
    """By which algorithms DigestValue may be, and how much an archive may hold."""

    of_name: Mapping[str | None, IsDigestOf]
    """By the algorithm that a participant's profile names; None stands for any allowed one."""
    max_bytes: int

    def of(self, sender: Participant) -> IsDigestOf:
        """Return what tells whether a digest is right for this sender."""
        return self.of_name[None if sender.smev2 is None else sender.smev2.digest]


def read(
    incoming: Incoming,
    proof: Proof,
    envelope: Envelope,
    hub: str,
    schema: Contract,
    digests: Digests,
) -> Smev2Letter:
    """Read a proven wrapper; raise NoRoute, ValidationError, MalformedMessage, ActionMismatch."""
    endpoint, proven = incoming.endpoint, proof.payload
    wrapper = _wrapper(endpoint, proven.tag)
    if incoming.action and wrapper.action and incoming.action != wrapper.action:
        raise ActionMismatch
    parts = smev2.take_apart(proven)
    received = parts if envelope.payload is proven else smev2.take_apart(envelope.payload)
    _validate(schema, parts, received)
    message = smev2.read_message(parts.message)
    _check(message, wrapper, hub)
    route, payload, original = _payload(wrapper, message, parts, received)
    return Smev2Letter(
        payload=payload,
        original=original,
        header=Header(
            message_id="",
            sender=message.sender.code,
            timestamp=message.date,
            contour=endpoint.contour,
        ),
        route=route,
        is_checked=route is not wrapper.route,
        wrapper=wrapper,
        message=message,
        parts=parts,
        proven=proven,
        own_id=_own_id(proof.message_header),
        digests=digests,
    )


def _wrapper(endpoint: Endpoint, tag: str) -> Wrapper:
    found = endpoint.wrappers.get(tag)
    if found is None:
        names = sorted(etree.QName(known).localname for known in endpoint.wrappers)
        text = f"Корневой элемент Body: {etree.QName(tag).localname[:100]}."
        advice = f"Элементы привязки СМЭВ 2: {', '.join(names)}."
        raise NoRoute(findings=(Finding(text, rule="route", advice=advice),))
    return found


def _validate(schema: Contract, proven: Wrapped, received: Wrapped) -> None:
    """Hold the envelope against rev120315; what AppData holds is looked at later."""
    for element, original in ((proven.message, received.message), (proven.data, received.data)):
        if not schema.validate(element):
            raise _invalid(schema, original)


def _invalid(schema: Contract, element: etree._Element) -> ValidationError:
    found, truncated = findings(schema, element, _MOST_FINDINGS)
    return ValidationError(findings=found, truncated=truncated)


def _check(message: Message, wrapper: Wrapper, hub: str) -> None:
    if message.recipient.code != hub:
        raise NoRoute(f"Recipient.Code называет другую систему: мнемоника узла {hub}.")
    taken = wrapper.takes | ({Status.PING} if wrapper.judge is not None else set())
    if message.status not in taken:
        names = ", ".join(sorted(status.value for status in taken))
        raise _malformed(f"Статус {message.status.value} в этом запросе не бывает.", names)


def _payload(
    wrapper: Wrapper, message: Message, parts: Wrapped, received: Wrapped
) -> tuple[Any, etree._Element, etree._Element]:
    """Return the route with the payload, as it was proven and as it was received.

    A PING may name the request it is about and hold nothing: then the wrapper's message stands for
    the payload.
    """
    inside = [] if parts.app_data is None else list(parts.app_data)
    if wrapper.poll is not None and message.status is Status.PING:
        asked = [one for one in inside if one.tag == wrapper.poll.request_tag]
        if wrapper.route.request_tag != wrapper.poll.request_tag or not asked:
            return wrapper.poll, parts.message, received.message
    if wrapper.foreign is not None:
        if parts.app_data is None:
            raise _malformed("В MessageData нет AppData.", wrapper.foreign.content)
        return wrapper.route, parts.app_data, parts.app_data
    if [one.tag for one in inside] != [wrapper.route.request_tag]:
        name = etree.QName(wrapper.route.request_tag)
        raise _malformed(
            "В AppData ожидается ровно одна содержательная часть этой операции.",
            f"{name.localname} из {name.namespace}",
        )
    original = inside[0] if received.app_data is None else received.app_data[0]
    return wrapper.route, inside[0], original


def _archive(
    document: etree._Element, found: Mapping[bytes, Attachment]
) -> tuple[bytes, Attachment]:
    holder = document.find(smev2.BINARY_DATA)
    if holder is None:
        holder = document.find(smev2.REFERENCE)
    text = "" if holder is None else holder.text or ""
    token = smev2_files.read_digest(text)
    if token not in found:
        raise DocumentRefused("В AppDocument нет архива: ни BinaryData, ни ссылки на часть.")
    return token, found[token]


def _own_id(header: etree._Element | None) -> str | None:
    own = smev2.message_id_of(header)
    return own if own and len(own) <= _LONGEST_ID and own.isprintable() else None


def _malformed(text: str, expected: str) -> MalformedMessage:
    finding = Finding(text, line=1, rule="smev2", advice=f"Ожидается: {expected}.")
    return MalformedMessage(findings=(finding,))
