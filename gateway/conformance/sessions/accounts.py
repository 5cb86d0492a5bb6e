"""What the protocol of a finished session tells, read off what was frozen and nothing else.

So it says the same whenever it is drawn up, by whatever rules the hub then has.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gateway.conformance.sessions.frozen import Finished, FrozenLine
from gateway.conformance.verdicts import Verdict
from gateway.documents.forms.protocols import (
    CaseKind,
    CaseRow,
    CaseVerdict,
    Deviation,
    Direction,
    MessageRecord,
    Section,
    Untested,
)
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible
from registry.onboarding.trials import Account, Trial

_MOST_TEXT = 1000
"""Characters of one cell."""
_VERDICTS = {
    Verdict.PASS: CaseVerdict.PASSED,
    Verdict.WARN: CaseVerdict.PASSED_WITH_WARNINGS,
    Verdict.FAIL: CaseVerdict.FAILED,
    Verdict.ERROR: CaseVerdict.STAND_ERROR,
}
_BAD = frozenset({Verdict.FAIL.value, Verdict.WARN.value})
_ENTRY, _RECEIVED_AT, _REQUEST, _REPLY = 0, 1, 5, 6
"""Places in a frozen message."""
_TESTER, _REASON = 5, 7
"""Places in a frozen decision, behind the four of its place and its moment."""

Data = Mapping[str, Any]


def trial_of(finished: Finished) -> Trial | None:
    """Return what a case is told of its session; None without a case, and of a rehearsal."""
    data = json.loads(finished.content)
    session = data["session"]
    if session["onboardingCase"] is None or session["rehearsal"]:
        return None
    begun = [line.decided_at for line in finished.lines if line.decided_at is not None]
    lasts = timedelta(days=data["programme"]["evidenceDays"])
    return Trial(
        session=UUID(session["id"]),
        case_id=UUID(session["onboardingCase"]),
        participant=session["participant"],
        contour=Contour(session["contour"]),
        suite=finished.suite,
        plan=finished.plan,
        version=finished.version,
        digest=finished.digest,
        system_version=session["systemVersion"],
        opens=finished.admits,
        started_at=datetime.fromisoformat(session["startedAt"]),
        finished_at=finished.at,
        good_until=min(begun, default=finished.at) + lasts,
        frozen=finished.sha256,
    )


def account_of(finished: Finished) -> Account:
    """Return what the protocol of a session tells."""
    data = json.loads(finished.content)
    session, programme, lines = data["session"], data["programme"], data["judgement"]["lines"]
    told = dict(zip((line["name"] for line in lines), finished.lines, strict=True))
    decisions = data["evidence"]["decisions"]
    rows = tuple(_row(line, told[line["name"]], programme, decisions) for line in lines)
    title = f"{finished.suite} {programme['title']}"
    return Account(
        title=programme["title"],
        service=programme["format"],
        sections=(Section(title=title, contour=Contour(session["contour"]), cases=rows),),
        deviations=tuple(_deviations(lines, told)),
        untested=tuple(_untested(data["judgement"]["coverage"])),
        messages=tuple(_messages(data["evidence"]["messages"], finished)),
        testers=tuple(dict.fromkeys(decision[_TESTER] for decision in decisions)),
        addresses=() if session["endpointUrl"] is None else (session["endpointUrl"],),
        first_day=_day(session["startedAt"]),
        last_day=_day(data["judgement"]["judgedAt"]),
        remarks=tuple(map(_cut, filter(None, (*finished.reasons, data["comment"])))),
    )


def _row(line: Data, told: FrozenLine, programme: Data, decisions: list[list[Any]]) -> CaseRow:
    bad = list(_bad(line))
    reasons = [
        decision[_REASON]
        for decision in decisions
        if _name(decision) == told.name and decision[2] == told.attempts
    ]
    return CaseRow(
        code=told.name,
        title=_cut(told.title if told.row is None else f"{told.title}: {told.row}"),
        requirement=", ".join(told.verifies) or None,
        kind=CaseKind[told.kind.upper()],
        expected=_cut(bad[0]["expected"] if bad else programme["expected"][_code(told.name)]),
        actual=_cut(bad[0]["received"]) if bad else _actual(told),
        verdict=_verdict(told),
        at=told.decided_at,
        attempt=told.attempts or None,
        evidence=told.entries,
        confirmed_by=", ".join(told.confirmed_by) or None,
        confirmed_why=_cut("; ".join(reasons)) or None,
        note=_cut(told.reason) if told.reason else None,
    )


def _verdict(line: FrozenLine) -> CaseVerdict:
    if line.verdict is Verdict.REVIEW and line.passed:
        return CaseVerdict.CONFIRMED
    return _VERDICTS.get(line.verdict, CaseVerdict.SKIPPED)


def _actual(line: FrozenLine) -> str | None:
    return "получено ожидаемое" if line.passed else None


def _deviations(lines: list[Data], told: Mapping[str, FrozenLine]) -> Iterator[Deviation]:
    for line in lines:
        attempts = line["attempts"]
        closed = f"пройдено попыткой {len(attempts)}" if told[line["name"]].passed else None
        for attempt in attempts[:-1]:
            if attempt["verdict"] == Verdict.FAIL.value:
                text = f"Попытка {attempt['number']} не пройдена."
                yield Deviation(case_code=line["name"], text=text, closed=closed)
        for row in _bad(line):
            yield Deviation(
                case_code=line["name"],
                text=_cut(f"Ожидалось: {row['expected']}; получено: {row['received']}"),
                line=row["line"],
                path=_cut(row["path"]) if row["path"] else None,
            )


def _untested(coverage: list[Data]) -> Iterator[Untested]:
    for row in coverage:
        if row["notTested"]:
            requirement = _cut(f"{row['requirement']} {row['text']}")
            yield Untested(requirement=requirement, reason=_cut(row["notTested"]))


def _messages(messages: list[list[Any]], finished: Finished) -> Iterator[MessageRecord]:
    """Give both sides of the messages that a line was judged by."""
    counted = {entry for line in finished.lines for entry in line.entries}
    for message in messages:
        for direction, digest in (
            (Direction.INCOMING, message[_REQUEST]),
            (Direction.OUTGOING, message[_REPLY]),
        ):
            if message[_ENTRY] in counted and digest:
                at = datetime.fromisoformat(message[_RECEIVED_AT])
                yield MessageRecord(
                    message_id=message[_ENTRY], at=at, direction=direction, digest=digest
                )


def _bad(line: Data) -> Iterator[Data]:
    for step in line["steps"]:
        yield from (row for row in step["checked"] if row["verdict"] in _BAD)


def _name(decision: list[Any]) -> str:
    case, row = decision[:2]
    return f"{case}/{row}" if row else case


def _code(name: str) -> str:
    return name.partition("/")[0]


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(LOCAL).date()


def _cut(text: str) -> str:
    seen = visible(text)
    return seen if len(seen) <= _MOST_TEXT else f"{seen[: _MOST_TEXT - 1]}…"
