"""SVC-05 UpdateOrganization: an organizer keeps its own card, in the registry (PART-10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from adapters.meals.access import Function
from adapters.organizer.cards import FOLLOW_CARDS
from adapters.organizer.handlers.scope import organizer_of, wrong
from adapters.organizer.messages import organizer as messages
from gateway.adapter import Received, Work
from gateway.kernel.errors import Finding, NotAllowed, ValidationError
from gateway.storage.database import Transaction
from registry import contacts, organizations
from registry import errors as registry_errors
from registry.calendar import local_date
from registry.change import raise_version
from registry.contacts import ContactRole
from registry.counter import change_registry
from registry.organizations import BankDetails, Organization

_ROLES = (ContactRole.RESPONSIBLE, ContactRole.TECHNICAL)
"""Of the contacts in the order of the message."""


def update_organization(
    received: Received[messages.UpdateOrganizationRequest], work: Work
) -> messages.UpdateOrganizationResponse:
    """Let a new card stand, in force from its day on; the same content again changes nothing.

    Card, contacts and the trace of the statement are one transaction of the registry. What banks
    are shown lies in each contour and follows in the background. Raises NotAllowed for another
    organization, ValidationError.
    """
    inn = organizer_of(received, work, Function.KEEP_ORGANIZATION)
    if received.request.inn != inn:
        raise NotAllowed("Организатор меняет только свои реквизиты: ИНН другой.")
    code = received.sender.code

    def change(transaction: Transaction) -> int:
        raise_version(transaction)
        known = organizations.recall(transaction, code, received.digest)
        if known is not None:
            return known
        _check_day(received, work, transaction, inn)
        with _told_of(received):
            _put(transaction, received, work)
        return organizations.remember(transaction, code, received.digest, work.now)

    version = change_registry(work, change)
    received.wake(FOLLOW_CARDS)
    return messages.UpdateOrganizationResponse(version=version)


def _check_day(
    received: Received[messages.UpdateOrganizationRequest],
    work: Work,
    transaction: Transaction,
    inn: str,
) -> None:
    """Refuse a day before that of the details in force."""
    standing = organizations.in_force(transaction, local_date(work.now)).get(inn)
    since: date | None = None if standing is None else standing.valid_from
    if since is not None and received.request.valid_from < since:
        text = f"Действующие реквизиты введены с {since:%d.%m.%Y}: новые не могут быть раньше."
        raise wrong(received, "validFrom", text)


def _put(
    transaction: Transaction,
    received: Received[messages.UpdateOrganizationRequest],
    work: Work,
) -> None:
    request, code = received.request, received.sender.code
    card = _card(request, organizations.current(transaction, code))
    organizations.change_card(transaction, code, card, work.now, code)
    for role, told in zip(_ROLES, request.contact, strict=False):
        person = contacts.Contact(role, told.full_name, told.phone, told.email, told.position)
        contacts.name(transaction, code, person, work.now, code)


def _card(request: messages.UpdateOrganizationRequest, before: Organization) -> Organization:
    """Return the card as it is told; what a message does not tell stays."""
    details = request.bank_details
    return replace(
        before,
        full_name=request.full_name,
        short_name=request.short_name,
        inn=request.inn,
        kpp=request.kpp,
        ogrn=request.ogrn,
        address=request.legal_address,
        postal_address=request.postal_address,
        bank_details=BankDetails(
            details.bank_name, details.bik, details.account, details.corr_account
        ),
        valid_from=request.valid_from,
    )


@contextmanager
def _told_of(received: Received[messages.UpdateOrganizationRequest]) -> Iterator[None]:
    """Tell a refusal of the registry as a fault of the contract."""
    try:
        yield
    except registry_errors.AttributeInvalid as error:
        path = f"/{type(received.request).__name__}"
        raise ValidationError(findings=(Finding(error.text, path=path),)) from error
