"""What is sent, what becomes of it, and how each try ended."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple
from uuid import UUID

DAY = timedelta(days=1)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")


class State(Enum):
    """Where a delivery stands."""

    WAITING = "WAITING"
    CLAIMED = "CLAIMED"
    """A deliverer is at it."""
    DELIVERED = "DELIVERED"
    PARKED = "PARKED"
    """Refused for ever; a person has to look at it."""
    CANCELLED = "CANCELLED"
    """By an operator's command."""
    EXPIRED = "EXPIRED"
    """Its deadline has come or its attempts are used up."""


class Verdict(Enum):
    """How one attempt ended."""

    DELIVERED = "DELIVERED"
    LATER = "LATER"
    """The other side answered and cannot take this letter just now."""
    UNREACHED = "UNREACHED"
    """The other side did not answer; any letter to this address would have ended so."""
    NEVER = "NEVER"
    """The other side will never take this letter."""
    LOST = "LOST"
    """The process that tried is gone; whether it has arrived is not known."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What has to be delivered; it never changes."""

    id: UUID
    """Delivery id; the same in every attempt, so that a repeat is recognised."""
    key: str
    """Letters of one key go one after another: `portal/<applicationId>`. No personal data."""
    channel: str
    """Who knows how to send it: `mail`."""
    address: str
    """Name of a destination that the registry or the settings know; never a URL."""
    payload: bytes
    source: str
    """What caused it: `notice/17`, `event/<uuid>`; `hub reconcile` looks for it."""
    entry: int | None = None
    """Journal entry of the message behind it, if there is one."""
    message_id: str | None = None
    """Identifier on the wire; the delivery id when None."""
    not_before: datetime | None = None
    """At once when None."""
    lifetime: timedelta = DAY
    """From `not_before` to the deadline, after which nothing is attempted (GW-10)."""
    budget: int = 50
    """How many attempts it may take."""
    holds: bool = False
    """Whether later letters of its key wait when this one was not delivered in the end.

    True for events that make sense only in order; False for mail.
    """

    def __post_init__(self) -> None:
        """Raise ValueError for an address that is not a name."""
        if not _NAME.fullmatch(self.address):
            raise ValueError(f"not the name of an address: {self.address!r}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter in the hands of a deliverer."""

    letter: int
    """Number of the letter: the order within its key."""
    id: UUID
    key: str
    channel: str
    address: str
    message_id: str
    payload: bytes
    source: str
    created_at: datetime
    deadline: datetime
    attempt: int
    """Number of this attempt, from 1; the token by which an overtaken deliverer is known."""
    budget: int
    holds: bool
    claimed_at: datetime | None
    """None for one that is not claimed but has run out of time."""
    lease_until: datetime | None


class Attempt(NamedTuple):
    """One try, written when it has ended."""

    letter: int
    number: int
    started_at: datetime
    ended_at: datetime
    verdict: Verdict
    code: str
    """For machines: `250`, `TIMEOUT`."""
    note: str
    """For people, in Russian, without personal data."""


class Settlement(NamedTuple):
    """What becomes of a delivery after an attempt."""

    attempt: Attempt
    key: str
    state: State
    due_at: datetime
    """When it is tried next; of no meaning once it has ended."""
    in_line: bool
    """Whether later letters of its key still wait for it."""
