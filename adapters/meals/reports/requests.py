"""CLASS_REQUESTS and ACTUAL_MEALS: what classes ask for on a day, who has eaten (MEAL-ORG-02)."""

from adapters.meals.reports.description import (
    BUILDING,
    BY_CLASS,
    BY_PUPIL,
    CLASS,
    DAY,
    MEAL,
    MEAL_SET,
    MEAL_SET_CODE,
    MUNICIPALITY,
    ORGANIZER,
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
    words,
)
from gateway.contracts.messages.common import ReportCode

_CLASS = frozenset({Grain.CLASS})
_STATES = {
    "FORMED": "сформирована",
    "SENT": "передана",
    "ACTUAL_CONFIRMED": "питание подтверждено",
    "LOCKED": "день закрыт",
}

_LINES = """
    SELECT r.day, r.school, r.building, r.class_code, r.state, l.account, l.organizer_inn,
           l.meal_type, l.complex_code, l.complex_id, l.to_pay, l.full_price, l.discount, l.pchvr,
           CASE WHEN l.is_present THEN 1 ELSE 0 END AS present,
           CASE WHEN l.is_included THEN 1 ELSE 0 END AS asked,
           CASE WHEN coalesce(l.is_eaten, l.is_included) THEN 1 ELSE 0 END AS eaten,
           coalesce(r.confirmed_at, r.printed_at, r.sent_at, r.formed_at) AS moment
    FROM class_request r JOIN request_line l ON l.request_id = r.id
"""
_MEAL_SETS = "LEFT JOIN complex_revision x ON x.id = f.complex_id"
_NARROWING = PLACES | {Param.ORGANIZER_INN, Param.MEAL_TYPE}

CLASS_REQUESTS = Report(
    ReportCode.CLASS_REQUESTS,
    "Заявки классов на питание",
    Table(
        _LINES,
        (
            MUNICIPALITY,
            SCHOOL,
            BUILDING,
            CLASS,
            Column("Заявка", "f.state", grains=_CLASS, told=words(_STATES)),
            ORGANIZER,
            MEAL,
            MEAL_SET_CODE,
            MEAL_SET,
            measure("По заказам", "count(*)"),
            measure("Присутствуют", "sum(f.present)"),
            measure("В заявке", "sum(f.asked)"),
            money("Стоимость, руб.", "sum(f.asked * f.full_price)"),
            money("К оплате, руб.", "sum(f.asked * f.to_pay)"),
        ),
        moment="f.moment",
        joins=_MEAL_SETS,
    ),
    BY_CLASS,
    required=DAY,
    optional=_NARROWING,
)

ACTUAL_MEALS = Report(
    ReportCode.ACTUAL_MEALS,
    "Фактическое питание",
    Table(
        f"{_LINES} WHERE l.is_included OR l.is_eaten",
        (
            *PLACE,
            ORGANIZER,
            MEAL,
            MEAL_SET_CODE,
            MEAL_SET,
            measure("В заявке", "sum(f.asked)"),
            measure("Питались", "sum(f.eaten)"),
            measure("Разница", "sum(f.eaten - f.asked)"),
            money("Стоимость, руб.", "sum(f.eaten * f.full_price)"),
            money("К оплате, руб.", "sum(f.eaten * f.to_pay)"),
        ),
        moment="f.moment",
        joins=_MEAL_SETS,
    ),
    BY_PUPIL,
    required=DAY,
    optional=_NARROWING | {Param.ACCOUNT},
)
