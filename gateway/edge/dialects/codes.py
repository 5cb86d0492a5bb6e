"""Refusals of the line itself in the words of a GET dialect."""

from gateway.kernel.errors import (
    AuthenticationFailed,
    GatewayError,
    NotAllowed,
    NotAllowedInContour,
    ParticipantNotActive,
)

TEMPORARY = 1
FORBIDDEN = 7
OTHER = 300

_STRANGERS = (AuthenticationFailed, NotAllowed, NotAllowedInContour, ParticipantNotActive)


def of_error(error: GatewayError) -> int:
    """Return 1 for what a repeat may mend, 7 for a sender that may not pay, 300 for the rest."""
    if error.retryable:
        return TEMPORARY
    return FORBIDDEN if isinstance(error, _STRANGERS) else OTHER
