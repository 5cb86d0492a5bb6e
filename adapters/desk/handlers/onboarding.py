"""SVC-16: a participant joins, asks to be connected, follows its case and answers remarks."""

from typing import Any
from uuid import UUID

from adapters.desk.cases import (
    KINDS,
    STEPS,
    advance_by,
    can,
    contact_fact,
    once,
    open_by,
    own_case,
)
from adapters.desk.errors import told_of
from adapters.desk.files import read_file
from adapters.desk.messages import onboarding as messages
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import DocumentState, FileRef, PersonName
from gateway.kernel.errors import (
    IllegalTransition,
    NotAllowed,
    NotFound,
    VersionUnsupported,
)
from gateway.storage.database import Transaction
from registry import contacts, organizations
from registry.calendar import local_date
from registry.contacts import Contact, ContactRole
from registry.counter import change_registry
from registry.documents import errors as document_errors
from registry.documents import shelf
from registry.onboarding import cases
from registry.onboarding import errors as onboarding_errors
from registry.onboarding.cases import CaseView, Step
from registry.onboarding.facts import Facts
from registry.onboarding.table import CaseKind
from registry.organizations import Organization

_MEALS = {"BANK": CaseKind.BANK, "ORGANIZER": CaseKind.ORG_INT}
"""Cases of the module «Учёт питания» by the kind of who joins."""


def submit_join_statement(
    received: Received[messages.SubmitJoinStatementRequest], work: Work
) -> messages.SubmitJoinStatementResponse:
    """Open a case by the statement of joining; the first one an operator enters (ADR 0014).

    Raises NotAllowed for another organisation, NotApplicable, ValidationError, DuplicateConflict.
    """
    request, sender = received.request, received.sender
    if sender.inn is not None and request.organization.inn != sender.inn:
        raise NotAllowed("Участник подаёт заявление только за себя: ИНН другой.")
    read_file(request.scan, received.attachments, "/SubmitJoinStatementRequest/scan")
    kind = _kind_of(request.subsystem, sender.kind)
    facts = {"subsystem": request.subsystem.value}

    def change(transaction: Transaction) -> CaseView:
        def do() -> CaseView:
            case = open_by(transaction, received, work, kind, "submit_join", facts)
            with told_of("/SubmitJoinStatementRequest/organization"):
                organizations.change_card(
                    transaction,
                    sender.code,
                    _organization(request.organization),
                    work.now,
                    sender.code,
                )
            return case

        return once(transaction, received, work, request.request_id, do)

    case = change_registry(work, change)
    return messages.SubmitJoinStatementResponse(
        case_id=str(case.id), state=case.state, duplicate=case.duplicate
    )


def submit_connection_request(
    received: Received[messages.SubmitConnectionRequestRequest], work: Work
) -> messages.SubmitConnectionRequestResponse:
    """Ask to be connected: take a case as far as the request lets it, or open one.

    Raises JoinRequired, NotApplicable, SnilsInvalid, IllegalTransition, ValidationError, NotFound,
    DuplicateConflict.
    """
    request = received.request
    if request.subsystem is messages.Subsystem.EDUCATION_PORTAL:
        raise onboarding_errors.NotApplicable(
            "Подключения участников не предусматривается. Портал является публичным ресурсом."
        )
    _check_files(request.attachment, received, "/SubmitConnectionRequestRequest/attachment")

    def change(transaction: Transaction) -> CaseView:
        def do() -> CaseView:
            _name_contacts(transaction, received, work)
            return _apply(transaction, received, work)

        return once(transaction, received, work, request.request_id, do)

    case = change_registry(work, change)
    due = case.due_at or work.now
    return messages.SubmitConnectionRequestResponse(
        case_id=str(case.id),
        number=case.number,
        state=case.state,
        due_at=due,
        duplicate=case.duplicate,
    )


def get_case(received: Received[messages.GetCaseRequest], work: Work) -> messages.GetCaseResponse:
    """Tell a case of the sender with its history; raise NotFound."""
    request, sender = received.request, received.sender
    with work.registry.reading() as transaction:
        try:
            case_id = (
                UUID(request.case_id)
                if request.case_id is not None
                else cases.find(transaction, request.number or "")
            )
        except onboarding_errors.CaseUnknown as error:
            raise NotFound from error
        case = own_case(transaction, case_id, sender)
        documents = _documents(transaction, case)
    return messages.GetCaseResponse(
        case_id=str(case.id),
        number=case.number,
        kind=messages.CaseKind(case.kind.name),
        state=case.state,
        due_at=case.due_at,
        history=[_transition(step) for step in case.history],
        remark=[messages.RemarkType(code="REMARK", text=text) for text in case.remarks],
        document=documents,
    )


