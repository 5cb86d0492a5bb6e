"""Booking a batch of registry lines, and taking them back: few statements, however many lines.

The caller's transaction holds the registry, so a batch is booked whole or not at all and never
twice; sources in the ledger are made of the registry and the line, so even a defect cannot
credit a line again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.bank import booking
from adapters.bank.booking import Funds, Line, Notice
from adapters.bank.repository import booking as repository
from adapters.bank.repository import registries
from adapters.bank.repository.booking import (
    REGISTRY,
    Batch,
    Booked,
    Credited,
    Identity,
    Moved,
    Result,
)
from adapters.bank.repository.registries import PaymentRegistry
from gateway.adapter import PersonalAccount, Posting, PostingKind, Work
from gateway.kernel.ports import LOCAL
from gateway.storage.database import RaceLost

Key = tuple[str, str]
"""Personal account and organizer INN."""

_ZERO = Decimal("0.00")
_COUNTERS = {
    booking.CREDITED: "credited",
    booking.CREDITED_WITHOUT_NOTICE: "credited",
    booking.ALREADY_CREDITED: "already",
    booking.AMOUNT_MISMATCH: "error",
    booking.DUPLICATE: "error",
    booking.ACCOUNT_UNKNOWN: "suspense",
    booking.ACCOUNT_CLOSED: "suspense",
    booking.SUSPENSE: "suspense",
    booking.CANCELLED: "cancelled",
}


def registry_source(registry_id: UUID) -> str:
    """Return the ledger source, but for the line number, of money that a line moved."""
    return f"registry/{registry_id}/"


def correction_source(registry_id: UUID) -> str:
    """Return the same of suspense money that a correction credited."""
    return f"correction/{registry_id}/"


def annulment_source(registry_id: UUID) -> str:
    """Return the same of the reversal of either."""
    return f"annul/{registry_id}/"


def book(work: Work, registry: PaymentRegistry, lines: Sequence[Line]) -> PaymentRegistry:
    """Book the next lines of `registry` and return it with its counters moved."""
    known = repository.notices(
        work.database, registry.bank, [line.bank_payment_id for line in lines]
    )
    at_stake = _at_stake(lines, known)
    funds = Funds(work.ledger.balances(at_stake) if at_stake else {})
    desk = _Desk(work, registry, known, funds)
    accounts = work.ledger.accounts(list({line.account for line in lines}))
    for line in lines:
        desk.book(line, accounts.get(line.account))
    repository.write(work.database, desk.batch)
    work.ledger.post(desk.postings, work.now)
    _forbid_overdraft(work, desk.taken_from)
    return desk.counted(booked_through=lines[-1].line_no)


def take_back(work: Work, registry: PaymentRegistry, limit: int) -> PaymentRegistry:
    """Reverse at most `limit` booked lines of an annulled registry and return it so far.

    The last lines first; `booked_through` of the result is 0 when nothing is left.
    """
    lines = repository.booked_through(work.database, registry.id, registry.booked_through, limit)
    work.ledger.post(
        [_reversal(work, registry, line, line.posted) for line in lines if line.posted is not None],
        work.now,
    )
    repository.release(work.database, lines)
    left = lines[-1].line_no - 1 if len(lines) == limit else 0
    return replace(registry, booked_through=left)


def store_counters(work: Work, registry: PaymentRegistry, **more: object) -> None:
    """Write the counters of `registry` and other columns."""
    names = sorted(set(_COUNTERS.values()))
    counters = {
        name: getattr(registry, name)
        for counter in names
        for name in (f"{counter}_count", f"{counter}_amount")
    }
    registries.change(
        work.database,
        registry.id,
        booked_through=registry.booked_through,
        **counters,
        **more,
    )


class _Moved(NamedTuple):
    """What a line did to its payment, as it is written on the line."""

    payment_id: Identity | None = None
    payment_was: str | None = None
    posted: Decimal | None = None
    posted_to: str | None = None


_UNMOVED = _Moved()


class _Desk:
    """Decides lines one after another and gathers what is to be written."""

    def __init__(
        self,
        work: Work,
        registry: PaymentRegistry,
        known: Mapping[str, Notice],
        funds: Funds,
    ) -> None:
        self.batch = Batch()
        self.postings: list[Posting] = []
        self.taken_from: set[Key] = set()
        self._work = work
        self._registry = registry
        self._known = known
        self._funds = funds
        self._today = work.now.astimezone(LOCAL).date()
        self._id = str(registry.id)  # once for all lines: a UUID is slow to write
        self._source = registry_source(registry.id)
        self._basis = f"Реестр № {registry.number} от {registry.registry_date:%d.%m.%Y}"
        self._counts = dict.fromkeys(_COUNTERS.values(), 0)
        self._amounts = dict.fromkeys(_COUNTERS.values(), _ZERO)

    def book(self, line: Line, account: PersonalAccount | None) -> None:
        """Decide a line and note all that follows from it."""
        notice = self._known.get(line.bank_payment_id)
        outcome = booking.decide(line, notice, account, self._funds)
        moved = _UNMOVED
        if outcome.state is not None:
            moved = self._move(line, notice, outcome.state, outcome.posted)
        self.batch.results.append(
            Result(
                self._id,
                line.line_no,
                outcome.result,
                self._count(line, account, _COUNTERS[outcome.result]),
                None if outcome.note is None else outcome.note.name,
                *moved,
            )
        )

    def counted(self, *, booked_through: int) -> PaymentRegistry:
        """Return the registry with its counters moved by the batch."""
        registry = self._registry
        moved: dict[str, object] = {}
        for counter, count in self._counts.items():
            moved[f"{counter}_count"] = getattr(registry, f"{counter}_count") + count
            amount = getattr(registry, f"{counter}_amount") + self._amounts[counter]
            moved[f"{counter}_amount"] = amount
        return replace(registry, booked_through=booked_through, **moved)  # type: ignore[arg-type]

    def _count(self, line: Line, account: PersonalAccount | None, counter: str) -> str | None:
        """Count a line and its money; return the warnings to it."""
        self._counts[counter] += 1
        if line.status != booking.PAID:
            return None
        self._amounts[counter] += line.amount
        registry = self._registry
        return booking.warnings(line, account, registry.organizer_inn, registry.late_before)

    def _move(
        self, line: Line, notice: Notice | None, state: str, posted: Decimal | None
    ) -> _Moved:
        """Move the payment of a line, known or new, and its money."""
        if notice is None:
            payment_id: Identity = self._add(line, state)
            key, was = (line.account, self._registry.organizer_inn), None
        else:
            payment_id = notice.payment_id
            key, was = (notice.account, notice.organizer_inn), notice.state
            self._take(notice, Moved(payment_id, self._id, line.line_no, state))
        if posted is None:
            return _Moved(payment_id, was)
        self._post(key, posted, line.line_no)
        return _Moved(payment_id, was, posted, key[0])

    def _add(self, line: Line, state: str) -> UUID:
        """Enter a payment that only the registry told about."""
        payment = repository.new_payment(
            self._registry, line, self._work.identifiers(), state, self._work.now
        )
        self.batch.added.append(payment)
        return payment.id

    def _take(self, notice: Notice, moved: Moved) -> None:
        """Take a known payment into the registry."""
        if moved.state == booking.CREDITED and notice.state != booking.CREDITED:
            self.batch.credited.append(Credited(*moved, self._work.now, REGISTRY))
        else:
            self.batch.moved.append(moved)

    def _post(self, key: Key, amount: Decimal, line_no: int) -> None:
        kind = PostingKind.REGISTRY_CREDIT
        if amount < _ZERO:
            kind = PostingKind.CANCELLATION
            self.taken_from.add(key)
        self._funds.move(key, amount)
        self.postings.append(
            Posting(
                *key,
                amount,
                kind,
                f"{self._source}{line_no}",
                self._today,
                self._registry.entry,
                self._basis,
            )
        )


def _at_stake(lines: Sequence[Line], known: Mapping[str, Notice]) -> list[Key]:
    """Return the accounts from which cancelled lines may take credited money back."""
    keys = set()
    for line in lines:
        if line.status != booking.PAID:
            notice = known.get(line.bank_payment_id)
            if notice is not None and notice.state == booking.CREDITED:
                keys.add((notice.account, notice.organizer_inn))
    return sorted(keys)


def _forbid_overdraft(work: Work, keys: set[Key]) -> None:
    """Do the batch again if money that it takes was spent since its balances were read.

    After the posting, not before: now the balances are ours until the transaction ends.
    """
    balances = work.ledger.balances(sorted(keys)) if keys else {}
    if any(balance < _ZERO for balance in balances.values()):
        raise RaceLost("ledger_balance")


def _reversal(work: Work, registry: PaymentRegistry, line: Booked, posted: Decimal) -> Posting:
    if line.posted_to is None or line.organizer_inn is None or registry.annul_entry is None:
        raise ValueError(f"registry_line {registry.id}/{line.line_no} has lost its payment")
    return Posting(
        line.posted_to,
        line.organizer_inn,
        -posted,
        PostingKind.REVERSAL,
        f"{annulment_source(registry.id)}{line.line_no}",
        work.now.astimezone(LOCAL).date(),
        registry.annul_entry,
        registry.annul_reason,
    )
