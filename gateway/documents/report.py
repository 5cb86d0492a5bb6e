"""A report as a printed table: no document of the registry, made anew whenever somebody asks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gateway.documents.tables import Cell
from gateway.kernel.ports import LOCAL

TEMPLATE = "REPORT"
_NO_BREAK = "\u00a0"
_NARROWEST, _WIDEST = 5, 32
"""Letters of a column."""


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """What stands on the sheets of a report."""

    document_id: UUID
    title: str
    parameters: Sequence[tuple[str, str]]
    """Names and values, in Russian."""
    heads: Sequence[str]
    lines: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] | None
    """None where nothing is summed up."""
    day: dt.date
    """The last day that the report is about."""
    moment: dt.datetime | None
    """When the last of its facts was written; None where facts do not tell."""


def as_facts(sheet: ReportSheet) -> dict[str, object]:
    """Return what the template shows."""
    lines = [[shown(cell) for cell in line] for line in sheet.lines]
    totals = None if sheet.totals is None else [shown(cell) for cell in sheet.totals]
    empty = [""] * len(sheet.heads)
    return {
        "title": sheet.title,
        "parameters": [list(one) for one in sheet.parameters],
        "columns": [
            {
                "head": head,
                "width": _width(head, [line[place] for line in [*lines, totals or empty]]),
                "is_number": _is_number([line[place] for line in sheet.lines]),
            }
            for place, head in enumerate(sheet.heads)
        ],
        "lines": lines,
        "totals": totals,
        "made": made_by(sheet.day, sheet.moment),
        "document": str(sheet.document_id),
    }


def _width(head: str, texts: Iterable[str]) -> int:
    """Return the share of a column: what its texts need, and the longest word of its head."""
    longest = max(map(len, texts), default=0)
    return max(min(longest, _WIDEST), *(len(word) + 1 for word in head.split()), _NARROWEST) + 1


def _is_number(cells: Iterable[Cell]) -> bool:
    return any(isinstance(cell, int | Decimal) for cell in cells)


def made_by(day: dt.date, moment: dt.datetime | None) -> str:
    """Say what a report knows: the same facts say the same, whenever they are asked for."""
    if moment is None:
        return f"{day:%d.%m.%Y}"
    return f"{moment.astimezone(LOCAL):%d.%m.%Y %H:%M:%S}"


def shown(cell: Cell) -> str:
    """Return a value as it is printed: 1 234,50."""
    match cell:
        case None:
            return ""
        case bool():
            return "да" if cell else "нет"
        case Decimal():
            return f"{cell:,.2f}".replace(",", _NO_BREAK).replace(".", ",")
        case int():
            return f"{cell:,}".replace(",", _NO_BREAK)
        case dt.datetime():
            return f"{cell.astimezone(LOCAL):%d.%m.%Y %H:%M}"
        case dt.date():
            return f"{cell:%d.%m.%Y}"
        case _:
            return cell
