"""SVC-16: an organizer tells of its acquirer, a participant of its new responsible person."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5

from adapters.desk.errors import told_of
from adapters.desk.messages import onboarding as messages
from gateway.adapter import Received, Work
from gateway.kernel.errors import (
    DuplicateConflict,
    Finding,
    NotAllowed,
    NotFound,
    ValidationError,
)
from gateway.kernel.message import Participant
from gateway.storage.database import Transaction
from registry import acquirers, contacts, records
from registry import errors as registry_errors
from registry.acquirers import AcquirerNotice
from registry.calendar import local_date
from registry.change import raise_version
from registry.contacts import Contact, ContactRole
from registry.counter import change_registry
from registry.onboarding import errors as onboarding_errors
from registry.onboarding import responsible
from registry.snapshot import read_snapshot


def notify_acquiring_contract(
    received: Received[messages.NotifyAcquiringContractRequest], work: Work
) -> messages.NotifyAcquiringContractResponse:
    """Bind the acquirer that an organizer has chosen (PART-12).

    Raises NotAllowed, NotApplicable, NotFound, ValidationError, DuplicateConflict.
    """
    request, sender = received.request, received.sender
    if request.organizer_inn != sender.inn:
        raise NotAllowed("Уведомляет сам организатор питания: ИНН другой.")
    notice = AcquirerNotice(
        organizer=sender.code,
        bank=_bank_of(work, request.bank.bik).code,
        contract_number=request.contract.number,
        contract_date=request.contract.date,
        contact_name=request.contact_person.full_name,
        contact_phone=request.contact_person.phone,
        contact_email=request.contact_person.email,
    )

    def change(transaction: Transaction) -> bool:
        before = acquirers.acquirer_of(transaction, sender.code)
        if before is not None and before != notice and _names_same_contract(before, notice):
            raise DuplicateConflict("Договор с этим номером уже описан иначе.")
        try:
            with told_of("/NotifyAcquiringContractRequest/bank"):
                return acquirers.bind(transaction, notice, work.now, sender.code)
        except registry_errors.NotAnOrganizer as error:
            raise onboarding_errors.NotApplicable(error.text) from error
        except registry_errors.NotABank as error:
            finding = Finding(error.text, path="/NotifyAcquiringContractRequest/bank/bik")
            raise ValidationError(findings=(finding,)) from error

    bound = change_registry(work, change)
    key = f"{request.organizer_inn}/{request.bank.bik}/{request.contract.number}"
    return messages.NotifyAcquiringContractResponse(
        binding_id=str(uuid5(NAMESPACE_URL, f"acquirer/{key}")), duplicate=not bound
    )


def change_responsible(
    received: Received[messages.ChangeResponsibleRequest], work: Work
) -> messages.ChangeResponsibleResponse:
    """Name who answers from now on; say whether that came too late (PART-14).

    Raises NotAllowed, ValidationError, DuplicateConflict.
    """
    request, sender = received.request, received.sender
    if request.participant != sender.code:
        raise NotAllowed("Ответственного меняет сам участник.")
    if request.powers_ended_at > local_date(work.now):
        finding = Finding(
            "Полномочия прежнего ответственного ещё не прекратились.",
            path="/ChangeResponsibleRequest/powersEndedAt",
        )
        raise ValidationError(findings=(finding,))
    role = ContactRole(request.role.value)
    new = Contact(
        role, request.new.full_name, request.new.phone, request.new.email, request.new.position
    )

    def change(transaction: Transaction) -> messages.ChangeResponsibleResponse:
        ended_on = request.powers_ended_at
        raise_version(transaction)
        earlier = _successor(transaction, sender.code, role, ended_on)
        if earlier is not None and earlier != new:
            raise DuplicateConflict("Об этой замене уже сообщено иначе.")
        if earlier is None:
            _replace(transaction, sender.code, new, ended_on, work)
        noted = responsible.named_anew(
            transaction,
            sender.code,
            role.value,
            ended_on,
            work.now,
            work.calendar,
            sender.code,
        )
        return messages.ChangeResponsibleResponse(
            overdue=noted.overdue,
            version=len(_persons(transaction, sender.code, role)),
            duplicate=earlier is not None,
        )

    return change_registry(work, change)


def _replace(transaction: Transaction, code: str, new: Contact, ended_on: date, work: Work) -> None:
    """Write the end of the powers on the one before, then name the new one."""
    standing = {contact.role: contact for contact in contacts.current(transaction, code)}
    before = standing.get(new.role)
    with told_of("/ChangeResponsibleRequest/new"):
        if before is not None:
            ended = replace(before, powers_ended_on=ended_on)
            contacts.name(transaction, code, ended, work.now, code)
        contacts.name(transaction, code, new, work.now, code)


def _successor(
    transaction: Transaction, code: str, role: ContactRole, ended_on: date
) -> Contact | None:
    """Return who was named after the powers that ended on this day; None if nobody was."""
    persons = _persons(transaction, code, role)
    for before, after in pairwise(persons):
        if before.powers_ended_on == ended_on and after.powers_ended_on != ended_on:
            return replace(after, powers_ended_on=None)
    return None


def _persons(transaction: Transaction, code: str, role: ContactRole) -> list[Contact]:
    """Return everybody who ever stood for a role, oldest first."""
    rows = records.history(transaction, contacts.CONTACT, participant=code, role=role.value)
    return [
        Contact(role, **{column: row[column] for column in contacts.CONTACT.values}) for row in rows
    ]


def _bank_of(work: Work, bik: str) -> Participant:
    """Return the participant with this BIK; raise NotFound."""
    participants = read_snapshot(work.registry, work.now).participants[work.contour]
    for participant in participants.values():
        if participant.bank is not None and participant.bank.bik == bik:
            return participant
    raise NotFound("Банк с таким БИК к узлу не подключён.")


def _names_same_contract(before: AcquirerNotice, notice: AcquirerNotice) -> bool:
    return (before.bank, before.contract_number) == (notice.bank, notice.contract_number)
