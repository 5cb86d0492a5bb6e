"""A service of a counterpart on spyne: operations by name, refusals as the hub's faults, Ping."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from lxml import etree

from gateway.edge.emulators.department import Refused
from gateway.edge.emulators.frame import Wsgi, changed
from gateway.edge.emulators.shapes import MUST, model, text
from gateway.edge.emulators.stack import (
    Application,
    DateTime,
    Fault,
    ServiceBase,
    Soap11,
    WsgiApplication,
    rpc,
)
from gateway.kernel.ports import LOCAL, Clock
from gateway.kernel.xml import parser
from gateway.soap.parse import HUB_NAMESPACE

MOST_OCTETS = 50 * 1024 * 1024


class Operation(NamedTuple):
    """Classes of request and response, and what answers with the context of the stack."""

    request: Any
    """None for an empty one: the stack wants no class for it."""
    response: Any
    answer: Callable[[Any, Any], Any]


def served(
    service: str, namespace: str, name: str, operations: Mapping[str, Operation], clock: Clock
) -> Wsgi:
    """Return the service `portal/application/1.0` with its Ping."""
    everything = {**operations, "Ping": _ping(service, namespace, clock)}
    methods = {each: _method(each, namespace, parts) for each, parts in everything.items()}
    made: Wsgi = WsgiApplication(
        Application(
            [type(ServiceBase)(name, (ServiceBase,), methods)],
            namespace,
            name=name,
            in_protocol=Soap11(validator="lxml"),
            out_protocol=Soap11(),
        ),
        max_content_length=MOST_OCTETS,
    )
    return made


def canonical(context: Any) -> bytes:  # noqa: ANN401 -- the stack's own
    """Return the canonical payload of a request: what makes two of them the same."""
    octets: bytes = etree.tostring(context.in_body_doc, method="c14n")
    # The stack hands over the payload with the prefixes of its envelope around it.
    return etree.tostring(etree.fromstring(octets, parser()), method="c14n", exclusive=True)


def _ping(service: str, namespace: str, clock: Clock) -> Operation:
    response = model(
        "PingResponse",
        namespace,
        [
            ("service", text(100)),
            ("version", text(10)),
            ("contour", text(4)),
            ("time", DateTime(**MUST)),
        ],
    )
    name, _, version = service.rpartition("/")
    return Operation(
        None,
        response,
        lambda *_: response(
            service=name, version=version, contour="TEST", time=clock().astimezone(LOCAL)
        ),
    )


def _method(name: str, namespace: str, parts: Operation) -> Any:  # noqa: ANN401
    """Bind an operation to what answers it."""

    def operation(context: Any, message: Any) -> Any:  # noqa: ANN401
        try:
            return changed(context.transport.req_env, parts.answer(context, message))
        except Refused as refusal:
            raise Fault("Client", refusal.text, detail=_detail(refusal)) from refusal

    def empty(context: Any) -> Any:  # noqa: ANN401
        return operation(context, None)

    answering, taken = (empty, ()) if parts.request is None else (operation, (parts.request,))
    answering.__name__ = name
    return rpc(
        *taken,
        _returns=parts.response,
        _body_style="bare",
        _in_message_name=f"{{{namespace}}}{name}Request",
        _out_message_name=f"{{{namespace}}}{name}Response",
    )(answering)


def _detail(refusal: Refused) -> etree._Element:
    fault = etree.Element(f"{{{HUB_NAMESPACE}}}HubFault", nsmap={"hub": HUB_NAMESPACE})
    for name, said in (
        ("code", refusal.code),
        ("message", refusal.text),
        ("retryable", "false"),
    ):
        etree.SubElement(fault, f"{{{HUB_NAMESPACE}}}{name}").text = said
    return fault
