"""Accounts and schools for trials: made for one session, all invented, and gone after it.

A bank gets accounts of an organizer that it is bound to, an organizer a school with its pupils.

What money was posted to stays: the ledger only ever grows, and `hub reconcile` asks for the
account of each entry. Such an account is closed.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice

import sqlalchemy as sa

from adapters.meals.models import ledger_balance, personal_account, trial_account
from adapters.meals.repository import trial_removal
from adapters.meals.trial_school import PUPILS, open_school
from gateway.adapter import AccountStatus
from gateway.kernel.identifiers import LAST_ACCOUNT_SERIAL, issue_account
from gateway.storage.database import Transaction
from gateway.trial_data import Preparation, TestData
from registry.kinds import ParticipantKind

_AT_ONCE = 100
"""Numbers that are looked up together."""
_STATES = {
    "account": AccountStatus.OPEN,
    "blocked_account": AccountStatus.BLOCKED,
    "closed_account": AccountStatus.CLOSED,
}
_PUPIL = {"pupil_mask": "Проба И.", "class_name": "1А"}


def prepare(transaction: Transaction, preparation: Preparation) -> Mapping[str, str]:
    """Make what the participant's session works with; name a number of nobody.

    Raises CalendarMissing.
    """
    participant, wanted = preparation.participant, preparation.wanted
    if "school" in wanted and participant.kind == ParticipantKind.ORGANIZER.value:
        free = _free(transaction, preparation.choose, 1 + PUPILS)
        school = open_school(transaction, preparation, free[1:])
        return {"unknown_account": free[0], **school}
    return _accounts(transaction, preparation)


def _accounts(transaction: Transaction, preparation: Preparation) -> Mapping[str, str]:
    """Make accounts of one organizer that a bank is bound to."""
    participant, wanted = preparation.participant, preparation.wanted
    free = _free(transaction, preparation.choose, 1 + len(_STATES))
    values = {"unknown_account": free[0]}
    for inn in sorted(participant.organizers):
        school = _school_of(transaction, inn)
        if school is not None:
            names = [name for name in _STATES if name in wanted]
            made = dict(zip(names, free[1:], strict=False))
            _make(transaction, made, inn, school)
            return {**values, **made, "organizer_inn": inn}
    return values


def purge(transaction: Transaction, sessions: Sequence[Mapping[str, str]]) -> None:
    """Remove what was made for sessions, by what the sessions were given; close what stays."""
    schools = [given for given in sessions if "school" in given]
    trial_removal.remove(
        transaction,
        {given[name] for given in schools for name in ("school", "other_school") if name in given},
        {given["municipality"] for given in schools if "municipality" in given},
        {(given["organizer_inn"], given["mark"]) for given in schools if "mark" in given},
    )
    named = [
        given[name]
        for given in sessions
        if "school" not in given
        for name in _STATES
        if name in given
    ]
    numbers = _made(transaction, named)
    kept = _posted_to(transaction, numbers)
    trial, account = trial_account.c.number, personal_account.c.number
    gone = [number for number in numbers if number not in kept]
    transaction.execute(sa.delete(trial_account).where(trial.in_(gone)))
    transaction.execute(sa.delete(personal_account).where(account.in_(gone)))
    closed = sa.update(personal_account).values(status=AccountStatus.CLOSED.value)
    transaction.execute(closed.where(account.in_(kept)))


def _make(transaction: Transaction, made: Mapping[str, str], inn: str, school: str) -> None:
    if not made:
        return
    rows = [
        {
            "number": number,
            "status": _STATES[name].value,
            "school_code": school,
            "organizer_inn": inn,
            **_PUPIL,
        }
        for name, number in made.items()
    ]
    transaction.execute(personal_account.insert(), rows)
    transaction.execute(trial_account.insert(), [{"number": number} for number in made.values()])


def _school_of(transaction: Transaction, inn: str) -> str | None:
    """Return a school whose pupils the organizer feeds: that of its first account."""
    account = personal_account.c
    found = (
        sa.select(account.school_code)
        .where(account.organizer_inn == inn)
        .order_by(account.number)
        .limit(1)
    )
    return transaction.execute(found).scalar_one_or_none()


def _free(transaction: Transaction, choose: Callable[[int], int], count: int) -> list[str]:
    """Return well-formed numbers that no pupil has: the first free ones from a chosen place."""
    first = choose(LAST_ACCOUNT_SERIAL)
    serials = chain(range(first, LAST_ACCOUNT_SERIAL), range(first))
    free: list[str] = []
    while len(free) < count and (some := [*islice(serials, _AT_ONCE)]):
        numbers = [issue_account(serial) for serial in some]
        asked = sa.select(personal_account.c.number).where(personal_account.c.number.in_(numbers))
        taken = set(transaction.execute(asked).scalars())
        free += [number for number in numbers if number not in taken]
    return free[:count]


def _made(transaction: Transaction, numbers: Sequence[str]) -> list[str]:
    """Return those that were made for trials: a session of old was given a pupil's."""
    asked = sa.select(trial_account.c.number).where(trial_account.c.number.in_(numbers))
    return list(transaction.execute(asked).scalars())


def _posted_to(transaction: Transaction, numbers: Sequence[str]) -> set[str]:
    asked = sa.select(ledger_balance.c.account).where(ledger_balance.c.account.in_(numbers))
    return set(transaction.execute(asked).scalars())


TEST_DATA = TestData(prepare, purge=purge)