def respond_remarks(
    received: Received[messages.RespondRemarksRequest], work: Work
) -> messages.RespondRemarksResponse:
    """Answer the operator's remarks; raise NotFound, IllegalTransition."""
    request = received.request
    _check_files(request.attachment, received, "/RespondRemarksRequest/attachment")
    key = f"{request.case_id}:respond:{received.digest.hex()}"

    def change(transaction: Transaction) -> CaseView:
        case = own_case(transaction, UUID(request.case_id), received.sender)
        facts = {"answer": request.text}
        return once(
            transaction,
            received,
            work,
            key,
            lambda: advance_by(transaction, received, work, case, "respond", facts),
        )

    case = change_registry(work, change)
    return messages.RespondRemarksResponse(state=case.state, duplicate=case.duplicate)


def notify_readiness(
    received: Received[messages.NotifyReadinessRequest], work: Work
) -> messages.NotifyReadinessResponse:
    """Note that the participant's system is ready for tests.

    Raises NotFound, VersionUnsupported, IllegalTransition, DuplicateConflict.
    """
    request, sender = received.request, received.sender
    today = local_date(work.now)
    if all(
        one.contract.version != request.format_version
        for one in work.shelf.formats(work.contour, today)
    ):
        raise VersionUnsupported
    contact = contact_fact(request.contact)
    facts = {"format_version": request.format_version, "technical_contact": contact}
    key = f"{request.case_id}:readiness:{request.format_version}"

    def change(transaction: Transaction) -> CaseView:
        case = own_case(transaction, UUID(request.case_id), sender)
        step = "finish_development" if case.kind is CaseKind.BANK else "notify_readiness"
        # Who answers for the organisation stays; where nobody is named yet it is the same person.
        facts["responsible_contact"] = _responsible(transaction, sender.code) or contact
        return once(
            transaction,
            received,
            work,
            key,
            lambda: advance_by(transaction, received, work, case, step, facts),
        )

    case = change_registry(work, change)
    return messages.NotifyReadinessResponse(state=case.state, duplicate=case.duplicate)


def _responsible(transaction: Transaction, code: str) -> str | None:
    """Return the responsible person as the desk takes it; None before one is named."""
    for person in contacts.current(transaction, code):
        if person.role is ContactRole.RESPONSIBLE:
            return f"{person.full_name}; {person.phone}; {person.email}"
    return None


def _kind_of(subsystem: messages.Subsystem, participant_kind: str) -> CaseKind:
    """Return what case a statement opens; raise NotApplicable."""
    if subsystem is messages.Subsystem.EDUCATION_PORTAL:
        raise onboarding_errors.NotApplicable(
            "Подключения участников не предусматривается. Портал является публичным ресурсом."
        )
    if subsystem is messages.Subsystem.MEALS:
        return _MEALS.get(participant_kind, CaseKind.REG)
    if subsystem is messages.Subsystem.EDO:
        # Its statement comes after the order and the reading of documents (ONB-EDO-01 … 03).
        raise onboarding_errors.NotApplicable(
            "К ЭДО присоединяются по своему порядку: дело открывает оператор."
        )
    return CaseKind.REG


def _apply(
    transaction: Transaction,
    received: Received[messages.SubmitConnectionRequestRequest],
    work: Work,
) -> CaseView:
    """Take the steps of the request one after another, from wherever its case stands."""
    request = received.request
    facts, steps = _facts(request), list(STEPS[request.kind])
    case = _waiting_case(transaction, received)
    taken = case is None
    if case is None:
        first, *steps = steps
        case = open_by(transaction, received, work, KINDS[request.kind], first, facts)
    for step in steps:
        if can(case, step):
            case = advance_by(transaction, received, work, case, step, facts)
            taken = True
    if not taken:
        raise IllegalTransition(f"Дело {case.number} в состоянии {case.state} заявки не ждёт.")
    return case


