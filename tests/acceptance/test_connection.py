"""A bank's way from its statement to operation, by SOAP calls and commands alone.

The clock is moved: over the day of unity, over New Year, over a working Saturday. Documents are
signed for real on both sides. The bank passes its suites: every message is sent over HTTP.
"""

import base64
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pki
import pytest
from hub_process import hub_on
from hub_thread import PROVIDERS, Console, Program, serving
from lxml import etree
from moved import Passing

from gateway import bootstrap
from gateway.cli.case import case
from gateway.cli.document import document
from gateway.cli.job import job
from gateway.cli.participant import participant
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.settings import load
from gateway.security import cms
from gateway.security.certificates import CertificateReader
from gateway.security.path import Purpose
from gateway.security.signing import read_signer
from gateway.security.trust import Role
from registry.certificates import Addresses, CertificateRegistrar
from registry.participants import Registrar
from registry.seed import ORGANIZER_INN

BANK = "BANK72005"
PREFIX = "urn://x-artefacts-citto-72"
ONBOARDING, DOCUMENTS, FORMATS = "registry/onboarding", "registry/documents", "registry/formats"
PAYMENTS, TRIALS = "meals/bank-payment", "test/conformance"
ILLEGAL = "ILLEGAL_TRANSITION"
CONTACT = (
    "<c:fullName>Образцова Анна Примеровна</c:fullName><c:phone>+7 (3452) 00-00-01</c:phone>"
    "<c:email>it@example.org</c:email>"
)


@dataclass(frozen=True)
class Year:
    """When the bank takes its way, and what the calendar has to make of it."""

    applied: datetime
    due: datetime
    answered: datetime
    due_again: datetime
    live: datetime


def local(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=LOCAL)


HOLIDAYS = Year(
    applied=local(2026, 10, 30, 10),  # 2, 3, 5, 6, 9 November: the 4th is a holiday
    due=local(2026, 11, 10),
    answered=local(2026, 12, 29, 10),  # 30 December, then 11 to 14 January
    due_again=local(2027, 1, 15),
    live=local(2027, 2, 15),
)
WORKING_SATURDAY = Year(
    applied=local(2024, 4, 26, 10),  # Saturday 27 April works; 29 April to 1 May does not
    due=local(2024, 5, 8),
    answered=local(2024, 6, 10, 10),  # 11, 13, 14, 17, 18 June
    due_again=local(2024, 6, 19),
    live=local(2024, 7, 15),
)


@dataclass
class World:
    """The bank, the operator, and the clock over both."""

    bank: Program
    console: Console
    clock: object
    passing: Passing
    number: str = ""
    case_id: str = ""

    def step(self, name: str, *facts: str, code: int = 0) -> str:
        return self.console.run(case, "step", self.number, name, *facts, code=code)

    def documents(self) -> dict[str, etree._Element]:
        """The bank's latest document of each kind; they are listed the latest first."""
        listed = self.bank.ask(DOCUMENTS, element(DOCUMENTS, "ListDocumentsRequest"))
        found = reversed(listed.findall("{*}document"))
        return {one.findtext("{*}type"): one for one in found}

    def file(self, document_id: str, file_format: str) -> bytes:
        content = f"<documentId>{document_id}</documentId><format>{file_format}</format>"
        answer = self.bank.ask(DOCUMENTS, element(DOCUMENTS, "GetDocumentRequest", content))
        return base64.b64decode(answer.findtext(".//{*}content"))

    def production(self) -> str | None:
        """The code of what production answers, None when it is open."""
        return self.bank.refused(PAYMENTS, element(PAYMENTS, "PingRequest"), "PROD")


def element(service: str, name: str, content: str = "") -> str:
    common = f'xmlns:c="{PREFIX}/common/1.0"'
    return f'<{name} xmlns="{PREFIX}/{service}/1.0" {common}>{content}</{name}>'


@pytest.fixture(
    params=[
        pytest.param(("postgresql", HOLIDAYS), marks=pytest.mark.postgres, id="holidays"),
        pytest.param(("sqlite", WORKING_SATURDAY), id="working-saturday"),
    ]
)
def year_and_world(request, tmp_path, clock, monkeypatch):
    engine, year = request.param
    clock.now = year.applied.astimezone(UTC) - timedelta(days=1)
    since, until = clock.now - timedelta(days=30), clock.now + timedelta(days=400)
    root = pki.Authority.root(since=since, until=until)
    own = root.issue("Узел", key=pki.rsa_key(), since=since, until=until)
    leaves = {
        contour.name: root.issue("Банк", key=pki.rsa_key(), since=since, until=until)
        for contour in Contour
    }
    with hub_on(engine, tmp_path, request.getfixturevalue) as process:
        key, certificate = tmp_path / "own.key", tmp_path / "own.pem"
        key.write_bytes(own.key_pem)
        certificate.write_bytes(own.pem)
        files = {
            f"HUB_SIGNING_{what}_{contour.name}": str(path)
            for contour in Contour
            for what, path in (("KEY", key), ("CERTIFICATE", certificate))
        }
        settings = {
            "HUB_SIGNATURES_PROD": "any",
            "HUB_REVOCATION_PROD": "soft",
            "HUB_SIGNATORY_NAME": "И.И. Примеров",
            "HUB_SIGNATORY_POSITION": "Директор",
            "HUB_SIGNATORY_BASIS": "Устава",
        }
        hub = bootstrap.assemble(load({**process.environment, **files, **settings}), clock)
        console = Console(hub, clock)
        with closing(hub):
            enter_the_bank(console, hub, clock, root, leaves)
            passing = Passing.of(hub, clock, leaves["TEST"], tmp_path, monkeypatch)
            with serving(hub):
                program = Program(hub, clock, BANK, leaves)
                yield year, World(program, console, clock, passing)


