"""What a slice gives to the hub and what its handlers are given.

A slice gives an `Adapter`: its services, each with one handler per operation of the contract,
and its jobs. A handler is a function of a received message and a `Work`; it returns the typed
response or raises a `GatewayError`. It never commits, never asks the clock, never opens a file
of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import ModuleType
from typing import IO, Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from lxml import etree

from gateway.contracts.shelf import Shelf
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Attachment, Contour, OnBehalf, Participant
from gateway.kernel.ports import Calendar, Identifiers
from gateway.payment_books import PaymentBooks, PaymentBooksFactory
from gateway.soap.smev2 import Status
from gateway.soap.smev2_files import AppliedFile
from gateway.storage.database import Database, Transaction
from gateway.storage.outbox import State, Verdict
from gateway.trial_data import TestData
from scheduler.job import CatchUp

Request = TypeVar("Request")
Office = TypeVar("Office")


class AccountStatus(Enum):
    """What may happen on a personal account."""

    OPEN = "OPEN"
    BLOCKED = "BLOCKED"
    """Payments are refused for now (result code 7)."""
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Where the money of an organizer goes."""

    account: str
    bik: str
    bank_name: str
    purpose: str


# This and Posting are made for every payment; a frozen dataclass takes four times as long.
class PersonalAccount(NamedTuple):
    """A pupil's personal account as a bank may see it: no full name (SEC-10)."""

    number: str
    status: AccountStatus
    pupil_mask: str
    class_name: str
    school_name: str
    organizer_inn: str
    organizer_name: str
    beneficiary: Beneficiary | None
    min_top_up: Decimal
    """Roubles."""
    max_top_up: Decimal
    """Roubles; 2000.00 unless the organizer or school has another limit (MEAL-BANK-04)."""


class PostingKind(Enum):
    """Why a ledger entry exists."""

    TOP_UP = "TOP_UP"
    CANCELLATION = "CANCELLATION"
    REGISTRY_CREDIT = "REGISTRY_CREDIT"
    REVERSAL = "REVERSAL"
    CORRECTION = "CORRECTION"
    DEBIT = "DEBIT"


class Posting(NamedTuple):
    """One movement on (personal account, organizer); the ledger only ever grows (MEAL-DEB-07)."""

    account: str
    organizer_inn: str
    amount: Decimal
    """Roubles, positive for money in, negative for money out."""
    kind: PostingKind
    source: str
    """What caused it, unique for ever: `payment/<uuid>`, `cancel/<uuid>`, `reversal/...`."""
    business_date: date
    entry: int
    """Journal entry of the message behind it."""
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is written in the ledger, for those who prove the books."""

    number: int
    """Grows with every entry; gaps mean nothing."""
    account: str
    organizer_inn: str
    amount: Decimal
    """Roubles, positive for money in, negative for money out."""
    source: str


class Ledger(Protocol):
    """The meals ledger, inside the caller's transaction."""

    def accounts(self, numbers: Sequence[str]) -> Mapping[str, PersonalAccount]:
        """Return the known ones of `numbers`."""
        ...

    def organizers(self, inns: Sequence[str]) -> frozenset[str]:
        """Return those of `inns` that are organizers of meals in this contour."""
        ...

    def balances(self, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Decimal]:
        """Return roubles per (account, organizer INN); 0.00 where nothing was posted."""
        ...

    def post(self, postings: Sequence[Posting], now: datetime) -> None:
        """Append entries and move balances; a `source` posted before raises RaceLost."""
        ...

    def posted(self, sources: Sequence[str]) -> Mapping[str, LedgerEntry]:
        """Return the entries that exist among `sources`."""
        ...

    def entries(self, after: int, limit: int) -> Sequence[LedgerEntry]:
        """Return at most `limit` entries numbered above `after`, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Switches and limits of a contour that handlers obey."""

    check_digits_are_errors: bool
    """Check-digit rules: error in prod, warning in test (wire conventions, section 7)."""
    max_inline_lines: int
    max_file_lines: int
    batch_lines: int
    """Lines that background processing takes in one transaction."""
    oldest_payment: timedelta = timedelta(days=1096)
    """A payment told later than this after its time is a mistake of somebody's clock."""
    payment_ahead: timedelta = timedelta(days=1)
    """How far a payment's time may run ahead of ours."""


