"""The hub's own chores in two processes that are killed at any moment: each effect happens once."""

import os
import random
import signal
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import enrolment
import pki
import pytest
import sqlalchemy as sa
from hub_schedulers import BEGINNING, CALENDAR, OPERATOR, business_clock
from processes import Schedulers, wait_until

from gateway.kernel.message import Contour
from gateway.security.certificates import CertificateReader
from gateway.security.path import Purpose
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.trust import Role
from registry import founders, notices
from registry.calendar import end_of, local_date
from registry.certificates import Addresses, CertificateRegistrar
from registry.notices import NoticeCode
from registry.onboarding import models as onboarding_models
from registry.participants import Newcomer, ParticipantKind, Registrar

SCRIPT = Path(__file__).parent / "hub_schedulers.py"
SEED, KILLS = 18, 8
LIVE = date(2026, 11, 30)
LATE, READY = "BANK72001", "BANK72002"


@pytest.fixture
def office(postgresql_registry_database, clock):
    """One bank waits for its answer, another for the day of its signed act; a certificate ends."""
    clock.now = BEGINNING
    database = postgresql_registry_database
    office = enrolment.Office(database, clock, CALENDAR)
    registrar = Registrar(database, clock, "оператор")
    with database.writing() as transaction:
        founders.found(transaction, OPERATOR, clock(), "оператор")
    for code in (LATE, READY):
        registrar.add(Newcomer(code, f"Банк {code}", ParticipantKind.BANK))
    office.walk(office.join(LATE), ("apply", enrolment.CONTACTS))
    case = office.walk(office.join(READY), *enrolment.bank_way(local_date(clock()), live=LIVE))
    assert case.state == "ACT_SIGNED"
    reader = CertificateReader(Providers.of([RsaProvider()]))
    root = pki.Authority.root()
    certificates = CertificateRegistrar(database, clock, "оператор", reader)
    certificates.add_authority(Contour.TEST, Role.ANCHOR, root.der, Addresses())
    leaf = root.issue(until=BEGINNING + timedelta(days=9))
    certificates.add(LATE, Contour.TEST, Purpose.MESSAGE, leaf.der)
    return office


@pytest.mark.postgres
def test_a_term_is_told_once_and_a_bank_goes_live_once_whoever_is_killed(office):
    database, chance = office.database, random.Random(SEED)
    last = end_of(date(2026, 12, 3))
    with Schedulers(SCRIPT, database, business_clock) as schedulers:
        alive = [schedulers.start(), schedulers.start()]
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, 0.3))  # the moment of the kill, by chance
            victim = chance.randrange(2)
            os.kill(alive[victim], signal.SIGKILL)
            alive[victim] = schedulers.start()
        wait_until(lambda: schedulers.clock() > last and is_told(database, OPERATOR, "HUB-05"))
        wait_until(lambda: live_cases(database))

    told = Counter(one.code for one in of(database, OPERATOR))
    assert told[NoticeCode.TERM_OVERDUE] == 1
    mornings = [one.event for one in of(database, OPERATOR) if one.code.kind.number == "HUB-06"]
    assert mornings
    assert len(mornings) == len(set(mornings))
    assert len(live_cases(database)) == 1
    steps = [one for one in of(database, READY) if one.text.count("ввести в эксплуатацию")]
    assert len(steps) == 1
    expiries = [one.event for one in of(database, LATE) if one.code is NoticeCode.CERT_EXPIRY]
    assert len(expiries) == len(set(expiries)) >= 1


def of(database, participant):
    with database.reading() as transaction:
        return notices.since(transaction, participant, 0, 1000)


def is_told(database, participant, number):
    return any(one.code.kind.number == number for one in of(database, participant))


def live_cases(database):
    with database.reading() as transaction:
        table = onboarding_models.commissioning
        return transaction.execute(sa.select(table.c.case_id)).scalars().all()
