"""Class requests in SQL: filled from the orders of a day and from the class journal (SVC-07)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals import models
from adapters.meals.names import FullName
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, as_uuid

_REQUEST = """
    SELECT r.id, r.school, r.building, r.class_code, c.name, r.day, r.state, r.version, r.formed_by,
           r.formed_at, r.sent_at, r.printed_at, r.is_print_late, r.confirmed_at
    FROM class_request r JOIN school_class c ON c.code = r.class_code
"""
_BY_ID = Query(f"{_REQUEST} WHERE r.id = :id")
_BY_DAY = Query(f"{_REQUEST} WHERE r.class_code = :class_code AND r.day = :day")
_HOLD = Query("SELECT id FROM class_request WHERE id = :id", locking=True)

# Pupils as they are in the class today, with what was frozen for them at their school. The mark of
# the last lesson told so far holds for every meal; without a mark a pupil is present (MEAL-CLS-05).
_PREFILL = Query(
    """
    SELECT o.account, o.meal_type, o.organizer_inn, o.complex_id, o.complex_code, o.source,
           coalesce((
               SELECT a.is_present FROM attendance a
               WHERE a.account = o.account AND a.day = o.day ORDER BY a.lesson DESC LIMIT 1
           ), TRUE),
           o.full_price, o.discount, o.to_pay, o.pchvr, coalesce(b.balance, 0)
    FROM school_class c
    JOIN pupil p ON p.class_code = c.code
        AND p.since <= :day AND (p.until IS NULL OR p.until >= :day)
    JOIN personal_account k ON k.number = p.account AND k.status <> 'CLOSED'
    JOIN meal_order o ON o.account = p.account AND o.day = :day AND o.school = c.school
        AND o.complex_id IS NOT NULL AND NOT o.is_home_study
        AND o.state IN ('FROZEN', 'DEFAULTED')
    LEFT JOIN ledger_balance b ON b.account = o.account AND b.organizer_inn = o.organizer_inn
    WHERE c.code = :class_code
    ORDER BY o.account, o.meal_type
    """
)
_LINES = Query(
    """
    SELECT l.account, l.meal_type, l.organizer_inn, p.id, p.name, l.complex_code, x.name, l.source,
           l.is_present, l.is_included, l.is_eaten, l.is_over_credit, l.reason, l.comment, l.to_pay,
           coalesce(b.balance, 0)
    FROM request_line l
    JOIN pupil p ON p.account = l.account
    JOIN complex_revision x ON x.id = l.complex_id
    LEFT JOIN ledger_balance b ON b.account = l.account AND b.organizer_inn = l.organizer_inn
    WHERE l.request_id = :id
    """
)
_ITEMS = Query(
    """
    SELECT i.account, i.meal_type, i.item_code, a.name, i.qty
    FROM request_line l
    JOIN order_item i ON i.account = l.account AND i.day = :day AND i.meal_type = l.meal_type
    JOIN additional_item a ON a.organizer_inn = l.organizer_inn AND a.code = i.item_code
    WHERE l.request_id = :id
    ORDER BY i.account, i.meal_type, i.item_code
    """
)
# The class after the building after the school: what is read later holds.
_STARTS = Query(
    """
    SELECT s.meal_type, s.start_time
    FROM school_class c
    JOIN meal_schedule s ON s.school = c.school AND s.building IN ('', c.building)
        AND s.class_code IN ('', c.code) AND s.weekday = :weekday
    WHERE c.code = :class_code
    ORDER BY s.class_code, s.building
    """
)
_LIMIT = Query(
    """
    SELECT amount FROM credit_limit WHERE school = :school AND valid_from <= :day
    ORDER BY valid_from DESC LIMIT 1
    """
)
_FORGET_ACTUAL = Query("UPDATE request_line SET is_eaten = NULL WHERE request_id = :id")
_LINE_COLUMNS = (
    "request_id",
    "account",
    "meal_type",
    "organizer_inn",
    "complex_id",
    "complex_code",
    "source",
    "is_present",
    "is_included",
    "is_over_credit",
    "full_price",
    "discount",
    "to_pay",
    "pchvr",
)


class ClassRequest(NamedTuple):
    """What a class asks for on a day (MEAL-CLS-01)."""

    id: UUID
    school: str
    building: str
    class_code: str
    class_name: str
    day: date
    state: str
    """RequestState of the contract."""
    version: int
    formed_by: str
    """Of the staff."""
    formed_at: datetime
    sent_at: datetime | None = None
    printed_at: datetime | None = None
    is_print_late: bool = False
    confirmed_at: datetime | None = None


class Meal(NamedTuple):
    """An order of the day as a request is filled with it; sums in roubles."""

    account: str
    meal_type: str
    organizer_inn: str
    complex_id: int
    complex_code: str
    source: str
    is_present: bool
    full: Decimal
    discount: Decimal
    to_pay: Decimal
    pchvr: str | None
    balance: Decimal
    """With the organizer that cooks."""

    @property
    def is_included(self) -> bool:
        """Whether the portion is asked for: at first whoever is present eats."""
        return self.is_present


class Line(NamedTuple):
    """A pupil and a meal of a request; sums in roubles."""

    account: str
    meal_type: str
    organizer_inn: str
    pupil_id: str
    name: FullName
    complex_code: str
    complex_name: str
    source: str
    is_present: bool
    is_included: bool
    is_eaten: bool | None
    """None while the request is the fact (MEAL-CLS-09)."""
    is_over_credit: bool
    reason: str | None
    comment: str | None
    to_pay: Decimal
    balance: Decimal
    """With the organizer that cooks."""
    items: tuple["Item", ...] = ()


class Item(NamedTuple):
    """Something of the additional menu."""

    code: str
    name: str
    qty: int


Key = tuple[str, str]
"""Account and meal."""


def find(transaction: Transaction, request_id: UUID) -> ClassRequest | None:
    """Return a request."""
    rows = transaction.rows(_BY_ID, id=str(request_id))
    return _request(rows[0]) if rows else None


def find_for(transaction: Transaction, class_code: str, day: date) -> ClassRequest | None:
    """Return the request of a class for a day."""
    rows = transaction.rows(_BY_DAY, class_code=class_code, day=day.isoformat())
    return _request(rows[0]) if rows else None


def hold(transaction: Transaction, request_id: UUID) -> ClassRequest:
    """Return a request that is there and keep it from others until the commit."""
    key = {"id": str(request_id)}
    transaction.rows(_HOLD, **key)
    return _request(transaction.rows(_BY_ID, **key)[0])


def meals_of(transaction: Transaction, class_code: str, day: date) -> list[Meal]:
    """Return what the pupils of a class are to be given on a day, whoever is present."""
    rows = transaction.rows(_PREFILL, class_code=class_code, day=day.isoformat())
    return [_meal(row) for row in rows]


def lines_of(transaction: Transaction, request: ClassRequest) -> list[Line]:
    """Return the lines of a request with names, prices and balances as they are now."""
    items: dict[Key, list[Item]] = {}
    key = {"id": str(request.id)}
    for account, meal_type, *item in transaction.rows(_ITEMS, **key, day=request.day.isoformat()):
        items.setdefault((account, meal_type), []).append(Item(*item))
    opened = transaction.vault.open
    return [
        _line(row, FullName.read(opened("pupil.name", row[4])), items.get(row[:2], ()))
        for row in transaction.rows(_LINES, **key)
    ]


def starts_of(transaction: Transaction, class_code: str, day: date) -> Mapping[str, str]:
    """Return when a class eats on a day by meal, local `HH:MM`; the most exact schedule holds."""
    rows = transaction.rows(_STARTS, class_code=class_code, weekday=day.isoweekday())
    return dict(rows)


def credit_limit(transaction: Transaction, school: str, day: date) -> Decimal:
    """Return for how many roubles a pupil may eat on credit; 0.00 where nobody has said."""
    rows = transaction.rows(_LIMIT, school=school, day=day.isoformat())
    return _roubles(rows[0][0] if rows else 0)


def add(
    transaction: Transaction,
    request: ClassRequest,
    meals: Sequence[Meal],
    exceeding: frozenset[Key],
    entry: int,
) -> None:
    """Store a new request; one that another client has just formed raises RaceLost."""
    columns = ("id", "school", "building", "class_code", "day", "state", "version", "formed_by")
    transaction.insert_new(
        models.class_request,
        (*columns, "formed_at", "is_print_late", "entry"),
        [(*(getattr(request, name) for name in columns), request.formed_at, False, entry)],
    )
    transaction.insert(
        models.request_line,
        _LINE_COLUMNS,
        [
            (
                request.id,
                *meal[:7],
                meal.is_included,
                (meal.account, meal.meal_type) in exceeding,
                meal.full,
                meal.discount,
                meal.to_pay,
                meal.pchvr,
            )
            for meal in meals
        ],
    )


def put(transaction: Transaction, request: ClassRequest, entry: int) -> None:
    """Let a held request be in another state and version."""
    columns = ("version", "state", "sent_at", "confirmed_at")
    row = (request.id, *(getattr(request, name) for name in columns), entry)
    transaction.update(models.class_request, ("id",), (*columns, "entry"), [row])


def put_print(transaction: Transaction, request: ClassRequest) -> None:
    """Note when a request was printed, and whether too late."""
    row = (request.id, request.printed_at, request.is_print_late)
    transaction.update(models.class_request, ("id",), ("printed_at", "is_print_late"), [row])


def put_lines(transaction: Transaction, request: ClassRequest, lines: Sequence[Line]) -> None:
    """Let lines be asked for or not, and why."""
    columns = ("is_included", "is_over_credit", "reason", "comment")
    _update(transaction, request, columns, lines)


def put_actual(transaction: Transaction, request: ClassRequest, lines: Sequence[Line]) -> None:
    """Let these lines be eaten or not, and the request be the fact of all others."""
    transaction.run(_FORGET_ACTUAL, id=str(request.id))
    _update(transaction, request, ("is_eaten",), lines)


def _request(row: tuple[Any, ...]) -> ClassRequest:
    day, state, version, formed_by, formed, sent, printed, late, confirmed = row[5:]
    return ClassRequest._make(
        (
            as_uuid(row[0]),
            *row[1:5],
            as_day(day),
            state,
            int(version),
            formed_by,
            as_instant(formed),
            _moment(sent),
            _moment(printed),
            bool(late),
            _moment(confirmed),
        )
    )


def _meal(row: tuple[Any, ...]) -> Meal:
    *facts, present, full, discount, to_pay, pchvr, balance = row
    sums = map(_roubles, (full, discount, to_pay))
    return Meal._make((*facts, bool(present), *sums, pchvr, _roubles(balance)))


def _line(row: tuple[Any, ...], name: FullName, items: Sequence[Item]) -> Line:
    (account, meal_type, inn, pupil_id, _, code, called, source, *flags, to_pay, balance) = row
    present, included, eaten, over_credit, reason, comment = flags
    return Line(
        account,
        meal_type,
        inn,
        pupil_id,
        name,
        code,
        called,
        source,
        bool(present),
        bool(included),
        None if eaten is None else bool(eaten),
        bool(over_credit),
        reason,
        comment,
        _roubles(to_pay),
        _roubles(balance),
        tuple(items),
    )


def _update(
    transaction: Transaction,
    request: ClassRequest,
    columns: tuple[str, ...],
    lines: Sequence[Line],
) -> None:
    transaction.update(
        models.request_line,
        ("request_id", "account", "meal_type"),
        columns,
        [(request.id, *line[:2], *(getattr(line, column) for column in columns)) for line in lines],
    )


def _moment(value: datetime | str | None) -> datetime | None:
    return None if value is None else as_instant(value)


def _roubles(kopecks: int) -> Decimal:
    return to_roubles(int(kopecks))
