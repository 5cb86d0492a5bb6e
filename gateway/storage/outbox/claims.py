"""The deliverer's side of an outbox: claim what is due, settle what was tried.

Why two deliverers never hold letters of one key at once: a candidate's row is locked first
(SKIP LOCKED), and only then, in a fresh look, is it asked whether an earlier letter of its key
still stands in line. On SQLite a writing transaction is alone anyway.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.storage.database import Transaction
from gateway.storage.outbox.errors import LetterUnknown
from gateway.storage.outbox.letter import Delivery, Settlement, State
from gateway.storage.outbox.tables import CLAIMED, IN_LINE, WAITING, Outbox

CANDIDATES = 64
"""Rows looked at in one go; those that wait for an earlier letter are put aside."""
LOOK_AGAIN = timedelta(seconds=5)
"""When a letter is looked at again whose predecessor is being sent. It is usually called forth
sooner, by the settlement of that one."""
LONG_WAIT = timedelta(hours=1)
"""The same behind a letter that an operator has to decide about; his command calls it forth."""

_ATTEMPT_COLUMNS = ("letter", "number", "started_at", "ended_at", "verdict", "code", "note")
_SETTLED_COLUMNS = (
    "state",
    "due_at",
    "in_line",
    "ended_at",
    "claimed_by",
    "claimed_at",
    "lease_until",
)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims, and how much he can carry."""

    owner: str
    """Host and process, for people."""
    channels: Collection[str]
    lease: timedelta
    """How long a claim holds unless it is renewed."""
    together: int
    """How many letters he carries at a time."""
    per_address: int
    """Of these, to one address."""


def is_quiet(box: Outbox, transaction: Transaction, channels: Iterable[str], now: datetime) -> bool:
    """Tell whether there is nothing to claim, to take over or to expire: a look without locks."""
    d = box.delivery.c
    expired = sa.select(d.letter).where(WAITING, d.deadline <= now)
    lost = sa.select(d.letter).where(CLAIMED, d.lease_until <= now)
    some = sa.select(sa.or_(sa.exists(expired), sa.exists(lost)))
    if transaction.execute(some).scalar_one():
        return False
    return not _ready(box, transaction, channels, now)


def claim(
    box: Outbox,
    transaction: Transaction,
    claimant: Claimant,
    carried: Mapping[str, int],
    now: datetime,
) -> list[Delivery]:
    """Claim the heads of their keys that are due at addresses that take letters, oldest first.

    `carried` is how many letters the claimant has in hand already, by address.
    """
    claimed: list[int] = []
    hands = claimant.together - sum(carried.values())
    for address, open_until in _ready(box, transaction, claimant.channels, now):
        room = min(hands - len(claimed), claimant.per_address - carried.get(address, 0))
        if room <= 0:
            continue
        if open_until is None:
            claimed += _claim_at(box, transaction, claimant, address, room, now)
        elif _hold_the_breaker(box, transaction, address, now):
            probe = _claim_at(box, transaction, claimant, address, 1, now)
            if probe:
                _open(box, transaction, address, now + claimant.lease)
            claimed += probe
    return _read(box, transaction, claimed)


def still_claimed(
    box: Outbox, transaction: Transaction, deliveries: Iterable[Delivery]
) -> set[int]:
    """Lock those whose claim still stands and return them; the others were taken over."""
    attempts = {one.letter: one.attempt for one in deliveries}
    d = box.delivery.c
    rows = transaction.execute(
        sa.select(d.letter, d.attempts)
        .where(d.letter.in_(attempts), CLAIMED)
        .order_by(d.letter)
        .with_for_update()
    )
    return {row.letter for row in rows if attempts[row.letter] == row.attempts}


def settle(
    box: Outbox, transaction: Transaction, settlements: Sequence[Settlement], now: datetime
) -> None:
    """Write the attempts and what becomes of their deliveries; call forth who waited behind.

    Only for deliveries that `still_claimed`, `lost` or `overdue` has just locked.
    """
    transaction.insert(
        box.attempt,
        _ATTEMPT_COLUMNS,
        [(*one.attempt[:4], one.attempt.verdict.value, *one.attempt[5:]) for one in settlements],
    )
    transaction.update(
        box.delivery,
        ("letter",),
        _SETTLED_COLUMNS,
        [
            (
                one.attempt.letter,
                one.state.value,
                one.due_at,
                one.in_line,
                None if one.state is State.WAITING else now,
                None,
                None,
                None,
            )
            for one in settlements
        ],
    )
    call_forth(box, transaction, [one.key for one in settlements if not one.in_line], now)


