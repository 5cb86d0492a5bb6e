"""What the operator works out or hands over: reconciliation, technical requirements."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from gateway.documents.form import Form, Value, several
from gateway.documents.forms.values import Party, Period, Representative
from gateway.documents.kinds import DocType


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Value):
    """How many, how much."""

    count: int | None = None
    amount: Decimal | None = None
    """Roubles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy(Value):
    """A payment that the two sides see differently."""

    kind: str
    bank_payment_id: str | None = None
    account: str | None = None
    notified: Decimal | None = None
    """Roubles."""
    listed: Decimal | None = None
    """Roubles, of the payment registry."""
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationAct(Form):
    """Reconciliation of bank, organizer and operator (D3.10)."""

    doc_type: ClassVar[DocType] = DocType.RECON

    period: Period | None = None
    bank: Party | None = None
    organizer: Party | None = None
    operator: Representative | None = None
    notified: Total | None = None
    """By notices."""
    listed: Total | None = None
    """By payment registries."""
    credited: Total | None = None
    suspense: Total | None = None
    """Money that cannot be credited yet."""
    discrepancies: tuple[Discrepancy, ...] = several("discrepancy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format(Value):
    """A published format that has to be met."""

    name: str
    version: str | None = None
    address: str | None = None
    digest: str | None = None
    """SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalRequirements(Form):
    """What a system has to meet to be connected (002 §3.1.5; 004 §3.1.2)."""

    doc_type: ClassVar[DocType] = DocType.TECHREQ

    target: str | None = None
    """Such as «ПУ ТО»."""
    participant: str | None = None
    system: str | None = None
    formats: tuple[Format, ...] = several("format")
    network: tuple[str, ...] = several("network")
    """Requirements in words."""
    security: tuple[str, ...] = several("security")
    """Requirements in words."""
    operator: Representative | None = None
