"""Plans of connection and of trial operation (D3.4)."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from gateway.documents.form import Form, Value, several
from gateway.documents.forms.values import Period, Representative
from gateway.documents.kinds import DocType


class Responsible(Enum):
    """Who does a step."""

    OPERATOR = "Оператор"
    PARTICIPANT = "участник"
    JOINTLY = "совместно"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep(Value):
    """One row of a plan."""

    title: str
    responsible: Responsible | None = None
    period: Period | None = None
    result: str | None = None
    """The document that it ends in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Form):
    """Who does what by when."""

    participant: str | None = None
    method: str | None = None
    """In words."""
    trial: Period | None = None
    """Of the trial operation."""
    steps: tuple[PlanStep, ...] = several("step")
    operator: Representative | None = None
    """Who signs for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionPlan(Plan):
    """Plan by which a bank is connected (000 L492–493)."""

    doc_type: ClassVar[DocType] = DocType.PLAN_CONN


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPlan(Plan):
    """Plan of trial operation (000 §4.2 (2); 002 §6.4)."""

    doc_type: ClassVar[DocType] = DocType.PLAN_TEST
