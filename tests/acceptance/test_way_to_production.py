"""From the upload of a certificate to production by commands and HTTP alone (issue 5, must show 4).

The hub is a process, the banks talk to it over HTTP; the operator's commands work on the same
databases. The short plan of the demo stands for the suites of the regulations (HUB_TRIALS); that a
good bank passes these themselves is shown on a moved clock in `test_connection.py`.
"""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import click
import pki
import pytest
from click.testing import CliRunner
from hub_process import HubProcess, hub_on
from hub_thread import PROVIDERS
from lxml import etree
from pypdf import PdfReader

from gateway import bootstrap
from gateway.bootstrap import Hub
from gateway.cli.case import case
from gateway.cli.certificate import certificate
from gateway.cli.document import document
from gateway.cli.participant import participant
from gateway.cli.proving import Bank, Proven, prove
from gateway.cli.trials import Trials, TrialsRefused
from gateway.conformance.sessions import NewSession
from gateway.documents import from_xml
from gateway.documents.forms.protocols import CaseVerdict, Outcome
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.settings import load
from gateway.security import cms
from gateway.security.certificates import CertificateReader
from gateway.security.own import load_signer
from gateway.security.trust import Role
from registry.certificates import Addresses, CertificateRegistrar
from registry.onboarding import cases, trials
from registry.onboarding.table import Doc
from registry.seed import ORGANIZER_INN

PREFIX = "urn://x-artefacts-citto-72"
DOCUMENTS = f"{PREFIX}/registry/documents/1.0"
CONTACT = "Образцова Анна Примеровна; +7 (3452) 00-00-01; it@example.org"
BANKS = {"BANK72005": "7200000057", "BANK72006": "7200000064"}
PASSED, FAILED = BANKS
SETTINGS = {
    "HUB_TRIALS": "demonstration",
    "HUB_SIGNATURES_PROD": "any",
    "HUB_REVOCATION_PROD": "soft",
    "HUB_SIGNATORY_NAME": "И.И. Примеров",
    "HUB_SIGNATORY_POSITION": "Директор",
    "HUB_SIGNATORY_BASIS": "Устава",
}


