"""UNFORMED_REQUESTS: classes that have frozen orders on a day and no request (MEAL-CLS-05)."""

from adapters.meals.reports.description import (
    BUILDING,
    BY_CLASS,
    CLASS,
    DAY,
    MEAL,
    MUNICIPALITY,
    ORGANIZER,
    PLACES,
    SCHOOL,
    Param,
    Report,
    Table,
    measure,
    money,
)
from gateway.contracts.messages.common import ReportCode

# As `repository.days` finds them when the day is closed, but at any hour.
_UNFORMED = """
    SELECT o.day, o.school, o.building, o.class_code, o.organizer_inn, o.meal_type, o.to_pay,
           o.frozen_at AS moment
    FROM meal_order o
    WHERE NOT o.is_home_study AND o.state NOT IN ('CHOSEN', 'CONFIRMED')
      AND NOT EXISTS (
          SELECT 1 FROM class_request r WHERE r.class_code = o.class_code AND r.day = o.day
      )
"""

UNFORMED_REQUESTS = Report(
    ReportCode.UNFORMED_REQUESTS,
    "Классы, по которым заявка не сформирована",
    Table(
        _UNFORMED,
        (
            MUNICIPALITY,
            SCHOOL,
            BUILDING,
            CLASS,
            ORGANIZER,
            MEAL,
            measure("Заказано порций", "count(*)"),
            money("К оплате по заказам, руб.", "sum(f.to_pay)"),
        ),
        moment="f.moment",
    ),
    BY_CLASS,
    required=DAY,
    optional=PLACES | {Param.ORGANIZER_INN, Param.MEAL_TYPE},
)
