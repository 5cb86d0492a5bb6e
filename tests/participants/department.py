"""A department under test: a service that takes applications, and a client that tells of them.

    python department.py --url http://127.0.0.1:8080 --login L --password P --code DEPT72001
                         --manners good

It prints the address of its service and serves until it is stopped. Its manners:

- `good` answers and tells the hub of each state of an application;
- `deaf` takes the connection and the message, and never answers;
- `mute` answers, and tells of nothing;
- `unsigned` is good, and signs none of its answers;
- `spoiling` is good, and changes its answers after they are signed.

States are told to «Модуль событий» (PushEvent), byte for byte as lxml writes them: the department
is started for every test, and a client made from the WSDL takes longer than the test.
"""

import argparse
import signal
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import requests
from lxml import etree
from lxml.builder import ElementMaker

from gateway.edge.emulators import intake
from gateway.edge.emulators.department import Department, StatusEvent
from gateway.edge.emulators.frame import Emulator, Kept, Manner, Wsgi
from gateway.edge.emulators.server import EmulatorServer
from gateway.security import wsse
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
HUB = "urn://x-artefacts-citto-72/hub/1.0"
EVENTS = "urn://x-artefacts-citto-72/portal/events/1.0"
PORTAL = "urn://x-artefacts-citto-72/portal/common/1.0"
PATH = "/test/ws/portal/events/1.0"

soap = ElementMaker(namespace=SOAP, nsmap={"soap": SOAP})
hub = ElementMaker(namespace=HUB, nsmap={"hub": HUB})
tns = ElementMaker(namespace=EVENTS)
portal = ElementMaker(namespace=PORTAL)


def post(arguments: argparse.Namespace, payload: etree._Element) -> None:
    """Send an event under a new message id."""
    header = hub.MessageHeader(
        hub.messageId(str(uuid.uuid4())),
        hub.sender(arguments.code),
        hub.timestamp(datetime.now(UTC).isoformat(timespec="milliseconds")),
        hub.contour("TEST"),
        hub.formatVersion("1.0"),
    )
    envelope = soap.Envelope(soap.Header(header), soap.Body(payload))
    requests.post(
        arguments.url + PATH,
        data=etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"),
        auth=(arguments.login, arguments.password),
        headers={"Content-Type": "text/xml; charset=utf-8"},
        timeout=60,
    )


class Client:
    """Tells the hub of states: after the answer is on its way, as an own process would."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.events: list[StatusEvent] = []

    def note(self, event: StatusEvent) -> None:
        self.events.append(event)

    def tell(self, _: Kept) -> None:
        """Tell of what a message has changed."""
        told, self.events = self.events, []
        for event in told:
            post(self.arguments, pushed(event))


def pushed(event: StatusEvent) -> etree._Element:
    return tns.PushEventRequest(
        tns.eventId(str(event.event_id)),
        tns.orderId(str(event.order_id)),
        tns.eventDate(event.state.at.isoformat(timespec="milliseconds")),
        tns.event(
            tns.orderStatusEvent(tns.statusCode(portal.techCode(str(event.state.tech_code))))
        ),
    )


class Signing:
    """Signs what the service answers."""

    def __init__(self, service: Wsgi, arguments: argparse.Namespace) -> None:
        self.service = service
        self.providers = Providers.of([RsaProvider()])
        self.signer = load_signer(arguments.key, arguments.certificate, self.providers)
        self.spoils = arguments.manners == "spoiling"

    def __call__(self, environ: dict, start_response: Callable) -> list[bytes]:
        octets = b"".join(self.service(environ, start_response))
        if environ["REQUEST_METHOD"] != "POST":
            return [octets]
        signed = wsse.sign(octets, self.signer, self.providers, uuid.uuid4, datetime.now(UTC))
        return [signed.replace(b"orderId>", b"orderId> ", 1) if self.spoils else signed]


def made(arguments: argparse.Namespace) -> Emulator:
    """Return the service with its manners."""
    client = Client(arguments)
    department = Department(lambda: datetime.now(UTC), uuid.uuid4, client.note)
    service = intake.emulator(department)
    if arguments.manners != "unsigned":
        service.service = Signing(service.service, arguments)
    if arguments.manners == "deaf":
        service.manner = Manner.SILENT
    elif arguments.manners != "mute":
        service.watch = client.tell
    return service


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    for name in ("url", "login", "password", "code"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    manners = ["good", "deaf", "mute", "unsigned", "spoiling"]
    parser.add_argument("--manners", choices=manners, default="good")
    server = EmulatorServer(made(parser.parse_args()))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(server.url, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.stopping.set()
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
