"""The portal at the hub's counter: messages go to handlers as the line hands them over.

The registry, the forms, the outbox and the envelopes are the real ones; nothing is sent anywhere.
"""

import hashlib
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa
from lxml import etree

from adapters import portal
from adapters.portal import forwarding, statuses
from adapters.portal.messages import application as messages
from adapters.portal.recording import SINK
from adapters.portal.repository import applications
from adapters.portal.statuses import Statuses
from gateway.adapter import Received, Rules, Settled, Work
from gateway.bootstrap.binding import bind_outward
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.contracts.markup import Markup
from gateway.contracts.messages.common import FileRef, HashAlgorithm, PersonName
from gateway.contracts.smev2 import envelope_contract
from gateway.kernel.message import Contour, Participant, ParticipantState, Smev2Profile
from gateway.kernel.xml import make_parser
from gateway.outgoing import Outgoing
from gateway.outgoing.binding import Plain
from gateway.outgoing.smev2 import Smev2
from gateway.security.algorithms import Hash
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.soap import attachments as binary
from gateway.soap.smev2 import System
from gateway.storage.outbox import State
from registry.endpoints import Endpoint
from registry.kinds import Network, ParticipantKind
from registry.portal_services import (
    AttachmentTerms,
    FormShelf,
    FormVersion,
    PortalService,
    PortalServices,
    Route,
    ServiceCard,
)
from registry.portal_services import repository as forms
from registry.portal_services.schemas import digest_of

CATALOG = load_catalog()
CONTRACT = CATALOG.contract(forwarding.CONTRACT)
PORTAL = Participant(
    "PORTAL72001", "Портал услуг", ParticipantKind.PORTAL.value, ParticipantState.IN_OPERATION
)
OTHER_PORTAL = Participant(
    "EDU72001", "Портал ЭО", ParticipantKind.PORTAL.value, ParticipantState.IN_OPERATION
)
DEPARTMENT = Participant(
    "DEPT72001", "Ведомство", ParticipantKind.DEPARTMENT.value, ParticipantState.IN_OPERATION
)
NAMESPACE = "urn:example:garden"
SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"
    xmlns="{NAMESPACE}">
  <xs:element name="Enrolment" type="Enrolment"/>
  <xs:complexType name="Enrolment">
    <xs:sequence>
      <xs:element name="childName" type="xs:string"/>
      <xs:element name="wantedFrom" type="xs:date"/>
    </xs:sequence>
  </xs:complexType>
