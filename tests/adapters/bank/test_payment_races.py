"""Several processes may serve one contour: whoever loses a race does his batch again."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import ResultCode
from gateway.storage.database import is_race

WRITERS = 8


def test_the_same_payment_from_many_processes_is_registered_once(till, school):
    account = school.open[0]
    request = till.pay(account, "150.00")
    answers = together([lambda: till.send_alone(register_payments, request)] * WRITERS)
    assert len({answer.hub_payment_id for answer in answers}) == 1
    assert [answer.duplicate for answer in answers].count(False) == 1
    assert till.balance(account) == Decimal("150.00")


def test_batches_that_cross_do_not_lock_each_other_out(till, school):
    requests = [till.pay(school.open[serial], payment=f"P-{serial}") for serial in range(20)]
    backwards = requests[::-1]
    batches = [requests, backwards] * (WRITERS // 2)
    answers = together(
        [lambda batch=batch: till.send_all(register_payments, batch) for batch in batches]
    )
    assert {answer.result_code for batch in answers for answer in batch} == {ResultCode.OK}
    assert {till.balance(account) for account in school.open[:20]} == {Decimal("150.00")}


def test_of_many_cancellations_one_takes_the_money_back(till, school):
    account = school.open[0]
    till.send_alone(register_payments, till.pay(account, "150.00"))
    requests = [till.cancel(cancel=f"C-{number}") for number in range(WRITERS)]
    answers = together(
        [lambda request=request: till.send(cancel_payment, request) for request in requests]
    )
    codes = [answer.result_code for answer in answers]
    assert codes.count(ResultCode.OK) == 1
    assert codes.count(ResultCode.CANCEL_IMPOSSIBLE) == WRITERS - 1
    assert till.balance(account) == 0


def test_two_cancellations_cannot_take_the_same_money(till, school):
    """Two payments, money for one: the other was eaten."""
    account = school.open[0]
    for number in (1, 2):
        till.send_alone(register_payments, till.pay(account, "150.00", f"P-{number}"))
    till.spend(account, "150.00")
    requests = [till.cancel(f"P-{number}", f"C-{number}") for number in (1, 2)]
    answers = together(
        [lambda request=request: till.send(cancel_payment, request) for request in requests]
    )
    assert sorted(answer.reason or "" for answer in answers) == ["", "BALANCE"]
    assert till.balance(account) == 0


def together(calls):
    """Make all calls at the same moment, each again for as long as it loses a race."""
    start = Barrier(len(calls))

    def insist(call):
        start.wait(timeout=30)
        while True:
            try:
                return call()
            except Exception as error:
                if not is_race(error):
                    raise

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(insist, calls))
