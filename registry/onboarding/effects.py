"""What a step leaves for access to follow from: joining, admission, act, disconnection (GW-09)."""

import json
from datetime import date
from uuid import UUID

from registry import agreements
from registry.agreements import Agreement, AgreementKind
from registry.calendar import end_of
from registry.change import Change
from registry.onboarding import access, models, services
from registry.onboarding.cases import CaseView
from registry.onboarding.facts import Facts
from registry.onboarding.table import Row


def join(change: Change, case: CaseView, known: Facts, actor: str) -> None:
    """Enter the joining and, unless it is registered already, the agreement behind it (PART-04)."""
    kind = AgreementKind.JOIN if known.get("join_number") else AgreementKind.OTHER
    number = str(known.get("join_number") or known.get("decision_number"))
    change.insert(
        models.joining,
        case_id=case.id,
        participant=case.participant,
        number=number,
        joined_at=change.now,
    )
    registered = agreements.all_of(change.transaction, case.participant)
    if (kind, number) not in {(one.kind, one.number) for one in registered}:
        agreement = Agreement(number, change.now, kind)
        agreements.register(change.transaction, case.participant, agreement, change.now, actor)


def admit(change: Change, case: CaseView, known: Facts, admission_id: UUID) -> None:
    """Enter a limited admission to production in place of an earlier one of the case."""
    access.end_admission(change, case.id)
    last_day = known["admitted_until"]
    if not isinstance(last_day, date):
        raise TypeError(last_day)
    change.insert(
        models.limited_admission,
        id=admission_id,
        case_id=case.id,
        participant=case.participant,
        quota=known["quota"],
        until=end_of(last_day),
        masked=known["masked"],
        services=json.dumps(services.of_case(case.kind.value, known.get("method"))),
        created_at=change.now,
    )


def enter_act(change: Change, case: CaseView, row: Row, known: Facts) -> None:
    """Enter the act that both sides have signed; it counts from its own day on."""
    signed_on = known["signed_on"]
    change.insert(
        models.signed_act,
        case_id=case.id,
        participant=case.participant,
        doc_type=row.signs,
        document_id=case.document(row.signs) if row.signs is not None else None,
        signed_on=signed_on,
        effective_on=known.get("go_live_on", signed_on),
        services=json.dumps(services.of_case(case.kind.value, known.get("method"))),
        registered_at=change.now,
    )
    # The act takes the place of what let the participant in for tests.
    access.end_admission(change, case.id)


def enter_disconnection(change: Change, case: CaseView, basis: str) -> None:
    """Enter that the participant is disconnected by the decision behind the case."""
    change.insert(
        models.disconnection,
        case_id=case.id,
        participant=case.participant,
        basis=basis,
        at=change.now,
    )
