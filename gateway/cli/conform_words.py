"""What `hub conform` says: readable by a person, nothing of a sender obeyed by the terminal."""

from collections import Counter
from pathlib import Path

from gateway.conformance.service import messages
from gateway.conformance.service.messages import Mover, Verdict
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible

VERDICTS = {
    Verdict.PASS: "пройден",
    Verdict.WARN: "пройден с предупреждением",
    Verdict.FAIL: "НЕ ПРОЙДЕН",
    Verdict.REVIEW: "смотрит испытатель",
    Verdict.SKIP: "не выполнялся",
    Verdict.WAIT: "идёт",
    Verdict.ERROR: "СБОЙ СТЕНДА, вам не засчитывается",
}
CLOCK = "clock"
MOVERS = {
    Mover.PARTICIPANT: "ваш ход",
    Mover.STAND: "ход стенда",
    Mover.TESTER: "ход испытателя",
    Mover.NOBODY: "ничей ход",
}


def name(line: messages.ResultType) -> str:
    """Return `BR-02/1`."""
    return line.case_code if line.row is None else f"{line.case_code}/{line.row}"


def opening(suite: messages.SuiteType, state: messages.GetSessionResponse) -> str:
    """Say what is going to be tested and with what."""
    told = [
        f"{suite.suite_code} «{suite.title}», план {state.plan} {state.plan_version}"
        + (" — РЕПЕТИЦИЯ, допуска не даёт" if state.rehearsal else ""),
        f"Сеанс {state.session_id}, открыт до {state.expires_at.astimezone(LOCAL):%d.%m.%Y %H:%M}.",
    ]
    if state.test_data:
        told.append("Данные сеанса:")
        titles = {param.name: param.title for param in suite.parameter}
        told += [
            f"  {given.name} = {given.value}  {titles.get(given.name, '')}".rstrip()
            for given in state.test_data
        ]
    red = [check for check in state.preflight if not check.green]
    told += [f"Настройка, {check.name}: {check.text}" for check in red]
    seen = {check.name for check in state.preflight}
    late = [name for name in suite.preflight if name not in seen]
    if late:
        told.append(f"Узел ещё не посмотрел: {', '.join(late)}.")
    if stops(state):
        told.append("Исправьте настройку: испытывать программу пока рано, сценарий не засчитан.")
        told.append(f"Продолжить: hub conform {state.plan} --session {state.session_id}")
    return visible("\n".join(told))


def stops(state: messages.GetSessionResponse) -> bool:
    """Tell whether the setting is to be mended first.

    A rehearsal goes on, nothing comes of it; clocks may show by the first message.
    """
    is_real = state.state is messages.SessionState.OPEN and not state.rehearsal
    return is_real and any(not check.green and check.name != CLOCK for check in state.preflight)


def line(line: messages.ResultType) -> str:
    """Say how a line stands, whose move it is, and what was wrong."""
    told = [f"\n{name(line)} {line.title}: {VERDICTS[line.verdict]}"]
    wait = line.wait
    if wait is not None:
        until = f", до {wait.until.astimezone(LOCAL):%H:%M:%S}" if wait.until else ""
        told.append(f"    {MOVERS[wait.mover]}: {wait.text}{until}")
    elif line.reason:
        told.append(f"    {line.reason}")
    for step in line.step:
        told += [
            _check(check) for check in step.check if check.verdict in {Verdict.FAIL, Verdict.WARN}
        ]
    return visible("\n".join(told))


def order(step: messages.StepResultType, file: Path | None) -> str:
    """Say what a step asks of the participant."""
    told = [f"    Сделайте: {step.text}"]
    if file is not None:
        told.append(f"    Файл: {file}")
    if step.evidence is not None:
        told.append("    Приложите подтверждение: по REST или на странице сеанса")
    return visible("\n".join(told))


def ended(finished: messages.FinishSessionResponse) -> str:
    """Say how a session ended."""
    told = [f"\nСеанс завершён: {finished.state.value}"]
    told += [f"  {reason}" for reason in finished.obstacle]
    if finished.protocol_document_id is not None:
        told.append(f"Протокол: документ {finished.protocol_document_id}")
    return visible("\n".join(told))


def summary(state: messages.GetSessionResponse) -> str:
    """Say how the whole stands, and how to go on."""
    counts = Counter(line.verdict for line in state.result)
    told = ", ".join(
        f"{words} — {counts[verdict]}" for verdict, words in VERDICTS.items() if counts[verdict]
    )
    lines = [f"\nИтог: {told or 'строк нет'}."]
    open_reviews = [line for line in state.result if line.verdict is Verdict.REVIEW]
    if open_reviews:
        lines.append(f"Ждут испытателя: {', '.join(map(name, open_reviews))}.")
    if state.trouble:
        lines.append(f"Сбой стенда: {state.trouble}")
    if state.state is messages.SessionState.OPEN:
        lines.append(f"Продолжить: hub conform {state.plan} --session {state.session_id}")
    return visible("\n".join(lines))


def _check(check: messages.CheckType) -> str:
    place = ", ".join(
        part
        for part in (check.document, f"строка {check.line}" if check.line else None, check.path)
        if part
    )
    told = [f"    ожидалось: {check.expected}", f"    получено:  {check.received}"]
    if place:
        told.append(f"    место:     {place}")
    if check.hint:
        told.append(f"    совет:     {check.hint}")
    return "\n".join(told)
