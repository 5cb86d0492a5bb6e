"""Who sits where on a day, and what is offered to whom: the one question under every rule.

A *seat* is a pupil on a day: class, building, who feeds it, what the meal administrator has set.
An *offer to a seat* is a published complex that fits all of it, with its price (MEAL-PAR-02, 03,
08). Both are text for `WITH`, so that a day of one pupil and a day of the region are one rule.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

AGE_OF_FIRST_CLASS = 6
"""A pupil of class N is taken to be N + 6 years old: a date of birth is nobody's business here."""

CLASS_SEATS = """
    class_seat AS (
        SELECT c.code, c.name, c.school, c.building, c.parallel, s.municipality,
               (
                   SELECT b.id FROM binding b
                   WHERE b.school = c.school AND b.building IN ('', c.building)
                     AND b.valid_from <= :day AND (b.valid_to IS NULL OR b.valid_to >= :day)
                   ORDER BY b.building DESC LIMIT 1
               ) AS binding
        FROM school_class c
        JOIN school s ON s.code = c.school
        WHERE {classes}
    )
"""

SEATS = """
    seat AS (
        SELECT p.account, p.class_code, c.name AS class_name, c.school, c.building, c.parallel,
               c.municipality, b.organizer_inn, b.id AS binding, t.menu_type, t.pchvr,
               t.is_home_study, t.valid_from AS set_from
        FROM class_seat c
        JOIN pupil p ON p.class_code = c.code
        JOIN binding b ON b.id = c.binding
        JOIN pupil_setting t ON t.account = p.account AND t.valid_from = (
            SELECT max(l.valid_from) FROM pupil_setting l
            WHERE l.account = p.account AND l.valid_from <= :day
        )
        JOIN personal_account a ON a.number = p.account AND a.status <> 'CLOSED'
        WHERE p.since <= :day AND (p.until IS NULL OR p.until >= :day)
          AND (t.valid_to IS NULL OR t.valid_to >= :day)
          AND {pupils}
    )
"""

_SHARE = "(x.full_price * coalesce(own.value, every.value) + 5000) / 10000"
_SUM = "coalesce(own.value, every.value)"
DISCOUNT = f"""
    CASE coalesce(own.mode, every.mode)
        WHEN 'FULL' THEN x.full_price
        WHEN 'PERCENT' THEN CASE WHEN {_SHARE} < x.full_price THEN {_SHARE} ELSE x.full_price END
        WHEN 'AMOUNT' THEN CASE WHEN {_SUM} < x.full_price THEN {_SUM} ELSE x.full_price END
        ELSE 0
    END
"""
"""Kopecks, half up, as `adapters.meals.prices`; a rule of the meal's own wins over every meal's."""

OFFERS = """
    offered AS (
        SELECT seat.account, seat.class_code, seat.school, seat.building, seat.organizer_inn,
               seat.pchvr, seat.is_home_study, x.meal_type, x.id AS complex_id,
               x.code AS complex_code, x.name, x.is_default, x.full_price, {discount}
               AS discount
        FROM seat
        JOIN offer o ON o.school = seat.school AND o.day = :day
            AND o.building IN ('', seat.building) AND o.organizer_inn = seat.organizer_inn
            AND o.publication IS NOT NULL
        JOIN complex_revision x ON x.id = o.complex_id AND {menu_types}
        JOIN pupil_meal m ON m.account = seat.account AND m.valid_from = seat.set_from
            AND m.meal_type = x.meal_type
        JOIN directory_item age ON age.municipality = seat.municipality
            AND age.directory = 'AGE_CATEGORIES' AND age.code = x.age_category
            AND age.valid_from <= :day AND (age.valid_to IS NULL OR age.valid_to >= :day)
            AND seat.parallel + {first_class} BETWEEN age.age_from AND age.age_to
        LEFT JOIN directory_item own ON own.municipality = seat.municipality
            AND own.directory = 'PCHVR_CATEGORIES' AND own.code = seat.pchvr
            AND own.meal_type = x.meal_type
            AND own.valid_from <= :day AND (own.valid_to IS NULL OR own.valid_to >= :day)
        LEFT JOIN directory_item every ON every.municipality = seat.municipality
            AND every.directory = 'PCHVR_CATEGORIES' AND every.code = seat.pchvr
            AND every.meal_type = ''
            AND every.valid_from <= :day AND (every.valid_to IS NULL OR every.valid_to >= :day)
        WHERE NOT EXISTS (SELECT 1 FROM complex_pchvr k WHERE k.complex_id = x.id)
           OR EXISTS (
               SELECT 1 FROM complex_pchvr k WHERE k.complex_id = x.id AND k.pchvr = seat.pchvr
           )
    )
"""


