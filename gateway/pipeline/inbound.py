"""The steps of the line, one function each, in the order they are taken."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lxml import etree

from gateway.contracts.validate import findings
from gateway.kernel.errors import (
    AuthenticationFailed,
    Finding,
    HeaderExpired,
    NoRoute,
    NotAllowed,
    NotAllowedInContour,
    ParticipantNotActive,
    RateExceeded,
    ValidationError,
    VersionUnsupported,
)
from gateway.kernel.message import (
    ActingRole,
    Admission,
    Attachment,
    Contour,
    Header,
    OnBehalf,
    Participant,
)
from gateway.kernel.quotas import QuotaExceeded, Quotas
from gateway.pipeline.exchange import Endpoint, Incoming, Letter, Route
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.proof import Proof
from gateway.soap import attachments as binary
from gateway.soap.build import FORMAT_VERSION
from gateway.soap.errors import ActionMismatch
from gateway.soap.parse import HUB_NAMESPACE, Envelope
from registry.directory import Directory
from registry.onboarding.access import OPEN_STATES
from registry.onboarding.admission import check_term
from registry.onboarding.services import is_hub_own

_FINDINGS_COLLECTED = 50
HEADER_MISSING = Finding(
    "Нет заголовка hub:MessageHeader.",
    line=1,
    path="/Envelope/Header/MessageHeader",
    rule="required",
    advice="Добавьте MessageHeader с messageId, sender, timestamp и contour и подпишите его.",
)
_HUB = f"{{{HUB_NAMESPACE}}}"


class Plain:
    """The part of a binding whose payload stands in Body itself, with `hub:MessageHeader`."""

    def open(self, incoming: Incoming, proof: Proof, envelope: Envelope) -> Letter:
        """Return the payload with the header, whose shape is checked; raise ValidationError."""
        endpoint = incoming.endpoint
        validate_header(endpoint, proof.message_header)
        header = read_header(proof, endpoint.contour)
        return Letter(proof.payload, envelope.payload, header)


def identify(incoming: Incoming, proof: Proof, directory: Directory) -> Participant:
    """Return the participant behind the message.

    Raises SignatureRefused when there has to be a signature, AuthenticationFailed.
    """
    contour = incoming.endpoint.contour
    if proof.signer is not None:
        signer = directory.participant(contour, proof.signer)
        if signer is None:
            raise SignatureRefused(Reason.CERTIFICATE_UNKNOWN, proof.signer)
        return signer
    if incoming.credentials is None:
        raise AuthenticationFailed
    participant = directory.authenticate(contour, *incoming.credentials)
    if participant.is_signature_required:
        raise SignatureRefused(Reason.MISSING)
    return participant


def hold_to_certificate(header: Header | None, signer: Participant) -> None:
    """Refuse who signs with his own certificate in another's name; raise SignatureRefused."""
    if header is not None and header.sender != signer.code:
        raise SignatureRefused(Reason.CERTIFICATE_OTHER_PARTICIPANT, signer.code)


def charge(sender: Participant, octets: int, quotas: Quotas) -> None:
    """Count the message in the sender's quota; raise RateExceeded."""
    try:
        quotas.enter(sender.code, octets)
    except QuotaExceeded as error:
        raise RateExceeded from error


def route(endpoint: Endpoint, payload: etree._Element, action: str) -> Route:
    """Return the operation of the payload; the Body decides, SOAPAction may only agree."""
    found = endpoint.routes.get(payload.tag)
    if found is None:
        raise NoRoute(
            findings=(
                Finding(
                    f"Корневой элемент Body: {etree.QName(payload).localname[:100]}.",
                    rule="route",
                    advice="Операции: " + ", ".join(_local_names(endpoint)) + ".",
                ),
            )
        )
    if action and action != found.action:
        raise ActionMismatch
    return found


