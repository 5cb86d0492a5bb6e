import threading
from datetime import timedelta

import enrolment
import pytest
import sqlalchemy as sa
from enrolment import bank_way

from gateway.kernel.errors import AdmissionEnded, NotAllowed, ParticipantNotActive
from gateway.kernel.message import Contour, ParticipantState
from gateway.pipeline.exchange import Endpoint
from gateway.pipeline.inbound import authorize
from registry.calendar import end_of, local_date
from registry.directory import Directory
from registry.onboarding import errors, models
from registry.onboarding.admission import AdmissionBook
from registry.participants import Registrar

QUOTA = 5


def endpoint(contour=Contour.PROD, family="meals/bank-payment"):
    return Endpoint(f"/{contour.path}", contour, None, family, {})


@pytest.fixture
def directory(registry_database, clock):
    return Directory(registry_database, clock)


@pytest.fixture
def case(office, bank, clock):
    """A bank whose network is ready: tests in production come next."""
    way = bank_way(local_date(clock.now))
    return office.walk(office.join(bank), *way[:6])


@pytest.fixture
def admitted(office, case, clock):
    last_day = local_date(clock.now) + timedelta(days=3)
    return office.step(case, "admit", {"quota": QUOTA, "admitted_until": last_day, "masked": True})


def seen(directory, bank):
    directory.invalidate()
    return directory.participant(Contour.PROD, bank)


def test_an_admitted_bank_is_let_into_production_and_only_to_its_services(
    directory, bank, admitted, clock
):
    sender = seen(directory, bank)

    admission = authorize(endpoint(), None, sender, clock.now)

    assert sender.state is ParticipantState.JOINED
    assert (admission.quota, admission.masked) == (QUOTA, True)
    assert admission.until == end_of(local_date(clock.now) + timedelta(days=3))
    with pytest.raises(NotAllowed):
        authorize(endpoint(family="meals/menu-import"), None, sender, clock.now)


def test_a_bank_that_is_not_admitted_is_refused_in_production(directory, bank, case, clock):
    with pytest.raises(ParticipantNotActive) as refused:
        authorize(endpoint(), None, seen(directory, bank), clock.now)
    assert refused.value.code == "PARTICIPANT_NOT_ACTIVE"


def test_the_term_of_an_admission_passes_by_itself(directory, bank, admitted, clock):
    sender = seen(directory, bank)
    clock.now = sender.admission.until

    with pytest.raises(AdmissionEnded, match="истёк"):
        authorize(endpoint(), None, sender, clock.now)


def test_the_quota_survives_a_restart(registry_database, directory, bank, admitted, clock):
    admission = seen(directory, bank).admission
    for _ in range(QUOTA):
        AdmissionBook(registry_database)(admission, clock.now)

    with pytest.raises(AdmissionEnded, match=f"квота {QUOTA}"):
        AdmissionBook(registry_database)(admission, clock.now)


def test_several_processes_share_one_quota(registry_database, directory, bank, admitted, clock):
    admission, taken = seen(directory, bank).admission, []

    def take():
        book = AdmissionBook(registry_database)
        for _ in range(QUOTA):
            try:
                book(admission, clock.now)
            except AdmissionEnded:
                return
            taken.append(1)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == QUOTA
    with registry_database.reading() as transaction:
        used = transaction.execute(sa.select(models.limited_admission.c.used)).scalar_one()
    assert used == QUOTA


def test_the_signed_act_ends_the_admission(
    office, registry_database, directory, bank, admitted, clock
):
    admission = seen(directory, bank).admission
    today = local_date(clock.now)
    office.walk(admitted, *bank_way(today, live=today + timedelta(days=2))[7:])

    assert seen(directory, bank).admission is None
    with pytest.raises(AdmissionEnded):
        AdmissionBook(registry_database)(admission, clock.now)
    with pytest.raises(ParticipantNotActive):
        authorize(endpoint(), None, seen(directory, bank), clock.now)


def test_a_suspended_bank_is_not_admitted(registry_database, directory, bank, admitted, clock):
    Registrar(registry_database, clock, "оператор").suspend(bank, "решение")

    for contour in Contour:
        with pytest.raises(ParticipantNotActive):
            authorize(endpoint(contour), None, seen(directory, bank), clock.now)


def test_nobody_is_admitted_at_another_state(office, bank, case, clock):
    case = office.step(case, "admit", admission_of(clock))
    case = office.step(case, "fail_prod_tests", {"reason": "ошибка"})
    clock.advance(minutes=1)
    with pytest.raises(errors.GuardFailed, match="допуска не было"):
        office.walk(
            case, *bank_way(local_date(clock.now))[3:6], *bank_way(local_date(clock.now))[7:8]
        )


def test_an_admission_is_bounded(office, case, clock):
    for wrong in ({"quota": 0}, {"quota": 100_001}, {"admitted_until": "2026-03-01"}):
        with pytest.raises(errors.GuardFailed):
            office.step(case, "admit", {**admission_of(clock), **wrong})


def test_the_hubs_own_services_need_no_right(directory, bank, case, clock):
    sender = seen(directory, bank)

    assert authorize(endpoint(Contour.TEST, "registry/onboarding"), None, sender, clock.now) is None
    with pytest.raises(ParticipantNotActive):
        authorize(endpoint(family="registry/onboarding"), None, sender, clock.now)


def admission_of(clock):
    return {"quota": QUOTA, "admitted_until": local_date(clock.now), "masked": False}


def test_a_bank_before_its_statement_is_registered_is_refused_even_in_test(
    office, directory, bank, clock
):
    office.open(bank, enrolment.CaseKind.BANK, "submit_join")

    with pytest.raises(ParticipantNotActive):
        authorize(endpoint(Contour.TEST), None, seen(directory, bank), clock.now)
