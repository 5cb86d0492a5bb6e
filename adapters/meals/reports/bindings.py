"""BINDINGS and REGION_SUMMARY: who feeds whom, and the region in figures (MEAL-ADM-05, 06)."""

from adapters.meals.access import Role
from adapters.meals.reports.description import (
    BY_SCHOOL,
    DAY,
    MUNICIPALITY,
    PERIOD,
    Column,
    Grain,
    Kind,
    Param,
    Report,
    Table,
    measure,
    money,
)
from gateway.contracts.messages.common import ReportCode

_BINDINGS = """
    SELECT b.school, b.building, b.organizer_inn, b.contract_number, b.contract_date,
           b.valid_from, b.valid_to, t.menu_type
    FROM binding b LEFT JOIN binding_menu_type t ON t.binding = b.id
    WHERE b.valid_from <= :last AND (b.valid_to IS NULL OR b.valid_to >= :last)
"""
_MENU_TYPE = """
    coalesce((
        SELECT i.name FROM directory_item i
        WHERE i.municipality = s.municipality AND i.directory = 'MENU_TYPES'
          AND i.code = f.menu_type AND i.valid_from <= :last
        ORDER BY i.valid_from DESC LIMIT 1
    ), f.menu_type, '')
"""

BINDINGS = Report(
    ReportCode.BINDINGS,
    "Закрепление школ и корпусов за организаторами питания",
    Table(
        _BINDINGS,
        (
            MUNICIPALITY,
            Column("Школа", "coalesce(s.short_name, s.name)", order="s.code"),
            Column(
                "Корпус",
                "CASE f.building WHEN '' THEN 'все' ELSE coalesce(h.name, f.building) END",
                order="f.building",
            ),
            Column(
                "Организатор питания",
                "coalesce(g.name, f.organizer_inn)",
                order="f.organizer_inn",
            ),
            Column("ИНН", "f.organizer_inn"),
            Column("Договор", "f.contract_number"),
            Column("Дата договора", "f.contract_date", Kind.DAY),
            Column("С", "f.valid_from", Kind.DAY),
            Column("По", "f.valid_to", Kind.DAY),
            Column("Виды меню", _MENU_TYPE, order="f.menu_type", is_joined=True),
        ),
        is_of_day=True,
        building="f.building IN ('', :building_code)",
    ),
    {role: grain for role, grain in BY_SCHOOL.items() if role is not Role.CLASS_TEACHER},
    optional=DAY
    | {Param.MUNICIPALITY_CODE, Param.SCHOOL_CODE, Param.BUILDING_CODE, Param.ORGANIZER_INN},
)

# One line per meal that was eaten, per movement of money that came in, per class without a request.
_SUMMARY = """
    SELECT d.day, d.school, d.organizer_inn, d.account, 1 AS portions, d.full_price, d.discount,
           d.to_pay, 0 AS paid, 0 AS unformed, d.debited_at AS moment
    FROM meal_debit d
    UNION ALL
    SELECT e.business_date, a.school_code, e.organizer_inn, e.account, 0, 0, 0, 0, e.amount, 0,
           e.created_at
    FROM ledger_entry e JOIN personal_account a ON a.number = e.account
    WHERE e.kind <> 'DEBIT'
    UNION ALL
    SELECT u.day, u.school, NULL, NULL, 0, 0, 0, 0, 0, 1, u.found_at FROM unformed_class u
"""
_FED = "CASE WHEN f.portions > 0 THEN {0} END"

REGION_SUMMARY = Report(
    ReportCode.REGION_SUMMARY,
    "Сводный отчёт о школьном питании по региону",
    Table(
        _SUMMARY,
        (
            MUNICIPALITY,
            measure("Школ с питанием", f"count(DISTINCT {_FED.format('f.school')})"),
            measure(
                "Питалось обучающихся",
                f"count(DISTINCT {_FED.format('f.account')})",
                has_total=False,
            ),
            measure("Порций", "sum(f.portions)"),
            money("Стоимость питания, руб.", "sum(f.full_price)"),
            money("Возмещение из бюджета, руб.", "sum(f.discount)"),
            money("Списано со счетов, руб.", "sum(f.to_pay)"),
            money("Поступило на счета, руб.", "sum(f.paid)"),
            measure("Классов без заявки", "sum(f.unformed)"),
        ),
        moment="f.moment",
    ),
    {Role.DON: Grain.MUNICIPALITY},
    required=PERIOD,
    optional=frozenset({Param.MUNICIPALITY_CODE, Param.ORGANIZER_INN}),
)
