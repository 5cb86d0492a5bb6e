"""What travels along the line: contours, participants, message headers, attachments."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import IO
from uuid import UUID


class Contour(Enum):
    """An isolated environment with its own database and credentials (GW-08)."""

    TEST = "TEST"
    PROD = "PROD"

    @property
    def path(self) -> str:
        """First segment of the contour's addresses."""
        return self.value.lower()


class ParticipantState(Enum):
    """How far a participant has come; SM-BANK and its siblings refine it (GW-09)."""

    CANDIDATE = "CANDIDATE"
    """Known, no agreement yet: nothing is open."""
    JOINED = "JOINED"
    """The agreement is concluded: the test contour is open."""
    IN_OPERATION = "IN_OPERATION"
    """The act's date has come: production is open too."""
    SUSPENDED = "SUSPENDED"
    """Both contours are closed until the suspension ends."""
    DISCONNECTED = "DISCONNECTED"
    """The exchange has ended: a new agreement begins from the beginning."""


class SignatureInTest(Enum):
    """What a participant's messages need in the test contour; production always needs a signature.

    REQUIRED closes the door for HTTP Basic: a participant that has learnt to sign asks for it.
    """

    REQUIRED = "REQUIRED"
    OPTIONAL = "OPTIONAL"


class CreditMode(Enum):
    """When a bank's money counts as credited (MEAL-BANK-07)."""

    ON_NOTIFY = "ON_NOTIFY"
    ON_REGISTRY = "ON_REGISTRY"


@dataclass(frozen=True, slots=True)
class BankTerms:
    """The conditions agreed with one credit organisation."""

    credit_mode: CreditMode
    credit_days: int
    """Banking days from payment to crediting, 3 to 5 by the regulation."""
    bank_name: str
    bik: str
    closed_days: frozenset[date] = frozenset()
    """Working days on which this bank does not settle (CAL-05)."""
    opened_days: frozenset[date] = frozenset()
    """Days off on which it does."""


@dataclass(frozen=True, slots=True)
class Smev2Profile:
    """How a participant is known in SMEV 2 and what its system insists on there (SVC-00-04)."""

    mnemonic: str
    """Code of its system: `[A-Z0-9]{4}` and five digits."""
    digest: str | None = None
    """The algorithm of its DigestValue, `STREEBOG256`, `SHA256` ...; None takes any allowed."""
    app_data_type: str | None = None
    """`xsi:type` that AppData bears for it: `{namespace}local`."""
    service_name: str | None = None
    """ServiceName instead of Service in what is sent to it."""
    service_version: str | None = None
    """Version of its service, `1.00`; with it `service_name` is the mnemonic in Service."""
    exchange_type: str | None = None
    """ExchangeType of what is sent to it."""
    serves: bool = False
    """Whether its own services are called in this binding; else it only sends in it."""
    inline_files: bool = False
    """Whether files sent to it stand in BinaryData; else they are a part of the message."""


@dataclass(frozen=True, slots=True)
class Admission:
    """A limited admission to production, for tests there before the act (conformance gates)."""

    id: UUID
    quota: int
    """How many messages are taken altogether."""
    until: datetime
    """From this moment on no message is taken."""
    masked: bool
    """Whether personal data of these messages are masked wherever they are shown or printed."""


@dataclass(frozen=True, slots=True)
class Participant:
    """One side of the exchange as the directory knows it at this moment."""

    code: str
    name: str
    kind: str
    state: ParticipantState
    inn: str | None = None
    services: frozenset[str] = frozenset()
    """Access rights: contract names such as `meals/bank-payment`."""
    dialects: frozenset[str] = frozenset()
    """Switched-on HTTP GET front doors: `osmp`, `sberbank`."""
    bank: BankTerms | None = None
    organizers: frozenset[str] = frozenset()
    """INNs of the organizers bound to this bank (MEAL-BANK-09)."""
    is_signature_required: bool = False
    """Whether unsigned messages with credentials are refused in this contour."""
    admission: Admission | None = None
    """What lets a participant that is not in operation yet into production, within limits."""
    smev2: Smev2Profile | None = None
    """None for those who do not speak SMEV 2."""


class ActingRole(Enum):
    """In which role the person acts that a system sends messages for."""

    PARENT = "PARENT"
    CLASS_TEACHER = "CLASS_TEACHER"
    MEAL_ADMIN = "MEAL_ADMIN"


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The person a system acts for, as that system has recognized him (MEAL-PAR-01).

    One of `esia_oid` and `snils_hash` is given. They are personal data: no log shows them.
    """

    role: ActingRole
    esia_oid: str | None = field(default=None, repr=False)
    """Account of ESIA."""
    snils_hash: str | None = field(default=None, repr=False)
    """SHA-256 of the 11 digits, in lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Header:
    """`hub:MessageHeader` (SVC-00-03)."""

    message_id: str
    sender: str
    timestamp: datetime
    contour: Contour
    recipient: str | None = None
    correlation_id: str | None = None
    format_version: str | None = None
    on_behalf: OnBehalf | None = None


class Kept(bytes):
    """Stands in a response's field of bytes for a kept attachment; the content is sent.

    Only this class does: bytes that merely read the same are content, whoever wrote them.
    """

    __slots__ = ()

    @classmethod
    def of(cls, sha256: bytes) -> "Kept":
        """Name an attachment by its digest."""
        return cls(b"sha256:" + sha256.hex().encode())

    @property
    def sha256(self) -> bytes:
        """The digest by which the attachment is kept."""
        return bytes.fromhex(self.removeprefix(b"sha256:").decode())


@dataclass(frozen=True, slots=True)
class Attachment:
    """Binary part of a message, spooled under a name of our own."""

    content_id: str
    media_type: str
    size: int
    """Bytes after transfer decoding."""
    sha256: bytes
    open: Callable[[], AbstractContextManager[IO[bytes]]] = field(repr=False)
