"""What an attack test is told as: rows for people, JSON for machines, a page for a file."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.attacks.campaign import Told
from gateway.kernel.verdict import Outcome
from gateway.soap.parse import Version

WORDS = {
    Outcome.PASSED: "устоял",
    Outcome.FAILED: "НЕ УСТОЯЛ",
    Outcome.UNDEFINED: "не проверялось",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An attack in one SOAP version."""

    number: int
    title: str
    soap: str
    expected: str
    got: str
    shots: int
    seconds: float
    ping_ms: float | None
    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found out."""

    url: str
    moment: str
    rows: tuple[Row, ...]
    shots: tuple[dict[str, Any], ...]
    """Every single shot, for whoever looks into a failure."""

    @property
    def failed(self) -> int:
        """How many attacks were not withstood."""
        return sum(row.verdict == WORDS[Outcome.FAILED] for row in self.rows)

    @property
    def untried(self) -> int:
        """How many were not fired."""
        return sum(row.verdict == WORDS[Outcome.UNDEFINED] for row in self.rows)

    @property
    def summary(self) -> str:
        """One line."""
        withstood = len(self.rows) - self.failed - self.untried
        return f"Устоял: {withstood}, не устоял: {self.failed}, не проверялось: {self.untried}."


def make(url: str, moment: str, told: Sequence[tuple[Version, Told]]) -> Report:
    """Return the report of attacks, each with the SOAP version in which it was fired."""
    return Report(
        url=url,
        moment=moment,
        rows=tuple(row(version, one) for version, one in told),
        shots=tuple(shot for version, one in told for shot in _shots(version, one)),
    )


def row(version: Version, told: Told) -> Row:
    """Return the row of an attack."""
    attack = told.attack
    ping = told.ping_seconds
    return Row(
        number=attack.number,
        title=attack.title,
        soap=soap_name(version),
        expected=attack.answer,
        got=told.got,
        shots=len(told.fired),
        seconds=round(told.seconds, 3),
        ping_ms=None if ping is None else round(ping * 1000, 1),
        verdict=WORDS[told.verdict.outcome],
        text=told.verdict.text,
    )


def soap_name(version: Version) -> str:
    """Return `1.1` or `1.2`."""
    return {Version.SOAP11: "1.1", Version.SOAP12: "1.2"}[version]


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values."""
    return {**asdict(report), "failed": report.failed, "untried": report.untried}


def as_html(report: Report) -> str:
    """Return the report as a page that stands alone."""
    templates = Environment(
        loader=PackageLoader("gateway.attacks"), autoescape=True, undefined=StrictUndefined
    )
    return templates.get_template("report.html").render(report=report)


def _shots(version: Version, told: Told) -> Iterable[dict[str, Any]]:
    for one in told.fired:
        yield {
            "attack": told.attack.number,
            "soap": soap_name(version),
            "shot": one.shot,
            "expected": one.expected,
            "got": one.got,
            "seconds": round(one.seconds, 4),
            "verdict": WORDS[one.verdict.outcome],
            "text": one.verdict.text,
        }
