from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from adapters.bank import errors
from adapters.bank.messages import LineStatus
from adapters.meals.models import organizer
from gateway.contracts.messages.common import DateTimePeriod, RegistryState
from gateway.kernel.errors import DuplicateConflict, TooLarge, ValidationError
from registry.calendar import CalendarMissing

OTHER_INN = "7200000025"


def test_a_registry_is_answered_received(office, accounts, clock):
    answer = office.submit(office.registry(office.line(1, accounts[0])))

    assert answer.registry_id == "R-1"
    assert answer.state is RegistryState.RECEIVED
    assert answer.received_at == clock()
    assert not answer.duplicate


def test_an_accepted_registry_wakes_its_queue(office, accounts):
    office.submit(office.registry(office.line(1, accounts[0])))

    assert office.woken == ["bank.process_registries"]


def test_a_refused_registry_wakes_nobody(office, accounts):
    with pytest.raises(errors.RegistryCountMismatch):
        office.submit(office.registry(office.line(1, accounts[0]), count=2))

    assert office.woken == []


def test_the_same_registry_again_gets_the_same_answer_and_says_so(office, accounts, clock):
    request = office.registry(office.line(1, accounts[0]))
    first = office.submit(request)
    clock.advance(hours=1)

    second = office.submit(request)

    assert second.duplicate
    assert replace(second, duplicate=False) == first


def test_a_processed_registry_again_is_still_answered_as_at_first(office, accounts):
    request = office.registry(office.line(1, accounts[0]))
    first = office.submit(request)
    office.process()

    assert replace(office.submit(request), duplicate=False) == first
    assert office.balance(accounts[0]) == Decimal("100.00")


def test_the_same_registry_twice_in_one_batch_is_taken_once(office, accounts):
    request = office.registry(office.line(1, accounts[0]))

    first, second = office.submit_all([request, request])

    assert (first.duplicate, second.duplicate) == (False, True)
    assert first.hub_registry_id == second.hub_registry_id


def test_the_same_id_with_other_content_is_a_conflict(office, accounts):
    request = office.registry(office.line(1, accounts[0]))
    office.submit(request)

    with pytest.raises(DuplicateConflict):
        office.submit(replace(request, registry_number="77"))


def test_another_registry_of_the_same_number_and_date_is_a_conflict_that_names_it(office, accounts):
    office.submit(office.registry(office.line(1, accounts[0]), registry_number="15"))

    with pytest.raises(DuplicateConflict, match=r"№ 15 от 02\.03\.2026"):
        office.submit(office.registry(office.line(2, accounts[0]), registry_number="15"))


def test_two_registries_of_one_number_in_one_batch_collide(office, accounts):
    first, second = office.submit_all(
        [
            office.registry(office.line(1, accounts[0]), registry_number="15"),
            office.registry(office.line(2, accounts[0]), registry_number="15"),
        ]
    )

    assert first.state is RegistryState.RECEIVED
    assert isinstance(second, DuplicateConflict)


def test_the_same_number_on_another_day_is_another_registry(office, accounts):
    office.submit(office.registry(office.line(1, accounts[0]), registry_number="15"))

    answer = office.submit(
        office.registry(
            office.line(2, accounts[0]), registry_number="15", registry_date=date(2026, 3, 3)
        )
    )

    assert not answer.duplicate


def test_two_banks_may_use_the_same_id_and_number(office, accounts, stranger):
    request = office.registry(office.line(1, accounts[0]))
    office.submit(request)

    assert not office.submit(request, stranger).duplicate


def test_one_bad_registry_does_not_spoil_its_neighbours(office, accounts):
    good, bad, other = office.submit_all(
        [
            office.registry(office.line(1, accounts[0])),
            office.registry(office.line(2, accounts[0]), count=9),
            office.registry(office.line(3, accounts[0])),
        ]
    )

    assert good.state is other.state is RegistryState.RECEIVED
    assert isinstance(bad, errors.RegistryCountMismatch)


def test_an_empty_registry_is_accepted(office):
    answer = office.submit(office.registry())

    office.process()

    assert office.state(answer.registry_id) == "ACCEPTED"


def test_another_number_of_lines_is_refused_with_both_numbers(office, accounts):
    with pytest.raises(errors.RegistryCountMismatch, match=r"— 1, а в count указано 2") as refused:
        office.submit(office.registry(office.line(1, accounts[0]), count=2))

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/count"


def test_lines_that_are_announced_and_do_not_come_are_refused(office):
    with pytest.raises(errors.RegistryCountMismatch):
        office.submit(office.registry(count=1, total_amount=Decimal(100)))


def test_another_sum_is_refused_with_both_sums(office, accounts):
    with pytest.raises(errors.RegistryTotalMismatch, match=r"100\.00 руб.*90\.00 руб"):
        office.submit(office.registry(office.line(1, accounts[0]), total_amount=Decimal(90)))


def test_nothing_is_stored_of_a_refused_registry(office, accounts):
    request = office.registry(office.line(1, accounts[0]), total_amount=Decimal(90))
    with pytest.raises(errors.RegistryTotalMismatch):
        office.submit(request)

    answer = office.submit(replace(request, total_amount=Decimal(100)))

    assert not answer.duplicate


def test_cancelled_lines_are_counted_and_not_summed(office, accounts):
    lines = [
        office.line(1, accounts[0]),
        office.line(2, accounts[0], "55.00", status=LineStatus.CANCELLED),
    ]

    answer = office.submit(office.registry(*lines, count=2, total_amount=Decimal("100.00")))

    assert answer.state is RegistryState.RECEIVED


