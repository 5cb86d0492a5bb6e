"""Nothing he repeats is done twice: real clients, many connections, one process of the hub."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from lxml import etree
from messages import envelope, line, new_id, now, payment, registry

from adapters.bank.models import payment_registry
from adapters.meals.models import ledger_entry
from gateway.storage.database import Database
from gateway.storage.journal import journal_entry

CONNECTIONS = 16


@pytest.fixture
def hub(shared_hub):
    """Accounts, payments and registries are of one test each; the hub is everybody's."""
    return shared_hub


@dataclass(frozen=True)
class Ledger:
    """What was posted since a test began: the hub has been others' before."""

    database: Database
    last: int

    def posted(self) -> list[tuple[str, Decimal]]:
        of = ledger_entry.c
        new = sa.select(of.account, of.amount).where(of.id > self.last)
        with self.database.reading() as transaction:
            return sorted((account, amount) for account, amount in transaction.execute(new))


def ledger_of(hub) -> Ledger:
    """Begin a page of the ledger."""
    database = hub.database()
    with database.reading() as transaction:
        last = transaction.execute(sa.select(sa.func.max(ledger_entry.c.id))).scalar()
    return Ledger(database, last or 0)


@pytest.fixture
def ledger(hub):
    return ledger_of(hub)


def send_all(hub, service: str, bodies: list[bytes]) -> list[bytes]:
    """Send messages over sixteen connections at once; return the answers in order."""
    sessions = [requests.Session() for _ in range(CONNECTIONS)]

    def send(part: int) -> list[tuple[int, bytes]]:
        session = sessions[part]
        session.auth = hub.credentials
        session.headers["Content-Type"] = "text/xml; charset=utf-8"
        return [
            (number, session.post(hub.url(service), data=bodies[number], timeout=60).content)
            for number in range(part, len(bodies), CONNECTIONS)
        ]

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        parts = list(threads.map(send, range(CONNECTIONS)))
    for session in sessions:
        session.close()
    return [answer for _, answer in sorted(pair for part in parts for pair in part)]


def field(answer: bytes, name: str) -> str | None:
    return etree.fromstring(answer).findtext(f".//{{*}}{name}")


def test_same_message_a_thousand_times_is_one_answer_and_one_ledger_entry(hub, ledger):
    account = hub.seeded.accounts.open[1]
    message = envelope(payment("P-1-1", account, "100.00", now()), new_id())
    answers = send_all(hub, "bank-payment", [message] * 1000)
    assert len(set(answers)) == 1
    assert field(answers[0], "resultCode") == "0"
    assert ledger.posted() == [(account, Decimal("100.00"))]


def test_same_payment_under_new_message_ids_is_one_payment(hub, ledger):
    account = hub.seeded.accounts.open[2]
    body = payment("P-2-1", account, "100.00", now())
    answers = send_all(hub, "bank-payment", [envelope(body, new_id()) for _ in range(100)])
    assert len({field(answer, "hubPaymentId") for answer in answers}) == 1
    assert sorted(field(answer, "duplicate") for answer in answers) == ["false"] + ["true"] * 99
    assert ledger.posted() == [(account, Decimal("100.00"))]


def test_same_payment_id_with_another_amount_is_a_conflict(hub, ledger):
    account = hub.seeded.accounts.open[3]
    paid_at = now()
    for amount, reason in (("100.00", None), ("100.01", "DUPLICATE_CONFLICT")):
        answer = hub.post(
            "bank-payment", envelope(payment("P-3-1", account, amount, paid_at), new_id())
        )
        assert field(answer.content, "reason") == reason
    assert ledger.posted() == [(account, Decimal("100.00"))]


def test_same_message_id_with_another_amount_is_a_conflict(hub):
    account, message_id = hub.seeded.accounts.open[4], new_id()
    first, second = (
        hub.post("bank-payment", envelope(payment(key, account, "1.00", now()), message_id))
        for key in ("P-4-1", "P-4-2")
    )
    assert first.status_code == 200
    assert (second.status_code, field(second.content, "code")) == (500, "DUPLICATE_CONFLICT")


def test_same_message_for_another_person_is_a_conflict(hub):
    account = hub.seeded.accounts.open[5]
    message = envelope(payment("P-5-1", account, "1.00", now()), new_id())
    first, second, again = (
        hub.post("bank-payment", acting_for(message, esia_oid))
        for esia_oid in ("1000000007", "1000000008", "1000000007")
    )
    assert first.status_code == 200
    assert (second.status_code, field(second.content, "code")) == (500, "DUPLICATE_CONFLICT")
    assert again.content == first.content


def acting_for(message: bytes, esia_oid: str) -> bytes:
    """The message, sent for a parent."""
    last = b"</h:formatVersion>"
    person = f"<h:esiaOid>{esia_oid}</h:esiaOid><h:role>PARENT</h:role>"
    return message.replace(last, last + f"<h:onBehalfOf>{person}</h:onBehalfOf>".encode())


