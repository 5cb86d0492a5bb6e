"""Who may have which report, over whom, and with whose names (must-show 4, MEAL-ORG-03, 06)."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
import town
from pypdf import PdfReader
from readers import ON_DAY, PERIOD, Reader

from gateway.kernel.errors import NotAllowed, NotFound
from gateway.kernel.message import ActingRole

OF_ORGANIZER = {
    "ORDERS": PERIOD,
    "CLASS_REQUESTS": ON_DAY,
    "ACTUAL_MEALS": ON_DAY,
    "DEBITS": PERIOD,
    "COMPENSATION": PERIOD,
    "BALANCES": {},
    "CREDIT_USE": {},
    "PAYMENTS": PERIOD,
    "REGISTRIES": PERIOD,
    "BINDINGS": {},
    "UNFORMED_REQUESTS": ON_DAY,
}
ABOUT_PUPILS = ("ORDERS", "ACTUAL_MEALS", "DEBITS", "BALANCES", "CREDIT_USE")
NAMES = [word for one in town.PUPILS for word in one.name.split()[:2]]
"""Surnames and given names."""


def told(content, report_format):
    """Return the text of a file."""
    match report_format:
        case "PDF":
            return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        case "XLSX":
            sheet = openpyxl.load_workbook(BytesIO(content)).active
            return "\n".join(str(row) for row in sheet.iter_rows(values_only=True))
        case _:
            return content.decode("utf-8-sig")


def as_told(error):
    return (type(error), error.text, error.action, error.findings)


@pytest.mark.parametrize("code", OF_ORGANIZER)
def test_no_report_of_an_organizer_names_a_pupil(readers, code):
    for report_format in ("CSV", "XLSX", "PDF"):
        response = readers.organizer.report(code, report_format, **OF_ORGANIZER[code])
        text = told(response.file.content, report_format)
        assert not [name for name in NAMES if name in text]


@pytest.mark.parametrize("code", ABOUT_PUPILS)
def test_an_organizer_knows_pupils_by_their_accounts(readers, code):
    report = readers.other_organizer.table(code, **OF_ORGANIZER[code])
    assert town.ALINA.account in report.column("Лицевой счёт")


@pytest.mark.parametrize("code", [*ABOUT_PUPILS, "CLASS_REQUESTS", "COMPENSATION", "BINDINGS"])
def test_an_organizer_sees_nothing_of_another(readers, code):
    own = readers.organizer.table(code, **OF_ORGANIZER[code])
    assert own.lines
    text = own.content.decode()
    theirs = [one for one in town.PUPILS if one.school_class.school is town.SCHOOL_2]
    assert not [one for one in theirs if one.account in text]
    assert "Гимназия" not in text
    assert "Зима" not in text


@pytest.mark.parametrize("code", ABOUT_PUPILS)
def test_a_municipality_and_the_region_see_no_pupil(readers, code):
    for reader in (readers.omsu, readers.don):
        text = reader.table(code, **OF_ORGANIZER[code]).content.decode()
        assert not [one for one in town.PUPILS if one.account in text]
        assert not [name for name in NAMES if name in text]


def test_a_municipality_sees_nothing_of_another(readers):
    foreign = replace(town.OMSU, code="OMSU72002")
    reader = Reader(readers.database, foreign)
    for code in ABOUT_PUPILS:
        assert reader.table(code, **OF_ORGANIZER[code]).lines == []


def test_a_teacher_sees_the_own_class_by_name(readers):
    report = readers.teacher().table("DEBITS", **PERIOD)
    assert set(report.column("Класс")) == {"3А"}
    assert set(report.column("Обучающийся")) == {"Соколов И.", "Белова М."}


def test_pupils_of_a_class_stand_by_name(readers):
    names = readers.meal_admin.table("BALANCES").column("Обучающийся")
    assert names[:5] == ["Белова М.", "Гареев Т.", "Носов П.", "Соколов И.", "Титов Е."]


def test_a_teacher_is_not_told_who_has_a_category(readers):
    assert "ПЧВР" not in readers.teacher().table("DEBITS", **PERIOD).heads
    assert "ПЧВР" in readers.meal_admin.table("DEBITS", **PERIOD).heads
    refusal = readers.teacher().refused(readers.teacher().report, "COMPENSATION", **PERIOD)
    assert type(refusal) is NotFound


def test_a_meal_administrator_sees_the_own_school(readers):
    report = readers.meal_admin.table("DEBITS", **PERIOD)
    assert set(report.column("Класс")) == {"3А", "7Б"}


def test_what_is_foreign_is_refused_as_what_does_not_exist(readers):
    """NOT_ALLOWED in the same words, whatever was asked for."""
    asked = {
        "organizer": ({"SCHOOL_CODE": "SCH-2"}, {"SCHOOL_CODE": "SCH-9"}),
        "other_organizer": (
            {"SCHOOL_CODE": "SCH-2", "CLASS_CODE": "SCH-1/3A"},
            {"SCHOOL_CODE": "SCH-2", "CLASS_CODE": "SCH-9/1A"},
        ),
        "meal_admin": ({"SCHOOL_CODE": "SCH-2"}, {"SCHOOL_CODE": "SCH-9"}),
        "omsu": (
            {"MUNICIPALITY_CODE": town.FOREIGN_MUNICIPALITY},
            {"MUNICIPALITY_CODE": "ATLANTIS"},
        ),
    }
    for name, (foreign, missing) in asked.items():
        reader = getattr(readers, name)
        refusals = {
            as_told(reader.refused(reader.report, "DEBITS", **PERIOD, **params))
            for params in (foreign, missing)
        }
        assert refusals == {as_told(NotAllowed())}


def test_a_teacher_is_refused_another_class_and_account(readers):
    teacher = readers.teacher()
    for params in (
        {"SCHOOL_CODE": "SCH-2"},
        {"SCHOOL_CODE": "SCH-1", "CLASS_CODE": "SCH-1/7B"},
        {"SCHOOL_CODE": "SCH-1", "CLASS_CODE": "SCH-9/1A"},
        {"SCHOOL_CODE": "SCH-2", "CLASS_CODE": "SCH-1/3A"},
        {"ACCOUNT": town.DARYA.account},
        {"ACCOUNT": "1000000008"},
        {"MUNICIPALITY_CODE": town.FOREIGN_MUNICIPALITY},
    ):
        refusal = teacher.refused(teacher.report, "DEBITS", **PERIOD, **params)
        assert as_told(refusal) == as_told(NotAllowed())
    own = {
        "SCHOOL_CODE": "SCH-1",
        "MUNICIPALITY_CODE": town.MUNICIPALITY,
        "ACCOUNT": town.IVAN.account,
    }
    assert len(teacher.table("DEBITS", **PERIOD, **own).lines) == 2


def test_a_building_is_one_of_the_school(readers):
    report = readers.organizer.table("BALANCES", SCHOOL_CODE="SCH-1", BUILDING_CODE="B")
    assert set(report.column("Класс")) == {"7Б"}
    refusal = readers.organizer.refused(
        readers.organizer.report, "BALANCES", SCHOOL_CODE="SCH-1", BUILDING_CODE="C"
    )
    assert as_told(refusal) == as_told(NotAllowed())


def test_a_binding_of_a_whole_school_is_one_of_each_building(readers):
    report = readers.organizer.table("BINDINGS", SCHOOL_CODE="SCH-1", BUILDING_CODE="B")
    (line,) = report.lines
    assert (line["Корпус"], line["Виды меню"]) == ("все", "Основное, Диетическое")


def test_the_region_is_not_told_of_a_class_or_a_pupil(readers):
    for params in (
        {"SCHOOL_CODE": "SCH-1", "CLASS_CODE": "SCH-1/3A"},
        {"ACCOUNT": town.IVAN.account},
    ):
        refusal = readers.don.refused(readers.don.report, "DEBITS", **PERIOD, **params)
        assert as_told(refusal) == as_told(NotAllowed())


def test_the_summary_of_the_region_is_for_the_region_only(readers):
    for reader in readers.everybody():
        if reader.sender is not town.DON:
            refusal = reader.refused(reader.report, "REGION_SUMMARY", **PERIOD)
            assert type(refusal) is NotFound


def test_payments_are_for_organizers_and_the_operator(readers):
    for reader in (readers.omsu, readers.don, readers.meal_admin, readers.teacher()):
        assert type(reader.refused(reader.report, "PAYMENTS", **PERIOD)) is NotFound


def test_a_parent_has_no_reports(readers):
    parent = Reader(readers.database, town.SCHOOL_SYSTEM, town.MOTHER, ActingRole.PARENT)
    assert as_told(parent.refused(parent.report, "BALANCES")) == as_told(NotAllowed())
