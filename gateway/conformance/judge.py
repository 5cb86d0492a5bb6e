"""The judge: a pure function of (suite, evidence, now) that says how each line of a plan stands.

Nothing waits here and nothing is remembered: whoever holds the evidence asks again after each
message and each tick, after a restart, or years later with mended rules. What goes wrong inside is
ERROR, the stand's own, never a verdict on the participant.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gateway.conformance.errors import StandBroken, SuiteBroken
from gateway.conformance.evidence import Attempt, Evidence
from gateway.conformance.language import model
from gateway.conformance.scope import Met, Scope
from gateway.conformance.steps import StepResult, judge_step
from gateway.conformance.verdicts import Mover, Verdict, Wait, fold
from gateway.contracts.catalog import Catalog

log = logging.getLogger(__name__)

_OPENS_NEXT = frozenset({Verdict.PASS, Verdict.WARN, Verdict.REVIEW})
"""After these a case goes on, be it to its next step or to a case that needs it."""


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """How one attempt at a line stands."""

    attempt: Attempt
    verdict: Verdict
    steps: tuple[StepResult, ...]
    reason: str | None = None
    """Of ERROR and SKIP, in Russian."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the test protocol: a case, or one row of its data table."""

    case: model.Case
    row: model.Row
    applicable: bool
    """Whether it counts for admission: not optional, and its condition is given."""
    verdict: Verdict
    attempts: tuple[AttemptResult, ...]
    """All of them, oldest first; the last one gives the verdict."""
    wait: Wait | None = None
    reason: str | None = None

    @property
    def name(self) -> str:
        """`BR-03/2`, unique in a plan."""
        return f"{self.case.code}/{self.row.number}" if self.row.number else self.case.code

    @property
    def steps(self) -> tuple[StepResult, ...]:
        """Steps of the last attempt."""
        return self.attempts[-1].steps if self.attempts else ()

    @property
    def confirmed(self) -> bool:
        """Whether testers have confirmed everything that had to be looked at."""
        reviews = [step for step in self.steps if step.verdict is Verdict.REVIEW]
        return bool(reviews) and all(step.decision is not None for step in reviews)

    @property
    def passed(self) -> bool:
        """Whether the line is good for admission."""
        if self.verdict is Verdict.REVIEW:
            return self.confirmed
        return self.verdict in {Verdict.PASS, Verdict.WARN}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a whole plan stands at one moment."""

    suite: str
    plan: str
    version: str
    digest: str
    judged_at: datetime
    participant: str
    system_version: str
    rehearsal: bool
    lines: tuple[Line, ...]
    trouble: str | None = None
    """Why the plan could not be judged at all."""

    @property
    def verdict(self) -> Verdict:
        """The verdict on all lines that count; confirmed reviews are passed."""
        if self.trouble is not None:
            return Verdict.ERROR
        return fold(
            Verdict.PASS if line.passed and line.verdict is Verdict.REVIEW else line.verdict
            for line in self.lines
            if line.applicable
        )


def judge(suite: model.Suite, evidence: Evidence, catalog: Catalog, now: datetime) -> Judgement:
    """Judge every line; `now` is a moment up to which the evidence is whole (GW-11)."""
    bench = _Bench(suite, evidence, catalog, now)
    return Judgement(
        suite=suite.code,
        plan=suite.plan,
        version=suite.version,
        digest=suite.digest,
        judged_at=now,
        participant=evidence.participant,
        system_version=evidence.system_version,
        rehearsal=evidence.rehearsal,
        lines=tuple(bench.line(case, row) for case in suite.cases for row in case.rows),
    )


def unjudged(
    plan: str, error: SuiteBroken | StandBroken, evidence: Evidence, now: datetime
) -> Judgement:
    """Return the judgement of a plan that cannot be judged at all: ERROR, whatever was done."""
    return Judgement(
        suite="",
        plan=plan,
        version="",
        digest="",
        judged_at=now,
        participant=evidence.participant,
        system_version=evidence.system_version,
        rehearsal=evidence.rehearsal,
        lines=(),
        trouble=error.text,
    )


@dataclass(frozen=True)
class _Bench:
    """One judgement in the making."""

    suite: model.Suite
    evidence: Evidence
    catalog: Catalog
    now: datetime
    known: dict[tuple[str, int, int], tuple[AttemptResult, Mapping[str, Met]]] = field(
        default_factory=dict
    )
    """Attempts that are judged already: cases need one another."""

    def line(self, case: model.Case, row: model.Row) -> Line:
        if not self._given(case.when):
            return Line(
                case,
                row,
                applicable=False,
                verdict=Verdict.SKIP,
                attempts=(),
                reason="Условие сценария не выполнено.",
            )
        results = tuple(
            self._attempt(case, row, attempt) for attempt in self._attempts(case.code, row.number)
        )
        line = Line(
            case,
            row,
            applicable=case.kind is not model.Kind.OPTIONAL,
            verdict=Verdict.WAIT,
            attempts=results,
            wait=Wait(Mover.PARTICIPANT, "начните сценарий"),
        )
        if not results:
            return line
        last = results[-1]
        waits = [step.wait for step in last.steps if step.wait is not None]
        wait = None
        if last.verdict is Verdict.WAIT:
            wait = waits[0] if waits else Wait(Mover.PARTICIPANT, last.reason or "")
        return replace(line, verdict=last.verdict, wait=wait, reason=last.reason)

    def _given(self, when: object) -> bool:
        part = getattr(when, "part", None)
        return when is None or bool(part and self.evidence.params.get(part))

    def _attempts(self, case: str, row: int, before: datetime | None = None) -> list[Attempt]:
        found = [
            attempt
            for attempt in self.evidence.attempts
            if (attempt.case, attempt.row) == (case, row)
            and attempt.started_at <= self.now
            and (before is None or attempt.started_at <= before)
        ]
        return sorted(found, key=lambda attempt: attempt.number)

    def _attempt(self, case: model.Case, row: model.Row, attempt: Attempt) -> AttemptResult:
        """Judge one attempt; whatever goes wrong in it is the stand's error."""
        try:
            result, _ = self._judged(case, row, attempt)
        except Exception as error:
            log.exception("case %s cannot be judged", case.code)
            told = error.text if isinstance(error, StandBroken) else type(error).__name__
            return AttemptResult(attempt, Verdict.ERROR, (), f"Сбой стенда при проверке: {told}")
        return result

    def _judged(
        self, case: model.Case, row: model.Row, attempt: Attempt
    ) -> tuple[AttemptResult, Mapping[str, Met]]:
        key = (case.code, row.number, attempt.number)
        if key not in self.known:
            self.known[key] = self._judged_anew(case, row, attempt)
        return self.known[key]

    def _judged_anew(
        self, case: model.Case, row: model.Row, attempt: Attempt
    ) -> tuple[AttemptResult, Mapping[str, Met]]:
        blocked = self._blocked(case, attempt)
        if blocked is not None:
            return blocked, {}
        scope = Scope(
            self.suite, self.evidence, row, attempt, lambda code: self._met_in(code, attempt)
        )
        steps = tuple(self._steps(case, scope))
        verdict = fold(step.verdict for step in steps)
        reasons = [step.reason for step in steps if step.verdict is verdict and step.reason]
        reason = reasons[0] if reasons else None
        return AttemptResult(attempt, verdict, steps, reason), scope.met

    def _steps(self, case: model.Case, scope: Scope) -> Iterator[StepResult]:
        """Judge step after step until one does not let the next begin."""
        opened, taken = scope.attempt.started_at, frozenset[int]()
        since = opened
        for step in case.steps:
            result = judge_step(step, case, scope, self.catalog, opened, since, taken, self.now)
            yield result
            if result.done_at is None:
                return
            if result.done_at != opened:
                since = result.since or result.done_at
            opened = result.done_at
            taken |= frozenset(result.entries)

    def _blocked(self, case: model.Case, attempt: Attempt) -> AttemptResult | None:
        """Skip a case, or let it wait, as long as another one that it needs has not passed."""
        verdicts = {code: self._verdict_of_needed(code, attempt) for code in case.needs}
        closed = {code: v for code, v in verdicts.items() if v not in _OPENS_NEXT}
        if not closed:
            return None
        verdict = fold(closed.values())
        code = next(code for code, found in closed.items() if found is verdict)
        reason = f"Сначала должен быть пройден сценарий {code}: сейчас {verdict.value}."
        kept = verdict if verdict in {Verdict.ERROR, Verdict.WAIT} else Verdict.SKIP
        return AttemptResult(attempt, kept, (), reason)

    def _verdict_of_needed(self, code: str, attempt: Attempt) -> Verdict:
        """Judge the attempts at another case that began before this one; later do not count."""
        case = self._case(code)
        verdicts = []
        for row in case.rows:
            attempts = self._attempts(code, row.number, before=attempt.started_at)
            if not attempts:
                return Verdict.SKIP
            verdicts.append(self._attempt(case, row, attempts[-1]).verdict)
        return fold(verdicts)

    def _met_in(self, code: str, attempt: Attempt) -> Mapping[str, Met]:
        """Return what the steps of a case without a table met, in its last attempt before."""
        case = self._case(code)
        attempts = self._attempts(code, 0, before=attempt.started_at)
        if not attempts:
            return {}
        _, met = self._judged(case, case.rows[0], attempts[-1])
        return met

    def _case(self, code: str) -> model.Case:
        case = self.suite.case(code)
        if case is None:
            raise StandBroken(f"Сценария {code} в плане нет.")
        return case
