"""The floor under any Python server: granian, one parse, one validation, the rows, a string back."""

import os
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from rows import store

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
BODY = f"{{{SOAP}}}Body"
DOMAIN = "urn://x-artefacts-citto-72/meals"
TYUMEN = timezone(timedelta(hours=5))
XSD = Path(os.environ["BENCH_ROOT"]) / "xsd" / "meals"
ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>%s</soap:Body></soap:Envelope>'
)
REGISTERED = ENVELOPE % (
    f'<p:RegisterPaymentResponse xmlns:p="{DOMAIN}/bank-payment/1.0">'
    "<p:resultCode>0</p:resultCode><p:resultText>ОК</p:resultText>"
    "<p:bankPaymentId>%s</p:bankPaymentId><p:hubPaymentId>%s</p:hubPaymentId>"
    "<p:state>ACCEPTED</p:state><p:acceptedAt>%s</p:acceptedAt><p:duplicate>false</p:duplicate>"
    "</p:RegisterPaymentResponse>"
)
SUBMITTED = ENVELOPE % (
    f'<r:SubmitRegistryResponse xmlns:r="{DOMAIN}/payment-registry/1.0">'
    "<r:registryId>%s</r:registryId><r:hubRegistryId>%s</r:hubRegistryId><r:state>RECEIVED</r:state>"
    "<r:receivedAt>%s</r:receivedAt><r:duplicate>false</r:duplicate></r:SubmitRegistryResponse>"
)
FAULT = ENVELOPE % (
    "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>%s</faultstring></soap:Fault>"
)
STORE = store()


class Refused(Exception):
    """The request is not by the contract."""


def register_payment(request: etree._Element) -> str:
    identity, now = str(uuid.uuid4()), _now()
    if STORE is not None:
        STORE.payment(_payment(request, identity, now))
    return REGISTERED % (escape(request[0].text), identity, now)


def submit_registry(request: etree._Element) -> str:
    identity, now = str(uuid.uuid4()), _now()
    if STORE is not None:
        STORE.registry(*_registry(request, identity, now))
    return SUBMITTED % (escape(request[0].text), identity, now)


def _payment(request: etree._Element, identity: str, now: str) -> tuple[Any, ...]:
    said = _texts(request)
    return (
        said["bankPaymentId"],
        said["account"],
        said["amount"],
        said["paymentTime"],
        said["channel"],
        said.get("terminalId"),
        said.get("documentNumber"),
        identity,
        now,
    )


def _registry(
    request: etree._Element, identity: str, now: str
) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    head: dict[str, Any] = {}
    lines = []
    for child in request:
        name = child.tag.rpartition("}")[2]
        if name == "line":
            lines.append(_line(_texts(child)))
        elif name == "period":
            head["from"], head["to"] = child[0].text, child[1].text
        else:
            head[name] = child.text
    row = (
        head["registryId"],
        head["registryNumber"],
        head["registryDate"],
        head["organizerInn"],
        head["from"],
        head["to"],
        head["kind"],
        head["count"],
        head["totalAmount"],
        identity,
        now,
    )
    return row, lines


def _line(said: dict[str, str]) -> tuple[Any, ...]:
    return (
        int(said["lineNo"]),
        said["bankPaymentId"],
        said["account"],
        said["amount"],
        said["paymentTime"],
        said["channel"],
        said.get("terminalId"),
        said["status"],
    )


def _schema(service: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(XSD / service / "1.0" / f"{service}.xsd")))


def _texts(parent: etree._Element) -> dict[str, str]:
    return {child.tag.rpartition("}")[2]: child.text for child in parent}


def _now() -> str:
    return datetime.now(TYUMEN).isoformat(timespec="milliseconds")


Handler = Callable[[etree._Element], str]
OPERATIONS: dict[str, tuple[etree.XMLSchema, Handler]] = {
    f"{{{DOMAIN}/bank-payment/1.0}}RegisterPaymentRequest": (
        _schema("bank-payment"),
        register_payment,
    ),
    f"{{{DOMAIN}/payment-registry/1.0}}SubmitRegistryRequest": (
        _schema("payment-registry"),
        submit_registry,
    ),
}


def answer(data: bytes) -> tuple[int, bytes]:
    try:
        return 200, _answer(data).encode()
    except Refused as refusal:
        return 500, (FAULT % escape(str(refusal))).encode()


def _answer(data: bytes) -> str:
    try:
        body = etree.fromstring(data, _parser()).find(BODY)
    except etree.XMLSyntaxError as error:
        raise Refused(str(error)) from error
    if body is None or len(body) != 1 or body[0].tag not in OPERATIONS:
        raise Refused("no such operation")
    schema, handle = OPERATIONS[body[0].tag]
    if not schema.validate(body[0]):
        raise Refused(str(schema.error_log.last_error))
    return handle(body[0])


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


async def rsgi(scope: Any, protocol: Any) -> None:
    """Without a database nothing waits: the loop does it all."""
    status, body = answer(await protocol())
    protocol.response_bytes(status, [("content-type", "text/xml; charset=utf-8")], body)


def wsgi(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """With a database threads wait for its commits."""
    status, body = answer(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)))
    start_response(
        "200 OK" if status == 200 else "500 Internal Server Error",
        [("Content-Type", "text/xml; charset=utf-8"), ("Content-Length", str(len(body)))],
    )
    return [body]
