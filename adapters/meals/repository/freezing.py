"""JOB-03 in SQL: the choice of a day becomes what will be cooked, class by class.

A confirmed order that is still offered to the pupil is fixed with the prices of this moment; any
other choice gives way to the default complex (MEAL-PAR-06, 12, H-09). Pupils who study at home have
no default: their confirmed products are fixed (H-10). What can be served no more is taken off.
"""

from datetime import date, datetime

from adapters.meals.repository import feed
from adapters.meals.repository.classes import Piece
from adapters.meals.repository.menu import offers_of, seats_of
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.storage.query import Query
from gateway.storage.types import as_day, instant_text

_CLASSES = "c.code > :after AND c.code <= :upto"
_ACCOUNTS = """
    SELECT p.account FROM pupil p WHERE p.class_code > :after AND p.class_code <= :upto
"""

_PLAN = Query(
    """
    INSERT INTO meal_day (day, freezing_after) VALUES (:day, '')
    ON CONFLICT (day) DO UPDATE SET freezing_after = '' WHERE meal_day.freezing_after IS NULL
    """
)
_NEXT_DAY = Query(
    """
    SELECT day, freezing_after FROM meal_day
    WHERE freezing_after IS NOT NULL AND frozen_at IS NULL ORDER BY day LIMIT 1
    """
)
_PROGRESS = Query("SELECT freezing_after, frozen_at FROM meal_day WHERE day = :day", locking=True)
_ADVANCE = Query("UPDATE meal_day SET freezing_after = :upto WHERE day = :day")
_FINISH = Query("UPDATE meal_day SET frozen_at = :now WHERE day = :day")
_ORGANIZERS = Query("SELECT inn FROM organizer")

_PRICE_OF_ITEM = """
    SELECT a.price FROM meal_order o
    JOIN additional_item a ON a.organizer_inn = o.organizer_inn AND a.code = order_item.item_code
    WHERE o.account = order_item.account AND o.day = order_item.day
      AND o.meal_type = order_item.meal_type AND o.state = 'CONFIRMED' AND NOT a.is_deleted
      AND a.valid_from <= :day AND (a.valid_to IS NULL OR a.valid_to >= :day)
"""
_PRICE_ITEMS = Query(
    f"""
    UPDATE order_item SET price = ({_PRICE_OF_ITEM})
    WHERE day = :day AND account IN ({_ACCOUNTS}) AND EXISTS ({_PRICE_OF_ITEM})
    """  # noqa: S608 -- text of our own
)

# Somebody else cooks for the pupil by now, or the pupil studies at home by now.
_ASTRAY = f"""
    meal_order.day = :day AND meal_order.state = 'CONFIRMED' AND meal_order.account IN ({_ACCOUNTS})
    AND NOT EXISTS (
        SELECT 1 FROM seat WHERE seat.account = meal_order.account
            AND seat.organizer_inn = meal_order.organizer_inn
            AND seat.is_home_study = meal_order.is_home_study
    )
"""  # noqa: S608 -- text of our own
_NUMBERED = """
    (SELECT f.last_seq FROM feed f WHERE f.name = 'orders/' || meal_order.organizer_inn)
    + row_number() OVER (
        PARTITION BY meal_order.organizer_inn ORDER BY meal_order.account, meal_order.meal_type
    )
"""
_CHANGE = """
    INSERT INTO order_change (
        organizer_inn, seq, kind, account, day, meal_type, school, building, class_code,
        complex_code, changed_at
    )
"""
_CHANGED = """
    meal_order.account, meal_order.day, meal_order.meal_type, meal_order.school,
    meal_order.building, meal_order.class_code, meal_order.complex_code, :now
    FROM meal_order
"""
_CANCEL_ASTRAY = Query(
    f"""
    WITH {seats_of(classes=_CLASSES)}
    {_CHANGE} SELECT meal_order.organizer_inn, {_NUMBERED}, 'CANCELLED', {_CHANGED} WHERE {_ASTRAY}
    """
)
_UNCONFIRM_ASTRAY = Query(
    f"""
    WITH {seats_of(classes=_CLASSES)}
    UPDATE meal_order SET state = 'CHOSEN', confirmed_at = NULL WHERE {_ASTRAY}
    """  # noqa: S608 -- text of our own
)

