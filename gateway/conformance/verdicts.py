"""What the judge says, and how many verdicts become one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Verdict(Enum):
    """The verdict on an assertion, a step, a line of the test protocol or a plan."""

    PASS = "PASS"  # noqa: S105 -- no password
    WARN = "WARN"
    FAIL = "FAIL"
    REVIEW = "REVIEW"
    """A person has to look at evidence; confirmed, it counts as passed."""
    SKIP = "SKIP"
    """Not tried, with the reason; never counts as passed."""
    WAIT = "WAIT"
    """Not decided: somebody has to move, or a window has to end."""
    ERROR = "ERROR"
    """Our stand broke: says nothing of the participant and closes admission."""


HEAVIEST_FIRST = (
    Verdict.ERROR,
    Verdict.FAIL,
    Verdict.WAIT,
    Verdict.REVIEW,
    Verdict.SKIP,
    Verdict.WARN,
    Verdict.PASS,
)
"""The whole rule of folding: of several verdicts the heaviest stands for all of them."""


class Mover(Enum):
    """Whose move ends a WAIT."""

    PARTICIPANT = "участник"
    STAND = "стенд"
    TESTER = "испытатель"
    NOBODY = "никто"
    """Only time: a window in which nothing may come."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Whose move it is and until when."""

    mover: Mover
    text: str
    """What is waited for, in Russian."""
    until: datetime | None = None
    """None when nothing but the move ends it."""


def fold(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on the whole; on nothing it is ERROR, for nothing was checked."""
    found = frozenset(verdicts)
    for verdict in HEAVIEST_FIRST:
        if verdict in found:
            return verdict
    return Verdict.ERROR
