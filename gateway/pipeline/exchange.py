"""One message on its way: what came, what was found out, what is answered."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

from gateway.adapter import Answered, Foreign, Mode, Operation, Received
from gateway.contracts.catalog import Contract
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Admission, Attachment, Contour, Header, Participant
from gateway.security.proof import Proof
from gateway.soap.parse import Envelope, Version
from gateway.soap.smev2 import Status
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
class Wrapper:
    """An operation in the binding SMEV 2."""

    route: Route
    answer: str
    """Tag of the wrapper of the response."""
    action: str | None
    """SOAPAction of the binding; None takes any."""
    takes: frozenset[Status]
    answers: Answered
    invalid: frozenset[str] = frozenset()
    """Codes of refusals that are told as INVALID."""
    poll: "Route | None" = None
    """What answers a PING that has no payload."""
    judge: Callable[[Any, Mapping[type, object]], Status] | None = None
    """The status of the answer to a PING; None for an operation that takes none."""
    foreign: Foreign | None = None
    schema: Contract | None = None
    """Of the foreign content."""


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
    wrappers: Mapping[str, Wrapper] = field(default_factory=dict)
    """Of an address of the binding SMEV 2, by the tag of the element in Body."""

    @property
    def root(self) -> str:
        """Where addresses of its binding begin: `/test/ws`, `/test/smev2`."""
        return "/".join(self.path.split("/")[:3])


@dataclass(slots=True)
class Letter:
    """What a proven message says, taken out of what it is wrapped in."""

    payload: etree._Element
    """As it was proven."""
    original: etree._Element
    """As it was received: places of errors are told from it."""
    header: Header | None
    route: Route | None = None
    """The operation, where the envelope and not the payload decides about it."""
    is_checked: bool = False
    """Whether there is no payload that a schema has to look at."""

    def header_of(self, sender: Participant, *, is_signed: bool) -> Header | None:  # noqa: ARG002 -- others need them
        """Return the header once it is known who sends; raise when it names somebody else."""
        return self.header

    def unpack(
        self,
        found: Mapping[bytes, Attachment],
        sender: Participant,  # noqa: ARG002 -- as above
    ) -> Mapping[bytes, Attachment]:
        """Return the attachments by token once the sender is let in; may change the payload."""
        return found

    def digest(self, of_payload: bytes) -> bytes:
        """Return what «the same message» is told by under one message id."""
        return of_payload


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

    def open(self, incoming: "Incoming", proof: Proof, envelope: Envelope) -> Letter:
        """Take the payload and the header out of what was proven; raise GatewayError."""
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
    letter: Letter | None = None
    is_authorized: bool = False
    """Whether the sender may call this: what is wrong from then on is a matter of content."""
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
