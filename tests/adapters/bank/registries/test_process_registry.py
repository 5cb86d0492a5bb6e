from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import get_payment_status, register_payments
from adapters.bank.messages import LineResult, LineStatus, LineWarning
from adapters.bank.models import payment
from adapters.meals.models import organizer, personal_account
from gateway.contracts.messages.common import PaymentState

OTHER_INN = "7200000025"
ZERO = Decimal("0.00")


def test_a_line_with_its_notice_is_credited(office, accounts):
    office.pay(accounts[0])

    answer = office.settled(office.line(1, accounts[0]))

    assert office.results(answer.hub_registry_id) == [LineResult.CREDITED]
    assert office.balance(accounts[0]) == Decimal("100.00")
    assert office.state(answer.registry_id) == "ACCEPTED"
    assert office.faults() == []


def test_a_payment_credited_by_its_registry_says_so(office, accounts, clock):
    office.pay(accounts[0])
    clock.advance(hours=3)

    office.settled(office.line(1, accounts[0]), registry_number="15")

    status = office.till.send(get_payment_status, office.till.status("P-1"), office.bank)
    assert status.state is PaymentState.CREDITED
    assert status.credited_at == clock()
    assert status.registry_number == "15"


def test_money_credited_on_notice_is_not_credited_again(hasty_office, accounts):
    hasty_office.pay(accounts[0])

    answer = hasty_office.settled(hasty_office.line(1, accounts[0]))

    assert hasty_office.results(answer.hub_registry_id) == [LineResult.ALREADY_CREDITED]
    assert hasty_office.balance(accounts[0]) == Decimal("100.00")
    assert hasty_office.state(answer.registry_id) == "ACCEPTED"
    assert hasty_office.faults() == []


def test_a_line_without_a_notice_is_credited_all_the_same(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))

    assert office.results(answer.hub_registry_id) == [LineResult.CREDITED_WITHOUT_NOTICE]
    assert office.balance(accounts[0]) == Decimal("100.00")
    assert office.state(answer.registry_id) == "ACCEPTED"


def test_a_notice_after_its_registry_finds_the_payment_credited(office, accounts):
    line = office.line(1, accounts[0])
    office.settled(line)

    answer = office.till.send_alone(
        register_payments,
        office.till.pay(accounts[0], "100.00", payment_time=line.payment_time),
        office.bank,
    )

    assert (answer.result_code, answer.duplicate) == (0, True)
    assert answer.state is PaymentState.CREDITED
    assert office.balance(accounts[0]) == Decimal("100.00")


def test_another_sum_than_in_the_notice_changes_nothing(hasty_office, accounts):
    hasty_office.pay(accounts[0], "100.00")

    answer = hasty_office.settled(hasty_office.line(1, accounts[0], "90.00"))

    (line,) = hasty_office.protocol(answer.hub_registry_id).line
    assert line.result is LineResult.AMOUNT_MISMATCH
    assert line.message == "Сумма строки не та, что в уведомлении о платеже."
    assert hasty_office.balance(accounts[0]) == Decimal("100.00")
    assert hasty_office.state(answer.registry_id) == "ACCEPTED_WITH_ERRORS"
    assert hasty_office.faults() == []


def test_a_waiting_payment_of_another_sum_is_not_credited(office, accounts):
    office.pay(accounts[0], "100.00")

    answer = office.settled(office.line(1, accounts[0], "90.00"))

    assert office.results(answer.hub_registry_id) == [LineResult.AMOUNT_MISMATCH]
    assert office.balance(accounts[0]) == ZERO


def test_another_account_than_in_the_notice_changes_nothing(office, accounts):
    office.pay(accounts[0])

    answer = office.settled(office.line(1, accounts[1]))

    (line,) = office.protocol(answer.hub_registry_id).line
    assert line.result is LineResult.AMOUNT_MISMATCH
    assert line.message == "Лицевой счёт строки не тот, что в уведомлении о платеже."
    assert office.balance(accounts[0]) == office.balance(accounts[1]) == ZERO


