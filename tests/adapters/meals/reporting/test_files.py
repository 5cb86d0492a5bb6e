"""The same report of the same facts is the same file; what does not fit is refused."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
import town
from pypdf import PdfReader
from readers import DAY, ON_DAY, PERIOD

from adapters.meals import models
from adapters.meals.errors import ReportTooLong
from adapters.meals.reports.catalogue import REPORTS
from adapters.meals.reports.description import money
from adapters.meals.reports.render import MOST, Head, render
from gateway.contracts.messages.common import ReportCode, ReportFormat
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import ValidationError

ALL = {
    "ORDERS": PERIOD,
    "CLASS_REQUESTS": ON_DAY,
    "ACTUAL_MEALS": ON_DAY,
    "DEBITS": PERIOD,
    "COMPENSATION": PERIOD,
    "BALANCES": ON_DAY,
    "CREDIT_USE": ON_DAY,
    "BINDINGS": ON_DAY,
    "PAYMENTS": PERIOD,
    "REGISTRIES": PERIOD,
    "UNFORMED_REQUESTS": ON_DAY,
    "DAILY_MENU": {**ON_DAY, "SCHOOL_CODE": "SCH-1"},
}
FORMATS = [one.value for one in ReportFormat]
MOMENT = datetime(2026, 11, 16, 18, 0, 5, tzinfo=UTC)
HEAD = Head("DEBITS", "Списания", [("День", "16.11.2026")], DAY, [money("Сумма, руб.", "")])


def formats_of(code):
    return sorted(one.value for one in REPORTS[ReportCode(code)].formats)


def debit_more(readers):
    row = {
        "id": UUID(int=77),
        "account": town.LEV.account,
        "organizer_inn": town.INN,
        "day": DAY,
        "meal_type": "DINNER",
        "school": "SCH-1",
        "class_code": town.CLASS_7B.code,
        "full_price": Decimal("10.00"),
        "discount": 0,
        "to_pay": Decimal("10.00"),
        "is_over_credit": False,
        "debited_at": MOMENT + timedelta(hours=1),
        "entry": 0,
    }
    with readers.database.writing() as transaction:
        transaction.execute(sa.insert(models.meal_debit), [row])


def test_every_code_of_the_contract_has_its_report():
    assert set(REPORTS) == set(ReportCode)


@pytest.mark.parametrize("code", ALL)
def test_a_report_asked_for_a_year_later_is_the_same_file(readers, code):
    later = readers.organizer.at(datetime(2027, 11, 16, tzinfo=UTC))
    for report_format in formats_of(code):
        first = readers.organizer.report(code, report_format, **ALL[code])
        assert later.report(code, report_format, **ALL[code]) == first


@pytest.mark.parametrize("code", ["DEBITS", "BALANCES", "CLASS_REQUESTS"])
def test_a_report_is_one_document_in_whatever_format(readers, code):
    made = {readers.organizer.report(code, one, **ALL[code]).document_id for one in FORMATS}
    assert len(made) == 1


def test_another_fact_makes_another_document(readers):
    before = readers.organizer.report("DEBITS", "PDF", **PERIOD)
    debit_more(readers)
    after = readers.organizer.report("DEBITS", "PDF", **PERIOD)
    assert before.document_id != after.document_id
    assert before.file.hash != after.file.hash


def test_other_parameters_make_another_document(readers):
    whole = readers.meal_admin.report("DEBITS", **PERIOD)
    lunch = readers.meal_admin.report("DEBITS", MEAL_TYPE="LUNCH", **PERIOD)
    assert whole.document_id != lunch.document_id


def test_a_printed_report_says_when_its_last_fact_was_written(readers):
    response = readers.organizer.report("DEBITS", "PDF", **PERIOD)
    pages = PdfReader(BytesIO(response.file.content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "Сформирован узлом по записям на 16.11.2026 23:00:05." in text
    assert response.document_id in text
    assert "Столовая «Лето», ИНН 7200000018" in text
    assert "1 из 1" in text


def test_a_long_report_repeats_its_head_on_every_sheet():
    lines = [((Decimal(number),), MOMENT) for number in range(200)]
    made = render(HEAD, lines, ReportFormat.PDF)
    pages = PdfReader(BytesIO(made.content)).pages
    assert len(pages) > 3
    assert all("Сумма" in page.extract_text() for page in pages)
    last = pages[-1].extract_text()
    assert "Итого" not in last  # the only column is the sum itself
    assert "19\u00a0900,00" in last


@pytest.mark.parametrize("report_format", ReportFormat)
def test_a_report_of_too_many_lines_is_refused(report_format):
    lines = itertools.repeat(((Decimal(1),), None), MOST[report_format] + 1)
    with pytest.raises(ReportTooLong, match=f"больше {MOST[report_format]} строк"):
        render(HEAD, lines, report_format)


def test_a_report_without_facts_says_so(readers):
    response = readers.organizer.report(
        "DEBITS", "PDF", PERIOD_FROM="2026-01-01", PERIOD_TO="2026-01-02"
    )
    (page,) = PdfReader(BytesIO(response.file.content)).pages
    assert "записей нет" in page.extract_text()


def test_a_file_is_named_by_its_report_and_days(readers):
    assert readers.organizer.report("DEBITS", **PERIOD).file.file_name == (
        "debits-2026-11-01-2026-11-30.csv"
    )
    named = readers.organizer.report("CLASS_REQUESTS", "ODS", **ON_DAY).file
    assert named.file_name == "class-requests-2026-11-16.ods"
    assert named.mime_type == "application/vnd.oasis.opendocument.spreadsheet"


def test_sums_are_numbers_in_a_workbook(readers):
    content = readers.organizer.report("DEBITS", "XLSX", **PERIOD).file.content
    *_, last = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    assert last[0] == "Итого"
    assert isinstance(last[-2], float | int)


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        ("DEBITS", {}, "Не указан параметр PERIOD_FROM."),
        ("CLASS_REQUESTS", {}, "Не указан параметр DATE."),
        ("DAILY_MENU", ON_DAY, "Не указан параметр SCHOOL_CODE."),
        ("DEBITS", {**PERIOD, **ON_DAY}, "У отчёта нет параметра DATE."),
        ("BALANCES", {"BANK_CODE": "BANK72001"}, "У отчёта нет параметра BANK_CODE."),
        (
            "BALANCES",
            {"BUILDING_CODE": "A"},
            "Параметр BUILDING_CODE указывается вместе с SCHOOL_CODE.",
        ),
        ("BALANCES", {"DATE": "16.11.2026"}, "Параметр DATE — дата вида ГГГГ-ММ-ДД."),
        ("BALANCES", {"DATE": "20261116"}, "Параметр DATE — дата вида ГГГГ-ММ-ДД."),
    ],
)
def test_parameters_that_do_not_fit_are_refused(readers, code, params, words):
    report_format = formats_of(code)[-1]
    refusal = readers.organizer.refused(readers.organizer.report, code, report_format, **params)
    assert type(refusal) is ValidationError
    assert refusal.text == words


def test_a_parameter_is_given_once(readers):
    double = readers.organizer
    refusal = double.refused(double.twice, "BALANCES", "DATE", "2026-11-16")
    assert refusal.text == "Параметр DATE указан дважды."


@pytest.mark.parametrize(
    "period",
    [
        {"PERIOD_FROM": "2026-11-30", "PERIOD_TO": "2026-11-01"},
        {"PERIOD_FROM": "2020-11-30", "PERIOD_TO": "2026-11-01"},
    ],
)
def test_a_period_is_no_longer_than_a_year_and_not_turned_round(readers, period):
    refusal = readers.organizer.refused(readers.organizer.report, "DEBITS", **period)
    assert type(refusal) is PeriodInvalid


def test_a_daily_menu_is_a_workbook_only(readers):
    refusal = readers.organizer.refused(
        readers.organizer.report, "DAILY_MENU", "PDF", **ALL["DAILY_MENU"]
    )
    assert refusal.text == "Этот отчёт выдаётся только в формате XLSX."


def test_both_databases_report_the_same(
    sqlite_contour_database, postgresql_contour_database, debited
):
    made = []
    for database in (sqlite_contour_database, postgresql_contour_database):
        town_of = debited(database)
        made.append(
            {
                (code, reader.sender.code): reader.report(code, **ALL[code]).document_id
                for code in ("ORDERS", "ACTUAL_MEALS", "DEBITS", "BALANCES", "BINDINGS")
                for reader in (town_of.organizer, town_of.omsu, town_of.don, town_of.operator)
            }
        )
    assert made[0] == made[1]
