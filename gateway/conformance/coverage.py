"""Which requirement is verified by which lines, and how it stands; or why nobody tests it."""

from dataclasses import dataclass

from gateway.conformance.judge import Judgement
from gateway.conformance.language import model
from gateway.conformance.verdicts import Verdict, fold


@dataclass(frozen=True, slots=True)
class Covered:
    """A row of the coverage table."""

    requirement: model.Requirement
    lines: tuple[tuple[str, Verdict], ...]
    """Names and verdicts of the lines that verify it."""

    @property
    def verdict(self) -> Verdict | None:
        """None when it is not tested; the reason then stands on the requirement."""
        return fold(verdict for _, verdict in self.lines) if self.lines else None


def coverage(suite: model.Suite, judgement: Judgement) -> tuple[Covered, ...]:
    """Return the table, in the order of the plan."""
    return tuple(
        Covered(
            requirement,
            tuple(
                (line.name, line.verdict)
                for line in judgement.lines
                if requirement.id in line.case.verifies
            ),
        )
        for requirement in suite.requirements
    )
