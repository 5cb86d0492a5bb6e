"""What is published of the binding SMEV 2: its files, samples, a page for people (SVC-00-04)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lxml import etree
from markupsafe import Markup

from gateway.adapter import Adapter, Smev2
from gateway.contracts import narrative, publish, sample
from gateway.contracts.catalog import Contract
from gateway.contracts.publish import Published
from gateway.edge.highlight import highlight_xml
from gateway.kernel import xml
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.soap import smev2_build
from gateway.soap.smev2 import Message, MessageClass, MessageHeader, Status, System, TypeCode

_MOMENT = datetime(2026, 9, 1, 10, 30, tzinfo=LOCAL)
_ASKED = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f03"
_SENDER = System("PORT72001", "Портал (пример)")
_SYNCHRONOUS = frozenset({Status.REQUEST})

STATUSES: Mapping[Status, str] = {
    Status.REQUEST: "запрос",
    Status.CANCEL: "отзыв заявления",
    Status.PING: "запрос состояния",
    Status.RESULT: "результат или событие",
    Status.ACCEPT: "сообщение принято, результат будет позже",
    Status.PROCESS: "ещё в работе",
    Status.REJECT: "мотивированный отказ, повтор не поможет",
    Status.INVALID: "ошибки содержания: исправьте и отправьте снова",
    Status.FAILURE: "технический сбой: повторите то же сообщение позже",
}
"""Statuses of the binding in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """An operation as the table of the page has it."""

    name: str
    summary: str
    takes: str
    answers: str
    request: Markup
    response: Markup


@dataclass(frozen=True)
class SecondView:
    """A contract in the binding SMEV 2."""

    plain: Contract
    contract: Contract
    declared: Smev2
    hub: System
    called: Mapping[str, Status] | None = None
    """Statuses of what the hub sends to services of participants; None where it calls none."""

    @property
    def mnemonic(self) -> str:
        """Code of the hub's system, which every request names as Recipient."""
        return self.hub.code

    def address(self, base: str, contour: Contour) -> str:
        """Return where the binding is served."""
        return publish.address_of(base, contour, self.plain).replace("/ws/", "/smev2/", 1)

    @cached_property
    def operations(self) -> tuple[Line, ...]:
        """Every operation with its statuses and samples."""
        return tuple(
            Line(
                name=operation.name,
                summary=narrative.tell_operation(operation.documentation).summary,
                takes=", ".join(sorted(one.value for one in self._takes(operation.name))),
                answers=self._answers(operation.name),
                request=self._markup(f"{operation.name}Request"),
                response=self._markup(f"{operation.name}Response"),
            )
            for operation in self.contract.operations
        )

    @cached_property
    def samples(self) -> Mapping[str, bytes]:
        """Envelopes of requests and answers by name."""
        plain = sample.samples(self.plain)
        return dict(self._wrapped(plain))

    def published(self, query: Mapping[str, str], address: str) -> Published | None:
        """Return the file that a query asks for; None for the page. Raise NotFound."""
        if "wsdl" in query:
            return publish.wsdl(self.contract, address)
        if "xsd" in query:
            return publish.schema(self.contract, query["xsd"].removesuffix(".xsd"), address)
        if "zip" in query:
            return self.bundle
        if "sha256" in query:
            return publish.checksum(self.bundle)
        if "sample" in query:
            name = query["sample"].removesuffix(".xml")
            if name not in self.samples:
                raise NotFound("У привязки нет такого примера.")
            return Published(f"{name}.xml", publish.XML, self.samples[name])
        return None

    @cached_property
    def bundle(self) -> Published:
        """The binding's WSDL with all its schemas and samples as one zip."""
        files = dict(self.contract.documents)
        files |= {f"samples/{name}.xml": data for name, data in self.samples.items()}
        return publish.zipped(f"{self.plain.name.replace('/', '-')}-smev2", files)

    def _takes(self, name: str) -> frozenset[Status]:
        taken = self.declared.takes.get(name, _SYNCHRONOUS)
        poll = self.declared.poll
        is_polled = poll is not None and name in poll.origins | {poll.operation}
        return taken | {Status.PING} if is_polled else taken

    def _answers(self, name: str) -> str:
        told = self.declared.answers.get(name, Status.RESULT)
        words = told.value if isinstance(told, Status) else "ACCEPT или REJECT"
        poll = self.declared.poll
        if poll is not None and name in poll.origins | {poll.operation}:
            words += "; на PING: PROCESS, RESULT или REJECT"
        return words

    def _wrapped(self, plain: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        # Of a template the hub is the consumer, and its own header of SMEV goes with the request.
        is_ours = self.plain.is_template
        asking, answering = (self.hub, _SENDER) if is_ours else (_SENDER, self.hub)
        for operation in self.contract.operations:
            asked = f"{operation.name}Request"
            status = min(self.declared.takes.get(operation.name, _SYNCHRONOUS), key=_order)
            message = self._message(asking, answering, status, None)
            header = self._header(MessageClass.REQUEST) if is_ours else None
            yield asked, _envelope(operation.request, message, plain[asked], header)
            answered = f"{operation.name}Response"
            told = self.declared.answers.get(operation.name, Status.RESULT)
            status = told if isinstance(told, Status) else Status.ACCEPT
            message = self._message(answering, asking, status, _ASKED)
            header = None if is_ours else self._header(MessageClass.RESPONSE)
            yield answered, _envelope(operation.response, message, plain[answered], header)

    def _header(self, class_: MessageClass) -> MessageHeader:
        return MessageHeader(self.hub.code, _ASKED, _MOMENT, class_)

    @staticmethod
    def _message(sender: System, recipient: System, status: Status, asked: str | None) -> Message:
        return Message(
            sender=sender,
            recipient=recipient,
            type_code=TypeCode.STATE_SERVICE,
            status=status,
            date=_MOMENT,
            exchange_type="2",
            request_id=asked,
            origin_request_id=asked,
        )

    def _markup(self, name: str) -> Markup:
        return highlight_xml(self.samples[name].decode().partition("?>\n")[2])


def views(
    contracts: Iterable[Contract], adapters: Collection[Adapter], hub: System
) -> dict[str, SecondView]:
    """Return the contracts that have the binding, by name: served by the hub or called by it."""
    served = {
        service.contract: service.smev2
        for adapter in adapters
        for service in adapter.services
        if service.smev2 is not None
    }
    called = {each.contract: each.statuses for adapter in adapters for each in adapter.outward}
    return {
        contract.name: SecondView(
            contract,
            contract.smev2,
            served.get(contract.name) or _expected(called[contract.name]),
            hub,
            called.get(contract.name),
        )
        for contract in contracts
        if contract.smev2 is not None and contract.name in served.keys() | called.keys()
    }


def _expected(statuses: Mapping[str, Status]) -> Smev2:
    """Return how a service of participants speaks: what is told of it is accepted."""
    return Smev2(
        takes={name: frozenset({status}) for name, status in statuses.items()},
        answers=dict.fromkeys(statuses, Status.ACCEPT),
    )


def _order(status: Status) -> tuple[bool, str]:
    """Show what is told of this binding rather than a plain request."""
    return status is Status.REQUEST, status.value


def _envelope(tag: str, message: Message, plain: bytes, header: MessageHeader | None) -> bytes:
    """Put the payload of a plain sample into a wrapper, laid out for people."""
    payload = etree.fromstring(plain, xml.parser()).find("{*}Body")
    content = b"" if payload is None else etree.tostring(payload[0], with_tail=False)
    octets = smev2_build.envelope(smev2_build.wrap(tag, message, content), header)
    root = etree.fromstring(octets, xml.parser())
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
