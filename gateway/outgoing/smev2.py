"""Messages to participants whose own services speak SMEV 2: the hub is SMEV and the consumer.

What the other side answers by its Status is read back: ACCEPT and RESULT hold the typed response,
INVALID and REJECT are refusals, FAILURE asks for another attempt.
"""

import hashlib
import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from lxml import etree

from gateway.contracts.catalog import Contract, ContractOperation
from gateway.kernel import xml
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Attachment, Contour, Participant, Smev2Profile
from gateway.outgoing.binding import Addressed, Enclosed, Foreign, Refused, Sign
from gateway.outgoing.calls import Call
from gateway.outgoing.parcel import Parcel
from gateway.outgoing.proving import Participants
from gateway.security.algorithms import Hash
from gateway.security.policy import SMEV_ACTOR
from gateway.security.proof import Proof
from gateway.security.provider import Providers
from gateway.soap import attachments as binary
from gateway.soap import smev2, smev2_build, smev2_errors, smev2_files
from gateway.soap.parse import Envelope
from gateway.soap.smev2 import (
    Message,
    MessageClass,
    MessageHeader,
    ServiceVersion,
    Status,
    System,
    TypeCode,
)
from gateway.soap.smev2_build import Document
from gateway.soap.smev2_files import CONTENT, FILE_NAME, Enclosure

SMEV2 = "smev2"
"""Channel of letters in envelopes of SMEV 2."""

_ACCEPTED = frozenset({Status.ACCEPT, Status.RESULT, Status.PROCESS, Status.STATE})
_REFUSED = frozenset({Status.REJECT, Status.INVALID, Status.FAILURE})
_EXCHANGE_TYPE = "2"
_ZIP = "application/zip"
_MIME_TYPE = FILE_NAME.replace("fileName", "mimeType")


@dataclass(frozen=True, slots=True)
class Smev2:
    """The envelopes of SMEV 2 in one contour."""

    contour: Contour
    code: str
    """The hub's own participant code."""
    hub: System
    schema: Contract
    """Of the envelope."""
    participants: Participants
    providers: Providers
    digest: Hash
    """Of DigestValue, where a profile names no other."""
    sign: Sign | None
    channel: str = SMEV2

    def is_for(self, parcel: Parcel, call: Call) -> bool:
        """Tell whether the recipient's own service of this contract is called so."""
        found = self.participants(parcel.recipient)
        profile = None if found is None else found.smev2
        return profile is not None and profile.serves and call.contract.smev2 is not None

    def action(self, call: Call) -> str:
        """Return what the WSDL of the binding says."""
        return _wrapped(call).soap_action

    def enclose(self, parcel: Parcel, payload: bytes) -> Enclosed:
        """Take the attachments out of the payload into one archive beside it."""
        if not parcel.attachments:
            return Enclosed(payload)
        root = etree.fromstring(payload, xml.parser())
        code = f"req_{parcel.message_id}"
        octets = smev2_files.pack(list(_taken_out(root, parcel.attachments)), code)
        bare = etree.tostring(root)
        profile = self._profile(parcel.recipient)
        if profile is not None and profile.inline_files:
            return Enclosed(bare, (), Document(code, content=octets))
        archive = _kept(octets)
        token = b"sha256:" + archive.sha256.hex().encode()
        algorithm = self.digest if profile is None or not profile.digest else Hash[profile.digest]
        digest = self.providers.digest(algorithm, octets)
        return Enclosed(bare, (archive,), Document(code, token=token, digest=digest))

    def write(self, parcel: Parcel, call: Call, enclosed: Enclosed, now: datetime) -> bytes:
        """Return the envelope with the header that SMEV would have given it."""
        recipient = self.participants(parcel.recipient)
        profile = self._profile(parcel.recipient)
        if recipient is None or profile is None:
            raise GatewayError
        message = self._message(parcel, call, recipient, profile, now)
        wrapper = smev2_build.wrap(
            _wrapped(call).request,
            message,
            enclosed.payload,
            enclosed.document,
            profile.app_data_type,
        )
        header = MessageHeader(self.hub.code, str(parcel.message_id), now, MessageClass.REQUEST)
        envelope = smev2_build.envelope(wrapper, header)
        document = enclosed.document
        if document is not None and document.token is not None:
            envelope = binary.refer(envelope, [document.token])
        return self.sign(envelope, SMEV_ACTOR) if self.sign else envelope

    def payload(self, envelope: Envelope) -> etree._Element:
        """Return what AppData holds."""
        return smev2.inside(envelope.payload)

    def read(self, call: Call, proof: Proof, sent: Addressed) -> etree._Element | None:
        """Return the response, None for an acceptance without one; raise Foreign, Refused."""
        if proof.payload.tag != _wrapped(call).response:
            raise Foreign("Ответ относится к другой операции.")
        try:
            parts = smev2.take_apart(proof.payload)
            if not (self.schema.validate(parts.message) and self.schema.validate(parts.data)):
                raise Foreign("Конверт ответа не соответствует rev120315.")
            message = smev2.read_message(parts.message)
        except GatewayError as error:
            raise Foreign("Ответ не является сообщением СМЭВ 2.") from error
        self._check(message, sent)
        if message.status in _REFUSED:
            raise _refusal(message.status, parts.app_data)
        if message.status not in _ACCEPTED:
            raise Foreign(f"Статус {message.status.value} в ответе не бывает.")
        inside = [] if parts.app_data is None else list(parts.app_data)
        return next((one for one in inside if one.tag == call.operation.response), None)

    def _check(self, message: Message, sent: Addressed) -> None:
        """Hold the reply against what it answers: production has to say so."""
        profile = self._profile(sent.recipient)
        if profile is None or message.sender.code != profile.mnemonic:
            raise Foreign("Sender.Code ответа называет другую систему.")
        if message.request_id is None and self.contour is not Contour.PROD:
            return
        if message.request_id != sent.message_id:
            raise Foreign("RequestIdRef ответа называет другое сообщение.")

    def _message(
        self,
        parcel: Parcel,
        call: Call,
        recipient: Participant,
        profile: Smev2Profile,
        now: datetime,
    ) -> Message:
        return Message(
            sender=self.hub,
            recipient=System(profile.mnemonic, recipient.name),
            originator=self._originator(parcel.originator),
            service=_service(profile, call),
            type_code=TypeCode.STATE_SERVICE,
            status=call.outward.statuses.get(call.operation.name, Status.REQUEST),
            date=now,
            exchange_type=profile.exchange_type or _EXCHANGE_TYPE,
            origin_request_id=parcel.origin_request,
            service_code=parcel.service_code,
            case_number=parcel.case_number,
            test_message="Тестовый контур" if self.contour is Contour.TEST else None,
        )

    def _originator(self, code: str | None) -> System | None:
        found = None if code is None else self.participants(code)
        if found is None or found.smev2 is None:
            return None
        return System(found.smev2.mnemonic, found.name)

    def _profile(self, code: str) -> Smev2Profile | None:
        found = self.participants(code)
        return None if found is None else found.smev2


