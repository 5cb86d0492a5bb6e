"""A request of a REST twin as a binding of the line: its JSON goes the whole way as a payload.

It has no message id; the keys of the operations carry idempotency.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.edge.rest import values
from gateway.edge.rest.errors import JsonExpected, JsonInvalid
from gateway.edge.rest.resources import Resource, Twin, read_query
from gateway.kernel import errors
from gateway.kernel.errors import Blame, Finding, GatewayError
from gateway.pipeline.exchange import Answer, Exchange, Incoming
from gateway.pipeline.inbound import Plain
from gateway.soap.parse import Envelope, Version
from gateway.storage import journal
from gateway.storage.journal import StoredAnswer

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"

NO_SIGNATURE = (
    "По REST подпись не передаётся. Пользуйтесь SOAP или попросите оператора узла не требовать "
    "подписи в тестовом контуре; в промышленном REST нет."
)
_FINDINGS_SHOWN = 50
_STATUSES: tuple[tuple[type[GatewayError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NoRoute, 404),
    (errors.NotAllowed, 403),
    (errors.NotAllowedInContour, 403),
    (errors.ParticipantNotActive, 403),
    (errors.SignatureInvalid, 403),
    (errors.DuplicateConflict, 409),
    (errors.IllegalTransition, 409),
    (errors.StaleVersion, 409),
)
_NEVER = (("cache-control", "no-store"), ("x-content-type-options", "nosniff"))


class JsonBinding(Plain):
    """One request to a resource."""

    name = "rest"
    dialect: str | None = None

    def __init__(
        self, twin: Twin, resource: Resource, path: Mapping[str, str], query: str, media_type: str
    ) -> None:
        """Keep what stands outside the body."""
        self._twin = twin
        self._resource = resource
        self._path = path
        self._query = query
        self._media_type = media_type.partition(";")[0].strip().lower()

    def read(self, incoming: Incoming) -> Envelope:
        """Build the payload that the request stands for."""
        resource = self._resource
        said = {**self._path, **(resource.fixed or {}), **read_query(resource, self._query)}
        request = getattr(self._twin.messages, f"{resource.operation}Request")
        body = incoming.data.partition(b"\n\n")[2]
        if resource.takes_file:
            given: dict[str, Any] = {"file": self._file(body, said.pop("fileName", "file"))}
        else:
            given = self._object(body)
        repeated = next((name for name in given if name in said), None)
        if repeated is not None:
            finding = Finding(f"Поле «{repeated}» уже названо адресом.", path="/", rule="json")
            raise JsonInvalid(findings=(finding,))
        # The address says texts; where the schema has a number, digits are what it takes.
        payload = values.payload(request, {**values.as_written(request, said), **given})
        return Envelope(Version.SOAP11, payload, payload, message_header=None, security=None)

    def reply(self, exchange: Exchange, response: Any, payload: bytes) -> Answer:  # noqa: ANN401, ARG002 -- signature of the port
        """Write the response as JSON, or the file that it brings."""
        if self._resource.gives_file:
            return _as_file(response.file)
        created = getattr(response, "duplicate", None) is False
        return _answer(201 if created else 200, JSON, values.written(response))

    def repeat(self, exchange: Exchange, stored: StoredAnswer) -> Answer:  # noqa: ARG002 -- signature of the port
        """Return a stored answer; a request has no message id, so none is ever stored."""
        return Answer(stored.http_status, JSON, stored.response)

    def fault(self, exchange: Exchange, error: GatewayError) -> Answer:
        """Say why the line refused, as RFC 9457 has it."""
        return problem(error, journal.name_of(exchange.entry.entry))

    def _object(self, body: bytes) -> dict[str, Any]:
        if body and self._media_type != "application/json":
            raise JsonExpected
        return values.read(body)

    def _file(self, body: bytes, name: str) -> dict[str, Any]:
        if not self._media_type:
            raise JsonExpected
        digest = hashlib.sha256(body).digest()
        return {
            "fileId": str(uuid5(NAMESPACE_OID, digest.hex())),
            "fileName": name,
            "mimeType": self._media_type,
            "size": values.Number(len(body)),
            "hash": base64.b64encode(digest).decode("ascii"),
            "hashAlg": HashAlgorithm.SHA_256.value,
            "content": base64.b64encode(body).decode("ascii"),
        }


def problem(error: GatewayError, entry: str | None = None) -> Answer:
    """Return a refusal; `entry` is the journal number that the sender may quote."""
    shown = error.findings[:_FINDINGS_SHOWN]
    status = status_of(error)
    unsigned = isinstance(error, errors.SignatureInvalid)
    told: dict[str, Any] = {
        "title": error.text,
        "status": status,
        "detail": NO_SIGNATURE if unsigned else error.action,
        "code": error.code,
        "retryable": error.retryable,
        "entry": entry,
        "findings": [_finding(finding) for finding in shown],
        "truncated": error.truncated or len(error.findings) > len(shown),
    }
    return _answer(status, PROBLEM, {name: value for name, value in told.items() if value})


def status_of(error: GatewayError) -> int:
    """Return the HTTP status of a refusal."""
    if error.http_status is not None:
        return error.http_status
    found = next((status for kind, status in _STATUSES if isinstance(error, kind)), None)
    return found or (400 if error.blame is Blame.SENDER else 500)


def _finding(finding: Finding) -> dict[str, Any]:
    told = {
        "text": finding.text,
        "path": finding.path,
        "line": finding.line,
        "rule": finding.rule,
        "value": finding.value,
        "advice": finding.advice,
    }
    return {name: value for name, value in told.items() if value is not None}


def _answer(status: int, media_type: str, content: Mapping[str, Any]) -> Answer:
    # Half of a surrogate pair, which JSON can write and UTF-8 cannot, is shown as a question mark.
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return Answer(status, media_type, body, _NEVER)


def _as_file(file: FileRef) -> Answer:
    name = quote(file.file_name)
    headers = (*_NEVER, ("content-disposition", f"attachment; filename*=UTF-8''{name}"))
    return Answer(200, file.mime_type, file.content or b"", headers)
