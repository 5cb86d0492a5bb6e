"""Pupils, guardians and staff: names and dates sealed, numbers kept as marks only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from adapters.meals import models
from adapters.meals.names import FullName
from adapters.meals.repository import people
from adapters.school.messages.data import GuardianType, PupilType, StaffType
from gateway.kernel.identifiers import normalize_snils
from gateway.storage.database import Transaction
from gateway.storage.query import Query, replacing

_PUPILS = Query(
    """
    SELECT p.id, p.digest, p.account, p.until, c.school
    FROM pupil p LEFT JOIN school_class c ON c.code = p.class_code
    WHERE p.id IN {ids:text}
    """
)
_CLOSE_PUPILS = Query(
    """
    UPDATE pupil SET until = CASE WHEN since > :last THEN since ELSE :last END, entry = :entry
    WHERE id IN {ids:text}
    """
)
_OPEN_PUPILS = Query(
    """
    SELECT p.id FROM pupil p JOIN school_class c ON c.code = p.class_code
    WHERE c.school = :school AND (:class_code = '' OR c.code = :class_code)
      AND (p.until IS NULL OR p.until >= :day)
    ORDER BY p.id
    """
)
_GUARDIANS = Query("SELECT id, digest, is_closed FROM guardian WHERE id IN {ids:text}")
_DROP_LINKS = Query("DELETE FROM guardian_pupil WHERE guardian IN {ids:text}")
_CLOSE_GUARDIANS = Query(
    "UPDATE guardian SET is_closed = :yes, entry = :entry WHERE id IN {ids:text}"
)
_GUARDIANS_OF = Query(
    """
    SELECT DISTINCT g.guardian FROM guardian_pupil g
    JOIN pupil p ON p.id = g.pupil JOIN school_class c ON c.code = p.class_code
    WHERE c.school = :school AND (:class_code = '' OR c.code = :class_code)
    ORDER BY g.guardian
    """
)
_DROP_LINKS_OF = Query(
    """
    DELETE FROM guardian_pupil WHERE guardian IN {ids:text} AND pupil IN (
        SELECT p.id FROM pupil p JOIN school_class c ON c.code = p.class_code
        WHERE c.school = :school AND (:class_code = '' OR c.code = :class_code)
    )
    """
)
_LINKED = Query("SELECT DISTINCT guardian FROM guardian_pupil WHERE guardian IN {ids:text}")
_STAFF = Query("SELECT id, digest, is_closed FROM staff WHERE id IN {ids:text}")
_DROP_CLASSES = Query("DELETE FROM staff_class WHERE staff IN {ids:text}")
_CLOSE_STAFF = Query("UPDATE staff SET is_closed = :yes, entry = :entry WHERE id IN {ids:text}")
_STAFF_OF = Query(
    """
    SELECT s.id FROM staff s WHERE NOT s.is_closed AND (
        s.school = :school OR EXISTS (
            SELECT 1 FROM staff_class l JOIN school_class c ON c.code = l.class_code
            WHERE l.staff = s.id AND c.school = :school
        )
    )
    ORDER BY s.id
    """
)
_PUPIL_COLUMNS = (
    "id",
    "account",
    "name",
    "birth_date",
    "snils_mark",
    "class_code",
    "since",
    "until",
    "is_home_study",
    "digest",
    "entry",
)
_GUARDIAN_COLUMNS = ("id", "name", "snils_mark", "esia_mark", "is_closed", "digest", "entry")
_STAFF_COLUMNS = (
    "id",
    "name",
    "snils_mark",
    "esia_mark",
    "role",
    "school",
    "is_closed",
    "digest",
    "entry",
)


class Kept(NamedTuple):
    """What stands of a pupil."""

    digest: bytes
    account: str
    until: date | str | None
    school: str | None

    def is_open(self, day: date) -> bool:
        """Tell whether the pupil learns on `day` or later."""
        return self.until is None or str(self.until) >= day.isoformat()


def pupils(transaction: Transaction, ids: Iterable[str]) -> dict[str, Kept]:
    """Return the known ones of `ids`."""
    rows = transaction.rows(_PUPILS, ids=sorted(set(ids)))
    return {key: Kept(bytes(digest), *rest) for key, digest, *rest in rows}


def put_pupils(
    transaction: Transaction,
    records: Sequence[PupilType],
    accounts: Mapping[str, str],
    digests: Mapping[str, bytes],
    entry: int,
) -> None:
    """Store pupils with the accounts they have or were given, by their identifiers."""
    vault = transaction.vault
    transaction.insert(
        models.pupil,
        _PUPIL_COLUMNS,
        [
            (
                one.pupil_id,
                accounts[one.pupil_id],
                vault.seal("pupil.name", FullName.of(one.name).kept),
                vault.seal("pupil.birth_date", one.birth_date.isoformat()),
                _snils(transaction, one.snils),
                one.class_code,
                one.from_value,
                one.to,
                bool(one.home_study),
                digests[one.pupil_id],
                entry,
            )
            for one in records
        ],
        replacing(("id",), _PUPIL_COLUMNS, kept=("account",)),
    )


def close_pupils(transaction: Transaction, ids: Sequence[str], last: str, entry: int) -> None:
    """Let pupils learn up to `last` at most; one who has not begun yet goes on the first day."""
    transaction.run(_CLOSE_PUPILS, ids=list(ids), last=last, entry=entry)


def open_pupils(transaction: Transaction, school: str, class_code: str, day: str) -> list[str]:
    """Return who learns in a school, or in one class of it, on `day` or later."""
    rows = transaction.rows(_OPEN_PUPILS, school=school, class_code=class_code, day=day)
    return [key for (key,) in rows]


def guardians(transaction: Transaction, ids: Iterable[str]) -> dict[str, tuple[bytes, bool]]:
    """Return digest and openness of the known ones of `ids`."""
    return _standing(transaction, _GUARDIANS, ids)


def put_guardians(
    transaction: Transaction,
    records: Sequence[GuardianType],
    digests: Mapping[str, bytes],
    entry: int,
) -> None:
    """Store guardians with the pupils they represent now."""
    vault = transaction.vault
    transaction.insert(
        models.guardian,
        _GUARDIAN_COLUMNS,
        [
            (
                one.guardian_id,
                vault.seal("guardian.name", FullName.of(one.name).kept),
                _snils(transaction, one.snils),
                _esia(transaction, one.esia_oid),
                False,
                digests[one.guardian_id],
                entry,
            )
            for one in records
        ],
        replacing(("id",), _GUARDIAN_COLUMNS),
    )
    transaction.run(_DROP_LINKS, ids=[one.guardian_id for one in records])
    transaction.insert(
        models.guardian_pupil,
        ("guardian", "pupil", "relation"),
        [
            (one.guardian_id, pupil, one.relation.value)
            for one in records
            for pupil in sorted(set(one.pupil_id))
        ],
    )


def close_guardians(transaction: Transaction, ids: Sequence[str], entry: int) -> None:
    """Close guardians: they represent nobody any more."""
    transaction.run(_DROP_LINKS, ids=list(ids))
    transaction.run(_CLOSE_GUARDIANS, ids=list(ids), yes=True, entry=entry)


def unlink_guardians(
    transaction: Transaction, ids: Sequence[str], school: str, class_code: str, entry: int
) -> None:
    """End what guardians have with pupils of a school or class; close who represents nobody."""
    transaction.run(_DROP_LINKS_OF, ids=list(ids), school=school, class_code=class_code)
    linked = {key for (key,) in transaction.rows(_LINKED, ids=list(ids))}
    close_guardians(transaction, [key for key in ids if key not in linked], entry)


def guardians_of(transaction: Transaction, school: str, class_code: str) -> list[str]:
    """Return who represents pupils of a school, or of one class of it."""
    rows = transaction.rows(_GUARDIANS_OF, school=school, class_code=class_code)
    return [key for (key,) in rows]


def staff(transaction: Transaction, ids: Iterable[str]) -> dict[str, tuple[bytes, bool]]:
    """Return digest and openness of the known ones of `ids`."""
    return _standing(transaction, _STAFF, ids)


def put_staff(
    transaction: Transaction,
    records: Sequence[StaffType],
    digests: Mapping[str, bytes],
    entry: int,
) -> None:
    """Store staff with the classes they lead now."""
    vault = transaction.vault
    transaction.insert(
        models.staff,
        _STAFF_COLUMNS,
        [
            (
                one.staff_id,
                vault.seal("staff.name", FullName.of(one.name).kept),
                _snils(transaction, one.snils),
                _esia(transaction, one.esia_oid),
                one.role.value,
                one.school_code,
                False,
                digests[one.staff_id],
                entry,
            )
            for one in records
        ],
        replacing(("id",), _STAFF_COLUMNS),
    )
    transaction.run(_DROP_CLASSES, ids=[one.staff_id for one in records])
    transaction.insert(
        models.staff_class,
        ("staff", "class_code"),
        [(one.staff_id, code) for one in records for code in sorted(set(one.class_code))],
    )


def close_staff(transaction: Transaction, ids: Sequence[str], entry: int) -> None:
    """Close staff: they act for nobody any more."""
    transaction.run(_DROP_CLASSES, ids=list(ids))
    transaction.run(_CLOSE_STAFF, ids=list(ids), yes=True, entry=entry)


def staff_of(transaction: Transaction, school: str) -> list[str]:
    """Return the open staff of a school or of its classes."""
    return [key for (key,) in transaction.rows(_STAFF_OF, school=school)]


def _standing(
    transaction: Transaction, query: Query, ids: Iterable[str]
) -> dict[str, tuple[bytes, bool]]:
    rows = transaction.rows(query, ids=sorted(set(ids)))
    return {key: (bytes(digest), not closed) for key, digest, closed in rows}


def _snils(transaction: Transaction, snils: str | None) -> bytes | None:
    return None if snils is None else people.snils_mark(transaction, normalize_snils(snils))


def _esia(transaction: Transaction, oid: str | None) -> bytes | None:
    return None if oid is None else people.esia_mark(transaction, oid)
