"""Write `docs/operations/onboarding-machines.md`: `python -m registry.onboarding.diagrams`.

A development step; a test fails when the file is stale.
"""

from collections.abc import Iterator
from pathlib import Path

from registry.onboarding.machines import MACHINES, STATES
from registry.onboarding.table import NEW, Machine, Row

DOCUMENT = Path(__file__).parents[2] / "docs" / "operations" / "onboarding-machines.md"
_HEAD = """\
# Машины подключения

Файл составлен по данным `registry/onboarding/machines/`: `python -m registry.onboarding.diagrams`.
Руками не правится. Как ими пользоваться: [onboarding.md](onboarding.md).

Оператор вправе внести шаг участника или владельца, принесённый на бумаге; шаг узла не делает никто,
кроме него самого. Отзыв (`withdraw`), отказ (`reject`), приостановление (`suspend`), возобновление
(`resume`) и отключение (`disconnect`) есть у всех и на схемах не показаны.
"""
_COMMON = frozenset({"withdraw", "reject", "suspend", "resume", "disconnect"})


def main() -> None:
    """Write the document in place."""
    DOCUMENT.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the text of the document."""
    return "\n".join([_HEAD, *(line for one in MACHINES.values() for line in _section(one))])


def _section(machine: Machine) -> Iterator[str]:
    yield f"## {machine.kind.value}: {machine.title}"
    yield ""
    yield f"Номер дела: `{machine.code}-ГОД-0001`."
    yield ""
    yield from _diagram(machine)
    yield "| пункт | шаг | что делают | кто | срок | документ | уведомление | условия |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in _own(machine):
        yield _line(row)
    yield ""


def _diagram(machine: Machine) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    rows = _own(machine)
    states = {state for row in rows for state in (*row.before, row.after)} - {NEW}
    for state in machine.states:
        if state in states:
            yield f"    {state}: {STATES[state]}"
    for row in rows:
        for state in row.before:
            yield f"    {'[*]' if state == NEW else state} --> {row.after}: {row.step}"
    yield "```"
    yield ""


def _own(machine: Machine) -> list[Row]:
    return [row for row in machine.rows if row.step not in _COMMON]


def _line(row: Row) -> str:
    cells = (
        row.id,
        f"`{row.step}`",
        row.title,
        ", ".join(one.value for one in row.who),
        "" if row.within is None else row.within.text,
        row.document or "",
        row.notice.kind.number,
        "; ".join(guard.title for guard in row.guards),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