def enter_the_bank(console, hub, clock, root, leaves):
    told = ("--name", "Выдуманный банк", "--kind", "bank", "--inn", "7200000057")
    console.run(participant, "add", BANK, *told)
    terms = (
        "--mode",
        "on_notify",
        "--days",
        "3",
        "--bank-name",
        "Выдуманный банк",
        "--bik",
        "047199998",
    )
    console.run(participant, "terms", BANK, *terms)
    certificates = CertificateRegistrar(
        hub.registry, clock, "оператор", CertificateReader(PROVIDERS)
    )
    for contour in Contour:
        certificates.add_authority(contour, Role.ANCHOR, root.der, Addresses())
        certificates.add(BANK, contour, Purpose.MESSAGE, leaves[contour.name].der)


def test_a_bank_comes_from_its_statement_to_operation(year_and_world):
    year, world = year_and_world
    join(world)
    apply(world, year)
    plan(world, year)
    develop(world)
    try_in_production(world)
    sign_the_protocol(world)
    sign_the_act(world, year)
    go_live(world, year)


def join(world):
    opened = world.console.run(case, "open", BANK, "bank")
    world.number = opened.partition(":")[0]
    world.step("register_join", "join_number=15")
    for service in (PAYMENTS, "meals/payment-registry"):
        world.console.run(participant, "grant", BANK, service, "--contour", "test")
    since = ("--contract", "7", "--since", "2024-01-01")
    world.console.run(participant, "bind", BANK, ORGANIZER_INN, *since)
    registrar = Registrar(world.bank.hub.registry, world.clock, "оператор")
    issued = registrar.issue_credentials(BANK, Contour.TEST)
    world.passing.is_known(BANK, issued.login, issued.password, ORGANIZER_INN)


def apply(world, year):
    assert world.production() is not None
    world.clock.now = year.applied.astimezone(UTC)
    answer = world.bank.ask(ONBOARDING, application())
    world.case_id = answer.findtext("{*}caseId")
    assert answer.findtext("{*}state") == "APPLIED"
    assert datetime.fromisoformat(answer.findtext("{*}dueAt")) == year.due
    assert_nothing_else_is_taken(world)

    # The console itself takes two seconds of the clock.
    assert not overdue_at(world, year.due - timedelta(seconds=2))
    assert overdue_at(world, year.due - timedelta(seconds=1))

    world.step("return_application", "remarks=Нет номера лицензии")
    assert world.bank.refused(ONBOARDING, application(world.case_id)) == ILLEGAL
    world.clock.now = year.answered.astimezone(UTC)
    world.bank.ask(ONBOARDING, remarks(world))
    named = element(ONBOARDING, "GetCaseRequest", f"<caseId>{world.case_id}</caseId>")
    answer = world.bank.ask(ONBOARDING, named)
    assert answer.findtext("{*}state") == "APPLIED"
    assert datetime.fromisoformat(answer.findtext("{*}dueAt")) == year.due_again


def overdue_at(world, moment) -> bool:
    """Tell whether the operator's list calls the term missed at a moment."""
    world.clock.now = moment.astimezone(UTC)
    told = world.console.run(case, "overdue")
    return any(world.number in line and "срок пропущен" in line for line in told.splitlines())


def plan(world, year):
    dates = (f"test_from={year.answered:%Y-%m-%d}", f"test_until={year.live:%Y-%m-%d}")
    world.step("choose_method", code=1)
    world.step("plan", *dates)
    assert_nothing_else_is_taken(world)
    assert world.documents()["PLAN-CONN"].findtext("{*}state") == "FOR_SIGNATURE"
    chosen = world.bank.ask(ONBOARDING, application(world.case_id))
    assert chosen.findtext("{*}state") == "METHOD_CHOSEN"


def develop(world):
    world.step("pass_tests", code=1)
    world.step("finish_development", "format_version=1.0")
    assert "SUITE-01, SUITE-02" in world.step("pass_tests", code=1)
    pass_suite(world, "SUITE-01")
    assert "SUITE-02" in world.step("pass_tests", code=1)
    pass_suite(world, "SUITE-02")
    world.step("pass_tests")
    world.step("connect_network", "network_parameters=10.0.0.1:443")
    assert_nothing_else_is_taken(world)