</xs:schema>
""".encode()
PDF = b"%PDF-1.7 invented"
FILE = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03"
RULES = Rules(
    check_digits_are_errors=True, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
SUBMITTED = datetime(2026, 3, 2, 6, tzinfo=UTC)


class Counter:
    """A contour with one service of each route; the department serves `ENDPOINT`."""

    def __init__(self, database, registry, clock):
        self.database = database
        self.clock = clock
        self.entries = itertools.count(100)
        self.serials = itertools.count(1)
        self.table = statuses.load()
        self.reachable = {(DEPARTMENT.code, forwarding.CONTRACT)}
        self.second = None
        """The envelopes of SMEV 2, where a test has somebody served by them."""
        self.services = {}
        self.calls = bind_outward(CATALOG, [portal.ADAPTER])
        documents = {"garden.xsd": SCHEMA}
        self.form = FormVersion("garden", "1.0", NAMESPACE, digest_of(documents), date(2026, 1, 1))
        with registry.writing() as transaction:
            forms.keep_documents(transaction, self.form.digest, documents)
        self.shelf = FormShelf(registry)
        for route in Route:
            self.publish(route)

    def publish(self, route, *, code=None, is_open=True, attachments=None, department=DEPARTMENT):
        terms = attachments or AttachmentTerms(frozenset({"application/pdf"}), 1000)
        card = ServiceCard(code or route.value, "Детский сад", department.code, terms)
        self.services[card.code] = PortalService(card, route, is_open, {"1.0": self.form})

    def send(self, operation, request, sender=PORTAL):
        """Hand a message over; return the typed answer or raise the refusal."""
        received = self.received(request, sender)
        with self.database.writing() as transaction:
            answer = handler_of(operation)(received, self.work(transaction))
        assert CONTRACT.validate(codec.encode(answer)), CONTRACT.last_error()
        return answer

    def submit(self, order_id=1, sender=PORTAL, **changes):
        return self.send("SubmitApplication", application(order_id, **changes), sender)

    def state(self, order_id=1, sender=PORTAL):
        asked = messages.GetApplicationStateRequest(order_id=order_id)
        return self.send("GetApplicationState", asked, sender)

    def received(self, request, sender):
        """Send it through the wire and back, as the line does."""
        envelope = etree.tostring(codec.encode(request))
        payload = etree.fromstring(envelope, make_parser())
        assert CONTRACT.validate(payload), CONTRACT.last_error()
        digest = hashlib.sha256(etree.tostring(payload, method="c14n", exclusive=True)).digest()
        parts = binary.detach(payload, {}, CONTRACT.binary_elements)
        return Received(
            request=codec.decode(type(request), payload),
            sender=sender,
            entry=next(self.entries),
            received_at=self.clock(),
            digest=digest,
            message_id=None,
            attachments=parts,
            wake=lambda _: None,
        )

    def work(self, transaction):
        plain = Plain(Contour.TEST, "CITTO", None)
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={
                Outgoing: Outgoing(
                    Contour.TEST,
                    self.calls,
                    plain,
                    self.endpoint,
                    signs=False,
                    second=self.second,
                ),
                PortalServices: PortalServices(
                    lambda: {Contour.TEST: MappingProxyType(self.services)},
                    self.shelf,
                    Contour.TEST,
                ),
                Statuses: self.table,
            },
            now=self.clock(),
            contour=Contour.TEST,
            calendar=None,
            ledger=None,
            payments=None,
            identifiers=lambda: UUID(int=next(self.serials)),
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
        )

    def endpoint(self, code, contract):
        if (code, contract) not in self.reachable:
            return None
        return Endpoint(
            contract.rpartition("/")[0],
            Contour.TEST,
            "https://department.example/ws",
            Network.INTERNET,
            "1.0",
        )

    def serve_by_smev2(self, *participants):
        """Call the services of these by SMEV 2 from now on."""
        known = {
            one.code: replace(one, smev2=Smev2Profile(f"TEST7200{number}", serves=True))
            for number, one in enumerate(participants)
        }
        self.second = Smev2(
            Contour.TEST,
            "CITTO",
            System("CITT72001", "Узел"),
            envelope_contract(),
            known.get,
            Providers.of([RsaProvider()]),
            Hash.SHA256,
            None,
        )

    def move(self, code, order_id=1, **flags):
        """Let an application come to a state, as an event of the department would."""
        with self.database.writing() as transaction:
            found = applications.lock_of_portal(transaction, PORTAL.code, order_id)
            applications.change(transaction, found, state=code, changed_at=self.clock(), **flags)

    def letters(self):
        """Return the messages that wait in the outbox, in their order."""
        with self.database.reading() as transaction:
            rows = transaction.execute(
                sa.text(
                    "SELECT l.source, d.key, d.address, l.payload FROM outbox_letter l"
                    " JOIN outbox_delivery d ON d.letter = l.letter ORDER BY l.letter"
                )
            )
            return [Letter(*row) for row in rows]

    def settle(self, letter, state, response=None):
        """Tell the slice what has become of a letter."""
        settled = Settled(
            contract=letter.contract,
            operation=letter.operation,
            recipient=DEPARTMENT.code,
            source=letter.source,
            key=letter.key,
            message_id=UUID(int=0),
            state=state,
            response=response,
            fault=None,
            code=state.value,
        )
        outward = next(o for o in portal.ADAPTER.outward if o.contract == letter.contract)
        with self.database.writing() as transaction:
            outward.settle(settled, self.work(transaction))

    def deliver(self, letter, **answer):
        """Let the department take an application."""
        values = {"order_id": 1, "org_number": None, "duplicate": False, **answer}
        response = messages.SubmitApplicationResponse(
            hub_application_id=FILE, received_at=self.clock(), **values
        )
        self.settle(letter, State.DELIVERED, response)


class Letter:
    """A message in the outbox."""

    def __init__(self, source, key, address, payload):
        self.source = source
        self.key = key
        self.contract = address.split("/", 2)[2]
        self.envelope = bytes(payload)
        self.body = etree.fromstring(self.envelope, make_parser()).find("{*}Body")[0]
        self.operation = etree.QName(self.body).localname.removesuffix("Request")

    def text(self, path):
        return self.body.findtext(path)


def handler_of(operation):
    [service] = [one for one in portal.ADAPTER.services if one.contract == forwarding.CONTRACT]
    return next(one.handle for one in service.operations if one.name == operation)


def application(order_id=1, **changes):
    values = {
        "order_id": order_id,
        "service_code": Route.ENDPOINT.value,
        "target_code": None,
        "form_version": "1.0",
        "submitted_at": SUBMITTED,
        "department_code": None,
        "applicant": applicant(),
        "representative": None,
        "form_data": form(),
        "attachment": [],
        "booking_id": None,
        "uin": None,
        **changes,
    }
    return messages.SubmitApplicationRequest(**values)


def applicant(kind="FL", **changes):
    person = messages.PersonType(
        name=PersonName(last_name="Примеров", first_name="Пример", middle_name=None),
        birth_date=None,
        snils=None,
        identity=None,
    )
    values = {
        "type_value": messages.ApplicantKind(kind),
        "person": person,
        "organization": None,
        "esia_oid": None,
        "email": None,
        "phone": None,
        "address": None,
        **changes,
    }
    return messages.ApplicantType(**values)


def form(name="Примеров", wanted="2026-09-01", *, line=None):
    """A form of the service, on line `line` of its message."""
    root = etree.fromstring(
        f'<g:Enrolment xmlns:g="{NAMESPACE}"><childName>{name}</childName>'
        f"<wantedFrom>{wanted}</wantedFrom></g:Enrolment>".encode(),
        make_parser(),
    )
    content = Markup.of(root)
    content.line = line
    return messages.FormDataType(content=content)


def file(octets=PDF, **changes):
    values = {
        "file_id": FILE,
        "file_name": "spravka.pdf",
        "mime_type": "application/pdf",
        "size": len(octets),
        "hash": hashlib.sha256(octets).digest(),
        "hash_alg": HashAlgorithm("SHA-256"),
        "content": octets,
        **changes,
    }
    return FileRef(**values)


def attached(octets=PDF, code="CARD", **changes):
    return messages.AttachmentType(code=code, file=file(octets, **changes))


def cancel(order_id=1, number=7, reason=None):
    return messages.CancelApplicationRequest(
        order_id=order_id, cancel_id=str(UUID(int=number)), reason=reason
    )


def message(order_id=1, number=8, text="Прилагаю справку", files=()):
    return messages.SendApplicantMessageRequest(
        order_id=order_id, text_message_id=str(UUID(int=number)), text=text, attachment=list(files)
    )


def correction(order_id=1, number=9, data=None, files=()):
    return messages.SubmitCorrectionRequest(
        order_id=order_id,
        correction_id=str(UUID(int=number)),
        form_data=data or form(),
        attachment=list(files),
    )


__all__ = ["SINK", "Counter", "State"]
