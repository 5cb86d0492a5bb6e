"""Personal accounts: issued once for life, standing where their pupils sit (H-16)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from adapters.meals import models
from adapters.meals.repository import feed
from adapters.meals.repository.menu import CLASS_SEATS
from gateway.kernel.identifiers import issue_account
from gateway.storage.database import Transaction
from gateway.storage.query import Query, replacing

_SERIALS = "accounts"
"""The feed that serial numbers of accounts are taken from."""

_TAKEN = Query("SELECT number FROM personal_account WHERE number IN {numbers:text}")


def _following(*, classes: str = "1 = 1", pupils: str = "1 = 1") -> Query:
    """Write the statement that lets accounts of some pupils stand where those sit on `:day`."""
    return Query(
        f"""
        UPDATE personal_account SET organizer_inn = n.organizer_inn, school_code = n.school,
            class_name = n.name
        FROM (
            WITH {CLASS_SEATS.format(classes=classes)}
            SELECT p.account, c.school, c.name, b.organizer_inn
            FROM class_seat c JOIN pupil p ON p.class_code = c.code
            LEFT JOIN binding b ON b.id = c.binding
            WHERE p.since <= :day AND (p.until IS NULL OR p.until >= :day) AND {pupils}
        ) AS n
        WHERE personal_account.number = n.account AND (
            coalesce(personal_account.organizer_inn, '') <> coalesce(n.organizer_inn, '')
            OR personal_account.school_code <> n.school OR personal_account.class_name <> n.name
        )
        """  # noqa: S608 -- text of our own
    )


_FOLLOW_ALL = _following()
_FOLLOW_SCHOOL = _following(classes="c.school = :school")
_FOLLOW_CLASSES = _following(classes="c.code IN {codes:text}")
_FOLLOW = _following(
    classes="c.code IN (SELECT i.class_code FROM pupil i WHERE i.account IN {numbers:text})",
    pupils="p.account IN {numbers:text}",
)
_HOLDERS = Query(
    """
    SELECT c.code, c.school, c.name FROM school_class c WHERE c.code IN {codes:text}
    """
)
_COLUMNS = ("number", "status", "pupil_mask", "class_name", "school_code")


class Holder(NamedTuple):
    """Whose an account is, as a bank may see it."""

    number: str
    mask: str
    class_code: str


def issue(transaction: Transaction, count: int) -> list[str]:
    """Return new account numbers that nobody has."""
    issued: list[str] = []
    while len(issued) < count:
        wanted = count - len(issued)
        last = feed.hold(transaction, [_SERIALS])[_SERIALS]
        feed.advance(transaction, _SERIALS, last + wanted)
        numbers = [issue_account(serial) for serial in range(last, last + wanted)]
        taken = {number for (number,) in transaction.rows(_TAKEN, numbers=numbers)}
        issued += [number for number in numbers if number not in taken]
    return issued


def put(transaction: Transaction, holders: Sequence[Holder]) -> None:
    """Open accounts, or rename those that are there; a closed one stays closed."""
    codes = sorted({holder.class_code for holder in holders})
    places = {
        code: (school, name) for code, school, name in transaction.rows(_HOLDERS, codes=codes)
    }
    transaction.insert(
        models.personal_account,
        _COLUMNS,
        [
            (
                holder.number,
                "OPEN",
                holder.mask,
                places[holder.class_code][1],
                places[holder.class_code][0],
            )
            for holder in holders
        ],
        replacing(("number",), _COLUMNS, kept=("status",)),
    )


def follow(transaction: Transaction, numbers: Sequence[str], day: date) -> int:
    """Let accounts stand with who feeds their pupils on `day`; return how many changed."""
    return transaction.run(_FOLLOW, numbers=list(numbers), day=day.isoformat())


def follow_classes(transaction: Transaction, codes: Sequence[str], day: date) -> int:
    """Do the same for all pupils of some classes."""
    return transaction.run(_FOLLOW_CLASSES, codes=list(codes), day=day.isoformat())


def follow_school(transaction: Transaction, school: str, day: date) -> int:
    """Do the same for all pupils of a school."""
    return transaction.run(_FOLLOW_SCHOOL, school=school, day=day.isoformat())


def follow_all(transaction: Transaction, day: date) -> int:
    """Do the same for all pupils."""
    return transaction.run(_FOLLOW_ALL, day=day.isoformat())