_FREEZE = Query(
    f"""
    WITH {offers_of(classes=_CLASSES)},
    decided AS (
        SELECT f.*, o.account IS NOT NULL AS is_kept,
               CASE WHEN o.account IS NULL THEN 0 ELSE coalesce((
                   SELECT sum(i.qty * i.price) FROM order_item i
                   WHERE i.account = o.account AND i.day = o.day AND i.meal_type = o.meal_type
               ), 0) END AS items,
               row_number() OVER (
                   PARTITION BY f.account, f.meal_type
                   ORDER BY CASE WHEN o.account IS NULL THEN 1 ELSE 0 END,
                            f.complex_code, f.complex_id DESC
               ) AS place
        FROM offered f
        LEFT JOIN meal_order o ON o.account = f.account AND o.day = :day
            AND o.meal_type = f.meal_type AND o.complex_code = f.complex_code
            AND o.organizer_inn = f.organizer_inn AND o.state = 'CONFIRMED'
        WHERE NOT f.is_home_study AND (f.is_default OR o.account IS NOT NULL)
    )
    INSERT INTO meal_order (
        account, day, meal_type, organizer_inn, school, building, class_code, complex_id,
        complex_code, source, state, full_price, discount, to_pay, pchvr, is_home_study,
        chosen_at, frozen_at, entry
    )
    SELECT d.account, :day, d.meal_type, d.organizer_inn, d.school, d.building, d.class_code,
           d.complex_id, d.complex_code, 'DEFAULT',
           CASE WHEN d.is_kept THEN 'FROZEN' ELSE 'DEFAULTED' END,
           d.full_price + d.items, d.discount, d.full_price - d.discount + d.items, d.pchvr, FALSE,
           :now, :now, {NO_MESSAGE}
    FROM decided d WHERE d.place = 1
    ON CONFLICT (account, day, meal_type) DO UPDATE SET
        organizer_inn = excluded.organizer_inn, school = excluded.school,
        building = excluded.building, class_code = excluded.class_code,
        complex_id = excluded.complex_id, complex_code = excluded.complex_code,
        state = excluded.state, full_price = excluded.full_price, discount = excluded.discount,
        to_pay = excluded.to_pay, pchvr = excluded.pchvr, is_home_study = FALSE,
        frozen_at = excluded.frozen_at,
        source = CASE excluded.state WHEN 'FROZEN' THEN meal_order.source ELSE 'DEFAULT' END,
        choice_id = CASE excluded.state WHEN 'FROZEN' THEN meal_order.choice_id END,
        order_id = CASE excluded.state WHEN 'FROZEN' THEN meal_order.order_id END,
        confirmed_at = CASE excluded.state WHEN 'FROZEN' THEN meal_order.confirmed_at END,
        chosen_at = CASE excluded.state
            WHEN 'FROZEN' THEN meal_order.chosen_at ELSE excluded.chosen_at
        END
    WHERE meal_order.state IN ('CHOSEN', 'CONFIRMED')
    """  # noqa: S608 -- text of our own
)
_PRODUCTS = """
    (
        SELECT coalesce(sum(i.qty * i.price), 0) FROM order_item i
        WHERE i.account = meal_order.account AND i.day = meal_order.day
          AND i.meal_type = meal_order.meal_type
    )
"""
_FREEZE_HOME = Query(
    f"""
    WITH {seats_of(classes=_CLASSES)}
    UPDATE meal_order SET state = 'FROZEN', frozen_at = :now, school = seat.school,
        building = seat.building, class_code = seat.class_code, pchvr = seat.pchvr,
        full_price = {_PRODUCTS}, discount = 0, to_pay = {_PRODUCTS}
    FROM seat
    WHERE seat.account = meal_order.account AND meal_order.day = :day
      AND meal_order.state = 'CONFIRMED' AND meal_order.is_home_study AND seat.is_home_study
    """  # noqa: S608 -- text of our own
)
_DROP_ITEMS = Query(
    f"""
    DELETE FROM order_item WHERE day = :day AND account IN ({_ACCOUNTS}) AND EXISTS (
        SELECT 1 FROM meal_order o
        WHERE o.account = order_item.account AND o.day = order_item.day
          AND o.meal_type = order_item.meal_type AND o.state = 'DEFAULTED'
    )
    """  # noqa: S608 -- text of our own
)

