"""What an answer means for the delivery: a function of the bytes and of what proves them.

Words of the other side are kept in the journal and nowhere else; a note names what was seen.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml import etree

from gateway.delivery import Outcome
from gateway.kernel.errors import GatewayError
from gateway.outgoing.binding import Addressed, Binding, Foreign, Refused
from gateway.outgoing.calls import Call
from gateway.outgoing.proving import Prover
from gateway.security.errors import SignatureRefused
from gateway.security.proof import Proof
from gateway.soap import mime
from gateway.soap.parse import HUB_NAMESPACE, Envelope, Version, parse
from gateway.storage.outbox import Verdict
from gateway.wire.exchange import Answer

LONGEST_PAUSE = timedelta(days=1)
"""A Retry-After beyond it is not taken at its word."""
ABOUT_US = frozenset(
    {"AUTH_FAILED", "SIGNATURE_INVALID", "CERT_EXPIRED", "PARTICIPANT_NOT_ACTIVE", "NOT_ALLOWED"}
)
"""Refusals of the hub, not of the letter: whoever set that up can mend it, and the letter waits."""

_GATEWAYS = frozenset({502, 503, 504})
"""Somebody in between answers for a service that does not."""
_HUB = f"{{{HUB_NAMESPACE}}}"
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,50}")
_NOTES = {
    Verdict.DELIVERED: "Участник принял сообщение.",
    Verdict.LATER: "Участник ответил, но просит повторить позже.",
    Verdict.NEVER: "Участник ответил, что не примет это сообщение.",
}


@dataclass(frozen=True, slots=True)
class Heard(Outcome):
    """An outcome with what was heard of the other side."""

    operation: str = ""
    url: str | None = None
    answered: Answer | None = None
    response: object | None = None
    """Typed."""
    fault: str | None = None
    """Code of its fault."""
    certificate: str | None = None
    """Thumbprint of the certificate that signed the reply."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer is read by."""

    call: Call
    sent: Addressed
    binding: Binding
    prover: Prover
    now: datetime


class _Unreadable(Exception):
    """The answer cannot be taken for a reply; code and note as the operator is told."""

    def __init__(self, code: str, note: str) -> None:
        super().__init__(code)
        self.code = code
        self.note = note


def meaning(answer: Answer, reading: Reading) -> Heard:
    """Judge an answer."""
    told = _meaning(answer, reading)
    return replace(told, operation=reading.call.operation.name, answered=answer)


def _meaning(answer: Answer, reading: Reading) -> Heard:
    try:
        envelope = _envelope(answer)
    except _Unreadable as unreadable:
        return _no_soap(answer, unreadable, reading.now)
    if envelope.payload.tag == f"{{{envelope.version.value}}}Fault":
        return _fault(answer, envelope, reading)
    try:
        return _success(answer, envelope, reading)
    except _Unreadable as unreadable:
        return Heard(Verdict.LATER, unreadable.code, unreadable.note)


def _envelope(answer: Answer) -> Envelope:
    try:
        return parse(_root_part(answer), Version.SOAP11)
    except GatewayError as error:
        raise _Unreadable("REPLY_UNREADABLE", "Ответ — не конверт SOAP 1.1.") from error


def _root_part(answer: Answer) -> bytes:
    """Return the envelope of an answer; some stacks wrap every one of them into multipart."""
    kind = mime.content_type(answer.headers.get("Content-Type", ""))
    return (
        mime.root_of(answer.body, kind) if kind.media_type.startswith("multipart/") else answer.body
    )


def _no_soap(answer: Answer, unreadable: _Unreadable, now: datetime) -> Heard:
    status = answer.status
    pause = _retry_after(answer, now)
    if status in _GATEWAYS:
        note = f"Сервис участника недоступен: HTTP {status}."
        return Heard(Verdict.UNREACHED, f"HTTP {status}", note, retry_after=pause)
    if 300 <= status < 400:  # noqa: PLR2004 -- RFC 9110, 15.4
        note = "Участник отсылает по другому адресу; узел туда не обращается."
        return Heard(Verdict.LATER, "REDIRECT", note)
    if 200 <= status < 300:  # noqa: PLR2004 -- RFC 9110, 15.3
        return Heard(Verdict.LATER, unreadable.code, unreadable.note)
    note = f"Вместо ответа SOAP пришла страница HTTP {status}."
    return Heard(Verdict.LATER, f"HTTP {status}", note, retry_after=pause)


