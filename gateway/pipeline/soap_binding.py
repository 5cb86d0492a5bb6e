"""SOAP 1.1 and 1.2 as bindings of the line."""

from collections.abc import Callable
from typing import Any

from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock, Identifiers
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.pipeline.inbound import Plain
from gateway.soap import build, fault
from gateway.soap.parse import Envelope, Version, parse
from gateway.storage import journal
from gateway.storage.journal import StoredAnswer

Sign = Callable[[bytes, str | None], bytes]
"""Returns an envelope with its signature, addressed to an actor."""


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
    ) -> None:
        """Fix what every reply of this binding has in common; `sign` signs an envelope."""
        self.version = version
        self.name = version.name.lower()
        self.dialect: str | None = None
        self._contour = contour
        self._hub_code = hub_code
        self._clock = clock
        self._identifiers = identifiers
        self._sign = sign
        self._content_type = f"{version.media_type}; charset=utf-8"

    def read(self, incoming: Incoming) -> Envelope:
        """Take the envelope apart."""
        return parse(incoming.data, self.version)

    def reply(self, exchange: Exchange, response: Any, payload: bytes) -> Answer:  # noqa: ANN401, ARG002 -- signature of the port
        """Wrap the payload; the header answers the request's message id."""
        header = build.ReplyHeader(
            message_id=self._identifiers(),
            sender=self._hub_code,
            recipient=exchange.entry.sender,
            timestamp=self._clock(),
            contour=self._contour,
            correlation_id=exchange.entry.message_id,
        )
        body = build.reply(self.version, header, payload)
        return Answer(200, self._content_type, self._signed(exchange, body))

    def repeat(self, exchange: Exchange, stored: StoredAnswer) -> Answer:
        """Return the stored bytes; only another SOAP version makes others of them."""
        body = stored.response
        if stored.binding != self.name:
            body = self._signed(exchange, build.in_version(body, self.version))
        return Answer(stored.http_status, self._content_type, body)

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

    def _signed(self, exchange: Exchange, envelope: bytes) -> bytes:
        """Sign the answer to a signed message; one to credentials stays as it is."""
        if not exchange.is_signed or self._sign is None:
            return envelope
        return self._sign(envelope, exchange.actor)