def call_forth(box: Outbox, transaction: Transaction, keys: Collection[str], now: datetime) -> None:
    """Make the first letter in line of each key due now, or at its own time."""
    heads = [letter for letter, _ in _heads(box, transaction, keys).values()]
    if heads:
        d = box.delivery.c
        # Even one that is due already: somebody may be putting it aside at this moment.
        transaction.execute(
            sa.update(box.delivery)
            .where(d.letter.in_(heads), WAITING)
            .values(due_at=sa.case((d.not_before > now, d.not_before), else_=now))
        )


def renew(
    box: Outbox, transaction: Transaction, deliveries: Iterable[Delivery], until: datetime
) -> None:
    """Hold claims for longer; those that were taken over are left alone."""
    transaction.update(
        box.delivery,
        ("letter", "attempts", "state"),
        ("lease_until",),
        [(one.letter, one.attempt, State.CLAIMED.value, until) for one in deliveries],
    )


def lost(box: Outbox, transaction: Transaction, now: datetime) -> list[Delivery]:
    """Lock and return claims whose lease has run out: their process is gone."""
    d = box.delivery.c
    return _locked(box, transaction, sa.and_(CLAIMED, d.lease_until <= now))


def overdue(box: Outbox, transaction: Transaction, now: datetime) -> list[Delivery]:
    """Lock and return waiting deliveries whose deadline has come."""
    d = box.delivery.c
    return _locked(box, transaction, sa.and_(WAITING, d.deadline <= now))


def find(box: Outbox, transaction: Transaction, delivery: UUID) -> Delivery:
    """Return one delivery as it stands; raise LetterUnknown."""
    letter = transaction.execute(
        sa.select(box.letter.c.letter).where(box.letter.c.id == delivery)
    ).scalar_one_or_none()
    if letter is None:
        raise LetterUnknown
    return _read(box, transaction, [letter])[0]


def expire(
    box: Outbox, transaction: Transaction, deliveries: Sequence[Delivery], now: datetime
) -> None:
    """End waiting deliveries that `overdue` has locked, without an attempt."""
    transaction.update(
        box.delivery,
        ("letter",),
        ("state", "in_line", "ended_at"),
        [(one.letter, State.EXPIRED.value, one.holds, now) for one in deliveries],
    )
    call_forth(box, transaction, [one.key for one in deliveries if not one.holds], now)


def reached(box: Outbox, transaction: Transaction, address: str) -> None:
    """Note that an address has answered: the breaker closes."""
    a = box.address.c
    transaction.execute(
        sa.update(box.address)
        .where(a.address == address, sa.or_(a.failures > 0, a.open_until.is_not(None)))
        .values(failures=0, open_until=None)
    )


def unreached(
    box: Outbox,
    transaction: Transaction,
    address: str,
    times: int,
    open_until: Callable[[int], datetime | None],
) -> datetime | None:
    """Count failures of reaching an address; return until when the breaker is open now.

    `open_until` answers for the number of failures in a row.
    """
    a = box.address.c
    failures = transaction.execute(
        sa.update(box.address)
        .where(a.address == address)
        .values(failures=a.failures + times)
        .returning(a.failures)
    ).scalar_one()
    until = open_until(failures)
    if until is not None:
        _open(box, transaction, address, until)
    return until


def _ready(
    box: Outbox, transaction: Transaction, channels: Iterable[str], now: datetime
) -> list[tuple[str, datetime | None]]:
    """Return the addresses that take letters and have some due, the longest waiting first.

    With each until when its breaker was open: it lets one letter through to see.
    """
    a, d = box.address.c, box.delivery.c
    oldest = (
        sa.select(sa.func.min(d.due_at))
        .where(d.address == a.address, WAITING, d.channel.in_(list(channels)))
        .scalar_subquery()
    )
    may = sa.and_(a.paused_at.is_(None), sa.or_(a.open_until.is_(None), a.open_until <= now))
    rows = transaction.execute(
        sa.select(a.address, a.open_until, oldest.label("oldest")).where(may)
    )
    due = [row for row in rows if row.oldest is not None and row.oldest <= now]
    return [(row.address, row.open_until) for row in sorted(due, key=lambda row: row.oldest)]


