"""Whom the stand may call: only who is named in the registry by the address of the session."""

from collections.abc import Iterable

from gateway.conformance.calls import errors
from gateway.kernel.message import Contour
from registry.endpoints import Endpoint, Registered


def named(url: str, registered: Iterable[Registered], contour: Contour) -> Endpoint:
    """Return the participant's endpoint with exactly this address; raise EndpointNotNamed."""
    for standing in registered:
        endpoint = standing.endpoint
        if standing.ended_at is None and (endpoint.url, endpoint.contour) == (url, contour):
            return endpoint
    raise errors.EndpointNotNamed
