"""The writer of one contour with operations made for tests, and what it has released."""

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace

import enrolment
import sqlalchemy as sa

from gateway.adapter import Mode, Operation, Received
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.pipeline.exchange import Answer, Endpoint, Exchange, Incoming, Route
from gateway.pipeline.process import Line
from gateway.pipeline.writer import Writer
from gateway.storage.journal import journal_entry
from registry.calendar import local_date
from registry.directory import Directory
from registry.participants import Newcomer, ParticipantKind, Registrar


class PlainBinding:
    """Answers with the text of the response or the code of the error."""

    name = "plain"
    dialect = None

    def reply(self, exchange, response, payload):
        return Answer(200, "text/plain", f"{response}".encode())

    def repeat(self, exchange, stored):
        return Answer(stored.http_status, "text/plain", stored.response)

    def fault(self, exchange, error):
        return Answer(500, "text/plain", error.code.encode())


@dataclass
class Stand:
    """A writer and what it has released."""

    line: Line
    writer: Writer
    endpoint: Endpoint
    released: list[Exchange] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def exchange(self, operation: Operation, request: object, message_id: str | None = None):
        incoming = Incoming(
            self.endpoint, PlainBinding(), self.line.parts.clock(), "127.0.0.1", None, "", b"<a/>"
        )
        exchange = self.line.open(incoming)
        exchange.route = Route(
            self.endpoint.contract,
            operation,
            "a",
            "",
            lambda _: request,
            lambda _: b"<a/>",
        )
        entry = exchange.entry
        entry.sender, entry.operation, entry.message_id = "BANK1", operation.name, message_id
        entry.digest = str(request).encode()
        exchange.received = Received(
            request,
            SimpleNamespace(code="BANK1"),
            entry.entry,
            entry.received_at,
            entry.digest,
            message_id,
            {},
            lambda _: None,
        )
        return exchange

    def answers(self, *exchanges: Exchange) -> list[str]:
        """Settle the messages as one batch and return what was answered."""
        self.writer._settle_and_release(list(exchanges))
        return [exchange.answer.body.decode() for exchange in exchanges]


class NobodyKnown:
    """A directory that counts how often it was told to look at the registry anew."""

    looks = 0

    def participant(self, contour, code):
        return None

    def by_inn(self, contour, inn):
        return ()

    def invalidate(self):
        self.looks += 1


NOTES = sa.table("writer_test_note", sa.column("text"))


def note(message, work):
    """Write the request down; refuse «missing», break on «broken» after having written."""
    work.database.execute(NOTES.insert().values(text=message.request))
    if message.request == "missing":
        raise NotFound
    if message.request == "broken":
        raise ZeroDivisionError
    return f"noted {message.request}"


def note_all(messages, work):
    return [note(message, work) for message in messages]


WRITE = Operation("Note", Mode.WRITE, handle=note)
BATCH = Operation("NoteAll", Mode.BATCH, handle_batch=note_all)


def outcomes(stand) -> list[str]:
    with stand.line.parts.database.reading() as transaction:
        return sorted(transaction.execute(sa.select(journal_entry.c.outcome)).scalars())


def admit(database, clock, quota):
    """Let an invented bank into production for `quota` messages."""
    bank = Newcomer("BANK1-ADMITTED", "Банк", ParticipantKind.BANK)
    Registrar(database, clock, "оператор").add(bank)
    office = enrolment.Office(database, clock)
    today = local_date(clock())
    case = office.walk(office.join(bank.code), *enrolment.bank_way(today)[:6])
    office.step(case, "admit", {"quota": quota, "admitted_until": today, "masked": True})
    return Directory(database, clock).participant(Contour.PROD, bank.code).admission
