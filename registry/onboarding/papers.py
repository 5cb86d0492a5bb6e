"""The papers of cases: a document that a step draws up says what case and registry know.

What nobody has told stays a blank line, to be written by hand. A document is offered for signature
at once: its bytes are what the participant gets and both sides sign.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gateway.documents import DocType, FileFormat, Form
from gateway.documents.forms.acts import BankTrialAct, EmpAct, OrganizerTrialAct, PutoAct
from gateway.documents.forms.plans import ConnectionPlan, PlanStep, Responsible, TrialPlan
from gateway.documents.forms.protocols import (
    BankProtocol,
    CaseRow,
    CaseVerdict,
    Options,
    OrganizerProtocol,
    Outcome,
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
from gateway.kernel.ports import Identifiers
from gateway.storage.database import Transaction
from registry import banks, contacts, organizations
from registry.contacts import ContactRole
from registry.documents import shelf
from registry.documents.desk import DocumentDesk
from registry.documents.errors import DocumentUnknown
from registry.documents.states import DocumentState
from registry.documents.values import ACTS, Document, Source, Wanted, parties_of
from registry.founders import Signatory
from registry.onboarding import services
from registry.onboarding.facts import FACTS, Facts
from registry.onboarding.machines import MACHINES
from registry.onboarding.machines.common import STOPPED
from registry.onboarding.table import CaseKind, Doc, Row, Who

if TYPE_CHECKING:
    from registry.onboarding.cases import CaseView

_UNSIGNED = frozenset({DocumentState.DRAFT, DocumentState.FOR_SIGNATURE})
_METHODS = {
    "ACQUIRING": BankMethod.ACQUIRING,
    "ONLINE": BankMethod.ONLINE_PAYMENTS,
    "BOTH": BankMethod.BOTH,
}
_PROTOCOLS = frozenset({DocType.PROT_BANK, DocType.PROT_ORG, DocType.PROT_PUTO})
_CLAUSES = {
    BankProtocol: ("Регламент РЕГИСО, п. 4.2 (2)",),
    OrganizerProtocol: ("Регламент РЕГИСО, п. 4.2 (3)",),
    PutoProtocol: ("Регламент ПУ ТО, п. 4.7",),
}
_CONFIRMED = frozenset(
    {
        *("tests_passed", "registry_return_tested", "prod_tests_passed"),
        *("statuses_received", "options_exercised"),
    }
)
"""Facts by which an operator tells that a trial was passed."""
_TARGETS = {CaseKind.PUTO: "ПУ ТО"}
_RESPONSIBLE = {
    Who.PARTICIPANT: Responsible.PARTICIPANT,
    Who.OPERATOR: Responsible.OPERATOR,
    Who.SCHEDULER: Responsible.OPERATOR,
}


@dataclass(frozen=True)
class CasePapers:
    """Draws up the documents of cases: the `DocumentDesk` that the connection desk asks for."""

    documents: DocumentDesk
    identifiers: Identifiers
    operator: str
    """Code of the participant that signs for the hub."""
    signatory: Signatory

    def draw_up(
        self, transaction: Transaction, doc_type: Doc, case: "CaseView", facts: Facts, now: datetime
    ) -> UUID | None:
        """Draw up a document of a case and offer it for signature; return its identifier.

        None is a paper without a form here: the operator writes it himself. An act drawn up again
        takes the place of the one before: unsigned it keeps its number, else that is cancelled.
        Raises DocumentInvalid for facts that no document can hold.
        """
        form = self._form(transaction, doc_type, case, facts)
        if form is None:
            return None
        actor = f"дело {case.number}"
        earlier = self._earlier_act(transaction, form.doc_type, case)
        if earlier is not None and earlier.state in _UNSIGNED:
            drawn = self.documents.redraw(transaction, earlier.document_id, form, now, actor)
        else:
            if earlier is not None:
                reason = "Составлен новый акт."
                self.documents.cancel(transaction, earlier.document_id, reason, now, actor)
            drawn = self.documents.draw_up(
                transaction,
                form,
                parties_of(form.doc_type, self.operator, case.participant),
                Source(case=case.id),
                now,
                self.identifiers,
                actor,
            )
        self.documents.offer(transaction, drawn.document_id, now, actor)
        return drawn.document_id

    def is_signed(self, transaction: Transaction, document_id: UUID) -> bool:
        """Tell whether both sides have signed; what others keep the hub has not seen signed."""
        try:
            return shelf.is_signed(transaction, document_id)
        except DocumentUnknown:
            return False

    def _earlier_act(
        self, transaction: Transaction, doc_type: DocType, case: "CaseView"
    ) -> Document | None:
        """Return the act that a new one replaces; each trial keeps a protocol of its own."""
        if doc_type not in ACTS:
            return None
        wanted = Wanted(doc_type=doc_type, case=case.id)
        found = shelf.search(transaction, wanted)
        return next((one for one in found if one.state is not DocumentState.CANCELLED), None)

    def _form(
        self, transaction: Transaction, doc_type: Doc, case: "CaseView", facts: Facts
    ) -> Form | None:
        fill = FILLED_BY.get(doc_type)
        if fill is None:
            return None
        said = _Said(
            case=case,
            facts=facts,
            operator=Representative(
                acting_on=self.signatory.basis,
                position=self.signatory.position,
                name=self.signatory.full_name,
            ),
            party=_party(transaction, case.participant),
            protocols=self._protocols(transaction, case),
        )
        return fill(said)

    def _protocols(
        self, transaction: Transaction, case: "CaseView"
    ) -> tuple[ProtocolReference, ...]:
        """Return the protocols of the case, the oldest first."""
        found = shelf.search(transaction, Wanted(case=case.id))
        return tuple(
            ProtocolReference(
                number=one.number,
                date=one.dated,
                digest=self.documents.file(
                    transaction, one.document_id, FileFormat.XML
                ).sha256.hex(),
            )
            for one in reversed(found)
            if one.doc_type in _PROTOCOLS and one.state is not DocumentState.CANCELLED
        )


@dataclass(frozen=True)
class _Said:
    """What a document may say."""

    case: "CaseView"
    facts: Facts
    operator: Representative
    party: Party
    protocols: tuple[ProtocolReference, ...]

    def text(self, name: str) -> str | None:
        value = self.facts.get(name)
        return None if value is None else str(value)

    def day(self, name: str) -> date | None:
        value = self.facts.get(name)
        return value if isinstance(value, date) else None

    def flag(self, name: str) -> bool | None:
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


def _emp_act(said: _Said) -> Form:
    return EmpAct(
        operator=said.operator,
        party=said.party,
        system=said.text("system_name"),
        basis=said.protocol,
    )


def _puto_act(said: _Said) -> Form:
    return PutoAct(
        operator=said.operator,
        party=said.party,
        system=said.text("system_name"),
        protocol=said.protocol,
    )


def _bank_act(said: _Said) -> Form:
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


def _organizer_act(said: _Said) -> Form:
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


def _connection_plan(said: _Said) -> Form:
    method = _METHODS.get(str(said.facts.get("method")))
    return ConnectionPlan(
        participant=said.party.name,
        method=None if method is None else method.value,
        trial=said.trial,
        steps=_steps_after(said.case.kind, Doc.PLAN_CONN),
        operator=said.operator,
    )


def _trial_plan(said: _Said) -> Form:
    return TrialPlan(
        participant=said.party.name,
        method=OrganizerMethod.INTEGRATION.value,
        trial=said.trial,
        steps=_steps_after(said.case.kind, Doc.PLAN_TEST),
        operator=said.operator,
    )


def _bank_protocol(said: _Said) -> Form:
    return _protocol(BankProtocol, said, Contour.PROD)


def _organizer_protocol(said: _Said) -> Form:
    return _protocol(OrganizerProtocol, said, Contour.TEST)


def _puto_protocol(said: _Said) -> Form:
    options = Options(
        application_form=True,
        status_updates=said.flag("statuses_received"),
        booking=said.flag("booking"),
        payment=said.flag("payment"),
        assessment=said.flag("assessment"),
    )
    return _protocol(PutoProtocol, said, Contour.TEST, options)


def _protocol(
    form: type[TestProtocol], said: _Said, contour: Contour, options: Options | None = None
) -> TestProtocol:
    """Say what the operator has confirmed: a protocol is drawn up when the trial was passed."""
    opened = services.of_case(said.case.kind.value, said.facts.get("method"))
    return form(
        session=said.text("session"),
        basis=_CLAUSES[form],
        contour=contour,
        operator=said.operator,
        party=said.party,
        system=SystemUnderTest(name=said.text("system_name")),
        service=ServiceUnderTest(
            code=", ".join(opened) or None,
            title=said.text("service_name"),
            format_version=said.text("format_version"),
        ),
        period=said.trial,
        options=options,
        sections=_confirmed(said.case.kind, said.facts),
        outcome=Outcome.PASSED,
        conclusion="рекомендовано к выводу в продуктивный контур",
    )


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


def _requirements(said: _Said) -> Form:
    return TechnicalRequirements(
        target=_TARGETS.get(said.case.kind, "АИС ЕМП"),
        participant=said.party.name,
        system=said.text("system_name") or said.text("service_name"),
        operator=said.operator,
    )


FILLED_BY: Mapping[Doc, Callable[[_Said], Form]] = {
    Doc.ACT_EMP: _emp_act,
    Doc.ACT_PUTO: _puto_act,
    Doc.ACT_BANK_TEST: _bank_act,
    Doc.ACT_ORG_TEST: _organizer_act,
    Doc.PLAN_CONN: _connection_plan,
    Doc.PLAN_TEST: _trial_plan,
    Doc.PROT_BANK: _bank_protocol,
    Doc.PROT_ORG: _organizer_protocol,
    Doc.PROT_PUTO: _puto_protocol,
    Doc.TECHREQ: _requirements,
}
"""What fills the form of each document that the hub draws up for a case."""


def _party(transaction: Transaction, code: str) -> Party:
    card = organizations.current(transaction, code)
    found = {person.role: person for person in contacts.current(transaction, code)}
    signing = found.get(ContactRole.SIGNATORY)
    return Party(
        name=card.full_name,
        short_name=card.short_name,
        inn=card.inn,
        bik=banks.bik_of(transaction, code),
        representative=None
        if signing is None
        else Representative(position=signing.position, name=initials(signing.full_name)),
    )


def initials(full_name: str) -> str:
    """Return «И.И. Иванов» for «Иванов Иван Иванович»; one word stays as it is."""
    surname, *names = full_name.split()
    letters = "".join(f"{name[0]}." for name in names)
    return f"{letters} {surname}".strip()


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
