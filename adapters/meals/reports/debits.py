"""DEBITS and COMPENSATION: what was taken off accounts and what the budget owes (MEAL-DEB-06)."""

from adapters.meals.access import Role
from adapters.meals.reports.description import (
    BY_PUPIL,
    BY_SCHOOL,
    DATE,
    MEAL,
    MEAL_SET,
    MEAL_SET_CODE,
    MUNICIPALITY,
    ORGANIZER,
    PERIOD,
    PLACE,
    PLACES,
    SCHOOL,
    Column,
    Grain,
    Param,
    Report,
    Table,
    measure,
    money,
)
from gateway.contracts.messages.common import ReportCode

_PUPIL = frozenset({Grain.PUPIL})
_CATEGORY_SEEN = frozenset({Role.MEAL_ADMIN, Role.ORGANIZER, Role.ADMIN})
_CATEGORY = """
    coalesce((
        SELECT i.name FROM directory_item i
        WHERE i.municipality = s.municipality AND i.directory = 'PCHVR_CATEGORIES'
          AND i.code = f.pchvr AND i.valid_from <= :last
        ORDER BY i.valid_from DESC, i.meal_type LIMIT 1
    ), f.pchvr, 'без категории')
"""
_DEBITS = """
    SELECT d.day, d.school, d.building, d.class_code, d.account, d.organizer_inn, d.meal_type,
           d.complex_code, d.pchvr, d.full_price, d.discount, d.to_pay, d.debited_at AS moment,
           CASE WHEN d.is_over_credit THEN 1 ELSE 0 END AS over_credit
    FROM meal_debit d
"""
# A debit keeps the code of what was eaten; its name is that of the revision imported last.
_MEAL_SETS = """
    LEFT JOIN complex_revision x ON x.id = (
        SELECT max(k.id) FROM complex_revision k
        WHERE k.organizer_inn = f.organizer_inn AND k.code = f.complex_code
    )
"""
_NARROWING = PLACES | {Param.ORGANIZER_INN, Param.MEAL_TYPE, Param.PCHVR_CODE}
_FULL = money("Стоимость, руб.", "sum(f.full_price)")
_TO_PAY = money("К оплате, руб.", "sum(f.to_pay)")

DEBITS = Report(
    ReportCode.DEBITS,
    "Списания с лицевых счетов",
    Table(
        _DEBITS,
        (
            DATE,
            *PLACE,
            ORGANIZER,
            MEAL,
            MEAL_SET_CODE,
            MEAL_SET,
            Column("ПЧВР", "coalesce(f.pchvr, '')", grains=_PUPIL, roles=_CATEGORY_SEEN),
            measure("Порций", "count(*)"),
            _FULL,
            money("Скидка, руб.", "sum(f.discount)"),
            _TO_PAY,
            measure("Сверх кредита", "sum(f.over_credit)"),
        ),
        moment="f.moment",
        joins=_MEAL_SETS,
    ),
    BY_PUPIL,
    required=PERIOD,
    optional=_NARROWING | {Param.ACCOUNT},
)

COMPENSATION = Report(
    ReportCode.COMPENSATION,
    "Возмещение расходов на питание по категориям ПЧВР",
    Table(
        f"{_DEBITS} WHERE d.pchvr IS NOT NULL",
        (
            MUNICIPALITY,
            SCHOOL,
            ORGANIZER,
            Column("Категория ПЧВР", _CATEGORY, order="f.pchvr"),
            MEAL,
            measure("Обучающихся", "count(DISTINCT f.account)", has_total=False),
            measure("Порций", "count(*)"),
            _FULL,
            money("Возмещение из бюджета, руб.", "sum(f.discount)"),
            money("Оплата родителей, руб.", "sum(f.to_pay)"),
        ),
        moment="f.moment",
    ),
    {role: grain for role, grain in BY_SCHOOL.items() if role is not Role.CLASS_TEACHER},
    required=PERIOD,
    optional=_NARROWING,
)