_DEFAULTED = """
    meal_order.class_code > :after AND meal_order.class_code <= :upto AND meal_order.day = :day
    AND meal_order.state = 'DEFAULTED' AND meal_order.frozen_at = :now
"""
_TELL_ORGANIZERS = Query(
    f"""
    {_CHANGE} SELECT meal_order.organizer_inn, {_NUMBERED}, 'DEFAULTED', {_CHANGED}
    WHERE {_DEFAULTED}
    """
)
_TELL_FAMILIES = Query(
    f"""
    INSERT INTO meal_notice (seq, code, account, day, meal_type, amount, created_at)
    SELECT (SELECT f.last_seq FROM feed f WHERE f.name = 'notices')
           + row_number() OVER (ORDER BY meal_order.account, meal_order.meal_type),
           'DEFAULT_SET', meal_order.account, meal_order.day, meal_order.meal_type,
           meal_order.to_pay, :now
    FROM meal_order WHERE {_DEFAULTED}
    ON CONFLICT (account, class_code, code, day, meal_type, reference) DO NOTHING
    """  # noqa: S608 -- text of our own
)

_LEFT = """
    meal_order.day = :day AND meal_order.state IN ('CHOSEN', 'CONFIRMED')
    AND meal_order.organizer_inn IN (SELECT inn FROM organizer)
"""
_CANCEL_LEFT = Query(
    f"""
    {_CHANGE} SELECT meal_order.organizer_inn, {_NUMBERED}, 'CANCELLED', {_CHANGED}
    WHERE {_LEFT} AND meal_order.state = 'CONFIRMED'
    """
)
_DROP_ITEMS_OF_LEFT = Query(
    f"""
    DELETE FROM order_item WHERE day = :day AND EXISTS (
        SELECT 1 FROM meal_order WHERE meal_order.account = order_item.account
          AND meal_order.meal_type = order_item.meal_type AND {_LEFT}
    )
    """  # noqa: S608 -- text of our own
)
_DROP_LEFT = Query(f"DELETE FROM meal_order WHERE {_LEFT}")  # noqa: S608 -- text of our own


def plan(transaction: Transaction, day: date) -> None:
    """Note that the choice of a day is to be frozen; once noted it stays so."""
    transaction.run(_PLAN, day=day.isoformat())


def next_day(transaction: Transaction) -> tuple[date, str] | None:
    """Return the earliest day that is not frozen to its end, and up to which class it is."""
    rows = transaction.rows(_NEXT_DAY)
    return (as_day(rows[0][0]), rows[0][1]) if rows else None


def hold(transaction: Transaction, day: date, after: str) -> bool:
    """Keep a day from other processes; False when it was taken further than `after`."""
    ((reached, frozen_at),) = transaction.rows(_PROGRESS, day=day.isoformat())
    return bool(reached == after and frozen_at is None)


def freeze(transaction: Transaction, day: date, piece: Piece, now: datetime) -> None:
    """Fix what the pupils of some classes will be given on a day."""
    text = day.isoformat()
    classes = {"day": text, "after": piece.after, "upto": piece.upto}
    moment = {"now": instant_text(now)}
    names = _hold_feeds(transaction)
    transaction.run(_PRICE_ITEMS, **classes)
    transaction.run(_CANCEL_ASTRAY, **classes, **moment)
    feed.catch_up(transaction, names)
    transaction.run(_UNCONFIRM_ASTRAY, **classes)
    transaction.run(_FREEZE, **classes, **moment)
    transaction.run(_FREEZE_HOME, **classes, **moment)
    transaction.run(_DROP_ITEMS, **classes)
    transaction.run(_TELL_ORGANIZERS, **classes, **moment)
    transaction.run(_TELL_FAMILIES, **classes, **moment)
    feed.catch_up(transaction, names)
    transaction.run(_ADVANCE, day=text, upto=piece.upto)


def finish(transaction: Transaction, day: date, now: datetime) -> None:
    """Take off what nobody can be served with, after the last class."""
    text, moment = day.isoformat(), instant_text(now)
    names = _hold_feeds(transaction)
    transaction.run(_CANCEL_LEFT, day=text, now=moment)
    feed.catch_up(transaction, names)
    transaction.run(_DROP_ITEMS_OF_LEFT, day=text)
    transaction.run(_DROP_LEFT, day=text)
    transaction.run(_FINISH, day=text, now=moment)


def _hold_feeds(transaction: Transaction) -> list[str]:
    inns = [inn for (inn,) in transaction.rows(_ORGANIZERS)]
    names = [feed.NOTICES, *map(feed.orders_of, inns)]
    feed.hold(transaction, names)
    return names
