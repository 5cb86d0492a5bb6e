"""A contour at work: its line, its writer, what its jobs are given."""

import os
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import IO, TYPE_CHECKING

from lxml import etree

from gateway.adapter import Rules, Work
from gateway.conformance.sessions.withholding import Withholder
from gateway.kernel.message import Contour, Participant
from gateway.kernel.quotas import Quota, Quotas
from gateway.pipeline.exchange import Exchange
from gateway.pipeline.keeping import Keeper
from gateway.pipeline.process import Line, Parts
from gateway.pipeline.writer import Writer
from gateway.soap import smev2
from gateway.soap.parse import Version, parse
from gateway.storage import attachments, journal
from gateway.storage.database import Database, Transaction
from gateway.storage.received import ReceivedLog
from registry.onboarding.admission import AdmissionBook

if TYPE_CHECKING:
    from gateway.bootstrap.hub import Hub


@dataclass(frozen=True, slots=True)
class OpenContour:
    """A contour at work: its line, its writer, its jobs' context."""

    line: Line
    writer: Writer
    jobs: "ContourJobs"

    def close(self, hub: "Hub") -> None:
        """Answer what waits and end the strand in order."""
        self.writer.stop()
        journal.end_strand(self.line.parts.database, self.line.strand, hub.clock())
        self.line.close()


def open_contour(
    hub: "Hub",
    contour: Contour,
    release: Callable[[Line, list[Exchange]], None],
    wake: Callable[[str], None],
) -> OpenContour:
    """Settle what dead processes left, begin a strand, start the writer."""
    database = hub.databases[contour]
    marks = hub.settings.home / "received" / contour.path
    journal.settle_abandoned(database, marks, hub.clock())
    strand = journal.open_strand(database, f"{socket.gethostname()}:{os.getpid()}", hub.clock())
    parts = parts_of(hub, contour, wake)
    line = Line(parts, strand, ReceivedLog(marks, strand))
    writer = Writer(line, lambda settled: release(line, settled))
    writer.start()
    return OpenContour(line, writer, ContourJobs(hub, contour))


def parts_of(hub: "Hub", contour: Contour, wake: Callable[[str], None]) -> Parts:
    """Return what the line of a contour is put together from."""
    return Parts(
        contour=contour,
        database=hub.databases[contour],
        registry=hub.registry,
        shelf=hub.shelf,
        offices=hub.offices(contour),
        directory=hub.directory,
        verifier=hub.verifier(contour),
        calendar=hub.calendar,
        ledger=hub.ledger,
        payments=hub.payments,
        rules=hub.rules(contour),
        clock=hub.clock,
        identifiers=hub.identifiers,
        hub_code=hub.settings.code,
        header_skew=timedelta(minutes=hub.settings.header_skew_minutes),
        wake=wake,
        quotas=Quotas(
            Quota(
                hub.settings.participant_per_second,
                hub.settings.participant_burst,
                hub.settings.participant_at_a_time,
                hub.settings.participant_bytes_a_day,
            ).shared(hub.settings.workers),
            hub.clock,
            time.monotonic,
        ),
        use_admission=AdmissionBook(hub.registry),
        keeper=Keeper(hub.databases[contour], hub.scanner),
        withhold=Withholder(hub.sessions, hub.clock) if contour is Contour.TEST else None,
    )


@dataclass(frozen=True)
class ContourJobs:
    """`JobContext` of a contour."""

    hub: "Hub"
    contour: Contour

    @property
    def rules(self) -> Rules:
        """Switches and limits of the contour."""
        return self.hub.rules(self.contour)

    def now(self) -> datetime:
        """Return the present moment."""
        return self.hub.clock()

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """Open a transaction; it commits when the block ends, then `after_commit` is called."""
        with self._database.writing() as transaction:
            work = self.work(transaction)
            yield work
        for call in work.after_commit:
            call()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Open a transaction that only reads."""
        with self._database.reading() as transaction:
            yield self.work(transaction)

    def payload(self, entry: int) -> etree._Element:
        """Return the payload of a journal entry."""
        with self._database.reading() as transaction:
            request = journal.request_of(transaction, entry)
        version = next(item for item in Version if item.value.encode() in request[:2000])
        return smev2.inside(parse(request, version).payload)

    def open_attachment(self, sha256: bytes) -> AbstractContextManager[IO[bytes]]:
        """Open a kept attachment."""
        return attachments.open_kept(self._database, sha256)

    def everyone(self) -> Sequence[Participant]:
        """Return every participant."""
        return self.hub.directory.everyone(self.contour)

    @property
    def _database(self) -> Database:
        return self.hub.databases[self.contour]

    def work(self, transaction: Transaction) -> Work:
        """Return what a handler may touch in a transaction of the contour."""
        hub = self.hub
        return Work(
            database=transaction,
            registry=hub.registry,
            shelf=hub.shelf,
            offices=hub.offices(self.contour),
            now=hub.clock(),
            contour=self.contour,
            calendar=hub.calendar,
            ledger=hub.ledger(transaction),
            payments=hub.payments(transaction),
            identifiers=hub.identifiers,
            rules=self.rules,
            participants=partial(hub.directory.participant, self.contour),
            after_commit=[],
            by_inn=partial(hub.directory.by_inn, self.contour),
        )
