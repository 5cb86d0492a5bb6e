"""A department by zeep, from nothing but the published WSDLs and Basic credentials.

Serves ApplicationService and calls EventModuleService, either in the plain binding or in SMEV 2.
See ../README.md for what it is told and what it answers.
"""

import base64
import hashlib
import io
import json
import sys
import threading
import uuid
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import requests
import zeep
from lxml import etree
from zeep.transports import Transport
from zeep.xsd import AnyObject

HUB = "urn://x-artefacts-citto-72/hub/1.0"
APPLICATION = "urn://x-artefacts-citto-72/portal/application/1.0"
EVENTS = "urn://x-artefacts-citto-72/portal/events/1.0"
ERRORS = "urn://x-artefacts-citto-72/smev2/1.0"
SMEV = "http://smev.gosuslugi.ru/rev120315"
APPLIED = "http://smev.gosuslugi.ru/request/rev111111"
INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"
REFERENCE = f"{{{SMEV}}}Reference"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
TYUMEN = timezone(timedelta(hours=5))
MOST_SECONDS = 30
CODES = {"INVALID": "VALIDATION_ERROR", "REJECT": "NOT_FOUND", "FAILURE": "TEMPORARY_UNAVAILABLE"}
"""What is wrong, by the status that says so."""


def now() -> datetime:
    return datetime.now(TYUMEN)


@dataclass
class Application:
    """An application as the department keeps it."""

    service: str
    last_name: str
    question: str
    files: dict[str, str]
    """SHA-256 of the content by the file's name."""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    at: datetime = field(default_factory=now)
    times: int = 1
    """How often it was submitted."""
    cancels: list[str] = field(default_factory=list)


class Refusal(Exception):
    """A no that was ordered: `INVALID`, `REJECT` or `FAILURE`."""


class Department:
    """The department's own books; knows nothing of envelopes."""

    def __init__(self) -> None:
        self.applications: dict[int, Application] = {}
        self.refusals: dict[int, str] = {}
        """What the next message about an order is answered."""
        self.refused: list[str] = []
        self._lock = threading.Lock()

    def answer(self, operation: str, request: Any, files: dict[str, bytes]) -> dict[str, Any]:
        """Return the fields of the response; raise Refusal."""
        said = self.refusals.pop(request.orderId, None)
        if said is not None:
            self.refused.append(said)
            raise Refusal(said)
        return {"SubmitApplication": self._submit, "CancelApplication": self._cancel}[operation](
            request, files
        )

    def _submit(self, request: Any, files: dict[str, bytes]) -> dict[str, Any]:
        described = [one.file for one in request.attachment]
        made = Application(
            request.serviceCode,
            request.applicant.person.name.lastName,
            # `_value_1` is what zeep calls xs:any.
            request.formData._value_1.findtext("{*}question"),
            {one.fileName: checked(one, files[one.fileName]) for one in described},
        )
        with self._lock:
            known = self.applications.setdefault(request.orderId, made)
            known.times += known is not made
        return {
            "orderId": request.orderId,
            "hubApplicationId": known.id,
            "receivedAt": known.at,
            "orgNumber": f"В-{request.orderId}",
            "duplicate": known is not made,
        }

    def _cancel(self, request: Any, _: dict[str, bytes]) -> dict[str, Any]:
        self.applications[request.orderId].cancels.append(request.cancelId)
        return {"orderId": request.orderId, "accepted": True}

    def report(self) -> dict[str, Any]:
        return {
            "applications": {
                order: {
                    "service": one.service,
                    "lastName": one.last_name,
                    "question": one.question,
                    "files": one.files,
                    "times": one.times,
                    "cancels": one.cancels,
                }
                for order, one in self.applications.items()
            },
            "refused": self.refused,
        }


def checked(file: Any, octets: bytes) -> str:
    """Hold a file against what is said of it; return its digest."""
    digest = hashlib.sha256(octets)
    if (len(octets), digest.digest()) != (file.size, file.hash):
        raise ValueError(file.fileName)
    return digest.hexdigest()


class Published:
    """One WSDL, for both sides of its SOAP 1.1 port."""

    def __init__(self, wsdl: str, transport: Transport) -> None:
        self.client = zeep.Client(wsdl, transport=transport)
        bindings = self.client.wsdl.bindings.values()
        binding = next(one for one in bindings if one.name.localname.endswith("Soap11"))
        self.operations = {one.input.body.qname: one for one in binding.all().values()}

    def element(self, namespace: str, name: str) -> Any:
        return self.client.get_element(f"{{{namespace}}}{name}")


