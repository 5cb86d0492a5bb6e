"""Timed work on payments: missing registries, ageing notices, nightly reconciliation (JOB-07…09).

Each run is a function of its business time: run twice it finds the same and says it once.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from adapters.bank.repository import alerts, reconciliation
from adapters.bank.repository.alerts import Alert
from adapters.bank.repository.reconciliation import Scope, Waiting
from adapters.bank.terms import banking_calendar, older_than
from gateway.adapter import JobContext, Work
from gateway.kernel.message import Contour, Participant, ParticipantState
from gateway.kernel.money import format_roubles
from registry.calendar import BankingCalendar, end_of, local_date, start_of, working_day_before

WARNED_AFTER_DAYS = 3
"""Banking days after which a payment without a registry is worth a word (MEAL-BANK-07)."""
OVERDUE_AFTER_DAYS = 5
"""Banking days after which it is a discrepancy."""

_DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def expect_registries(context: JobContext, business_time: datetime) -> bool:
    """Raise an alert for each bank and organizer without a registry of the last banking day.

    JOB-07, MEAL-BANK-08: an empty registry is a registry. Nothing is asked on days off.
    """
    today = local_date(business_time)
    with context.begin() as work:
        for bank in _active(context):
            banking = banking_calendar(bank, work)
            if banking.is_working_day(today):
                _raise(
                    work,
                    _missing_registries(bank, working_day_before(banking, today, 1), today, work),
                )
    return False


def watch_ageing(context: JobContext, business_time: datetime) -> bool:
    """Raise alerts for payments told online that no registry has brought for days (JOB-08)."""
    today = local_date(business_time)
    with context.begin() as work:
        for bank in _active(context):
            banking = banking_calendar(bank, work)
            if banking.is_working_day(today):
                _raise(work, list(_ageing(bank, banking, today, work)))
    return False


def reconcile_day(context: JobContext, business_time: datetime) -> bool:
    """Keep the totals of the day before and settle the registries processed by now (JOB-09)."""
    today = local_date(business_time)
    yesterday = today - _DAY
    with context.begin() as work:
        settled = reconciliation.settle_registries(work.database, business_time)
        totals = reconciliation.totals(work.database, Scope(start_of(yesterday), end_of(yesterday)))
        reconciliation.store(work.database, yesterday, totals.items(), work.now)
        _raise(work, list(_discrepancies(today, work)))
    log.info("payments of %s reconciled, %d registries settled", yesterday, settled)
    return False


def _active(context: JobContext) -> list[Participant]:
    """Return the banks for which the contour is open (GW-09)."""
    open_states = {ParticipantState.IN_OPERATION}
    if context.contour is Contour.TEST:
        open_states.add(ParticipantState.JOINED)
    return [
        participant
        for participant in context.everyone()
        if participant.bank is not None and participant.state in open_states
    ]


def _missing_registries(bank: Participant, expected: date, today: date, work: Work) -> list[Alert]:
    present = reconciliation.organizers_with_registry(
        work.database, bank.code, expected, start_of(expected), end_of(expected)
    )
    return [
        Alert(
            "REGISTRY_MISSING",
            bank.code,
            organizer_inn,
            today,
            f"Банк {bank.code} не передал реестр платежей за {expected:%d.%m.%Y} "
            f"для организатора питания с ИНН {organizer_inn}.",
            work.now,
        )
        for organizer_inn in sorted(bank.organizers - present)
    ]


def _ageing(
    bank: Participant, banking: BankingCalendar, today: date, work: Work
) -> Iterator[Alert]:
    overdue_before = older_than(banking, today, OVERDUE_AFTER_DAYS)
    overdue = {
        found.organizer_inn: found
        for found in reconciliation.waiting(work.database, bank.code, overdue_before)
    }
    warned_before = older_than(banking, today, WARNED_AFTER_DAYS)
    for found in reconciliation.waiting(work.database, bank.code, warned_before):
        late = overdue.get(found.organizer_inn)
        if late is not None:
            yield _waiting_alert("PAYMENT_OVERDUE", late, OVERDUE_AFTER_DAYS, today, work)
        if late is None or late.total != found.total:
            yield _waiting_alert("PAYMENT_AGEING", found, WARNED_AFTER_DAYS, today, work)


def _waiting_alert(kind: str, found: Waiting, days: int, today: date, work: Work) -> Alert:
    return Alert(
        kind,
        found.bank,
        found.organizer_inn,
        today,
        f"Банк {found.bank}, организатор питания с ИНН {found.organizer_inn}: платежей без "
        f"реестра больше {days} банковских дней — {found.total.count} на "
        f"{format_roubles(found.total.amount)} руб., самый ранний от "
        f"{local_date(found.oldest):%d.%m.%Y}.",
        work.now,
    )


def _discrepancies(today: date, work: Work) -> Iterator[Alert]:
    for bank, organizer_inn, count in reconciliation.discrepant(work.database):
        yield Alert(
            "DISCREPANCY",
            bank,
            organizer_inn,
            today,
            f"Банк {bank}, организатор питания с ИНН {organizer_inn}: реестров с "
            f"расхождениями — {count}.",
            work.now,
        )


def _raise(work: Work, found: list[Alert]) -> None:
    """Store the alerts and log those that are new."""
    for alert in alerts.raise_new(work.database, found):
        log.warning("%s: %s / %s", alert.kind, alert.participant, alert.subject)
