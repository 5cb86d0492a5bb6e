"""Emulators of counterparts for the test contour: services of the other side, code first.

`frame` keeps what came, follows reference rules and misbehaves on demand; `server` speaks HTTP and
does to a connection what a rule says. Each emulator is what a department or a portal would write
by itself, on spyne: an independent stack for what the hub sends. `EMULATORS` names them all.
"""

from collections.abc import Callable, Mapping

from gateway.edge.emulators import department, intake
from gateway.edge.emulators.frame import Emulator
from gateway.kernel.ports import Clock, Identifiers

EMULATORS: Mapping[str, Callable[[Clock, Identifiers], Emulator]] = {
    "department": lambda clock, identifiers: intake.emulator(
        department.Department(clock, identifiers)
    ),
}
"""How each emulator is made, by the name that operators call it."""
