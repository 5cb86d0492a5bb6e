"""What an assertion looks at, and what it has seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from gateway.conformance.documents import Document
from gateway.conformance.evidence import Signature
from gateway.conformance.language.scalars import Operand, Reference
from gateway.conformance.verdicts import Verdict

MOST_TOLD = 200
"""Characters of a value that a verdict shows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one rule saw at one place."""

    kept: bool
    """Whether the rule is kept."""
    expected: str
    received: str
    line: int | None = None
    path: str | None = None
    hint: str | None = None
    """What to do, where the rule itself knows."""


def kept(expected: str, received: str, *place: Any) -> Seen:  # noqa: ANN401 -- line, path, hint
    """Say that a rule is kept."""
    return Seen(True, expected, received, *place)  # noqa: FBT003


def broken(expected: str, received: str, *place: Any) -> Seen:  # noqa: ANN401 -- line, path, hint
    """Say that a rule is broken."""
    return Seen(False, expected, received, *place)  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class Checked:
    """An assertion with its verdict, as a row of the test protocol."""

    verdict: Verdict
    what: str
    """Verb of the language: `xsd`, `xpath`, `sum` …"""
    expected: str
    received: str
    requirements: tuple[str, ...]
    document: str | None = None
    """Which document it is about, in Russian."""
    line: int | None = None
    path: str | None = None
    hint: str | None = None


class Missing(Exception):
    """A reference leads to a place that the participant's document does not have."""


class LookUp(Protocol):
    """Resolves what a case writes down."""

    @property
    def variables(self) -> Mapping[str, str]:
        """What a path may name after `$`."""
        ...

    def text(self, operand: Operand) -> str:
        """Return a value; raise Missing, or StandBroken where the stand's own data fail."""
        ...

    def document(self, reference: Reference) -> Document:
        """Return a document of an earlier step."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with what came beside it, or an answer of the hub."""

    document: Document | None
    http_status: int | None = None
    signature: Signature | None = None
    rows: int | None = None
    """Number of rows of the hub's answer."""


def shown(text: str) -> str:
    """Return a value as the protocol shows it."""
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}… (всего знаков: {len(text)})"
