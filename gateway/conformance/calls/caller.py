"""Makes the message of a `call` step, signs it, sends it, and keeps what was seen.

A call is made outside of any transaction and recorded afterwards. A process that dies in between
leaves no record, so the judge goes on to want the call and it is made again: with the same
`messageId` and the same payload, by which the participant knows the repeat. The log has a line
before each call and one after it; the first without the second is such a death.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from lxml import etree

from gateway.conformance.calls import errors
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import OwnCall, Place, Signature
from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock
from gateway.kernel.xml import make_parser
from gateway.security.canonical import canonical
from gateway.soap import build
from gateway.soap.parse import Version
from gateway.wire.address import Resolve, locate
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.exchange import Answer, Contexts, Request, Tls, exchange
from registry.endpoints import Endpoint

log = logging.getLogger(__name__)

Sign = Callable[[bytes, str | None], bytes]
"""`OwnSignature.sign`: an envelope and the actor that its Security header is addressed to."""

Examine = Callable[[str, bytes], Signature]
"""What there is to say of the signature of a participant's reply, by his code."""

_MESSAGES = UUID("6f0f3c0e-4a1c-5b57-9d5e-7f2f6a5b9c11")
"""Namespace of the message ids of calls."""


@dataclass(frozen=True, slots=True)
class Order:
    """One call that the judge wants."""

    session: UUID
    place: Place
    participant: str
    """Code of the participant who is called."""
    endpoint: Endpoint
    operation: str
    soap_action: str
    payload: bytes
    """The sample, filled in for the attempt."""
    timeout: timedelta

    @property
    def message_id(self) -> UUID:
        """The same for every try of this step of this attempt, and for nothing else."""
        return uuid5(_MESSAGES, "/".join((str(self.session), *map(str, self.place))))


@dataclass(frozen=True, slots=True)
class Call:
    """What was sent and what came back, byte for byte, with what was seen of the way."""

    place: Place
    url: str
    message_id: UUID
    sent_at: datetime
    answered_at: datetime | None
    request: bytes
    http_status: int | None = None
    reply: bytes | None = None
    trouble: str | None = None
    """Why there is no reply, in Russian."""
    ours: bool = False
    """Whether the trouble was the stand's own."""
    number: str | None = None
    """The IP address that was called."""
    tls: Tls | None = None
    signature: Signature | None = None
    """Of the reply."""

    @property
    def evidence(self) -> OwnCall:
        """What the judge reads of it."""
        return OwnCall(
            self.place,
            self.sent_at,
            self.answered_at,
            self.request,
            self.http_status,
            self.reply,
            self.trouble,
            self.ours,
            self.signature,
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls participants in one contour in the name of the hub."""

    contour: Contour
    code: str
    """The hub's own participant code."""
    sign: Sign | None
    """None: the hub has no key there."""
    resolve: Resolve
    contexts: Contexts
    clock: Clock
    examine: Examine
    """Looks at the signature of a reply."""

    def call(self, order: Order) -> Call:
        """Call the participant once.

        Raise EndpointForbidden, CannotSign, StandBroken before anything is sent. Whatever happens
        later is a Call, also when there was no reply.
        """
        deadline = Deadline.after(order.timeout.total_seconds())
        sent_at = self.clock()
        request = self._message(order, sent_at)
        log.info("call %s of session %s begins: %s", order.message_id, order.session, order.place)
        try:
            answer = self._sent(order, request, deadline)
        except NoAnswer as trouble:
            made = self._unanswered(order, sent_at, request, trouble)
        else:
            made = self._answered(order, sent_at, request, answer)
        log.info("call %s ended: %s", order.message_id, made.trouble or made.http_status)
        return made

    def _message(self, order: Order, now: datetime) -> bytes:
        if self.sign is None:
            raise errors.CannotSign
        header = build.ReplyHeader(
            message_id=order.message_id,
            sender=self.code,
            recipient=order.participant,
            timestamp=now,
            contour=self.contour,
            correlation_id=None,
        )
        return self.sign(build.reply(Version.SOAP11, header, _payload(order)), None)

    def _sent(self, order: Order, request: bytes, deadline: Deadline) -> Answer:
        target = locate(order.endpoint.place, self.resolve, deadline)
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{order.soap_action}"',
            "Accept": "text/xml",
        }
        return exchange(target, Request("POST", headers, request), self.contexts, deadline)

    def _answered(self, order: Order, sent_at: datetime, request: bytes, answer: Answer) -> Call:
        return Call(
            place=order.place,
            url=order.endpoint.url,
            message_id=order.message_id,
            sent_at=sent_at,
            answered_at=self.clock(),
            request=request,
            http_status=answer.status,
            reply=answer.body,
            number=answer.number,
            tls=answer.tls,
            signature=self.examine(order.participant, answer.body),
        )

    def _unanswered(
        self, order: Order, sent_at: datetime, request: bytes, trouble: NoAnswer
    ) -> Call:
        return Call(
            place=order.place,
            url=order.endpoint.url,
            message_id=order.message_id,
            sent_at=sent_at,
            answered_at=None,
            request=request,
            trouble=trouble.text,
            ours=trouble.ours,
        )


def _payload(order: Order) -> bytes:
    """Return the canonical bytes of the filled sample; raise StandBroken."""
    try:
        root = etree.fromstring(order.payload, make_parser())
    except etree.XMLSyntaxError as error:
        raise StandBroken(f"Образец вызова {order.operation} — не XML.") from error
    return canonical(root)