@dataclass(slots=True)
class Work:
    """What a handler may touch."""

    database: Transaction
    registry: Database
    """The participant registry; a handler opens its own transaction there (ADR 0014)."""
    shelf: Shelf
    """The published formats as they are handed out."""
    offices: Mapping[type, object]
    """What the hub has put together for handlers beyond this, by class; `office` finds it."""
    now: datetime
    """The moment of handling, aware, UTC."""
    contour: Contour
    calendar: Calendar
    ledger: Ledger
    payments: PaymentBooks
    """What banks have taken and handed over, for those who know no banks."""
    identifiers: Identifiers
    rules: Rules
    participants: Callable[[str], Participant | None]
    """Directory look-up by participant code."""
    after_commit: list[Callable[[], None]]
    """Called once the transaction is durable: wake a queue, drop a spooled file."""
    by_inn: Callable[[str], Sequence[Participant]] = lambda _: ()
    """Directory look-up by INN: one organization may take part as several participants."""

    def office(self, kind: type[Office]) -> Office:
        """Return the one office of a class; raise KeyError when the hub has none."""
        found = self.offices[kind]
        if not isinstance(found, kind):
            raise TypeError(kind)
        return found


@dataclass(frozen=True, slots=True)
class Received(Generic[Request]):
    """A message that is proven, authorized, valid and decoded."""

    request: Request
    sender: Participant
    entry: int
    received_at: datetime
    digest: bytes
    """SHA-256 of the canonical payload and of `on_behalf`: what «the same content» means."""
    message_id: str | None
    attachments: Mapping[bytes, Attachment]
    """Spooled and kept binary parts by the token that stands in the request's base64 field.

    A part that came by MTOM appears in the decoded field as `b"sha256:<hex>"`; base64 written
    inline appears as its own bytes and is not listed here.
    """
    wake: Callable[[str], None]
    """Wake a background job by its name (used through `Work.after_commit`)."""
    certificate: str | None = None
    """Thumbprint of the certificate that signed the message; None without a signature."""
    on_behalf: OnBehalf | None = None
    """For whom the sender acts, proven as the rest of the header; None when it names nobody."""


class Mode(Enum):
    """Where an operation is answered."""

    READ = "READ"
    """On a worker thread from a read connection."""
    WRITE = "WRITE"
    """On the writer, in a savepoint of its own."""
    BATCH = "BATCH"
    """On the writer, all waiting messages of the operation in one call."""
    REGISTRY = "REGISTRY"
    """On the clerk's thread: the handler commits in the registry before it answers (ADR 0014)."""


Handler = Callable[[Received[Any], Work], Any]
BatchHandler = Callable[[Sequence[Received[Any]], Work], Sequence[Any]]
"""Returns a response or a GatewayError per message, in order."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a contract and the function that answers it."""

    name: str
    mode: Mode
    handle: Handler | None = None
    handle_batch: BatchHandler | None = None
    business_key: Callable[[Any], str | None] = lambda _: None
    """What the operator searches the journal by."""
    is_final: Callable[[Any], bool] = lambda _: True
    """Whether a response may be stored as the answer to its message id for ever.

    A response that asks to repeat the message later must not be.
    """
    faults: tuple[type[GatewayError], ...] = ()
    """Faults of its own, beyond the common ones."""


Answered = Status | Callable[[Any], Status]
"""The status of an answer: one for all, or told by the response."""


@dataclass(frozen=True, slots=True)
class Poll:
    """How a PING is answered that names the first request of a matter and nothing else."""

    operation: str
    """The operation that tells how far the matter has come; it only reads."""
    origins: frozenset[str]
    """Operations whose message ids may be asked about."""
    request: Callable[[str], Any]
    """Makes the request from the business key of the first one."""
    judge: Callable[[Any, Mapping[type, object]], Status]
    """PROCESS, RESULT or REJECT by the response; the second argument are the offices."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A message of somebody else's older contract that stands for an operation of ours."""

    wrapper: str
    """Tag of the element in Body."""
    answer: str
    """Tag of the element of the answer."""
    operation: str
    schema: str
    """File of the schema of what AppData holds, below `xsd/`."""
    imports: tuple[str, ...]
    """Files that it imports, one by the other."""
    content: str
    """Tag, declared there, under which the children of AppData are valid together."""
    read: Callable[[etree._Element, str, Sequence[AppliedFile]], etree._Element]
    """Writes the payload of the operation from that content, the sender's code and its files."""
    write: Callable[[Any], bytes]
    """Writes the response as content of AppData."""


@dataclass(frozen=True, slots=True)
class Smev2:
    """How a service speaks in the binding SMEV 2; its WSDL lies beside the plain one (SVC-00-04).

    An operation takes REQUEST and answers RESULT unless it is said otherwise here.
    """

    takes: Mapping[str, frozenset[Status]] = field(default_factory=dict)
    answers: Mapping[str, Answered] = field(default_factory=dict)
    poll: Poll | None = None
    foreign: tuple[Foreign, ...] = ()
    invalid: frozenset[str] = frozenset()
    """Codes of refusals that are told as INVALID, like every error of the schema.

    Others of the sender's making are REJECT, those that may be repeated FAILURE.
    """