def _waiting_case(
    transaction: Transaction, received: Received[messages.SubmitConnectionRequestRequest]
) -> CaseView | None:
    """Return the case that the request goes on with: the one it names, or one that waits for it."""
    request, sender = received.request, received.sender
    if request.case_id is not None:
        return own_case(transaction, UUID(request.case_id), sender)
    steps = STEPS[request.kind]
    waiting = (
        case
        for case in cases.listed(transaction, participant=sender.code)
        if case.kind in _FAMILIES.get(request.kind, {KINDS[request.kind]})
        and any(can(case, step) for step in steps)
    )
    return next(waiting, None)


_FAMILIES = {
    kind: {CaseKind.ORG_INT, CaseKind.ORG_ARM}
    for kind in (messages.ConnectionKind.ORGANIZER_INT, messages.ConnectionKind.ORGANIZER_ARM)
}
"""An organizer joins before it chooses how to work: its case may still be of either kind."""


def _facts(request: messages.SubmitConnectionRequestRequest) -> Facts:
    """Return everything a request says, by the names of the desk; a step takes what it asks for."""
    facts: dict[str, object] = {
        "responsible_contact": contact_fact(request.responsible_contact),
        "technical_contact": contact_fact(request.technical_contact),
        "executor": contact_fact(request.responsible_contact),
        "letter_number": request.letter.number,
        "letter_date": request.letter.date,
        "subsystem": request.subsystem and request.subsystem.value,
        "service_name": request.service_name,
        "purpose": request.purpose,
        "goals": request.purpose,
        "tasks": request.purpose,
        "functions": request.purpose and (request.purpose,),
        "system_name": request.system and request.system.name,
        "method": request.method and request.method.value,
        "legal_form": request.applicant_form and request.applicant_form.value,
        "scheme": next((file.file_name for file in request.attachment), None),
        "employees": tuple(
            f"{_name(one.name)}, {one.position}, {one.snils}, {one.email}, {one.phone}"
            for one in request.employee
        )
        or None,
    }
    if request.admin is not None:
        facts |= {
            "admin_name": _name(request.admin.name),
            "admin_snils": request.admin.snils,
            "admin_email": request.admin.email,
            "esia_account": request.admin.esia_account,
        }
    if request.options is not None:
        facts |= {
            "booking": request.options.booking,
            "payment": request.options.payment,
            "assessment": request.options.assessment,
            "uses_ppu": request.options.uses_ppu,
        }
    return facts  # type: ignore[return-value]  # the desk reads and types them


def _name(name: PersonName) -> str:
    return " ".join(filter(None, (name.last_name, name.first_name, name.middle_name)))


def _name_contacts(
    transaction: Transaction,
    received: Received[messages.SubmitConnectionRequestRequest],
    work: Work,
) -> None:
    """Keep whom the participant has named: notices go to them (PART-05)."""
    request, code = received.request, received.sender.code
    for role, given, place in (
        (ContactRole.TECHNICAL, request.technical_contact, "technicalContact"),
        (ContactRole.RESPONSIBLE, request.responsible_contact, "responsibleContact"),
    ):
        person = Contact(role, given.full_name, given.phone, given.email, given.position)
        with told_of(f"/SubmitConnectionRequestRequest/{place}"):
            contacts.name(transaction, code, person, work.now, code)


def _organization(given: messages.OrganizationType) -> Organization:
    return Organization(
        full_name=given.full_name,
        short_name=given.short_name,
        inn=given.inn,
        kpp=given.kpp,
        ogrn=given.ogrn,
        legal_form=given.legal_form,
        address=given.address,
        head_name=given.head_name,
        phone=given.phone,
    )


def _check_files(files: list[FileRef], received: Received[Any], path: str) -> None:
    for position, file in enumerate(files, start=1):
        read_file(file, received.attachments, f"{path}[{position}]")


def _transition(step: Step) -> messages.TransitionType:
    return messages.TransitionType(
        from_value=None if step.before == "NEW" else step.before,
        to=step.after,
        at=step.at,
        actor=step.actor,
        comment=step.comment,
        document_id=None if step.document_id is None else str(step.document_id),
    )


def _documents(transaction: Transaction, case: CaseView) -> list[messages.CaseDocumentType]:
    told = []
    for document_id in dict.fromkeys(step.document_id for step in case.history):
        if document_id is None:
            continue
        try:
            document = shelf.find(transaction, document_id, case.participant)
        except document_errors.DocumentUnknown:
            continue
        told.append(
            messages.CaseDocumentType(
                document_id=str(document_id),
                type_value=document.doc_type.value,
                number=document.number,
                state=DocumentState(document.state.value),
            )
        )
    return told
