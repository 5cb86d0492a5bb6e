"""A report as a printed table: no document of the registry, made anew whenever somebody asks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gateway.documents.tables import Cell
from gateway.kernel.ports import LOCAL

TEMPLATE = "REPORT"
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """What stands on the sheets of a report."""

    document_id: UUID
    title: str
    parameters: Sequence[tuple[str, str]]
    """Names and values, in Russian."""
    heads: Sequence[str]
    widths: Sequence[int]
    """Of columns, relative to each other."""
    lines: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] | None
    """None where nothing is summed up."""
    day: dt.date
    """The last day that the report is about."""
    moment: dt.datetime | None
    """When the last of its facts was written; None where facts do not tell."""


def as_facts(sheet: ReportSheet) -> dict[str, object]:
    """Return what the template shows."""
    numeric = [
        any(isinstance(line[place], int | Decimal) for line in sheet.lines)
        for place in range(len(sheet.heads))
    ]
    return {
        "title": sheet.title,
        "parameters": [list(one) for one in sheet.parameters],
        "columns": [
            {"head": head, "width": width, "is_number": number}
            for head, width, number in zip(sheet.heads, sheet.widths, numeric, strict=True)
        ],
        "lines": [[shown(cell) for cell in line] for line in sheet.lines],
        "totals": None if sheet.totals is None else [shown(cell) for cell in sheet.totals],
        "made": made_by(sheet.day, sheet.moment),
        "document": str(sheet.document_id),
    }


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
