"""The department at work in the process of the test, and zeep as whoever sends to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid4

import pytest
import requests
import zeep
from lxml import etree

from gateway.edge.emulators import intake
from gateway.edge.emulators.department import Department, StatusEvent
from gateway.edge.emulators.frame import Emulator
from gateway.edge.emulators.server import EmulatorServer, serving

FORM = etree.fromstring("<form xmlns='urn:test:form'><question>Вопрос</question></form>")


@pytest.fixture
def events() -> list[StatusEvent]:
    return []


@pytest.fixture
def department(clock, events) -> Department:
    serials = count(1)
    return Department(clock, lambda: UUID(int=next(serials)), events.append)


@pytest.fixture
def emulator(department) -> Emulator:
    return intake.emulator(department)


@pytest.fixture
def server(emulator) -> Iterator[EmulatorServer]:
    with serving(emulator) as server:
        yield server


class Portal:
    """What sends applications."""

    def __init__(self, url: str, clock, wsdl: zeep.wsdl.Document) -> None:
        self.url = url
        self.clock = clock
        self.client = zeep.Client(wsdl)
        (binding,) = wsdl.bindings
        self.service = self.client.create_service(binding, url)

    def submit(self, order_id=7, **more):
        fields = {
            "orderId": order_id,
            "serviceCode": "SRV-1",
            "formVersion": "1.0",
            "submittedAt": self.clock(),
            "applicant": {
                "type": "FL",
                "person": {"name": {"lastName": "Проба", "firstName": "Эталон"}},
            },
            "formData": {"_value_1": FORM},
        }
        return self.service.SubmitApplication(**{**fields, **more})

    def call(self, operation: str, **fields):
        return self.service[operation](**fields)

    def refusal(self, operation: str, **fields) -> str | None:
        """Return the code of the hub's fault that a call must end with."""
        with pytest.raises(zeep.exceptions.Fault) as fault:
            (self.submit if operation == "SubmitApplication" else self.by(operation))(**fields)
        return fault.value.detail.findtext(".//{*}HubFault/{*}code")

    def by(self, operation: str):
        return lambda **fields: self.call(operation, **fields)

    def post(self, octets: bytes) -> requests.Response:
        return requests.post(
            self.url, data=octets, headers={"Content-Type": "text/xml; charset=utf-8"}, timeout=10
        )


@pytest.fixture(scope="module")
def wsdl() -> zeep.wsdl.Document:
    """What a client makes of the WSDL; of another service of the kind only the address differs."""
    department = Department(lambda: datetime.now(UTC), uuid4, lambda _: None)
    with serving(intake.emulator(department)) as server:
        return zeep.wsdl.Document(f"{server.url}?wsdl", zeep.Transport())


@pytest.fixture
def portal(server, clock, wsdl) -> Portal:
    return Portal(server.url, clock, wsdl)
