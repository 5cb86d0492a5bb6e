"""The file of a report: one table as CSV, XLSX, ODS or PDF, the same bytes for the same facts.

A report is told by its content: `documentId` follows from the report, its parameters and its lines,
never from the moment of asking. A printed report says up to when its facts were written.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from adapters.meals.errors import ReportTooLong
from adapters.meals.reports.description import Column, Kind, Line
from adapters.meals.reports.statement import Found
from gateway.contracts.messages.common import ReportFormat
from gateway.documents.pdf import report_pdf
from gateway.documents.report import ReportSheet
from gateway.documents.tables import Cell, TableFormat, table_file

MOST: Mapping[ReportFormat, int] = {
    ReportFormat.CSV: 100_000,
    ReportFormat.XLSX: 50_000,
    ReportFormat.ODS: 20_000,
    ReportFormat.PDF: 1_500,
}
"""Lines of a report: what is made in some 400 MiB and 5 seconds."""
TOTAL = "Итого"
_NOTHING = Decimal("0.00")
_TABLES = {
    ReportFormat.CSV: TableFormat.CSV,
    ReportFormat.XLSX: TableFormat.XLSX,
    ReportFormat.ODS: TableFormat.ODS,
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lines of a report."""

    code: str
    title: str
    parameters: Sequence[tuple[str, str]]
    day: date
    """The last one that it is about."""
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Made:
    """A report with its file."""

    document_id: UUID
    content: bytes


def render(head: Head, lines: Iterable[Found], report_format: ReportFormat) -> Made:
    """Return a report in a format; raise ReportTooLong for more lines than the format carries.

    Tables are written while their lines are read; a PDF is laid out once all of them are known.
    """
    if report_format is ReportFormat.PDF:
        return _printed(head, lines)
    tally = Tally(head.columns, MOST[report_format])
    names = [one.head for one in head.columns]
    table = table_file(_with_total(tally, lines), names, _TABLES[report_format])
    return Made(_document_id(head, tally), table)


def _printed(head: Head, lines: Iterable[Found]) -> Made:
    tally = Tally(head.columns, MOST[ReportFormat.PDF])
    told = list(tally.watch(lines))
    document_id = _document_id(head, tally)
    sheet = ReportSheet(
        document_id=document_id,
        title=head.title,
        parameters=head.parameters,
        heads=[one.head for one in head.columns],
        lines=told,
        totals=tally.last_line,
        day=head.day,
        moment=tally.moment,
    )
    return Made(document_id, report_pdf(sheet))


def _with_total(tally: "Tally", lines: Iterable[Found]) -> Iterator[Line]:
    yield from tally.watch(lines)
    if (total := tally.last_line) is not None:
        yield total


def _document_id(head: Head, tally: "Tally") -> UUID:
    """Return the identifier of what the report says, in whatever format."""
    told = [head.code, *map(list, head.parameters), [one.head for one in head.columns]]
    facts = json.dumps(told, ensure_ascii=False).encode() + tally.digest.digest()
    return uuid5(NAMESPACE_OID, sha256(facts).hexdigest())


@dataclass(slots=True)
class Tally:
    """What is known of a report once its lines have gone by."""

    columns: Sequence[Column]
    limit: int
    count: int = 0
    moment: datetime | None = None
    totals: dict[int, int | Decimal] = field(default_factory=dict)
    digest: Any = field(default_factory=sha256)

    def watch(self, lines: Iterable[Found]) -> Iterator[Line]:
        """Give the lines on; raise ReportTooLong when they are more than the limit."""
        self.totals = {
            place: _NOTHING if one.kind is Kind.MONEY else 0
            for place, one in enumerate(self.columns)
            if one.has_total
        }
        for line, moment in lines:
            self.count += 1
            if self.count > self.limit:
                raise ReportTooLong(f"В отчёте этого формата больше {self.limit} строк.")
            if moment is not None and (self.moment is None or moment > self.moment):
                self.moment = moment
            for place in self.totals:
                value = line[place]
                if isinstance(value, int | Decimal):
                    self.totals[place] += value
            self.digest.update(json.dumps(line, default=str, ensure_ascii=False).encode() + b"\n")
            yield line

    @property
    def last_line(self) -> Line | None:
        """The line of totals, where something is summed up."""
        if not self.totals or not self.count:
            return None
        cells: list[Cell] = [self.totals.get(place) for place in range(len(self.columns))]
        if cells[0] is None:
            cells[0] = TOTAL
        return tuple(cells)
