"""Emulators are written by themselves, and speak the published formats all the same."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from lxml import etree

from gateway.contracts.catalog import load_catalog
from gateway.contracts.sample import samples
from gateway.edge.emulators import calls, event_sink, intake
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Document, State, StatusEvent
from gateway.edge.emulators.portal import Portal

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
RESULT = Document("итог.pdf", b"octets")
APPLICATION, EVENTS, SINK = (
    f"portal/{name}/1.0" for name in ("application", "events", "event-sink")
)
OPERATIONS = [
    (APPLICATION, "SubmitApplication"),
    (APPLICATION, "SendApplicantMessage"),
    (APPLICATION, "GetApplicationState"),
    (APPLICATION, "SubmitCorrection"),
    (APPLICATION, "CancelApplication"),
    (APPLICATION, "Ping"),
    (SINK, "DeliverEvent"),
    (SINK, "Ping"),
]


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def emulators(department, clock):
    return {
        APPLICATION: intake.emulator(department),
        SINK: event_sink.emulator(Portal(clock)),
    }


def payload_of(octets: bytes) -> etree._Element:
    return etree.fromstring(octets).find("{*}Body/*")


def assert_published(contract, payload):
    # By itself: the namespaces of the stack's envelope are no part of it.
    alone = etree.fromstring(etree.tostring(payload))
    assert contract.validate(alone), contract.last_error


def sample(catalog, contract: str, operation: str) -> bytes:
    made = samples(catalog.contract(contract))[f"{operation}Request"]
    # A sample shows where the octets of a file go, and has none to show.
    return made.replace(b"<common:content/>", b"")


@pytest.mark.parametrize(("contract", "operation"), OPERATIONS)
def test_a_published_request_is_heard_and_answered_in_the_published_format(
    contract, operation, catalog, emulators, department
):
    emulator = emulators[contract]
    if contract == APPLICATION and operation not in {"SubmitApplication", "Ping"}:
        emulator.treat(sample(catalog, contract, "SubmitApplication"))
    if operation == "SubmitCorrection":
        department.push(*department.everything(), 14)
    treatment = emulator.treat(sample(catalog, contract, operation))
    assert treatment.status == 200, treatment.body
    assert_published(catalog.contract(contract), payload_of(treatment.body))


@pytest.mark.parametrize("contract", [APPLICATION, SINK])
def test_every_published_operation_is_there(contract, catalog, emulators):
    published = {operation.name for operation in catalog.contract(contract).operations}
    wsdl = etree.fromstring(emulators[contract].wsdl("http://localhost"))
    there = wsdl.iterfind("{*}portType/{*}operation")
    assert {operation.get("name") for operation in there} == published


def test_what_the_portal_submits_is_published(catalog):
    order = Order(7, "SRV-1", "1.0", b"<f xmlns='urn:test:form'/>", NOW, (RESULT,))
    assert_published(catalog.contract(APPLICATION), calls.submitted(order))


@pytest.mark.parametrize(
    "state",
    [State(6, NOW, "Принято"), State(3, NOW, "Исполнено", "Готово", RESULT)],
    ids=["state", "result"],
)
def test_what_the_department_tells_is_published(state, catalog):
    told = calls.pushed(StatusEvent(UUID(int=1), 7, state))
    assert_published(catalog.contract(EVENTS), told)
    assert etree.tostring(told) == etree.tostring(
        calls.pushed(StatusEvent(UUID(int=1), 7, state))
    ), "a repeat is the same"