def _claim_at(
    box: Outbox,
    transaction: Transaction,
    claimant: Claimant,
    address: str,
    room: int,
    now: datetime,
) -> list[int]:
    claimed: list[int] = []
    while len(claimed) < room:
        candidates = _lock_due(box, transaction, claimant.channels, address, now)
        heads = _heads(box, transaction, {key for _, key in candidates})
        free = [letter for letter, key in candidates if heads[key][0] == letter]
        taken = free[: room - len(claimed)]
        _mark(box, transaction, claimant, taken, now)
        claimed += taken
        behind = [(letter, heads[key][1]) for letter, key in candidates if heads[key][0] != letter]
        _put_aside(box, transaction, behind, now)
        if len(candidates) < CANDIDATES:
            break
    return claimed


def _lock_due(
    box: Outbox, transaction: Transaction, channels: Iterable[str], address: str, now: datetime
) -> list[tuple[int, str]]:
    d = box.delivery.c
    rows = transaction.execute(
        sa.select(d.letter, d.key)
        .where(
            d.address == address,
            WAITING,
            d.due_at <= now,
            d.deadline > now,
            d.channel.in_(list(channels)),
        )
        .order_by(d.due_at, d.letter)
        .limit(CANDIDATES)
        .with_for_update(skip_locked=True)
    )
    return [(row.letter, row.key) for row in rows]


def _heads(
    box: Outbox, transaction: Transaction, keys: Collection[str]
) -> dict[str, tuple[int, "sa.Row[Any]"]]:
    """Return the first letter in line of each key, with its state and time."""
    if not keys:
        return {}
    d = box.delivery.c
    first = sa.select(sa.func.min(d.letter)).where(IN_LINE, d.key.in_(keys)).group_by(d.key)
    rows = transaction.execute(
        sa.select(d.key, d.letter, d.state, d.due_at).where(d.letter.in_(first))
    )
    return {row.key: (row.letter, row) for row in rows}


def _put_aside(
    box: Outbox, transaction: Transaction, behind: Sequence[tuple[int, Any]], now: datetime
) -> None:
    """Look at letters again when the one before them may have moved.

    Without this a backlog behind one letter would be gone through at every claim.
    """
    transaction.update(
        box.delivery,
        ("letter",),
        ("due_at",),
        [(letter, _worth_a_look(head.state, head.due_at, now)) for letter, head in behind],
    )


def _worth_a_look(state: str, due_at: datetime, now: datetime) -> datetime:
    if state == State.WAITING.value:
        return max(due_at, now + LOOK_AGAIN)
    return now + (LOOK_AGAIN if state == State.CLAIMED.value else LONG_WAIT)


def _mark(
    box: Outbox, transaction: Transaction, claimant: Claimant, letters: list[int], now: datetime
) -> None:
    if not letters:
        return
    d = box.delivery.c
    transaction.execute(
        sa.update(box.delivery)
        .where(d.letter.in_(letters))
        .values(
            state=State.CLAIMED.value,
            attempts=d.attempts + 1,
            claimed_by=claimant.owner,
            claimed_at=now,
            lease_until=now + claimant.lease,
        )
    )


def _hold_the_breaker(box: Outbox, transaction: Transaction, address: str, now: datetime) -> bool:
    """Lock the address for a probe; False when somebody else is at it."""
    a = box.address.c
    row = transaction.execute(
        sa.select(a.address)
        .where(a.address == address, a.open_until <= now)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return row is not None


def _open(box: Outbox, transaction: Transaction, address: str, until: datetime) -> None:
    transaction.execute(
        sa.update(box.address).where(box.address.c.address == address).values(open_until=until)
    )


def _locked(
    box: Outbox, transaction: Transaction, condition: sa.ColumnElement[bool]
) -> list[Delivery]:
    d = box.delivery.c
    rows = transaction.execute(
        sa.select(d.letter)
        .where(condition)
        .order_by(d.letter)
        .limit(CANDIDATES)
        .with_for_update(skip_locked=True)
    )
    return _read(box, transaction, list(rows.scalars()))


def _read(box: Outbox, transaction: Transaction, letters: list[int]) -> list[Delivery]:
    """Return deliveries in the order of `letters`."""
    if not letters:
        return []
    d, letter = box.delivery.c, box.letter.c
    rows = transaction.execute(
        sa.select(
            d.letter,
            letter.id,
            d.key,
            d.channel,
            d.address,
            letter.message_id,
            letter.payload,
            letter.source,
            letter.created_at,
            d.deadline,
            d.attempts,
            d.budget,
            d.holds,
            d.claimed_at,
            d.lease_until,
        )
        .join(box.letter, letter.letter == d.letter)
        .where(d.letter.in_(letters))
    )
    by_letter = {row.letter: Delivery(*row) for row in rows}
    return [by_letter[one] for one in letters]
