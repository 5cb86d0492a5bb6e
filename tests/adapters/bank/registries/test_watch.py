from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank.jobs import JOBS
from adapters.bank.models import alert, reconciliation
from gateway.contracts.messages.common import DateTimePeriod
from gateway.kernel.message import Contour, ParticipantState

RUN = {job.name: job.run for job in JOBS}
INN = "7200000018"


def local(day: int, hour: int) -> datetime:
    """A moment of March 2026 in Tyumen."""
    return datetime(2026, 3, day, hour, tzinfo=UTC) - timedelta(hours=5)


@pytest.fixture
def run(office):
    def run(name: str, moment: datetime) -> None:
        office.till.clock.now = moment
        assert RUN[name](office.context, moment) is False

    return run


def alerts(office):
    with office.till.database.reading() as transaction:
        rows = transaction.execute(sa.select(alert).order_by(alert.c.kind, alert.c.business_date))
        return [(row.kind, row.participant, row.subject, row.business_date) for row in rows]


def texts(office):
    with office.till.database.reading() as transaction:
        return list(transaction.execute(sa.select(alert.c.text).order_by(alert.c.kind)).scalars())


def day_of(day: int) -> DateTimePeriod:
    return DateTimePeriod(from_value=local(day, 0), to=local(day, 23))


# pay.expected_registry


def test_a_bank_that_sent_no_registry_is_named(office, run):
    run("pay.expected_registry", local(3, 12))

    assert alerts(office) == [("REGISTRY_MISSING", "BANK72002", INN, date(2026, 3, 3))]
    assert texts(office) == [
        (
            "Банк BANK72002 не передал реестр платежей за 02.03.2026 "
            "для организатора питания с ИНН 7200000018."
        )
    ]


def test_the_same_run_again_says_nothing_new(office, run, caplog):
    run("pay.expected_registry", local(3, 12))
    caplog.clear()

    run("pay.expected_registry", local(3, 12))

    assert len(alerts(office)) == 1
    assert caplog.records == []


def test_a_registry_of_the_day_is_enough_even_an_empty_one(office, run):
    office.submit(office.registry(registry_date=date(2026, 3, 2)))

    run("pay.expected_registry", local(3, 12))

    assert alerts(office) == []


def test_a_registry_for_the_day_dated_later_is_enough(office, run):
    office.submit(office.registry(registry_date=date(2026, 3, 3), period=day_of(2)))

    run("pay.expected_registry", local(3, 12))

    assert alerts(office) == []


def test_a_registry_of_another_day_is_not_enough(office, run):
    office.submit(office.registry(registry_date=date(2026, 3, 1), period=day_of(1)))

    run("pay.expected_registry", local(3, 12))

    assert len(alerts(office)) == 1


def test_an_annulled_registry_is_not_enough(office, run):
    answer = office.submit(office.registry())
    office.annul(answer.registry_id)

    run("pay.expected_registry", local(3, 12))

    assert len(alerts(office)) == 1


def test_nothing_is_expected_on_a_day_off(office, run):
    run("pay.expected_registry", local(7, 12))  # Saturday

    assert alerts(office) == []


def test_after_a_holiday_the_last_banking_day_is_asked_for(office, run):
    office.submit(office.registry(registry_date=date(2026, 3, 6)))

    run("pay.expected_registry", local(10, 12))  # Monday the 9th is a day off

    assert alerts(office) == []


def test_a_suspended_bank_is_not_asked(office, run):
    office.context.participants = [replace(office.bank, state=ParticipantState.SUSPENDED)]

    run("pay.expected_registry", local(3, 12))

    assert alerts(office) == []


@pytest.mark.parametrize(("contour", "asked"), [(Contour.TEST, 1), (Contour.PROD, 0)])
def test_a_bank_that_only_joined_is_asked_in_the_test_contour(office, run, contour, asked):
    office.context.participants = [replace(office.bank, state=ParticipantState.JOINED)]
    office.context.contour = contour

    run("pay.expected_registry", local(3, 12))

    assert len(alerts(office)) == asked


# pay.aging


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (5, []),  # three banking days old
        (6, ["PAYMENT_AGEING"]),
        (10, ["PAYMENT_AGEING"]),  # the fifth: the 7th to the 9th are days off
        (11, ["PAYMENT_OVERDUE"]),
    ],
)
def test_a_payment_without_a_registry_ages_by_banking_days(office, run, accounts, today, expected):
    office.pay(accounts[0])

    run("pay.aging", local(today, 9))

    assert [kind for kind, *_ in alerts(office)] == expected


def test_an_ageing_alert_tells_how_much_and_since_when(office, run, accounts):
    office.pay(accounts[0], "100.00", "P-1")
    office.pay(accounts[0], "50.50", "P-2")

    run("pay.aging", local(6, 9))

    assert texts(office) == [
        (
            "Банк BANK72002, организатор питания с ИНН 7200000018: платежей без реестра больше "
            "3 банковских дней — 2 на 150.50 руб., самый ранний от 02.03.2026."
        )
    ]


