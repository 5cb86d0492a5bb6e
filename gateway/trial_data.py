"""What a slice gives to trials of services in its field: made for a session, gone after (GW-11)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from gateway.kernel.message import Participant
from gateway.kernel.ports import Calendar, Identifiers
from gateway.storage.database import Transaction

if TYPE_CHECKING:
    from gateway.adapter import Ledger


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a slice works with when it prepares a session of trials."""

    participant: Participant
    wanted: Collection[str]
    """The names of values that the plan wants of the stand."""
    given: Mapping[str, str]
    """What the slices before it have prepared for this session."""
    now: datetime
    calendar: Calendar
    ledger: "Ledger"
    identifiers: Identifiers
    choose: Callable[[int], int]
    """Chooses a number from 0 up to, not including, the given one."""


@dataclass(frozen=True, slots=True)
class TestData:
    """What a slice gives to trials of services in its field (GW-11)."""

    prepare: Callable[[Transaction, Preparation], Mapping[str, str]] = lambda *_: {}
    """Return values for a participant's session by the names that plans give them (`account`)."""
    purge: Callable[[Transaction, Sequence[Mapping[str, str]]], None] = lambda *_: None
    """Remove what was made for sessions that are over, by the values that each was given (JOB-21).

    What something else needs stays: books, the journal, evidence.
    """
    states: Mapping[
        str, Callable[[Transaction, str, Mapping[str, str]], Sequence[Mapping[str, str]]]
    ] = field(default_factory=dict)
    """What a `check: hub.name` asks, by name: rows of one participant that meet conditions.

    Each raises KeyError for a condition it does not know.
    """
