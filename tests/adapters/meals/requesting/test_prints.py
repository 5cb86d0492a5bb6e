"""PRINT-CLASSREQ and PRINT-MENU: who reads what, on how many sheets, and when it is late."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import big_class
import pytest
import sqlalchemy as sa
import town
from nights import Night
from pypdf import PdfReader
from reading import pdf_text, spaced_once
from teachers import DAY, Teacher, changed, local

from adapters.meals import models
from adapters.meals.handlers.requests import print_request
from adapters.meals.messages import class_request as messages
from adapters.meals.prints import class_request_pdf, menu_pdf
from gateway.kernel.errors import NotAllowed, NotFound
from gateway.storage.database import Database


def sheet(teacher: Teacher, *, names: bool = True, clock: str = "08:05") -> str:
    with teacher.database.reading() as transaction:
        data = class_request_pdf(
            transaction, UUID(teacher.request_id), names=names, printed_at=local(clock)
        )
    return spaced_once(pdf_text(data))


def menu(database: Database, organizer_inn: str | None, day: date = DAY) -> str:
    with database.reading() as transaction:
        data = menu_pdf(transaction, organizer_inn, town.SCHOOL_1.code, "A", day)
    return spaced_once(pdf_text(data))


def test_the_teachers_sheet_names_the_pupils_and_the_teacher(formed):
    text = sheet(formed)

    assert "Школа № 1, Корпус A" in text
    assert "Класс 3А, 16 ноября 2026 г." in text
    assert "Напечатано 16.11.2026 08:05:00" in text
    assert f"{town.IVAN.account} Соколов И." in text
    assert "Н. П. Ковалёва" in text
    assert "Завтрак, 09:20" in text
    assert "печатать до 08:20" in text
    assert "(подпись)" in text


def test_the_organizers_sheet_names_nobody(formed):
    text = sheet(formed, names=False)

    assert town.IVAN.account in text
    people = [one.name for one in (*town.PUPILS, town.TEACHER_3A)]
    assert [one for one in people if one.split()[0] in text] == []


def test_portions_are_counted_by_complex_without_those_left_out(formed):
    formed.update(1, changed(town.IVAN, town.LUNCH))

    text = sheet(formed)

    assert (
        "Итого порций: 2 (Комплекс BASIC-LUNCH-AGE_7_11-1 — 1; "
        "Комплекс DIET-LUNCH-AGE_7_11-1 — 1). К оплате 75,00 руб."
    ) in text
    assert text.count("не заказано") == 1


def test_whoever_exceeds_the_credit_is_starred(formed):
    assert "95,55*" not in sheet(formed)
    formed.top_up(town.IVAN, "-204.46")

    text = sheet(formed)

    assert "95,55*" in text
    assert "ниже допустимого кредита" in text


def test_once_confirmed_the_sheet_says_who_has_eaten(formed):
    formed.confirm(1, (town.IVAN, town.LUNCH, False))

    text = sheet(formed)

    assert text.count("не питался") == 1
    assert text.count("питался") == 6


def test_a_class_without_orders_has_a_sheet_that_says_so(teacher):
    with teacher.transaction() as transaction:
        transaction.execute(sa.delete(models.meal_order))
    teacher.form()

    assert "Заказов питания у класса на этот день нет." in sheet(teacher)


def test_twenty_five_pupils_with_two_meals_are_one_sheet(sqlite_contour_database):
    database = sqlite_contour_database
    with database.writing() as transaction:
        town.settle(transaction)
        big_class.fill(transaction)
        town.publish(transaction, [DAY])
    Night(database).at(date(2026, 11, 9), "00:00").run("meal.default_complex")
    with database.writing() as transaction:
        big_class.choose_other(transaction)
    teacher = Teacher(database)
    assert len(teacher.form().line) == 50

    with database.reading() as transaction:
        request = UUID(teacher.request_id)
        data = class_request_pdf(transaction, request, names=True, printed_at=local("08:00"))

    assert len(PdfReader(BytesIO(data)).pages) == 1
    text = spaced_once(pdf_text(data))
    assert "Дополнительное меню: Сок — 6" in text
    assert "Уткина М." in text


def test_a_request_that_is_not_there_has_no_sheet(teacher):
    with teacher.database.reading() as transaction, pytest.raises(NotFound):
        class_request_pdf(transaction, UUID(int=5), names=True, printed_at=local("08:00"))


def test_print_request_gives_the_teachers_sheet(formed):
    response = formed.print()

    assert (response.printed_at, response.late) == (local("08:00"), False)
    assert response.file.file_name == "Заявка 3А 16.11.2026.pdf"
    assert response.file.hash == sha256(response.file.content).digest()
    assert response.file.size == len(response.file.content)
    text = spaced_once(pdf_text(response.file.content))
    assert "Соколов И." in text
    assert "Напечатано 16.11.2026 08:00:00" in text
    assert formed.get().printed_at == local("08:00")
    assert formed.get().version == 1


@pytest.mark.parametrize(("clock", "late"), [("08:20:00", False), ("08:20:01", True)])
def test_an_hour_before_the_first_meal_is_in_time(formed, clock, late):
    response = formed.at(clock).print()

    assert response.late is late
    assert formed.rows(models.class_request)[0].is_print_late is late


def test_a_late_print_says_so_and_the_mark_stays(formed):
    assert "напечатано позже срока 08:20" in sheet(formed, clock="08:21")
    formed.at("08:21").print()
    with formed.transaction() as transaction:
        transaction.execute(sa.delete(models.meal_schedule))

    assert not formed.at("08:30").print().late

    assert formed.rows(models.class_request)[0].is_print_late


def test_a_closed_day_is_printed_and_nothing_of_it_changes(formed):
    formed.print()
    before = formed.rows(models.class_request)

    response = formed.at("23:00:00").print()

    assert response.printed_at == local("23:00:00")
    assert "день закрыт" in spaced_once(pdf_text(response.file.content))
    assert formed.rows(models.class_request) == before


@pytest.mark.parametrize("exists", [True, False], ids=["foreign", "none"])
def test_a_foreign_request_and_none_are_printed_alike(formed, exists):
    request_id = formed.request_id if exists else str(UUID(int=5))
    other = formed.of(town.TEACHER_7B, town.CLASS_7B)

    refusal = other.refused(print_request, messages.PrintRequestRequest(request_id=request_id))

    assert type(refusal) is NotAllowed


def test_a_menu_shows_what_is_published(teacher):
    text = menu(teacher.database, None)

    assert "Меню на 16 ноября 2026 г." in text
    assert "Школа № 1, Корпус A" in text
    assert "Обед, 12:10" in text
    assert "7–11 лет, меню «Основное»" in text
    assert "Комплекс BASIC-LUNCH-AGE_7_11-1 комплекс дня" in text
    assert "Комплекс BASIC-LUNCH-AGE_7_11-2 комплекс дня" not in text
    assert "163,33" in text
    assert "Сок, шт" in text
    assert "Набор" not in text
    assert "Столовая «Лето»" in text


def test_an_organizer_sees_the_own_menu_only(teacher):
    assert "меню не опубликовано" in menu(teacher.database, town.OTHER_INN)
    assert "Комплекс BASIC-LUNCH" in menu(teacher.database, town.INN)


def test_what_is_not_published_is_not_on_the_menu(teacher):
    with teacher.transaction() as transaction:
        transaction.execute(sa.update(models.offer).values(publication=None))

    assert "меню не опубликовано" in menu(teacher.database, None)
    assert "меню не опубликовано" in menu(teacher.database, None, DAY + timedelta(days=1))


def test_energy_of_a_complex_is_that_of_its_dishes(teacher):
    with teacher.transaction() as transaction:
        big_class.name_menu(transaction)
        portions = sa.update(models.complex_dish).where(models.complex_dish.c.dish_code == "CHAI")
        transaction.execute(portions.values(portions=150))

    text = menu(teacher.database, None)

    assert "Завтрак № 2 «Омлет» 326 101,25" in text
    assert "Чай с лимоном и сахаром 200/15/7 × 1,5 92" in text
