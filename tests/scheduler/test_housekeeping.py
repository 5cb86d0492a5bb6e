import threading
from uuid import uuid4

import pki
import pytest
import sqlalchemy as sa

from gateway.delivery.mail import Sender
from gateway.kernel.message import Contour
from gateway.security.certificates import CertificateReader
from gateway.security.path import Purpose
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.trust import Role
from registry import certificate_cards, models
from registry.calendar import ProductionCalendar
from registry.certificates import Addresses, CertificateRegistrar
from registry.notices import Board, write_notices
from registry.participants import Newcomer, ParticipantKind, Registrar
from scheduler.housekeeping import (
    Housekeeper,
    check_the_calendar,
    duty_of,
    keep_the_record,
    run_routine,
    tell_of_certificates,
    watch_certificates,
)
from scheduler.job import Chore, Routine
from scheduler.once import Outcome, look
from scheduler.runs import CHORES

NIGHTLY = "0 3 * * *"


@pytest.fixture
def keep(registry_database, clock):
    """Start a housekeeper; it is stopped whatever happens."""
    started = []

    def keep(chores=(), routines=()):
        keeper = Housekeeper(chores, routines, registry_database, clock, "here:1", 0.05)
        started.append(keeper)
        keeper.start()
        return keeper

    yield keep
    for keeper in started:
        keeper.stop()


def test_chores_and_routines_are_done_at_the_start(keep, clock):
    done = {name: threading.Event() for name in ("chore", "routine")}
    moments = {}

    def routine(now):
        moments["routine"] = now
        done["routine"].set()

    def chore(_, __, now):
        moments["chore"] = now
        done["chore"].set()

    keep([Chore("chore", NIGHTLY, chore)], [Routine("routine", NIGHTLY, routine)])

    assert all(event.wait(5) for event in done.values())
    assert moments == {"chore": clock(), "routine": clock()}


def test_a_keeper_that_is_started_again_does_no_chore_twice(keep, registry_database, clock):
    runs = []
    again = threading.Event()
    first = threading.Event()

    def chore(*_):
        runs.append(1)
        first.set()

    keeper = keep([Chore("chore", NIGHTLY, chore)])
    assert first.wait(5)
    keeper.stop()
    keep([Chore("chore", NIGHTLY, chore), Chore("other", NIGHTLY, lambda *_: again.set())])
    assert again.wait(5)

    assert look(duty_of(Chore("chore", NIGHTLY, chore), registry_database), clock, "h") == []
    assert runs == [1]


def test_a_keeper_sees_by_itself_that_a_business_time_has_come(keep, clock):
    runs = threading.Semaphore(0)
    keep([Chore("chore", NIGHTLY, lambda *_: runs.release())])
    assert runs.acquire(timeout=5)

    clock.advance(days=1)

    assert runs.acquire(timeout=5)


def test_a_routine_that_fails_is_logged_recorded_and_tried_at_its_next_time(
    registry_database, clock, caplog
):
    def run(_):
        raise RuntimeError("registry is away")

    routine = Routine("certificate-notices", NIGHTLY, run)

    assert run_routine(routine, registry_database, clock(), clock, "here:1") is Outcome.FAILED
    assert "certificate-notices" in caplog.text
    assert "registry is away" in caplog.text
    with registry_database.reading() as transaction:
        (line,) = CHORES.failed(transaction, "certificate-notices")
    assert (line.failure, line.planned) == ("RuntimeError", False)


def test_a_routine_that_two_processes_have_done_has_one_record(registry_database, clock):
    routine = Routine("routine", NIGHTLY, lambda _: None)
    for owner in ("here:1", "there:2"):
        Housekeeper((), (), registry_database, clock, owner).run(routine)

    with registry_database.reading() as transaction:
        assert CHORES.last(transaction, "routine").owner == "here:1"


def test_the_routines_of_certificates_fetch_lists_and_write_notices(registry_database, clock):
    reader = CertificateReader(Providers.of([RsaProvider()]))
    root = pki.Authority.root()
    certificates = CertificateRegistrar(registry_database, clock, "оператор", reader)
    certificates.add_authority(
        Contour.PROD, Role.ANCHOR, root.der, Addresses(crl="http://ca.example/crl")
    )
    Registrar(registry_database, clock, "оператор").add(
        Newcomer("BANK-1", "Банк", ParticipantKind.BANK)
    )
    board = Board(uuid4, lambda *_: [], Sender("citto@example.ru", "Узел"))
    leaf = root.issue(until=clock() + 61 * pki.DAY)
    certificates.add("BANK-1", Contour.PROD, Purpose.MESSAGE, leaf.der)
    clock.advance(days=1)

    keeper = Housekeeper((), (), registry_database, clock, "here:1")
    keeper.run(watch_certificates(registry_database, lambda _: root.crl(at=clock()), reader))
    look(duty_of(tell_of_certificates(board), registry_database), clock, "here:1")

    (line,) = certificate_cards.list_authorities(registry_database)
    assert line.listed.fetched_at == clock()
    assert line.failure is None
    with registry_database.writing() as transaction:
        assert write_notices(transaction, clock(), board) == []
    query = sa.select(models.certificate_notice.c.step)
    with registry_database.reading() as transaction:
        assert transaction.execute(query).scalars().all() == [60]


def test_a_missing_calendar_is_told_every_morning_of_december(registry_database, clock):
    clock.advance(days=274)  # 1 December 2026, noon
    years = [year for year in ProductionCalendar.load().years if year.year < 2027]
    told = []
    chore = check_the_calendar(ProductionCalendar(years), lambda _, alert, __: told.append(alert))
    duty = duty_of(chore, registry_database)

    for _ in range(3):
        look(duty, clock, "here:1")
        look(duty, clock, "there:2")
        clock.advance(days=1)

    assert [alert.year for alert in told] == [2027, 2027, 2027]


def test_the_record_is_kept_short_by_a_chore_of_its_own(registry_database, clock):
    duty = duty_of(keep_the_record(), registry_database)
    (first,) = look(duty, clock, "here:1")
    for days in (1, 91):
        clock.advance(days=days)
        look(duty, clock, "here:1")

    with registry_database.reading() as transaction:
        assert CHORES.find(transaction, duty.job, first) is None
        assert CHORES.last(transaction, duty.job).finished_at == clock()
