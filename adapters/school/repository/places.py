"""Schools, buildings and classes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from adapters.meals import models
from adapters.school.messages.data import ClassType, InstitutionType
from gateway.storage.database import Transaction
from gateway.storage.query import Query, replacing

_SCHOOLS = Query("SELECT code, digest, is_closed FROM school WHERE code IN {codes:text}")
_BUSY_SCHOOLS = Query(
    """
    SELECT DISTINCT school FROM school_class WHERE school IN {codes:text} AND NOT is_closed
    """
)
_CLOSE_SCHOOLS = Query(
    "UPDATE school SET is_closed = :yes, digest = NULL WHERE code IN {codes:text}"
)
_BUILDINGS = Query(
    "SELECT school, code FROM building WHERE school IN {schools:text} AND NOT is_closed"
)
_CLOSE_BUILDINGS = Query("UPDATE building SET is_closed = :yes WHERE school IN {schools:text}")
_CLASSES = Query(
    "SELECT code, digest, is_closed, school FROM school_class WHERE code IN {codes:text}"
)
_BUSY_CLASSES = Query(
    """
    SELECT DISTINCT class_code FROM pupil
    WHERE class_code IN {codes:text} AND (until IS NULL OR until >= :day)
    """
)
_CLOSE_CLASSES = Query(
    """
    UPDATE school_class SET is_closed = :yes, digest = NULL, entry = :entry
    WHERE code IN {codes:text}
    """
)
_OPEN_CLASSES = Query(
    "SELECT code FROM school_class WHERE school = :school AND NOT is_closed ORDER BY code"
)
_MUNICIPALITY_COLUMNS = ("code", "name")
_SCHOOL_COLUMNS = ("code", "name", "short_name", "inn", "municipality", "is_closed", "digest")
_BUILDING_COLUMNS = ("school", "code", "name", "address", "is_closed")
_CLASS_COLUMNS = (
    "code",
    "school",
    "building",
    "name",
    "parallel",
    "teacher",
    "is_closed",
    "digest",
    "entry",
)


class Kept(NamedTuple):
    """What stands of a school or class."""

    digest: bytes | None
    is_open: bool
    school: str


def schools(transaction: Transaction, codes: Sequence[str]) -> dict[str, Kept]:
    """Return the known ones of `codes`."""
    rows = transaction.rows(_SCHOOLS, codes=list(codes))
    return {code: Kept(_octets(digest), not closed, code) for code, digest, closed in rows}


def open_schools(transaction: Transaction, codes: Iterable[str]) -> frozenset[str]:
    """Return those of `codes` that are known and not closed."""
    known = schools(transaction, sorted(set(codes)))
    return frozenset(code for code, kept in known.items() if kept.is_open)


def busy_schools(transaction: Transaction, codes: Sequence[str]) -> frozenset[str]:
    """Return the schools that have open classes."""
    return _first(transaction.rows(_BUSY_SCHOOLS, codes=list(codes)))


def put_schools(
    transaction: Transaction,
    records: Sequence[InstitutionType],
    digests: Mapping[str, bytes],
    *,
    whole: bool,
) -> None:
    """Store schools with their buildings; `whole` closes the buildings that are not named."""
    transaction.insert(
        models.municipality,
        _MUNICIPALITY_COLUMNS,
        [(code, code) for code in sorted({one.municipality_code for one in records})],
        "DO NOTHING",
    )
    transaction.insert(
        models.school,
        _SCHOOL_COLUMNS,
        [
            (
                one.school_code,
                one.full_name,
                one.short_name,
                one.inn,
                one.municipality_code,
                False,
                digests[one.school_code],
            )
            for one in records
        ],
        replacing(("code",), _SCHOOL_COLUMNS),
    )
    if whole:
        codes = [one.school_code for one in records]
        transaction.run(_CLOSE_BUILDINGS, schools=codes, yes=True)
    transaction.insert(
        models.building,
        _BUILDING_COLUMNS,
        [
            (one.school_code, building.building_code, building.name, building.address, False)
            for one in records
            for building in one.building
        ],
        replacing(("school", "code"), _BUILDING_COLUMNS),
    )


def close_schools(transaction: Transaction, codes: Sequence[str]) -> None:
    """Close schools."""
    transaction.run(_CLOSE_SCHOOLS, codes=list(codes), yes=True)


def buildings(transaction: Transaction, codes: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return (school, building) of all open buildings of some schools."""
    rows = transaction.rows(_BUILDINGS, schools=sorted(set(codes)))
    return frozenset((school, code) for school, code in rows)


def classes(transaction: Transaction, codes: Iterable[str]) -> dict[str, Kept]:
    """Return the known ones of `codes`."""
    rows = transaction.rows(_CLASSES, codes=sorted(set(codes)))
    return {
        code: Kept(_octets(digest), not closed, school) for code, digest, closed, school in rows
    }


def busy_classes(transaction: Transaction, codes: Sequence[str], day: str) -> frozenset[str]:
    """Return the classes that have pupils on `day` or later."""
    return _first(transaction.rows(_BUSY_CLASSES, codes=list(codes), day=day))


def put_classes(
    transaction: Transaction,
    records: Sequence[ClassType],
    digests: Mapping[str, bytes],
    entry: int,
) -> None:
    """Store classes."""
    transaction.insert(
        models.school_class,
        _CLASS_COLUMNS,
        [
            (
                one.class_code,
                one.school_code,
                one.building_code or "",
                one.class_name,
                one.parallel,
                one.teacher_id,
                False,
                digests[one.class_code],
                entry,
            )
            for one in records
        ],
        replacing(("code",), _CLASS_COLUMNS),
    )


def close_classes(transaction: Transaction, codes: Sequence[str], entry: int) -> None:
    """Close classes."""
    transaction.run(_CLOSE_CLASSES, codes=list(codes), yes=True, entry=entry)


def open_classes(transaction: Transaction, school: str) -> list[str]:
    """Return the codes of a school's open classes, in order."""
    return [code for (code,) in transaction.rows(_OPEN_CLASSES, school=school)]


def _octets(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)


def _first(rows: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(value for (value,) in rows)
