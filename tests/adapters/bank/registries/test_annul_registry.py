from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import get_payment_status
from adapters.bank.messages import LineResult, LineStatus
from adapters.bank.models import payment, payment_registry
from gateway.contracts.messages.common import PaymentState, RegistryState
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, NotFound

ZERO = Decimal("0.00")


def state_of(office, payment_id="P-1"):
    return office.till.send(get_payment_status, office.till.status(payment_id), office.bank).state


def test_an_annulled_registry_takes_its_money_back(office, accounts):
    answer = office.settled(office.line(1, accounts[0]), office.line(2, accounts[1]))

    annulled = office.annul(answer.registry_id)

    assert annulled.state is RegistryState.ANNULLED
    assert office.balance(accounts[0]) == office.balance(accounts[1]) == ZERO
    assert office.faults() == []


def test_a_payment_that_waited_waits_again(office, accounts):
    office.pay(accounts[0])
    answer = office.settled(office.line(1, accounts[0]))

    office.annul(answer.registry_id)

    assert state_of(office) is PaymentState.ACCEPTED
    assert office.till.send(cancel_payment, office.till.cancel(), office.bank).result_code == 0
    assert office.faults() == []


def test_money_credited_on_notice_stays(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    answer = hasty_office.settled(hasty_office.line(1, accounts[0]))

    hasty_office.annul(answer.registry_id)

    assert state_of(hasty_office) is PaymentState.CREDITED
    assert hasty_office.balance(accounts[0]) == Decimal("100.00")
    assert hasty_office.faults() == []


def test_a_payment_that_only_the_registry_told_is_forgotten(office, accounts):
    answer = office.settled(office.line(1, accounts[0]), office.line(2, "0000000000"))

    office.annul(answer.registry_id)

    with office.till.database.reading() as transaction:
        assert transaction.execute(sa.select(payment)).all() == []


def test_money_taken_back_by_a_cancelled_line_returns(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    answer = hasty_office.settled(hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED))

    hasty_office.annul(answer.registry_id)

    assert hasty_office.balance(accounts[0]) == Decimal("100.00")
    assert state_of(hasty_office) is PaymentState.CREDITED
    assert hasty_office.faults() == []


def test_a_cancelled_payment_stays_cancelled(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    hasty_office.till.send(cancel_payment, hasty_office.till.cancel(), hasty_office.bank)
    answer = hasty_office.settled(hasty_office.line(1, accounts[0]))

    hasty_office.annul(answer.registry_id)

    assert state_of(hasty_office) is PaymentState.CANCELLED
    assert hasty_office.faults() == []


def test_money_of_a_corrected_line_is_taken_where_it_went(office, accounts):
    answer = office.settled(office.line(1, "0000000000"))
    office.correct(answer.hub_registry_id, office.reassign(1, accounts[3]))

    office.annul(answer.registry_id)

    assert office.balance(accounts[3]) == ZERO
    assert office.faults() == []


def test_spent_money_is_taken_back_all_the_same(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))
    office.till.spend(accounts[0], "40.00")

    office.annul(answer.registry_id)

    assert office.balance(accounts[0]) == Decimal("-40.00")
    assert office.faults() == []


def test_another_registry_may_take_the_place_of_an_annulled_one(office, accounts):
    wrong = office.settled(office.line(1, accounts[0], "900.00"), registry_number="15")
    office.annul(wrong.registry_id)

    right = office.settled(office.line(1, accounts[0], "90.00"), registry_number="15")

    assert office.results(right.hub_registry_id) == [LineResult.CREDITED_WITHOUT_NOTICE]
    assert office.balance(accounts[0]) == Decimal("90.00")
    assert office.faults() == []


def test_the_protocol_of_an_annulled_registry_can_still_be_read(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))
    office.annul(answer.registry_id)

    protocol = office.protocol(answer.hub_registry_id)

    assert protocol.state is RegistryState.ANNULLED
    assert [line.result for line in protocol.line] == [LineResult.CREDITED_WITHOUT_NOTICE]


def test_an_annulment_repeated_changes_nothing(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))
    first = office.annul(answer.registry_id)

    assert office.annul(answer.registry_id) == first
    assert office.balance(accounts[0]) == ZERO


def test_an_annulment_for_another_reason_is_a_conflict(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))
    office.annul(answer.registry_id)

    with pytest.raises(DuplicateConflict):
        office.annul(answer.registry_id, "Другая причина")


def test_a_registry_not_yet_processed_is_annulled_before_it_begins(office, accounts):
    answer = office.submit(office.registry(office.line(1, accounts[0])))

    assert office.annul(answer.registry_id).state is RegistryState.ANNULLED

    office.process()
    assert office.balance(accounts[0]) == ZERO
    assert office.state(answer.registry_id) == "ANNULLED"
    assert office.faults() == []


def test_a_long_registry_is_annulled_in_the_background(office, accounts):
    answer = office.settled(*[office.line(n, accounts[n % 7], "1.00") for n in range(1, 351)])

    assert office.annul(answer.registry_id).state is RegistryState.PROCESSING
    assert office.state(answer.registry_id) == "PROCESSING"
    office.process()

    assert office.state(answer.registry_id) == "ANNULLED"
    assert {office.balance(account) for account in accounts[:7]} == {ZERO}
    assert office.annul(answer.registry_id).state is RegistryState.ANNULLED
    assert office.faults() == []


def test_a_registry_is_annulled_while_it_is_being_booked(office, accounts):
    answer = office.submit(
        office.registry(*[office.line(n, accounts[0], "1.00") for n in range(1, 351)])
    )
    while office.balance(accounts[0]) < Decimal("200.00"):
        assert office.piece()

    office.annul(answer.registry_id)
    assert office.faults() == []
    office.process()

    assert office.state(answer.registry_id) == "ANNULLED"
    assert office.balance(accounts[0]) == ZERO
    assert office.faults() == []


def test_the_number_is_free_only_when_the_annulment_is_over(office, accounts):
    lines = [office.line(n, accounts[0], "1.00") for n in range(1, 151)]
    answer = office.settled(*lines, registry_number="15")
    office.annul(answer.registry_id)
    request = office.registry(*lines, registry_number="15")

    with pytest.raises(DuplicateConflict):
        office.submit(request)

    office.process()
    assert office.submit(request).state is RegistryState.RECEIVED


def test_a_reconciled_registry_cannot_be_annulled(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))
    with office.till.database.writing() as transaction:
        transaction.execute(sa.update(payment_registry).values(state="RECONCILED"))

    with pytest.raises(IllegalTransition, match="сверен"):
        office.annul(answer.registry_id)


def test_a_rejected_registry_has_nothing_to_annul(office):
    content = b"no xml"
    answer = office.submit_file(content, 1, "1.00")
    office.process()

    with pytest.raises(IllegalTransition, match="отвергнут"):
        office.annul(answer.registry_id)


def test_another_banks_registry_is_not_found(office, accounts, stranger):
    answer = office.settled(office.line(1, accounts[0]))

    with pytest.raises(NotFound):
        office.annul(answer.registry_id, sender=stranger)


def test_an_annulled_registry_id_is_not_reused(office, accounts):
    request = office.registry(office.line(1, accounts[0]))
    office.submit(request)
    office.process()
    office.annul(request.registry_id)

    assert office.submit(request).duplicate
    with pytest.raises(DuplicateConflict):
        office.submit(replace(request, registry_number="99"))
