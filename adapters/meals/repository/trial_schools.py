"""Schools made for sessions of trials: how they come into the tables; `trial_removal` ends them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.meals import models
from adapters.meals.prices import Price
from adapters.meals.region import dishes
from adapters.meals.region.ground import enter_directories
from adapters.meals.region.plan import Municipality, Organizer, Region
from adapters.meals.region.rows import FIRST_VERSION, digest, enter
from adapters.meals.repository import feed
from adapters.meals.repository.feed import Change
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.storage.query import Query

_ONE_PORTION = 100
"""Hundredths."""


class Dish(NamedTuple):
    """A dish of the assortment; its price in roubles."""

    code: str
    name: str
    portion: str
    price: Decimal


class Complex(NamedTuple):
    """A complex of all the dishes; its full price in roubles."""

    code: str
    name: str
    is_default: bool
    full_price: Decimal


class Offer(NamedTuple):
    """One complex on one day in one school."""

    school: str
    day: date
    code: str


class Catalogue(NamedTuple):
    """What an organizer has published for a school."""

    sender: str
    publication: UUID
    organizer_inn: str
    contract_number: str
    dishes: Sequence[Dish]
    complexes: Sequence[Complex]
    offers: Sequence[Offer]
    first: date
    last: date
    at: datetime


class Order(NamedTuple):
    """What a pupil is to get on a day."""

    account: str
    day: date
    meal_type: str
    organizer_inn: str
    school: str
    building: str
    class_code: str
    complex_code: str
    is_chosen: bool
    """By the parent; otherwise it was set by default."""
    state: str
    """A value of OrderState."""
    price: Price
    pchvr: str | None

    @property
    def source(self) -> str:
        """Who has chosen."""
        return "PARENT" if self.is_chosen else "DEFAULT"


class Line(NamedTuple):
    """A pupil in a class request."""

    order: Order
    is_present: bool


class Request(NamedTuple):
    """The request of a class for a day."""

    id: UUID
    school: str
    building: str
    class_code: str
    teacher: str
    day: date
    at: datetime
    is_locked: bool
    """The day is over: what was asked for was eaten."""
    lines: Sequence[Line]


class Debit(NamedTuple):
    """A meal taken off an account."""

    id: UUID
    order: Order

    @property
    def source(self) -> str:
        """What the entry of the ledger is caused by, as JOB-02 calls it."""
        order = self.order
        return f"debit/{order.account}/{order.organizer_inn}/{order.day}/{order.meal_type}"


_REVISIONS = Query(
    """
    SELECT code, id FROM complex_revision
    WHERE organizer_inn = :inn AND code IN {codes:text} AND is_current
    """
)


def enter_ground(
    transaction: Transaction,
    region: Region,
    place: Municipality,
    organizers: Sequence[Organizer],
    now: datetime,
) -> None:
    """Enter a municipality with its directories, and those organizers that are not there yet."""
    enter(transaction, models.municipality, ("code", "name"), [(place.code, place.name)])
    enter_directories(transaction, region, place.code, now)
    enter(transaction, models.organizer, ("inn", "name"), [(o.inn, o.name) for o in organizers])


def note_accounts(transaction: Transaction, numbers: Sequence[str]) -> None:
    """Note accounts as made for a session."""
    transaction.insert(models.trial_account, ("number",), [(number,) for number in numbers])


def enter_catalogue(transaction: Transaction, catalogue: Catalogue) -> Mapping[str, int]:
    """Enter dishes, complexes and their published days; return the numbers of complexes."""
    inn = catalogue.organizer_inn
    transaction.insert(
        models.dish,
        (
            "organizer_inn",
            "code",
            "name",
            "yield_text",
            "price",
            "is_active",
            "version",
            "digest",
            "entry",
        ),
        [(inn, *dish, True, FIRST_VERSION, digest(*dish), NO_MESSAGE) for dish in catalogue.dishes],
    )
    transaction.insert(
        models.complex_revision,
        (
            "organizer_inn",
            "code",
            "name",
            "menu_type",
            "meal_type",
            "age_category",
            "is_default",
            "full_price",
            "contract_number",
            "is_current",
            "version",
            "digest",
            "entry",
        ),
        [
            (
                inn,
                one.code,
                one.name,
                dishes.MENU_TYPE,
                dishes.LUNCH,
                dishes.YOUNGER,
                one.is_default,
                one.full_price,
                catalogue.contract_number,
                True,
                FIRST_VERSION,
                digest(*one),
                NO_MESSAGE,
            )
            for one in catalogue.complexes
        ],
    )
    codes = [one.code for one in catalogue.complexes]
    numbers = {c: int(key) for c, key in transaction.rows(_REVISIONS, inn=inn, codes=codes)}
    transaction.insert(
        models.complex_dish,
        ("complex_id", "position", "dish_code", "portions"),
        [
            (number, position, dish.code, _ONE_PORTION)
            for number in numbers.values()
            for position, dish in enumerate(catalogue.dishes, 1)
        ],
    )
    _publish(transaction, catalogue, numbers)
    return numbers


def enter_orders(
    transaction: Transaction, orders: Sequence[Order], numbers: Mapping[str, int], now: datetime
) -> None:
    """Enter orders and tell their organizer of them."""
    transaction.insert(
        models.meal_order,
        (
            "account",
            "day",
            "meal_type",
            "organizer_inn",
            "school",
            "building",
            "class_code",
            "complex_id",
            "complex_code",
            "source",
            "state",
            "full_price",
            "discount",
            "to_pay",
            "pchvr",
            "chosen_at",
            "confirmed_at",
            "frozen_at",
            "entry",
        ),
        [
            (
                *order[:7],
                numbers[order.complex_code],
                order.complex_code,
                order.source,
                order.state,
                *order.price,
                order.pchvr,
                now,
                now if order.is_chosen else None,
                None if order.state == "CONFIRMED" else now,
                NO_MESSAGE,
            )
            for order in orders
        ],
    )
    feed.add_changes(transaction, [_change(order, now) for order in orders])


def enter_requests(
    transaction: Transaction, requests: Sequence[Request], numbers: Mapping[str, int]
) -> None:
    """Enter class requests with their lines."""
    transaction.insert(
        models.class_request,
        (
            "id",
            "school",
            "building",
            "class_code",
            "day",
            "state",
            "version",
            "formed_at",
            "formed_by",
            "confirmed_at",
            "entry",
        ),
        [
            (
                one.id,
                one.school,
                one.building,
                one.class_code,
                one.day,
                "LOCKED" if one.is_locked else "FORMED",
                FIRST_VERSION,
                one.at,
                one.teacher,
                one.at if one.is_locked else None,
                NO_MESSAGE,
            )
            for one in requests
        ],
    )
    transaction.insert(
        models.request_line,
        (
            "request_id",
            "account",
            "meal_type",
            "organizer_inn",
            "complex_id",
            "complex_code",
            "source",
            "is_present",
            "is_included",
            "is_eaten",
            "is_over_credit",
            "full_price",
            "discount",
            "to_pay",
            "pchvr",
        ),
        [row for one in requests for row in _lines(one, numbers)],
    )


def enter_debits(transaction: Transaction, debits: Sequence[Debit], now: datetime) -> None:
    """Enter debits; their entries of the ledger are posted beside."""
    transaction.insert(
        models.meal_debit,
        (
            "id",
            "account",
            "day",
            "meal_type",
            "organizer_inn",
            "school",
            "building",
            "class_code",
            "complex_code",
            "full_price",
            "discount",
            "to_pay",
            "pchvr",
            "is_over_credit",
            "debited_at",
            "entry",
        ),
        [
            (
                debit.id,
                *debit.order[:8],
                *debit.order.price,
                debit.order.pchvr,
                False,
                now,
                NO_MESSAGE,
            )
            for debit in debits
        ],
    )


def _publish(transaction: Transaction, catalogue: Catalogue, numbers: Mapping[str, int]) -> None:
    transaction.insert(
        models.publication,
        (
            "id",
            "sender",
            "publication_id",
            "organizer_inn",
            "period_from",
            "period_to",
            "state",
            "digest",
            "decided_at",
            "entry",
        ),
        [
            (
                catalogue.publication,
                catalogue.sender,
                catalogue.sender,
                catalogue.organizer_inn,
                catalogue.first,
                catalogue.last,
                "PUBLISHED",
                digest(catalogue.sender),
                catalogue.at,
                NO_MESSAGE,
            )
        ],
    )
    transaction.insert(
        models.offer,
        ("school", "day", "code", "organizer_inn", "complex_id", "publication", "version"),
        [
            (
                *one,
                catalogue.organizer_inn,
                numbers[one.code],
                catalogue.publication,
                FIRST_VERSION,
            )
            for one in catalogue.offers
        ],
    )


def _change(order: Order, now: datetime) -> Change:
    return Change(
        organizer_inn=order.organizer_inn,
        kind="CONFIRMED" if order.is_chosen else "DEFAULTED",
        account=order.account,
        day=order.day,
        meal_type=order.meal_type,
        school=order.school,
        building=order.building,
        class_code=order.class_code,
        complex_code=order.complex_code,
        items=None,
        changed_at=now,
    )


def _lines(request: Request, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    for order, is_present in request.lines:
        yield (
            request.id,
            order.account,
            order.meal_type,
            order.organizer_inn,
            numbers[order.complex_code],
            order.complex_code,
            order.source,
            is_present,
            is_present,
            is_present if request.is_locked else None,
            False,
            *order.price,
            order.pchvr,
        )
