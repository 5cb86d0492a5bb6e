"""How messages become steps of a case: which step a request is, and which facts it brings.

The machines of `registry.onboarding` say what a step needs and takes; a message may carry more, and
what the step does not ask for stays in the journal.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from adapters.desk.errors import told_of
from adapters.desk.messages import onboarding as messages
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import Contact
from gateway.kernel.errors import Finding, NotFound, ValidationError
from gateway.kernel.message import Participant
from gateway.storage.database import Transaction
from registry.change import raise_version
from registry.onboarding import cases
from registry.onboarding import errors as onboarding_errors
from registry.onboarding.cases import CaseView
from registry.onboarding.desk import Actor, CaseRequest, Desk, StepData
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import NEW, CaseKind, Who

ConnectionKind = messages.ConnectionKind

KINDS: Mapping[ConnectionKind, CaseKind] = {
    ConnectionKind.REGISO_ADMIN: CaseKind.REG,
    ConnectionKind.BANK: CaseKind.BANK,
    ConnectionKind.ORGANIZER_INT: CaseKind.ORG_INT,
    ConnectionKind.ORGANIZER_ARM: CaseKind.ORG_ARM,
    ConnectionKind.PUTO: CaseKind.PUTO,
    ConnectionKind.EMP: CaseKind.EMP,
    ConnectionKind.EMP_APP: CaseKind.EMP_APP,
}
STEPS: Mapping[ConnectionKind, tuple[str, ...]] = {
    ConnectionKind.REGISO_ADMIN: ("continue_joined", "request_admin"),
    ConnectionKind.BANK: ("continue_joined", "apply", "choose_method"),
    ConnectionKind.ORGANIZER_INT: ("continue_joined", "choose_integration"),
    ConnectionKind.ORGANIZER_ARM: ("continue_joined", "choose_workplace", "send_letter"),
    ConnectionKind.PUTO: ("prepare_scheme", "apply"),
    ConnectionKind.EMP: ("apply",),
    ConnectionKind.EMP_APP: ("request",),
}
"""The participant's steps that a request takes, one after another as far as the machine lets it."""


def once(
    transaction: Transaction,
    received: Received[Any],
    work: Work,
    key: str,
    do: Callable[[], CaseView],
) -> CaseView:
    """Do a request under its key unless it was done before; raise DuplicateConflict.

    What «the same content» means is the digest of the message, its attachments included.
    """
    raise_version(transaction)
    code = received.sender.code
    known = cases.recall(transaction, code, key, received.digest)
    if known is not None:
        return cases.read(transaction, known, duplicate=True)
    done = do()
    cases.remember(transaction, code, key, received.digest, done.id, done.seq, work.now)
    return done


def own_case(transaction: Transaction, case_id: UUID, sender: Participant) -> CaseView:
    """Return a case of the sender; one of others is as unknown as one that is not there."""
    try:
        found = cases.read(transaction, case_id)
    except onboarding_errors.CaseUnknown as error:
        raise NotFound from error
    if found.participant != sender.code:
        raise NotFound
    return found


def open_by(
    transaction: Transaction,
    received: Received[Any],
    work: Work,
    kind: CaseKind,
    step: str,
    facts: Mapping[str, object],
) -> CaseView:
    """Open a case of the sender by its first step; raise what the desk raises."""
    data = _data(received, kind, NEW, step, facts)
    request = CaseRequest(received.sender.code, kind, step, data)
    with _told(received):
        return work.office(Desk).open_case(transaction, request, work.now, _actor(received))


def advance_by(
    transaction: Transaction,
    received: Received[Any],
    work: Work,
    case: CaseView,
    step: str,
    facts: Mapping[str, object],
) -> CaseView:
    """Take the sender's case on by one step; raise what the desk raises."""
    data = _data(received, case.kind, case.state, step, facts)
    with _told(received):
        return work.office(Desk).advance(
            transaction, case.id, step, data, work.now, _actor(received)
        )


def can(case: CaseView, step: str) -> bool:
    """Tell whether the state of a case has this step."""
    return (case.state, step) in MACHINES[case.kind].index


def contact_fact(contact: Contact) -> str:
    """Return a contact as the desk takes it: name; phone; e-mail."""
    return "; ".join((contact.full_name.replace(";", ","), contact.phone, contact.email))


def _data(
    received: Received[Any], kind: CaseKind, state: str, step: str, facts: Mapping[str, object]
) -> StepData:
    row = MACHINES[kind].index.get((state, step))
    asked = () if row is None else (*row.needs, *row.takes)
    given = {name: facts[name] for name in asked if facts.get(name) is not None}
    return StepData(given, comment=f"Сообщение SHA-256 {received.digest.hex()}")


def _actor(received: Received[Any]) -> Actor:
    return Actor(received.sender.code, Who.PARTICIPANT)


@contextmanager
def _told(received: Received[Any]) -> Iterator[None]:
    """Tell what a step lacks as VALIDATION_ERROR: the client mends it in its message."""
    path = f"/{type(received.request).__name__}"
    try:
        with told_of(path):
            yield
    except onboarding_errors.SnilsInvalid:
        raise
    except (onboarding_errors.FactInvalid, onboarding_errors.GuardFailed) as error:
        finding = Finding(error.text, path=path, rule="case", advice=error.action)
        raise ValidationError(findings=(finding,)) from error
