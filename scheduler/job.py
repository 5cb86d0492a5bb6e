"""What is done by the clock, as values: once per business time, or in every process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gateway.storage.database import Transaction


class CatchUp(Enum):
    """What becomes of business times at which nobody was running."""

    LATEST = "latest"
    """The last one is run, once; it stands for those before it."""
    EVERY = "every"
    """Each is run, the oldest first; one that fails holds up those after it."""


@dataclass(frozen=True, slots=True)
class Chore:
    """Work in the registry's database, done exactly once per business time.

    `run` is called with the open transaction, the business time and the present moment. The claim
    of the business time, the effect and the end are that one transaction: a process killed at any
    moment leaves either all of it or nothing. So `run` changes this database and nothing else; what
    has to leave it (a letter, a request) is written down for a queue to send.
    """

    name: str
    cron: str
    """Five fields in local time. Write days of the week as `mon-fri`: numbers begin with Monday
    as 0 here, not with Sunday."""
    run: Callable[[Transaction, datetime, datetime], object]
    catch_up: CatchUp = CatchUp.LATEST


@dataclass(frozen=True, slots=True)
class Routine:
    """Work beyond one transaction (the net, files), done in every process that does jobs.

    It may run in any number of processes at once and be killed at any moment; what was missed is
    done by the next run. It runs when the process starts, then by `cron` in local time. Its runs
    are recorded, too, so that one sees whether and when it last went well.
    """

    name: str
    cron: str
    run: Callable[[datetime], object]
    """Called with the present moment."""
