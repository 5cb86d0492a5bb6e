"""PDF: the same bytes for ever, an archive's format, nothing beyond the margins."""

import dataclasses
import hashlib
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from invented import CASES, FILLED, NAMELESS, OPERATOR, blank, identity, protocol
from pypdf import PdfReader
from reading import pdf_text, poppler, spaced_once, unspaced

from gateway.documents import FORMS, DocType, FileFormat, TemplateBroken, render, to_xml
from gateway.documents.forms.acts import EmpAct
from gateway.documents.forms.protocols import BankProtocol
from gateway.documents.pdf import to_pictures
from gateway.documents.templates import HOME

LONG_NAME = (
    "Федеральное государственное бюджетное образовательное учреждение высшего образования "
    "«Западно-Сибирский межрегиональный учебно-методический центр высокотехнологичных "
    "информационно-телекоммуникационных систем имени первооткрывателей нефтегазовых "
    "месторождений Тюменской области и Ямало-Ненецкого автономного округа»"
)
LONG_PERSON = (
    "исполняющего обязанности заместителя генерального директора по информационной безопасности "
    "и цифровой трансформации Христорождественского-Новопокровского Константина Аполлинариевича"
)
UNBROKEN = "Б" * 300
DIGESTS = "0123456789abcdef" * 16
PROTOCOLS = (DocType.PROT_BANK, DocType.PROT_PUTO, DocType.PROT_ORG)
POINTS = 72 / 25.4

each_form = pytest.mark.parametrize("doc_type", FORMS, ids=lambda item: item.value)


def pdf(doc_type, form=None) -> bytes:
    return render(form or FILLED[doc_type], identity(doc_type), FileFormat.PDF)


