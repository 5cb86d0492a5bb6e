from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.bank import errors
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import get_payment_status
from adapters.bank.messages import (
    CorrectionAction,
    CorrectionLineType,
    CorrectionResult,
    LineResult,
)
from adapters.meals.models import personal_account
from gateway.contracts.messages.common import PaymentState
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, NotFound, ValidationError

ZERO = Decimal("0.00")


@pytest.fixture
def suspended(office):
    """A registry with two lines in suspense and one credited."""
    return office.settled(
        office.line(1, "0000000000", "10.00"),
        office.line(2, office.school.closed, "20.00"),
        office.line(3, office.school.open[5], "30.00"),
    )


def outcomes(answer):
    return [(line.line_no, line.result) for line in answer.line]


def state_of(office, payment_id):
    return office.till.send(get_payment_status, office.till.status(payment_id), office.bank).state


def test_suspense_money_goes_to_the_account_that_a_correction_names(office, suspended, accounts):
    answer = office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]))

    assert answer.correction_id == "K-1"
    assert outcomes(answer) == [(1, CorrectionResult.REASSIGNED)]
    assert office.balance(accounts[0]) == Decimal("10.00")
    assert state_of(office, "P-1") is PaymentState.CREDITED
    assert office.faults() == []


def test_refunded_money_leaves_suspense_for_nobody(office, suspended):
    answer = office.correct(suspended.hub_registry_id, office.refund(2))

    assert outcomes(answer) == [(2, CorrectionResult.REFUNDED)]
    assert state_of(office, "P-2") is PaymentState.REJECTED
    assert office.balance(office.school.closed) == ZERO
    assert office.faults() == []


def test_corrected_lines_show_in_protocol_and_counters(office, suspended, accounts):
    office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]), office.refund(2))

    first, second, _ = office.protocol(suspended.hub_registry_id).line
    assert first.result is LineResult.CREDITED_WITHOUT_NOTICE
    assert first.message == "Зачислено на другой лицевой счёт по уточнению."
    assert second.result is LineResult.CANCELLED
    assert second.message == "Возвращено плательщику по уточнению."
    status = office.status(suspended.registry_id)
    assert (status.counts.suspense, status.sums.suspense) == (0, ZERO)
    assert (status.counts.credited, status.sums.credited) == (2, Decimal("40.00"))


def test_a_corrected_payment_with_a_notice_is_credited_as_such(office, accounts):
    office.pay(accounts[0])
    with office.till.database.writing() as transaction:
        closed = sa.update(personal_account).where(personal_account.c.number == accounts[0])
        transaction.execute(closed.values(status="CLOSED"))
    answer = office.settled(office.line(1, accounts[0]))

    office.correct(answer.hub_registry_id, office.reassign(1, accounts[1]))

    assert office.results(answer.hub_registry_id) == [LineResult.CREDITED]
    assert office.balance(accounts[1]) == Decimal("100.00")
    assert office.faults() == []


def test_the_same_correction_again_gets_the_same_answer(office, suspended, accounts):
    lines = [office.refund(2), office.reassign(1, accounts[0])]
    first = office.correct(suspended.hub_registry_id, *lines)

    assert office.correct(suspended.hub_registry_id, *lines) == first
    assert outcomes(first) == [(2, CorrectionResult.REFUNDED), (1, CorrectionResult.REASSIGNED)]
    assert office.balance(accounts[0]) == Decimal("10.00")


def test_the_same_correction_id_with_other_content_is_a_conflict(office, suspended, accounts):
    office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]))

    with pytest.raises(DuplicateConflict):
        office.correct(suspended.hub_registry_id, office.reassign(1, accounts[1]))


def test_an_unknown_new_account_leaves_the_line_in_suspense(office, suspended, accounts):
    answer = office.correct(
        suspended.hub_registry_id, office.reassign(1, "1111111111"), office.reassign(2, accounts[0])
    )

    assert outcomes(answer) == [
        (1, CorrectionResult.ACCOUNT_UNKNOWN),
        (2, CorrectionResult.REASSIGNED),
    ]
    assert office.status(suspended.registry_id).counts.suspense == 1
    assert office.faults() == []


