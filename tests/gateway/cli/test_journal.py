from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from gateway.cli.journal import journal as command
from gateway.kernel.message import Contour
from gateway.storage import journal, roots
from gateway.storage.chain import Chain
from gateway.storage.database import Database
from gateway.storage.journal import Entry, Outcome, journal_entry


@pytest.fixture
def hub(contour_database, contour_tables, sqlite_templates, clock, tmp_path):
    prod = Database(sqlite_templates.copy(contour_tables, tmp_path / "prod.db"))
    databases = {Contour.TEST: contour_database, Contour.PROD: prod}
    yield SimpleNamespace(
        databases=databases,
        clock=clock,
        keep_roots=lambda contour, now: roots.keep(
            databases[contour], contour.path, tmp_path / "roots" / contour.path, now
        ),
    )
    prod.close()


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(
            command, arguments, obj=hub, env={"COLUMNS": "200"}, catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def strand(hub, clock):
    database = hub.databases[Contour.TEST]
    number = journal.open_strand(database, "test:1", clock())
    entries = [
        Entry(
            number << 32 | item,
            clock(),
            "::1",
            "soap11",
            "meals/bank-payment/1.0",
            outcome=Outcome.REFUSED,
            reason="certificate.expired: BANK1",
            certificate="ab" * 32,
        )
        for item in (1, 2, 3)
    ]
    with database.writing() as transaction:
        journal.record(transaction, entries, Chain(number))
    return number


def tamper(hub, number: int) -> None:
    with hub.databases[Contour.TEST].writing() as transaction:
        this = journal_entry.c.entry == number
        transaction.execute(journal_entry.update().where(this).values(reason="another"))


def test_a_journal_as_it_was_recorded_is_proven(run, strand):
    told = run("verify")
    assert "Контур TEST: нитей 1, записей проверено 3, корней 0" in told
    assert "Контур PROD: нитей 0" in told
    assert told.endswith("Всё сходится.\n")


def test_a_changed_row_is_named_and_the_code_is_one(hub, run, strand):
    tamper(hub, strand << 32 | 2)
    told = run("verify", "--contour", "test", code=1)
    assert "НЕ СХОДИТСЯ: test: нить 1: запись 1-2 изменена или переставлена" in told
    assert "Всё сходится" not in told


def test_one_strand_is_verified_alone(hub, run, strand, clock):
    other = journal.open_strand(hub.databases[Contour.TEST], "test:2", clock())
    tamper(hub, strand << 32 | 2)
    assert "нитей 1, записей проверено 0" in run(
        "verify", "--contour", "test", "--strand", str(other)
    )


def test_exported_roots_are_held_against_the_journal(hub, run, strand, tmp_path, clock):
    told = run("root")
    assert "Контур TEST: 01.03.2026" in told
    assert "новых нет" in run("root")
    told = run("verify", "--contour", "test", "--roots", str(tmp_path / "roots"))
    assert "корней 2" in told
    clock.advance(days=1)
    run("root")
    (tmp_path / "roots" / "test" / "2026-03-01.xml").write_bytes(b"")
    told = run("verify", "--roots", str(tmp_path / "roots"), code=1)
    assert "НЕ СХОДИТСЯ: test: корень 2026-03-01.xml: повреждён или изменён" in told


def test_from_a_day_on_only_later_entries_are_read(hub, run, strand, clock):
    run("root")
    told = run("verify", "--contour", "test", "--from", "2026-03-02")
    assert "записей проверено 0" in told
    assert "записей проверено 3" in run("verify", "--contour", "test", "--from", "2026-03-01")


def test_a_folder_without_roots_is_refused(run, strand, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    told = run("verify", "--roots", str(tmp_path / "elsewhere"), code=1)
    assert "нет файлов корней" in told


def test_the_operator_sees_reason_certificate_and_place(run, strand):
    told = run("show", "1-2")
    for line in ("reason: certificate.expired: BANK1", f"certificate: {'ab' * 32}", "position: 2"):
        assert line in told
    assert "link" not in told
