"""How the demo banks are connected: one comes to its act and into production, one does not.

The bank applies, reads and signs by SOAP, its trials are judged by the judge from the journal; the
operator's steps are those of `hub case`. What opens production is the act that both have signed.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import zeep.exceptions

from gateway.bootstrap import Hub
from gateway.cli import proving
from gateway.cli.demo_home import KeyFiles
from gateway.cli.program import Say, StoryBroken
from gateway.cli.proving import Bank, Proven
from gateway.cli.story import BankProgram, Cast
from gateway.cli.trials import TrialsRefused
from gateway.documents import FileFormat
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.security import cms
from gateway.security.own import load_signer
from registry import contacts
from registry.contacts import Contact, ContactRole
from registry.documents import shelf
from registry.documents.desk import COVERED
from registry.documents.values import Cms, Document, Signatory, Signature
from registry.onboarding import cases, terms, trials
from registry.onboarding.desk import Actor, StepData
from registry.onboarding.table import CaseKind, Doc, Who
from registry.seed import ACTOR

FOLDER = "documents"
"""Where in the hub's home the files are left."""

_TRIAL = timedelta(days=14)
_BANKER = Contact(
    ContactRole.SIGNATORY,
    "Примерова Анна Петровна",
    "+7 (3452) 00-00-01",
    "bank@example.org",
    "Председатель правления",
)
_ENGINEER = {
    "fullName": "Примеров Пётр Иванович",
    "phone": "+7 (3452) 00-00-02",
    "email": "it@example.org",
}
Files = Mapping[str, Path]
"""The files of a document by their formats."""


@dataclass(frozen=True, slots=True)
class Connected:
    """What the connection of the good bank has left."""

    session: str
    session_protocol: Files
    protocol: Files
    act: Files


@dataclass(frozen=True, slots=True)
class Refused:
    """What the trials of the careless bank have left."""

    session: str
    session_protocol: Files


def connect(hub: Hub, cast: Cast, production: KeyFiles, say: Say) -> Connected:
    """Take a good bank from wherever its case stands into production; raise StoryBroken."""
    with _told():
        stage = Stage(hub, cast, production, say)
        say("Как этот банк подключается: дело, испытания, протокол, акт, продуктивный контур.")
        stage.apply_and_plan()
        proven = stage.prove(careless=False)
        stage.try_in_production()
        stage.sign(Doc.PROT_BANK)
        stage.draw_up_the_act()
        stage.sign(Doc.ACT_BANK_TEST)
        stage.open_production()
        return Connected(
            proven.session,
            stage.export(proven.protocol),
            stage.export(stage.document(Doc.PROT_BANK).document_id),
            stage.export(stage.document(Doc.ACT_BANK_TEST).document_id),
        )


def refuse(hub: Hub, cast: Cast, production: KeyFiles, say: Say) -> Refused:
    """Show what becomes of a bank that fails one mandatory case; raise StoryBroken."""
    with _told():
        stage = Stage(hub, cast, production, say)
        say("А этот банк складывает рубли дробями с плавающей точкой.")
        stage.apply_and_plan()
        proven = stage.prove(careless=True)
        stage.stays_outside()
        return Refused(proven.session, stage.export(proven.protocol))


@contextmanager
def _told() -> Iterator[None]:
    """Let the story break with what the hub has said."""
    try:
        yield
    except GatewayError as refusal:
        raise StoryBroken(f"{refusal.text} {refusal.action}") from refusal
    except zeep.exceptions.Fault as fault:
        raise StoryBroken(fault.message) from fault
    except TrialsRefused as refusal:
        raise StoryBroken(str(refusal)) from refusal


