"""A day that is ready to be debited: orders, class requests, money on the accounts.

For demonstrations and benchmarks: nobody has chosen and nobody has paid.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from adapters.meals import models
from adapters.meals.ledger import MealsLedger
from adapters.meals.reconcile import INVENTED
from adapters.meals.region.rows import NO_MESSAGE, identifier
from adapters.meals.repository.menu import offers_of
from gateway.adapter import Posting, PostingKind
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_BATCH = 5_000
_PARTS = 16
_PART = Decimal("150.00")

# Of ten parents three choose another complex, three confirm that of the day, four do nothing.
_ORDER = Query(
    f"""
    INSERT INTO meal_order (
        account, day, meal_type, organizer_inn, school, building, class_code, complex_id,
        complex_code, source, state, full_price, discount, to_pay, pchvr, is_home_study,
        chosen_at, confirmed_at, frozen_at, entry
    )
    WITH {offers_of()},
    choice AS (
        SELECT o.account, o.class_code, o.school, o.building, o.organizer_inn, o.pchvr,
               o.meal_type, o.complex_id, o.complex_code, o.full_price, o.discount,
               substr(o.account, 9, 1) < '6' AS is_chosen,
               row_number() OVER (
                   PARTITION BY o.account, o.meal_type
                   ORDER BY CASE WHEN (substr(o.account, 9, 1) < '3') = o.is_default
                       THEN 1 ELSE 0 END, o.complex_code
               ) AS place
        FROM offered o
        WHERE NOT o.is_home_study
    )
    SELECT c.account, d.day, c.meal_type, c.organizer_inn, c.school, c.building, c.class_code,
           c.complex_id, c.complex_code,
           CASE WHEN c.is_chosen THEN 'PARENT' ELSE 'DEFAULT' END,
           CASE WHEN c.is_chosen THEN 'FROZEN' ELSE 'DEFAULTED' END,
           c.full_price, c.discount, c.full_price - c.discount, c.pchvr, FALSE,
           d.frozen_at, CASE WHEN c.is_chosen THEN d.frozen_at END, d.frozen_at, 0
    FROM choice c
    JOIN meal_day d ON d.day = :day
    WHERE c.place = 1
    ON CONFLICT DO NOTHING
    """  # noqa: S608 -- text of our own
)
_CLASSES = Query(
    """
    SELECT DISTINCT o.class_code, o.school, o.building, coalesce(c.teacher, '')
    FROM meal_order o JOIN school_class c ON c.code = o.class_code
    WHERE o.day = :day
    ORDER BY o.class_code
    """
)
# One in seventeen is ill.
_REQUEST = Query(
    """
    INSERT INTO request_line (
        request_id, account, meal_type, organizer_inn, complex_id, complex_code, source,
        is_present, is_included, is_over_credit, full_price, discount, to_pay, pchvr
    )
    WITH allowed AS (
        SELECT l.school, l.amount FROM credit_limit l
        WHERE l.valid_from = (
            SELECT max(k.valid_from) FROM credit_limit k
            WHERE k.school = l.school AND k.valid_from <= :day
        )
    ),
    line AS (
        SELECT r.id AS request_id, o.account, o.meal_type, o.organizer_inn, o.complex_id,
               o.complex_code, o.source, o.full_price, o.discount, o.to_pay, o.pchvr,
               (CAST(substr(o.account, 2, 8) AS integer) + :shift) % 17 > 0 AS is_present,
               coalesce(b.balance, 0) - o.to_pay < -coalesce(a.amount, 0) AS is_over_credit
        FROM meal_order o
        JOIN class_request r ON r.class_code = o.class_code AND r.day = o.day
        LEFT JOIN allowed a ON a.school = o.school
        LEFT JOIN ledger_balance b
            ON b.account = o.account AND b.organizer_inn = o.organizer_inn
        WHERE o.day = :day
    )
    SELECT request_id, account, meal_type, organizer_inn, complex_id, complex_code, source,
           is_present, is_present, is_over_credit, full_price, discount, to_pay, pchvr
    FROM line
    WHERE TRUE
    ON CONFLICT DO NOTHING
    """
)
_ACCOUNTS = Query(
    """
    SELECT number, organizer_inn FROM personal_account
    WHERE number > :after AND organizer_inn IS NOT NULL AND status <> 'CLOSED'
    ORDER BY number LIMIT :limit
    """
)


def fill_day(transaction: Transaction, day: date, now: datetime) -> int:
    """Enter frozen orders and formed class requests of a published day; return new request lines.

    Pupils at home have none. Balances are looked at as they are: `top_up` comes first.
    """
    transaction.for_report()
    order_day(transaction, day, now)
    _form(transaction, day, now)
    return transaction.run(_REQUEST, day=day.isoformat(), shift=day.toordinal())


def order_day(transaction: Transaction, day: date, now: datetime) -> int:
    """Enter frozen orders of a published day for everybody who is at school; return how many."""
    transaction.insert(models.meal_day, ("day", "frozen_at"), [(day, now)], "DO NOTHING")
    return transaction.run(_ORDER, day=day.isoformat())


def top_up(transaction: Transaction, day: date, now: datetime) -> int:
    """Put from 0 to 2,250 roubles on every account, once; return how many accounts got some."""
    ledger = MealsLedger(transaction)
    count, after = 0, ""
    while page := transaction.rows(_ACCOUNTS, after=after, limit=_BATCH):
        postings = _postings(page, day)
        known = ledger.posted([posting.source for posting in postings])
        new = [posting for posting in postings if posting.source not in known]
        ledger.post(new, now)
        count, after = count + len(new), page[-1][0]
    return count


def _form(transaction: Transaction, day: date, now: datetime) -> None:
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
            "entry",
        ),
        [
            (
                identifier("request", class_code, day),
                school,
                building,
                class_code,
                day,
                "FORMED",
                1,
                now,
                teacher,
                NO_MESSAGE,
            )
            for class_code, school, building, teacher in transaction.rows(
                _CLASSES, day=day.isoformat()
            )
        ],
        "DO NOTHING",
    )


def _postings(page: Sequence[tuple[str, str]], day: date) -> list[Posting]:
    return [
        Posting(
            account=account,
            organizer_inn=inn,
            amount=amount,
            kind=PostingKind.TOP_UP,
            source=f"{INVENTED}{account}",
            business_date=day,
            entry=NO_MESSAGE,
        )
        for account, inn in page
        if (amount := int(account[1:9]) * 7 % _PARTS * _PART)
    ]
