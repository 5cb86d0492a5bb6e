"""A participant's program as zeep makes it of our WSDLs, at a hub whose clock a test moves."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

import requests
import zeep
from messages import HUB
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport
from zeep.wsdl import Document

from gateway.kernel.ports import LOCAL

CONTOUR = "TEST"


@dataclass(frozen=True)
class Behalf:
    """The person for whom the school system speaks."""

    esia_oid: str
    role: str


@dataclass
class SoapProgram:
    """A participant who sends messages by name of service and operation; each takes a second."""

    base_url: str
    clock: Any
    code: str
    login: str
    password: str
    clients: dict[str, zeep.Client] = field(default_factory=dict)

    def ask(
        self, service: str, operation: str, behalf: Behalf | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Return the answer as plain values; raise zeep's Fault."""
        client = self._client(service)
        header = client.get_element(f"{{{HUB}}}MessageHeader")(
            messageId=str(uuid4()),
            sender=self.code,
            timestamp=self.clock().astimezone(LOCAL),
            contour=CONTOUR,
            formatVersion="1.0",
            onBehalfOf=behalf and {"esiaOid": behalf.esia_oid, "role": behalf.role},
        )
        try:
            answer = client.service[operation](_soapheaders=[header], **fields)
        finally:
            self.clock.advance(seconds=1)
        return serialize_object(answer.body, dict)

    def refused(self, *asked: Any, **fields: Any) -> str:
        """Return the code of the refusal of a message that must not be answered."""
        try:
            answer = self.ask(*asked, **fields)
        except Fault as fault:
            return fault.detail.findtext(f".//{{{HUB}}}code")
        raise AssertionError(answer)

    def close(self) -> None:
        """Hang up: a hub that stops waits for whoever is connected."""
        for client in self.clients.values():
            client.transport.session.close()

    def _client(self, service: str) -> zeep.Client:
        if service not in self.clients:
            session = requests.Session()
            session.auth = (self.login, self.password)
            transport = Transport(session=session, timeout=60, operation_timeout=60)
            wsdl = _wsdl(f"{self.base_url}/test/ws/{service}/1.0?wsdl")
            self.clients[service] = zeep.Client(wsdl, transport=transport)
        return self.clients[service]


@cache
def _wsdl(address: str) -> Document:
    """Read a contract once, whoever speaks by it."""
    with requests.Session() as session:
        return zeep.Client(address, transport=Transport(session=session)).wsdl


def period(first: dt.date, last: dt.date) -> dict[str, dt.date]:
    """Return a Period of the contracts; `from` is no word that Python lets one write."""
    return {"from": first, "to": last}
