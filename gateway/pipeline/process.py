"""The line of one contour. `receive` and `settle` read as the table of contents.

Up to *validate* a message is alone: it runs on the event loop or a parse thread and touches no
database but cached registry data. From *recall* on it is one of a batch on the writer.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from lxml import etree

from gateway.adapter import LedgerFactory, Mode, Received, Rules, Work
from gateway.contracts.shelf import Shelf
from gateway.kernel import xml
from gateway.kernel.errors import DuplicateConflict, GatewayError, Internal
from gateway.kernel.message import Attachment, Contour, Participant
from gateway.kernel.ports import Calendar, Clock, Identifiers
from gateway.kernel.quotas import Quotas
from gateway.payment_books import PaymentBooksFactory
from gateway.pipeline import inbound
from gateway.pipeline.exchange import Answer, Exchange, Incoming, Letter, Route, Withhold
from gateway.pipeline.keeping import Keeper
from gateway.security import wsse
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.proof import Proof, Verifier, digest_of
from gateway.soap import attachments as binary
from gateway.soap.parse import Envelope
from gateway.soap.smev2 import BINARY_DATA, REFERENCE
from gateway.storage import journal
from gateway.storage.chain import Chain
from gateway.storage.database import Database, Transaction
from gateway.storage.journal import Entry, Outcome
from gateway.storage.received import ReceivedLog
from registry.directory import Directory
from registry.onboarding.admission import UseAdmission

log = logging.getLogger(__name__)

SELF_DIGESTED = frozenset({BINARY_DATA, REFERENCE})
"""Elements of SMEV 2 whose content is held against a DigestValue when it is unpacked."""

REFUSED_REQUEST_BYTES = 64 * 1024
"""How much of a refused message the journal keeps."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the line of a contour is put together from."""

    contour: Contour
    database: Database
    registry: Database
    """The participant registry: one for both contours."""
    shelf: Shelf
    offices: Mapping[type, object]
    directory: Directory
    verifier: Verifier
    calendar: Calendar
    ledger: LedgerFactory
    payments: PaymentBooksFactory
    rules: Rules
    clock: Clock
    identifiers: Identifiers
    hub_code: str
    header_skew: timedelta
    wake: Callable[[str], None]
    quotas: Quotas
    """Of the participants."""
    use_admission: UseAdmission
    """Counts messages that only a limited admission lets into production."""
    keeper: Keeper
    withhold: Withhold | None = None
    """None wherever no trials are made: in production, always."""


