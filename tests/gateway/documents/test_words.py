"""Forms say what the regulations say, word for word, in every format (D2)."""

from pathlib import Path

import pytest
from invented import FILLED, NAMELESS, blank, identity
from reading import docx_text, pdf_text, spaced_once, unspaced

from gateway.documents import FORMS, DocType, FileFormat, render

FORMS_AS_PRINTED = Path(__file__).parent / "forms"
VERBATIM = (DocType.ACT_EMP, DocType.APP_EMP, DocType.APP_REGISO)
SIGNATURE_LINES = " _______________________" * 6
"""Under each side of the act: position, signature, name; the seed ran the lines together."""

each_verbatim = pytest.mark.parametrize("doc_type", VERBATIM, ids=lambda item: item.value)
each_form = pytest.mark.parametrize("doc_type", FORMS, ids=lambda item: item.value)


def as_printed(name: str) -> str:
    return spaced_once((FORMS_AS_PRINTED / f"{name}.txt").read_text("utf-8"))


def blank_as_printed(doc_type: DocType) -> str:
    return as_printed(doc_type.value) + (SIGNATURE_LINES if doc_type is DocType.ACT_EMP else "")


@each_verbatim
def test_blank_form_in_pdf_is_the_form_of_the_regulations(doc_type):
    data = render(blank(doc_type), NAMELESS, FileFormat.PDF)
    assert spaced_once(pdf_text(data)) == blank_as_printed(doc_type)


@each_verbatim
def test_blank_form_in_docx_is_the_form_of_the_regulations(doc_type):
    data = render(blank(doc_type), NAMELESS, FileFormat.DOCX)
    assert spaced_once(docx_text(data)) == blank_as_printed(doc_type)


@each_verbatim
def test_filled_form_in_pdf_differs_in_its_slots_alone(doc_type):
    data = render(FILLED[doc_type], identity(doc_type), FileFormat.PDF)
    assert spaced_once(pdf_text(data, body=True)) == as_printed(f"{doc_type.value}-filled")


@each_verbatim
def test_filled_form_in_docx_differs_in_its_slots_alone(doc_type):
    data = render(FILLED[doc_type], identity(doc_type), FileFormat.DOCX)
    assert spaced_once(docx_text(data)) == as_printed(f"{doc_type.value}-filled")


@each_form
def test_pdf_and_docx_of_a_filled_form_say_the_same(doc_type):
    form, named = FILLED[doc_type], identity(doc_type)
    printed = pdf_text(render(form, named, FileFormat.PDF), body=True)
    assert unspaced(printed) == unspaced(docx_text(render(form, named, FileFormat.DOCX)))


@each_form
def test_pdf_and_docx_of_a_blank_form_say_the_same(doc_type):
    form = blank(doc_type)
    printed = pdf_text(render(form, NAMELESS, FileFormat.PDF), body=True)
    assert unspaced(printed) == unspaced(docx_text(render(form, NAMELESS, FileFormat.DOCX)))


@each_form
def test_a_blank_form_says_nothing_that_was_not_given(doc_type):
    text = pdf_text(render(blank(doc_type), NAMELESS, FileFormat.PDF))
    assert not {"None", "null", "none", "undefined"} & set(text.split())


def test_the_act_tells_its_protocol_at_the_foot_and_not_in_its_text():
    data = render(FILLED[DocType.ACT_EMP], identity(DocType.ACT_EMP), FileFormat.PDF)
    foot = "Основание: протокол № ПРТ-БАНК-2026-0017 от 24.11.2026"
    assert foot in spaced_once(pdf_text(data))
    assert foot not in spaced_once(pdf_text(data, body=True))


def test_session_stands_on_every_page_of_a_protocol():
    form = FILLED[DocType.PROT_BANK]
    pages = pdf_text(render(form, identity(DocType.PROT_BANK), FileFormat.PDF)).split("\f")[:-1]
    assert len(pages) > 1
    assert all(form.session in page for page in pages)