class Plain:
    """The plain binding: MessageHeader and the payload in the Body."""

    def __init__(self, known: dict[str, Any], served: Published, called: Published) -> None:
        self.known, self.served, self.called = known, served, called

    def read(self, operation: Any, message: "Incoming") -> tuple[Any, Any, dict[str, bytes]]:
        """Return what the answer needs, the request, and its files by name."""
        asked = operation.input.deserialize(message.envelope)
        attached = getattr(asked.body, "attachment", ())
        return (
            asked.header.header,
            asked.body,
            {one.file.fileName: one.file.content for one in attached},
        )

    def answer(self, operation: Any, asked: Any, fields: dict[str, Any]) -> Any:
        header = self._header(self.served, recipient=asked.sender, correlationId=asked.messageId)
        return 200, operation.output.serialize(**fields, _soapheaders=[header]).content

    def refuse(self, _operation: Any, _asked: Any, said: str) -> Any:
        """Answer with the fault that stands for a status."""
        again = said == "FAILURE"
        detail = etree.Element("detail")
        fault = self.served.element(HUB, "HubFault")
        fault.render(detail, fault(code=CODES[said], message=f"Нет: {said}", retryable=again))
        envelope = etree.Element(f"{SOAP}Envelope")
        told = etree.SubElement(etree.SubElement(envelope, f"{SOAP}Body"), f"{SOAP}Fault")
        prefix = next(name for name, space in told.nsmap.items() if f"{{{space}}}" == SOAP)
        etree.SubElement(told, "faultcode").text = f"{prefix}:{'Server' if again else 'Client'}"
        etree.SubElement(told, "faultstring").text = f"Нет: {said}"
        told.append(detail)
        return 500, envelope

    def push(self, event: dict[str, Any], file: dict[str, Any] | None, octets: bytes) -> Any:
        """Tell the hub of an event; return what it says."""
        attached = [] if file is None else [{**file, "content": octets}]
        header = self._header(self.called)
        asked = {**event, "attachment": attached, "_soapheaders": [header]}
        answer = self.called.client.service.PushEvent(**asked)
        return {"code": answer.body.code, "duplicate": answer.body.duplicate, "status": None}

    def _header(self, published: Published, **more: Any) -> Any:
        return published.element(HUB, "MessageHeader")(
            messageId=str(uuid.uuid4()),
            sender=self.known["sender"],
            timestamp=now(),
            contour="TEST",
            formatVersion="1.0",
            **more,
        )


class Smev2:
    """The binding SMEV 2: smev:Message and smev:MessageData."""

    def __init__(self, known: dict[str, Any], served: Published, called: Published) -> None:
        self.known, self.served, self.called = known, served, called

    def read(self, operation: Any, message: "Incoming") -> tuple[Any, Any, dict[str, bytes]]:
        """Return what the answer needs, the request, and its files by name."""
        asked = operation.input.deserialize(message.envelope)
        data = asked.body.MessageData
        archive = None
        if data.AppDocument is not None:
            reference = data.AppDocument.Reference
            archive = (
                data.AppDocument.BinaryData
                if reference is None
                else message.parts[unquote(reference.Include.href.removeprefix("cid:"))]
            )
        return asked, data.AppData._value_1[0], {} if archive is None else unzipped(archive)

    def answer(self, operation: Any, asked: Any, fields: dict[str, Any]) -> Any:
        payload = self.served.element(APPLICATION, f"{operation.name}Response")
        return self._answered(operation, asked, "ACCEPT", AnyObject(payload, payload(**fields)))

    def refuse(self, operation: Any, asked: Any, said: str) -> Any:
        """Answer with a status that says no."""
        errors = self.served.element(ERRORS, "Errors")
        error = {"errorCode": CODES[said], "errorMessage": f"Нет: {said}"}
        told = errors(Error=[error], retryable=said == "FAILURE", entry="-")
        return self._answered(operation, asked, said, AnyObject(errors, told))

    def push(self, event: dict[str, Any], file: dict[str, Any] | None, octets: bytes) -> Any:
        """Tell the hub of an event; return what it says."""
        element = self.called.element(EVENTS, "PushEventRequest")
        payload = element(**event, attachment=[] if file is None else [file])
        data: dict[str, Any] = {"AppData": {"_value_1": [AnyObject(element, payload)]}}
        if file is not None:
            code = f"req_{uuid.uuid4()}"
            archive = zipped(code, file["fileName"], file["mimeType"], octets)
            data["AppDocument"] = {"RequestCode": code, "BinaryData": archive}
        parties = {"Sender": self._self(), "Recipient": self.known["smev2"]["hub"]}
        message = {**parties, **self._message("RESULT"), "CaseNumber": str(event["orderId"])}
        answer = self.called.client.service.PushEvent(Message=message, MessageData=data)
        said = answer.body.MessageData.AppData._value_1[0]
        return {
            "code": getattr(said, "code", None),
            "duplicate": getattr(said, "duplicate", None),
            "status": answer.body.Message.Status,
        }

    def _answered(self, operation: Any, asked: Any, status: str, payload: Any) -> Any:
        request, header = asked.body.Message, asked.header.header
        message = {
            "Sender": self._self(),
            "Recipient": request.Sender,
            **self._message(status),
            "RequestIdRef": header.MessageId,
            "OriginRequestIdRef": request.OriginRequestIdRef or header.MessageId,
            "CaseNumber": request.CaseNumber,
        }
        data = {"AppData": {"_value_1": [payload]}}
        return 200, operation.output.serialize(Message=message, MessageData=data).content

    def _self(self) -> dict[str, str]:
        return {"Code": self.known["smev2"]["mnemonic"], "Name": "Ведомство на zeep"}

    @staticmethod
    def _message(status: str) -> dict[str, Any]:
        return {"TypeCode": "GSRV", "Status": status, "Date": now(), "ExchangeType": "2"}


