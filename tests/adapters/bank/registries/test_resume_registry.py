"""A process may be lost after any piece, or in the middle of one: the ledger ends the same."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.bank import processing, staging
from adapters.bank.messages import LineStatus
from adapters.bank.models import payment, registry_line
from adapters.bank.processing import RegistryQueue
from adapters.meals.ledger import MealsLedger
from adapters.meals.models import ledger_entry
from gateway.storage.database import RaceLost

LINES = 450
PIECES = 11
"""Five batches staged, one look at the whole, five batches booked."""


def line_of(office, number):
    line = office.line(number, office.school.open[number % 9], "10.00")
    if number % 15 == 1:
        return replace(line, status=LineStatus.CANCELLED)
    if number % 11 == 1:
        return replace(line, amount=Decimal("11.00"))
    if number % 13 == 0:
        return replace(line, account="0000000000")
    return line


def submit(office):
    return office.submit(office.registry(*[line_of(office, n) for n in range(1, LINES + 1)]))


def books(office, hub_registry_id):
    """What a registry left in the ledger, on its lines and on the payments."""
    source = f"registry/{hub_registry_id}/"
    entry, line = ledger_entry.c, registry_line.c
    statements = [
        sa.select(entry.account, entry.amount, sa.func.substr(entry.source, len(source) + 1)).where(
            entry.source.startswith(source)
        ),
        sa.select(line.line_no, line.result, line.posted, line.posted_to).where(
            line.registry_id == UUID(hub_registry_id)
        ),
        sa.select(payment.c.bank_payment_id, payment.c.state),
    ]
    with office.till.database.reading() as transaction:
        return [sorted(map(tuple, transaction.execute(one)), key=str) for one in statements]


@pytest.fixture
def office(hasty_office):
    """An office that has told of every fifth payment of its registry."""
    for number in range(1, LINES, 5):
        hasty_office.pay(hasty_office.school.open[number % 9], "10.00", f"P-{number}")
    return hasty_office


@pytest.fixture
def undisturbed(office):
    """What the registry comes to when nothing happens; it is annulled again."""
    answer = submit(office)
    assert office.process() == PIECES
    found = books(office, answer.hub_registry_id)
    office.annul(answer.registry_id)
    office.process()
    return found


@pytest.mark.parametrize("pieces", range(PIECES))
def test_a_process_lost_between_pieces_changes_nothing(office, undisturbed, pieces):
    answer = submit(office)
    for _ in range(pieces):
        assert office.piece()
    assert office.faults() == []

    office.restart()
    office.process()

    assert office.state(answer.registry_id) == "ACCEPTED_WITH_ERRORS"
    assert books(office, answer.hub_registry_id) == undisturbed
    assert office.faults() == []


def test_a_process_lost_after_every_piece_changes_nothing(office, undisturbed):
    answer = submit(office)

    while office.piece():
        office.restart()

    assert books(office, answer.hub_registry_id) == undisturbed
    assert office.faults() == []


class Killed(BaseException):
    """The end of a process in the middle of a transaction."""


class DeadlyLedger(MealsLedger):
    """Posts, and dies before the transaction is committed."""

    def post(self, postings, now):
        super().post(postings, now)
        if postings:
            raise Killed


def test_a_process_lost_in_the_middle_of_a_piece_changes_nothing(office, undisturbed):
    answer = submit(office)
    for _ in range(8):
        office.piece()
    before = books(office, answer.hub_registry_id)
    office.till.ledger = DeadlyLedger
    with pytest.raises(Killed):
        office.piece()
    office.till.ledger = MealsLedger
    assert books(office, answer.hub_registry_id) == before

    office.restart()
    office.process()

    assert books(office, answer.hub_registry_id) == undisturbed
    assert office.faults() == []


def test_an_annulment_lost_between_pieces_is_finished(office):
    answer = submit(office)
    office.process()
    office.annul(answer.registry_id)
    while office.piece():
        assert office.faults() == []
        office.restart()

    assert office.state(answer.registry_id) == "ANNULLED"
    assert office.faults() == []


def test_the_registry_of_a_lost_process_waits_only_for_its_lease(office):
    submit(office)
    office.piece()
    clock = office.till.clock
    office.queue = RegistryQueue(staging.open_lines)

    assert not office.piece()

    clock.now += processing.LEASE
    assert office.piece()


def test_the_registry_of_a_living_process_is_left_to_it(office):
    submit(office)
    mine, other = office.queue, RegistryQueue(staging.open_lines)

    while mine.run(office.context, office.till.clock()):
        assert not other.run(office.context, office.till.clock())

    assert office.faults() == []


class LostRaces(MealsLedger):
    """Loses a race at each of the first posts."""

    left = 3

    def post(self, postings, now):
        super().post(postings, now)
        if LostRaces.left:
            LostRaces.left -= 1
            raise RaceLost("ledger_entry")


def test_a_lost_race_is_run_again_at_once(office, undisturbed, monkeypatch):
    monkeypatch.setattr(LostRaces, "left", 3)
    answer = submit(office)
    office.till.ledger = LostRaces

    assert office.process() == PIECES + 3

    assert books(office, answer.hub_registry_id) == undisturbed


def test_a_race_lost_again_and_again_is_told_as_a_failure(office, monkeypatch):
    monkeypatch.setattr(LostRaces, "left", 1000)
    submit(office)
    office.till.ledger = LostRaces

    with pytest.raises(RaceLost):
        office.process()


class Broken(Exception):
    """A defect."""


def test_a_registry_that_fails_lets_others_go_first_and_is_tried_again(office):
    failing = submit(office)

    def open_lines(context, registry):
        if str(registry.id) == failing.hub_registry_id:
            raise Broken
        return staging.open_lines(context, registry)

    office.queue = RegistryQueue(open_lines)
    with pytest.raises(Broken):
        office.piece()
    other = office.submit(
        office.registry(*[office.line(n + 1000, "0000000000") for n in range(1, 600)])
    )

    office.process()
    assert office.state(other.registry_id) == "ACCEPTED_WITH_ERRORS"
    assert office.state(failing.registry_id) == "PROCESSING"

    office.restart()
    office.process()
    assert office.state(failing.registry_id) == "ACCEPTED_WITH_ERRORS"
    assert office.faults() == []
