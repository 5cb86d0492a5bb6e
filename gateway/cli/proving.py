"""How a bank of the demo proves itself: its program does what the plan says, the judge decides.

The session goes by REST, as a newcomer's own pipeline would lead it; the messages that are judged
go by SOAP, signed, to the test contour. Nothing here knows a verdict before the hub tells it.
"""

import time
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import requests
from lxml import etree

from gateway.bootstrap import Hub
from gateway.cli import conform_words as words
from gateway.cli.program import HUB, PATIENCE_SECONDS, Say, StoryBroken
from gateway.cli.trials import Trials
from gateway.conformance.service import messages
from gateway.conformance.service.messages import Verdict
from gateway.kernel import xml
from gateway.kernel.message import Contour
from gateway.security import wsse
from gateway.security.own import load_signer

PLAN = "bank-demonstration"
SYSTEM_VERSION = "показ 1.0"

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_PREFIX = "urn://x-artefacts-citto-72/"
_PING = f'<PingRequest xmlns="{_PREFIX}meals/bank-payment/1.0"/>'.encode()
_KOPECKS = 100


@dataclass(frozen=True)
class Bank:
    """A bank's program: how it calls, and how it adds up."""

    hub: Hub
    code: str
    login: str
    password: str
    key_file: Path
    certificate_file: Path
    """Of the contour that it calls."""
    careless: bool = False
    """Whether its accounting adds up roubles in binary and cuts off what is less than a kopeck."""
    contour: Contour = Contour.TEST
    sent: dict[str, bytes] = field(default_factory=dict)
    """What it has sent in each case."""

    def ping(self) -> str | None:
        """Ask whether the contour lets it in; return the code of the refusal."""
        return self.send(_PING).findtext(f".//{{{HUB}}}code")

    def do(self, case: str, prepared: bytes | None) -> None:
        """Do what a case of the plan asks for, with its prepared file."""
        payload = self.sent["BD-02"] if prepared is None else prepared
        if self.careless and case == "BD-04":
            payload = _added_up_in_binary(payload)
        self.sent[case] = payload
        self.send(payload)

    def send(self, payload: bytes) -> etree._Element:
        """Sign and send; return what the Body of the reply holds, fault or not."""
        hub, root = self.hub, etree.fromstring(payload, xml.parser())
        service = str(etree.QName(root).namespace).removeprefix(_PREFIX)
        signer = load_signer(self.key_file, self.certificate_file, hub.providers)
        answer = requests.post(
            f"{hub.settings.base_url}/{self.contour.path}/ws/{service}",
            data=wsse.sign(self._envelope(root), signer, hub.providers, uuid.uuid4, hub.clock()),
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=60,
        )
        body = etree.fromstring(answer.content, xml.parser()).find(f"{{{_SOAP}}}Body")
        if body is None or not len(body):
            raise StoryBroken(f"ответ узла без содержимого, HTTP {answer.status_code}")
        return body[0]

    def _envelope(self, payload: etree._Element) -> bytes:
        envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"soap": _SOAP, "hub": HUB})
        head = etree.SubElement(envelope, f"{{{_SOAP}}}Header")
        header = etree.SubElement(head, f"{{{HUB}}}MessageHeader")
        for name, text in (
            ("messageId", str(uuid.uuid4())),
            ("sender", self.code),
            ("timestamp", self.hub.clock().isoformat(timespec="milliseconds")),
            ("contour", self.contour.value),
            ("formatVersion", "1.0"),
        ):
            etree.SubElement(header, f"{{{HUB}}}{name}").text = text
        etree.SubElement(envelope, f"{{{_SOAP}}}Body").append(payload)
        return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


@dataclass(frozen=True, slots=True)
class Proven:
    """A finished session."""

    session: str
    passed: bool
    protocol: UUID
    """The document that tells it."""


def prove(bank: Bank, case_id: UUID, say: Say) -> Proven:
    """Lead a bank through the plan for its case; raise StoryBroken, TrialsRefused."""
    trials = Trials(bank.hub.settings.base_url, bank.login, bank.password)
    session = trials.start(
        {
            "sessionRequestId": str(uuid.uuid4()),
            "caseId": str(case_id),
            "suiteCode": PLAN,
            "contour": Contour.TEST.value,
            "systemVersion": SYSTEM_VERSION,
        }
    ).session_id
    state = trials.session(session)
    say(f"  План {state.plan} {state.plan_version}, SHA-256 {state.digest}")
    say(f"  Сеанс {session}")
    bank.ping()
    say(f"  Предварительные проверки пройдены: {', '.join(_checked(bank.hub, UUID(session)))}")
    for line in state.result:
        _run(trials, session, line, bank)
    _tell(_decided(trials, session), say)
    finished = trials.finish(session)
    _expect(finished.protocol_document_id is not None, "протокол сеанса не составлен")
    again = trials.session(session)
    _expect(
        again.protocol_document_id == finished.protocol_document_id, "сеанс не называет протокола"
    )
    passed = finished.state is messages.SessionState.PASSED and not finished.obstacle
    say(f"  Сеанс завершён: {'пройден' if passed else 'НЕ ПРОЙДЕН'}")
    for reason in finished.obstacle:
        say(f"    {reason}")
    return Proven(session, passed, UUID(finished.protocol_document_id))


def _checked(hub: Hub, session: UUID) -> list[str]:
    """Let the stand look at the setting until all is green; the ping may be on its way yet."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        checks = hub.stand.preflight(Contour.TEST, session)
        red = [f"{check.name}: {check.seen}" for check in checks if not check.is_green]
        if not red:
            return [check.name for check in checks]
        _expect(time.monotonic() < deadline, f"предварительные проверки: {'; '.join(red)}")
        time.sleep(0.3)


def _run(trials: Trials, session: str, line: messages.ResultType, bank: Bank) -> None:
    """Begin an attempt and do what it asks for."""
    begun = trials.begin(session, line)
    files = [step.step_id for step in begun.step if step.attachment is not None]
    prepared = trials.attachment(session, begun, files[0]) if files else None
    bank.do(line.case_code, prepared)


def _decided(trials: Trials, session: str) -> messages.GetSessionResponse:
    """Watch until every line is decided."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        state = trials.session(session)
        waiting = [line for line in state.result if line.verdict is Verdict.WAIT]
        if not waiting:
            return state
        _expect(time.monotonic() < deadline, f"не решено: {words.name(waiting[0])}")
        time.sleep(0.3)


def _tell(state: messages.GetSessionResponse, say: Say) -> None:
    for line in state.result:
        say(f"    {words.name(line)} {line.title}: {words.VERDICTS[line.verdict]}")
        wrong = [
            check for step in line.step for check in step.check if check.verdict is Verdict.FAIL
        ]
        for check in wrong:
            say(f"      ожидалось {check.expected}; получено {check.received}")
            say(f"      {check.document}, строка {check.line}. {check.hint or ''}".rstrip())


def _added_up_in_binary(payload: bytes) -> bytes:
    root = etree.fromstring(payload, xml.parser())
    total = 0.0
    for amount in root.iterfind("{*}line/{*}amount"):
        total += float(amount.text or "0")
    declared = root.find("{*}totalAmount")
    if declared is None:
        raise StoryBroken("в реестре нет суммы")
    declared.text = str(Decimal(int(total * _KOPECKS)) / _KOPECKS)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _expect(condition: object, otherwise: str) -> None:
    if not condition:
        raise StoryBroken(otherwise)
