"""The only package that knows all parts: it puts the hub together or says why it cannot.

Nothing listens and nothing runs after `assemble`; `open_contour` starts a contour's writer.
"""

from gateway.bootstrap.binding import PING, HubBroken, bind
from gateway.bootstrap.contours import ContourJobs, OpenContour, open_contour, parts_of
from gateway.bootstrap.hub import ADAPTERS, Hub, assemble
from gateway.bootstrap.tables import load_calendar, load_statuses

__all__ = [
    "ADAPTERS",
    "PING",
    "ContourJobs",
    "Hub",
    "HubBroken",
    "OpenContour",
    "assemble",
    "bind",
    "load_calendar",
    "load_statuses",
    "open_contour",
    "parts_of",
]