def pass_suite(world, suite):
    """The bank tries itself, its messages are judged, the protocol is drawn up at the end."""
    told = (
        f"<sessionRequestId>{uuid4()}</sessionRequestId><caseId>{world.case_id}</caseId>"
        f"<suiteCode>{suite}</suiteCode><contour>TEST</contour><systemVersion>7.1</systemVersion>"
    )
    started = world.bank.ask(TRIALS, element(TRIALS, "StartSessionRequest", told))
    session = started.findtext("{*}sessionId")
    world.passing.go_through(suite, UUID(session))
    named = f"<sessionId>{session}</sessionId>"
    finished = world.bank.ask(TRIALS, element(TRIALS, "FinishSessionRequest", named))
    assert finished.findtext("{*}state") == "PASSED", etree.tostring(finished, encoding=str)
    assert finished.find("{*}obstacle") is None, etree.tostring(finished, encoding=str)
    protocol = world.file(finished.findtext("{*}protocolDocumentId"), "XML")
    assert session.encode() in protocol


def try_in_production(world):
    assert world.production() is not None
    last = (world.clock.now + timedelta(days=3)).strftime("%Y-%m-%d")
    world.step("admit", "quota=1", f"admitted_until={last}", "masked=да")
    assert world.production() is None
    assert world.production() == "ADMISSION_ENDED"
    world.step("pass_prod_tests", "prod_tests_passed=да")


def sign_the_protocol(world):
    world.step("sign_protocol", code=1)
    sign(world, "PROT-BANK")
    world.step("sign_protocol")


def sign_the_act(world, year):
    world.step("sign_act", f"signed_on={world.clock.now:%Y-%m-%d}", code=1)
    world.step("draw_up_act", f"go_live_on={year.live - timedelta(days=1):%Y-%m-%d}")
    world.step("draw_up_act", f"go_live_on={year.live:%Y-%m-%d}")
    sign(world, "ACT-BANK-TEST")
    assert "ACT_SIGNED" in world.step("sign_act", f"signed_on={world.clock.now:%Y-%m-%d}")
    assert_nothing_else_is_taken(world)


def sign(world, kind):
    """Both sides sign: the bank by SOAP over the file that it was given, the operator at home."""
    found = world.documents()[kind]
    document_id, number = found.findtext("{*}documentId"), found.findtext("{*}number")
    pdf = world.file(document_id, "PDF")
    assert pdf.startswith(b"%PDF-")
    reader = CertificateReader(PROVIDERS)
    leaf = world.bank.leaves["PROD"]
    signer = read_signer(leaf.key_pem, leaf.pem, lambda: b"", PROVIDERS, reader)
    now = world.clock.now
    octets = cms.sign([pdf], signer.key, signer.certificate, signer.scheme, PROVIDERS, now)
    content = (
        f"<documentId>{document_id}</documentId><party>{BANK}</party>"
        f"<signedAt>{now.isoformat()}</signedAt><cms>{base64.b64encode(octets).decode()}</cms>"
        "<signatory><name>А.П. Образцова</name><position>Председатель правления</position>"
        "<basis>Устава</basis></signatory>"
    )
    answer = world.bank.ask(DOCUMENTS, element(DOCUMENTS, "RegisterSignatureRequest", content))
    assert answer.findtext("{*}state") == "SIGNED_BY_ONE", etree.tostring(answer, encoding=str)
    assert "подписан" in world.console.run(document, "sign", number)
    assert world.file(document_id, "PDF") == pdf
    assert world.documents()[kind].findtext("{*}state") == "SIGNED"


def go_live(world, year):
    world.clock.now = year.live.astimezone(UTC) - timedelta(seconds=30)
    world.console.run(job, "run", "onboarding.go_live")
    assert world.production() is not None
    assert not partners(world)

    world.clock.now = year.live.astimezone(UTC)
    world.console.run(job, "run", "onboarding.go_live")
    assert world.production() is None
    assert partners(world) == ["Выдуманный банк"]
    assert "IN_OPERATION" in world.console.run(case, "list", "--participant", BANK)


def partners(world) -> list[str]:
    """The partner banks as anybody may list them, those of this test alone."""
    listed = world.bank.ask(FORMATS, element(FORMATS, "ListPartnerBanksRequest"))
    return [one for one in listed.xpath(".//*[local-name()='name']/text()") if "Выдум" in one]


def assert_nothing_else_is_taken(world):
    """The bank answers remarks that nobody made."""
    assert world.bank.refused(ONBOARDING, remarks(world)) == ILLEGAL


def remarks(world) -> str:
    # The same words again would be the same answer, not a second one.
    told = f"<caseId>{world.case_id}</caseId><text>Номер лицензии указан, {uuid4()}.</text>"
    return element(ONBOARDING, "RespondRemarksRequest", told)


def application(case_id: str = "") -> str:
    named = f"<caseId>{case_id}</caseId>" if case_id else ""
    told = (
        f"<requestId>{uuid4()}</requestId>{named}<kind>BANK</kind><method>ONLINE</method>"
        f"<technicalContact>{CONTACT}</technicalContact>"
        f"<responsibleContact>{CONTACT}</responsibleContact>"
        "<letter><number>17-П</number><date>2024-04-01</date></letter>"
    )
    return element(ONBOARDING, "SubmitConnectionRequestRequest", told)
