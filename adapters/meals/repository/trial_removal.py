"""Schools made for sessions of trials: how they go when the sessions are over (JOB-21).

What is appended for ever stays: debits and their entries of the ledger, changes of orders.
"""

from collections.abc import Collection

from gateway.storage.database import Transaction
from gateway.storage.query import Query

_POSTED = Query(
    """
    SELECT DISTINCT a.number FROM personal_account a JOIN ledger_balance b ON b.account = a.number
    WHERE a.school_code IN {schools:text}
    """
)
_PUPILS = "SELECT number FROM personal_account WHERE school_code IN {schools:text}"
_REQUESTS = "SELECT id FROM class_request WHERE school IN {schools:text}"
_BINDINGS = "SELECT id FROM binding WHERE school IN {schools:text}"
_STAFF = "SELECT id FROM staff WHERE school IN {schools:text}"
_MADE = "SELECT id FROM complex_revision WHERE organizer_inn = :inn AND code LIKE :mark"
_OF_SCHOOLS = tuple(
    Query(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608 -- text of our own
    for table, condition in (
        ("order_item", f"account IN ({_PUPILS})"),
        ("meal_order", f"account IN ({_PUPILS})"),
        ("attendance", f"account IN ({_PUPILS})"),
        ("request_line", f"request_id IN ({_REQUESTS})"),
        ("class_request", "school IN {schools:text}"),
        ("unformed_class", "school IN {schools:text}"),
        ("pupil_meal", f"account IN ({_PUPILS})"),
        ("pupil_setting", f"account IN ({_PUPILS})"),
        ("pupil", f"account IN ({_PUPILS})"),
        ("offer", "school IN {schools:text}"),
        ("staff_class", f"staff IN ({_STAFF})"),
        ("staff", "school IN {schools:text}"),
        ("binding_menu_type", f"binding IN ({_BINDINGS})"),
        ("binding", "school IN {schools:text}"),
        ("credit_limit", "school IN {schools:text}"),
        ("meal_schedule", "school IN {schools:text}"),
        ("meal_schedule_version", "school IN {schools:text}"),
        ("school_class", "school IN {schools:text}"),
        ("building", "school IN {schools:text}"),
    )
)
_OF_MARK = tuple(
    Query(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608 -- text of our own
    for table, condition in (
        ("complex_dish", f"complex_id IN ({_MADE})"),
        ("complex_pchvr", f"complex_id IN ({_MADE})"),
        ("complex_revision", "organizer_inn = :inn AND code LIKE :mark"),
        ("dish", "organizer_inn = :inn AND code LIKE :mark"),
        ("additional_item_school", "organizer_inn = :inn AND code LIKE :mark"),
        ("additional_item_meal", "organizer_inn = :inn AND code LIKE :mark"),
        ("additional_item", "organizer_inn = :inn AND code LIKE :mark"),
    )
)
_OF_PLACES = tuple(
    Query(f"DELETE FROM {table} WHERE {column} IN {{names:text}}")  # noqa: S608 -- text of our own
    for table, column in (
        ("directory_item", "municipality"),
        ("directory_version", "municipality"),
        ("municipality", "code"),
    )
)
_PUBLICATIONS = Query("DELETE FROM publication WHERE sender IN {names:text}")
_TRIALS = Query("DELETE FROM trial_account WHERE number IN {numbers:text}")
_ACCOUNTS = Query("DELETE FROM personal_account WHERE number IN {numbers:text}")
_CLOSE_ACCOUNTS = Query(
    "UPDATE personal_account SET status = 'CLOSED' WHERE number IN {numbers:text}"
)
_OF = Query("SELECT number FROM personal_account WHERE school_code IN {schools:text}")
_SCHOOLS = Query(
    """
    DELETE FROM school WHERE code IN {schools:text}
      AND NOT EXISTS (SELECT 1 FROM personal_account a WHERE a.school_code = school.code)
    """
)
_CLOSE_SCHOOLS = Query(
    "UPDATE school SET is_closed = true, municipality = NULL WHERE code IN {schools:text}"
)


def remove(
    transaction: Transaction,
    schools: Collection[str],
    municipalities: Collection[str],
    marks: Collection[tuple[str, str]],
) -> None:
    """Remove schools with all that was made in them; close what the books ask for.

    `marks` are pairs of an organizer's INN and of how his codes of a session begin: also what he
    has imported himself under such codes goes.
    """
    if not schools:
        return
    places = {"schools": sorted(schools)}
    for query in _OF_SCHOOLS:
        transaction.run(query, **places)
    for inn, mark in marks:
        for query in _OF_MARK:
            transaction.run(query, inn=inn, mark=f"{mark}-%")
    transaction.run(_PUBLICATIONS, names=sorted(mark for _, mark in marks))
    for query in _OF_PLACES:
        transaction.run(query, names=sorted(municipalities))
    kept = {number for (number,) in transaction.rows(_POSTED, **places)}
    gone = sorted({number for (number,) in transaction.rows(_OF, **places)} - kept)
    transaction.run(_TRIALS, numbers=gone)
    transaction.run(_ACCOUNTS, numbers=gone)
    transaction.run(_CLOSE_ACCOUNTS, numbers=sorted(kept))
    transaction.run(_SCHOOLS, **places)
    transaction.run(_CLOSE_SCHOOLS, **places)
