"""One deadline for everything that an exchange does, and the word for its failure."""

from dataclasses import dataclass
from time import monotonic


class NoAnswer(Exception):
    """There is no reply to record; the text says why, in Russian, without the other side's words.

    `code` says it for machines; `ours` says that the hub itself could not.
    """

    def __init__(self, text: str, code: str, *, ours: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.ours = ours


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the machine's own clock: steps of the wall clock do not move it."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Return the deadline that many seconds from now."""
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Return the seconds that are left; raise NoAnswer when there are none."""
        left = self.at - monotonic()
        if left <= 0:
            raise NoAnswer("Ответ не пришёл за отведённое время.", "TIMEOUT")
        return left
