"""What the pages about trials show: suites told as programmes of tests, with their samples.

Pure values made from the suites; a template only lays them out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from markupsafe import Markup

from gateway.conformance import telling
from gateway.conformance.language import model
from gateway.conformance.language.template import Sources, draw, render
from gateway.conformance.telling import ToldStep
from gateway.edge.highlight import highlight_xml
from gateway.kernel.errors import NotFound

_EXAMPLE = Sources(
    now=datetime(2026, 9, 1, 4, 30, tzinfo=UTC),
    identifiers=lambda: UUID("01990000-0000-7000-8000-000000000001"),
    choose=lambda _: 0,
)
"""Samples on a page are filled in with these; the stand draws others for each attempt."""

_PARAMS = {"service_namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0"}
"""Values of a session that stand where XML takes no name in braces."""


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample as the page shows it."""

    name: str
    markup: Markup


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything that a reader wants of it."""

    case: model.Case
    kind: str
    direction: str
    steps: tuple[ToldStep, ...]
    rows: tuple[model.Row, ...]
    """Of its table; none when the case itself is the line."""
    columns: tuple[str, ...]
    """Of its table, apart from the name."""
    samples: tuple[SampleView, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A line of the table of coverage."""

    requirement: model.Requirement
    cases: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeView:
    """A suite as its page shows it."""

    suite: model.Suite

    @property
    def lines(self) -> int:
        """Lines of the test protocol."""
        return sum(len(case.rows) for case in self.suite.cases)

    @property
    def mandatory(self) -> int:
        """Those that have to be passed whatever is given."""
        return sum(len(case.rows) for case in self.suite.cases if case.kind is model.Kind.MANDATORY)

    @cached_property
    def cases(self) -> tuple[CaseView, ...]:
        """Every case in the order of the plan."""
        return tuple(self._case(case) for case in self.suite.cases)

    @cached_property
    def coverage(self) -> tuple[Covered, ...]:
        """Every requirement in the order of the plan."""
        return tuple(
            Covered(
                requirement,
                tuple(case.code for case in self.suite.cases if requirement.id in case.verifies),
            )
            for requirement in self.suite.requirements
        )

    @property
    def tested(self) -> int:
        """Requirements that some case verifies."""
        return sum(bool(row.cases) for row in self.coverage)

    @property
    def preflight(self) -> list[str]:
        """What is looked at before the first case."""
        return [telling.PREFLIGHT[name] for name in self.suite.preflight]

    @property
    def documents(self) -> list[str]:
        """What the trials end with."""
        return [telling.DOCUMENTS[name] for name in self.suite.admission.documents]

    @property
    def recheck(self) -> list[str]:
        """After what the trials are made again."""
        return [telling.RECHECK[name] for name in self.suite.admission.recheck_on]

    def sample(self, code: str, name: str) -> bytes:
        """Return a sample of a case, filled in with examples; raise NotFound."""
        case = self.suite.case(code)
        if case is None or name not in set(_samples_of(case)):
            raise NotFound("Такого образца нет.")
        params = {
            param.name: _PARAMS.get(param.name, f"{{{param.name}}}") for param in self.suite.params
        }
        values = draw(case.variables, _EXAMPLE)
        return render(self.suite.samples[f"samples/{name}"], values, case.rows[0].values, params)

    def _case(self, case: model.Case) -> CaseView:
        rows = tuple(row for row in case.rows if row.number)
        return CaseView(
            case=case,
            kind=telling.KINDS[case.kind],
            direction=telling.DIRECTIONS[case.sut],
            steps=telling.steps_of(case),
            rows=rows,
            columns=tuple(name for name in (rows[0].values if rows else ()) if name != "row"),
            samples=tuple(
                SampleView(name, self._markup(case.code, name))
                for name in dict.fromkeys(_samples_of(case))
            ),
        )

    def _markup(self, code: str, name: str) -> Markup:
        return highlight_xml(self.sample(code, name).decode().partition("?>\n")[2])


def _samples_of(case: model.Case) -> Iterator[str]:
    """Give the names of what is handed out or sent."""
    for step in case.steps:
        name = step.attach if isinstance(step, model.Ask) else getattr(step, "body", None)
        if name:
            yield name.removeprefix("samples/")
