"""SMEV 2.x as a binding of the line: the hub stands for SMEV and for the provider (SVC-00-04)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway.contracts.catalog import Contract
from gateway.kernel import errors
from gateway.kernel.errors import Blame, GatewayError, ValidationError
from gateway.kernel.ports import Clock, Identifiers
from gateway.pipeline import smev2_letter
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.pipeline.smev2_letter import Digests, Smev2Letter
from gateway.pipeline.soap_binding import FindKept, Sign, placed
from gateway.security.proof import Proof
from gateway.soap import fault, smev2_build, smev2_errors
from gateway.soap.attachments import references
from gateway.soap.parse import Envelope, Version, parse
from gateway.soap.smev2 import HEADER, Message, MessageClass, MessageHeader, Status, System
from gateway.storage import journal
from gateway.storage.journal import StoredAnswer

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_OF_SECURITY = (
    errors.AuthenticationFailed,
    errors.CertificateExpired,
    errors.HeaderExpired,
    errors.NotAllowedInContour,
    errors.ParticipantNotActive,
    errors.SignatureInvalid,
)
"""Refusals that stay faults however far a message has come."""


class Smev2Binding:
    """Reads and writes the envelopes of SMEV 2 in one contour."""

    name = "smev2"
    dialect: str | None = None

    def __init__(
        self,
        hub: System,
        schema: Contract,
        digests: Digests,
        offices: Mapping[type, object],
        clock: Clock,
        identifiers: Identifiers,
        sign: Sign | None = None,
        find_kept: FindKept | None = None,
    ) -> None:
        """Fix what every answer has in common; `schema` is that of the envelope."""
        self._hub = hub
        self._schema = schema
        self._digests = digests
        self._offices = offices
        self._clock = clock
        self._identifiers = identifiers
        self._sign = sign
        self._find_kept = find_kept
        self._content_type = f"{Version.SOAP11.media_type}; charset=utf-8"

    def read(self, incoming: Incoming) -> Envelope:
        """Take the envelope apart; the message's header is that of SMEV."""
        return parse(incoming.data, Version.SOAP11, HEADER)

    def open(self, incoming: Incoming, proof: Proof, envelope: Envelope) -> Smev2Letter:
        """Take the payload out of its wrapper; raise NoRoute, ValidationError, ActionMismatch."""
        return smev2_letter.read(
            incoming, proof, envelope, self._hub.code, self._schema, self._digests
        )

    def reply(self, exchange: Exchange, response: Any, payload: bytes) -> Answer:  # noqa: ANN401 -- any typed response
        """Wrap a response; its status says how far the matter has come."""
        letter = _letter(exchange)
        foreign = letter.wrapper.foreign
        status = letter.status(response, self._offices)
        if foreign is not None:
            return self._wrapped(exchange, letter, status, foreign.write(response))
        takes_mtom = exchange.incoming.takes_mtom
        spelled = self._signs(exchange) and not takes_mtom
        content, refers = placed(response, payload, self._find_kept if spelled else None)
        answer = self._wrapped(exchange, letter, status, content)
        return self._leaving(exchange, answer, refers=refers)

    def repeat(self, exchange: Exchange, stored: StoredAnswer) -> Answer:
        """Return the stored bytes: a message of another binding has another digest."""
        answer = Answer(stored.http_status, self._content_type, stored.response)
        return self._leaving(exchange, answer, refers=bool(references(stored.response)))

    def fault(self, exchange: Exchange, error: GatewayError) -> Answer:
        """Tell of the message's content by a status, of everything else by an unsigned fault."""
        entry = journal.name_of(exchange.entry.entry)
        letter = exchange.letter
        if (
            exchange.is_authorized
            and isinstance(letter, Smev2Letter)
            and not isinstance(error, _OF_SECURITY)
        ):
            status = status_of(error, letter.wrapper.invalid)
            return self._wrapped(exchange, letter, status, smev2_errors.write(error, entry))
        message_id = letter.message_id if isinstance(letter, Smev2Letter) else None
        if message_id is not None and not _UUID.fullmatch(message_id):
            message_id = None  # the detail of a fault has no place for another id
        body = fault.build(Version.SOAP11, error, entry, message_id)
        return Answer(fault.http_status(Version.SOAP11, error), self._content_type, body)

    def _signs(self, exchange: Exchange) -> bool:
        return exchange.is_signed and self._sign is not None

    def _leaving(self, exchange: Exchange, answer: Answer, *, refers: bool) -> Answer:
        """Say how kept attachments leave: signed references stay, whoever asks for them again."""
        packed = refers and (self._signs(exchange) or exchange.incoming.takes_mtom)
        return replace(answer, refers=refers, mtom=Version.SOAP11 if packed else None)

    def _wrapped(
        self, exchange: Exchange, letter: Smev2Letter, status: Status, content: bytes
    ) -> Answer:
        now = self._clock()
        profile = None if letter.recipient is None else letter.recipient.smev2
        wrapper = smev2_build.wrap(
            letter.wrapper.answer,
            self._answering(letter, status, now),
            content,
            type_name=None if profile is None else profile.app_data_type,
        )
        header = MessageHeader(self._hub.code, str(self._identifiers()), now, MessageClass.RESPONSE)
        body = smev2_build.envelope(wrapper, header)
        if exchange.is_signed and self._sign is not None:
            body = self._sign(body, exchange.actor)
        return Answer(200, self._content_type, body)

    def _answering(self, letter: Smev2Letter, status: Status, now: datetime) -> Message:
        asked = letter.message
        return Message(
            sender=self._hub,
            recipient=asked.sender,
            originator=asked.originator,
            service=asked.service,
            type_code=asked.type_code,
            status=status,
            date=now,
            exchange_type=asked.exchange_type,
            request_id=letter.message_id,
            origin_request_id=asked.origin_request_id or letter.message_id,
            service_code=asked.service_code,
            case_number=asked.case_number,
            test_message=asked.test_message,
            oktmo=asked.oktmo,
        )


def status_of(error: GatewayError, invalid: Collection[str] = ()) -> Status:
    """Return how a refusal is told: wrong form, a reasoned no, or trouble on our side."""
    if error.retryable or error.blame is Blame.RECEIVER:
        return Status.FAILURE
    is_of_form = isinstance(error, ValidationError) or error.code in invalid
    return Status.INVALID if is_of_form else Status.REJECT


def _letter(exchange: Exchange) -> Smev2Letter:
    if not isinstance(exchange.letter, Smev2Letter):
        raise TypeError(exchange.letter)
    return exchange.letter
