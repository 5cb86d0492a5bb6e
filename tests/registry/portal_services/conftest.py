from datetime import date

import pytest

from gateway.kernel.message import Contour
from registry.entry import Newcomer, enter
from registry.kinds import ParticipantKind
from registry.portal_services import (
    AttachmentTerms,
    FormShelf,
    PortalServices,
    Route,
    ServiceCard,
    desk,
)

DEPARTMENT = "DEPT72001"
CARD = ServiceCard(
    "garden",
    "Постановка на учёт в детский сад",
    DEPARTMENT,
    AttachmentTerms(frozenset({"application/pdf", "image/png"}), 5_000_000),
)
NAMESPACE = "urn:example:garden"
XSD = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"
    xmlns="{NAMESPACE}" elementFormDefault="qualified">
  <xs:element name="Enrolment" type="Enrolment"/>
  <xs:complexType name="Enrolment">
    <xs:sequence>
      <xs:element name="childName" type="xs:string"/>
      <xs:element name="wantedFrom" type="xs:date"/>
    </xs:sequence>
  </xs:complexType>
</xs:schema>
""".encode()


class Operator:
    """An operator at the registry: each deed is a transaction."""

    def __init__(self, database, clock):
        self.database = database
        self.clock = clock

    def __getattr__(self, name):
        def do(*arguments, **more):
            with self.database.writing() as transaction:
                return getattr(desk, name)(
                    transaction, *arguments, now=self.clock(), actor="оператор", **more
                )

        return do

    def publish(self, code="garden", version="1.0", documents=None, since=date(2026, 1, 1), **more):
        return self.publish_form(code, version, documents or {"garden.xsd": XSD}, since, **more)

    def open(self, code="garden", contour=Contour.TEST, route=None):
        return self.open_service(code, contour, route, "приказ")

    def close(self, code="garden", contour=Contour.TEST):
        self.close_service(code, contour, None)


@pytest.fixture
def operator(registry_database, clock):
    with registry_database.writing() as transaction:
        for code, kind in (
            (DEPARTMENT, ParticipantKind.DEPARTMENT),
            ("DEPT72002", ParticipantKind.MUNICIPALITY),
            ("BANK72001", ParticipantKind.BANK),
            ("PORTAL72001", ParticipantKind.PORTAL),
        ):
            enter(transaction, Newcomer(code, "Вымышленный участник", kind), clock(), "оператор")
    return Operator(registry_database, clock)


@pytest.fixture
def entered(operator):
    operator.enter(CARD)
    return operator


@pytest.fixture
def opened(entered):
    entered.publish()
    entered.open(route=Route.ENDPOINT)
    return entered


@pytest.fixture
def shelf(registry_database):
    return FormShelf(registry_database)


@pytest.fixture
def services(directory, shelf):
    return PortalServices(directory.portal_services, shelf, Contour.TEST)
