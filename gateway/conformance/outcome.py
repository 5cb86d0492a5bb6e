"""A judgement for machines: JUnit XML, JSON, and the exit code of a command."""

import hashlib
from enum import IntEnum
from typing import Any

from lxml import etree

from gateway.conformance.assertions.subject import Checked
from gateway.conformance.coverage import coverage
from gateway.conformance.documents import Document, NotXml
from gateway.conformance.evidence import Evidence, Message
from gateway.conformance.judge import Judgement, Line
from gateway.conformance.language import model
from gateway.conformance.verdicts import Mover, Verdict, Wait
from gateway.contracts.wording import HIDDEN, is_personal, without_snils
from gateway.kernel.visible import visible
from gateway.storage.journal import name_of

MOST_SYSTEM_OUT = 64 * 1024
"""Characters of the messages shown with one line; GitLab takes 30 MB a file."""


class ExitCode(IntEnum):
    """What a command tells the pipeline that called it."""

    PASSED = 0
    FAILED = 1
    SETTING = 2
    """Usage, configuration or pre-flight."""
    STAND = 3
    """Our stand broke, or is late with its own move."""


def exit_code(judgement: Judgement, red_checks: tuple[str, ...]) -> ExitCode:
    """Return the code; `red_checks` are the pre-flight checks that are not green."""
    if judgement.trouble is not None or any(
        line.verdict is Verdict.ERROR for line in judgement.lines
    ):
        return ExitCode.STAND
    if red_checks:
        return ExitCode.SETTING
    required = [line for line in judgement.lines if line.applicable]
    if any(line.wait is not None and line.wait.mover is Mover.STAND for line in required):
        return ExitCode.STAND
    if required and all(line.passed for line in required):
        return ExitCode.PASSED
    return ExitCode.FAILED


def as_json(suite: model.Suite, judgement: Judgement) -> dict[str, Any]:
    """Return the judgement as values of JSON; times are ISO 8601."""
    return {
        "suite": judgement.suite,
        "plan": judgement.plan,
        "version": judgement.version,
        "digest": judgement.digest,
        "participant": judgement.participant,
        "systemVersion": judgement.system_version,
        "rehearsal": judgement.rehearsal,
        "judgedAt": judgement.judged_at.isoformat(),
        "verdict": judgement.verdict.value,
        "trouble": judgement.trouble,
        "lines": [_line(line) for line in judgement.lines],
        "coverage": [
            {
                "requirement": row.requirement.id,
                "text": row.requirement.text,
                "source": row.requirement.source,
                "lines": [name for name, _ in row.lines],
                "verdict": row.verdict and row.verdict.value,
                "notTested": row.requirement.not_tested,
            }
            for row in coverage(suite, judgement)
        ],
    }


def as_junit(judgement: Judgement, evidence: Evidence) -> bytes:
    """Return JUnit XML: a test case for each line, its messages masked and cut in `system-out`."""
    messages = {message.entry: message for message in evidence.messages}
    name = judgement.plan + (" (репетиция)" if judgement.rehearsal else "")
    suite = etree.Element("testsuite", name=visible(name))
    for line in judgement.lines:
        _test_case(suite, judgement, line, messages)
    if judgement.trouble is not None:
        case = etree.SubElement(suite, "testcase", classname=name, name="план")
        _note(case, "error", judgement.trouble)
    suite.set("tests", str(len(suite)))
    for kind in ("failure", "error", "skipped"):
        plural = {"failure": "failures", "error": "errors"}.get(kind, kind)
        suite.set(plural, str(len(suite.findall(f"testcase/{kind}"))))
    return etree.tostring(suite, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "title": line.case.title,
        "row": line.row.name or None,
        "kind": line.case.kind.value,
        "applicable": line.applicable,
        "verifies": list(line.case.verifies),
        "verdict": line.verdict.value,
        "confirmed": line.confirmed,
        "reason": line.reason,
        "wait": _wait(line.wait),
        "attempts": [
            {
                "number": result.attempt.number,
                "startedAt": result.attempt.started_at.isoformat(),
                "verdict": result.verdict.value,
            }
            for result in line.attempts
        ],
        "steps": [
            {
                "id": step.id,
                "text": step.text,
                "verdict": step.verdict.value,
                "entries": [name_of(entry) for entry in step.entries],
                "confirmedBy": step.decision and step.decision.by,
                "checked": [_checked(row) for row in step.checked],
            }
            for step in line.steps
        ],
    }


