"""Where the REST twin of a service begins, and what a request asks for there."""

from dataclasses import dataclass

from gateway.edge.http import HttpAnswer, Request
from gateway.edge.rest.binding import JsonBinding
from gateway.edge.rest.resources import Twin
from gateway.pipeline.exchange import Endpoint


@dataclass(frozen=True, slots=True)
class RestDoor:
    """Where the REST twin of a service begins."""

    endpoint: Endpoint
    root: str
    """`/test/rest/conformance/1.0/`."""
    twin: Twin

    def find(self, request: Request) -> JsonBinding | HttpAnswer | None:
        """Return what a request asks for, or that it may not be asked so; None: it is a page."""
        found = {
            resource.method: (resource, path)
            for resource, path in self.twin.at(request.path.removeprefix(self.root))
        }
        if not found:
            return None if request.method in {"GET", "HEAD"} else HttpAnswer(404, (), b"")
        if request.method not in found:
            return HttpAnswer(405, (("allow", ", ".join(found)),), b"")
        resource, path = found[request.method]
        return JsonBinding(self.twin, resource, path, request.query, request.header("content-type"))
