"""Which address stands for which operation of a service."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from urllib.parse import parse_qsl, unquote

from gateway.conformance.service.messages import conformance
from gateway.edge.rest.errors import QueryUnknown
from gateway.kernel.errors import Finding

MOST_QUERY = 4096
"""Characters."""
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Resource:
    """An address below the twin's root, with its method."""

    method: str
    template: str
    """`sessions/{sessionId}/finish`; what stands in braces is a field of the request."""
    operation: str
    about: str = ""
    """What is got at this address, in Russian, where the operation alone does not say it."""
    query: tuple[str, ...] = ()
    """Fields of the request that the query may carry."""
    fixed: Mapping[str, str] | None = None
    """Fields that the address itself says."""
    takes_file: bool = False
    """The body is the file of the request, byte for byte, and not JSON."""
    gives_file: bool = False
    """The answer is the file of the response, byte for byte, and not JSON."""

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields of the request that stand in the path."""
        return tuple(_HOLE.findall(self.template))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a path below the root has to look like."""
        parts = _HOLE.split(self.template)
        return re.compile(
            "".join(
                f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part)
                for index, part in enumerate(parts)
            )
        )


@dataclass(frozen=True)
class Twin:
    """The REST twin of one contract."""

    contract: str
    name: str
    """Below `/{contour}/rest/`."""
    messages: ModuleType
    resources: tuple[Resource, ...]

    def at(self, path: str) -> Iterator[tuple[Resource, Mapping[str, str]]]:
        """Give every resource of a path below the root, with the fields that the path says."""
        for resource in self.resources:
            found = resource.pattern.fullmatch(path)
            if found is not None:
                yield resource, {name: unquote(text) for name, text in found.groupdict().items()}


def read_query(resource: Resource, query: str) -> dict[str, str]:
    """Read the query of a request; raise QueryUnknown. A file's name may stand beside a file."""
    pairs = parse_qsl(query[:MOST_QUERY], keep_blank_values=True)
    allowed = (*resource.query, *(("fileName",) if resource.takes_file else ()))
    found = dict(pairs)
    unknown = [name for name in found if name not in allowed]
    if unknown or len(found) != len(pairs):
        text = f"Параметр «{unknown[0][:50]}»." if unknown else "Параметр указан дважды."
        advice = f"Параметры этого адреса: {', '.join(allowed) or 'ни одного'}."
        raise QueryUnknown(findings=(Finding(text, rule="query", advice=advice),))
    return found


_SESSION = "sessions/{sessionId}"
_CASE = f"{_SESSION}/cases/{{caseCode}}"

CONFORMANCE = Twin(
    contract="test/conformance/1.0",
    name="conformance/1.0",
    messages=conformance,
    resources=(
        Resource("GET", "ping", "Ping"),
        Resource("GET", "suites", "ListSuites", query=("serviceCode", "kind")),
        Resource("GET", "suites/{suiteCode}", "ListSuites", "Прочитать одну программу.", ("kind",)),
        Resource("POST", "sessions", "StartSession"),
        Resource("GET", _SESSION, "GetSession"),
        Resource(
            "GET",
            f"{_SESSION}/tail",
            "GetSession",
            "Узнать только то, что изменилось после seq прежнего ответа.",
            ("after",),
        ),
        Resource("POST", f"{_CASE}/attempts", "RunCase"),
        Resource(
            "GET", f"{_CASE}/attachment", "GetAttachment", query=("row", "stepId"), gives_file=True
        ),
        Resource(
            "POST",
            f"{_CASE}/evidence",
            "ProvideEvidence",
            query=("row", "stepId"),
            takes_file=True,
        ),
        Resource(
            "GET",
            f"{_SESSION}/report.xml",
            "GetReport",
            "Получить отчёт JUnit для сборочного конвейера.",
            fixed={"format": "JUNIT"},
            gives_file=True,
        ),
        Resource(
            "GET",
            f"{_SESSION}/report.json",
            "GetReport",
            "Получить отчёт JSON с таблицей требований.",
            fixed={"format": "JSON"},
            gives_file=True,
        ),
        Resource("POST", f"{_SESSION}/finish", "FinishSession"),
        Resource("POST", f"{_SESSION}/cancel", "CancelSession"),
    ),
)

TWINS = (CONFORMANCE,)
"""Every REST twin of the hub."""
