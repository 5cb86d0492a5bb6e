"""The portal and a department over SMEV 2: each status of the exchange, by real HTTP.

What the hub's handlers of applications would answer is told by the tests; the line, the binding
and the published files are the real ones.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hub_process import hub_on
from hub_thread import serving
from lxml import etree
from smev2_client import Client, enclosed, file_ref

from adapters.portal import events_v25
from adapters.portal import smev2 as declared
from adapters.portal.messages import application, events
from adapters.portal.messages.portal_common import ReplyCode
from gateway import bootstrap
from gateway.adapter import Adapter, Service, reading, writing
from gateway.bootstrap import smev2 as second_binding
from gateway.bootstrap.binding import bind
from gateway.bootstrap.hub import ADAPTERS, Hub
from gateway.contracts.smev2 import envelope_contract
from gateway.kernel.errors import (
    GatewayError,
    IllegalTransition,
    NotFound,
    TemporaryUnavailable,
)
from gateway.kernel.message import Contour, Smev2Profile
from gateway.kernel.settings import load
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.soap.smev2 import MESSAGE, MESSAGE_DATA, Status, System
from gateway.soap.smev2_files import Enclosure, pack
from registry import smev2 as profiles
from registry.errors import NothingToChange
from registry.participants import Registrar

APPLICATION, EVENTS = "portal/application/1.0", "portal/events/1.0"
PLAIN = "urn://x-artefacts-citto-72/portal/application/1.0"
WRAPPER = "{urn://x-artefacts-citto-72/portal/application/smev2/1.0}"
EVENT = "urn://x-artefacts-citto-72/portal/events/1.0"
EVENT_WRAPPER = "{urn://x-artefacts-citto-72/portal/events/smev2/1.0}"
PORTAL, DEPARTMENT = System("PORT72001", "Портал"), System("DEPT72009", "Ведомство")
V25 = events_v25.NAMESPACE
PROVIDERS = Providers.of([RsaProvider()])


class FormWrong(GatewayError):
    """A refusal of the slice that is about the form of what was sent."""

    code = "FORM_SCHEMA_INVALID"


@dataclass
class Book:
    """What the handlers know and were told."""

    state: int = 2
    error: Exception | None = None
    code: ReplyCode = ReplyCode.OK
    received: list[Any] = field(default_factory=list)

    def submit(self, received, work):
        self._heard(received)
        return application.SubmitApplicationResponse(
            order_id=received.request.order_id,
            hub_application_id=str(uuid4()),
            received_at=work.now,
            duplicate=False,
        )

    def cancel(self, received, _):
        self._heard(received)
        order = received.request.order_id
        return application.CancelApplicationResponse(order_id=order, accepted=True)

    def state_of(self, received, work):
        self._heard(received)
        return application.GetApplicationStateResponse(
            order_id=received.request.order_id,
            tech_code=self.state,
            title="Состояние",
            changed_at=work.now,
            history=[],
        )

    def push(self, received, _):
        self._heard(received)
        return events.PushEventResponse(code=self.code, message="Принято", duplicate=False)

    def _heard(self, received) -> None:
        self.received.append(received)
        if self.error is not None:
            raise self.error


def nothing(*_):
    raise NotFound


def slice_of(book: Book) -> Adapter:
    """The services of the portal, answered by a book."""
    applications = (
        writing("SubmitApplication", book.submit, business_key=lambda one: str(one.order_id)),
        writing("CancelApplication", book.cancel),
        writing("SendApplicantMessage", nothing),
        writing("SubmitCorrection", nothing),
        reading("GetApplicationState", book.state_of),
    )
    told = [writing("PushEvent", book.push)] + [
        reading(name, nothing) for name in ("PushEvents", "GetEvents", "AckEvents", "GetAttachment")
    ]
    return Adapter(
        "portal-by-a-book",
        services=(
            Service(APPLICATION, application, applications, declared.APPLICATION),
            Service(EVENTS, events, tuple(told), declared.EVENTS),
        ),
    )


@pytest.fixture(scope="module")
def book() -> Book:
    return Book()


@pytest.fixture(scope="module")
def hub(book, tmp_path_factory, request) -> Iterator[Hub]:
    adapters = tuple(replace(one, services=()) if one.name == "portal" else one for one in ADAPTERS)
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("smev2-portal")
        process = stack.enter_context(hub_on("sqlite", folder, request.getfixturevalue))
        assembled = bootstrap.assemble(load(process.environment))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(
            "gateway.contracts.catalog.TEMPLATES", {"portal/event-sink/1.0", "portal/ppu/1.0"}
        )
        adapters = (*adapters, slice_of(book))
        routes = bind(assembled.catalog, adapters)
        hub = replace(
            assembled,
            adapters=adapters,
            routes=routes,
            wrappers=second_binding.bind(assembled.catalog, adapters, routes),
        )
        known(hub)
        hub.__dict__["people"] = process.seeded.people.by_role
        with serving(hub):
            yield hub


def known(hub: Hub) -> None:
    """Let the portal and the department speak SMEV 2."""
    registrar = Registrar(hub.registry, hub.clock, "tests")
    for code, service, system in (
        ("PORTAL72001", "portal/application", PORTAL),
        ("DEPT72001", "portal/events", DEPARTMENT),
    ):
        with suppress(NothingToChange):
            registrar.grant(code, service, Contour.TEST)
        with hub.registry.writing() as transaction:
            profile = Smev2Profile(system.code)
            profiles.put(transaction, code, profile, hub.clock(), "tests")


@pytest.fixture(autouse=True)
def fresh(book):
    book.__init__()


def client_of(hub: Hub, role: str, system: System, service: str) -> Client:
    person = hub.__dict__["people"][role]
    signer = load_signer(person.key, person.certificate, PROVIDERS)
    url = f"{hub.settings.base_url}/test/smev2/{service}"
    return Client(url, system, (person.login, person.password), signer, PROVIDERS)


@pytest.fixture
def portal(hub) -> Client:
    return client_of(hub, "portal", PORTAL, APPLICATION)


@pytest.fixture
def department(hub) -> Client:
    return client_of(hub, "department", DEPARTMENT, EVENTS)


def application_of(order: int, attachment: str = "", version: str = "1.0") -> str:
    return (
        f'<a:SubmitApplicationRequest xmlns:a="{PLAIN}" xmlns:c="urn://x-artefacts-citto-72/common/1.0">'
        f"<a:orderId>{order}</a:orderId><a:serviceCode>KINDERGARTEN</a:serviceCode>"
        f"<a:formVersion>{version}</a:formVersion>"
        "<a:submittedAt>2026-09-01T10:30:00+05:00</a:submittedAt>"
        "<a:applicant><a:type>FL</a:type></a:applicant>"
        '<a:formData><f:Form xmlns:f="urn://example.org/form"/></a:formData>'
        f"{attachment}</a:SubmitApplicationRequest>"
    )


def submit(portal, order: int, **more):
    wrapper = f"{WRAPPER}SubmitApplicationRequest"
    return portal.ask(wrapper, application_of(order), case_number=str(order), **more)


def state(order: int) -> str:
    return (
        f'<a:GetApplicationStateRequest xmlns:a="{PLAIN}"><a:orderId>{order}</a:orderId>'
        "</a:GetApplicationStateRequest>"
    )


def ping(portal, asked: str | None, wrapper="GetApplicationStateRequest", **more):
    return portal.ask(f"{WRAPPER}{wrapper}", "", Status.PING, request_id=asked, **more)


def test_application_is_taken_with_accept(portal):
    answer = submit(portal, 1)
    assert (answer.status, answer.message.case_number) == ("ACCEPT", "1")
    assert answer.payload.tag == f"{{{PLAIN}}}SubmitApplicationResponse"
    assert answer.body.tag == f"{WRAPPER}SubmitApplicationResponse"


def test_answer_to_a_signed_message_is_signed_and_valid(portal, hub):
    answer = submit(portal, 2)
    assert answer.is_signed
    assert envelope_contract().validate(answer.body.find(MESSAGE))
    assert envelope_contract().validate(answer.body.find(MESSAGE_DATA))
    assert hub.catalog.contract(APPLICATION).validate(answer.payload)


@pytest.mark.parametrize("wrapper", ["GetApplicationStateRequest", "SubmitApplicationRequest"])
@pytest.mark.parametrize(
    ("tech_code", "status"), [(2, "PROCESS"), (6, "PROCESS"), (3, "RESULT"), (4, "REJECT")]
)
def test_ping_tells_how_far_the_application_has_come(portal, book, wrapper, tech_code, status):
    asked = submit(portal, 3).message.request_id
    book.state = tech_code
    answer = ping(portal, asked, wrapper)
    assert (answer.status, answer.text("techCode")) == (status, str(tech_code))
    assert answer.body.tag == f"{WRAPPER}{wrapper.replace('Request', 'Response')}"
    assert book.received[-1].request.order_id == 3


def test_ping_may_name_the_first_request_of_the_chain(portal):
    asked = submit(portal, 4).message.request_id
    assert ping(portal, None, origin_request_id=asked).status == "PROCESS"


def test_ping_may_hold_the_question_itself(portal, book):
    answer = portal.ask(f"{WRAPPER}GetApplicationStateRequest", state(5), Status.PING)
    assert (answer.status, book.received[-1].request.order_id) == ("PROCESS", 5)


def test_ping_about_an_unknown_request_is_rejected(portal):
    answer = ping(portal, str(uuid4()))
    assert (answer.status, answer.error_codes) == ("REJECT", ["NOT_FOUND"])


def test_synchronous_question_is_answered_with_a_result(portal):
    answer = portal.ask(f"{WRAPPER}GetApplicationStateRequest", state(6))
    assert answer.status == "RESULT"


@pytest.mark.parametrize("status", [Status.CANCEL, Status.REQUEST])
def test_withdrawal_is_taken_with_accept(portal, status):
    cancelled = (
        f'<a:CancelApplicationRequest xmlns:a="{PLAIN}"><a:orderId>7</a:orderId>'
        f"<a:cancelId>{uuid4()}</a:cancelId></a:CancelApplicationRequest>"
    )
    answer = portal.ask(f"{WRAPPER}CancelApplicationRequest", cancelled, status)
    assert answer.status == "ACCEPT"


def test_errors_of_form_are_invalid(portal):
    wrong = application_of(8, version="")
    answer = portal.ask(f"{WRAPPER}SubmitApplicationRequest", wrong)
    assert (answer.status, answer.is_signed) == ("INVALID", True)
    assert set(answer.error_codes) == {"VALIDATION_ERROR"}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (FormWrong(), "INVALID"),
        (IllegalTransition(), "REJECT"),
        (TemporaryUnavailable(), "FAILURE"),
        (ValueError(), "FAILURE"),
    ],
    ids=["form", "no", "later", "defect"],
)
def test_what_the_handler_refuses_is_told_by_the_status(portal, book, error, status):
    book.error = error
    answer = submit(portal, 9)
    assert (answer.http.status_code, answer.status, answer.is_signed) == (200, status, True)


def test_same_message_again_gets_the_same_answer_and_is_handled_once(portal, book):
    octets = portal.envelope(f"{WRAPPER}SubmitApplicationRequest", application_of(10))
    first, again = portal.send(octets), portal.send(octets)
    assert first.http.content == again.http.content
    assert len(book.received) == 1


def test_somebody_elses_signature_is_a_fault(portal):
    answer = submit(portal, 11, sender=DEPARTMENT)
    assert (answer.fault_code, answer.is_signed) == ("SIGNATURE_INVALID", False)


def test_id_of_a_header_that_nobody_signed_is_not_believed(portal):
    own = str(uuid4())
    assert submit(portal, 12, message_id=own).message.request_id != own


def test_attachment_of_the_archive_reaches_the_handler(portal, book, hub):
    octets = b"%PDF-1.4"
    file = file_ref("c", "spravka.pdf", octets)
    attached = f"<a:attachment><a:code>DOC</a:code><a:file>{file}</a:file></a:attachment>"
    sent = Enclosure("spravka.pdf", "DOC", "application/pdf", lambda: octets)
    archive = enclosed(pack([sent], "req_1"), "req_1")
    answer = portal.ask(
        f"{WRAPPER}SubmitApplicationRequest", application_of(13, attached), document=archive
    )
    assert answer.status == "ACCEPT", answer.http.text
    received = book.received[-1]
    token = f"sha256:{hashlib.sha256(octets).hexdigest()}".encode()
    assert received.request.attachment[0].file.content == token
    assert received.attachments[token].size == len(octets)


def event(order: int) -> str:
    return (
        f'<e:PushEventRequest xmlns:e="{EVENT}" xmlns:p="urn://x-artefacts-citto-72/portal/common/1.0">'
        f"<e:eventId>{uuid4()}</e:eventId><e:orderId>{order}</e:orderId>"
        f"<e:eventDate>{datetime.now(UTC).isoformat()}</e:eventDate>"
        "<e:event><e:orderStatusEvent><e:statusCode><p:techCode>6</p:techCode></e:statusCode>"
        "</e:orderStatusEvent></e:event></e:PushEventRequest>"
    )


@pytest.mark.parametrize(
    ("code", "status"), [(ReplyCode.OK, "ACCEPT"), (ReplyCode.ORDER_NOT_FOUND, "REJECT")]
)
def test_event_is_pushed_as_a_result(department, book, code, status):
    book.code = code
    answer = department.ask(f"{EVENT_WRAPPER}PushEventRequest", event(1), Status.RESULT)
    assert (answer.status, answer.text("code")) == (status, str(int(code)))


def event_v25(order: object = 1, prefix: str = "v", moment: str = "2026-09-01T10:30:00") -> str:
    p = prefix
    return (
        f'<{p}:orderId xmlns:{p}="{V25}">{order}</{p}:orderId>'
        f'<{p}:eventDate xmlns:{p}="{V25}">{moment}</{p}:eventDate>'
        f'<{p}:eventComment xmlns:{p}="{V25}">Принято</{p}:eventComment>'
        f'<{p}:event xmlns:{p}="{V25}"><{p}:orderStatusEvent><{p}:statusCode>'
        f"<{p}:techCode>6</{p}:techCode></{p}:statusCode>"
        f"<{p}:cancelAllowed>true</{p}:cancelAllowed></{p}:orderStatusEvent></{p}:event>"
    )


def push_v25(department, content: str, **more):
    return department.ask(f"{{{V25}}}pushEventRequest", content, Status.RESULT, **more)


def test_event_of_v25_is_understood_as_ours(department, book):
    answer = push_v25(department, event_v25(), service="IPGUEVENTSERVICE25")
    assert (answer.status, answer.body.tag) == ("ACCEPT", f"{{{V25}}}pushEventResponse")
    assert [answer.text("code"), answer.text("message")] == ["0", "Принято"]
    asked = book.received[-1].request
    assert (asked.order_id, asked.event.order_status_event.status_code.tech_code) == (1, 6)
    assert asked.event.order_status_event.cancel_allowed is True
    assert asked.event_comment == "Принято"


def test_event_of_v25_has_the_same_id_however_it_is_written(department, book):
    push_v25(department, event_v25())
    push_v25(department, event_v25(prefix="other", moment="2026-09-01T05:30:00Z"))
    push_v25(department, event_v25(order=2))
    first, again, other = (one.request.event_id for one in book.received)
    assert first == again != other


def test_answer_of_v25_is_valid_by_its_schema(department, hub):
    answer = push_v25(department, event_v25())
    told = etree.Element(f"{{{V25}}}eventAnswer")
    told.extend(list(answer.payload.getparent()))
    assert hub.catalog.contract(EVENTS).smev2.validate(told)


def test_broken_event_of_v25_is_invalid(department):
    answer = push_v25(department, event_v25(order="x"))
    assert (answer.status, answer.error_codes) == ("INVALID", ["VALIDATION_ERROR"])


def test_file_of_an_event_of_v25_is_its_attachment(department, book):
    sent = Enclosure("otvet.pdf", None, "application/pdf", lambda: b"%PDF")
    answer = push_v25(
        department, event_v25(order=3), document=enclosed(pack([sent], "req_1"), "req_1")
    )
    assert answer.status == "ACCEPT", answer.http.text
    received = book.received[-1]
    [file] = received.request.attachment
    assert (file.file_name, file.content in received.attachments) == ("otvet.pdf", True)
