"""What the judge reads. Everything here is recorded once and never changed.

Messages come from the journal of the real contour; the rest is written by the run of a session.
A session's evidence is whole up to the moment `now` that the judge is given with it: whoever
collects it takes a moment that the journal's writer has passed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple


class Signature(Enum):
    """What the hub found about the signature of a message."""

    NONE = "none"
    VALID = "valid"
    INVALID = "invalid"
    NOT_DUE = "not due"
    """Nobody's: the participant is not registered as one who signs."""


class Place(NamedTuple):
    """A step of one attempt at one line of a case."""

    case: str
    row: int
    """Number of the row of the data table, from 1; 0 when the case has no table."""
    attempt: int
    step: str


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the journal, with both sides of it byte for byte."""

    entry: int
    received_at: datetime
    sender: str | None
    """None when the hub did not learn who it was."""
    service: str
    """Contract name: `meals/bank-payment/1.0`."""
    operation: str | None
    """None when the hub did not get as far as the operation."""
    request: bytes | None = None
    """None when the journal keeps no body, as of a message too large to be taken."""
    reply: bytes | None = None
    http_status: int | None = None
    code: str | None = None
    """Code of the fault in the reply; None when it is no fault."""
    signature: Signature = Signature.NONE
    damage: str | None = None
    """Why the entry could not be read; the rest of it is then not to be believed."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A line of a case was begun. Its values are drawn once and kept."""

    case: str
    row: int
    number: int
    """From 1."""
    started_at: datetime
    digest: str
    """Of the plan as it then was."""
    system_version: str
    """What the participant then declared its system to be."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The variables of the case by name."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A prepared file was given to the participant."""

    place: Place
    at: datetime
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Provided:
    """The participant brought what an `ask` wanted to see."""

    place: Place
    at: datetime
    by: str
    digest: str
    """SHA-256 of it, hexadecimal; the thing itself is kept elsewhere."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A named tester looked at what was provided."""

    place: Place
    at: datetime
    by: str
    confirmed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OwnCall:
    """We called the participant."""

    place: Place
    sent_at: datetime
    answered_at: datetime | None
    request: bytes
    http_status: int | None = None
    reply: bytes | None = None
    trouble: str | None = None
    """Why there is no reply, in Russian."""
    ours: bool = False
    """Whether the trouble was the stand's own."""
    signature: Signature | None = None
    """What was found about that of the reply; None without a reply."""


@dataclass(frozen=True, slots=True)
class HubAnswer:
    """The hub was asked for its state."""

    place: Place
    at: datetime
    rows: tuple[Mapping[str, str], ...] = ()
    trouble: str | None = None
    """Why the hub could not tell; always the stand's own."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The hub kept its answer to a message back, as a case says."""

    place: Place
    entry: int
    """Of the journal."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Preflight:
    """One check of the setting, made before the first case; never a verdict on a case."""

    name: str
    at: datetime
    green: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one session."""

    participant: str
    """Code of the participant under test."""
    system_version: str
    """What the participant declares its system to be."""
    params: Mapping[str, str] = field(default_factory=dict)
    """What the participant entered and the stand prepared, by name."""
    messages: tuple[Message, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    handed_out: tuple[HandedOut, ...] = ()
    provided: tuple[Provided, ...] = ()
    decisions: tuple[Decision, ...] = ()
    calls: tuple[OwnCall, ...] = ()
    answers: tuple[HubAnswer, ...] = ()
    preflight: tuple[Preflight, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    rehearsal: bool = False
    """Run from the participant's own pipeline: never feeds an act."""
