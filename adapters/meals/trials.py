"""Accounts for trials: of the pupils whom the seed of the test contour has invented."""

from collections.abc import Callable, Mapping
from itertools import chain

import sqlalchemy as sa

from adapters.meals.models import personal_account
from gateway.adapter import AccountStatus, TestData
from gateway.kernel.identifiers import LAST_ACCOUNT_SERIAL, issue_account
from gateway.kernel.message import Participant
from gateway.storage.database import Transaction

_MOST_ACCOUNTS = 1000
_NAMES = {
    AccountStatus.OPEN: "account",
    AccountStatus.BLOCKED: "blocked_account",
    AccountStatus.CLOSED: "closed_account",
}


def prepare(
    transaction: Transaction, participant: Participant, choose: Callable[[int], int]
) -> Mapping[str, str]:
    """Choose accounts of one organizer that the participant is bound to, and a number of nobody."""
    values = {"unknown_account": _unknown(transaction, choose)}
    for inn in sorted(participant.organizers):
        accounts = {name: _accounts(transaction, inn, status) for status, name in _NAMES.items()}
        if accounts["account"]:
            chosen = {
                name: numbers[choose(len(numbers))] for name, numbers in accounts.items() if numbers
            }
            return {**values, **chosen, "organizer_inn": inn}
    return values


def _accounts(transaction: Transaction, inn: str, status: AccountStatus) -> list[str]:
    account = personal_account.c
    found = (
        sa.select(account.number)
        .where(account.organizer_inn == inn, account.status == status.value)
        .order_by(account.number)
        .limit(_MOST_ACCOUNTS)
    )
    return list(transaction.execute(found).scalars())


def _unknown(transaction: Transaction, choose: Callable[[int], int]) -> str:
    """Return a well-formed number that no pupil has: the first free one from a chosen place."""
    first = choose(LAST_ACCOUNT_SERIAL)
    for serial in chain(range(first, LAST_ACCOUNT_SERIAL), range(first)):
        number = issue_account(serial)
        taken = sa.select(personal_account.c.number).where(personal_account.c.number == number)
        if transaction.execute(taken).one_or_none() is None:
            return number
    return ""


TEST_DATA = TestData(prepare)
