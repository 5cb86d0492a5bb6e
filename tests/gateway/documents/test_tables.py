"""Tables open in office programs, exact and harmless (NFR-08)."""

import csv
import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from lxml import etree

from gateway.documents.opendocument import MIME, OFFICE, TABLE, TEXT
from gateway.documents.tables import TableFormat, table_file
from gateway.kernel.xml import make_parser

COLUMNS = ("Счёт", "Сумма", "Дата", "Принято", "Строк", "Зачислено", "Примечание")
ROW = (
    "01234567890123456789",
    Decimal("-2000.50"),
    dt.date(2026, 11, 25),
    dt.datetime(2026, 11, 25, 20, 30, tzinfo=dt.UTC),
    3,
    True,
    None,
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=cmd|"/c calc"!A1', "＝1", "\r=1")

each_format = pytest.mark.parametrize("table_format", TableFormat, ids=lambda item: item.value)


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_of(data: bytes):
    return openpyxl.load_workbook(BytesIO(data)).active


def cells_of_ods(data: bytes) -> list[list[etree._Element]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"), make_parser())
    return [list(row) for row in root.iter(f"{{{TABLE}}}table-row")]


@each_format
def test_same_rows_are_the_same_bytes(table_format):
    assert table_file([ROW], COLUMNS, table_format) == table_file([ROW], COLUMNS, table_format)


def test_csv_is_what_a_russian_excel_opens():
    data = table_file([ROW], COLUMNS, TableFormat.CSV)
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of_csv(data) == [
        list(COLUMNS),
        ["01234567890123456789", "-2000,50", "25.11.2026", "26.11.2026 01:30:00", "3", "да", ""],
    ]


def test_xlsx_keeps_what_is_a_number_and_what_is_a_text():
    head, row = sheet_of(table_file([ROW], COLUMNS, TableFormat.XLSX)).iter_rows(values_only=True)
    assert head == COLUMNS
    assert row == (
        "01234567890123456789",
        -2000.5,
        dt.datetime(2026, 11, 25),  # noqa: DTZ001 -- Excel knows no zones
        dt.datetime(2026, 11, 26, 1, 30),  # noqa: DTZ001
        3,
        "да",
        None,
    )


def test_ods_keeps_what_is_a_number_and_what_is_a_text():
    _, row = cells_of_ods(table_file([ROW], COLUMNS, TableFormat.ODS))
    kinds = [cell.get(f"{{{OFFICE}}}value-type") for cell in row]
    assert kinds == ["string", "float", "date", "date", "float", "string", None]
    assert row[1].get(f"{{{OFFICE}}}value") == "-2000.50"
    assert row[3].get(f"{{{OFFICE}}}date-value") == "2026-11-26T01:30:00"


def test_ods_is_known_by_its_beginning():
    data = table_file([ROW], COLUMNS, TableFormat.ODS)
    assert data[30:].startswith(b"mimetype" + MIME.encode())


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_shown_and_not_computed(text):
    in_csv = rows_of_csv(table_file([(text,)], ("Значение",), TableFormat.CSV))[1][0]
    assert in_csv == f"'{text}"
    in_xlsx = sheet_of(table_file([(text,)], (text,), TableFormat.XLSX))
    assert {cell.data_type for row in in_xlsx.iter_rows() for cell in row} == {"s"}
    for (cell,) in cells_of_ods(table_file([(text,)], (text,), TableFormat.ODS)):
        assert cell.get(f"{{{TABLE}}}formula") is None
        assert cell.get(f"{{{OFFICE}}}value-type") == "string"
        assert cell.findtext(f"{{{TEXT}}}p") == text


def test_links_stay_text():
    data = table_file([("http://example.ru/",)], ("Адрес",), TableFormat.XLSX)
    assert sheet_of(data)["A2"].hyperlink is None


@pytest.mark.parametrize("text", ["a;b", 'a"b', "a\nb", "<b>&amp;", "«ёлочки»"])
@each_format
def test_a_text_comes_out_as_it_is(text, table_format):
    data = table_file([(text,)], ("Значение",), table_format)
    found = {
        TableFormat.CSV: lambda: rows_of_csv(data)[1][0],
        TableFormat.XLSX: lambda: sheet_of(data)["A2"].value,
        TableFormat.ODS: lambda: cells_of_ods(data)[1][0].findtext(f"{{{TEXT}}}p"),
    }[table_format]()
    assert found == text


@each_format
def test_a_table_may_be_empty(table_format):
    assert table_file([], COLUMNS, table_format)