@pytest.mark.parametrize("account", ["0000000000", "не номер"])
def test_money_for_an_unknown_account_goes_to_suspense(office, account):
    answer = office.settled(office.line(1, account))

    assert office.results(answer.hub_registry_id) == [LineResult.ACCOUNT_UNKNOWN]
    status = office.status(answer.registry_id)
    assert (status.counts.suspense, status.sums.suspense) == (1, Decimal("100.00"))
    assert status.state.value == "ACCEPTED_WITH_ERRORS"
    assert office.faults() == []


def test_a_payment_in_suspense_says_so(office):
    office.settled(office.line(1, "0000000000"))

    status = office.till.send(get_payment_status, office.till.status("P-1"), office.bank)
    assert status.state is PaymentState.SUSPENSE


def test_money_for_a_closed_account_goes_to_suspense(office, school):
    answer = office.settled(office.line(1, school.closed))

    assert office.results(answer.hub_registry_id) == [LineResult.ACCOUNT_CLOSED]
    assert office.balance(school.closed) == ZERO


def test_a_waiting_payment_of_an_account_closed_since_goes_to_suspense(office, accounts):
    office.pay(accounts[0])
    with office.till.database.writing() as transaction:
        closed = sa.update(personal_account).where(personal_account.c.number == accounts[0])
        transaction.execute(closed.values(status="CLOSED"))

    answer = office.settled(office.line(1, accounts[0]))

    assert office.results(answer.hub_registry_id) == [LineResult.ACCOUNT_CLOSED]
    assert office.balance(accounts[0]) == ZERO


def test_money_for_a_blocked_account_is_credited_because_it_is_paid(office, school):
    answer = office.settled(office.line(1, school.blocked))

    assert office.results(answer.hub_registry_id) == [LineResult.CREDITED_WITHOUT_NOTICE]
    assert office.balance(school.blocked) == Decimal("100.00")


def test_a_payment_of_an_earlier_registry_is_a_duplicate(office, accounts):
    office.settled(office.line(1, accounts[0]))

    answer = office.settled(office.line(1, accounts[0]))

    assert office.results(answer.hub_registry_id) == [LineResult.DUPLICATE]
    assert office.balance(accounts[0]) == Decimal("100.00")
    assert office.state(answer.registry_id) == "ACCEPTED_WITH_ERRORS"
    assert office.faults() == []


def test_the_same_payment_id_of_another_bank_is_another_payment(office, accounts, stranger):
    office.settled(office.line(1, accounts[0]))

    answer = office.submit(office.registry(office.line(1, accounts[0])), stranger)
    office.process()

    protocol = office.protocol(answer.hub_registry_id, sender=stranger)
    assert [line.result for line in protocol.line] == [LineResult.CREDITED_WITHOUT_NOTICE]
    assert office.balance(accounts[0]) == Decimal("200.00")


def test_a_cancelled_line_without_a_notice_does_nothing(office, accounts):
    answer = office.settled(office.line(1, accounts[0], status=LineStatus.CANCELLED))

    assert office.results(answer.hub_registry_id) == [LineResult.CANCELLED]
    assert office.balance(accounts[0]) == ZERO
    assert office.state(answer.registry_id) == "ACCEPTED"


def test_a_cancelled_line_cancels_a_waiting_payment(office, accounts):
    office.pay(accounts[0])

    answer = office.settled(office.line(1, accounts[0], status=LineStatus.CANCELLED))

    assert office.results(answer.hub_registry_id) == [LineResult.CANCELLED]
    status = office.till.send(get_payment_status, office.till.status("P-1"), office.bank)
    assert status.state is PaymentState.CANCELLED
    assert office.faults() == []


def test_a_cancelled_line_takes_credited_money_back(hasty_office, accounts):
    hasty_office.pay(accounts[0])

    answer = hasty_office.settled(hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED))

    assert hasty_office.results(answer.hub_registry_id) == [LineResult.CANCELLED]
    assert hasty_office.balance(accounts[0]) == ZERO
    assert hasty_office.faults() == []


def test_a_cancelled_line_does_not_take_what_is_spent(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    hasty_office.till.spend(accounts[0], "30.00")

    answer = hasty_office.settled(hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED))

    (line,) = hasty_office.protocol(answer.hub_registry_id).line
    assert line.result is LineResult.AMOUNT_MISMATCH
    assert line.message == "Платёж зачислен, и деньги уже израсходованы: отменить его нельзя."
    assert hasty_office.balance(accounts[0]) == Decimal("70.00")


