"""A GET dialect as a binding of the line: its query is the message, its payload goes the whole way.

It has no message id; the bank's payment id carries idempotency.
"""

from collections.abc import Mapping
from typing import Any

from gateway.edge.dialects import Dialect
from gateway.kernel.errors import AuthenticationFailed, GatewayError
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.pipeline.inbound import Plain
from gateway.soap.parse import Envelope, Version
from gateway.storage.journal import StoredAnswer


class DialectBinding(Plain):
    """One request of a dialect."""

    def __init__(self, dialect: Dialect, query: Mapping[str, str]) -> None:
        """Keep the query: the answer echoes some of it."""
        self.name = dialect.name
        self.dialect: str | None = dialect.name
        self._dialect = dialect
        self._query = query

    def read(self, incoming: Incoming) -> Envelope:
        """Build the payload that the query stands for."""
        payload = self._dialect.to_payload(self._query, incoming.received_at)
        return Envelope(Version.SOAP11, payload, payload, message_header=None, security=None)

    def reply(self, exchange: Exchange, response: Any, payload: bytes) -> Answer:  # noqa: ANN401, ARG002 -- signature of the port
        """Write the response in the dialect."""
        return self._answer(200, self._dialect.render(response, self._query))

    def repeat(self, exchange: Exchange, stored: StoredAnswer) -> Answer:  # noqa: ARG002 -- signature of the port
        """Return a stored answer; a dialect has no message ids, so none is ever stored."""
        return self._answer(stored.http_status, stored.response)

    def fault(self, exchange: Exchange, error: GatewayError) -> Answer:  # noqa: ARG002 -- signature of the port
        """Say by the dialect's own code why the line refused; only a stranger gets 401."""
        status = 401 if isinstance(error, AuthenticationFailed) else 200
        return self._answer(status, self._dialect.render(error, self._query))

    def _answer(self, status: int, body: bytes) -> Answer:
        return Answer(status, self._dialect.content_type, body)
