"""A `Stand`: a contour with the demo school, a desk of sessions, a journal that tests write."""

import itertools
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from rehearsed import envelope, fault, receipt

import adapters.bank
import adapters.meals
from adapters.bank.models import payment_registry, registry_line
from adapters.meals.ledger import MealsLedger
from adapters.meals.seed import seed_demo
from gateway.conformance.evidence import Preflight
from gateway.conformance.language.suite import shipped
from gateway.conformance.sessions import NewSession, Session, SessionDesk, Suites
from gateway.kernel.message import Contour, Participant, ParticipantState
from gateway.storage import journal
from gateway.storage.chain import Chain
from gateway.storage.database import Database
from gateway.storage.journal import Entry, Outcome
from registry.calendar import ProductionCalendar

INN = "7200000018"
SERVICE = "meals/payment-registry/1.0"
RIGHTS = frozenset({"meals/bank-payment", "meals/payment-registry"})
PNG = b"\x89PNG\r\n\x1a\n" + b"picture of a screen"


def bank(code: str) -> Participant:
    return Participant(
        code, code, "BANK", ParticipantState.JOINED, services=RIGHTS, organizers=frozenset({INN})
    )


BANKS = {code: bank(code) for code in ("BANK72001", "BANK72002")}


@dataclass
class Stand:
    database: Database
    clock: object
    desk: SessionDesk
    serials: itertools.count = field(default_factory=lambda: itertools.count(1))
    strand: int = 0

    def __post_init__(self) -> None:
        self.strand = journal.open_strand(self.database, "test", self.clock())
        with self.database.writing() as transaction:
            self.accounts = seed_demo(transaction, INN, "Демонстрационный комбинат питания")

    def new(self, **more) -> NewSession:
        values = {
            "request_id": uuid4(),
            "participant": "BANK72001",
            "suite": "SUITE-02",
            "onboarding_case": None,
            "contour": Contour.TEST,
            "endpoint_url": None,
            "system_version": "7.1",
        }
        return NewSession(**{**values, **more})

    def start(self, **more) -> Session:
        return self.do("start", self.new(**more), self.clock())

    def do(self, name: str, *arguments, **more):
        with self.database.writing() as transaction:
            return getattr(self.desk, name)(transaction, *arguments, **more)

    def again(self, session: Session) -> Session:
        return self.do("find", session.id)

    def begin(self, session: Session, line: str):
        return self.do("new_attempt", session, line, self.clock())

    def green(self, session: Session) -> None:
        names = self.desk.suites.plan(session.plan).preflight
        checks = [Preflight(name, self.clock(), green=True) for name in names]
        self.do("record_preflight", session, checks)

    def line(self, session: Session, name: str, **later: float):
        judgement = self.do("judged", session, self.clock() + timedelta(**later))
        return next(line for line in judgement.lines if line.name == name)

    def verdict(self, session: Session, name: str, **later: float) -> str:
        return self.line(session, name, **later).verdict.value

    def file(self, session: Session, line: str) -> bytes:
        return self.do("hand_out", session, line, self.clock()).content

    def message(self, request: bytes | None, reply: bytes | None, **more) -> int:
        self.clock.advance(seconds=1)
        number = (self.strand << journal.STRAND_SHIFT) + next(self.serials)
        values = {
            "received_at": self.clock(),
            "answered_at": self.clock(),
            "remote": "127.0.0.1",
            "binding": "soap11",
            "service": SERVICE,
            "sender": "BANK72001",
            "operation": "SubmitRegistry",
            "outcome": Outcome.ANSWERED,
            "http_status": 200,
            "request": request,
            "response": reply,
        }
        with self.database.writing() as transaction:
            entry = Entry(number, **{**values, **more})
            journal.record(transaction, [entry], Chain(self.strand))
        self.clock.advance(seconds=1)
        return number

    def refused(self, request: bytes | None, code: str, **more) -> int:
        values = {"outcome": Outcome.REFUSED, "code": code, "http_status": 500}
        return self.message(request, fault(code), **{**values, **more})

    def submit(self, session: Session, line: str = "BR-01", **more) -> str:
        """Send the prepared file as a good bank does; return its registryId."""
        content = self.file(session, line).decode().partition("?>")[2]
        number = content.partition("<registryId>")[2].partition("<")[0]
        reply = receipt(number).replace(b"</state>", b"</state><duplicate>false</duplicate>")
        self.message(envelope(content), reply, **more)
        return number

    def process(self, registry_id: str, lines: int = 3, owner: str = "BANK72001") -> None:
        """Leave what processing of a registry leaves."""
        now = self.clock()
        key = uuid4()
        header = {
            "id": key,
            "bank": owner,
            "registry_id": registry_id,
            "number": registry_id[:20],
            "registry_date": now.date(),
            "organizer_inn": INN,
            "period_from": now,
            "period_to": now,
            "kind": "ONLINE",
            "line_count": lines,
            "total_amount": 0,
            "source": "INLINE",
            "digest": b"",
            "entry": 1,
            "received_at": now,
            "late_before": now,
            "state": "PROCESSED",
            "phase": "DONE",
        }
        rows = [
            {
                "registry_id": key,
                "line_no": number,
                "bank_payment_id": f"p-{number}",
                "account": self.accounts.open[0],
                "amount": 1,
                "payment_time": now,
                "channel": "ATM",
                "status": "PAID",
            }
            for number in range(1, lines + 1)
        ]
        with self.database.writing() as transaction:
            transaction.execute(payment_registry.insert().values(header))
            if rows:
                transaction.execute(registry_line.insert(), rows)

    def pass_first(self, session: Session) -> str:
        """Pass BR-01."""
        self.begin(session, "BR-01")
        number = self.submit(session)
        self.process(number)
        self.do("advance", session, self.clock())
        return number


class Context:
    """What the runner gives to jobs, as far as these look."""

    contour = Contour.TEST

    def __init__(self, stand) -> None:
        self.stand = stand
        self.written = 0

    @contextmanager
    def begin(self):
        self.written += 1
        with self.stand.database.writing() as transaction:
            yield self._work(transaction)

    @contextmanager
    def read(self):
        with self.stand.database.reading() as transaction:
            yield self._work(transaction)

    def _work(self, transaction):
        return SimpleNamespace(database=transaction, now=self.stand.clock(), contour=Contour.TEST)


def desk_with(suites: Suites) -> SessionDesk:
    given = [adapters.meals.ADAPTER.test_data, adapters.bank.ADAPTER.test_data]
    return SessionDesk(
        suites,
        given,
        lambda _, code: BANKS.get(code),
        uuid4,
        lambda most: 7 % most,
        ProductionCalendar.load(),
        MealsLedger,
    )


@pytest.fixture(scope="session")
def suites(catalog) -> Suites:
    return Suites(catalog)


@pytest.fixture
def stand(contour_database, clock, suites) -> Stand:
    return Stand(contour_database, clock, desk_with(suites))


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A copy of SUITE-02 that a test may break or mend."""
    return Path(shutil.copytree(shipped()["bank-registry"], tmp_path / "bank-registry"))


@pytest.fixture
def png() -> bytes:
    return PNG


@pytest.fixture
def any_id() -> UUID:
    return UUID(int=1)


@pytest.fixture
def context(stand):
    return Context(stand)