def _wrapped(call: Call) -> ContractOperation:
    """Return the operation as the second binding has it."""
    second = call.contract.smev2
    if second is None:
        raise TypeError(call.contract.name)
    return next(one for one in second.operations if one.name == call.operation.name)


def _service(profile: Smev2Profile, call: Call) -> ServiceVersion | str:
    major, _, minor = call.contract.version.partition(".")
    version = f"{int(major)}.{int(minor):02d}"
    if profile.service_name is None:
        return ServiceVersion(call.contract.service, version)
    if profile.service_version is None:
        return profile.service_name
    return ServiceVersion(profile.service_name, profile.service_version)


def _refusal(status: Status, app_data: etree._Element | None) -> Refused:
    told = () if app_data is None else smev2_errors.read(app_data)
    code = next((one.code for one in told if one.code), status.value)
    return Refused(code, retryable=status is Status.FAILURE)


def _taken_out(root: etree._Element, parts: Mapping[bytes, Attachment]) -> Iterator[Enclosure]:
    """Give what stands in the places of attachments, and empty these places."""
    tokens = {b64encode(token).decode(): part for token, part in parts.items()}
    for content in list(root.iter(CONTENT)):
        part = tokens.get(content.text or "")
        holder = content.getparent()
        if part is None or holder is None:
            continue
        holder.remove(content)
        beside = holder.getparent()
        codes = [] if beside is None else [c for c in beside if etree.QName(c).localname == "code"]
        yield Enclosure(
            name=holder.findtext(FILE_NAME) or "",
            code=(codes[0].text or "").strip() or None if codes else None,
            media_type=holder.findtext(_MIME_TYPE) or part.media_type,
            read=partial(_octets, part),
        )


def _octets(part: Attachment) -> bytes:
    with part.open() as source:
        return source.read()


def _kept(octets: bytes) -> Attachment:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:

        yield io.BytesIO(octets)

    return Attachment("", _ZIP, len(octets), hashlib.sha256(octets).digest(), opened)