class Stage:
    """The bank's case and who acts in it."""

    def __init__(self, hub: Hub, cast: Cast, production: KeyFiles, say: Say) -> None:
        """Find the case and read the WSDLs; `production` is what the bank signs there with."""
        self._hub, self._cast, self._say = hub, cast, say
        self._production = production
        self._bank = BankProgram(cast, hub.clock)
        self._documents = self._bank.client("registry/documents")
        with hub.registry.reading() as transaction:
            self.case = cases.listed(transaction, CaseKind.BANK, cast.sender)[-1]
        with hub.registry.writing() as transaction:
            contacts.name(transaction, cast.sender, _BANKER, hub.clock(), ACTOR)

    @property
    def _today(self) -> date:
        return self._hub.clock().astimezone(LOCAL).date()

    def apply_and_plan(self) -> None:
        """Let the bank apply, plan its trial, let it choose how it takes money."""
        if self.case.state == "JOINED":
            self._apply()
            due = "" if self.case.due_at is None else f", ответ до {terms.told(self.case.due_at)}"
            self._say(f"  Заявка банка: дело {self.case.number}, {self.case.state}{due}")
        if self.case.state == "APPLIED":
            until = self._today + _TRIAL
            self._step("plan", test_from=self._today, test_until=until)
            self._say(f"  План подключения составлен: {self.document(Doc.PLAN_CONN).number}")
        if self.case.state == "PLANNED":
            self._apply(caseId=str(self.case.id))
            self._say(f"  Банк выбрал сервис онлайн-платежей: {self.case.state}")

    def prove(self, *, careless: bool) -> Proven:
        """Let the bank be tried, unless it was; enter its tests if they have opened the gate."""
        if self.case.state == "METHOD_CHOSEN":
            self._step("finish_development", format_version="1.0")
        known = self._last_trial()
        if known is not None:
            return known
        self._say("  Банк испытывает себя сам, вердикт выносит судья по журналу узла:")
        proven = proving.prove(self._program(careless=careless), self.case.id, self._say)
        if proven.passed is careless:
            raise StoryBroken("испытания кончились не так, как рассказывает история")
        self._say(f"  Протокол сеанса: {self._found(proven.protocol).number}, PDF/A-3 с XML внутри")
        return proven

    def try_in_production(self) -> None:
        """Enter the tests, let the bank into production for one message, then out again."""
        if self.case.state == "DEVELOPED":
            self._step("pass_tests")
            self._say(f"  Испытания внесены в дело по сеансу: {self.case.state}")
        if self.case.state == "TEST_CONTOUR":
            self._step("connect_network", network_parameters="вымышлены")
        if self.case.state == "NETWORK_READY":
            self._expect_production(closed=True)
            self._step("admit", quota=1, admitted_until=self._today, masked=True)
            self._expect_production(closed=False)
            self._expect_production(closed=True)
            self._say(
                "  Ограниченный допуск: один запрос в продуктивном контуре принят, второй нет"
            )
            self._step("pass_prod_tests", prod_tests_passed=True)

    def draw_up_the_act(self) -> None:
        """Enter the signed protocol, draw the act up unless it is there."""
        if self.case.state == "PROD_CONTOUR":
            self._step("sign_protocol")
        if self.case.document(Doc.ACT_BANK_TEST) is None:
            self._step("draw_up_act", go_live_on=self._today)

    def open_production(self) -> None:
        """Enter the signed act: it opens production on its day, and nothing else does."""
        if self.case.state == "PROTOCOL_SIGNED":
            self._expect_production(closed=True)
            self._step("sign_act", signed_on=self._today)
        if self.case.state != "IN_OPERATION":
            raise StoryBroken(f"банк не введён в эксплуатацию: {self.case.state}")
        self._expect_production(closed=False)
        self._say("  Акт внесён: продуктивный контур открыт, запрос банка там принят")

    def stays_outside(self) -> None:
        """Try to go on without trials that were passed: every door is closed."""
        for step, facts in (("pass_tests", {}), ("draw_up_act", {"go_live_on": self._today})):
            try:
                self._step(step, **facts)
            except GatewayError as refusal:
                self._say(f"  Шаг {step}: отказ {refusal.code}: {refusal.text}")
            else:
                raise StoryBroken(f"шаг {step} удался без пройденных испытаний")
        self._expect_production(closed=True)
        self._say("  Акта нет, продуктивный контур закрыт")

    def sign(self, doc: Doc) -> None:
        """Let both sides sign: the bank by SOAP what it has read by SOAP."""
        document = self.document(doc)
        ways: Mapping[str, Callable[[Document], object]] = {
            self._cast.sender: self._sign_as_the_bank,
            self._hub.settings.code: self._sign_as_the_operator,
        }
        for party in document.awaited:
            ways[party](document)
        signed = self.document(doc)
        if not signed.is_signed:
            raise StoryBroken(f"{signed.number}: {signed.state.value}")
        self._say(f"  {signed.doc_type.title} {signed.number}: подписан обеими сторонами")

    def export(self, document_id: uuid.UUID) -> Files:
        """Leave the files of a document in the hub's home."""
        document = self._found(document_id)
        folder = self._hub.settings.home / FOLDER
        folder.mkdir(exist_ok=True)
        written = {}
        with self._hub.registry.reading() as transaction:
            for one in FileFormat:
                path = folder / f"{document.number}.{one.value}"
                file = self._hub.documents.file(transaction, document_id, one)
                path.write_bytes(file.octets)
                written[one.value] = path
        return written

    def document(self, doc: Doc) -> Document:
        """Return the latest document of a kind in the case."""
        document_id = self.case.document(doc)
        if document_id is None:
            raise StoryBroken(f"в деле {self.case.number} нет документа {doc.value}")
        return self._found(document_id)

    def _apply(self, **more: str) -> None:
        self._bank.call(
            self._bank.client("registry/onboarding"),
            "SubmitConnectionRequest",
            requestId=str(uuid.uuid4()),
            kind="BANK",
            method="ONLINE",
            technicalContact=_ENGINEER,
            responsibleContact=_ENGINEER,
            letter={"number": "ДЕМО-17", "date": self._today},
            **more,
        )
        self._look()

    def _step(self, name: str, **facts: object) -> None:
        hub, actor = self._hub, Actor(ACTOR, Who.OPERATOR)
        with hub.registry.writing() as transaction:
            hub.desk.advance(transaction, self.case.id, name, StepData(facts), hub.clock(), actor)
        self._look()

    def _sign_as_the_bank(self, document: Document) -> None:
        providers, now = self._hub.providers, self._hub.clock()
        signer = load_signer(*self._production, providers)
        named = {"documentId": str(document.document_id)}
        given = self._bank.call(self._documents, "GetDocument", **named, format="PDF")
        self._bank.call(
            self._documents,
            "RegisterSignature",
            **named,
            party=self._cast.sender,
            signedAt=now.astimezone(LOCAL),
            cms=cms.sign(
                [given.file.content], signer.key, signer.certificate, signer.scheme, providers, now
            ),
            signatory={
                "name": _BANKER.full_name,
                "position": _BANKER.position,
                "basis": "Устава",
            },
        )

    def _sign_as_the_operator(self, document: Document) -> None:
        hub = self._hub
        own = hub.own_signature(hub.documents_contour)
        if own is None:
            raise StoryBroken("ключа узла для подписи документов нет")
        settings = hub.settings
        who = Signatory(
            settings.signatory_name, settings.signatory_position, settings.signatory_basis
        )
        with hub.registry.writing() as transaction:
            file = partial(hub.documents.file, transaction, document.document_id)
            given = Cms(tuple(own.sign_file(file(one).octets) for one in COVERED))
            now = hub.clock()
            hub.documents.register_signature(
                transaction,
                document.document_id,
                settings.code,
                Signature(given, who, now),
                now,
                ACTOR,
            )

    def _found(self, document_id: uuid.UUID) -> Document:
        with self._hub.registry.reading() as transaction:
            return shelf.find(transaction, document_id)

    def _last_trial(self) -> Proven | None:
        """Return the session that an earlier demo has finished for the case."""
        with self._hub.registry.reading() as transaction:
            found = trials.of_case(transaction, self.case.id)
        if not found or found[-1].document_id is None:
            return None
        return Proven(str(found[-1].session), found[-1].opens, found[-1].document_id)

    def _program(self, contour: Contour = Contour.TEST, *, careless: bool = False) -> Bank:
        cast = self._cast
        files = (cast.key_file, cast.certificate_file)
        key, certificate = files if contour is Contour.TEST else self._production
        return Bank(
            self._hub,
            cast.sender,
            cast.login,
            cast.password,
            key,
            certificate,
            careless=careless,
            contour=contour,
        )

    def _expect_production(self, *, closed: bool) -> None:
        self._hub.directory.invalidate()
        code = self._program(Contour.PROD).ping()
        if (code is not None) is not closed:
            raise StoryBroken(f"продуктивный контур ответил иначе: {code}")

    def _look(self) -> None:
        with self._hub.registry.reading() as transaction:
            self.case = cases.read(transaction, self.case.id)
