"""SOAP 1.1 and 1.2 as bindings of the line."""

from collections.abc import Callable
from typing import Any

from gateway.kernel.errors import GatewayError, TooLarge
from gateway.kernel.message import Attachment, Contour
from gateway.kernel.ports import Clock, Identifiers
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.pipeline.inbound import Plain
from gateway.soap import attachments, build, fault
from gateway.soap.parse import Envelope, Version, parse
from gateway.storage import journal
from gateway.storage.journal import StoredAnswer

Sign = Callable[[bytes, str | None], bytes]
"""Returns an envelope with its signature, addressed to an actor."""

FindKept = Callable[[bytes, str], Attachment]
"""Returns a kept attachment by its digest as a part with this content id."""
NEEDS_MTOM = (
    "Ответ подписан, а его вложения больше 4 МиБ: они передаются только как MTOM. "
    "Отправьте запрос как multipart/related или с заголовком Accept: multipart/related."
)


class SoapBinding(Plain):
    """Reads and writes envelopes of one SOAP version in one contour."""

    def __init__(
        self,
        version: Version,
        contour: Contour,
        hub_code: str,
        clock: Clock,
        identifiers: Identifiers,
        sign: Sign | None = None,
        find_kept: FindKept | None = None,
    ) -> None:
        """Fix what every reply of this binding has in common.

        `sign` signs an envelope; `find_kept` is asked when content has to be signed in its place.
        """
        self.version = version
        self.name = version.name.lower()
        self.dialect: str | None = None
        self._contour = contour
        self._hub_code = hub_code
        self._clock = clock
        self._identifiers = identifiers
        self._sign = sign
        self._find_kept = find_kept
        self._content_type = f"{version.media_type}; charset=utf-8"

    def read(self, incoming: Incoming) -> Envelope:
        """Take the envelope apart."""
        return parse(incoming.data, self.version)

    def reply(self, exchange: Exchange, response: Any, payload: bytes) -> Answer:  # noqa: ANN401 -- signature of the port
        """Wrap the payload; the header answers the request's message id."""
        spelled = self._signs(exchange) and not exchange.incoming.takes_mtom
        payload, refers = placed(response, payload, self._find_kept if spelled else None)
        header = build.ReplyHeader(
            message_id=self._identifiers(),
            sender=self._hub_code,
            recipient=exchange.entry.sender,
            timestamp=self._clock(),
            contour=self._contour,
            correlation_id=exchange.entry.message_id,
        )
        body = build.reply(self.version, header, payload)
        return self._answer(exchange, 200, self._signed(exchange, body), refers=refers)

    def repeat(self, exchange: Exchange, stored: StoredAnswer) -> Answer:
        """Return the stored bytes; only another SOAP version makes others of them."""
        body = stored.response
        if stored.binding != self.name:
            body = self._signed(exchange, build.in_version(body, self.version))
        refers = bool(attachments.references(body))
        return self._answer(exchange, stored.http_status, body, refers=refers)

    def fault(self, exchange: Exchange, error: GatewayError) -> Answer:
        """Return the fault with the journal number.

        It is signed once the sender is known: a stranger gets no work out of our key.
        """
        entry = exchange.entry
        message_id = exchange.header.message_id if exchange.header else None
        body = fault.build(self.version, error, journal.name_of(entry.entry), message_id)
        if exchange.sender is not None:
            body = self._signed(exchange, body)
        return Answer(fault.http_status(self.version, error), self._content_type, body)

    def _answer(self, exchange: Exchange, status: int, body: bytes, *, refers: bool) -> Answer:
        """Say how kept attachments leave: signed references stay, whoever asks for them again."""
        packed = refers and (self._signs(exchange) or exchange.incoming.takes_mtom)
        mtom = self.version if packed else None
        return Answer(status, self._content_type, body, refers=refers, mtom=mtom)

    def _signs(self, exchange: Exchange) -> bool:
        return exchange.is_signed and self._sign is not None

    def _signed(self, exchange: Exchange, envelope: bytes) -> bytes:
        """Sign the answer to a signed message; one to credentials stays as it is."""
        if self._sign is None or not exchange.is_signed:
            return envelope
        return self._sign(envelope, exchange.actor)


def placed(response: object, payload: bytes, find_kept: FindKept | None) -> tuple[bytes, bool]:
    """Put kept attachments of a response where they leave from; tell whether it refers to them.

    A signature covers what the client reads: references, or the content itself, when `find_kept`
    is given. Raise TooLarge when the content cannot be held.
    """
    kept = attachments.kept_in(response, payload)
    if not kept:
        return payload, False
    payload = attachments.refer(payload, kept)
    if find_kept is None:
        return payload, True
    found = attachments.references(payload)
    parts = [find_kept(each.sha256, each.content_id) for each in found]
    if sum(part.size for part in parts) > attachments.MOST_INLINED_BYTES:
        raise TooLarge(NEEDS_MTOM)
    return b"".join(attachments.spelled_out(payload, parts, "").pieces()), False
