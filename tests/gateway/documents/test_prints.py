"""Print forms: the same bytes for the same facts, fit for an archive, replaceable by a file."""

import dataclasses
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from reading import pdf_text, spaced_once

from gateway.documents import TemplateBroken
from gateway.documents.pdf import print_pdf
from gateway.documents.prints import (
    AskedMeal,
    ClassRequestPrint,
    MealOfClass,
    MenuPrint,
    ServedCategory,
    ServedDish,
    ServedMeal,
    ServedMealSet,
)

LINE = AskedMeal(
    account="7200000013",
    name="Соколов И.",
    meal_set="Обед № 1",
    is_present=True,
    is_included=True,
    to_pay=Decimal("150.00"),
    is_over_credit=False,
)
REQUEST = ClassRequestPrint(
    school="Школа № 1",
    day=date(2026, 11, 16),
    printed_at=datetime(2026, 11, 16, 3, 5, tzinfo=UTC),
    class_name="3А",
    state="сформирована",
    version=1,
    request_id="00000000-0000-0000-0000-000000000001",
    is_named=True,
    meals=(
        MealOfClass(name="Обед", is_late=False, lines=(LINE,), count=1, to_pay=Decimal("150.00")),
    ),
)
MENU = MenuPrint(
    school="Школа № 1",
    day=date(2026, 11, 16),
    meals=(
        ServedMeal(
            name="Обед",
            categories=(
                ServedCategory(
                    age="7–11 лет",
                    menu_type="меню «Основное»",
                    meal_sets=(
                        ServedMealSet(
                            name="Обед № 1",
                            is_default=True,
                            price=Decimal("150.00"),
                            dishes=(ServedDish(name="Борщ", portion="250/10"),),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

each_print = pytest.mark.parametrize("sheet", [REQUEST, MENU], ids=lambda sheet: sheet.code)


@each_print
def test_second_printing_is_the_same_bytes(sheet):
    assert print_pdf(sheet) == print_pdf(sheet)


@each_print
def test_it_is_fit_for_an_archive(sheet):
    assert b"<pdfaid:part>2</pdfaid:part>" in re.sub(rb"\s+", b" ", print_pdf(sheet))


def test_its_moment_is_that_of_the_print():
    assert PdfReader(BytesIO(print_pdf(REQUEST))).metadata.creation_date == REQUEST.printed_at


def test_its_moment_is_told_to_the_second():
    moment = REQUEST.printed_at
    at_once = dataclasses.replace(REQUEST, printed_at=moment.replace(microsecond=123_456))

    assert PdfReader(BytesIO(print_pdf(at_once))).metadata.creation_date == moment


@each_print
def test_markup_in_a_fact_stays_text(sheet):
    evil = '#panic("x") *a* $d$ @e <f>'
    assert evil in spaced_once(pdf_text(print_pdf(dataclasses.replace(sheet, school=evil))))


def test_thirty_five_pupils_with_four_meals_repeat_the_head_on_every_sheet():
    meal = dataclasses.replace(REQUEST.meals[0], lines=(LINE,) * 35, count=35)
    data = print_pdf(dataclasses.replace(REQUEST, meals=(meal,) * 4))

    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) > 1
    assert all("Лицевой счёт" in page.extract_text() for page in pages)


@each_print
def test_a_template_of_the_operator_comes_first(sheet, tmp_path):
    (tmp_path / f"{sheet.code}.typ").write_text("Свой бланк", "utf-8")

    assert "Свой бланк" in pdf_text(print_pdf(sheet, tmp_path))


@each_print
def test_a_broken_template_is_named(sheet, tmp_path):
    (tmp_path / f"{sheet.code}.typ").write_text("#let", "utf-8")

    with pytest.raises(TemplateBroken, match=sheet.code):
        print_pdf(sheet, tmp_path)