def test_overdue_and_ageing_payments_are_told_apart(office, run, accounts):
    office.pay(accounts[0], "100.00", "P-1")
    office.till.clock.advance(days=2)
    office.pay(accounts[0], "50.00", "P-2")

    run("pay.aging", local(11, 9))

    assert [kind for kind, *_ in alerts(office)] == ["PAYMENT_AGEING", "PAYMENT_OVERDUE"]


def test_a_registered_payment_does_not_age(office, run, accounts):
    office.pay(accounts[0])
    office.settled(office.line(1, accounts[0]))

    run("pay.aging", local(11, 9))

    assert alerts(office) == []


def test_nothing_ages_on_a_day_off(office, run, accounts):
    office.pay(accounts[0])

    run("pay.aging", local(14, 9))

    assert alerts(office) == []


# pay.reconcile


def test_a_clean_registry_is_reconciled_at_night(office, run, accounts):
    office.pay(accounts[0])
    answer = office.settled(office.line(1, accounts[0]))

    run("pay.reconcile", local(3, 2))

    assert office.state(answer.registry_id) == "RECONCILED"
    assert alerts(office) == []


def test_a_registry_with_suspense_is_a_discrepancy(office, run):
    answer = office.settled(office.line(1, "0000000000"))

    run("pay.reconcile", local(3, 2))

    assert office.state(answer.registry_id) == "DISCREPANCY"
    assert alerts(office) == [("DISCREPANCY", "BANK72002", INN, date(2026, 3, 3))]


def test_a_registry_that_misses_a_payment_of_its_period_is_a_discrepancy(office, run, accounts):
    office.pay(accounts[0], payment="P-1")
    office.pay(accounts[0], payment="P-2")
    answer = office.settled(office.line(1, accounts[0]))

    run("pay.reconcile", local(3, 2))

    assert office.state(answer.registry_id) == "DISCREPANCY"


def test_a_discrepancy_ends_when_another_registry_brings_the_payment(office, run, accounts):
    office.pay(accounts[0], payment="P-1")
    office.pay(accounts[0], payment="P-2")
    answer = office.settled(office.line(1, accounts[0]))
    run("pay.reconcile", local(3, 2))
    office.settled(office.line(2, accounts[0], payment_time=local(2, 11)))

    run("pay.reconcile", local(4, 2))

    assert office.state(answer.registry_id) == "RECONCILED"


def test_a_discrepancy_ends_with_a_correction(office, run, accounts):
    answer = office.settled(office.line(1, "0000000000"))
    run("pay.reconcile", local(3, 2))
    office.correct(answer.hub_registry_id, office.reassign(1, accounts[0]))

    run("pay.reconcile", local(4, 2))

    assert office.state(answer.registry_id) == "RECONCILED"


def test_a_registry_with_a_discrepancy_may_still_be_annulled(office, run):
    answer = office.settled(office.line(1, "0000000000"))
    run("pay.reconcile", local(3, 2))

    assert office.annul(answer.registry_id).state.value == "ANNULLED"


def test_a_registry_processed_after_the_business_time_waits_for_the_next_night(
    office, run, accounts
):
    office.till.clock.now = local(3, 9)
    answer = office.settled(office.line(1, accounts[0]))

    run("pay.reconcile", local(3, 2))

    assert office.state(answer.registry_id) == "ACCEPTED"


def test_an_unfinished_registry_is_not_reconciled(office, run, accounts):
    answer = office.submit(office.registry(office.line(1, accounts[0])))

    run("pay.reconcile", local(3, 2))

    assert office.state(answer.registry_id) == "RECEIVED"


def test_the_totals_of_the_day_before_are_kept(office, run, accounts):
    office.pay(accounts[0], "100.00", "P-1")
    office.pay(accounts[0], "70.00", "P-2")
    office.settled(office.line(1, accounts[0], "90.00"), office.line(3, accounts[0], "5.00"))

    run("pay.reconcile", local(3, 2))

    with office.till.database.reading() as transaction:
        row = transaction.execute(sa.select(reconciliation)).one()
    assert (row.bank, row.organizer_inn) == ("BANK72002", INN)
    assert row.business_date == date(2026, 3, 2)
    assert (row.notified_count, row.notified_amount) == (2, Decimal("170.00"))
    assert (row.registered_count, row.registered_amount) == (2, Decimal("95.00"))
    assert (row.credited_count, row.credited_amount) == (1, Decimal("5.00"))
    assert (row.missing_in_registry_count, row.missing_in_registry_amount) == (1, Decimal("70.00"))
    assert (row.missing_notice_count, row.mismatched_count, row.suspense_count) == (1, 1, 0)


def test_a_day_is_kept_once(office, run, accounts):
    office.pay(accounts[0])
    run("pay.reconcile", local(3, 2))
    run("pay.reconcile", local(3, 2))

    with office.till.database.reading() as transaction:
        assert len(transaction.execute(sa.select(reconciliation)).all()) == 1


def test_a_quiet_day_leaves_no_row(office, run):
    run("pay.reconcile", local(3, 2))

    with office.till.database.reading() as transaction:
        assert transaction.execute(sa.select(reconciliation)).all() == []


def test_timed_jobs_run_at_their_hours():
    assert {job.name: job.cron for job in JOBS if job.cron} == {
        "pay.expected_registry": "0 12 * * *",
        "pay.aging": "0 9 * * *",
        "pay.reconcile": "0 2 * * *",
    }
