"""A check answers what it saw: passed, failed with the place, or not to be decided."""

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """The three answers of a check."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    UNDEFINED = "UNDEFINED"
    """The rule does not reach this value, so it proves nothing either way."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check saw."""

    outcome: Outcome
    text: str = ""
    """What was expected and what stood there, in Russian; never the checked value itself."""
    where: str | None = None
    """The place inside the checked value."""

    @property
    def passed(self) -> bool:
        """Tell whether the check proved the value right."""
        return self.outcome is Outcome.PASSED

    @property
    def failed(self) -> bool:
        """Tell whether the check proved the value wrong."""
        return self.outcome is Outcome.FAILED


PASSED = Verdict(Outcome.PASSED)


def failed(text: str, where: str | None = None) -> Verdict:
    """Make the verdict «wrong, and here»."""
    return Verdict(Outcome.FAILED, text, where)


def undefined(text: str) -> Verdict:
    """Make the verdict «the rule does not apply», with the reason."""
    return Verdict(Outcome.UNDEFINED, text)
