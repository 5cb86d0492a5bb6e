"""ORDERS: what is ordered for a period, by parents and by default (MEAL-ORG-01)."""

from adapters.meals.reports.description import (
    ACCOUNT,
    BUILDING,
    BY_PUPIL,
    CLASS,
    DATE,
    MEAL,
    MEAL_SET,
    MEAL_SET_CODE,
    MUNICIPALITY,
    ORGANIZER,
    PERIOD,
    PLACES,
    PUPIL,
    SCHOOL,
    Column,
    Grain,
    Param,
    Report,
    Table,
    measure,
    money,
    words,
)
from gateway.contracts.messages.common import ReportCode

_FINE = frozenset({Grain.PUPIL, Grain.CLASS})
_SOURCES = {"PARENT": "родитель", "DEFAULT": "комплекс дня", "TEACHER": "учитель"}

# A choice that is not confirmed is nobody's order yet.
_ORDERS = """
    SELECT o.day, o.school, o.building, o.class_code, o.account, o.organizer_inn, o.meal_type,
           CASE WHEN o.complex_id IS NULL THEN 'Продукты для обучения на дому'
                ELSE o.complex_code END AS complex_code,
           o.complex_id, o.source, o.full_price, o.discount, o.to_pay, o.pchvr,
           coalesce(o.frozen_at, o.confirmed_at, o.chosen_at) AS moment
    FROM meal_order o WHERE o.state <> 'CHOSEN'
"""

ORDERS = Report(
    ReportCode.ORDERS,
    "Заказы питания",
    Table(
        _ORDERS,
        (
            DATE,
            MUNICIPALITY,
            SCHOOL,
            BUILDING,
            CLASS,
            PUPIL,
            ACCOUNT,
            ORGANIZER,
            MEAL,
            MEAL_SET_CODE,
            MEAL_SET,
            Column("Кто выбрал", "f.source", grains=_FINE, told=words(_SOURCES)),
            measure("Порций", "count(*)"),
            money("Стоимость, руб.", "sum(f.full_price)"),
            money("Скидка, руб.", "sum(f.discount)"),
            money("К оплате, руб.", "sum(f.to_pay)"),
        ),
        moment="f.moment",
        joins="LEFT JOIN complex_revision x ON x.id = f.complex_id",
    ),
    BY_PUPIL,
    required=PERIOD,
    optional=PLACES | {Param.ORGANIZER_INN, Param.MEAL_TYPE, Param.ACCOUNT},
)
