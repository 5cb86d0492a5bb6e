"""Who is who in the schools, as the school system has told it: found by marks, never by names."""

from collections.abc import Collection
from hashlib import sha256
from typing import NamedTuple

from gateway.kernel.message import OnBehalf
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_GUARDIAN = {
    "esia": Query("SELECT id FROM guardian WHERE esia_mark = :mark AND NOT is_closed"),
    "snils": Query("SELECT id FROM guardian WHERE snils_mark = :mark AND NOT is_closed"),
}
_STAFF = {
    "esia": Query(
        "SELECT id, school FROM staff WHERE esia_mark = :mark AND role = :role AND NOT is_closed"
    ),
    "snils": Query(
        "SELECT id, school FROM staff WHERE snils_mark = :mark AND role = :role AND NOT is_closed"
    ),
}
_CHILDREN = Query(
    """
    SELECT p.account FROM guardian_pupil g JOIN pupil p ON p.id = g.pupil
    WHERE g.guardian = :guardian
    """
)
_CLASSES = Query(
    """
    SELECT l.class_code FROM staff_class l JOIN school_class c ON c.code = l.class_code
    WHERE l.staff = :staff AND NOT c.is_closed
    """
)
_MUNICIPALITIES = Query("SELECT code FROM municipality WHERE participant = :participant")
_MUNICIPALITY = Query("SELECT code FROM municipality WHERE code = :code")
_MUNICIPALITIES_OF = Query(
    """
    SELECT DISTINCT municipality FROM school
    WHERE code IN {schools:text} AND municipality IS NOT NULL
    """
)
_SCHOOLS_OF_ORGANIZER = Query(
    "SELECT DISTINCT school FROM binding WHERE organizer_inn = :organizer_inn"
)
_PLACE = Query(
    """
    SELECT p.account, c.code, c.building, s.code, s.municipality
    FROM pupil p JOIN school_class c ON c.code = p.class_code JOIN school s ON s.code = c.school
    WHERE p.account = :account
    """
)
_PLACE_OF_CLASS = Query(
    """
    SELECT NULL, c.code, c.building, s.code, s.municipality
    FROM school_class c JOIN school s ON s.code = c.school WHERE c.code = :class_code
    """
)
_PLACE_OF_SCHOOL = Query(
    "SELECT NULL, NULL, NULL, s.code, s.municipality FROM school s WHERE s.code = :school"
)
_BOUND = Query(
    "SELECT 1 FROM binding WHERE school = :school AND organizer_inn = :organizer_inn LIMIT 1"
)


class Mark(NamedTuple):
    """What a person is found by: the kind of the number, and its mark."""

    kind: str
    value: bytes


class Place(NamedTuple):
    """Where a pupil, a class or a school is; what is narrower than asked for is None."""

    account: str | None
    class_code: str | None
    building: str | None
    school: str
    municipality: str | None


class Employee(NamedTuple):
    """One of the staff of a school."""

    id: str
    school: str | None


def esia_mark(transaction: Transaction, oid: str) -> bytes:
    """Return the mark of an ESIA account."""
    return transaction.vault.mark("person.esia", oid)


def snils_mark(transaction: Transaction, digits: str) -> bytes:
    """Return the mark of a SNILS of 11 digits, the same as that of its hash in a header."""
    return transaction.vault.mark("person.snils", sha256(digits.encode()).hexdigest())


def mark_of(transaction: Transaction, behalf: OnBehalf) -> Mark:
    """Return what the person of a header is found by."""
    if behalf.esia_oid is not None:
        return Mark("esia", esia_mark(transaction, behalf.esia_oid))
    return Mark("snils", transaction.vault.mark("person.snils", behalf.snils_hash or ""))


def guardian_by(transaction: Transaction, mark: Mark) -> str | None:
    """Return the identifier of the guardian with a mark."""
    rows = transaction.rows(_GUARDIAN[mark.kind], mark=mark.value)
    return rows[0][0] if rows else None


def staff_by(transaction: Transaction, role: str, mark: Mark) -> Employee | None:
    """Return the employee with a mark in a role."""
    rows = transaction.rows(_STAFF[mark.kind], mark=mark.value, role=role)
    return Employee(*rows[0]) if rows else None


def accounts_of_guardian(transaction: Transaction, guardian: str) -> frozenset[str]:
    """Return the personal accounts of a guardian's children."""
    return frozenset(account for (account,) in transaction.rows(_CHILDREN, guardian=guardian))


def classes_of_staff(transaction: Transaction, staff: str) -> frozenset[str]:
    """Return the open classes that an employee leads."""
    return frozenset(code for (code,) in transaction.rows(_CLASSES, staff=staff))


def municipalities_of(transaction: Transaction, participant: str) -> frozenset[str]:
    """Return the municipalities whose education body a participant is."""
    return frozenset(code for (code,) in transaction.rows(_MUNICIPALITIES, participant=participant))


def is_municipality(transaction: Transaction, code: str) -> bool:
    """Tell whether a municipality is known."""
    return bool(transaction.rows(_MUNICIPALITY, code=code))


def municipalities_of_schools(transaction: Transaction, schools: Collection[str]) -> frozenset[str]:
    """Return the municipalities that schools lie in."""
    rows = transaction.rows(_MUNICIPALITIES_OF, schools=sorted(schools))
    return frozenset(code for (code,) in rows)


def schools_of_organizer(transaction: Transaction, organizer_inn: str) -> frozenset[str]:
    """Return the schools that are or were bound to an organizer."""
    rows = transaction.rows(_SCHOOLS_OF_ORGANIZER, organizer_inn=organizer_inn)
    return frozenset(school for (school,) in rows)


def place_of(transaction: Transaction, account: str) -> Place | None:
    """Return where the pupil of an account is."""
    rows = transaction.rows(_PLACE, account=account)
    return Place(*rows[0]) if rows else None


def place_of_class(transaction: Transaction, class_code: str) -> Place | None:
    """Return where a class is."""
    rows = transaction.rows(_PLACE_OF_CLASS, class_code=class_code)
    return Place(*rows[0]) if rows else None


def place_of_school(transaction: Transaction, school: str) -> Place | None:
    """Return where a school is."""
    rows = transaction.rows(_PLACE_OF_SCHOOL, school=school)
    return Place(*rows[0]) if rows else None


def is_bound(transaction: Transaction, organizer_inn: str, school: str) -> bool:
    """Tell whether a school is or was bound to an organizer; days are for whoever asks."""
    return bool(transaction.rows(_BOUND, organizer_inn=organizer_inn, school=school))
