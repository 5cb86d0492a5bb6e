"""Acts that open the production contour: D2.2 word for word, D3.1 and D3.2 like it."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from gateway.documents.form import Form, several
from gateway.documents.forms.values import (
    BankMethod,
    OrganizerMethod,
    Party,
    Period,
    ProtocolReference,
    Representative,
)
from gateway.documents.kinds import DocType
from gateway.kernel.message import Contour


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpAct(Form):
    """Act of connection to АИС ЕМП (seed 004, annex 2; D2.2)."""

    doc_type: ClassVar[DocType] = DocType.ACT_EMP

    operator: Representative | None = None
    """Of ГКУ ТО «ЦИТТО»."""
    party: Party | None = None
    system: str | None = None
    """Name of the information system."""
    basis: ProtocolReference | None = None
    """Told at the foot: nothing may be added to the text of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutoAct(Form):
    """Act of connection to ПУ ТО (D3.1)."""

    doc_type: ClassVar[DocType] = DocType.ACT_PUTO

    operator: Representative | None = None
    """Of ГКУ ТО «ЦИТТО»."""
    party: Party | None = None
    system: str | None = None
    """Name of the information system."""
    protocols: tuple[ProtocolReference, ...] = several("protocol")
    """Those that are enclosed: each of its sessions has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankTrialAct(Form):
    """Act of a bank's trial operation, with the day of entry into operation (D3.2)."""

    doc_type: ClassVar[DocType] = DocType.ACT_BANK_TEST

    operator: Representative | None = None
    """Of ГКУ ТО «ЦИТТО»."""
    party: Party | None = None
    """The bank."""
    method: BankMethod | None = None
    period: Period | None = None
    """Of the trial operation."""
    contour: Contour | None = None
    format_version: str | None = None
    protocols: tuple[ProtocolReference, ...] = several("protocol")
    """What the trials ended in."""
    production_date: dt.date | None = None
    """From when the production contour is open."""
    remarks: tuple[str, ...] = several("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizerTrialAct(Form):
    """Act that a food organizer's trial operation is over (D3.2)."""

    doc_type: ClassVar[DocType] = DocType.ACT_ORG_TEST

    operator: Representative | None = None
    """Of ГКУ ТО «ЦИТТО»."""
    party: Party | None = None
    """The organizer."""
    method: OrganizerMethod | None = None
    period: Period | None = None
    """Of the trial operation."""
    contour: Contour | None = None
    format_version: str | None = None
    protocols: tuple[ProtocolReference, ...] = several("protocol")
    """What the trials ended in."""
    system: str | None = None
    """The information system that may be connected."""
    remarks: tuple[str, ...] = several("remark")
