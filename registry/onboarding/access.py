"""What a participant may do at this moment, derived from facts and from nothing else (GW-09).

Test opens with a joining in force. Production opens with a signed act in force whose date has come
and that went live by it. The founders are in operation by law, with no service of their own. A
suspension closes both, a disconnection ends them. No flag says so:
`participant.state` repeats the answer for lists and is never asked.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel.message import Admission, Contour, ParticipantState
from gateway.storage.database import Transaction
from registry import models as registry_models
from registry.agreements import AgreementKind
from registry.calendar import local_date
from registry.change import Change
from registry.onboarding import models

CREDENTIALS_FROM = {"ORGANIZER": "start_development"}
"""Kinds that get test credentials not at once but from a step of their case on (ONB-ORG-03)."""

OPEN_STATES: Mapping[Contour, frozenset[ParticipantState]] = {
    Contour.TEST: frozenset({ParticipantState.JOINED, ParticipantState.IN_OPERATION}),
    Contour.PROD: frozenset({ParticipantState.IN_OPERATION}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one participant stands."""

    state: ParticipantState = ParticipantState.CANDIDATE
    production: frozenset[str] = frozenset()
    """What is open in production, as names and domains of services."""
    admission: Admission | None = None
    """The latest limited admission that was not ended; it may be used up."""
    is_joined: bool = False
    """Whether a joining is in force, suspended or not."""

    def opens(self, contour: Contour) -> bool:
        """Tell whether the state opens a contour."""
        return self.state in OPEN_STATES[contour]


@dataclass(slots=True)
class _Found:
    joined: bool = False
    live: bool = False
    services: set[str] = field(default_factory=set)
    suspended: bool = False
    disconnected: bool = False
    admission: tuple[datetime, Admission, tuple[str, ...]] | None = None


def standings(
    transaction: Transaction, now: datetime, code: str | None = None
) -> Mapping[str, Standing]:
    """Return the standing of everybody, or of one; who is not named is a candidate."""
    found: dict[str, _Found] = defaultdict(_Found)
    for name in _codes(transaction, models.joining, models.joining.c.ended_at.is_(None), code):
        found[name].joined = True
    for name in _founders(transaction, code):
        found[name].joined = found[name].live = True
    for name, services in _live_acts(transaction, now, code):
        found[name].live = True
        found[name].services |= set(json.loads(services))
    open_suspension = models.suspension.c.ended_at.is_(None)
    for name in _codes(transaction, models.suspension, open_suspension, code):
        found[name].suspended = True
    for name in _codes(transaction, models.disconnection, sa.true(), code):
        found[name].disconnected = True
    for row in _admissions(transaction, code):
        latest = found[row.participant].admission
        if latest is None or latest[0] < row.created_at:
            admission = Admission(row.id, row.quota, row.until, row.masked)
            opens = tuple(json.loads(row.services))
            found[row.participant].admission = (row.created_at, admission, opens)
    return {name: _standing(one) for name, one in found.items()}


def standing_of(transaction: Transaction, code: str, now: datetime) -> Standing:
    """Return where one participant stands."""
    return standings(transaction, now, code).get(code, Standing())


def may_have_test_credentials(transaction: Transaction, code: str, kind: str) -> bool:
    """Tell whether the case of the participant has come as far as credentials (ONB-ORG-03)."""
    step = CREDENTIALS_FROM.get(kind)
    if step is None:
        return True
    query = (
        sa.select(models.case_step.c.seq)
        .join(models.joining, models.joining.c.case_id == models.case_step.c.case_id)
        .where(
            models.case_step.c.step == step,
            models.joining.c.participant == code,
            models.joining.c.ended_at.is_(None),
        )
    )
    return transaction.execute(query).first() is not None


