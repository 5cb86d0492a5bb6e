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
from registry.certificates import Addresses, CertificateRegistrar
from registry.notices import Board, write_notices
from registry.participants import Newcomer, ParticipantKind, Registrar
from scheduler.housekeeping import Chore, Housekeeper, chores


@pytest.fixture
def keep():
    """Start a housekeeper; it is stopped whatever happens."""
    started = []

    def keep(work, clock):
        keeper = Housekeeper(work, clock)
        started.append(keeper)
        keeper.start()
        return keeper

    yield keep
    for keeper in started:
        keeper.stop()


def test_every_chore_is_done_at_the_start(keep, clock):
    done = {name: threading.Event() for name in ("one", "two")}
    moments = []

    def chore(name):
        def run(now):
            moments.append(now)
            done[name].set()

        return Chore(name, "0 3 * * *", run)

    keep([chore(name) for name in done], clock)

    assert all(event.wait(5) for event in done.values())
    assert moments == [clock(), clock()]


def test_a_chore_that_fails_is_logged_and_the_keeper_goes_on(clock, caplog):
    def run(_):
        raise RuntimeError("registry is away")

    Housekeeper([], clock).run(Chore("certificate-notices", "0 3 * * *", run))

    assert "certificate-notices" in caplog.text
    assert "registry is away" in caplog.text


def test_the_chores_of_certificates_fetch_lists_and_write_notices(registry_database, clock):
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

    for chore in chores(registry_database, lambda _: root.crl(at=clock()), reader, board):
        Housekeeper([], clock).run(chore)

    (line,) = certificate_cards.list_authorities(registry_database)
    assert line.listed.fetched_at == clock()
    assert line.failure is None
    assert write_notices(registry_database, clock(), board) == []
    query = sa.select(models.certificate_notice.c.step)
    with registry_database.reading() as transaction:
        assert transaction.execute(query).scalars().all() == [60]
