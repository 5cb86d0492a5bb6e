"""BALANCES and CREDIT_USE: what is left on accounts, who eats on credit (MEAL-ORG-03, MEAL-ADM-04).

A balance of a past day is the present one without what was posted for later days.
"""

from adapters.meals.reports.description import (
    BY_PUPIL,
    DAY,
    ORGANIZER,
    PLACE,
    PLACES,
    Grain,
    Param,
    Report,
    Table,
    measure,
    money,
)
from gateway.contracts.messages.common import ReportCode

_COARSE = frozenset({Grain.CLASS, Grain.SCHOOL, Grain.MUNICIPALITY})
_PUPIL = frozenset({Grain.PUPIL})

_BALANCES = """
    SELECT a.number AS account, coalesce(b.organizer_inn, a.organizer_inn) AS organizer_inn,
           a.school_code AS school, p.class_code, coalesce(c.building, '') AS building,
           coalesce(b.balance, 0) - coalesce((
               SELECT sum(e.amount) FROM ledger_entry e
               WHERE e.account = b.account AND e.organizer_inn = b.organizer_inn
                 AND e.business_date > :last
           ), 0) AS balance,
           coalesce((
               SELECT l.amount FROM credit_limit l
               WHERE l.school = a.school_code AND l.valid_from <= :last
               ORDER BY l.valid_from DESC LIMIT 1
           ), 0) AS allowed
    FROM personal_account a
    LEFT JOIN ledger_balance b ON b.account = a.number
    LEFT JOIN pupil p ON p.account = a.number
    LEFT JOIN school_class c ON c.code = p.class_code
    WHERE b.account IS NOT NULL OR a.status <> 'CLOSED'
"""
_LIMIT = money("Кредит, руб.", "sum(f.allowed)", grains=_PUPIL, has_total=False)
_NARROWING = DAY | PLACES | {Param.ORGANIZER_INN, Param.ACCOUNT}

BALANCES = Report(
    ReportCode.BALANCES,
    "Остатки на лицевых счетах",
    Table(
        _BALANCES,
        (
            *PLACE,
            ORGANIZER,
            measure("Счетов", "count(*)", grains=_COARSE),
            _LIMIT,
            money("Остаток, руб.", "sum(f.balance)"),
            money(
                "в том числе долг, руб.",
                "sum(CASE WHEN f.balance < 0 THEN -f.balance ELSE 0 END)",
            ),
        ),
        is_of_day=True,
    ),
    BY_PUPIL,
    optional=_NARROWING,
)

_OVER = "CASE WHEN -f.balance > f.allowed THEN {0} ELSE 0 END"

CREDIT_USE = Report(
    ReportCode.CREDIT_USE,
    "Питание в кредит",
    Table(
        f"SELECT w.* FROM ({_BALANCES}) AS w WHERE w.balance < 0",  # noqa: S608 -- text of our own
        (
            *PLACE,
            ORGANIZER,
            measure("Счетов с долгом", "count(*)", grains=_COARSE),
            money("Долг, руб.", "sum(-f.balance)"),
            _LIMIT,
            measure("Счетов сверх кредита", f"sum({_OVER.format(1)})", grains=_COARSE),
            money("Сверх кредита, руб.", f"sum({_OVER.format('-f.balance - f.allowed')})"),
        ),
        is_of_day=True,
    ),
    BY_PUPIL,
    optional=_NARROWING,
)