def settle_state(change: Change, basis: str | None = None) -> ParticipantState:
    """Write what the facts come to into the participant's card and the change log."""
    state = standing_of(change.transaction, change.code, change.now).state
    table = registry_models.participant
    before = change.transaction.execute(
        sa.select(table.c.state).where(table.c.code == change.code)
    ).scalar_one()
    if before != state.value:
        change.update_participant(state=state.value)
        change.log("state", before, state.value, basis)
    return state


def suspend(change: Change, basis: str, case_id: UUID | None = None) -> None:
    """Close both contours from now on."""
    change.insert(
        models.suspension,
        participant=change.code,
        case_id=case_id,
        basis=basis,
        created_at=change.now,
    )


def resume(change: Change, case_id: UUID | None = None) -> bool:
    """End the suspension of the case, or of the participant as such; False if there is none."""
    table = models.suspension
    ended = change.execute(
        sa.update(table)
        .where(
            table.c.participant == change.code,
            table.c.case_id == case_id if case_id is not None else table.c.case_id.is_(None),
            table.c.ended_at.is_(None),
        )
        .values(ended_at=change.now)
    )
    return bool(ended.rowcount)


def end_all(change: Change, case_id: UUID | None = None) -> None:
    """End what let the participant in: by one case, or by all of them."""
    for table in (models.joining, models.signed_act, models.limited_admission):
        _end(change, table, case_id)
    _end(change, models.suspension, case_id)


def end_admission(change: Change, case_id: UUID) -> None:
    """End the limited admission of a case."""
    _end(change, models.limited_admission, case_id)


def _end(change: Change, table: sa.Table, case_id: UUID | None) -> None:
    statement = sa.update(table).where(
        table.c.participant == change.code, table.c.ended_at.is_(None)
    )
    if case_id is not None:
        statement = statement.where(table.c.case_id == case_id)
    change.execute(statement.values(ended_at=change.now))


def _standing(found: _Found) -> Standing:
    if found.suspended:
        return Standing(ParticipantState.SUSPENDED, is_joined=found.joined)
    # An act without a joining lets nobody in: the agreement comes first (PART-04).
    if found.joined and found.live:
        return Standing(ParticipantState.IN_OPERATION, frozenset(found.services), is_joined=True)
    if found.joined:
        admission, services = None, frozenset[str]()
        if found.admission is not None:
            admission, services = found.admission[1], frozenset(found.admission[2])
        return Standing(ParticipantState.JOINED, services, admission, is_joined=True)
    if found.disconnected:
        return Standing(ParticipantState.DISCONNECTED)
    return Standing()


def _codes(
    transaction: Transaction, table: sa.Table, which: sa.ColumnElement[bool], code: str | None
) -> Iterable[str]:
    query = sa.select(table.c.participant).where(which)
    return transaction.execute(_only(query, table, code)).scalars()


def _founders(transaction: Transaction, code: str | None) -> Iterable[str]:
    """Return who is there by law: the operator and the owner (PART-01, PART-02)."""
    table = registry_models.agreement
    is_founding = sa.and_(table.c.kind == AgreementKind.FOUNDING.value, table.c.ended_at.is_(None))
    return _codes(transaction, table, is_founding, code)


def _live_acts(
    transaction: Transaction, now: datetime, code: str | None
) -> Iterable[tuple[str, str]]:
    act = models.signed_act
    query = (
        sa.select(act.c.participant, act.c.services)
        .join(models.commissioning, models.commissioning.c.case_id == act.c.case_id)
        .where(act.c.ended_at.is_(None), act.c.effective_on <= local_date(now))
    )
    return [(row[0], row[1]) for row in transaction.execute(_only(query, act, code))]


def _admissions(transaction: Transaction, code: str | None) -> Iterable[sa.Row[Any]]:
    table = models.limited_admission
    query = sa.select(table).where(table.c.ended_at.is_(None))
    return transaction.execute(_only(query, table, code)).all()


def _only(query: sa.Select[Any], table: sa.Table, code: str | None) -> sa.Select[Any]:
    return query if code is None else query.where(table.c.participant == code)
