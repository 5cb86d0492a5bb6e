"""Accounts that a trial is prepared with."""

from dataclasses import replace

from adapters.meals import ADAPTER
from adapters.meals.region import VILLAGE
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import Participant, ParticipantState

INN = "7200000018"
BANK = Participant(
    "BANK72001", "Банк", "BANK", ParticipantState.JOINED, organizers=frozenset({INN})
)


def prepared(transaction, participant=BANK, choose=lambda most: 0 * most):
    return ADAPTER.test_data.prepare(transaction, participant, choose)


def test_accounts_of_every_state_are_of_an_organizer_of_the_bank(transaction, school):
    values = prepared(transaction)

    assert values["account"] in school.open
    assert (values["closed_account"], values["blocked_account"]) == (school.closed, school.blocked)
    assert values["organizer_inn"] == INN


def test_a_bank_without_organizers_gets_no_account(transaction):
    values = prepared(transaction, replace(BANK, organizers=frozenset()))

    assert values.keys() == {"unknown_account"}


def test_an_organizer_without_open_accounts_is_passed_over(transaction):
    two = replace(BANK, organizers=frozenset({"7200000000", INN}))

    assert prepared(transaction, two)["organizer_inn"] == INN


def test_the_unknown_account_is_the_first_free_number(transaction, school):
    free = VILLAGE.pupils  # every pupil of the seed has a number

    assert prepared(transaction)["unknown_account"] == issue_account(free)


def test_chance_chooses_among_the_open_accounts(transaction, school):
    chosen = {prepared(transaction, choose=lambda most, n=n: n % most)["account"] for n in range(9)}

    assert chosen <= set(school.open)
    assert len(chosen) == 9
