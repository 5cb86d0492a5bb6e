"""What is asked of the database about sessions, by name."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.conformance.evidence import (
    Attempt,
    Decision,
    Evidence,
    HandedOut,
    HubAnswer,
    OwnCall,
    Place,
    Preflight,
    Provided,
    Signature,
    Withheld,
)
from gateway.conformance.sessions import models
from gateway.conformance.sessions.values import Session, SessionState
from gateway.kernel.message import Contour
from gateway.storage.database import Transaction

ROWS_KEPT = 100
"""Rows of an answer about the hub's state that are kept; of the others only the number is."""


Mark = tuple[int, int]
"""Messages and attempts of a session: it changes whenever something has happened."""


class Ending(Enum):
    """How a session came to its end."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


# Sessions.


def add(transaction: Transaction, session: Session) -> None:
    """Begin a session."""
    values = {
        "id": session.id,
        "participant": session.participant,
        "request_id": session.request_id,
        "plan": session.plan,
        "suite": session.suite,
        "digest": session.digest,
        "onboarding_case": session.onboarding_case,
        "contour": session.contour.value,
        "endpoint_url": session.endpoint_url,
        "system_version": session.system_version,
        "rehearsal": session.rehearsal,
        "entered": _json(session.entered),
        "params": _json(session.params),
        "started_at": session.started_at,
        "expires_at": session.expires_at,
    }
    transaction.execute(models.session.insert().values(values))


def find(transaction: Transaction, session_id: UUID) -> Session | None:
    """Return a session."""
    return _one(transaction, models.session.c.id == session_id)


def by_request(transaction: Transaction, participant: str, request_id: UUID) -> Session | None:
    """Return the session that a participant has asked for under this id."""
    return _one(
        transaction,
        models.session.c.participant == participant,
        models.session.c.request_id == request_id,
    )


def listed(
    transaction: Transaction,
    *,
    participant: str | None = None,
    plan: str | None = None,
    is_open: bool | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Session]:
    """Return sessions, newest first; `before` is the last one of the page before."""
    table = models.session
    found = _sessions().order_by(table.c.started_at.desc(), table.c.id.desc()).limit(limit)
    if participant is not None:
        found = found.where(table.c.participant == participant)
    if plan is not None:
        found = found.where(table.c.plan == plan)
    if is_open is not None:
        kind = models.ending.c.kind
        found = found.where(kind.is_(None) if is_open else kind.is_not(None))
    if before is not None:
        mark = sa.select(table.c.started_at, table.c.id).where(table.c.id == before).subquery()
        found = found.where(
            sa.tuple_(table.c.started_at, table.c.id)
            < sa.select(mark.c.started_at, mark.c.id).scalar_subquery()
        )
    return [_session(row) for row in transaction.execute(found)]


def overdue(transaction: Transaction, now: datetime) -> list[Session]:
    """Return the open sessions whose time is over."""
    found = _sessions().where(models.session.c.expires_at <= now, models.ending.c.kind.is_(None))
    return [_session(row) for row in transaction.execute(found)]


def ended_for_cases(transaction: Transaction, since: datetime) -> list[UUID]:
    """Return the finished sessions of onboarding cases, rehearsals aside."""
    table, ended = models.session, models.ending
    query = (
        sa.select(table.c.id)
        .join(ended, ended.c.session == table.c.id)
        .where(
            ended.c.kind.in_([Ending.PASSED.value, Ending.FAILED.value]),
            ended.c.at >= since,
            table.c.onboarding_case.is_not(None),
            table.c.rehearsal.is_(sa.false()),
        )
    )
    return list(transaction.execute(query).scalars())


def end(
    transaction: Transaction, session: UUID, kind: Ending, at: datetime, comment: str | None
) -> None:
    """End a session; the key refuses a second end."""
    transaction.execute(
        models.ending.insert().values(session=session, kind=kind.value, at=at, comment=comment)
    )


def unpurged(transaction: Transaction, before: datetime, limit: int) -> list[Session]:
    """Return sessions that ended by a moment and whose test data are there yet, oldest first."""
    ended, purged = models.ending.c, models.purged.c
    found = (
        _sessions()
        .outerjoin(models.purged, purged.session == models.session.c.id)
        .where(ended.at <= before, purged.session.is_(None))
        .order_by(ended.at, models.session.c.id)
        .limit(limit)
    )
    return [_session(row) for row in transaction.execute(found)]


def note_purged(transaction: Transaction, sessions: Sequence[Session], at: datetime) -> None:
    """Record that the test data of these sessions are gone."""
    rows = [{"session": session.id, "at": at} for session in sessions]
    transaction.execute(models.purged.insert(), rows)


# What was recorded in a session.


def evidence_of(transaction: Transaction, session: Session) -> Evidence:
    """Return everything of a session but the messages of the journal."""

    def rows(table: sa.Table) -> Sequence[sa.Row[Any]]:
        return transaction.execute(table.select().where(table.c.session == session.id)).all()

    return Evidence(
        participant=session.participant,
        system_version=session.system_version,
        params=session.params,
        rehearsal=session.rehearsal,
        attempts=tuple(map(_attempt, rows(models.attempt))),
        handed_out=tuple(
            HandedOut(_place(row), row.at, row.name, bytes(row.content))
            for row in rows(models.handed_out)
        ),
        provided=tuple(map(_provided, rows(models.provided))),
        decisions=tuple(
            Decision(_place(row), row.at, row.tester, row.confirmed, row.reason)
            for row in rows(models.decision)
        ),
        calls=tuple(map(_call, rows(models.call))),
        answers=tuple(
            HubAnswer(_place(row), row.at, _found(row), row.trouble) for row in rows(models.answer)
        ),
        withheld=tuple(Withheld(_place(row), row.entry, row.at) for row in rows(models.withheld)),
        preflight=tuple(
            Preflight(row.name, row.at, row.green, row.text) for row in rows(models.preflight)
        ),
    )


def add_attempt(transaction: Transaction, session: UUID, attempt: Attempt) -> None:
    """Record that an attempt has begun."""
    values = {
        "session": session,
        "case_code": attempt.case,
        "data_row": attempt.row,
        "number": attempt.number,
        "started_at": attempt.started_at,
        "digest": attempt.digest,
        "system_version": attempt.system_version,
        "drawn": _json(attempt.values),
    }
    transaction.execute(models.attempt.insert().values(values))


def add_file(transaction: Transaction, session: UUID, file: HandedOut) -> None:
    """Keep a prepared file with its bytes."""
    values = {"at": file.at, "name": file.name, "content": file.content}
    transaction.execute(models.handed_out.insert().values(_at(session, file.place) | values))


def add_provided(transaction: Transaction, session: UUID, number: int, thing: Provided) -> None:
    """Record that something was brought; its content is a kept attachment."""
    values = {
        "number": number,
        "at": thing.at,
        "provided_by": thing.by,
        "sha256": bytes.fromhex(thing.digest),
    }
    transaction.execute(models.provided.insert().values(_at(session, thing.place) | values))


def add_decision(transaction: Transaction, session: UUID, decision: Decision) -> None:
    """Record a tester's decision."""
    values = {
        "at": decision.at,
        "tester": decision.by,
        "confirmed": decision.confirmed,
        "reason": decision.reason,
    }
    transaction.execute(models.decision.insert().values(_at(session, decision.place) | values))


