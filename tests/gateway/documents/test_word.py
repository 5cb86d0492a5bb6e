"""DOCX: the same bytes for ever, a template a lawyer may change, facts that stay text."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from invented import FILLED, NAMELESS, identity
from reading import docx_text, spaced_once

from gateway.documents import FORMS, DocType, FileFormat, TemplateBroken, render
from gateway.documents.forms.acts import EmpAct
from gateway.documents.templates import HOME

each_form = pytest.mark.parametrize("doc_type", FORMS, ids=lambda item: item.value)


def docx(doc_type, form=None, folder=None) -> bytes:
    return render(form or FILLED[doc_type], identity(doc_type), FileFormat.DOCX, folder)


@each_form
def test_second_rendering_is_the_same_bytes(doc_type):
    assert docx(doc_type) == docx(doc_type)


@each_form
def test_nothing_of_the_template_is_left(doc_type):
    with zipfile.ZipFile(BytesIO(docx(doc_type))) as archive:
        text = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )
    assert not [sign for sign in ("{{", "{%", "%}", "}}") if sign in text]


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% for a in b %}", "{_{ a }_}", "<w:p/>&amp;", "a]]>b", "{{r x }}", "{#a#}"],
)
def test_markup_in_a_fact_stays_text(text):
    assert text in spaced_once(docx_text(docx(DocType.ACT_EMP, EmpAct(system=text))))


def test_margins_and_font_are_those_of_the_standard():
    document = Document(BytesIO(docx(DocType.ACT_EMP)))
    (sheet,) = document.sections
    margins = (sheet.left_margin, sheet.right_margin, sheet.top_margin, sheet.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    font = document.styles["Normal"].font
    assert (font.name, font.size.pt) == ("Times New Roman", 14)


def lawyers(folder, old: str, new: str) -> None:
    """Change the template as Word would: the text of a run."""
    document = Document(HOME / "docx" / "ACT-EMP.docx")
    changed = 0
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if old in run.text:
                run.text, changed = run.text.replace(old, new), changed + 1
    assert changed
    document.save(folder / "ACT-EMP.docx")


def test_a_template_in_the_folder_comes_first(tmp_path):
    lawyers(tmp_path, "о нижеследующем", "о следующем")
    text = spaced_once(docx_text(docx(DocType.ACT_EMP, folder=tmp_path)))
    assert "(далее - Акт) о следующем:" in text


@pytest.mark.parametrize(
    "slot",
    ["{{ no_such_slot }}", "{{ system|", "{% if %}", "{{ system.__class__.__mro__ }}"],
)
def test_a_broken_template_is_named(tmp_path, slot):
    lawyers(tmp_path, "выполнены;", slot)
    with pytest.raises(TemplateBroken, match=r"ACT-EMP\.docx"):
        docx(DocType.ACT_EMP, folder=tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_a_file_that_is_no_docx_is_named(tmp_path, data):
    (tmp_path / "ACT-EMP.docx").write_bytes(data)
    with pytest.raises(TemplateBroken, match=r"ACT-EMP\.docx"):
        render(FILLED[DocType.ACT_EMP], NAMELESS, FileFormat.DOCX, tmp_path)
