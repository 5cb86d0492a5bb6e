"""How a message is put into an envelope and taken out of one.

The binding of a letter is its channel, so an envelope is read by what has written it, whatever
the registry says by then.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lxml import etree

from gateway.kernel.message import Attachment, Contour
from gateway.outgoing.calls import Call
from gateway.outgoing.parcel import Parcel
from gateway.security.proof import Proof
from gateway.soap import attachments as binary
from gateway.soap import build
from gateway.soap.parse import HUB_NAMESPACE, Envelope, Version, parse
from gateway.soap.smev2_build import Document

SOAP = "soap"
"""Channel of letters in the hub's own envelope."""

Sign = Callable[[bytes, str | None], bytes]
"""`OwnSignature.sign`: an envelope and the actor that its Security header is addressed to."""

_HUB = f"{{{HUB_NAMESPACE}}}"


class Foreign(Exception):
    """A reply that answers something else, or is somebody else's; the text is in Russian."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Refused(Exception):
    """A proven reply that says no, by its own means and not by a fault."""

    def __init__(self, code: str, *, retryable: bool) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A payload as it is written, with the parts that it refers to."""

    payload: bytes
    parts: Collection[Attachment] = ()
    """To be kept before the letter is, in the same transaction."""
    document: Document | None = None
    """Files that stand beside the payload (SMEV 2)."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a letter went, and under which id."""

    recipient: str
    message_id: str


class Binding(Protocol):
    """One kind of envelope in one contour."""

    @property
    def code(self) -> str:
        """The hub's own participant code."""
        ...

    @property
    def channel(self) -> str:
        """Name of the channel that delivers its letters."""
        ...

    def action(self, call: Call) -> str:
        """Return the SOAPAction of an operation."""
        ...

    def enclose(self, parcel: Parcel, payload: bytes) -> Enclosed:
        """Put the attachments where they travel; `payload` has their tokens in it."""
        ...

    def write(self, parcel: Parcel, call: Call, enclosed: Enclosed, now: datetime) -> bytes:
        """Return the envelope, signed if the hub has a key, as SOAP 1.1."""
        ...

    def payload(self, envelope: Envelope) -> etree._Element:
        """Return the request element of an envelope that `write` has made."""
        ...

    def read(self, call: Call, proof: Proof, sent: Addressed) -> etree._Element | None:
        """Return the response element of a proven reply; raise Foreign, Refused.

        None is an acceptance that says nothing more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """The hub's own envelope: `hub:MessageHeader` and the payload in the Body."""

    contour: Contour
    code: str
    """The hub's own participant code."""
    sign: Sign | None
    """None: the hub has no key in this contour."""
    channel: str = SOAP

    def action(self, call: Call) -> str:
        """Return what the WSDL says."""
        return call.operation.soap_action

    def enclose(self, parcel: Parcel, payload: bytes) -> Enclosed:
        """Refer to the attachments where the payload has them."""
        return Enclosed(
            binary.refer(payload, parcel.attachments), tuple(parcel.attachments.values())
        )

    def write(self, parcel: Parcel, call: Call, enclosed: Enclosed, now: datetime) -> bytes:  # noqa: ARG002 -- signature of the port
        """Return the envelope with the header of the parcel."""
        header = build.ReplyHeader(
            message_id=parcel.message_id,
            sender=self.code,
            recipient=parcel.recipient,
            timestamp=now,
            contour=self.contour,
            correlation_id=None,
        )
        envelope = build.reply(Version.SOAP11, header, enclosed.payload)
        return self.sign(envelope, None) if self.sign else envelope

    def payload(self, envelope: Envelope) -> etree._Element:
        """Return what is in the Body."""
        return envelope.payload

    def read(self, call: Call, proof: Proof, sent: Addressed) -> etree._Element:
        """Return what is in the Body, if the header says that it answers this very message.

        Production has to say so: a signed answer to another message is no answer to this one.
        """
        header = proof.message_header
        if header is None:
            if self.contour is Contour.PROD:
                raise Foreign("В ответе нет подписанного заголовка hub:MessageHeader.")
            return proof.payload
        if not call.contract.validate(header):
            raise Foreign("Заголовок ответа не соответствует опубликованному формату.")
        said = {str(one.tag).removeprefix(_HUB): (one.text or "").strip() for one in header}
        if said.get("correlationId", "").lower() != sent.message_id:
            raise Foreign("Поле correlationId ответа называет другое сообщение.")
        if said["sender"] != sent.recipient:
            raise Foreign("Поле sender ответа называет другого участника.")
        if said["contour"] != self.contour.value:
            raise Foreign("Поле contour ответа называет другой контур.")
        return proof.payload


def call_of(letter: bytes, contract: str, binding: Binding, find: "FindCall") -> Call | None:
    """Return the operation that a letter calls; None when no slice calls it any more."""
    payload = binding.payload(parse(letter, Version.SOAP11))
    return find(contract, str(payload.tag))


FindCall = Callable[[str, str], Call | None]
