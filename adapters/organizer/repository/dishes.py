"""The assortment of dishes: what is asked of the database about it, by name."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals.models import dish
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day


class Dish(NamedTuple):
    """A dish as an organizer has sent it."""

    code: str
    name: str
    dish_group: str | None
    yield_text: str
    composition: str | None
    price: Decimal
    energy: int | None
    """Hundredths of a kilocalorie; of the nutrients below, hundredths of a gram."""
    proteins: int | None
    fats: int | None
    carbohydrates: int | None
    allergens: str | None
    """A line each."""
    recipe_number: str | None
    is_active: bool
    valid_from: date | None
    valid_to: date | None
    digest: bytes


class Validity(NamedTuple):
    """When a dish may stand in a complex."""

    is_active: bool
    first: date | None
    last: date | None

    def covers(self, first: date, last: date) -> bool:
        """Tell whether the dish may be served on every day of a period."""
        begun = self.first is None or self.first <= first
        return self.is_active and begun and (self.last is None or self.last >= last)


class Listed(NamedTuple):
    """A dish in the catalogue."""

    dish: Dish
    version: int
    is_deleted: bool


_COLUMNS = ("organizer_inn", *Dish._fields, "is_deleted", "version", "entry")
_REPLACED = (*Dish._fields[1:], "is_deleted", "version", "entry")
_UPSERT = "(organizer_inn, code) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _REPLACED
)
_DIGESTS = Query(
    """
    SELECT code, digest, is_deleted FROM dish
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text}
    """
)
_VALIDITY = Query(
    """
    SELECT code, is_active, valid_from, valid_to FROM dish
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text} AND NOT is_deleted
    """
)
_RETIRE = Query(
    """
    UPDATE dish SET is_active = false, is_deleted = true, version = :version
    WHERE organizer_inn = :organizer_inn AND NOT is_deleted AND NOT EXISTS (
        SELECT 1 FROM menu_import_row r WHERE r.import_id = :import_id AND r.code = dish.code
    )
    """
)
_LISTED = Query(
    f"""
    SELECT {", ".join(Dish._fields)}, version, is_deleted FROM dish
    WHERE organizer_inn = :organizer_inn AND code > :after
      AND (
        (:since >= 0 AND version > :since)
        OR (:since < 0 AND is_active AND NOT is_deleted
            AND (valid_from IS NULL OR valid_from <= :last)
            AND (valid_to IS NULL OR valid_to >= :first))
      )
    ORDER BY code LIMIT :limit
    """  # noqa: S608 -- names of our own columns
)


def digests(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> dict[str, bytes]:
    """Return the digests of the known dishes; a deleted one has an empty digest."""
    rows = transaction.rows(_DIGESTS, organizer_inn=organizer_inn, codes=sorted(set(codes)))
    return {code: b"" if is_deleted else bytes(digest) for code, digest, is_deleted in rows}


def store(
    transaction: Transaction,
    organizer_inn: str,
    changed: Sequence[Dish],
    version: int,
    entry: int,
) -> None:
    """Store dishes under a version of the catalogue, over what they were."""
    rows = [(organizer_inn, *one, False, version, entry) for one in changed]
    transaction.insert(dish, _COLUMNS, rows, _UPSERT)


def validity(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> dict[str, Validity]:
    """Return when the known ones of `codes` may be served."""
    rows = transaction.rows(_VALIDITY, organizer_inn=organizer_inn, codes=sorted(set(codes)))
    return {
        code: Validity(bool(is_active), _day(first), _day(last))
        for code, is_active, first, last in rows
    }


def retire_others(
    transaction: Transaction, organizer_inn: str, import_id: UUID, version: int
) -> int:
    """Take what a batch does not name out of the assortment; return how many dishes."""
    return transaction.run(
        _RETIRE, organizer_inn=organizer_inn, import_id=str(import_id), version=version
    )


def listed(
    transaction: Transaction,
    organizer_inn: str,
    period: tuple[date, date],
    since: int | None,
    after: str,
    limit: int,
) -> list[Listed]:
    """Return dishes by code: those of a period, or those changed after a version."""
    rows = transaction.rows(
        _LISTED,
        organizer_inn=organizer_inn,
        first=period[0].isoformat(),
        last=period[1].isoformat(),
        since=-1 if since is None else since,
        after=after,
        limit=limit,
    )
    return [_listed(row) for row in rows]


def _listed(row: tuple[Any, ...]) -> Listed:
    *facts, version, is_deleted = row
    one = Dish._make(facts)
    return Listed(
        one._replace(
            price=to_roubles(int(one.price)),
            is_active=bool(one.is_active),
            valid_from=_day(one.valid_from),
            valid_to=_day(one.valid_to),
        ),
        int(version),
        bool(is_deleted),
    )


def _day(value: date | str | None) -> date | None:
    return None if value is None else as_day(value)
