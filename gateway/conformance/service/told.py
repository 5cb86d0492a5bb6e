"""How a session stands, in the words of the contract."""

from collections.abc import Sequence

from gateway.conformance.assertions.subject import Checked
from gateway.conformance.evidence import Decision, Evidence, Place
from gateway.conformance.judge import Line
from gateway.conformance.language import model
from gateway.conformance.service import messages
from gateway.conformance.steps import StepResult
from gateway.conformance.verdicts import Verdict, Wait
from gateway.kernel.visible import visible
from gateway.storage.journal import name_of
from registry.onboarding.trials import Trial

MOST_TEXT = 4000
"""Characters of `SeenText`."""


def text(said: str) -> str:
    """Return a text that any XML can carry, no longer than the contract allows."""
    seen = visible(said)
    return seen if len(seen) <= MOST_TEXT else f"{seen[: MOST_TEXT - 1]}…"


def kind(case: model.Case) -> messages.CaseKind:
    """Return the kind of a case."""
    return messages.CaseKind[case.kind.name]


def direction(case: model.Case) -> messages.Direction:
    """Return who calls whom."""
    ours = case.sut == "server"
    return messages.Direction.HUB_CALLS_CLIENT if ours else messages.Direction.CLIENT_CALLS_HUB


def evidence_kind(step: model.Step, row: int = 0) -> messages.EvidenceKind | None:
    """Return what a step wants to be shown in a row of its case; None: nothing."""
    if not isinstance(step, model.Ask) or step.evidence is None or (step.once and row > 1):
        return None
    return messages.EvidenceKind[step.evidence.upper()]


def result(line: Line, evidence: Evidence) -> messages.ResultType:
    """Return how a line stands."""
    last = line.attempts[-1] if line.attempts else None
    row = f" — {line.row.name}" if line.row.name else ""
    return messages.ResultType(
        case_code=line.case.code,
        row=line.row.number or None,
        title=text(f"{line.case.title}{row}"),
        kind=kind(line.case),
        direction=direction(line.case),
        applicable=line.applicable,
        verdict=_verdict(line.verdict),
        passed=line.passed,
        attempt=last.attempt.number if last else 0,
        at=last.attempt.started_at if last else None,
        wait=_wait(line.wait),
        reason=None if line.reason is None else text(line.reason),
        earlier=[
            messages.AttemptType(
                number=attempt.attempt.number,
                started_at=attempt.attempt.started_at,
                verdict=_verdict(attempt.verdict),
            )
            for attempt in line.attempts
        ],
        step=[_step(line, step, evidence) for step in line.steps],
    )


def protocol(trial: Trial | None) -> str | None:
    """Return the document that tells a finished session, if there is one."""
    return None if trial is None or trial.document_id is None else str(trial.document_id)


def preflight(evidence: Evidence, wanted: Sequence[str]) -> list[messages.PreflightType]:
    """Return the last result of each pre-flight check of the plan."""
    last = {check.name: check for check in sorted(evidence.preflight, key=lambda c: c.at)}
    return [
        messages.PreflightType(
            name=name, green=last[name].green, text=text(last[name].text) or None
        )
        for name in wanted
        if name in last
    ]


def _step(line: Line, step: StepResult, evidence: Evidence) -> messages.StepResultType:
    known = next(known for known in line.case.steps if known.id == step.id)
    place = Place(line.case.code, line.row.number, line.attempts[-1].attempt.number, step.id)
    files = [file.name for file in evidence.handed_out if file.place == place]
    return messages.StepResultType(
        step_id=step.id,
        text=text(step.text),
        verdict=_verdict(step.verdict),
        attachment=files[-1] if files else None,
        evidence=evidence_kind(known, line.row.number),
        entry=[name_of(entry) for entry in step.entries],
        wait=_wait(step.wait),
        check=[_check(checked) for checked in step.checked],
        decision=_decision(step.decision),
        reason=None if step.reason is None else text(step.reason),
    )


def _decision(decision: Decision | None) -> messages.DecisionType | None:
    if decision is None:
        return None
    return messages.DecisionType(
        tester=decision.by,
        accepted=decision.confirmed,
        reason=text(decision.reason),
        at=decision.at,
    )


def _check(checked: Checked) -> messages.CheckType:
    return messages.CheckType(
        verdict=_verdict(checked.verdict),
        what=checked.what,
        expected=text(checked.expected),
        received=text(checked.received),
        requirement=list(checked.requirements),
        document=checked.document and text(checked.document),
        line=checked.line,
        path=checked.path and text(checked.path),
        hint=checked.hint and text(checked.hint),
    )


def _wait(wait: Wait | None) -> messages.WaitType | None:
    if wait is None:
        return None
    return messages.WaitType(
        mover=messages.Mover[wait.mover.name], text=text(wait.text), until=wait.until
    )


def _verdict(verdict: Verdict) -> messages.Verdict:
    return messages.Verdict[verdict.name]
