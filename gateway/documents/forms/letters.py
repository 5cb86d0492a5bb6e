"""What participants write: letters, statements, applications."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from gateway.documents.form import Form, Value, several
from gateway.documents.forms.values import (
    BankMethod,
    Contact,
    Letterhead,
    Network,
    Period,
    Representative,
)
from gateway.documents.kinds import DocType
from gateway.kernel.message import Contour


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpApplication(Form):
    """Letter of application to АИС ЕМП (seed 004, annex 1; D2.1)."""

    doc_type: ClassVar[DocType] = DocType.APP_EMP

    letterhead: Letterhead | None = None
    addressee_position: str = "Директору департамента информатизации Тюменской области"
    """In the dative (H-33)."""
    addressee_name: str = "М.В. Рудзевич"
    salutation: str = "Уважаемая Мария Владимировна!"
    system: str | None = None
    purpose: str | None = None
    """As it goes on after «с целью»."""
    technical: Contact | None = None
    responsible: Contact | None = None
    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutoService(Value):
    """The annex of an application to ПУ ТО."""

    title: str | None = None
    code: str | None = None
    """In the register of services."""
    level: str | None = None
    """State or municipal."""
    applicants: tuple[str, ...] = several("applicant")
    """Categories."""
    booking: bool | None = None
    booking_source: str | None = None
    """Terminal, central queue, IS or ППУ."""
    payment: bool | None = None
    assessment: bool | None = None
    uses_ppu: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutoApplication(Form):
    """Letter of application to ПУ ТО with its annex (D3.6)."""

    doc_type: ClassVar[DocType] = DocType.APP_PUTO

    letterhead: Letterhead | None = None
    addressee_position: str = "Директору ГКУ ТО «ЦИТТО»"
    """In the dative."""
    addressee_name: str | None = None
    salutation: str | None = None
    system: str | None = None
    purpose: str | None = None
    """As it goes on after «с целью»."""
    services: tuple[PutoService, ...] = several("service")
    technical: Contact | None = None
    responsible: Contact | None = None
    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator(Value):
    """Administrator of a subsystem in an institution: personal data."""

    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    birth_date: dt.date | None = None
    snils: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisoApplication(Form):
    """Application of a participant of a РЕГИСО subsystem (seed 000, annex 1; D2.3)."""

    doc_type: ClassVar[DocType] = DocType.APP_REGISO

    subsystem: str | None = None
    full_name: str | None = None
    short_name: str | None = None
    address: str | None = None
    head: str | None = None
    phone: str | None = None
    administrator: Administrator | None = None
    position: str | None = None
    """Of who signs."""
    signatory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant(Value):
    """An organization that joins."""

    full_name: str | None = None
    short_name: str | None = None
    inn: str | None = None
    kpp: str | None = None
    ogrn: str | None = None
    legal_address: str | None = None
    postal_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinStatement(Form):
    """Statement of joining the agreement on exchange in РЕГИСО (D3.5)."""

    doc_type: ClassVar[DocType] = DocType.JOIN

    applicant: Applicant | None = None
    representative: Representative | None = None
    subsystem: str | None = None
    """Subsystem or module."""
    contact: Contact | None = None
    registration_number: str | None = None
    """Given by the operator."""
    registered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizerLine(Value):
    """A food organizer for whom a bank will take payments."""

    name: str | None = None
    inn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankApplication(Form):
    """A bank's application to the module of meals (D3.5)."""

    doc_type: ClassVar[DocType] = DocType.APP_BANK

    bank: str | None = None
    bik: str | None = None
    inn: str | None = None
    ogrn: str | None = None
    correspondent_account: str | None = None
    licence: str | None = None
    method: BankMethod | None = None
    channels: tuple[str, ...] = several("channel")
    """Cash desks, terminals and so on."""
    organizers: tuple[OrganizerLine, ...] = several("organizer")
    technical: Contact | None = None
    responsible: Contact | None = None
    wanted: Period | None = None
    representative: Representative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquiringNotice(Form):
    """A food organizer tells of its contract of acquiring (D3.5)."""

    doc_type: ClassVar[DocType] = DocType.NOTICE_ACQ

    organizer: str | None = None
    bank: str | None = None
    """The acquirer."""
    contract_number: str | None = None
    contract_date: dt.date | None = None
    contact: Contact | None = None
    """Of the bank."""
    representative: Representative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee(Value):
    """A line of the list: personal data."""

    name: str | None = None
    position: str | None = None
    snils: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmLetter(Form):
    """Letter with the employees who will work in the module of meals (D3.5)."""

    doc_type: ClassVar[DocType] = DocType.LETTER_ARM

    letterhead: Letterhead | None = None
    addressee_position: str = "Директору ГКУ ТО «ЦИТТО»"
    """In the dative."""
    addressee_name: str | None = None
    employees: tuple[Employee, ...] = several("employee")
    representative: Representative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAddress(Value):
    """Where a system listens."""

    contour: Contour | None = None
    address: str | None = None
    port: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkApplication(Form):
    """Application for ViPNet or a leased network (D3.8)."""

    doc_type: ClassVar[DocType] = DocType.APP_NET

    organization: str | None = None
    network: Network | None = None
    vipnet_network: str | None = None
    coordinator_model: str | None = None
    coordinator_serial: str | None = None
    coordinator_licence: str | None = None
    node: str | None = None
    addresses: tuple[SystemAddress, ...] = several("address")
    initiator: str | None = None
    """Who opens connections."""
    place: str | None = None
    technical: Contact | None = None
    representative: Representative | None = None
