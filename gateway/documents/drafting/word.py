"""Writes a form as a template of Word for docxtpl: a document that a lawyer opens and edits."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gateway.documents.archive import rezip
from gateway.documents.drafting.blocks import (
    Beside,
    Centered,
    Each,
    Grid,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Part,
    Right,
    Ruled,
    Slot,
    Table,
    Template,
    Title,
    When,
    inlines,
)

_FONT = "Times New Roman"
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- a constant of the file, of no zone


def bytes_of(template: Template, title: str) -> bytes:
    """Return the file of a template, always the same."""
    document = Document()
    _set_up(document, template, title)
    for part in template.parts:
        _add(document, part, _width(template))
    _foot(document, template)
    made = BytesIO()
    document.save(made)
    return rezip(made.getvalue())


def _set_up(document: Any, template: Template, title: str) -> None:  # noqa: ANN401 -- python-docx
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    margins = (20, 20, 30, 15)
    if template.landscape:
        sheet.orientation = WD_ORIENT.LANDSCAPE
        sheet.page_width, sheet.page_height = Mm(297), Mm(210)
        margins = (30, 15, 20, 15)
    sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin = map(Mm, margins)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(template.size)
    fonts = normal.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.space_before = Pt(0)
    core = document.core_properties
    core.title, core.author, core.created, core.modified = title, "", _MADE, _MADE
    core.comments = "форма составлена по аналогии" if template.by_analogy else ""


def _width(template: Template) -> int:
    return 262 if template.landscape else 165


def _add(document: Any, part: Part, width: int) -> None:  # noqa: ANN401 -- python-docx
    match part:
        case Right(lines):
            for line in lines:
                made = _paragraph(document, line)
                made.paragraph_format.left_indent = Mm(width * 0.55)
                made.paragraph_format.space_after = Pt(0)
        case Title(lines):
            for number, line in enumerate(lines):
                made = _paragraph(document, line, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
                made.paragraph_format.space_before = Pt(0 if number else 14)
        case Centered(text):
            made = _paragraph(document, text, align=WD_ALIGN_PARAGRAPH.CENTER)
            made.paragraph_format.space_after = Pt(12)
        case Heading(text):
            made = _paragraph(document, text, bold=True)
            made.paragraph_format.space_before = Pt(10)
            made.paragraph_format.keep_with_next = True
        case Paragraph(text, plain, ragged):
            spread = None if ragged or plain else WD_ALIGN_PARAGRAPH.JUSTIFY
            made = _paragraph(document, text, align=spread)
            if not plain:
                made.paragraph_format.first_line_indent = Mm(12.5)
        case Grid():
            _beside(document, part, width)
        case Ruled(rows):
            made = _grid(document, [width * 0.4, width * 0.6], rows)
            for row in made.rows:
                _underline(row.cells[1])
        case Table():
            _table(document, part, width)
        case Each(source, name, parts, otherwise):
            document.add_paragraph(f"{{%p for {name} in {source} %}}")
            _add_all(document, parts, width)
            if otherwise:
                document.add_paragraph("{%p else %}")
                _add_all(document, otherwise, width)
            document.add_paragraph("{%p endfor %}")
        case When(path, parts):
            document.add_paragraph(f"{{%p if {path} %}}")
            _add_all(document, parts, width)
            document.add_paragraph("{%p endif %}")


def _add_all(document: Any, parts: Sequence[Part], width: int) -> None:  # noqa: ANN401 -- python-docx
    for part in parts:
        _add(document, part, width)


def _paragraph(place: Any, text: str, *, bold: bool = False, align: Any = None) -> Any:  # noqa: ANN401 -- python-docx
    made = place.add_paragraph()
    made.alignment = align
    _write(made, text, bold=bold)
    return made


def _write(paragraph: Any, text: str, *, bold: bool = False) -> None:  # noqa: ANN401 -- python-docx
    run = paragraph.add_run("".join(_inline(item) for item in inlines(text)))
    run.bold = bold or None


def _inline(item: Inline) -> str:
    match item:
        case Slot(path, blank):
            return f'{{{{ {path}|slot("{blank}") }}}}'
        case Mark(path):
            return f"{{{{ {path}|mark }}}}"
        case Beside(path, text):
            return f"{{% if {path} %}}{text}{{% endif %}}"
        case _:
            return item.text


def _space(document: Any) -> None:  # noqa: ANN401 -- python-docx
    """Part a grid from what stands above; Word would also grow two tables into one."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _beside(document: Any, part: Grid, width: int) -> None:  # noqa: ANN401 -- python-docx
    _space(document)
    made = _grid(document, [width * share / sum(part.shares) for share in part.shares], part.rows)
    for row in made.rows:
        for number, cell in enumerate(row.cells):
            paragraph = cell.paragraphs[0]
            if part.roomy:
                paragraph.paragraph_format.space_before = Pt(14)
            for run in paragraph.runs if part.sizes else ():
                run.font.size = Pt(part.sizes[number])
    _space(document)


def _grid(document: Any, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 -- python-docx
    made = document.add_table(rows=len(rows), cols=len(widths))
    made.autofit = False
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Mm(width)
            _write(cell.paragraphs[0], text)
    return made


def _table(document: Any, table: Table, width: int) -> None:  # noqa: ANN401 -- python-docx
    made = document.add_table(rows=4, cols=len(table.columns))
    made.style = "Table Grid"
    made.autofit = False
    total = sum(column.width for column in table.columns)
    texts = ("{{ loop.index }}", *(column.text for column in table.columns[1:]))
    for row in made.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = Mm(width * column.width / total)
    for head, cell, column, text in zip(
        made.rows[0].cells, made.rows[2].cells, table.columns, texts, strict=True
    ):
        head.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(head.paragraphs[0], column.head, bold=True)
        if column.number:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if text.startswith("{{"):
            cell.paragraphs[0].add_run(text)
        else:
            _write(cell.paragraphs[0], text)
    _repeat(made.rows[0])
    made.rows[1].cells[0].paragraphs[0].add_run(f"{{%tr for row in {table.source} %}}")
    made.rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for row in made.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(table.size)
    _space(document)


def _repeat(row: Any) -> None:  # noqa: ANN401 -- python-docx
    """Show a row again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- python-docx has no other way


def _underline(cell: Any) -> None:  # noqa: ANN401 -- python-docx
    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:color", "000000")):
        bottom.set(qn(name), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 -- python-docx has no other way


def _foot(document: Any, template: Template) -> None:  # noqa: ANN401 -- python-docx
    if not template.foot and not template.numbered:
        return
    paragraph = document.sections[0].footer.paragraphs[0]
    _write(paragraph, template.foot)
    if template.numbered:
        for piece in ("  ", "PAGE", " из ", "NUMPAGES"):
            paragraph._p.append(_field(piece)) if piece.isupper() else paragraph.add_run(piece)  # noqa: SLF001 -- python-docx has no fields
    for run in paragraph.runs:
        run.font.size = Pt(8)


def _field(name: str) -> Any:  # noqa: ANN401 -- python-docx
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field
