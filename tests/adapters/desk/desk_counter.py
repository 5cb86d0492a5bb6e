"""The counter of the desk: messages go the way of the line, the registry is a real one."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pki
import pytest
from lxml import etree

from adapters.desk import ADAPTER
from gateway.adapter import Mode, Received, Rules, Work
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.contracts.shelf import Shelf
from gateway.kernel.message import Attachment, BankTerms, Contour, CreditMode, Participant
from gateway.security.canonical import canonical
from gateway.security.certificates import CertificateReader
from gateway.security.keys import KeyCache
from gateway.security.policy import PRODUCTION
from gateway.security.proof import digest_of
from gateway.security.provider import Providers
from gateway.security.providers import installed
from gateway.security.revocation import RevocationPolicy
from gateway.security.trust import Role, Trust
from gateway.soap import attachments as binary
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar
from registry.certificates import Addresses, CertificateRegistrar
from registry.documents.desk import DocumentDesk
from registry.documents.evidence import SignatureChecker
from registry.evidence import KeptEvidence
from registry.notices import NoticeCode, wording
from registry.onboarding.desk import Actor, CaseRequest, Desk, StepData
from registry.onboarding.table import CaseKind, Who
from registry.participants import Newcomer, ParticipantKind, Registrar
from registry.snapshot import read_snapshot

CATALOG = load_catalog()
SHELF = Shelf(CATALOG, "https://hub.example")
CALENDAR = ProductionCalendar.load()
PROVIDERS = Providers.of(installed())
READER = CertificateReader(PROVIDERS)
MESSAGES = Path(__file__).parents[2] / "contracts/messages/valid"
RULES = Rules(check_digits_are_errors=False, max_inline_lines=1, max_file_lines=1, batch_lines=1)
OPERATOR, BANK, OTHER, ORGANIZER, SCHOOL, OFFICE = (
    *("CITTO", "BANK72001", "BANK72002", "ORG72001", "SCHOOL72001", "DEPT72001"),
)
PEOPLE = {
    OPERATOR: ("ГКУ ТО «ЦИТТО»", ParticipantKind.OPERATOR, None),
    BANK: ("Демонстрационный банк", ParticipantKind.BANK, "7200000018"),
    OTHER: ("Другой банк", ParticipantKind.BANK, "7200000025"),
    ORGANIZER: ("Демонстрационный организатор", ParticipantKind.ORGANIZER, "7200000032"),
    SCHOOL: ("Демонстрационная школа", ParticipantKind.SCHOOL, "7200000040"),
    OFFICE: ("Демонстрационное ведомство", ParticipantKind.DEPARTMENT, "7200000057"),
}
JOINING = {
    BANK: CaseKind.BANK,
    OTHER: CaseKind.BANK,
    ORGANIZER: CaseKind.ORG_INT,
    SCHOOL: CaseKind.REG,
    OFFICE: CaseKind.REG,
}


@dataclass
class Board:
    """Remembers what was told."""

    posted: list[tuple[NoticeCode, str]] = field(default_factory=list)

    def post(self, transaction, code, to, event, facts, now, ref=None):
        wording.word(code, facts)
        self.posted.append((code, to))


class Papers:
    """No document of the hub is asked for in these tests."""

    def draw_up(self, transaction, doc_type, case, facts, tried, now):
        return uuid4()

    def is_signed(self, transaction, document_id):
        return False


@cache
def operations() -> Mapping[str, tuple[Any, Any, Any]]:
    """Operation, contract and typed messages by the tag of the request."""
    found = {}
    for service in ADAPTER.services:
        contract = CATALOG.contract(service.contract)
        handlers = {operation.name: operation for operation in service.operations}
        for published in contract.operations:
            if published.name in handlers:
                found[published.request] = (
                    handlers[published.name],
                    contract,
                    getattr(service.messages, f"{published.name}Request"),
                )
    return found


@dataclass
class Counter:
    """Where messages of participants are taken, as the line takes them."""

    registry: Database
    contour_database: Database
    clock: Callable[[], datetime]
    desk: Desk
    documents: DocumentDesk
    contour: Contour = Contour.TEST
    entries: Any = field(default_factory=lambda: itertools.count(1))

    def sender(self, code: str) -> Participant:
        return read_snapshot(self.registry, self.clock()).participants[self.contour][code]

    def send(self, message: Any, code: str = BANK, certificate: str | None = None) -> Any:
        """Take a message by its bytes: valid by the schema, digested, handled, answer valid."""
        told = etree.fromstring(message) if isinstance(message, bytes) else codec.encode(message)
        payload = etree.fromstring(canonical(told))
        operation, contract, request_type = operations()[payload.tag]
        found: Mapping[bytes, Attachment] = binary.detach(payload, {}, contract.binary_elements)
        assert contract.validate(payload), contract.last_error()
        received = Received(
            request=codec.decoder(request_type)(payload),
            sender=self.sender(code),
            entry=next(self.entries),
            received_at=self.clock(),
            digest=digest_of(payload),
            message_id=None,
            attachments=found,
            wake=lambda _: None,
            certificate=certificate,
        )
        assert operation.mode in {Mode.READ, Mode.REGISTRY}
        with self.contour_database.reading() as transaction:
            response = operation.handle(received, self.work(transaction))
        answer = codec.encode(response)
        assert contract.validate(answer), contract.last_error()
        return response

    def work(self, transaction: Any) -> Work:
        return Work(
            database=transaction,
            registry=self.registry,
            shelf=SHELF,
            offices={CertificateReader: READER, Desk: self.desk, DocumentDesk: self.documents},
            now=self.clock(),
            contour=self.contour,
            calendar=CALENDAR,
            ledger=None,
            payments=None,
            identifiers=uuid4,
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
        )

    def advance(self, case_id: str, step: str, **facts: object) -> None:
        """Do the operator's step of a case."""
        with self.registry.writing() as transaction:
            self.desk.advance(
                transaction,
                UUID(case_id),
                step,
                StepData(facts),
                self.clock(),
                Actor("оператор", Who.OPERATOR),
            )


