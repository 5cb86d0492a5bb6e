"""GetPrintForm: the organizer's copies, without names (MEAL-ORG-05, MEAL-CAT-14)."""

from datetime import date
from io import BytesIO

import town
from pypdf import PdfReader

from gateway.kernel.errors import NotAllowed, NotFound, ValidationError


def pages_of(response):
    return [page.extract_text() for page in PdfReader(BytesIO(response.file.content)).pages]


def test_the_request_of_a_class_has_accounts_and_no_names(readers):
    (page,) = pages_of(readers.organizer.print_form("CLASS_REQUEST", class_code="SCH-1/3A"))
    assert town.IVAN.account in page
    assert "Класс 3А, 16 ноября 2026" in page
    assert not [one for one in town.PUPILS if one.name.split()[0] in page]
    assert town.CLASS_3A.teacher.split()[0] not in page


def test_the_requests_of_a_school_are_one_file_class_after_class(readers):
    response = readers.organizer.print_form("CLASS_REQUEST")
    pages = pages_of(response)
    assert ["Класс 3А" in pages[0], "Класс 7Б" in pages[1]] == [True, True]
    assert len(pages) == 2
    assert response.file.file_name == "class-request-2026-11-16.pdf"


def test_the_menu_of_a_school_is_printed(readers):
    text = "".join(pages_of(readers.organizer.print_form("MENU")))
    assert "Меню на 16 ноября 2026" in text
    assert "Столовая «Лето»" in text
    assert "Зима" not in text


def test_a_foreign_school_or_class_is_refused_as_one_that_does_not_exist(readers):
    refusals = {
        (type(error), error.text, error.findings)
        for form in ("CLASS_REQUEST", "MENU")
        for codes in (
            {"school_code": "SCH-2"},
            {"school_code": "SCH-9"},
            {"class_code": "SCH-2/4G"},
            {"class_code": "SCH-9/1A"},
        )
        for error in [readers.organizer.refused(readers.organizer.print_form, form, **codes)]
    }
    assert refusals == {(NotAllowed, NotAllowed().text, ())}


def test_there_is_nothing_to_print_on_a_day_without_requests_or_menu(readers):
    for form in ("CLASS_REQUEST", "MENU"):
        refusal = readers.organizer.refused(
            readers.organizer.print_form, form, day=date(2026, 11, 18)
        )
        assert type(refusal) is NotFound


def test_a_menu_is_printed_for_a_school_not_for_a_class(readers):
    refusal = readers.organizer.refused(readers.organizer.print_form, "MENU", class_code="SCH-1/3A")
    assert type(refusal) is ValidationError
