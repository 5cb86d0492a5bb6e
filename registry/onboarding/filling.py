"""How the form of each document is filled from what a case, its step and the registry say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gateway.documents import DocType, Form
from gateway.documents.forms.acts import BankTrialAct, EmpAct, OrganizerTrialAct, PutoAct
from gateway.documents.forms.plans import ConnectionPlan, PlanStep, Responsible, TrialPlan
from gateway.documents.forms.protocols import (
    BankProtocol,
    CaseRow,
    CaseVerdict,
    Options,
    OrganizerProtocol,
    Outcome,
    PlanReference,
    PutoProtocol,
    Section,
    ServiceUnderTest,
    SystemUnderTest,
    TestProtocol,
)
from gateway.documents.forms.settlements import TechnicalRequirements
from gateway.documents.forms.values import (
    BankMethod,
    OrganizerMethod,
    Party,
    Period,
    ProtocolReference,
    Representative,
)
from gateway.kernel.message import Contour
from registry.onboarding import services
from registry.onboarding.facts import FACTS, Facts
from registry.onboarding.machines import MACHINES
from registry.onboarding.machines.common import STOPPED
from registry.onboarding.table import CaseKind, Doc, Row, Who
from registry.onboarding.trials import Account, Trial

if TYPE_CHECKING:
    from registry.onboarding.cases import CaseView

_METHODS = {
    "ACQUIRING": BankMethod.ACQUIRING,
    "ONLINE": BankMethod.ONLINE_PAYMENTS,
    "BOTH": BankMethod.BOTH,
}
_CLAUSES = {
    BankProtocol: ("Регламент РЕГИСО, п. 4.2 (2)",),
    OrganizerProtocol: ("Регламент РЕГИСО, п. 4.2 (3)",),
    PutoProtocol: ("Регламент ПУ ТО, п. 4.7",),
}
_CONFIRMED = frozenset(
    {"tests_passed", "prod_tests_passed", "statuses_received", "options_exercised"}
)
"""Facts by which an operator tells that a trial was passed which no session judges."""
_PROTOCOL_FORMS: Mapping[Doc, type[TestProtocol]] = {
    Doc.PROT_BANK: BankProtocol,
    Doc.PROT_ORG: OrganizerProtocol,
    Doc.PROT_PUTO: PutoProtocol,
}
_READY = "рекомендовано к выводу в продуктивный контур"
_TRIED = "обязательные сценарии программы пройдены"
_CLOSED = "испытания не пройдены, к выводу в продуктивный контур не рекомендовано"
_TARGETS = {CaseKind.PUTO: "ПУ ТО"}
_RESPONSIBLE = {
    Who.PARTICIPANT: Responsible.PARTICIPANT,
    Who.OPERATOR: Responsible.OPERATOR,
    Who.SCHEDULER: Responsible.OPERATOR,
}


@dataclass(frozen=True)
class Said:
    """What a document may say."""

    case: "CaseView"
    facts: Facts
    operator: Representative
    party: Party
    protocols: tuple[ProtocolReference, ...]
    """That an act may rest on."""
    tried: tuple[TestProtocol, ...] = ()
    """What the protocols of the sessions say that the case rests on."""

    def text(self, name: str) -> str | None:
        """Return a fact as text, None if nobody has told it."""
        value = self.facts.get(name)
        return None if value is None else str(value)

    def day(self, name: str) -> date | None:
        """Return a fact that is a day."""
        value = self.facts.get(name)
        return value if isinstance(value, date) else None

    def flag(self, name: str) -> bool | None:
        """Return a fact that is yes or no."""
        value = self.facts.get(name)
        return value if isinstance(value, bool) else None

    @property
    def trial(self) -> Period | None:
        """When the trial operation was planned."""
        start, end = self.day("test_from"), self.day("test_until")
        return None if start is None and end is None else Period(start=start, end=end)

    @property
    def protocol(self) -> ProtocolReference | None:
        """The latest one."""
        return self.protocols[-1] if self.protocols else None


def _emp_act(said: Said) -> Form:
    return EmpAct(
        operator=said.operator,
        party=said.party,
        system=said.text("system_name"),
        basis=said.protocol,
    )


def _puto_act(said: Said) -> Form:
    return PutoAct(
        operator=said.operator,
        party=said.party,
        system=said.text("system_name"),
        protocols=said.protocols,
    )


def _bank_act(said: Said) -> Form:
    return BankTrialAct(
        operator=said.operator,
        party=said.party,
        method=_METHODS.get(str(said.facts.get("method"))),
        period=said.trial,
        contour=Contour.PROD,  # where the trial ends (ONB-BANK-10)
        format_version=said.text("format_version"),
        protocols=said.protocols,
        production_date=said.day("go_live_on"),
    )


def _organizer_act(said: Said) -> Form:
    return OrganizerTrialAct(
        operator=said.operator,
        party=said.party,
        method=OrganizerMethod.INTEGRATION,  # who works in the workplace has no act
        period=said.trial,
        contour=Contour.TEST,
        format_version=said.text("format_version"),
        protocols=said.protocols,
        system=said.text("system_name"),
    )


def _connection_plan(said: Said) -> Form:
    method = _METHODS.get(str(said.facts.get("method")))
    return ConnectionPlan(
        participant=said.party.name,
        method=None if method is None else method.value,
        trial=said.trial,
        steps=_steps_after(said.case.kind, Doc.PLAN_CONN),
        operator=said.operator,
    )


def _trial_plan(said: Said) -> Form:
    return TrialPlan(
        participant=said.party.name,
        method=OrganizerMethod.INTEGRATION.value,
        trial=said.trial,
        steps=_steps_after(said.case.kind, Doc.PLAN_TEST),
        operator=said.operator,
    )


def _bank_protocol(said: Said) -> Form:
    return _protocol(BankProtocol, said, Contour.PROD)


def _puto_protocol(said: Said) -> Form:
    options = Options(
        application_form=True,
        status_updates=said.flag("statuses_received"),
        booking=said.flag("booking"),
        payment=said.flag("payment"),
        assessment=said.flag("assessment"),
    )
    return _protocol(PutoProtocol, said, Contour.TEST, options)


def _protocol(
    form: type[TestProtocol], said: Said, contour: Contour, options: Options | None = None
) -> TestProtocol:
    """Put together what sessions have proven and what the operator has confirmed besides."""
    opened = services.of_case(said.case.kind.value, said.facts.get("method"))
    tried = said.tried
    return form(
        session=said.text("session"),
        basis=_CLAUSES[form],
        contour=contour,
        operator=said.operator,
        party=said.party,
        system=_system(said, _common(_version_of(one) for one in tried)),
        service=ServiceUnderTest(
            code=", ".join(opened) or None,
            title=said.text("service_name"),
            format_version=said.text("format_version"),
        ),
        plan=_plans(tried),
        frozen=tuple(digest for one in tried for digest in one.frozen),
        addresses=tuple(dict.fromkeys(where for one in tried for where in one.addresses)),
        operator_testers=tuple(
            dict.fromkeys(tester for one in tried for tester in one.operator_testers)
        ),
        period=said.trial,
        options=options,
        sections=(
            *(section for one in tried for section in one.sections),
            *_confirmed(said.case.kind, said.facts),
        ),
        deviations=tuple(found for one in tried for found in one.deviations),
        untested=tuple(row for one in tried for row in one.untested),
        outcome=Outcome.PASSED,
        conclusion=_READY,
        messages=tuple(record for one in tried for record in one.messages),
    )


def session_protocol(doc: Doc, said: Said, trial: Trial, account: Account) -> TestProtocol:
    """Say what one finished session came to, whether it opens the gate or not."""
    form = _PROTOCOL_FORMS[doc]
    family, _, version = account.service.rpartition("/")
    return form(
        session=str(trial.session),
        basis=_CLAUSES[form],
        contour=trial.contour,
        operator=said.operator,
        party=said.party,
        system=_system(said, trial.system_version),
        service=ServiceUnderTest(
            code=family or None, title=account.title, format_version=version if family else None
        ),
        plan=PlanReference(
            name=f"{trial.suite} {trial.plan}", version=trial.version, digest=trial.digest
        ),
        frozen=(trial.frozen,),
        addresses=account.addresses,
        operator_testers=account.testers,
        period=Period(start=account.first_day, end=account.last_day),
        sections=account.sections,
        deviations=account.deviations,
        untested=account.untested,
        outcome=Outcome.PASSED if trial.opens else Outcome.FAILED,
        remarks=account.remarks,
        conclusion=_TRIED if trial.opens else _CLOSED,
        messages=account.messages,
    )


def _system(said: Said, version: str | None) -> SystemUnderTest:
    """Name the system; a bank tells no name of its, and its version needs one to stand beside."""
    name = said.text("system_name")
    return SystemUnderTest(
        name="система участника" if name is None and version else name, version=version
    )


def _plans(tried: tuple[TestProtocol, ...]) -> PlanReference | None:
    """Name the plans of several sessions; each digest stands by its plan."""
    plans = [one.plan for one in tried if one.plan is not None]
    if len(plans) == 1:
        return plans[0]
    told = "; ".join(f"{one.name} {one.version}, SHA-256 {one.digest}" for one in plans)
    return PlanReference(name=told) if plans else None


def _version_of(protocol: TestProtocol) -> str | None:
    return None if protocol.system is None else protocol.system.version


def _common(values: Iterable[str | None]) -> str | None:
    """Return the value that all share."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _confirmed(kind: CaseKind, facts: Facts) -> tuple[Section, ...]:
    """Say what the operator has confirmed of the trials, by the rows that ask for it."""
    rows = tuple(
        CaseRow(
            code=row.id,
            title=_sentence(FACTS[name].label),
            expected="да",
            actual="да",
            verdict=CaseVerdict.CONFIRMED,
        )
        for row in MACHINES[kind].rows
        for name in row.needs
        if name in _CONFIRMED and facts.get(name) is True
    )
    return (Section(title="Внесено оператором", cases=rows),) if rows else ()


