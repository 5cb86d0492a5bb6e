"""The test protocol: one form for banks, portal services and food organizers (D3.3)."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from gateway.documents.form import Form, Value, several
from gateway.documents.forms.values import Network, Party, Period, Representative
from gateway.documents.kinds import DocType
from gateway.kernel.message import Contour


class CaseKind(Enum):
    """Whether a case has to be passed."""

    MANDATORY = "обязательный"
    OPTIONAL = "необязательный"
    CONDITIONAL = "условный"


class CaseVerdict(Enum):
    """What a case ended in, as the protocol says it."""

    PASSED = "выполнено"
    FAILED = "не выполнено"
    PASSED_WITH_WARNINGS = "выполнено с замечаниями"
    CONFIRMED = "подтверждено испытателем"
    SKIPPED = "не проводилось"
    STAND_ERROR = "сбой стенда"


class Outcome(Enum):
    """What all cases together came to."""

    PASSED = "успешно"
    FAILED = "не успешно"


class Direction(Enum):
    """As seen from the hub."""

    INCOMING = "входящее"
    OUTGOING = "исходящее"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemUnderTest(Value):
    """The participant's information system."""

    name: str | None = None
    version: str | None = None
    mnemonic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUnderTest(Value):
    """The service and the exact files it was tested by."""

    code: str | None = None
    title: str | None = None
    format_version: str | None = None
    wsdl_digest: str | None = None
    """SHA-256, hexadecimal."""
    xsd_digest: str | None = None
    """SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReference(Value):
    """The plan of trials, frozen by its digest."""

    name: str | None = None
    """Its identifier."""
    version: str | None = None
    digest: str | None = None
    """SHA-256 of plan, cases, rules and samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialUnderTest(Value):
    """By what the system proved who it is."""

    subject: str | None = None
    """Of a certificate, or the login of the test contour."""
    serial: str | None = None
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Value):
    """What the service can do and was tested for; None where the question does not arise."""

    application_form: bool | None = None
    status_updates: bool | None = None
    booking: bool | None = None
    payment: bool | None = None
    assessment: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow(Value):
    """One line of the table: a case or a row of its data."""

    code: str
    title: str
    requirement: str | None = None
    """Requirement and its clause."""
    kind: CaseKind | None = None
    given: str | None = None
    """What the case began from."""
    expected: str | None = None
    actual: str | None = None
    verdict: CaseVerdict
    at: dt.datetime | None = None
    """When the verdict was reached."""
    attempt: int | None = None
    """From 1."""
    evidence: tuple[str, ...] = several("evidence")
    """Identifiers of messages."""
    confirmed_by: str | None = None
    """Who confirmed what no program can judge."""
    confirmed_why: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Value):
    """Cases of one contour and network."""

    title: str
    contour: Contour | None = None
    network: Network | None = None
    cases: tuple[CaseRow, ...] = several("case")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation(Value):
    """A difference that was found, and how it was closed."""

    case_code: str
    text: str
    line: int | None = None
    """Of the message as it came."""
    path: str | None = None
    """XPath."""
    closed: str | None = None
    """How; None while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untested(Value):
    """A requirement that no case verifies."""

    requirement: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord(Value):
    """A line of the annex: one message of the trials."""

    message_id: str
    at: dt.datetime
    direction: Direction
    digest: str
    """SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestProtocol(Form):
    """What was tested, by what, and what came out (D3.3; SVC-17)."""

    session: str | None = None
    """Stands on every page."""
    basis: tuple[str, ...] = several("basis")
    """Clauses of the regulations."""
    contour: Contour | None = None
    network: Network | None = None
    operator: Representative | None = None
    """Of ГКУ ТО «ЦИТТО»."""
    party: Party | None = None
    system: SystemUnderTest | None = None
    service: ServiceUnderTest | None = None
    plan: PlanReference | None = None
    frozen: tuple[str, ...] = several("frozen")
    """SHA-256 of the frozen evidence, hexadecimal, one a session."""
    credential: CredentialUnderTest | None = None
    addresses: tuple[str, ...] = several("address")
    """Of both sides."""
    operator_testers: tuple[str, ...] = several("operatorTester")
    party_testers: tuple[str, ...] = several("partyTester")
    period: Period | None = None
    """Of the tests."""
    options: Options | None = None
    sections: tuple[Section, ...] = several("section")
    deviations: tuple[Deviation, ...] = several("deviation")
    untested: tuple[Untested, ...] = several("untested")
    outcome: Outcome | None = None
    remarks: tuple[str, ...] = several("remark")
    remedy_due: dt.date | None = None
    """By when the remarks have to be mended."""
    conclusion: str | None = None
    """Such as «рекомендовано к выводу в продуктивный контур»."""
    messages: tuple[MessageRecord, ...] = several("message")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankProtocol(TestProtocol):
    """Protocol of tests with a bank (000 §4.2 2е)."""

    doc_type: ClassVar[DocType] = DocType.PROT_BANK


@dataclass(frozen=True, slots=True, kw_only=True)
class PutoProtocol(TestProtocol):
    """Protocol of tests of a portal service (002 §4.7)."""

    doc_type: ClassVar[DocType] = DocType.PROT_PUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizerProtocol(TestProtocol):
    """Protocol of tests with a food organizer."""

    doc_type: ClassVar[DocType] = DocType.PROT_ORG
