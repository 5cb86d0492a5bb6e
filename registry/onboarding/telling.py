"""What the notice of a step tells: the facts that its code asks for (section D4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from registry.notices.codes import NoticeCode
from registry.onboarding import facts, terms
from registry.onboarding.cases import CaseView
from registry.onboarding.facts import FACTS, Facts
from registry.onboarding.machines import MACHINES, STATES
from registry.onboarding.table import Row

_NOTHING = "нет"
_GROUNDS = {
    "INCOMPLETE": "сведения неполны",
    "ANALOGUE": "есть аналогичный сервис",
    "NO_CONSENT": "владелец не согласен",
}
_DETAILS = (
    *("reason", "refusal_ground", "analogue", "remarks", "decision_number", "decision_date"),
    *("agreed_until", "test_from", "test_until", "go_live_on", "signed_on", "method"),
    *("quota", "admitted_until"),
)
"""Facts of a step that its notice repeats; none of them is personal."""
_NEGATIVE = frozenset({"RETURNED", "REFUSED", "CONTRACT_REQUIRED"})
_BY_ESIA = "вход через ЕСИА, отдельные логин и пароль не нужны"
_BY_LOGIN = "логин и пароль придут администратору на адрес электронной почты, названный в заявке"


@dataclass(frozen=True, slots=True)
class Told:
    """A step that was taken, with all that its notice may tell."""

    case: CaseView
    """As it stands after the step."""
    row: Row
    given: Facts
    """Of the step; those that are personal as they came."""
    participant: str
    """Name of whose case it is."""
    document_id: UUID | None
    now: datetime

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts of the row's notice, each of them said."""
        return _TELLERS[self.row.notice](self)

    @property
    def known(self) -> Facts:
        """What the case and the step say together."""
        return {**self.case.facts, **self.given}

    @property
    def title(self) -> str:
        """What the case is about."""
        return MACHINES[self.case.kind].title


def _joined(told: Told) -> Mapping[str, str]:
    return {
        "registration_number": facts.told(told.given["join_number"]),
        "registered_at": facts.told(told.now),
    }


def _result(told: Told) -> Mapping[str, str]:
    result = STATES[told.case.state]
    if ("payment", False) in told.row.sets:
        result = "опция «оплата» закрыта"
    details = _details(told)
    return {
        "statement": told.case.number,
        "result": result if details == _NOTHING else f"{result}; {details}",
        "credentials_way": _credentials_way(told),
    }


def _credentials_way(told: Told) -> str:
    if told.case.state in _NEGATIVE:
        return "положительного решения нет, учётные данные не выдаются"
    match told.case.state, told.known.get("auth_method"):
        case ("ACTIVE", _) | (_, "ESIA"):
            return _BY_ESIA
        case (_, "LOGIN"):
            return _BY_LOGIN
    return "у оператора узла, по обращению ответственного лица"


def _plan(told: Told) -> Mapping[str, str]:
    first, last = (facts.told(told.given[name]) for name in ("test_from", "test_until"))
    return {"plan": f"по делу {told.case.number}", "test_dates": f"с {first} по {last}"}


def _ready(told: Told) -> Mapping[str, str]:
    people = [
        f"{FACTS[name].label}: {told.given[name]}"
        for name in ("responsible_contact", "technical_contact")
    ]
    return {
        "organizer": f"{told.participant} ({told.case.participant})",
        "version": facts.told(told.given["format_version"]),
        "contacts": "\n".join(["", *people]),
    }


def _remarks(told: Told) -> Mapping[str, str]:
    lines = [f"{number}. {text}" for number, text in enumerate(told.case.remarks, start=1)]
    return {"application": told.case.number, "remarks": "\n".join(lines)}


def _requirements(told: Told) -> Mapping[str, str]:
    known = told.known
    system = known.get("system_name") or known.get("service_name") or told.title
    if told.document_id is not None:
        package = f"документ {told.document_id}, операция GetDocument сервиса DocumentService"
    else:
        file = known.get("requirements", "у оператора узла")
        package = f"{file}, дело {told.case.number}"
    return {"system": str(system), "package": package}


def _suspended(told: Told) -> Mapping[str, str]:
    return {
        "case": told.case.number,
        "kind": told.title,
        "reason": facts.told(told.given["reason"]),
        "at": facts.told(told.now),
    }


def _state(told: Told) -> Mapping[str, str]:
    due = told.case.due_at
    return {
        "case": told.case.number,
        "kind": told.title,
        "step": told.row.title,
        "state": STATES[told.case.state],
        "at": facts.told(told.now),
        "details": _details(told),
        "term": "не установлен" if due is None else f"до {terms.told(due)}",
    }


def _details(told: Told) -> str:
    """Return what the step was told, as far as its addressee has to read it again."""
    said = [
        f"{FACTS[name].label}: {_GROUNDS.get(text := facts.told(told.given[name]), text)}"
        for name in _DETAILS
        if name in told.given
    ]
    return "; ".join(said) or _NOTHING


_TELLERS: Mapping[NoticeCode, Callable[[Told], Mapping[str, str]]] = {
    NoticeCode.JOINED: _joined,
    NoticeCode.APP_RESULT: _result,
    NoticeCode.PLAN: _plan,
    NoticeCode.READY: _ready,
    NoticeCode.REMARKS: _remarks,
    NoticeCode.TECHREQ: _requirements,
    NoticeCode.SUSPENDED: _suspended,
    NoticeCode.CASE_STATE: _state,
}