def authorize(
    endpoint: Endpoint, dialect: str | None, sender: Participant, now: datetime
) -> Admission | None:
    """Refuse who is not let into the contour or has no right to the service (GW-09).

    Returns the limited admission that the message has to be taken off, if that is what lets it in;
    raises AdmissionEnded after its term.
    """
    admission = None
    if sender.state not in OPEN_STATES[endpoint.contour]:
        admission = sender.admission
        if admission is None or endpoint.contour is not Contour.PROD:
            raise ParticipantNotActive
        check_term(admission, now)
    if endpoint.family not in sender.services and not is_hub_own(endpoint.family):
        raise NotAllowed
    if dialect is not None and dialect not in sender.dialects:
        raise NotAllowed("Диалект HTTP GET для этого участника не включён.")
    return admission


def read_header(proof: Proof, contour: Contour) -> Header | None:
    """Return the message header; its shape was checked by `validate_header`.

    Production takes no message without one (SVC-00-03): raises ValidationError.
    """
    block = proof.message_header
    if block is None:
        if contour is Contour.PROD:
            raise ValidationError(findings=(HEADER_MISSING,))
        return None
    text = _texts(block)
    return Header(
        message_id=text["messageId"].lower(),
        sender=text["sender"],
        timestamp=datetime.fromisoformat(text["timestamp"]),
        contour=Contour(text["contour"]),
        recipient=text.get("recipient"),
        correlation_id=text.get("correlationId"),
        format_version=text.get("formatVersion"),
        on_behalf=_on_behalf(block.find(f"{_HUB}onBehalfOf")),
    )


def _on_behalf(block: etree._Element | None) -> OnBehalf | None:
    if block is None:
        return None
    text = _texts(block)
    return OnBehalf(ActingRole(text["role"]), text.get("esiaOid"), text.get("snilsHash"))


def _texts(block: etree._Element) -> dict[str, str]:
    return {child.tag.removeprefix(_HUB): (child.text or "").strip() for child in block}


def check_header(
    header: Header,
    sender: Participant,
    endpoint: Endpoint,
    hub: str,
    now: datetime,
    skew: timedelta,
) -> None:
    """Hold the header against who sent it, where to, and when (SVC-00-03)."""
    if header.contour is not endpoint.contour:
        raise NotAllowedInContour
    if header.sender != sender.code:
        raise NotAllowed("Поле sender заголовка не совпадает с опознанным отправителем.")
    if header.recipient not in {None, hub}:
        raise NoRoute("Поле recipient заголовка называет другого получателя.")
    if header.format_version not in {None, FORMAT_VERSION}:
        raise VersionUnsupported
    if abs(header.timestamp - now) > skew:
        raise HeaderExpired


def validate(
    endpoint: Endpoint,
    letter: Letter,
    received: etree._Element,
    mtom: Mapping[str, Attachment],
    octets: int,
) -> None:
    """Hold the proven payload against the published schema; name every error (GW-02).

    Places are those of the message as it was received. `mtom` are the parts it refers to, `octets`
    its length.
    """
    contract, proven, original = endpoint.contract, letter.payload, letter.original
    if letter.is_checked or contract.validate(proven, octets):
        return
    if original is not proven:
        binary.detach(received, mtom, endpoint.binary)
    found, truncated = findings(contract, original, _FINDINGS_COLLECTED)
    if not found:
        # What breaks the schema is only in the canonical form: comments had hidden it.
        found, truncated = findings(contract, proven, _FINDINGS_COLLECTED)
    raise ValidationError(findings=found, truncated=truncated)


def validate_header(endpoint: Endpoint, proven: etree._Element | None) -> None:
    """Hold the message header against its schema."""
    if proven is None or endpoint.contract.validate(proven):
        return
    found, truncated = findings(endpoint.contract, proven, _FINDINGS_COLLECTED)
    raise ValidationError(findings=found, truncated=truncated)


def _local_names(endpoint: Endpoint) -> list[str]:
    return sorted(etree.QName(tag).localname for tag in endpoint.routes)
