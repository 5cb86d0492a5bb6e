"""One message on its way: what came, what was found out, what is answered."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

from gateway.adapter import Mode, Operation, Received
from gateway.contracts.catalog import Contract
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Admission, Attachment, Contour, Header, Participant
from gateway.soap.parse import Envelope, Version
from gateway.storage.database import Transaction
from gateway.storage.journal import Entry, StoredAnswer


@dataclass(frozen=True, slots=True)
class Route:
    """An operation of a contract, bound to its handler and compiled messages."""

    contract: Contract
    operation: Operation
    request_tag: str
    action: str
    decode: Callable[[etree._Element], Any]
    encode: Callable[[Any], bytes]
    """Write a response as the text of its payload."""

    @property
    def mode(self) -> Mode:
        """Where the operation is answered."""
        return self.operation.mode


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: a contract in a contour."""

    path: str
    contour: Contour
    contract: Contract
    family: str
    """What access rights name: the contract without its version, `meals/bank-payment`."""
    routes: Mapping[str, Route]
    """By the tag of the payload."""
    binary: frozenset[str] = frozenset()
    """Tags of the elements that may travel as MTOM parts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves the hub."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    """Beyond those that HTTP itself needs."""
    refers: bool = False
    """Whether the body is an envelope that refers to kept attachments: they leave with it."""
    mtom: Version | None = None
    """The SOAP version in which they lie beside it; None puts them into it as base64."""
    withheld: bool = False
    """Whether the line is cut instead: trials look at what the sender then does (GW-11)."""


Withhold = Callable[[Transaction, Sequence[Entry]], Collection[int]]
"""Says which entries of a batch get no answer, and records that in the batch's transaction."""


class Binding(Protocol):
    """How one dialect of the wire reads a message and writes what is answered."""

    name: str
    """Short name kept in the journal."""
    dialect: str | None
    """The GET dialect that the sender must have switched on; None for SOAP."""

    def read(self, incoming: "Incoming") -> Envelope:
        """Take the message apart; raise GatewayError."""
        ...

    def reply(self, exchange: "Exchange", response: Any, payload: bytes) -> Answer:  # noqa: ANN401 -- any typed response
        """Wrap a response whose payload was checked."""
        ...

    def repeat(self, exchange: "Exchange", stored: StoredAnswer) -> Answer:
        """Return the first answer again."""
        ...

    def fault(self, exchange: "Exchange", error: GatewayError) -> Answer:
        """Say why the message was refused."""
        ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as the edge took it from the network."""

    endpoint: Endpoint
    binding: Binding
    received_at: datetime
    remote: str
    credentials: tuple[str, str] | None
    action: str
    """SOAPAction or the action parameter; empty when not given."""
    data: bytes
    """The envelope."""
    parts: Mapping[str, Attachment] = field(default_factory=dict)
    spooled: Path | None = None
    """The multipart body on disk; removed when the message is answered."""
    takes_mtom: bool = False
    """Whether the sender reads MTOM: the message came so, or its Accept says it."""
    known: str | None = None
    """Participant code when its credentials were proven before; its quota is charged then."""


@dataclass(slots=True)
class Exchange:
    """The state of one message along the line; owned by one thread at a time."""

    incoming: Incoming
    entry: Entry
    done: Callable[[Answer], None] | None = None
    """Called when the answer is durable, by the thread that answers clients."""
    certificate: str | None = None
    """Thumbprint of the certificate that signed the message."""
    actor: str | None = None
    """To whom its Security header was addressed; that of the answer says the same."""
    charged: str | None = None
    """Participant whose quota this message is counted in until it is answered."""
    route: Route | None = None
    sender: Participant | None = None
    admission: Admission | None = None
    """What has to be counted before the message is handled in production."""
    header: Header | None = None
    received: Received[Any] | None = None
    answer: Answer | None = None
    final: bool = True
    """Whether the answer may be stored under the message id for ever."""
    journaled: bool = False
    """Whether the commit that holds the journal entry is durable."""

    @property
    def is_signed(self) -> bool:
        """Whether a signature stands behind the message, and so has to behind its answer."""
        return self.certificate is not None

    @property
    def waits_for_handler(self) -> bool:
        """Whether the writer has to answer it, and not only to journal it."""
        return self.received is not None and self.answer is None