@dataclass
class Region:
    """The operator at the command line, and the keys of the banks."""

    process: HubProcess
    hub: Hub
    folder: Path
    root: pki.Authority
    until: datetime
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def run(self, command: click.Command, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(command, arguments, obj=self.hub, env={"COLUMNS": "200"})
        assert done.exit_code == code, (done.output, done.exception)
        return done.output

    def step(self, bank: str, name: str, *facts: str, code: int = 0) -> str:
        return self.run(case, "step", self.numbers[bank], name, *facts, code=code)

    def case_of(self, bank: str) -> cases.CaseView:
        with self.hub.registry.reading() as transaction:
            return cases.read(transaction, cases.find(transaction, self.numbers[bank]))

    def keys(self, bank: str, contour: Contour) -> tuple[Path, Path]:
        stem = f"{bank}-{contour.path}"
        return self.folder / f"{stem}.key", self.folder / f"{stem}.pem"

    def program(self, bank: str, contour: Contour = Contour.TEST, **manners: bool) -> Bank:
        login, password = self.logins[bank]
        return Bank(
            self.hub, bank, login, password, *self.keys(bank, contour), contour=contour, **manners
        )

    def production(self, bank: str) -> str | None:
        """The code of what production answers, None when it is open."""
        return self.program(bank, Contour.PROD).ping()

    def wait_for_production(self, bank: str) -> None:
        """Another process learns of a change of the registry within a second."""
        self.process.wait_until(lambda: self.production(bank) is None)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def region(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"way-{request.param}")
    since = datetime.now(UTC) - timedelta(days=1)
    until = since + timedelta(days=400)
    root = pki.Authority.root(since=since, until=until)
    own = root.issue("Узел", key=pki.rsa_key(), since=since, until=until)
    key, pem = folder / "own.key", folder / "own.pem"
    key.write_bytes(own.key_pem)
    pem.write_bytes(own.pem)
    with hub_on(request.param, folder, request.getfixturevalue) as process:
        for contour in Contour:
            process.environment[f"HUB_SIGNING_KEY_{contour.name}"] = str(key)
            process.environment[f"HUB_SIGNING_CERTIFICATE_{contour.name}"] = str(pem)
        process.environment.update(SETTINGS)
        hub = bootstrap.assemble(load(process.environment))
        registrar = CertificateRegistrar(
            hub.registry, hub.clock, "оператор", CertificateReader(PROVIDERS)
        )
        for contour in Contour:
            registrar.add_authority(contour, Role.ANCHOR, root.der, Addresses())
        process.start()
        made = Region(process, hub, folder, root, until)
        for code, inn in BANKS.items():
            enter(made, code, inn)
        yield made
        hub.close()


def enter(region: Region, code: str, inn: str) -> None:
    """Take a newcomer to where its trials begin: its keys are made here, its certificates sent."""
    region.run(
        participant, "add", code, "--name", "Выдуманный банк", "--kind", "bank", "--inn", inn
    )
    terms = ("--mode", "on_notify", "--days", "3", "--bank-name", "Банк", "--bik", "047199998")
    region.run(participant, "terms", code, *terms)
    opened = region.run(case, "open", code, "bank")
    region.numbers[code] = opened.partition(":")[0]
    region.step(code, "register_join", f"join_number={code}")
    for service in ("meals/bank-payment", "meals/payment-registry"):
        region.run(participant, "grant", code, service, "--contour", "test")
    region.run(
        participant, "bind", code, ORGANIZER_INN, "--contract", code, "--since", "2024-01-01"
    )
    told = region.run(participant, "credentials", code, "--contour", "test").split()
    region.logins[code] = (told[1], told[3])
    for contour in Contour:
        leaf = region.root.issue(
            "Банк",
            key=pki.rsa_key(),
            since=datetime.now(UTC) - timedelta(hours=1),
            until=region.until - timedelta(days=1),
        )
        key, pem = region.keys(code, contour)
        key.write_bytes(leaf.key_pem)
        pem.write_bytes(leaf.pem)
        region.run(certificate, "add", code, str(pem), "--contour", contour.path)
    region.step(code, "apply", f"responsible_contact={CONTACT}", f"technical_contact={CONTACT}")
    today = datetime.now(LOCAL).date()
    region.step(code, "plan", f"test_from={today}", f"test_until={today}")
    region.step(code, "choose_method", "method=ONLINE")
    region.step(code, "finish_development", "format_version=1.0")


def tried(region: Region, bank: str, **manners: bool) -> Proven:
    return prove(region.program(bank, **manners), region.case_of(bank).id, lambda _: None)


def test_a_bank_that_passes_its_plan_comes_into_production(region):
    today = datetime.now(LOCAL).date()
    assert region.production(PASSED) is not None
    assert "SUITE-90" in region.step(PASSED, "pass_tests", code=1)

    proven = tried(region, PASSED)
    assert proven.passed
    protocol_tells_the_session(region, proven)

    region.step(PASSED, "pass_tests")
    region.step(PASSED, "connect_network", "network_parameters=10.0.0.1:443")
    region.step(PASSED, "admit", "quota=1", f"admitted_until={today}", "masked=да")
    region.wait_for_production(PASSED)
    assert region.production(PASSED) == "ADMISSION_ENDED"
    region.step(PASSED, "pass_prod_tests", "prod_tests_passed=да")
    region.step(PASSED, "sign_protocol", code=1)
    sign(region, Doc.PROT_BANK)
    region.step(PASSED, "sign_protocol")
    region.step(PASSED, "draw_up_act", f"go_live_on={today}")
    region.step(PASSED, "sign_act", f"signed_on={today}", code=1)
    sign(region, Doc.ACT_BANK_TEST)
    assert region.production(PASSED) == "ADMISSION_ENDED"
    assert "IN_OPERATION" in region.step(PASSED, "sign_act", f"signed_on={today}")

    region.wait_for_production(PASSED)


def protocol_tells_the_session(region: Region, proven: Proven) -> None:
    bank = region.program(PASSED)
    xml, pdf = (file(bank, proven.protocol, one) for one in ("XML", "PDF"))
    form, _ = from_xml(xml)

    assert PdfReader(BytesIO(pdf)).attachments["PROT-BANK.xml"] == [xml]
    assert b"pdfaid:part>3" in pdf
    assert (form.session, form.outcome) == (proven.session, Outcome.PASSED)
    [section] = form.sections
    assert {row.verdict for row in section.cases} == {CaseVerdict.PASSED}
    assert form.plan.digest == region.hub.suites.plan("bank-demonstration").digest
    assert form.system.version == "показ 1.0"
    [frozen] = form.frozen
    with region.hub.databases[Contour.TEST].reading() as transaction:
        session = region.hub.sessions.find(transaction, UUID(proven.session))
        assert region.hub.sessions.finished(transaction, session).sha256 == frozen
    entries = {entry for row in section.cases for entry in row.evidence}
    assert entries == {record.message_id for record in form.messages}


def sign(region: Region, kind: Doc) -> None:
    """Both sides sign: the bank by SOAP what it has been given, the operator by a command."""
    bank = region.program(PASSED)
    document_id = region.case_of(PASSED).document(kind)
    signer = load_signer(*region.keys(PASSED, Contour.PROD), PROVIDERS)
    now = datetime.now(UTC)
    pdf = file(bank, document_id, "PDF")
    octets = cms.sign([pdf], signer.key, signer.certificate, signer.scheme, PROVIDERS, now)
    answer = bank.send(
        f'<RegisterSignatureRequest xmlns="{DOCUMENTS}"><documentId>{document_id}</documentId>'
        f"<party>{PASSED}</party><signedAt>{now.isoformat()}</signedAt>"
        f"<cms>{base64.b64encode(octets).decode()}</cms><signatory><name>А.П. Образцова</name>"
        "<position>Председатель правления</position><basis>Устава</basis></signatory>"
        "</RegisterSignatureRequest>".encode()
    )
    assert answer.findtext("{*}state") == "SIGNED_BY_ONE", etree.tostring(answer, encoding=str)
    assert "подписан" in region.run(document, "sign", str(document_id))


def file(bank: Bank, document_id: object, file_format: str) -> bytes:
    answer = bank.send(
        f'<GetDocumentRequest xmlns="{DOCUMENTS}"><documentId>{document_id}</documentId>'
        f"<format>{file_format}</format></GetDocumentRequest>".encode()
    )
    content = answer.findtext(".//{*}content")
    assert content is not None, etree.tostring(answer, encoding=str)
    return base64.b64decode(content)


def test_a_bank_that_fails_one_mandatory_case_stays_outside(region):
    proven = tried(region, FAILED, careless=True)

    assert not proven.passed
    form, _ = from_xml(file(region.program(FAILED), proven.protocol, "XML"))
    assert form.outcome is Outcome.FAILED
    assert "не рекомендовано" in form.conclusion
    assert [row.code for row in form.sections[0].cases if row.verdict is CaseVerdict.FAILED] == [
        "BD-04"
    ]
    assert {one.case_code for one in form.deviations} == {"BD-04"}
    assert "SUITE-90" in region.step(FAILED, "pass_tests", code=1)
    today = datetime.now(LOCAL).date()
    assert "draw_up_act" in region.step(FAILED, "draw_up_act", f"go_live_on={today}", code=1)
    assert region.case_of(FAILED).document(Doc.ACT_BANK_TEST) is None
    assert region.case_of(FAILED).state == "DEVELOPED"
    assert region.production(FAILED) is not None


@pytest.mark.parametrize("whose", ["nobody", "another"])
def test_a_session_is_not_begun_for_a_case_of_others(region, whose):
    login, password = region.logins[FAILED]
    case_id = (
        region.case_of(PASSED).id if whose == "another" else "0" * 8 + "-0000-4000-8000-" + "0" * 12
    )
    with pytest.raises(TrialsRefused, match="Дела о подключении"):
        Trials(region.hub.settings.base_url, login, password).start(
            {
                "sessionRequestId": "01990000-0000-7000-8000-000000000001",
                "caseId": str(case_id),
                "suiteCode": "SUITE-90",
                "contour": "TEST",
                "systemVersion": "1",
            }
        )


@pytest.mark.parametrize("rehearsal", [False, True])
def test_a_protocol_that_a_death_left_out_is_drawn_up_later(region, rehearsal):
    """A process that dies between the two transactions leaves a frozen session alone."""
    hub, contour = region.hub, region.hub.databases[Contour.TEST]
    new = NewSession(
        request_id=uuid4(),
        participant=FAILED,
        suite="SUITE-90",
        onboarding_case=region.case_of(FAILED).id,
        contour=Contour.TEST,
        endpoint_url=None,
        system_version="1",
        rehearsal=rehearsal,
    )
    with contour.writing() as transaction:
        session = hub.sessions.start(transaction, new, hub.clock())
        frozen = hub.sessions.finish(transaction, session, hub.clock(), force=True).sha256
    with hub.registry.reading() as transaction:
        assert trials.of_session(transaction, session.id) is None

    for _ in range(2):
        hub.closing(Contour.TEST).draw_up_missing(hub.clock())

    with hub.registry.reading() as transaction:
        trial = trials.of_session(transaction, session.id)
    if rehearsal:
        assert trial is None
        return
    assert (trial.frozen, trial.opens) == (frozen, False)
    login, password = region.logins[FAILED]
    told = Trials(hub.settings.base_url, login, password).finish(str(session.id))
    assert told.protocol_document_id == str(trial.document_id)
