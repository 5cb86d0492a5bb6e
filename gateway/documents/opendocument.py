"""A spreadsheet of OpenDocument (ISO/IEC 26300): one sheet of typed cells, no formulas."""

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from lxml import etree

from gateway.documents.archive import rezip

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, MANIFEST = (
    f"{_OASIS}{name}:1.0" for name in ("office", "table", "text", "manifest")
)
_NAMES = {"office": OFFICE, "table": TABLE, "text": TEXT}

Cell = str | int | Decimal | bool | dt.date | dt.datetime | None


def spreadsheet(rows: Iterable[Sequence[Cell]], columns: Sequence[str]) -> bytes:
    """Return an ODS file of `rows` under `columns`; moments are naive and local."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", _content(rows, columns))
        archive.writestr("META-INF/manifest.xml", _manifest())
    # The type stands first and as it is, so that a program knows the file by its beginning.
    return rezip(made.getvalue(), stored=frozenset({"mimetype"}))


def _content(rows: Iterable[Sequence[Cell]], columns: Sequence[str]) -> bytes:
    root = etree.Element(f"{{{OFFICE}}}document-content", nsmap=_NAMES)
    root.set(f"{{{OFFICE}}}version", "1.2")
    body = etree.SubElement(root, f"{{{OFFICE}}}body")
    sheet = etree.SubElement(
        etree.SubElement(body, f"{{{OFFICE}}}spreadsheet"), f"{{{TABLE}}}table"
    )
    sheet.set(f"{{{TABLE}}}name", "Лист 1")
    for row in (columns, *rows):
        line = etree.SubElement(sheet, f"{{{TABLE}}}table-row")
        for cell in row:
            _write(etree.SubElement(line, f"{{{TABLE}}}table-cell"), cell)
    return _document(root)


def _write(element: etree._Element, cell: Cell) -> None:
    match cell:
        case None:
            return
        case bool():
            kind, value, shown = "string", None, "да" if cell else "нет"
        case dt.datetime():
            kind, value, shown = "date", cell.isoformat(), f"{cell:%d.%m.%Y %H:%M:%S}"
        case dt.date():
            kind, value, shown = "date", cell.isoformat(), f"{cell:%d.%m.%Y}"
        case Decimal():
            kind, value, shown = "float", f"{cell:.2f}", f"{cell:.2f}".replace(".", ",")
        case int():
            kind, value, shown = "float", str(cell), str(cell)
        case _:
            kind, value, shown = "string", None, cell
    element.set(f"{{{OFFICE}}}value-type", kind)
    if value is not None:
        name = "date-value" if kind == "date" else "value"
        element.set(f"{{{OFFICE}}}{name}", value)
    etree.SubElement(element, f"{{{TEXT}}}p").text = shown


def _manifest() -> bytes:
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"manifest": MANIFEST})
    for path, kind in (("/", MIME), ("content.xml", "text/xml")):
        entry = etree.SubElement(root, f"{{{MANIFEST}}}file-entry")
        entry.set(f"{{{MANIFEST}}}full-path", path)
        entry.set(f"{{{MANIFEST}}}media-type", kind)
    return _document(root)


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
