"""Tables for office programs: CSV, XLSX and ODS, always the same bytes for the same rows (NFR-08).

A value that an office program would take for a formula is shown, not computed (attack 41): in
XLSX and ODS a text is a text; in CSV, which knows no types, it gets an apostrophe before it.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from io import BytesIO, StringIO

import xlsxwriter

from gateway.documents import opendocument
from gateway.kernel.ports import LOCAL

Cell = str | int | Decimal | bool | dt.date | dt.datetime | None
"""What a table may hold; a datetime is aware and shown in local time."""

_FORMULA = "=+-@＝＋－＠\t\r"
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- of no zone, always the same


class TableFormat(Enum):
    """In what a table can be had; the value is the ending of its file's name."""

    CSV = "csv"
    """UTF-8 with a mark at the beginning, semicolons: opens by a click in a Russian Excel."""
    XLSX = "xlsx"
    ODS = "ods"


def table_file(
    rows: Iterable[Sequence[Cell]], columns: Sequence[str], table_format: TableFormat
) -> bytes:
    """Return a file of `rows` under the names of `columns`.

    Amounts have two places. CSV writes dates and amounts the Russian way; numbers longer than
    eleven digits that are texts stay exact in XLSX and ODS, while Excel rounds them in CSV. A
    character that XML cannot carry raises ValueError in ODS.
    """
    match table_format:
        case TableFormat.CSV:
            return _csv(rows, columns)
        case TableFormat.XLSX:
            return _xlsx(rows, columns)
        case TableFormat.ODS:
            return opendocument.spreadsheet(map(_local, rows), columns)


def _csv(rows: Iterable[Sequence[Cell]], columns: Sequence[str]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column) for column in columns])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "да" if cell else "нет"
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
        case dt.datetime():
            return f"{cell.astimezone(LOCAL):%d.%m.%Y %H:%M:%S}"
        case dt.date():
            return f"{cell:%d.%m.%Y}"
        case str():
            return _harmless(cell)
        case _:
            return str(cell)


def _harmless(text: str) -> str:
    """Keep a text from being computed; spaces before a formula do not stop Excel."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(tuple(_FORMULA)) else text


def _local(row: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(
        cell.astimezone(LOCAL).replace(tzinfo=None) if isinstance(cell, dt.datetime) else cell
        for cell in row
    )


def _xlsx(rows: Iterable[Sequence[Cell]], columns: Sequence[str]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("Лист 1")
        head = book.add_format({"bold": True})
        formats = {
            Decimal: book.add_format({"num_format": "# ##0.00"}),
            dt.date: book.add_format({"num_format": "dd.mm.yyyy"}),
            dt.datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"}),
        }
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, head)
        for line, place, cell in _places(rows):
            match cell:
                case None:
                    continue
                case bool():
                    sheet.write_string(line, place, _as_text(cell))
                case dt.date():
                    sheet.write_datetime(line, place, cell, formats[type(cell)])
                case int() | Decimal():
                    sheet.write_number(line, place, cell, formats.get(type(cell)))
                case _:
                    sheet.write_string(line, place, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return made.getvalue()


def _places(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(_local(row)):
            yield line, place, cell
