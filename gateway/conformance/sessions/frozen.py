"""What a session ended with: canonical bytes that a protocol is bound to by their SHA-256.

Content of messages is named by digest; the messages themselves are in the journal, whose chain
proves them. So nothing personal is frozen, and the bytes stay small.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.conformance import telling
from gateway.conformance.evidence import Evidence, Message
from gateway.conformance.judge import Judgement
from gateway.conformance.language import model
from gateway.conformance.outcome import as_json
from gateway.conformance.sessions.values import Session
from gateway.conformance.verdicts import Verdict
from gateway.storage.journal import name_of


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A line as it stood when the session was finished."""

    name: str
    title: str
    row: str | None
    kind: str
    applicable: bool
    verifies: tuple[str, ...]
    verdict: Verdict
    passed: bool
    reason: str | None
    attempts: int
    decided_at: datetime | None
    """When its last attempt began; None without one."""
    entries: tuple[str, ...]
    """Journal entries of the last attempt, as people quote them."""
    confirmed_by: tuple[str, ...]
    """Testers who have confirmed it."""
    findings: tuple[str, ...]
    """What was expected and received where it is not passed; personal data are hidden."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a session, the same whoever asks and whenever."""

    at: datetime
    passed: bool
    """Whether every line that counts is passed."""
    admits: bool
    """Whether it may become a protocol that admits; a rehearsal never does."""
    reasons: tuple[str, ...]
    """Why the gate is closed, in Russian."""
    suite: str
    plan: str
    version: str
    digest: str
    """Of the plan."""
    lines: tuple[FrozenLine, ...]
    sha256: str
    """Of `content`: what the protocol names."""
    content: bytes
    """Canonical JSON: session, evidence, judgement."""


def canonical(
    session: Session,
    suite: model.Suite,
    judgement: Judgement,
    evidence: Evidence,
    gate: tuple[str, ...],
    comment: str | None = None,
) -> bytes:
    """Return the bytes to be frozen: keys sorted, no white space, UTF-8."""
    content = {
        "session": _session(session),
        "comment": comment,
        "gate": list(gate),
        "manifest": suite.manifest,
        "programme": _programme(suite),
        "judgement": {
            **as_json(suite, judgement),
            "passed": {line.name: line.passed for line in judgement.lines},
        },
        "evidence": _evidence(evidence),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def read(content: bytes) -> Finished:
    """Return what frozen bytes say."""
    data = json.loads(content)
    judged = data["judgement"]
    lines = tuple(_line(line, judged["passed"][line["name"]]) for line in judged["lines"])
    counted = [line for line in lines if line.applicable]
    return Finished(
        at=datetime.fromisoformat(judged["judgedAt"]),
        passed=bool(counted) and all(line.passed for line in counted),
        admits=not data["gate"],
        reasons=tuple(data["gate"]),
        suite=judged["suite"],
        plan=judged["plan"],
        version=judged["version"],
        digest=judged["digest"],
        lines=lines,
        sha256=sha256(content),
        content=content,
    )


def sha256(content: bytes | None) -> str:
    """Return a digest, hexadecimal; of nothing, an empty text."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _line(line: Mapping[str, Any], passed: bool) -> FrozenLine:  # noqa: FBT001 -- read from JSON
    attempts = line["attempts"]
    steps = line["steps"]
    return FrozenLine(
        name=line["name"],
        title=line["title"],
        row=line["row"],
        kind=line["kind"],
        applicable=line["applicable"],
        verifies=tuple(line["verifies"]),
        verdict=Verdict(line["verdict"]),
        passed=passed,
        reason=line["reason"],
        attempts=len(attempts),
        decided_at=datetime.fromisoformat(attempts[-1]["startedAt"]) if attempts else None,
        entries=tuple(dict.fromkeys(entry for step in steps for entry in step["entries"])),
        confirmed_by=tuple(
            dict.fromkeys(step["confirmedBy"] for step in steps if step["confirmedBy"])
        ),
        findings=tuple(
            f"ожидалось: {row['expected']}; получено: {row['received']}"
            for step in steps
            for row in step["checked"]
            if row["verdict"] in {Verdict.FAIL.value, Verdict.WARN.value}
        ),
    )


def _programme(suite: model.Suite) -> dict[str, Any]:
    """Return what a protocol tells of the plan and no verdict depends on."""
    return {
        "title": suite.title,
        "format": suite.format,
        "evidenceDays": suite.admission.evidence_days,
        "expected": {case.code: telling.expected_of(case) for case in suite.cases},
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": str(session.id),
        "participant": session.participant,
        "onboardingCase": session.onboarding_case and str(session.onboarding_case),
        "contour": session.contour.value,
        "endpointUrl": session.endpoint_url,
        "systemVersion": session.system_version,
        "rehearsal": session.rehearsal,
        "startedAt": session.started_at.isoformat(),
        "planAtStart": session.digest,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "params": dict(evidence.params),
        "messages": [_message(message) for message in _sorted(evidence.messages)],
        "attempts": sorted(
            [
                a.case,
                a.row,
                a.number,
                a.started_at.isoformat(),
                a.digest,
                a.system_version,
                sorted(a.values.items()),
            ]
            for a in evidence.attempts
        ),
        "handedOut": sorted(
            [*f.place, f.at.isoformat(), f.name, sha256(f.content)] for f in evidence.handed_out
        ),
        "provided": sorted([*p.place, p.at.isoformat(), p.by, p.digest] for p in evidence.provided),
        "decisions": sorted(
            [*d.place, d.at.isoformat(), d.by, d.confirmed, d.reason] for d in evidence.decisions
        ),
        "calls": sorted(
            [
                *c.place,
                c.sent_at.isoformat(),
                c.answered_at.isoformat() if c.answered_at else "",
                sha256(c.request),
                c.http_status or 0,
                sha256(c.reply),
                c.trouble or "",
                c.ours,
                c.signature.value if c.signature else "",
            ]
            for c in evidence.calls
        ),
        "answers": sorted(
            [
                *a.place,
                a.at.isoformat(),
                [sorted(row.items()) for row in a.rows],
                a.trouble or "",
            ]
            for a in evidence.answers
        ),
        "withheld": sorted(
            [*w.place, name_of(w.entry), w.at.isoformat()] for w in evidence.withheld
        ),
        "preflight": sorted(
            [c.name, c.at.isoformat(), c.green, c.text] for c in evidence.preflight
        ),
    }


def _sorted(messages: tuple[Message, ...]) -> list[Message]:
    return sorted(messages, key=lambda message: (message.received_at, message.entry))


def _message(message: Message) -> list[Any]:
    return [
        name_of(message.entry),
        message.received_at.isoformat(),
        message.sender,
        message.service,
        message.operation,
        sha256(message.request),
        sha256(message.reply),
        message.http_status,
        message.code,
        message.signature.value,
        message.damage,
    ]