def test_another_commission_is_refused(office, accounts):
    line = office.line(1, accounts[0], commission=Decimal("1.50"))

    with pytest.raises(errors.RegistryTotalMismatch, match="totalCommission"):
        office.submit(office.registry(line, total_commission=Decimal("1.00")))


@pytest.mark.parametrize("net", ["98.50", "100.00"])
def test_the_commission_may_be_borne_by_either_side(office, accounts, net):
    line = office.line(1, accounts[0], commission=Decimal("1.50"))

    answer = office.submit(
        office.registry(line, total_commission=Decimal("1.50"), net_amount=Decimal(net))
    )

    assert answer.state is RegistryState.RECEIVED


def test_another_net_amount_is_refused(office, accounts):
    line = office.line(1, accounts[0], commission=Decimal("1.50"))

    with pytest.raises(errors.RegistryTotalMismatch, match="netAmount"):
        office.submit(office.registry(line, net_amount=Decimal("99.00")))


def test_every_wrong_sum_is_named(office, accounts):
    line = office.line(1, accounts[0], commission=Decimal("1.50"))
    request = office.registry(
        line,
        total_amount=Decimal(1),
        total_commission=Decimal(2),
        net_amount=Decimal(3),
    )

    with pytest.raises(errors.RegistryTotalMismatch) as refused:
        office.submit(request)

    assert [finding.path for finding in refused.value.findings] == [
        "/SubmitRegistryRequest/totalAmount",
        "/SubmitRegistryRequest/totalCommission",
        "/SubmitRegistryRequest/netAmount",
    ]


def test_a_repeated_line_number_is_refused_at_its_place(office, accounts):
    lines = [office.line(1, accounts[0]), office.line(1, accounts[0], bank_payment_id="P-2")]

    with pytest.raises(errors.DuplicateLine) as refused:
        office.submit(office.registry(*lines))

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/line[2]/lineNo"


def test_a_repeated_payment_is_refused_at_its_place(office, accounts):
    lines = [office.line(1, accounts[0]), office.line(2, accounts[0], bank_payment_id="P-1")]

    with pytest.raises(errors.DuplicateLine) as refused:
        office.submit(office.registry(*lines))

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/line[2]/bankPaymentId"


def test_many_repetitions_are_listed_up_to_fifty(office, accounts):
    lines = [office.line(n, accounts[0], bank_payment_id="P-1") for n in range(1, 61)]

    with pytest.raises(errors.DuplicateLine) as refused:
        office.submit(office.registry(*lines))

    assert len(refused.value.findings) == 50
    assert refused.value.truncated


def test_more_lines_than_a_message_may_have_are_refused(office, accounts):
    lines = [office.line(n, accounts[0]) for n in range(1, 1002)]

    with pytest.raises(TooLarge, match="передайте реестр файлом"):
        office.submit(office.registry(*lines))


def test_an_unknown_organizer_is_refused(office, accounts):
    with pytest.raises(errors.OrganizerUnknown):
        office.submit(office.registry(office.line(1, accounts[0]), organizer_inn=OTHER_INN))


def test_an_organizer_without_a_contract_with_the_bank_is_refused(office, accounts):
    with office.till.database.writing() as transaction:
        transaction.execute(organizer.insert().values(inn=OTHER_INN, name="Другой организатор"))

    with pytest.raises(errors.BindingNotFound):
        office.submit(office.registry(office.line(1, accounts[0]), organizer_inn=OTHER_INN))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (timedelta(hours=1), timedelta(0), "раньше начала"),
        (timedelta(days=-400), timedelta(0), "длиннее"),
        (timedelta(days=3), timedelta(days=4), "не начался"),
    ],
)
def test_a_period_that_cannot_be_is_refused(office, accounts, clock, start, end, text):
    period = DateTimePeriod(from_value=clock() + start, to=clock() + end)

    with pytest.raises(errors.PeriodInvalid, match=text):
        office.submit(office.registry(office.line(1, accounts[0]), period=period))


def test_a_year_without_a_calendar_is_refused_and_not_guessed(office, accounts, clock):
    clock.now = datetime(2031, 5, 5, 12, tzinfo=ZoneInfo("Asia/Yekaterinburg"))

    with pytest.raises(CalendarMissing):
        office.submit(office.registry(office.line(1, accounts[0])))


def test_a_file_of_another_size_than_announced_is_refused(office):
    content = b"<empty/>"
    request = office.registry(file=office.file(content, size=7))

    with pytest.raises(ValidationError) as refused:
        office.submit(request, attachments=office.keep(content))

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/file/size"


def test_a_file_with_another_digest_than_announced_is_refused(office):
    content = b"<empty/>"
    request = office.registry(file=office.file(content, hash=b"0" * 32))

    with pytest.raises(ValidationError) as refused:
        office.submit(request, attachments=office.keep(content))

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/file/hash"


def test_a_file_without_content_is_refused(office):
    request = office.registry(file=office.file(b"", content=None))

    with pytest.raises(ValidationError) as refused:
        office.submit(request)

    assert refused.value.findings[0].path == "/SubmitRegistryRequest/file/content"


def test_a_file_of_too_many_lines_is_refused_before_it_is_read(office):
    content = b"<empty/>"
    request = office.registry(file=office.file(content), count=10_001)

    with pytest.raises(TooLarge):
        office.submit(request, attachments=office.keep(content))
