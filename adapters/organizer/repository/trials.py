"""What a plan of tests may ask about an organizer's menus: what it has sent itself, nothing else.

Rows are found by the batch that named them, so that a repeat which changed nothing is found, too.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from gateway.kernel.money import to_kopecks
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_MOST_ROWS = 1000
"""More are not counted; a batch of a trial has a few rows."""
_BATCH = """
    SELECT i.id, i.organizer_inn FROM menu_import i
    WHERE i.sender = :participant AND (:batch_id = '' OR i.batch_id = :batch_id)
"""
_CODES = f"""
    SELECT r.code FROM menu_import_row r JOIN ({_BATCH}) AS b ON b.id = r.import_id
    WHERE r.code = {{column}} AND b.organizer_inn = {{inn}}
"""  # noqa: S608 -- text of our own
_PRICED = "(:price = '' OR CAST({0} AS text) = :price)"

_IMPORTS = Query(
    """
    SELECT i.batch_id, i.state FROM menu_import i
    WHERE i.sender = :participant AND (:batch_id = '' OR i.batch_id = :batch_id)
      AND (:state = '' OR i.state = :state)
    ORDER BY i.received_at LIMIT :limit
    """
)
_ROWS = Query(
    f"""
    SELECT r.code, coalesce(r.result, '') FROM menu_import_row r
    JOIN ({_BATCH}) AS b ON b.id = r.import_id
    WHERE (:result = '' OR r.result = :result)
    ORDER BY r.row_no LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_DISHES = Query(
    f"""
    SELECT d.code, CAST(d.price AS text) FROM dish d
    WHERE NOT d.is_deleted AND {_PRICED.format("d.price")}
      AND EXISTS ({_CODES.format(column="d.code", inn="d.organizer_inn")})
    ORDER BY d.code LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_COMPLEXES = Query(
    f"""
    SELECT o.code, CAST(x.full_price AS text) FROM offer o
    JOIN complex_revision x ON x.id = o.complex_id
    WHERE (:school = '' OR o.school = :school) AND (:day = '' OR CAST(o.day AS text) = :day)
      AND (:published = '' OR (o.publication IS NOT NULL) = (:published = 'true'))
      AND {_PRICED.format("x.full_price")}
      AND EXISTS ({_CODES.format(column="o.code", inn="o.organizer_inn")})
    ORDER BY o.day, o.code LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_ITEMS = Query(
    f"""
    SELECT a.code, a.kind FROM additional_item a
    WHERE NOT a.is_deleted AND (:kind = '' OR a.kind = :kind)
      AND EXISTS ({_CODES.format(column="a.code", inn="a.organizer_inn")})
    ORDER BY a.code LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_PUBLICATIONS = Query(
    """
    SELECT p.publication_id, p.state FROM publication p
    WHERE p.sender = :participant AND (:publication_id = '' OR p.publication_id = :publication_id)
      AND (:state = '' OR p.state = :state)
    ORDER BY p.decided_at LIMIT :limit
    """
)

State = Callable[[Transaction, str, Mapping[str, str]], Sequence[Mapping[str, str]]]


def _state(query: Query, conditions: tuple[str, ...], columns: tuple[str, str]) -> State:
    """Make a state; it raises KeyError for a condition that it does not know."""

    def ask(
        transaction: Transaction, participant: str, where: Mapping[str, str]
    ) -> Sequence[Mapping[str, str]]:
        unknown = set(where) - set(conditions)
        if unknown:
            raise KeyError(min(unknown))
        asked = {name: where.get(name, "") for name in conditions}
        if asked.get("price"):
            asked["price"] = _kopecks(asked["price"])
        rows = transaction.rows(query, participant=participant, limit=_MOST_ROWS, **asked)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    return ask


def _kopecks(roubles: str) -> str:
    try:
        return str(to_kopecks(Decimal(roubles)))
    except (InvalidOperation, ValueError) as error:
        raise KeyError(roubles) from error


STATES: Mapping[str, State] = {
    "menu_imports": _state(_IMPORTS, ("batch_id", "state"), ("batch_id", "state")),
    "menu_rows": _state(_ROWS, ("batch_id", "result"), ("code", "result")),
    "dishes": _state(_DISHES, ("batch_id", "price"), ("code", "price")),
    "complexes": _state(
        _COMPLEXES, ("batch_id", "school", "day", "published", "price"), ("code", "price")
    ),
    "additional_items": _state(_ITEMS, ("batch_id", "kind"), ("code", "kind")),
    "publications": _state(_PUBLICATIONS, ("publication_id", "state"), ("publication_id", "state")),
}
"""By the name that a `check: hub.name` asks."""
