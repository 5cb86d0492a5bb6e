"""The REST twin of SVC-17 from the participant's side, for `hub conform`."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import requests
from requests.auth import HTTPBasicAuth

from gateway.conformance.service import messages
from gateway.contracts import codec
from gateway.edge.rest import values
from gateway.edge.rest.errors import JsonInvalid

SECONDS = 60.0
"""How long one answer may take."""
_ROOT = "/test/rest/conformance/1.0/"
Response = TypeVar("Response")


class TrialsRefused(Exception):
    """The hub said no, or nothing; the text is for the person at the terminal."""

    def __init__(self, text: str, *, is_ours: bool) -> None:
        """Refuse; `is_ours` says that the hub itself is in trouble."""
        super().__init__(text)
        self.is_ours = is_ours


@dataclass(frozen=True)
class Trials:
    """A participant's way to the hub; raises TrialsRefused."""

    base_url: str
    login: str
    password: str

    def suite(self, code: str) -> messages.SuiteType:
        """Return a suite by its code or plan."""
        found = self._get(messages.ListSuitesResponse, f"suites/{code}").suite
        if not found:
            raise TrialsRefused(f"Программы испытаний {code} нет.", is_ours=False)
        if found[0].trouble is not None:
            raise TrialsRefused(f"Сбой стенда: {found[0].trouble}", is_ours=True)
        return found[0]

    def start(self, request: Mapping[str, Any]) -> messages.StartSessionResponse:
        """Begin a session, or find the one of the same request again."""
        return self._post(messages.StartSessionResponse, "sessions", request)

    def session(self, session: str, after: int | None = None) -> messages.GetSessionResponse:
        """Return how a session stands, or what has changed in it."""
        if after is None:
            return self._get(messages.GetSessionResponse, f"sessions/{session}")
        return self._get(messages.GetSessionResponse, f"sessions/{session}/tail", after=after)

    def begin(self, session: str, result: messages.ResultType) -> messages.ResultType:
        """Begin the next attempt at a line."""
        row = {} if result.row is None else {"row": result.row}
        answer = self._post(
            messages.RunCaseResponse,
            f"sessions/{session}/cases/{result.case_code}/attempts",
            {**row, "attempt": result.attempt + 1},
        )
        return answer.result

    def attachment(self, session: str, result: messages.ResultType, step: str) -> bytes:
        """Return the prepared file of a step."""
        path = f"sessions/{session}/cases/{result.case_code}/attachment"
        return self._sent("GET", path, params={**_row(result), "stepId": step}).content

    def show(self, session: str, result: messages.ResultType, step: str, content: bytes) -> None:
        """Bring what a step asks to be shown."""
        self._sent(
            "POST",
            f"sessions/{session}/cases/{result.case_code}/evidence",
            params={**_row(result), "stepId": step},
            data=content,
            headers={"content-type": "application/octet-stream"},
        )

    def report(self, session: str, kind: str) -> bytes:
        """Return a report: `xml` is JUnit, `json`."""
        return self._sent("GET", f"sessions/{session}/report.{kind}").content

    def finish(self, session: str) -> messages.FinishSessionResponse:
        """Freeze how a session stands."""
        return self._post(messages.FinishSessionResponse, f"sessions/{session}/finish", {})

    def _get(self, cls: type[Response], path: str, **query: object) -> Response:
        return _read(cls, self._sent("GET", path, params=query).content)

    def _post(self, cls: type[Response], path: str, body: Mapping[str, Any]) -> Response:
        return _read(cls, self._sent("POST", path, json=dict(body)).content)

    def _sent(self, method: str, path: str, **more: Any) -> requests.Response:  # noqa: ANN401 -- passes to requests
        try:
            answer = requests.request(
                method,
                f"{self.base_url.rstrip('/')}{_ROOT}{path}",
                auth=HTTPBasicAuth(self.login.encode(), self.password.encode()),
                timeout=SECONDS,
                allow_redirects=False,
                **more,
            )
        except requests.RequestException as error:
            raise TrialsRefused(
                f"Узел по адресу {self.base_url} не отвечает: {type(error).__name__}.",
                is_ours=False,
            ) from error
        if answer.status_code not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            raise _refusal(answer)
        return answer


def _row(result: messages.ResultType) -> dict[str, int]:
    return {} if result.row is None else {"row": result.row}


def _read(cls: type[Response], body: bytes) -> Response:
    try:
        return codec.decode(cls, values.payload(cls, values.read(body)))
    except JsonInvalid as error:
        raise TrialsRefused("Ответ узла не понят: другая версия hub?", is_ours=True) from error


def _refusal(answer: requests.Response) -> TrialsRefused:
    is_ours = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        told = values.read(answer.content)
    except JsonInvalid:
        told = {}
    lines = [
        f"{told.get('title') or f'HTTP {answer.status_code}.'} {told.get('detail', '')}".strip()
    ]
    lines += [f"  {finding.get('text', '')}" for finding in told.get("findings", ())]
    if "entry" in told:
        lines.append(f"  Запись журнала узла: {told['entry']}")
    return TrialsRefused("\n".join(lines), is_ours=is_ours)
