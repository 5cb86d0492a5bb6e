"""Emulators of counterparts for the test contour: services of the other side, code first.

`frame` keeps what came, follows reference rules and misbehaves on demand; `server` speaks HTTP and
does to a connection what a rule says. Each emulator is what a department or a portal would write
by itself, on spyne: an independent stack for what the hub sends. `calls` is their other half: what
they send to the hub. `EMULATORS` names them all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from gateway.edge.emulators import calls, event_sink, intake
from gateway.edge.emulators.caller import Account, Caller
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Course, Department
from gateway.edge.emulators.frame import Emulator
from gateway.edge.emulators.portal import Portal
from gateway.edge.emulators.submitter import Heard, Submitter
from gateway.edge.emulators.teller import Teller
from gateway.kernel.ports import Clock, Identifiers


@dataclass(frozen=True, slots=True)
class Cast:
    """What a counterpart is given to play with."""

    clock: Clock
    identifiers: Identifiers
    account: Account | None = None
    """As whom it calls the hub; without one it only answers."""
    course: Course = lambda _: ()
    """What a department decides by itself."""
    orders: Sequence[Order] = ()
    """What the portal submits."""
    heard: Heard = lambda *_: None
    """Is told what was answered to that."""
    pause: timedelta = timedelta(seconds=1)
    """Before it repeats what was not answered."""

    def caller(self, stopping: Event) -> Caller:
        """Make what calls the hub from one thread; raise TypeError without an account."""
        if self.account is None:
            raise TypeError(self)
        return Caller(self.account, self.clock, self.identifiers, self.pause, stopping)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A service of the other side, and what calls the hub for it."""

    emulator: Emulator
    client: Teller | Submitter | None = None
    """Not started yet."""


def of_department(department: Department, cast: Cast) -> Counterpart:
    """Return a department that tells the hub of its states, if it has an account there."""
    if cast.account is None:
        return Counterpart(intake.emulator(department))
    teller = Teller(cast.caller, calls.push)
    department.events = teller.tell
    return Counterpart(intake.emulator(department), teller)


def _of_portal(cast: Cast) -> Counterpart:
    emulator = event_sink.emulator(Portal(cast.clock))
    if cast.account is None:
        return Counterpart(emulator)
    return Counterpart(emulator, Submitter(cast.caller, cast.orders, cast.heard))


EMULATORS: Mapping[str, Callable[[Cast], Counterpart]] = {
    "department": lambda cast: of_department(
        Department(cast.clock, cast.identifiers, course=cast.course), cast
    ),
    "portal": _of_portal,
}
"""How each emulator is made, by the name that operators call it."""