class Incoming:
    """A message that came: its envelope, and its parts by Content-ID."""

    def __init__(self, octets: bytes, content_type: str) -> None:
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        message = BytesParser().parsebytes(head + octets)
        self.parts: dict[str, bytes] = {}
        if message.get_content_type() == "multipart/related":
            pieces = [(one["Content-ID"] or "", octets_of(one)) for one in message.get_payload()]
            self.parts = {name.strip(" <>"): content for name, content in pieces}
            octets = self.parts[str(message.get_param("start") or pieces[0][0]).strip(" <>")]
        self.envelope = etree.fromstring(octets)
        # Reference is no binary type: zeep reads the Include inside of it by itself.
        for include in list(self.envelope.iter(INCLUDE)):
            holder = include.getparent()
            if holder.tag != REFERENCE:
                content = self.parts[unquote(include.get("href").removeprefix("cid:"))]
                holder.remove(include)
                holder.text = base64.b64encode(content).decode()

    @property
    def tag(self) -> str:
        return str(self.envelope.find(f"{SOAP}Body")[0].tag)


def octets_of(part: Message) -> bytes:
    return part.get_payload(decode=True)


def unzipped(octets: bytes) -> dict[str, bytes]:
    """Return the files of an archive by the names of its list."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        name = next(one for one in archive.namelist() if one.startswith("req_"))
        listed = etree.fromstring(archive.read(name)).iter(f"{{{APPLIED}}}AppliedDocument")
        return {
            one.findtext(f"{{{APPLIED}}}Name"): archive.read(one.findtext(f"{{{APPLIED}}}URL"))
            for one in listed
        }


def zipped(code: str, name: str, media_type: str, octets: bytes) -> bytes:
    root = etree.Element(f"{{{APPLIED}}}AppliedDocuments")
    described = etree.SubElement(root, f"{{{APPLIED}}}AppliedDocument")
    for tag, text in (("Name", name), ("URL", name), ("Type", media_type)):
        etree.SubElement(described, f"{{{APPLIED}}}{tag}").text = text
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(f"{code}.xml", etree.tostring(root))
        archive.writestr(name, octets)
    return body.getvalue()


class Program:
    """The department with its server and its client."""

    def __init__(self, known: dict[str, Any]) -> None:
        session = requests.Session()
        session.auth = (known["login"], known["password"])
        transport = Transport(session=session, timeout=MOST_SECONDS)
        served = Published(known["applicationWsdl"], transport)
        called = Published(known["eventsWsdl"], transport)
        self.served = served
        self.binding = (Smev2 if known["smev2"] else Plain)(known, served, called)
        self.department = Department()
        self.told: tuple[Any, ...] = ()

    def answer(self, octets: bytes, content_type: str) -> tuple[int, bytes]:
        message = Incoming(octets, content_type)
        operation = self.served.operations[message.tag]
        asked, request, files = self.binding.read(operation, message)
        try:
            fields = self.department.answer(operation.name, request, files)
            status, envelope = self.binding.answer(operation, asked, fields)
        except Refusal as refusal:
            status, envelope = self.binding.refuse(operation, asked, str(refusal))
        return status, etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")

    def tell(self, order: int, code: int, comment: str, file: dict[str, str] | None) -> Any:
        """Tell the hub of a state."""
        event = {
            "eventId": str(uuid.uuid4()),
            "orderId": order,
            "eventDate": now(),
            "eventComment": comment,
            "event": {"orderStatusEvent": {"statusCode": {"techCode": code}}},
        }
        octets = b"" if file is None else base64.b64decode(file["content"])
        described = file and {
            "fileId": str(uuid.uuid4()),
            "fileName": file["name"],
            "mimeType": "text/plain",
            "size": len(octets),
            "hash": hashlib.sha256(octets).digest(),
            "hashAlg": "SHA-256",
        }
        self.told = event, described, octets
        return self.binding.push(*self.told)

    def obey(self, do: str, **what: Any) -> Any:
        """Do what the test asks for."""
        match do:
            case "tell":
                return self.tell(what["order"], what["code"], what["comment"], what.get("file"))
            case "tell again":
                return self.binding.push(*self.told)
            case "refuse":
                return self.department.refusals.update({what["order"]: what["with"]})
            case _:
                return self.department.report()


def handler(program: Program) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            octets = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = program.answer(octets, self.headers["Content-Type"])
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def main() -> None:
    known = json.loads(sys.stdin.readline())
    program = Program(known)
    server = ThreadingHTTPServer(("127.0.0.1", known["port"]), handler(program))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(program.obey(**json.loads(line))), flush=True)
    server.shutdown()


main()
