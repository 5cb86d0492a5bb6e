"""The gate: whether what was judged may become a protocol, an act, and an open contour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.conformance.evidence import Evidence, Preflight
from gateway.conformance.judge import Judgement, Line
from gateway.conformance.language import model
from gateway.conformance.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Gate:
    """Open, or closed with every reason for it."""

    reasons: tuple[str, ...]
    """In Russian; none when the gate is open."""

    @property
    def is_open(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


def decide(suite: model.Suite, judgement: Judgement, evidence: Evidence, now: datetime) -> Gate:
    """Decide on one judgement; whatever is not proven keeps the gate closed (GW-11)."""
    return Gate(
        (
            *_about_whole(suite, judgement, evidence),
            *_about_preflight(suite, evidence, now),
            *(
                f"{line.name}: {reason}"
                for line in judgement.lines
                for reason in _about_line(line, suite, judgement, now)
            ),
        )
    )


def red_checks(suite: model.Suite, evidence: Evidence, now: datetime) -> tuple[str, ...]:
    """Return the pre-flight checks of the plan whose last result is not green."""
    last: dict[str, Preflight] = {}
    for check in sorted(evidence.preflight, key=lambda check: (check.at, check.green)):
        if check.at <= now:
            last[check.name] = check
    return tuple(name for name in suite.preflight if name not in last or not last[name].green)


def _about_whole(suite: model.Suite, judgement: Judgement, evidence: Evidence) -> Iterator[str]:
    if judgement.trouble is not None:
        yield f"Сбой стенда: {judgement.trouble}"
    if judgement.digest != suite.digest:
        yield "Испытания шли по другой редакции плана."
    if (judgement.participant, judgement.system_version) != (
        evidence.participant,
        evidence.system_version,
    ):
        yield "Вердикты относятся к другому участнику или другой версии его системы."
    if judgement.rehearsal or evidence.rehearsal:
        yield "Это репетиция: она не даёт права на допуск."
    expected = [(case.code, row.number) for case in suite.cases for row in case.rows]
    if [(line.case.code, line.row.number) for line in judgement.lines] != expected:
        yield "Вердикты есть не на все строки плана."
    if not any(line.applicable for line in judgement.lines):
        yield "Ни один обязательный сценарий не применим."


def _about_preflight(suite: model.Suite, evidence: Evidence, now: datetime) -> Iterator[str]:
    for name in red_checks(suite, evidence, now):
        yield f"Предварительная проверка «{name}» не пройдена."


def _about_line(
    line: Line, suite: model.Suite, judgement: Judgement, now: datetime
) -> Iterator[str]:
    if line.verdict is Verdict.ERROR:
        yield "сбой стенда, повторите после исправления."
        return
    if not line.applicable:
        return
    if not line.passed:
        yield f"не пройден, сейчас {line.verdict.value}."
        return
    attempt = line.attempts[-1].attempt
    if attempt.digest != judgement.digest:
        yield "пройден по другой редакции плана."
    if attempt.system_version != judgement.system_version:
        yield "пройден другой версией системы."
    if now - attempt.started_at >= timedelta(days=suite.admission.evidence_days):
        yield f"свидетельства старше {suite.admission.evidence_days} дней."
