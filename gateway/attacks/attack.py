"""What an attack is: its shots, and the answer that a sound hub gives."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from gateway.attacks.ground import Ground
from gateway.attacks.wire import Answer
from gateway.soap.parse import Version

Fire = Callable[[bytes], Answer]
"""Sends one more request, for a shot that has to look twice."""
Then = Callable[[Answer, Fire], str | None]
"""Looks closer at an answer that was expected; returns what is wrong."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Answers that are right."""

    statuses: frozenset[int]
    fault: str | None = None
    """Local name of the SOAP fault code: `Client`, `Sender`, `MustUnderstand` …"""
    code: str | None = None
    """Code of `hub:HubFault`."""
    may_close: bool = False
    """Whether a connection closed without a word is right too."""
    responses: int = 1
    """How many requests were sent, as far as the hub may see."""
    otherwise: "Expected | None" = None
    """Another answer that is right as well."""

    def or_else(self, other: "Expected") -> "Expected":
        """Return an expectation that either of two answers meets."""
        return replace(self, otherwise=other)

    def complaint(self, answer: Answer) -> str | None:
        """Say what is wrong with an answer."""
        complaint = self._complaint(answer)
        if complaint is not None and self.otherwise is not None:
            return self.otherwise.complaint(answer) and complaint
        return complaint

    def _complaint(self, answer: Answer) -> str | None:
        if answer.status is None:
            return None if self.may_close and answer.closed else "ответа нет"
        if len(answer.responses) != self.responses:
            return f"ответов: {len(answer.responses)}, а запросов: {self.responses}"
        if answer.status not in self.statuses:
            return f"статус {answer.status}"
        fault = answer.fault
        if self.fault is not None and (fault is None or fault.name != self.fault):
            return f"вместо {self.fault}: {fault.name if fault else 'не SOAP Fault'}"
        if self.code is not None and (fault is None or fault.code != self.code):
            return f"вместо {self.code}: {fault.code if fault else 'кода нет'}"
        return None

    def __str__(self) -> str:
        """Say it for the report."""
        words = ["/".join(str(status) for status in sorted(self.statuses))]
        words += [word for word in (self.fault, self.code) if word]
        other = f" или {self.otherwise}" if self.otherwise else ""
        return " ".join(words) + (" или закрыто" if self.may_close else "") + other


@dataclass(frozen=True, slots=True)
class Shot:
    """What is sent on one connection."""

    name: str
    pieces: tuple[bytes, ...]
    """What is sent, in this order."""
    expected: Expected
    pause: float = 0.0
    """Seconds before each piece but the first."""
    then: Then | None = None
    crowd: int = 0
    """Idle connections that are held open meanwhile; fewer when the hub refuses sooner."""


class Surface(Enum):
    """Whether there is anything to attack."""

    OPEN = "открыто"
    KEY = "не проверялось: нет ключа"
    """Only a signed message reaches it."""
    NONE = "нечего атаковать"
    ELSEWHERE = "проверяется отдельно"


@dataclass(frozen=True, slots=True)
class Attack:
    """Attacks of one kind (the catalogue of threats numbers them 1 to 62)."""

    number: int
    slug: str
    title: str
    does: str
    """What the attacker tries."""
    answer: str
    """What the hub answers, for people."""
    stopped_by: str
    shots: Callable[[Ground], Iterable[Shot]]
    surface: Surface = Surface.OPEN
    note: str = ""
    """Why the surface is not open."""
    at_once: bool = False
    """Whether its shots are fired side by side: they wait more than they do."""

    @property
    def name(self) -> str:
        """`05-deep-nesting`."""
        return f"{self.number:02d}-{self.slug}"


VALIDATION_ERROR = "VALIDATION_ERROR"
"""Code of everything that breaks the format."""


def refused(
    ground: Ground,
    code: str = VALIDATION_ERROR,
    *,
    fault: str | None = None,
    status: int | None = None,
) -> Expected:
    """Expect a SOAP fault that blames the sender."""
    old = ground.version is Version.SOAP11
    return Expected(
        frozenset({status or (500 if old else 400)}),
        fault or ("Client" if old else "Sender"),
        code,
    )


def answered() -> Expected:
    """Expect an ordinary answer."""
    return Expected(frozenset({200}))


def http(*statuses: int, may_close: bool = False) -> Expected:
    """Expect that HTTP refuses, before there is a message."""
    return Expected(frozenset(statuses), may_close=may_close)


def one(name: str, request: bytes, expected: Expected, then: Then | None = None) -> Shot:
    """Make a shot of one request, sent at once."""
    return Shot(name, (request,), expected, then=then)


def sent(
    ground: Ground,
    name: str,
    payload: str,
    *,
    before: str = "",
    header: str = "",
    attributes: str = "",
    expected: Expected | None = None,
    then: Then | None = None,
) -> Shot:
    """Make a shot of one envelope; a fault that blames the sender is expected if nothing else."""
    body = ground.envelope(payload, before=before, header=header, attributes=attributes)
    return one(name, ground.post(body), expected or refused(ground), then)


def stuffed(ground: Ground, inside: str = "", attributes: str = "") -> str:
    """Return a payment with something foreign at its end or in its opening tag."""
    opening, end = "<m:RegisterPaymentRequest", "</m:RegisterPaymentRequest>"
    text = ground.payment().replace(end, inside + end)
    return text.replace(opening, opening + attributes, 1)


def nothing(_: Ground) -> Iterable[Shot]:
    """Fire nothing."""
    return ()