def _wait(wait: Wait | None) -> dict[str, Any] | None:
    if wait is None:
        return None
    until = wait.until.isoformat() if wait.until else None
    return {"mover": wait.mover.value, "text": wait.text, "until": until}


def _checked(row: Checked) -> dict[str, Any]:
    return {
        "verdict": row.verdict.value,
        "what": row.what,
        "expected": row.expected,
        "received": row.received,
        "requirements": list(row.requirements),
        "document": row.document,
        "line": row.line,
        "path": row.path,
        "hint": row.hint,
    }


def _test_case(
    suite: etree._Element, judgement: Judgement, line: Line, messages: dict[int, Message]
) -> None:
    row = f" — {line.row.name}" if line.row.name else ""
    case = etree.SubElement(
        suite,
        "testcase",
        classname=visible(judgement.plan),
        name=visible(f"{line.name} {line.case.title}{row}"),
    )
    if line.verdict is Verdict.FAIL:
        _note(case, "failure", _told(line))
    elif line.verdict is Verdict.ERROR:
        _note(case, "error", line.reason or "Сбой стенда.")
    elif not line.passed:
        _note(case, "skipped", _not_decided(line))
    out = etree.SubElement(case, "system-out")
    out.text = _messages(line, messages)


def _note(case: etree._Element, kind: str, text: str) -> None:
    note = etree.SubElement(case, kind, message=visible(text.partition("\n")[0]))
    note.text = visible(text)


def _told(line: Line) -> str:
    rows = [row for step in line.steps for row in step.checked if row.verdict is Verdict.FAIL]
    told = [
        f"ожидалось: {row.expected}; получено: {row.received}"
        + (f"; строка {row.line}" if row.line else "")
        + (f"; {row.path}" if row.path else "")
        + (f"; {row.hint}" if row.hint else "")
        for row in rows
    ]
    return "\n".join(told) or line.reason or "Не пройден."


def _not_decided(line: Line) -> str:
    wait = f": {line.wait.mover.value} — {line.wait.text}" if line.wait else ""
    return f"{line.verdict.value}{wait}{f': {line.reason}' if line.reason else ''}"


def _messages(line: Line, messages: dict[int, Message]) -> str:
    parts = []
    for entry in (entry for step in line.steps for entry in step.entries):
        message = messages[entry]
        for name, data in (("запрос", message.request), ("ответ", message.reply)):
            parts.append(f"{name} {name_of(entry)}\n{masked(data)}\n")
    text = "\n".join(parts)
    return text if len(text) <= MOST_SYSTEM_OUT else f"{text[:MOST_SYSTEM_OUT]}\n… обрезано"


def masked(data: bytes | None) -> str:
    """Return a document with personal data hidden; of what is no XML, its digest (SEC-10)."""
    if data is None:
        return "(не сохранено)"
    try:
        root = Document("сообщение", data, ours=False).root
    except NotXml:
        return f"(не XML: байт {len(data)}, SHA-256 {hashlib.sha256(data).hexdigest()})"
    for element in root.iter(etree.Element):
        hidden = is_personal(etree.QName(element).localname)
        if element.text:
            element.text = HIDDEN if hidden else without_snils(element.text)
        if element.tail:
            element.tail = without_snils(element.tail)
        for name, value in element.attrib.items():
            hides = is_personal(etree.QName(str(name)).localname)
            element.set(name, HIDDEN if hides else without_snils(str(value)))
    return visible(etree.tostring(root, encoding="unicode"))