def test_money_taken_back_by_one_line_is_not_there_for_the_next(hasty_office, accounts):
    hasty_office.pay(accounts[0], payment="P-1")
    hasty_office.pay(accounts[0], payment="P-2")
    hasty_office.till.spend(accounts[0], "50.00")

    answer = hasty_office.settled(
        hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED),
        hasty_office.line(2, accounts[0], status=LineStatus.CANCELLED),
    )

    assert hasty_office.results(answer.hub_registry_id) == [
        LineResult.CANCELLED,
        LineResult.AMOUNT_MISMATCH,
    ]
    assert hasty_office.balance(accounts[0]) == Decimal("50.00")


def test_a_cancelled_line_confirms_a_cancellation(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    hasty_office.till.send(cancel_payment, hasty_office.till.cancel(), hasty_office.bank)

    answer = hasty_office.settled(hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED))

    assert hasty_office.results(answer.hub_registry_id) == [LineResult.CANCELLED]
    assert hasty_office.balance(accounts[0]) == ZERO
    assert hasty_office.faults() == []


def test_a_paid_line_of_a_cancelled_payment_goes_to_suspense(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    hasty_office.till.send(cancel_payment, hasty_office.till.cancel(), hasty_office.bank)

    answer = hasty_office.settled(hasty_office.line(1, accounts[0]))

    (line,) = hasty_office.protocol(answer.hub_registry_id).line
    assert line.result is LineResult.SUSPENSE
    assert line.message == "Платёж был отменён банком, а в реестре он состоялся."
    assert hasty_office.balance(accounts[0]) == ZERO
    assert hasty_office.faults() == []


def test_a_payment_in_a_registry_cannot_be_cancelled(office, accounts):
    office.pay(accounts[0])
    office.settled(office.line(1, accounts[0]))

    answer = office.till.send(cancel_payment, office.till.cancel(), office.bank)

    assert answer.result_code == 251
    assert office.balance(accounts[0]) == Decimal("100.00")


def test_a_sum_over_the_limit_is_credited_with_a_warning(office, accounts):
    answer = office.settled(office.line(1, accounts[0], "2000.01"))

    (line,) = office.protocol(answer.hub_registry_id).line
    assert line.warning == [LineWarning.OVER_LIMIT]
    assert office.balance(accounts[0]) == Decimal("2000.01")
    assert office.state(answer.registry_id) == "ACCEPTED"


def test_a_sum_at_the_limit_raises_no_warning(office, accounts):
    answer = office.settled(office.line(1, accounts[0], "2000.00"))

    (line,) = office.protocol(answer.hub_registry_id).line
    assert line.warning == []


def test_an_account_of_another_organizer_is_credited_with_a_warning(office, accounts):
    with office.till.database.writing() as transaction:
        transaction.execute(organizer.insert().values(inn=OTHER_INN, name="Другой организатор"))
        moved = sa.update(personal_account).where(personal_account.c.number == accounts[0])
        transaction.execute(moved.values(organizer_inn=OTHER_INN))

    answer = office.settled(office.line(1, accounts[0]))

    (line,) = office.protocol(answer.hub_registry_id).line
    assert line.warning == [LineWarning.FOREIGN_ORGANIZER]
    # The money went to the organizer of the registry, so there it lies.
    assert office.balance(accounts[0]) == Decimal("100.00")
    assert office.till.balance(accounts[0], OTHER_INN) == ZERO


def test_a_payment_that_comes_after_its_term_is_credited_with_a_warning(office, accounts, clock):
    # Received on Monday the 2nd: of the three days of the bank, Wednesday the 25th is the first.
    late = clock.now - timedelta(days=6)

    answer = office.settled(
        office.line(1, accounts[0], payment_time=late),
        office.line(2, accounts[0], payment_time=clock.now - timedelta(days=5)),
    )

    first, second = office.protocol(answer.hub_registry_id).line
    assert first.warning == [LineWarning.LATE]
    assert second.warning == []


def test_lines_are_booked_in_the_order_of_their_numbers(hasty_office, accounts):
    hasty_office.pay(accounts[0], payment="P-7")
    hasty_office.pay(accounts[0], payment="P-2")
    hasty_office.till.spend(accounts[0], "100.00")

    answer = hasty_office.settled(
        hasty_office.line(7, accounts[0], status=LineStatus.CANCELLED),
        hasty_office.line(2, accounts[0], status=LineStatus.CANCELLED),
    )

    lines = hasty_office.protocol(answer.hub_registry_id).line
    assert [(line.line_no, line.result) for line in lines] == [
        (2, LineResult.CANCELLED),
        (7, LineResult.AMOUNT_MISMATCH),
    ]


def test_all_kinds_of_lines_live_side_by_side(hasty_office, accounts, school):
    office = hasty_office
    office.settled(office.line(1, accounts[0], bank_payment_id="P-0"))
    office.pay(accounts[0], payment="P-1")
    office.pay(accounts[0], payment="P-3")

    answer = office.settled(
        office.line(1, accounts[0]),
        office.line(2, accounts[1], "2500.00"),
        office.line(3, accounts[0], "99.99"),
        office.line(4, "0000000000", "10.00"),
        office.line(5, school.closed, "20.00"),
        office.line(6, accounts[0], "100.00", bank_payment_id="P-0"),
        office.line(7, accounts[0], "5.00", status=LineStatus.CANCELLED),
    )

    assert office.results(answer.hub_registry_id) == [
        LineResult.ALREADY_CREDITED,
        LineResult.CREDITED_WITHOUT_NOTICE,
        LineResult.AMOUNT_MISMATCH,
        LineResult.ACCOUNT_UNKNOWN,
        LineResult.ACCOUNT_CLOSED,
        LineResult.DUPLICATE,
        LineResult.CANCELLED,
    ]
    status = office.status(answer.registry_id)
    counts, sums = status.counts, status.sums
    assert (counts.total, counts.credited, counts.already) == (7, 1, 1)
    assert (counts.error, counts.suspense) == (2, 2)
    assert sums.total == Decimal("2829.99")
    assert sums.credited == Decimal("2500.00")
    assert sums.error == Decimal("199.99")
    assert sums.suspense == Decimal("30.00")
    assert office.faults() == []


def test_a_registry_of_many_batches_answers_every_line(office, accounts):
    lines = [office.line(n, accounts[n % 10], "1.00") for n in range(1, 951)]

    answer = office.settled(*lines)

    status = office.status(answer.registry_id)
    assert (status.state.value, status.counts.credited) == ("ACCEPTED", 950)
    assert office.balance(accounts[0]) == Decimal("95.00")
    assert office.faults() == []


def test_a_batch_that_ends_with_the_registry_ends_it(office, accounts):
    lines = [office.line(n, accounts[0], "1.00") for n in range(1, 201)]

    answer = office.settled(*lines)

    assert office.status(answer.registry_id).counts.credited == 200
    assert office.state(answer.registry_id) == "ACCEPTED"


def test_a_short_registry_overtakes_a_long_one(office, accounts):
    long = office.submit(
        office.registry(*[office.line(n, accounts[0], "1.00") for n in range(1, 501)])
    )
    office.piece()
    short = office.submit(office.registry(office.line(1, accounts[0], bank_payment_id="S-1")))

    while office.state(short.registry_id) in {"RECEIVED", "PROCESSING"}:
        assert office.piece()

    assert office.state(long.registry_id) == "PROCESSING"
    office.process()
    assert office.state(long.registry_id) == "ACCEPTED"


def test_an_idle_queue_says_that_nothing_waits(office):
    assert not office.piece()


def test_the_payments_of_a_registry_know_their_lines(office, accounts):
    answer = office.settled(office.line(4, accounts[0]))

    with office.till.database.reading() as transaction:
        row = transaction.execute(sa.select(payment)).one()
    assert (str(row.registry_id), row.registry_line) == (answer.hub_registry_id, 4)
    assert (row.source, row.credited_by) == ("REGISTRY", "REGISTRY")
