"""Complexes by revisions, and offers of them by days and places: what is asked by name."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals.models import complex_dish, complex_pchvr, complex_revision, offer
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day

_APART = "\x1f"
"""Between the parts of a key made text: XML cannot carry this character."""


class Portion(NamedTuple):
    """A dish of a complex."""

    dish_code: str
    portions: int
    """Hundredths."""


class MealSet(NamedTuple):
    """A complex without its days and places: what one revision says."""

    code: str
    name: str
    menu_type: str
    meal_type: str
    age_category: str
    is_default: bool
    full_price: Decimal
    contract_number: str
    digest: bytes
    pchvr: tuple[str, ...]
    dishes: tuple[Portion, ...]


class Place(NamedTuple):
    """Where a complex is offered; an empty building means what is fed of the whole school."""

    school: str
    building: str


class Slot(NamedTuple):
    """One complex on one day in one place."""

    school: str
    day: date
    building: str
    code: str


class Offered(NamedTuple):
    """What is offered now."""

    slot: Slot
    complex_id: int
    digest: bytes


_CONTENT = (
    "code",
    "name",
    "menu_type",
    "meal_type",
    "age_category",
    "is_default",
    "full_price",
    "contract_number",
    "digest",
)
_REVISION = ("organizer_inn", *_CONTENT, "is_current", "version", "entry")
_OFFER = ("school", "day", "building", "organizer_inn", "code", "complex_id", "version")
_KEEP_PUBLICATION = (
    "(school, day, building, organizer_inn, code) DO UPDATE SET "
    "complex_id = excluded.complex_id, version = excluded.version"
)
_REVISIONS = Query(
    """
    SELECT code, digest, max(id) FROM complex_revision
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text} GROUP BY code, digest
    """
)
# Days as text: no plan, made while the table is empty, may go by the days instead of the codes.
_OFFERED = Query(
    """
    SELECT o.school, o.day, o.building, o.code, o.complex_id, x.digest
    FROM offer o JOIN complex_revision x ON x.id = o.complex_id
    WHERE o.organizer_inn = :organizer_inn AND o.code IN {codes:text}
      AND CAST(o.day AS text) BETWEEN :first AND :last
    """
)
_REMOVE = Query(
    f"""
    DELETE FROM offer
    WHERE organizer_inn = :organizer_inn AND code IN {{codes:text}}
      AND school || '{_APART}' || CAST(day AS text) || '{_APART}' || building || '{_APART}' || code
          IN {{keys:text}}
    """  # noqa: S608 -- a character of our own
)
_FORMER = Query(
    """
    UPDATE complex_revision SET is_current = false
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text} AND is_current
    """
)
_TOUCH = Query(
    """
    UPDATE complex_revision SET version = :version
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text} AND is_current
    """
)


def revisions(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> dict[tuple[str, bytes], int]:
    """Return the revisions of complexes by code and digest."""
    rows = transaction.rows(_REVISIONS, organizer_inn=organizer_inn, codes=sorted(set(codes)))
    return {(code, bytes(digest)): int(key) for code, digest, key in rows}


def offered(
    transaction: Transaction, organizer_inn: str, codes: Collection[str], first: date, last: date
) -> list[Offered]:
    """Return where complexes are offered within a period."""
    rows = transaction.rows(
        _OFFERED,
        organizer_inn=organizer_inn,
        codes=sorted(set(codes)),
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [
        Offered(Slot(school, as_day(day), building, code), int(key), bytes(digest))
        for school, day, building, code, key, digest in rows
    ]


def add_revisions(
    transaction: Transaction,
    organizer_inn: str,
    fresh: Sequence[MealSet],
    version: int,
    entry: int,
) -> dict[tuple[str, bytes], int]:
    """Store new revisions and return all of those complexes by code and digest."""
    transaction.insert(
        complex_revision,
        _REVISION,
        [(organizer_inn, *one[: len(_CONTENT)], False, version, entry) for one in fresh],
    )
    known = revisions(transaction, organizer_inn, [one.code for one in fresh])
    numbered = [(known[one.code, one.digest], one) for one in fresh]
    transaction.insert(
        complex_dish,
        ("complex_id", "position", "dish_code", "portions"),
        [
            (key, position, *portion)
            for key, one in numbered
            for position, portion in enumerate(one.dishes, 1)
        ],
    )
    transaction.insert(
        complex_pchvr,
        ("complex_id", "pchvr"),
        [(key, category) for key, one in numbered for category in one.pchvr],
    )
    return known


def make_current(
    transaction: Transaction, organizer_inn: str, current: dict[str, int], version: int
) -> None:
    """Let revisions be those imported last of their codes."""
    transaction.run(_FORMER, organizer_inn=organizer_inn, codes=sorted(current))
    transaction.update(
        complex_revision,
        ("id",),
        ("is_current", "version"),
        [(key, True, version) for key in current.values()],
    )


def touch(
    transaction: Transaction, organizer_inn: str, codes: Collection[str], version: int
) -> None:
    """Note that complexes are offered otherwise than before."""
    transaction.run(_TOUCH, organizer_inn=organizer_inn, codes=sorted(codes), version=version)


def remove_offers(transaction: Transaction, organizer_inn: str, slots: Collection[Slot]) -> None:
    """Offer complexes no longer."""
    if not slots:
        return
    keys = [_APART.join((s.school, s.day.isoformat(), s.building, s.code)) for s in slots]
    codes = sorted({slot.code for slot in slots})
    transaction.run(_REMOVE, organizer_inn=organizer_inn, codes=codes, keys=keys)


def put_offers(
    transaction: Transaction,
    organizer_inn: str,
    offers: Iterable[tuple[Slot, int]],
    version: int,
) -> None:
    """Offer revisions in slots; a slot that parents see stays seen."""
    rows = [
        (slot.school, slot.day, slot.building, organizer_inn, slot.code, key, version)
        for slot, key in offers
    ]
    transaction.insert(offer, _OFFER, rows, _KEEP_PUBLICATION)
