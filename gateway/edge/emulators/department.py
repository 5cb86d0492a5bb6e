"""A department that takes applications: what it knows and what it decides, without the wire.

States go as on the portal: 6 accepted, then the course that applications take by themselves, then
what the tester makes of it with `push`. Every state is told to `events`: the client of the events
service, or whoever else listens.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from uuid import UUID

from gateway.kernel.ports import Clock, Identifiers

TITLES = {
    3: "Исполнено",
    4: "Отказ",
    6: "Принято ведомством",
    7: "Промежуточные результаты от ведомства",
    9: "В процессе отмены",
    10: "Отменено",
    11: "Неподтверждённая отмена",
    14: "Ожидание дополнительной информации от пользователя",
    15: "Заявка требует корректировки",
}
"""Codes of the portal that a department may set (PORT-EVT-01)."""
ACCEPTED, BEING_CANCELLED, CANCELLED = 6, 9, 10
FINAL = frozenset({3, 4, 10})
CORRECTABLE = frozenset({14, 15})


class Refused(Exception):
    """A refusal of the department: a code of the contract and a sentence in Russian."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Document:
    """A result of the service, as it goes with the last event (PORT-APP-06)."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Step:
    """What the department decides about an application."""

    tech_code: int
    comment: str = ""
    document: Document | None = None


Course = Callable[[int], Sequence[Step]]
"""The steps that an application takes by itself once it is accepted, by its number."""


@dataclass(frozen=True, slots=True)
class State:
    """A state that an application has come to."""

    tech_code: int
    at: datetime
    title: str
    """As the portal shows it."""
    comment: str = ""
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """What the department would tell the events service."""

    event_id: UUID
    order_id: int
    state: State


Events = Callable[[StatusEvent], None]


@dataclass
class Application:
    """An application as the department holds it."""

    order_id: int
    department_id: UUID
    digest: str
    """SHA-256 of what was submitted."""
    received_at: datetime
    history: list[State] = field(default_factory=list)
    acts: dict[str, str] = field(default_factory=dict)
    """Digests of what later messages brought, by their numbers: each is done once."""

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.history[-1]


class Department:
    """Applications by their numbers on the portal; safe for many threads."""

    def __init__(
        self,
        clock: Clock,
        identifiers: Identifiers,
        events: Events | None = None,
        course: Course = lambda _: (),
    ) -> None:
        """Begin without applications; `events` is told of every state."""
        self.clock = clock
        self.events: Events = events or (lambda _: None)
        self.course = course
        self.counts: Counter[str] = Counter()
        """Submissions `new` and `repeated`."""
        self._identifiers = identifiers
        self._applications: dict[int, Application] = {}
        self._lock = RLock()

    def submit(self, order_id: int, content: bytes, *, twice: bool) -> tuple[Application, bool]:
        """Take an application; return it, and whether it was here already.

        `twice` tells its event twice, here and below. Raise Refused when another application has
        the number.
        """
        digest, now = _digest(content), self.clock()
        with self._lock:
            known = self._applications.get(order_id)
            self.counts["new" if known is None else "repeated"] += 1
            if known is not None:
                if known.digest != digest:
                    text = "Под этим номером принято другое заявление."
                    raise Refused("DUPLICATE_CONFLICT", text)
                return known, True
            made = Application(order_id, self._identifiers(), digest, now)
            self._applications[order_id] = made
            events = self._come_to(made, Step(ACCEPTED), *self.course(order_id))
        self._tell(events, twice=twice)
        return made, False

    def cancel(self, order_id: int, cancel_id: str, *, twice: bool) -> None:
        """Cancel an application; raise Refused where that is too late."""
        with self._lock:
            application = self.application(order_id)
            if _is_done(application, cancel_id, b""):
                return
            _must_be_open(application)
            events = self._come_to(application, Step(BEING_CANCELLED), Step(CANCELLED))
            application.acts[cancel_id] = _digest(b"")
        self._tell(events, twice=twice)

    def take_message(self, order_id: int, message_id: str, text: str) -> None:
        """Take a message of the applicant; raise Refused after the end."""
        content = text.encode()
        with self._lock:
            application = self.application(order_id)
            if _is_done(application, message_id, content):
                return
            if application.state.tech_code in FINAL:
                raise Refused("MESSAGE_NOT_ALLOWED", "Заявление завершено, сообщений не ждут.")
            application.acts[message_id] = _digest(content)

    def correct(self, order_id: int, correction_id: str, content: bytes, *, twice: bool) -> None:
        """Take a corrected form; raise Refused where none was asked for."""
        with self._lock:
            application = self.application(order_id)
            if _is_done(application, correction_id, content):
                return
            if application.state.tech_code not in CORRECTABLE:
                raise Refused("ILLEGAL_TRANSITION", "Исправления заявления сейчас не ждут.")
            events = self._come_to(application, Step(ACCEPTED))
            application.acts[correction_id] = _digest(content)
        self._tell(events, twice=twice)

    def application(self, order_id: int) -> Application:
        """Return an application; raise Refused when there is none."""
        with self._lock:
            found = self._applications.get(order_id)
        if found is None:
            raise Refused("NOT_FOUND", "Заявления с таким номером нет.")
        return found

    def push(
        self, order_id: int, tech_code: int, comment: str = "", document: Document | None = None
    ) -> StatusEvent:
        """Bring an application to a state and tell it; raise Refused, KeyError for no state."""
        with self._lock:
            application = self.application(order_id)
            _must_be_open(application)
            events = self._come_to(application, Step(tech_code, comment, document))
        self._tell(events, twice=False)
        return events[0]

    def everything(self) -> dict[int, Application]:
        """Return every application by its number."""
        with self._lock:
            return dict(self._applications)

    def _come_to(self, application: Application, *steps: Step) -> list[StatusEvent]:
        states = [
            State(step.tech_code, self.clock(), TITLES[step.tech_code], step.comment, step.document)
            for step in steps
        ]
        application.history += states
        return [StatusEvent(self._identifiers(), application.order_id, state) for state in states]

    def _tell(self, events: Iterable[StatusEvent], *, twice: bool) -> None:
        """Tell outside of the lock: whoever listens may ask back."""
        for event in events:
            for _ in range(2 if twice else 1):
                self.events(event)


def _must_be_open(application: Application) -> None:
    if application.state.tech_code in FINAL:
        raise Refused("STATUS_FINAL", "Заявление уже завершено.")


def _is_done(application: Application, number: str, content: bytes) -> bool:
    """Tell whether an act was done before; raise Refused when its number stands for another."""
    known = application.acts.get(number)
    if known not in {None, _digest(content)}:
        raise Refused("DUPLICATE_CONFLICT", "Под этим номером принято другое содержимое.")
    return known is not None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