def add_call(transaction: Transaction, session: UUID, number: int, made: OwnCall) -> None:
    """Record a call of ours."""
    values = {
        "number": number,
        "sent_at": made.sent_at,
        "answered_at": made.answered_at,
        "request": made.request,
        "http_status": made.http_status,
        "reply": made.reply,
        "trouble": made.trouble,
        "ours": made.ours,
        "signature": made.signature and made.signature.value,
    }
    transaction.execute(models.call.insert().values(_at(session, made.place) | values))


def add_answer(transaction: Transaction, session: UUID, number: int, answer: HubAnswer) -> None:
    """Record what the hub said of its state."""
    values = {
        "number": number,
        "at": answer.at,
        "rows_found": len(answer.rows),
        "found": json.dumps(
            [dict(row) for row in answer.rows[:ROWS_KEPT]], ensure_ascii=False, sort_keys=True
        ),
        "trouble": answer.trouble,
    }
    transaction.execute(models.answer.insert().values(_at(session, answer.place) | values))


def add_preflight(transaction: Transaction, session: UUID, number: int, check: Preflight) -> None:
    """Record a check of the setting."""
    values = {
        "session": session,
        "name": check.name,
        "number": number,
        "at": check.at,
        "green": check.green,
        "text": check.text,
    }
    transaction.execute(models.preflight.insert().values(values))


