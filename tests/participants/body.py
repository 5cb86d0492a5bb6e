"""A department's information system under test: takes applications, tells of them, does as asked.

    python body.py --url http://127.0.0.1:8080 --login L --password P --code DEPT72001
                   --key dept.key --certificate dept.pem --manners good

It prints the address of its service. Then one order a line on its input, as JSON, such as
`{"case": "PA-10", "line": "PA-10", "values": {...}}`; when its engineer is through, it prints
`done` and how many events were sent. The service is code first on spyne, the client of
«Модуль событий» is zeep on the published WSDL. Its manners:

- `good` does what the formats say;
- `mute` takes everything and tells of nothing;
- `late` tells of one more state after the last one.
"""

import argparse
import hashlib
import json
import sys
import threading
import uuid
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from department import Signing, post
from lxml import etree

from adapters.portal import samples
from gateway.cli.program import Identity, Program
from gateway.edge.emulators import intake
from gateway.edge.emulators.department import Department, Document, Refused, StatusEvent
from gateway.edge.emulators.server import EmulatorServer

RESULT = Document("result.txt", "Справка (вымышлено)\n".encode(), "text/plain")
PROGRESS, DONE, REFUSED, MEND = 7, 3, 4, 15


def now() -> datetime:
    return datetime.now(UTC)


class Careful(Department):
    """A department that looks at the form before it takes an application."""

    def __init__(self, tell) -> None:
        super().__init__(now, uuid.uuid4, tell)
        folder = files("adapters.portal").joinpath("demonstration", samples.ARCHIVE)
        [schema] = [one for one in folder.iterdir() if one.name.endswith(".xsd")]
        self.form = etree.XMLSchema(etree.fromstring(schema.read_bytes()))

    def submit(self, order_id, content, *, twice):
        form = etree.fromstring(content).find("{*}formData")[0]
        if not self.form.validate(etree.ElementTree(form)):
            raise Refused("FORM_SCHEMA_INVALID", "Данные формы не соответствуют её схеме.")
        return super().submit(order_id, content, twice=twice)


class Events:
    """The client of «Модуль событий»."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.sent = 0
        self.last = None
        self.lock = threading.Lock()
        files_of_key = (arguments.key, arguments.certificate, arguments.certificate)
        identity = Identity(
            arguments.url, arguments.code, *files_of_key, arguments.login, arguments.password
        )
        self.program = Program(identity, now, signed=False)
        self.client = self.program.client("portal/events")

    def tell(self, event: StatusEvent) -> None:
        document = event.state.document
        with self.lock:
            self.sent += 1
            self.program.call(
                self.client,
                "PushEvent",
                eventId=str(event.event_id),
                orderId=event.order_id,
                eventDate=event.state.at,
                eventComment=event.state.comment or None,
                event={"orderStatusEvent": {"statusCode": {"techCode": event.state.tech_code}}},
                attachment=[] if document is None else [_file(document)],
            )

    def post(self, payload: etree._Element) -> None:
        """Send an event as it lies in a file, under a new message id."""
        self.sent += 1
        self.last = payload
        post(self.arguments, etree.fromstring(etree.tostring(payload)))


class Body:
    """The department with its engineer."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.manners = arguments.manners
        self.events = Events(arguments)
        tell = (lambda _: None) if self.manners == "mute" else self.events.tell
        self.department = Careful(tell)
        self.sent: dict[str, etree._Element] = {}

    def act(self, case: str, line: str, file: str | None, values: dict) -> None:
        if file is not None:
            self.sent[case] = etree.fromstring(Path(file).read_bytes())
            self.events.post(self.sent[case])
        elif case == "PE-07":
            self.events.post(self.sent["PE-03"])
        elif case == "PA-07":
            self.department.push(int(values["order"]), MEND, "Исправьте первый год.")
        elif case == "PA-09":
            self.department.push(int(values["order"]), 7 if line.endswith("/1") else 14)
        elif case == "PA-10":
            self.finish(int(values["order"]))
        elif case == "PA-11":
            self.department.push(int(values["second_order"]), REFUSED, "Сведений нет.")

    def finish(self, order_id: int) -> None:
        event = self.department.push(order_id, DONE, "Справка готова.", RESULT)
        if self.manners == "late":
            state = type(event.state)(PROGRESS, now(), "Промежуточные результаты")
            self.events.tell(StatusEvent(uuid.uuid4(), order_id, state))


def _file(document: Document) -> dict:
    return {
        "fileId": str(uuid.uuid4()),
        "fileName": document.name,
        "mimeType": document.mime_type,
        "size": len(document.content),
        "hash": hashlib.sha256(document.content).digest(),
        "hashAlg": "SHA-256",
        "content": document.content,
    }


def main() -> None:
    """Serve, and do as the engineer is asked, until the input ends."""
    parser = argparse.ArgumentParser()
    for name in ("url", "login", "password", "code"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--manners", choices=["good", "mute", "late"], default="good")
    arguments = parser.parse_args()
    body = Body(arguments)
    service = intake.emulator(body.department)
    service.service = Signing(service.service, arguments)
    server = EmulatorServer(service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.url, flush=True)
    for text in sys.stdin:
        order = json.loads(text)
        body.act(order["case"], order["line"], order.get("file"), order["values"])
        print("done", body.events.sent, flush=True)
    server.stop()


if __name__ == "__main__":
    main()