@dataclass(frozen=True, slots=True)
class Service:
    """One published contract and its operations."""

    contract: str
    """Folder of the contract: `meals/bank-payment/1.0`."""
    messages: ModuleType
    """Where the typed messages `<Operation>Request` and `<Operation>Response` lie."""
    operations: tuple[Operation, ...]
    smev2: Smev2 | None = None
    """The second binding; None for services that have the plain one alone."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a message to a participant's own service, after each attempt.

    It may come twice for one attempt whose commit was not heard of: `settle` writes what it writes
    so that a second time changes nothing.
    """

    contract: str
    operation: str
    recipient: str
    source: str
    """What caused the message, as its parcel said: `application/<uuid>`."""
    key: str
    message_id: UUID
    state: State
    """DELIVERED, PARKED, EXPIRED or CANCELLED in the end; WAITING will be tried again."""
    response: object | None
    """The typed response, when the other side has given one."""
    fault: str | None
    """Its fault code otherwise; None for silence."""
    code: str
    """Why, for machines, whatever the end: `OK`, `TIMEOUT`, `DEADLINE`, the fault code."""


@dataclass(frozen=True, slots=True)
class Outward:
    """A contract that the hub calls at participants, and who hears how that went."""

    contract: str
    """Folder of the contract: `portal/application/1.0`."""
    messages: ModuleType
    """Where the typed messages `<Operation>Request` and `<Operation>Response` lie."""
    settle: Callable[[Settled, Work], None]
    """Called in the transaction that settles the delivery; what it raises makes the attempt not
    recorded, and the message is sent again."""
    judge: Callable[[Any], Verdict] = lambda _: Verdict.DELIVERED
    """What a typed response means for the delivery: LATER asks again, NEVER parks it."""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Status of an operation's messages in SMEV 2; REQUEST unless it is said here."""


class JobContext(Protocol):
    """What a background job is given."""

    @property
    def contour(self) -> Contour:
        """The contour it works in."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""
        ...

    def begin(self) -> AbstractContextManager[Work]:
        """Open a transaction; it commits when the block ends."""
        ...

    def read(self) -> AbstractContextManager[Work]:
        """Open a transaction that only reads."""
        ...

    def payload(self, entry: int) -> etree._Element:
        """Return the payload (first child of Body) of a journal entry, without comments."""
        ...

    def open_attachment(self, sha256: bytes) -> AbstractContextManager[IO[bytes]]:
        """Open a kept attachment as a stream that reads it chunk by chunk."""
        ...

    def everyone(self) -> Sequence[Participant]:
        """Return every participant of the directory, for work that goes through them all."""
        ...

    @property
    def rules(self) -> Rules:
        """Switches and limits of the contour."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Background work of a slice.

    A queue (`cron` is None) is run whenever it is woken and every few seconds; `run` does one
    bounded piece and tells whether more is waiting. A timed job is run at each moment of `cron`
    (local time) exactly once per business time: all its transactions and the record of the run
    are committed together.
    """

    name: str
    run: Callable[[JobContext, datetime], bool]
    """Called with the context and the business time."""
    cron: str | None = None
    """Five fields; write days of the week as `mon-fri`, numbers begin with Monday as 0."""
    catch_up: CatchUp = CatchUp.LATEST
    """What becomes of business times that a timed job has missed."""


LedgerFactory = Callable[[Transaction], Ledger]
"""Opens the ledger inside a transaction."""

LedgerOwner = Callable[[Transaction, Decimal], Ledger]
"""The same, given the default limit of one top-up in roubles (MEAL-BANK-04)."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A vertical slice as the hub sees it."""

    name: str
    services: tuple[Service, ...] = ()
    outward: tuple[Outward, ...] = ()
    """What it sends to participants by `work.office(Outgoing)`."""
    jobs: tuple[Job, ...] = ()
    ledger: LedgerOwner | None = None
    """Given by the one slice that owns the ledger."""
    payments: PaymentBooksFactory | None = None
    """Given by the one slice that takes payments."""
    reconcile: Callable[[Transaction, Ledger], list[str]] | None = None
    """Name every row that does not balance; an empty list when the books are right."""
    test_data: TestData | None = None
    """What trials of its services work with."""


def reading(name: str, handle: Handler, **more: Any) -> Operation:  # noqa: ANN401 -- passes to Operation
    """Make a read-only operation."""
    return Operation(name, Mode.READ, handle=handle, **more)


def writing(name: str, handle: Handler, **more: Any) -> Operation:  # noqa: ANN401 -- passes to Operation
    """Make an operation handled one message at a time on the writer."""
    return Operation(name, Mode.WRITE, handle=handle, **more)


def registering(name: str, handle: Handler, **more: Any) -> Operation:  # noqa: ANN401 -- passes to Operation
    """Make an operation whose effect lies in the participant registry."""
    return Operation(name, Mode.REGISTRY, handle=handle, **more)


def batched(name: str, handle_batch: BatchHandler, **more: Any) -> Operation:  # noqa: ANN401 -- passes to Operation
    """Make an operation whose waiting messages are handled together on the writer."""
    return Operation(name, Mode.BATCH, handle_batch=handle_batch, **more)
