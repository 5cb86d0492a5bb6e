"""The channel of messages to participants: a letter's bytes by HTTP, to where the registry says."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gateway.adapter import Settled, Work
from gateway.delivery import Outcome
from gateway.kernel.message import Contour
from gateway.outgoing.answer import Heard, Reading, meaning
from gateway.outgoing.binding import Addressed, Binding, call_of
from gateway.outgoing.calls import Call, Calls
from gateway.outgoing.office import FindEndpoint, addressee
from gateway.outgoing.proving import Prover
from gateway.soap import attachments as binary
from gateway.soap import mime
from gateway.soap.errors import AttachmentBroken
from gateway.soap.parse import Version
from gateway.storage import attachments, outbound
from gateway.storage.attachments import AttachmentLost
from gateway.storage.database import Database, Transaction
from gateway.storage.outbound import Exchanged
from gateway.storage.outbox import Delivery, State, Verdict
from gateway.wire.address import Resolve, locate
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.errors import EndpointForbidden
from gateway.wire.exchange import Answer, Contexts, Request, Stream, exchange
from gateway.wire.lines import Lines
from registry.endpoints import Endpoint
from registry.onboarding.access import OPEN_STATES

log = logging.getLogger(__name__)

SECONDS = 30.0
"""Of one attempt with a small message."""
SLOWEST_BYTES_A_SECOND = 256 * 1024
"""A large body is given more time than that by so much."""
MOST_REPLY_OCTETS = 2 * 1024 * 1024
"""Of a reply with its head: it only confirms."""

WorkIn = Callable[[Transaction], Work]
"""What a handler may touch, in a transaction of the contour."""


@dataclass(frozen=True, slots=True)
class Net:
    """How the hub goes out."""

    resolve: Resolve
    contexts: Contexts
    lines: Lines | None = None
    """Connections that stay open between messages; None opens one for each."""
    seconds: float = SECONDS


class _Refrained(Exception):
    """Nothing is sent now; code and note tell why."""

    def __init__(self, code: str, note: str, verdict: Verdict = Verdict.UNREACHED) -> None:
        super().__init__(code)
        self.code = code
        self.note = note
        self.verdict = verdict


class ParticipantChannel:
    """Sends letters of one binding in one contour, and tells the slices what became of them."""

    def __init__(
        self,
        contour: Contour,
        database: Database,
        calls: Calls,
        binding: Binding,
        endpoint: FindEndpoint,
        prover: Prover,
        net: Net,
        clock: Callable[[], datetime],
        work: WorkIn,
    ) -> None:
        """Put it together; `database` is the contour's, for attachments."""
        self._contour = contour
        self._database = database
        self._calls = calls
        self._binding = binding
        self._endpoint = endpoint
        self._prover = prover
        self._net = net
        self._now = clock
        self._work = work

    def send(self, delivery: Delivery) -> Outcome:
        """Try once; whatever happens is an outcome."""
        recipient, contract = addressee(delivery.address)
        call = self._call(delivery, contract)
        if call is None:
            note = "Узел сейчас не вызывает эту операцию: ответ некому разобрать."
            return Outcome(Verdict.LATER, "NO_OPERATION", note)
        url: str | None = None
        try:
            endpoint = self._where(recipient, contract)
            url = endpoint.url
            answer = self._exchanged(delivery, endpoint, call)
        except _Refrained as why:
            return Heard(why.verdict, why.code, why.note, operation=call.operation.name, url=url)
        except NoAnswer as why:
            return Heard(
                Verdict.UNREACHED, why.code, why.text, operation=call.operation.name, url=url
            )
        sent = Addressed(recipient, delivery.message_id)
        reading = Reading(call, sent, self._binding, self._prover, self._now())
        return replace(meaning(answer, reading), url=url)

    def record(
        self, transaction: Transaction, delivery: Delivery, state: State, outcome: Outcome
    ) -> Sequence[Callable[[], None]]:
        """Journal the exchange and let the slice settle; return what it wants after the commit."""
        recipient, contract = addressee(delivery.address)
        heard = outcome if isinstance(outcome, Heard) else None
        if heard is not None:
            outbound.record(transaction, _seen(delivery, recipient, contract, heard))
        outward = self._calls.outward(contract)
        if outward is None:
            return ()
        work = self._work(transaction)
        outward.settle(
            Settled(
                contract=contract,
                operation=heard.operation if heard else self._operation(delivery, contract),
                recipient=recipient,
                source=delivery.source,
                key=delivery.key,
                message_id=UUID(delivery.message_id),
                state=state,
                response=heard.response if heard else None,
                fault=heard.fault if heard else None,
                code=outcome.code,
            ),
            work,
        )
        return work.after_commit

    def _call(self, delivery: Delivery, contract: str) -> Call | None:
        return call_of(delivery.payload, contract, self._binding, self._calls.by_tag)

    def _operation(self, delivery: Delivery, contract: str) -> str:
        call = self._call(delivery, contract)
        return call.operation.name if call else ""

    def _where(self, recipient: str, contract: str) -> Endpoint:
        """Ask the registry anew each time; raise _Refrained."""
        participant = self._prover.participants(recipient)
        if participant is None or participant.state not in OPEN_STATES[self._contour]:
            raise _Refrained("PARTICIPANT_NOT_ACTIVE", "Участник не допущен к этому контуру.")
        endpoint = self._endpoint(recipient, contract)
        if endpoint is None:
            raise _Refrained("NO_ENDPOINT", "В реестре нет адреса этого сервиса участника.")
        return endpoint

    def _exchanged(self, delivery: Delivery, endpoint: Endpoint, call: Call) -> Answer:
        """Send and read the answer; raise NoAnswer, _Refrained."""
        try:
            request = self._request(delivery, call)
            deadline = Deadline.after(self._net.seconds + request.length / SLOWEST_BYTES_A_SECOND)
            target = locate(endpoint.place, self._net.resolve, deadline)
            return exchange(
                target,
                request,
                self._net.contexts,
                deadline,
                most=MOST_REPLY_OCTETS,
                lines=self._net.lines,
            )
        except EndpointForbidden as refusal:
            raise _Refrained(refusal.code, refusal.text) from refusal
        except (AttachmentLost, AttachmentBroken) as lost:
            log.exception("letter %s: an attachment is gone", delivery.id)
            note = "Вложения сообщения нет в хранилище узла, или оно уже не то."
            raise _Refrained("ATTACHMENT_LOST", note, Verdict.LATER) from lost

    def _request(self, delivery: Delivery, call: Call) -> Request:
        headers = {"SOAPAction": f'"{self._binding.action(call)}"', "Accept": "text/xml"}
        envelope = delivery.payload
        references = binary.references(envelope)
        if not references:
            kind = {"Content-Type": "text/xml; charset=utf-8"}
            return Request("POST", {**kind, **headers}, envelope)
        parts = [
            attachments.find(self._database, each.sha256, each.content_id) for each in references
        ]
        package = mime.package(Version.SOAP11, envelope, parts)
        stream = Stream(package.length, package.pieces)
        return Request("POST", {"Content-Type": package.content_type, **headers}, stream)


def _seen(delivery: Delivery, recipient: str, contract: str, heard: Heard) -> Exchanged:
    answer = heard.answered
    return Exchanged(
        letter=delivery.letter,
        number=delivery.attempt,
        participant=recipient,
        service=contract,
        operation=heard.operation,
        url=heard.url,
        remote=answer.number if answer else None,
        http_status=answer.status if answer else None,
        certificate=heard.certificate,
        reply=answer.body if answer else None,
    )