class Line:
    """The way of every message in one contour."""

    def __init__(self, parts: Parts, strand: int, marks: ReceivedLog) -> None:
        """Start numbering the entries of a new strand."""
        self.parts = parts
        self.strand = strand
        self.chain = Chain(strand)
        self._marks = marks
        self._last = strand << journal.STRAND_SHIFT
        self._open: dict[int, None] = {}

    def open(self, incoming: Incoming) -> Exchange:
        """Give the message its journal entry; from here on it cannot disappear."""
        number = self._last = self._last + 1
        self._marks.mark(
            number,
            incoming.received_at,
            incoming.remote,
            incoming.endpoint.path,
            len(incoming.data),
        )
        self._open[number] = None
        return Exchange(
            incoming=incoming,
            charged=incoming.known,
            entry=Entry(
                entry=number,
                received_at=incoming.received_at,
                remote=incoming.remote,
                binding=incoming.binding.name,
                service=incoming.endpoint.contract.name,
                request=incoming.data,
            ),
        )

    def receive(self, *exchanges: Exchange) -> None:
        """Take messages from bytes to typed requests; a refusal is an answer too.

        Several go step by step side by side: a step that has just been done is done again at half
        the price.
        """
        going = [(exchange, self._receive(exchange)) for exchange in exchanges]
        while going:
            going = [
                (exchange, steps) for exchange, steps in going if self._goes_on(exchange, steps)
            ]

    def _goes_on(self, exchange: Exchange, steps: Iterator[None]) -> bool:
        """Take a message one step further; False when it has come to an end."""
        try:
            next(steps)
        except StopIteration:
            return False
        except GatewayError as error:
            self.refuse(exchange, error)
            return False
        except Exception:
            log.exception("message %s broke the line", journal.name_of(exchange.entry.entry))
            self.refuse(exchange, Internal())
            return False
        return True

    def _receive(self, exchange: Exchange) -> Iterator[None]:
        incoming, parts = exchange.incoming, self.parts
        endpoint = incoming.endpoint
        envelope = incoming.binding.read(incoming)
        yield
        proof, mtom = self._prove(envelope, incoming.parts)
        exchange.certificate = exchange.entry.certificate = proof.certificate
        exchange.actor = wsse.actor_of(envelope)
        letter = exchange.letter = incoming.binding.open(incoming, proof, envelope)
        sender = exchange.sender = inbound.identify(incoming, proof, parts.directory)
        header = exchange.header = letter.header_of(sender, is_signed=exchange.is_signed)
        if exchange.is_signed:
            inbound.hold_to_certificate(header, sender)
        if exchange.charged is None:
            inbound.charge(sender, len(incoming.data), parts.quotas)
            exchange.charged = sender.code
        found: Mapping[bytes, Attachment] = {}
        if mtom or endpoint.binary or binary.may_refer(incoming.data):
            found = binary.detach(proof.payload, mtom, endpoint.binary)
        own_digest = SELF_DIGESTED if endpoint.wrappers else frozenset()
        if exchange.is_signed and binary.unvouched(proof.payload, found, own_digest):
            raise SignatureRefused(Reason.ATTACHMENT)
        route = exchange.route = letter.route or inbound.route(
            endpoint, letter.payload, incoming.action
        )
        exchange.entry.operation = route.operation.name
        exchange.admission = inbound.authorize(
            endpoint, incoming.binding.dialect, sender, incoming.received_at
        )
        exchange.is_authorized = True
        yield
        found = letter.unpack(found, sender)
        inbound.validate(endpoint, letter, envelope.payload, mtom, len(incoming.data))
        yield
        if header is not None:
            inbound.check_header(
                header, sender, endpoint, parts.hub_code, incoming.received_at, parts.header_skew
            )
        for part in found.values():
            parts.keeper.keep(part, incoming.received_at)
        digest = digest_of(letter.payload, header.on_behalf if header else None)
        yield
        exchange.received = self._received(exchange, route, sender, letter, digest)
        if found:
            exchange.received = replace(exchange.received, attachments=found)

    def _prove(
        self, envelope: Envelope, mtom: Mapping[str, Attachment]
    ) -> tuple[Proof, Mapping[str, Attachment]]:
        """Return what is proven and the parts that are still referred to.

        Some sign the references to MTOM parts, others the content before it was packed.
        """
        try:
            return self.parts.verifier.verify(envelope), mtom
        except SignatureRefused as refusal:
            if refusal.reason is not Reason.DIGEST or not mtom:
                raise
        binary.inline(envelope.payload, mtom)
        return self.parts.verifier.verify(envelope), {}

    def _received(
        self,
        exchange: Exchange,
        route: Route,
        sender: Participant,
        letter: Letter,
        digest: bytes,
    ) -> Received[Any]:
        header = exchange.header
        message_id = header.message_id if header else None
        request = route.decode(letter.payload)
        entry = exchange.entry
        entry.sender = sender.code
        entry.message_id = message_id
        entry.digest = letter.digest(digest)
        entry.business_key = route.operation.business_key(request)
        return Received(
            request=request,
            sender=sender,
            entry=entry.entry,
            received_at=entry.received_at,
            digest=digest,
            message_id=message_id,
            attachments={},
            wake=self.parts.wake,
            certificate=exchange.certificate,
            on_behalf=header.on_behalf if header else None,
        )

    def answer_beside(self, exchange: Exchange) -> None:
        """Answer what does not wait for the writer, from a connection that only reads.

        A question, or an order whose effect the handler commits in the registry (ADR 0014). A
        message id is remembered by the writer, so what came before is looked for here already.
        """
        route, received = exchange.route, exchange.received
        if route is None or received is None or route.operation.handle is None:
            raise TypeError(route)
        try:
            with self.parts.database.reading() as transaction:
                if route.mode is Mode.REGISTRY and self._repeats(exchange, transaction):
                    return
                self.admit(exchange)
                response = route.operation.handle(received, self.work(transaction))
            if route.mode is Mode.REGISTRY:
                # Access follows at once: the next message here meets the registry as it is now.
                self.parts.directory.invalidate()
            self.reply((exchange, response))
            exchange.final = route.operation.is_final(response)
        except GatewayError as error:
            self.refuse(exchange, error)
        except Exception:
            log.exception("message %s broke its handler", journal.name_of(received.entry))
            self.refuse(exchange, Internal())

    def admit(self, exchange: Exchange) -> None:
        """Take a message off the limited admission that let it in; raise AdmissionEnded.

        On a thread that may wait, right before the handler, once a message however often its
        batch is done again.
        """
        if exchange.admission is not None:
            self.parts.use_admission(exchange.admission, exchange.incoming.received_at)
            exchange.admission = None

    def _repeats(self, exchange: Exchange, transaction: Transaction) -> bool:
        """Answer a message that was answered before with its answer; raise DuplicateConflict."""
        entry = exchange.entry
        if entry.message_id is None or entry.sender is None:
            return False
        known = journal.recall(transaction, [entry.message_id])
        stored = known.get((entry.sender, entry.message_id))
        if stored is None:
            return False
        if stored.digest != entry.digest:
            raise DuplicateConflict
        self.repeat(exchange, stored)
        return True

    def reply(self, *replies: tuple[Exchange, object]) -> None:
        """Encode, check against the published schema and wrap responses; raise Internal.

        Step by step side by side, as in `receive`.
        """
        encoded = [
            (exchange, response, _route(exchange).encode(response))
            for exchange, response in replies
        ]
        for exchange, _, payload in encoded:
            _check_reply(exchange, payload)
        for exchange, response, payload in encoded:
            self.answer(exchange, exchange.incoming.binding.reply(exchange, response, payload))

    def answer(self, exchange: Exchange, answer: Answer) -> None:
        """Give a message its answer."""
        self._close(exchange, Outcome.ANSWERED, None, answer)

    def refuse(self, exchange: Exchange, error: GatewayError) -> None:
        """Answer with a fault."""
        answer = exchange.incoming.binding.fault(exchange, error)
        self._close(exchange, Outcome.REFUSED, error.code, answer)
        exchange.entry.reason = error.told_inside
        exchange.entry.sender = exchange.sender.code if exchange.sender else None
        log.info("message %s refused: %s", journal.name_of(exchange.entry.entry), error.code)

    def repeat(self, exchange: Exchange, stored: journal.StoredAnswer) -> None:
        """Answer a repeated message with the bytes of the first answer."""
        answer = exchange.incoming.binding.repeat(exchange, stored)
        self._close(exchange, Outcome.ANSWERED, None, answer)
        exchange.entry.repeat_of = stored.entry
        exchange.entry.response = None

    def _close(
        self, exchange: Exchange, outcome: Outcome, code: str | None, answer: Answer
    ) -> None:
        entry, data = exchange.entry, exchange.incoming.data
        entry.request = data if outcome is Outcome.ANSWERED else data[:REFUSED_REQUEST_BYTES]
        entry.outcome = outcome
        entry.code = code
        entry.reason = None
        entry.http_status = answer.status
        entry.response = answer.body
        entry.repeat_of = None
        exchange.answer = answer

    def work(self, transaction: Transaction) -> Work:
        """Return what handlers of this transaction may touch."""
        parts = self.parts
        return Work(
            database=transaction,
            registry=parts.registry,
            shelf=parts.shelf,
            offices=parts.offices,
            now=parts.clock(),
            contour=parts.contour,
            calendar=parts.calendar,
            ledger=parts.ledger(transaction),
            payments=parts.payments(transaction),
            identifiers=parts.identifiers,
            rules=parts.rules,
            participants=partial(parts.directory.participant, parts.contour),
            after_commit=[],
            by_inn=partial(parts.directory.by_inn, parts.contour),
        )

    def released(self, exchanges: list[Exchange]) -> None:
        """Note that these messages are journaled, so that their marks may go."""
        journaled = [exchange.entry.entry for exchange in exchanges if exchange.journaled]
        self._marks.journaled(journaled)
        for entry in journaled:
            self._open.pop(entry, None)
        for exchange in exchanges:
            if exchange.charged is not None:
                self.parts.quotas.leave(exchange.charged)
        if self._marks.is_long:
            self._marks.rotate(self._last, next(iter(self._open), self._last + 1))

    def close(self) -> None:
        """Release the marks; every message is journaled."""
        self._marks.close()

    @property
    def open_entries(self) -> frozenset[int]:
        """Messages that are received and not yet journaled."""
        return frozenset(self._open)


def _route(exchange: Exchange) -> Route:
    if exchange.route is None:
        raise TypeError(exchange)
    return exchange.route


def _check_reply(exchange: Exchange, payload: bytes) -> None:
    contract = _route(exchange).contract
    if not contract.validate(etree.fromstring(payload, xml.parser()), len(payload)):
        log.error(
            "reply to %s breaks the contract: %s",
            journal.name_of(exchange.entry.entry),
            contract.last_error(),
        )
        raise Internal