def changed(name: str, *pairs: tuple[str, str]) -> bytes:
    """Return a valid message with pieces of its text replaced."""
    text = (MESSAGES / f"{name}.xml").read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def root():
    return pki.Authority.root()


@pytest.fixture
def counter(registry_database, sqlite_contour_database, clock, board, root) -> Counter:
    """Everybody is entered, nobody has joined; the contour is only read, so one engine will do."""
    registrar = Registrar(registry_database, clock, "оператор")
    for code, (name, kind, inn) in PEOPLE.items():
        registrar.add(Newcomer(code, name, kind, inn))
    certificates = CertificateRegistrar(registry_database, clock, "оператор", READER)
    for contour in Contour:
        certificates.add_authority(contour, Role.ANCHOR, root.der, Addresses())
    trust = Trust(
        lambda: read_snapshot(registry_database, clock()).bindings,
        READER,
        KeptEvidence(registry_database),
        dict.fromkeys(Contour, RevocationPolicy.SOFT),
    )
    checker = SignatureChecker(
        Contour.TEST, PRODUCTION, trust, PROVIDERS, KeyCache(PROVIDERS), READER
    )
    desk = Desk(CALENDAR, uuid4, Papers(), board, OPERATOR)
    documents = DocumentDesk(PROVIDERS, checker)
    return Counter(registry_database, sqlite_contour_database, clock, desk, documents)


@pytest.fixture
def joined(counter) -> Counter:
    """Everybody has joined by a statement that the operator has entered (ADR 0014)."""
    for code, kind in JOINING.items():
        with counter.registry.writing() as transaction:
            case = counter.desk.open_case(
                transaction,
                CaseRequest(code, kind, "submit_join"),
                counter.clock(),
                Actor(code, Who.PARTICIPANT),
            )
        counter.advance(str(case.id), "register_join", join_number=f"{code}/1")
    return counter


def bank_terms(registry: Database, clock: Any, code: str = BANK) -> None:
    terms = BankTerms(CreditMode.ON_NOTIFY, 3, "Демонстрационный банк", "047199999")
    Registrar(registry, clock, "оператор").set_terms(code, terms)


SINCE = date(2026, 3, 1)
