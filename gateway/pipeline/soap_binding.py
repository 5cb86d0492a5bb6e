"""SOAP 1.1 and 1.2 as bindings of the line."""

from typing import Any

from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock, Identifiers
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.soap import build, fault
from gateway.soap.parse import Envelope, Version, parse
from gateway.storage import journal
from gateway.storage.journal import StoredAnswer


class SoapBinding:
    """Reads and writes envelopes of one SOAP version in one contour."""

    def __init__(
        self,
        version: Version,
        contour: Contour,
        hub_code: str,
        clock: Clock,
        identifiers: Identifiers,
    ) -> None:
        """Fix what every reply of this binding has in common."""
        self.version = version
        self.name = version.name.lower()
        self.dialect: str | None = None
        self._contour = contour
        self._hub_code = hub_code
        self._clock = clock
        self._identifiers = identifiers
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
        return Answer(200, self._content_type, body)

    def repeat(self, stored: StoredAnswer) -> Answer:
        """Return the stored bytes; only the envelope's namespace follows the SOAP version."""
        body = stored.response
        if stored.binding != self.name:
            body = build.in_version(body, self.version)
        return Answer(stored.http_status, self._content_type, body)

    def fault(self, exchange: Exchange, error: GatewayError) -> Answer:
        """Return the fault with the journal number."""
        entry = exchange.entry
        message_id = exchange.header.message_id if exchange.header else None
        body = fault.build(self.version, error, journal.name_of(entry.entry), message_id)
        return Answer(fault.http_status(self.version, error), self._content_type, body)