def _success(answer: Answer, envelope: Envelope, reading: Reading) -> Heard:
    if not 200 <= answer.status < 300:  # noqa: PLR2004 -- as above
        raise _Unreadable(f"HTTP {answer.status}", "Ответ без ошибки пришёл со статусом отказа.")
    proof = _proven(envelope, reading)
    call = reading.call
    try:
        payload = reading.binding.read(call, proof, reading.sent)
    except Foreign as foreign:
        raise _Unreadable("REPLY_FOREIGN", foreign.text) from foreign
    except Refused as refused:
        return _refusal(answer, refused, proof, reading.now)
    if payload is None:
        note = _NOTES[Verdict.DELIVERED]
        return Heard(Verdict.DELIVERED, "OK", note, certificate=proof.certificate)
    if payload.tag != call.operation.response:
        raise _Unreadable("REPLY_FOREIGN", "Ответ относится к другой операции.")
    if not call.contract.validate(payload):
        raise _Unreadable("REPLY_INVALID", "Ответ не соответствует опубликованному формату.")
    try:
        response = call.decode(payload)
    except GatewayError as error:
        raise _Unreadable("REPLY_INVALID", "В ответе есть значение вне пределов.") from error
    verdict = call.outward.judge(response)
    code = "OK" if verdict is Verdict.DELIVERED else "ANSWERED"
    note = _NOTES[verdict]
    return Heard(verdict, code, note, response=response, certificate=proof.certificate)


def _refusal(answer: Answer, refused: Refused, proof: Proof, now: datetime) -> Heard:
    """Tell how a no inside an ordinary reply ends an attempt."""
    verdict = Verdict.LATER if refused.retryable or refused.code in ABOUT_US else Verdict.NEVER
    code = _shown(refused.code)
    return Heard(
        verdict,
        code,
        _NOTES[verdict],
        _retry_after(answer, now),
        fault=code,
        certificate=proof.certificate,
    )


def _proven(envelope: Envelope, reading: Reading) -> Proof:
    try:
        return reading.prover.prove(envelope, reading.sent.recipient)
    except GatewayError as refusal:
        reason = refusal.reason.code if isinstance(refusal, SignatureRefused) else refusal.code
        note = f"Подпись ответа не подтверждена: {reason}."
        raise _Unreadable("REPLY_UNPROVEN", note) from refusal


def _fault(answer: Answer, envelope: Envelope, reading: Reading) -> Heard:
    """Tell how a fault ends an attempt; only a proven one can end the delivery.

    Many stacks do not sign faults, and somebody in between may write one.
    """
    code, is_retryable = _fault_of(envelope)
    pause = _retry_after(answer, reading.now)
    try:
        proof = _proven(envelope, reading)
    except _Unreadable:
        note = "Участник ответил ошибкой, но она не подписана: узел повторит."
        return Heard(Verdict.LATER, code, note, fault=code, retry_after=pause)
    verdict = Verdict.LATER if is_retryable or code in ABOUT_US else Verdict.NEVER
    note = "Участник не принимает сообщений узла." if code in ABOUT_US else _NOTES[verdict]
    return Heard(verdict, code, note, pause, fault=code, certificate=proof.certificate)


def _fault_of(envelope: Envelope) -> tuple[str, bool]:
    """Return the code of a fault and whether the same message may be sent again."""
    detail = next(envelope.payload.iter(f"{_HUB}HubFault"), None)
    if detail is not None:
        code = (detail.findtext(f"{_HUB}code") or "").strip()
        is_retryable = (detail.findtext(f"{_HUB}retryable") or "").strip() in {"true", "1"}
        return _shown(code) or "FAULT", is_retryable
    local = _code_text(envelope.payload).rpartition(":")[2]
    return f"FAULT {_shown(local)}".strip(), local.partition(".")[0] not in {
        "Client",
        "VersionMismatch",
        "MustUnderstand",
    }


def _code_text(fault: etree._Element) -> str:
    return (fault.findtext("faultcode") or "").strip()


def _shown(code: str) -> str:
    """Return a code as it is; what is none could be anybody's words."""
    return code if _CODE.fullmatch(code) else ""


def _retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Return what the other side asks for (RFC 9110, 10.2.3), within reason."""
    text = (answer.headers.get("Retry-After") or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return max(timedelta(), min(pause, LONGEST_PAUSE))