def test_same_registry_twenty_times_at_once_is_processed_once(hub, ledger):
    paid_at = now()
    accounts = hub.seeded.accounts.open[-3:]
    lines = "".join(
        line(number, f"P-6-{number}", account, "10.00", paid_at)
        for number, account in enumerate(accounts, 1)
    )
    inn = hub.seeded.people.organizer_inn
    body = registry("REG-6", inn, 3, Decimal("30.00"), lines, paid_at)
    answers = send_all(hub, "payment-registry", [envelope(body, new_id()) for _ in range(20)])
    assert len({field(answer, "hubRegistryId") for answer in answers}) == 1
    assert sorted(field(answer, "duplicate") for answer in answers) == ["false"] + ["true"] * 19
    hub.wait_for_registry(field(answers[0], "hubRegistryId"))
    assert ledger.posted() == sorted((account, Decimal("10.00")) for account in accounts)
    with ledger.database.reading() as transaction:
        assert (
            transaction.execute(
                sa.select(sa.func.count()).where(payment_registry.c.registry_id == "REG-6")
            ).scalar()
            == 1
        )


def test_same_registry_id_with_another_amount_is_a_conflict(hub):
    paid_at = now()
    codes = []
    for amount in ("10.00", "11.00"):
        lines = line(1, "P-7-1", hub.seeded.accounts.open[7], amount, paid_at)
        body = registry(
            "REG-7", hub.seeded.people.organizer_inn, 1, Decimal(amount), lines, paid_at
        )
        answer = hub.post("payment-registry", envelope(body, new_id()))
        codes.append(field(answer.content, "code"))
        if registered := field(answer.content, "hubRegistryId"):
            hub.wait_for_registry(registered)
    assert codes == [None, "DUPLICATE_CONFLICT"]


def test_books_balance_after_repeats_and_name_what_is_removed(running_hub, engine):
    hub, database = running_hub, running_hub.database()
    accounts = hub.seeded.accounts.open
    for number in range(5):
        body = payment(f"P-{number}", accounts[number], "100.00", now())
        assert hub.post("bank-payment", envelope(body, new_id())).status_code == 200
    assert hub.post("bank-payment", b"<broken").status_code == 500
    balanced = hub.run("reconcile")
    assert balanced.exit_code == 0, balanced.stdout + balanced.stderr
    remove(database, engine, "journal_entry", "operation = 'RegisterPayment'")
    unbalanced = hub.run("reconcile")
    assert unbalanced.exit_code == 1
    assert "нет записи" in unbalanced.stdout


def test_journal_of_a_hub_that_was_killed_is_proven_and_a_change_is_found(running_hub):
    hub, accounts = running_hub, running_hub.seeded.accounts.open
    database = hub.database()
    for number in range(3):
        if number:
            hub.kill()
            hub.start()
        body = payment(f"P-{number}", accounts[number], "100.00", now())
        assert hub.post("bank-payment", envelope(body, new_id())).status_code == 200
    roots = Path(hub.environment["HUB_HOME"]) / "roots"
    hub.wait_until(lambda: {path.parent.name for path in roots.glob("*/*.xml")} == {"test", "prod"})
    proven = hub.run("journal", "verify", "--roots", str(roots))
    assert proven.exit_code == 0, proven.stdout + proven.stderr

    with database.writing() as transaction:
        forged = journal_entry.update().where(journal_entry.c.business_key == "P-1")
        transaction.execute(forged.values(business_key="P-2"))
    refuted = hub.run("journal", "verify", "--contour", "test")
    assert refuted.exit_code == 1
    assert refuted.stdout.count("изменена или переставлена") == 1


def test_removed_ledger_row_is_named(running_hub, engine):
    account = running_hub.seeded.accounts.open[0]
    body = payment("P-1", account, "100.00", now())
    answer = running_hub.post("bank-payment", envelope(body, new_id()))
    remove(running_hub.database(), engine, "ledger_entry", "1 = 1")
    unbalanced = running_hub.run("reconcile")
    assert unbalanced.exit_code == 1
    assert field(answer.content, "hubPaymentId") in unbalanced.stdout
    assert account in unbalanced.stdout


def remove(database, engine: str, table: str, condition: str) -> None:
    """Remove rows by hand, as nobody should: triggers that forbid it are switched off."""
    with database.writing() as transaction:
        execute = transaction.connection.exec_driver_sql
        if engine == "postgresql":
            execute("SET LOCAL session_replication_role = replica")
        else:
            for (name,) in execute(
                f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
            ).fetchall():
                execute(f"DROP TRIGGER {name}")
        key = "entry" if table == "journal_entry" else "id"
        execute(
            f"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table} WHERE {condition})"
        )