def undecided(transaction: Transaction, limit: int) -> list[tuple[Session, Place]]:
    """Return the steps of open sessions for which something was brought and nobody decided."""
    given, decided = models.provided, models.decision
    keys = ("session", "case_code", "data_row", "attempt", "step")
    same = sa.and_(*(given.c[key] == decided.c[key] for key in keys))
    found = (
        sa.select(*(given.c[key] for key in keys), sa.func.min(given.c.at).label("first"))
        .outerjoin(decided, same)
        .outerjoin(models.ending, models.ending.c.session == given.c.session)
        .where(decided.c.step.is_(None), models.ending.c.kind.is_(None))
        .group_by(*(given.c[key] for key in keys))
        .order_by("first")
        .limit(limit)
    )
    waiting = transaction.execute(found).all()
    sessions = {
        session.id: session for session in _by_ids(transaction, {row.session for row in waiting})
    }
    return [(sessions[row.session], _place(row)) for row in waiting]


def count_attempts(transaction: Transaction, session: UUID) -> int:
    """Count the attempts of a session."""
    table = models.attempt
    counted = sa.select(sa.func.count()).select_from(table).where(table.c.session == session)
    return int(transaction.execute(counted).scalar_one())


def _sessions() -> sa.Select[Any]:
    ended = models.ending
    return sa.select(models.session, ended.c.kind, ended.c.at.label("ended_at")).outerjoin(
        ended, ended.c.session == models.session.c.id
    )


def _one(transaction: Transaction, *conditions: sa.ColumnElement[bool]) -> Session | None:
    row = transaction.execute(_sessions().where(*conditions)).one_or_none()
    return None if row is None else _session(row)


def _by_ids(transaction: Transaction, ids: set[UUID]) -> list[Session]:
    found = _sessions().where(models.session.c.id.in_(ids))
    return [_session(row) for row in transaction.execute(found)]


def _session(row: sa.Row[Any]) -> Session:
    return Session(
        id=row.id,
        request_id=row.request_id,
        participant=row.participant,
        plan=row.plan,
        suite=row.suite,
        digest=row.digest,
        onboarding_case=row.onboarding_case,
        contour=Contour(row.contour),
        endpoint_url=row.endpoint_url,
        system_version=row.system_version,
        rehearsal=row.rehearsal,
        entered=json.loads(row.entered),
        params=json.loads(row.params),
        started_at=row.started_at,
        expires_at=row.expires_at,
        state=SessionState.OPEN if row.kind is None else SessionState(row.kind),
        ended_at=row.ended_at,
    )


def _attempt(row: sa.Row[Any]) -> Attempt:
    return Attempt(
        row.case_code,
        row.data_row,
        row.number,
        row.started_at,
        row.digest,
        row.system_version,
        json.loads(row.drawn),
    )


def _provided(row: sa.Row[Any]) -> Provided:
    return Provided(_place(row), row.at, row.provided_by, bytes(row.sha256).hex())


def _call(row: sa.Row[Any]) -> OwnCall:
    return OwnCall(
        _place(row),
        row.sent_at,
        row.answered_at,
        bytes(row.request),
        row.http_status,
        None if row.reply is None else bytes(row.reply),
        row.trouble,
        row.ours,
        None if row.signature is None else Signature(row.signature),
    )


def _found(row: sa.Row[Any]) -> tuple[Mapping[str, str], ...]:
    """Return the rows that were kept, and empty ones for the rest: rows are counted."""
    kept = json.loads(row.found)
    return (*kept, *({},) * (row.rows_found - len(kept)))


def _place(row: sa.Row[Any]) -> Place:
    return Place(row.case_code, row.data_row, row.attempt, row.step)


def _at(session: UUID, place: Place) -> dict[str, Any]:
    return {
        "session": session,
        "case_code": place.case,
        "data_row": place.row,
        "attempt": place.attempt,
        "step": place.step,
    }


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
