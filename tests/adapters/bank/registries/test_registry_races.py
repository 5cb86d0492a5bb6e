"""Several processes may serve one contour: a registry is taken once and booked once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier

from adapters.bank.handlers.payments import register_payments
from adapters.bank.handlers.registries import submit_registries
from adapters.bank.processing import RegistryQueue
from adapters.bank.staging import open_lines
from gateway.kernel.errors import DuplicateConflict
from gateway.storage.database import is_race

SENDERS = 20


def together(calls):
    """Make all calls at the same moment."""
    start = Barrier(len(calls))

    def begin(call):
        start.wait(timeout=30)
        return insist(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(begin, calls))


def insist(call):
    """Call again for as long as it loses a race."""
    while True:
        try:
            return call()
        except Exception as error:
            if not is_race(error):
                raise


def sent(office, message):
    with office.context.begin() as work:
        (answer,) = submit_registries([message], work)
    return answer


def test_the_same_registry_twenty_times_in_parallel_is_processed_once(office, accounts):
    request = office.registry(*[office.line(n, accounts[n % 5], "10.00") for n in range(1, 21)])
    messages = [office.received(request) for _ in range(SENDERS)]

    answers = together([partial(sent, office, message) for message in messages])
    office.process()

    assert len({answer.hub_registry_id for answer in answers}) == 1
    assert [answer.duplicate for answer in answers].count(False) == 1
    assert {office.balance(account) for account in accounts[:5]} == {Decimal("40.00")}
    assert office.faults() == []


def test_of_many_registries_with_one_number_one_is_taken(office, accounts):
    messages = [
        office.received(office.registry(office.line(n, accounts[0]), registry_number="15"))
        for n in range(1, SENDERS + 1)
    ]

    answers = together([partial(sent, office, message) for message in messages])

    conflicts = [answer for answer in answers if isinstance(answer, DuplicateConflict)]
    assert len(conflicts) == SENDERS - 1


def test_the_same_correction_in_parallel_settles_its_line_once(office, accounts):
    answer = office.settled(office.line(1, "0000000000", "10.00"))
    correct = partial(office.correct, answer.hub_registry_id, office.reassign(1, accounts[0]))

    answers = together([correct] * 8)

    assert all(one == answers[0] for one in answers)
    assert office.balance(accounts[0]) == Decimal("10.00")
    assert office.faults() == []


def test_the_same_annulment_in_parallel_takes_the_money_back_once(office, accounts):
    answer = office.settled(office.line(1, accounts[0]))

    answers = together([partial(office.annul, answer.registry_id)] * 8)

    assert {one.state.value for one in answers} == {"ANNULLED"}
    assert office.balance(accounts[0]) == Decimal("0.00")
    assert office.faults() == []


def test_many_processes_book_many_registries_once(office, accounts):
    for batch in range(6):
        office.submit(
            office.registry(
                *[
                    office.line(n, accounts[n % 5], "1.00", bank_payment_id=f"P-{batch}-{n}")
                    for n in range(1, 251)
                ]
            )
        )
    queues = [RegistryQueue(open_lines) for _ in range(4)]

    def work(queue):
        while queue.run(office.context, office.till.clock()):
            pass

    together([partial(work, queue) for queue in queues])
    office.process()

    assert {office.balance(account) for account in accounts[:5]} == {Decimal("300.00")}
    assert {registry.state.value for registry in office.listed().registry} == {"ACCEPTED"}
    assert office.faults() == []


def test_notices_and_their_registry_at_once_credit_every_payment_once(hasty_office, accounts):
    office = hasty_office
    lines = [office.line(n, accounts[n % 5], "1.00") for n in range(1, 301)]
    office.submit(office.registry(*lines))
    notices = [
        office.till.pay(line.account, "1.00", line.bank_payment_id, payment_time=line.payment_time)
        for line in lines
    ]

    def tell(part):
        for request in notices[part::4]:
            insist(partial(office.till.send_alone, register_payments, request, office.bank))

    def book():
        while office.piece():
            pass

    together([*[partial(tell, part) for part in range(4)], book])
    office.process()

    assert {office.balance(account) for account in accounts[:5]} == {Decimal("60.00")}
    assert office.faults() == []