def longest(value, text):
    """The same document with `text` in every slot for a text."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(longest(item, text) for item in value)
    if dataclasses.is_dataclass(value):
        changed = {f.name: longest(getattr(value, f.name), text) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def test_long_names_are_as_long_as_they_get():
    assert len(LONG_NAME) >= 300


@each_form
def test_second_rendering_is_the_same_bytes(doc_type):
    assert pdf(doc_type) == pdf(doc_type)


def test_another_process_renders_the_same_bytes():
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); import invented as i;"
        "from gateway.documents import *;"
        "print(*(hashlib.sha256(render(i.FILLED[t], i.identity(t), f)).hexdigest()"
        " for t in (DocType.ACT_EMP, DocType.PROT_BANK) for f in FileFormat))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        hashlib.sha256(render(FILLED[doc_type], identity(doc_type), file_format)).hexdigest()
        for doc_type in (DocType.ACT_EMP, DocType.PROT_BANK)
        for file_format in FileFormat
    ]


def test_threads_render_the_same_bytes():
    kinds = list(FORMS)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pdf, kinds)) == [pdf(doc_type) for doc_type in kinds]


@each_form
def test_it_says_which_archive_format_it_is(doc_type):
    xmp = re.sub(rb"\s+", b" ", pdf(doc_type))
    part = b"3" if doc_type in PROTOCOLS else b"2"
    assert b"<pdfaid:part>" + part + b"</pdfaid:part>" in xmp
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in xmp


@each_form
def test_every_font_is_inside(doc_type):
    for page in PdfReader(BytesIO(pdf(doc_type))).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


@pytest.mark.parametrize("doc_type", PROTOCOLS, ids=lambda item: item.value)
def test_protocol_holds_its_xml(doc_type):
    attached = PdfReader(BytesIO(pdf(doc_type))).attachments
    assert attached == {f"{doc_type.value}.xml": [to_xml(FILLED[doc_type], identity(doc_type))]}


def test_metadata_name_the_document():
    told = PdfReader(BytesIO(pdf(DocType.ACT_EMP))).metadata
    assert told.title == f"{DocType.ACT_EMP.title} № АКТ-ЕМП-2026-0017"
    assert told["/Keywords"] == str(identity(DocType.ACT_EMP).document_id)
    assert told.creation_date.date() == identity(DocType.ACT_EMP).date


@each_form
def test_only_metadata_say_that_a_form_was_made_by_analogy(doc_type):
    subject = PdfReader(BytesIO(pdf(doc_type))).metadata.subject
    verbatim = {DocType.ACT_EMP, DocType.APP_EMP, DocType.APP_REGISO}
    assert subject == (None if doc_type in verbatim else "форма составлена по аналогии")
    assert "аналогии" not in pdf_text(pdf(doc_type))


@each_form
def test_page_has_the_margins_of_the_standard(doc_type):
    data = pdf(doc_type)
    left = min(float(x) for x in re.findall(rb'xMin="([\d.]+)"', _boxes(data)))
    narrow = 20 if doc_type in PROTOCOLS else 30
    assert narrow - 0.5 <= left / POINTS <= narrow + 1


def test_act_with_the_longest_names_fits_one_page():
    long = dataclasses.replace(
        FILLED[DocType.ACT_EMP],
        system=LONG_NAME,
        operator=dataclasses.replace(OPERATOR, represented_by=LONG_PERSON),
        party=dataclasses.replace(
            FILLED[DocType.ACT_EMP].party,
            name=LONG_NAME,
            short_name=LONG_NAME[:120],
            representative=dataclasses.replace(
                OPERATOR,
                represented_by=LONG_PERSON,
                acting_on="доверенности от 01.10.2026 № 114, удостоверенной нотариусом",
                position=LONG_PERSON[:100],
            ),
        ),
    )
    assert len(PdfReader(BytesIO(pdf(DocType.ACT_EMP, long))).pages) == 1


@each_form
def test_nothing_goes_beyond_the_margin(doc_type):
    text = f"{LONG_NAME} {UNBROKEN} {DIGESTS}"
    data = pdf(doc_type, longest(FILLED[doc_type], text))
    width = float(PdfReader(BytesIO(data)).pages[0].mediabox.width)
    assert max(_right_ends(data)) <= width - 14 * POINTS
    assert unspaced(UNBROKEN) in unspaced(pdf_text(data))


def _right_ends(data: bytes) -> list[float]:
    return [float(x) for x in re.findall(rb'xMax="([\d.]+)"', _boxes(data))]


def _boxes(data: bytes) -> bytes:
    """Return the place of every word, in points."""
    command = [poppler("pdftotext"), "-bbox", "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    "text", ['#panic("x")', "*a* _b_ `c` $d$ @e <f> \\ // [g]", "{{ 7*7 }} {% x %}"]
)
def test_markup_in_a_fact_stays_text(text):
    data = pdf(DocType.ACT_EMP, EmpAct(system=text))
    assert text in spaced_once(pdf_text(data))


def test_protocol_of_three_hundred_rows_is_made_within_a_second():
    form = protocol(BankProtocol, CASES * 100)
    pdf(DocType.PROT_BANK)
    started = time.process_time()
    data = pdf(DocType.PROT_BANK, form)
    assert time.process_time() - started < 1
    assert len(PdfReader(BytesIO(data)).pages) > 10


def test_a_document_without_date_can_be_rendered():
    assert render(blank(DocType.ACT_EMP), NAMELESS, FileFormat.PDF).startswith(b"%PDF")


def test_pages_can_be_had_as_pictures():
    pictures = to_pictures(FILLED[DocType.ACT_EMP], identity(DocType.ACT_EMP))
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"]


def replaced(folder: Path, source: str) -> bytes:
    (folder / "ACT-EMP.typ").write_text(source, "utf-8")
    form, named = FILLED[DocType.ACT_EMP], identity(DocType.ACT_EMP)
    return render(form, named, FileFormat.PDF, folder)


def test_a_template_in_the_folder_comes_first(tmp_path):
    ours = (HOME / "typst" / "ACT-EMP.typ").read_text("utf-8")
    text = spaced_once(pdf_text(replaced(tmp_path, ours.replace("нижеследующем", "следующем"))))
    assert "(далее - Акт) о следующем:" in text


def test_forms_without_a_file_in_the_folder_keep_their_own(tmp_path):
    form, named = FILLED[DocType.JOIN], identity(DocType.JOIN)
    assert render(form, named, FileFormat.PDF, tmp_path) == pdf(DocType.JOIN)


@pytest.mark.parametrize(
    "source",
    [
        "#let",
        '#import "@uzel/form:1.0.0": *\n#d.no-such-slot',
        '#read("/etc/passwd")',
        '#import "@preview/tiaoma:0.3.0": *',
    ],
    ids=["syntax", "slot", "file", "network"],
)
def test_a_broken_template_is_named(tmp_path, source):
    with pytest.raises(TemplateBroken, match=r"ACT-EMP\.typ"):
        replaced(tmp_path, source)


def test_a_template_in_another_encoding_is_named(tmp_path):
    (tmp_path / "ACT-EMP.typ").write_bytes("Акт".encode("cp1251"))
    with pytest.raises(TemplateBroken, match=r"ACT-EMP\.typ"):
        render(FILLED[DocType.ACT_EMP], NAMELESS, FileFormat.PDF, tmp_path)


def test_a_replaced_template_of_a_protocol_still_holds_its_xml(tmp_path):
    (tmp_path / "PROT-BANK.typ").write_text("Протокол", "utf-8")
    form, named = FILLED[DocType.PROT_BANK], identity(DocType.PROT_BANK)
    data = render(form, named, FileFormat.PDF, tmp_path)
    assert list(PdfReader(BytesIO(data)).attachments) == ["PROT-BANK.xml"]