OF_ACCOUNT = {
    "classes": "c.code = (SELECT i.class_code FROM pupil i WHERE i.account = :account)",
    "pupils": "p.account = :account",
}
"""Conditions of `seats_of` and `offers_of` that leave the pupil of one `:account`."""


def seats_of(*, classes: str = "1 = 1", pupils: str = "1 = 1") -> str:
    """Return the text that defines `seat` for a `:day`; conditions name `c.code`, `p.account`."""
    return f"{CLASS_SEATS.format(classes=classes)}, {SEATS.format(pupils=pupils)}"


def offers_of(
    *,
    classes: str = "1 = 1",
    pupils: str = "1 = 1",
    menu_types: str = "x.menu_type = seat.menu_type",
) -> str:
    """Return the text that defines `seat` and `offered`."""
    offers = OFFERS.format(discount=DISCOUNT, first_class=AGE_OF_FIRST_CLASS, menu_types=menu_types)
    return f"{seats_of(classes=classes, pupils=pupils)}, {offers}"


class Seat(NamedTuple):
    """A pupil on one day, where somebody feeds the school and meals are set."""

    account: str
    class_code: str
    class_name: str
    school: str
    building: str
    organizer_inn: str
    menu_type: str
    pchvr: str | None
    is_home_study: bool


class Offer(NamedTuple):
    """A complex that a pupil may be given on one day, with its price in roubles."""

    meal_type: str
    complex_id: int
    code: str
    name: str
    is_default: bool
    full: Decimal
    discount: Decimal

    @property
    def to_pay(self) -> Decimal:
        """What the family pays."""
        return self.full - self.discount


_SEAT = Query(
    f"""
    WITH {seats_of(**OF_ACCOUNT)}
    SELECT account, class_code, class_name, school, building, organizer_inn, menu_type, pchvr,
           is_home_study
    FROM seat
    """  # noqa: S608 -- text of our own
)
_OFFERS = Query(
    f"""
    WITH {offers_of(**OF_ACCOUNT)}
    SELECT meal_type, complex_id, complex_code, name, is_default, full_price, discount
    FROM offered ORDER BY meal_type, complex_code
    """  # noqa: S608 -- text of our own
)
_OF_OTHER_MENUS = Query(
    f"""
    WITH {offers_of(**OF_ACCOUNT, menu_types="x.menu_type <> seat.menu_type")}
    SELECT DISTINCT meal_type, complex_code FROM offered
    """  # noqa: S608 -- text of our own
)


def seat_of(transaction: Transaction, account: str, day: date) -> Seat | None:
    """Return where a pupil sits on `day`; None when nobody feeds the school or nothing is set."""
    rows = transaction.rows(_SEAT, account=account, day=day.isoformat())
    return next((Seat._make((*facts, bool(home))) for *facts, home in rows), None)


def offers_to(transaction: Transaction, account: str, day: date) -> list[Offer]:
    """Return what a pupil may be given on `day`, by meal and code."""
    return [_offer(row) for row in transaction.rows(_OFFERS, account=account, day=day.isoformat())]


def of_other_menus(transaction: Transaction, account: str, day: date) -> frozenset[tuple[str, str]]:
    """Return meal and code of what would be offered to a pupil but for the type of menu."""
    rows = transaction.rows(_OF_OTHER_MENUS, account=account, day=day.isoformat())
    return frozenset((meal_type, code) for meal_type, code in rows)


def _offer(row: tuple[Any, ...]) -> Offer:
    meal_type, complex_id, code, name, is_default, full, discount = row
    return Offer(
        meal_type,
        int(complex_id),
        code,
        name,
        bool(is_default),
        to_roubles(int(full)),
        to_roubles(int(discount)),
    )