def test_a_closed_new_account_leaves_the_line_in_suspense(office, suspended):
    answer = office.correct(suspended.hub_registry_id, office.reassign(1, office.school.closed))

    assert outcomes(answer) == [(1, CorrectionResult.ACCOUNT_CLOSED)]


def test_a_line_left_in_suspense_may_be_corrected_again(office, suspended, accounts):
    office.correct(suspended.hub_registry_id, office.reassign(1, "1111111111"))

    answer = office.correct(
        suspended.hub_registry_id, office.reassign(1, accounts[0]), correction="K-2"
    )

    assert outcomes(answer) == [(1, CorrectionResult.REASSIGNED)]


@pytest.mark.parametrize("number", [3, 404])
def test_a_line_that_is_not_in_suspense_cannot_be_corrected(office, suspended, accounts, number):
    with pytest.raises(errors.LineNotInSuspense) as refused:
        office.correct(
            suspended.hub_registry_id,
            office.reassign(1, accounts[0]),
            office.reassign(number, accounts[0]),
        )

    assert refused.value.findings[0].path == "/SubmitCorrectionRequest/line[2]/lineNo"
    assert office.balance(accounts[0]) == ZERO


def test_a_line_corrected_before_cannot_be_corrected_again(office, suspended, accounts):
    office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]))

    with pytest.raises(errors.LineNotInSuspense):
        office.correct(suspended.hub_registry_id, office.refund(1), correction="K-2")


def test_a_line_named_twice_is_refused(office, suspended, accounts):
    with pytest.raises(errors.LineNotInSuspense) as refused:
        office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]), office.refund(1))

    assert refused.value.findings[0].path == "/SubmitCorrectionRequest/line[2]/lineNo"


@pytest.mark.parametrize(
    ("action", "account"),
    [(CorrectionAction.REASSIGN, None), (CorrectionAction.REFUND, "1111111111")],
)
def test_an_account_belongs_to_a_reassignment_and_to_nothing_else(
    office, suspended, action, account
):
    line = CorrectionLineType(line_no=1, action=action, new_account=account, basis="Письмо")

    with pytest.raises(ValidationError) as refused:
        office.correct(suspended.hub_registry_id, line)

    assert refused.value.findings[0].path == "/SubmitCorrectionRequest/line[1]/newAccount"


def test_an_annulled_registry_has_no_line_in_suspense(office, suspended):
    office.annul(suspended.registry_id)

    with pytest.raises(errors.LineNotInSuspense):
        office.correct(suspended.hub_registry_id, office.refund(1))


def test_suspense_of_another_registry_is_not_settled_through_an_annulled_one(
    hasty_office, accounts
):
    office = hasty_office
    office.pay(accounts[0])
    office.till.send(cancel_payment, office.till.cancel(), office.bank)
    annulled = office.settled(office.line(1, accounts[0]))
    office.annul(annulled.registry_id)
    office.settled(office.line(1, accounts[0]))

    with pytest.raises(errors.LineNotInSuspense):
        office.correct(annulled.hub_registry_id, office.reassign(1, accounts[1]))


def test_a_registry_under_way_cannot_be_corrected(office, accounts):
    answer = office.submit(office.registry(office.line(1, "0000000000")))

    with pytest.raises(IllegalTransition):
        office.correct(answer.hub_registry_id, office.refund(1))


def test_another_banks_registry_is_not_found(office, suspended, stranger):
    with pytest.raises(NotFound):
        office.correct(suspended.hub_registry_id, office.refund(1), sender=stranger)


def test_an_unknown_registry_is_not_found(office):
    with pytest.raises(NotFound):
        office.correct(str(UUID(int=404)), office.refund(1))


def test_a_corrected_payment_stays_a_duplicate_for_other_registries(office, suspended, accounts):
    office.correct(suspended.hub_registry_id, office.reassign(1, accounts[0]))

    answer = office.settled(office.line(1, accounts[0], "10.00"))

    assert office.results(answer.hub_registry_id) == [LineResult.DUPLICATE]
    assert office.balance(accounts[0]) == Decimal("10.00")
