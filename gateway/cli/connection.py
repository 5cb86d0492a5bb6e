"""How the demo bank is connected: its case from the application to the act that both have signed.

The bank applies, reads and signs by SOAP; the operator's steps are those of `hub case`. Trials are
told as facts, nobody carries them out here. The act is not entered into the case: it is signed by
test certificates, and production is opened by nothing but an act.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import zeep.exceptions

from gateway.bootstrap import Hub
from gateway.cli.story import BankProgram, Cast, Say, StoryBroken
from gateway.documents import FileFormat
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from gateway.security import cms
from gateway.security.own import load_signer
from registry import contacts
from registry.contacts import Contact, ContactRole
from registry.documents import shelf
from registry.documents.desk import COVERED
from registry.documents.values import Cms, Document, Signatory, Signature
from registry.onboarding import cases, terms
from registry.onboarding.desk import Actor, StepData
from registry.onboarding.table import CaseKind, Doc, Who
from registry.seed import ACTOR

FOLDER = "documents"
"""Where in the hub's home the files are left."""
SIGNATORY = {
    "signatory_name": "И.И. Выдуманный",
    "signatory_position": "Директор",
    "signatory_basis": "Устава",
}
"""Who signs for the operator of a demo, by the names of the settings."""

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


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of the two documents by their formats."""

    act: Mapping[str, Path]
    protocol: Mapping[str, Path]


def play(hub: Hub, cast: Cast, say: Say) -> Papers:
    """Play the connection from wherever the bank's case stands; raise StoryBroken."""
    stage = Stage(hub, cast, say)
    say("Как этот банк подключается: дело, испытания, протокол и акт.")
    try:
        stage.apply_and_plan()
        stage.try_out()
        stage.sign(Doc.PROT_BANK)
        stage.draw_up_the_act()
        stage.sign(Doc.ACT_BANK_TEST)
    except GatewayError as refusal:
        raise StoryBroken(f"{refusal.text} {refusal.action}") from refusal
    except zeep.exceptions.Fault as fault:
        raise StoryBroken(fault.message) from fault
    papers = Papers(stage.export(Doc.ACT_BANK_TEST), stage.export(Doc.PROT_BANK))
    say(f"  Файлы: {hub.settings.home / FOLDER}")
    say("  В дело этот акт не внесён: он подписан тестовыми сертификатами, а продуктивный контур")
    say(
        "  открывает только настоящий акт. Доверие тестовым подписям даёт HUB_DOCUMENTS_TRUST=test."
    )
    return papers


class Stage:
    """The bank's case and who acts in it."""

    def __init__(self, hub: Hub, cast: Cast, say: Say) -> None:
        """Find the case and read the WSDLs."""
        self._hub, self._cast, self._say = hub, cast, say
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
            self._say(f"  План подключения составлен: {self._document(Doc.PLAN_CONN).number}")
        if self.case.state == "PLANNED":
            self._apply(caseId=str(self.case.id))
            self._say(f"  Банк выбрал сервис онлайн-платежей: {self.case.state}")

    def try_out(self) -> None:
        """Tell what trials came to, as the operator enters it."""
        told: list[tuple[str, str, dict[str, object]]] = [
            ("METHOD_CHOSEN", "finish_development", {"format_version": "1.0"}),
            (
                "DEVELOPED",
                "pass_tests",
                {"tests_passed": True, "registry_return_tested": True, "session": "ДЕМО-1"},
            ),
            ("TEST_CONTOUR", "connect_network", {"network_parameters": "вымышлены"}),
            ("NETWORK_READY", "admit", {"quota": 1, "admitted_until": self._today, "masked": True}),
            ("NETWORK_READY", "pass_prod_tests", {"prod_tests_passed": True, "session": "ДЕМО-2"}),
        ]
        entered = False
        for state, step, facts in told:
            if self.case.state == state:
                self._step(step, **facts)
                entered = True
        if entered:
            self._say("  Испытания здесь не проводятся: их итог оператор внёс сведениями дела")

    def draw_up_the_act(self) -> None:
        """Enter the signed protocol, draw the act up unless it is there."""
        if self.case.state == "PROD_CONTOUR":
            self._step("sign_protocol")
        if self.case.document(Doc.ACT_BANK_TEST) is None:
            self._step("draw_up_act", go_live_on=self._today + _TRIAL)

    def sign(self, doc: Doc) -> None:
        """Let both sides sign: the bank by SOAP what it has read by SOAP."""
        document = self._document(doc)
        ways: Mapping[str, Callable[[Document], object]] = {
            self._cast.sender: self._sign_as_the_bank,
            self._hub.settings.code: self._sign_as_the_operator,
        }
        for party in document.awaited:
            ways[party](document)
        signed = self._document(doc)
        if not signed.is_signed:
            raise StoryBroken(f"{signed.number}: {signed.state.value}")
        self._say(f"  {signed.doc_type.title} {signed.number}: подписан обеими сторонами")

    def export(self, doc: Doc) -> Mapping[str, Path]:
        """Leave the files of a document in the hub's home."""
        document = self._document(doc)
        folder = self._hub.settings.home / FOLDER
        folder.mkdir(exist_ok=True)
        written = {}
        with self._hub.registry.reading() as transaction:
            for one in FileFormat:
                path = folder / f"{document.number}.{one.value}"
                file = self._hub.documents.file(transaction, document.document_id, one)
                path.write_bytes(file.octets)
                written[one.value] = path
        return written

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
        signer = load_signer(self._cast.key_file, self._cast.certificate_file, providers)
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

    def _document(self, doc: Doc) -> Document:
        document_id = self.case.document(doc)
        if document_id is None:
            raise StoryBroken(f"в деле {self.case.number} нет документа {doc.value}")
        with self._hub.registry.reading() as transaction:
            return shelf.find(transaction, document_id)

    def _look(self) -> None:
        with self._hub.registry.reading() as transaction:
            self.case = cases.read(transaction, self.case.id)
