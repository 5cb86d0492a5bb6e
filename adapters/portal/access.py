"""Who may speak of applications: the portal that has sent them, the department they are for."""

from typing import Any

from gateway.adapter import Received
from gateway.kernel.errors import NotAllowed
from registry.kinds import ParticipantKind


def admit_portal(received: Received[Any]) -> str:
    """Return the code of the portal that sends; raise NotAllowed for anybody else."""
    if received.sender.kind != ParticipantKind.PORTAL.value:
        raise NotAllowed("Это доступно только порталу услуг.")
    return received.sender.code