def _requirements(said: Said) -> Form:
    return TechnicalRequirements(
        target=_TARGETS.get(said.case.kind, "АИС ЕМП"),
        participant=said.party.name,
        system=said.text("system_name") or said.text("service_name"),
        operator=said.operator,
    )


FILLED_BY: Mapping[Doc, Callable[[Said], Form]] = {
    Doc.ACT_EMP: _emp_act,
    Doc.ACT_PUTO: _puto_act,
    Doc.ACT_BANK_TEST: _bank_act,
    Doc.ACT_ORG_TEST: _organizer_act,
    Doc.PLAN_CONN: _connection_plan,
    Doc.PLAN_TEST: _trial_plan,
    Doc.PROT_BANK: _bank_protocol,
    Doc.PROT_PUTO: _puto_protocol,
    Doc.TECHREQ: _requirements,
}
"""What fills the form of each document that the hub draws up for a case."""


def _steps_after(kind: CaseKind, plan: Doc) -> tuple[PlanStep, ...]:
    """Read the plan off the machine: the way from its drawing up to operation."""
    rows = MACHINES[kind].rows
    here = next(number for number, row in enumerate(rows) if row.draws is plan)
    return tuple(
        PlanStep(
            title=_sentence(row.title),
            responsible=_responsible(row),
            result=_result(row),
        )
        for row in rows[here + 1 :]
        if _leads_on(row)
    )


def _leads_on(row: Row) -> bool:
    """Tell the way on from what gives reasons or remarks for going back or stopping."""
    asked = {*row.needs, *row.takes}
    return row.after not in STOPPED and not asked & {"reason", "remarks", "answer"}


def _sentence(title: str) -> str:
    return f"{title[0].upper()}{title[1:]}"


def _responsible(row: Row) -> Responsible | None:
    if len(row.who) > 1:
        return Responsible.JOINTLY
    return _RESPONSIBLE.get(row.who[0])


def _result(row: Row) -> str | None:
    known = {one.value: one for one in DocType}
    document = None if row.document is None else known.get(row.document.value)
    return None if document is None else document.title
