"""Papers of cases: each document that a machine draws up says what case and registry know."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from enrolment import ACCOUNT, CONTACTS, NETWORK, OWNER, Office, bank_way, trial_of
from office import PROVIDERS, SCAN, SIGNATORY, sketch
from reading import docx_text, pdf_text, spaced_once

from gateway.documents import DocType, FileFormat, from_xml, render
from gateway.documents.forms.acts import BankTrialAct
from gateway.documents.forms.protocols import CaseVerdict, Outcome
from gateway.documents.forms.values import BankMethod
from gateway.kernel.message import BankTerms, CreditMode
from registry import contacts, founders
from registry.calendar import local_date
from registry.contacts import Contact, ContactRole
from registry.documents import shelf
from registry.documents.desk import DocumentDesk
from registry.documents.states import DocumentState
from registry.documents.values import Signature, Wanted
from registry.onboarding.filling import FILLED_BY
from registry.onboarding.machines import MACHINES
from registry.onboarding.papers import CasePapers, initials
from registry.onboarding.table import CaseKind, Doc
from registry.participants import Newcomer, ParticipantKind, Registrar

HUB = "CITTO"
FORM_OF_THE_ACT = Path(__file__).parents[2] / "gateway/documents/forms/ACT-EMP.txt"
WITHOUT_A_FORM = {Doc.REFUSAL_OIV}


@pytest.fixture
def papers(registry_database, clock, bank):
    registrar = Registrar(registry_database, clock, "оператор")
    registrar.add(Newcomer(HUB, "ГКУ ТО «ЦИТТО»", ParticipantKind.OPERATOR))
    registrar.set_terms(bank, BankTerms(CreditMode.ON_NOTIFY, 3, "Пример", "047199998"))
    signatory = founders.Signatory("Директор", "И.И. Примеров", "Устава")
    return CasePapers(DocumentDesk(PROVIDERS, render=sketch), uuid4, HUB, signatory)


@pytest.fixture
def office(registry_database, clock, papers):
    return Signing(registry_database, clock, papers=papers)


class Signing(Office):
    """Its documents are signed on paper by whoever has to."""

    def walk(self, case, *steps):
        for one in steps:
            name, given = (one, {}) if isinstance(one, str) else one
            if name in {"sign_act", "sign_protocol"}:
                self.sign(case, MACHINES[case.kind].index[case.state, name].signs)
            self.try_for(case, name)
            case = self.step(case, name, given)
        return case

    def sign(self, case, doc):
        for party in self.found(case, doc).awaited:
            with self.database.writing() as transaction:
                self.papers.documents.register_signature(
                    transaction,
                    case.document(doc),
                    party,
                    Signature(SCAN, SIGNATORY, self.clock()),
                    self.clock(),
                    "оператор",
                )

    def found(self, case, doc):
        with self.database.reading() as transaction:
            return shelf.find(transaction, self.view(case).document(doc))

    def form(self, case, doc):
        with self.database.reading() as transaction:
            document_id = self.view(case).document(doc)
            file = self.papers.documents.file(transaction, document_id, FileFormat.XML)
        return from_xml(file.octets)[0]


@pytest.fixture
def tried(office, bank, clock):
    """A bank whose protocol is signed, and its way from the act on."""
    today = local_date(clock())
    way = bank_way(today, live=today + timedelta(days=10))
    return office.walk(office.join(bank), *way[:-2])


def draw_up(office, case, clock, days=10):
    live = local_date(clock()) + timedelta(days=days)
    return office.step(case, "draw_up_act", {"go_live_on": live})


def test_act_of_a_bank_says_what_case_and_registry_know(office, tried, clock, registry_database):
    with registry_database.writing() as transaction:
        signing = Contact(
            ContactRole.SIGNATORY,
            "Образцова Анна Петровна",
            "+7 (3452) 00-00-01",
            "bank@example.test",
            "Председатель правления",
        )
        contacts.name(transaction, tried.participant, signing, clock(), "оператор")
    case = draw_up(office, tried, clock)
    act = office.form(case, Doc.ACT_BANK_TEST)

    assert isinstance(act, BankTrialAct)
    assert act.operator.acting_on == "Устава"
    assert act.operator.represented_by is None
    assert (act.party.name, act.party.bik) == ("Пример", "047199998")
    assert act.party.representative.name == "А.П. Образцова"
    assert act.method is BankMethod.ONLINE_PAYMENTS
    assert (act.period.start, act.format_version) == (date(2026, 3, 2), "1.0")
    assert act.production_date == date(2026, 3, 12)
    *of_sessions, protocol = [one.number for one in act.protocols]
    assert of_sessions == ["ПРТ-БАНК-2026-0001", "ПРТ-БАНК-2026-0002"]
    assert protocol == office.found(case, Doc.PROT_BANK).number


def test_document_is_offered_for_signature_at_once(office, tried):
    assert office.found(tried, Doc.PLAN_CONN).state is DocumentState.FOR_SIGNATURE
    assert office.found(tried, Doc.PROT_BANK).state is DocumentState.SIGNED


def test_protocol_says_what_sessions_have_proven_and_the_operator_has_confirmed(office, tried):
    form = office.form(tried, Doc.PROT_BANK)

    *of_sessions, by_operator = form.sections
    assert [section.cases[0].code for section in of_sessions] == ["BR-01", "BR-01"]
    assert [(row.code, row.title, row.verdict) for row in by_operator.cases] == [
        ("ONB-BANK-10", "Испытания в продуктивном контуре пройдены", CaseVerdict.CONFIRMED)
    ]
    assert (form.frozen, form.system.version) == (("f" * 64, "f" * 64), "7.1")
    assert "plan-01 1.0.0, SHA-256 ddd" in form.plan.name


def test_protocol_of_a_session_that_opened_nothing_says_so_and_feeds_no_act(office, bank, clock):
    today = local_date(clock())
    case = office.walk(office.join(bank), *bank_way(today)[:4])
    refused = trial_of(case, "SUITE-01", clock(), opens=False)
    with office.database.writing() as transaction:
        account = replace(ACCOUNT, remarks=("BR-02: не пройден, сейчас FAIL.",))
        entered = office.desk.enter_trial(transaction, refused, account, clock(), "стенд")
        again = office.desk.enter_trial(transaction, refused, account, clock(), "стенд")
        file = office.papers.documents.file(transaction, entered.document_id, FileFormat.XML)
    form, identity = from_xml(file.octets)

    assert again == entered
    assert form.outcome is Outcome.FAILED
    assert "не рекомендовано" in form.conclusion
    assert form.remarks == ("BR-02: не пройден, сейчас FAIL.",)
    case = office.walk(case, *bank_way(today)[4:])
    act = office.form(case, Doc.ACT_BANK_TEST)
    assert len(act.protocols) == 3
    assert identity.number not in {one.number for one in act.protocols}


def test_plan_is_read_off_the_machine(office, tried):
    steps = [one.title for one in office.form(tried, Doc.PLAN_CONN).steps]

    assert steps[0] == "Выбрать способ приёма платежей"
    assert steps[-1] == "Ввести в эксплуатацию в день, названный актом"
    assert not any("вернуть" in one.lower() or "отозвать" in one.lower() for one in steps)


def test_unsigned_act_drawn_up_again_keeps_its_number(office, tried, clock):
    first = draw_up(office, tried, clock)
    number = office.found(first, Doc.ACT_BANK_TEST).number
    again = draw_up(office, first, clock, days=20)

    act = office.found(again, Doc.ACT_BANK_TEST)
    assert (act.number, act.revision) == (number, 2)
    assert act.go_live == date(2026, 3, 22)


def test_signed_act_is_cancelled_by_the_next_one(office, tried, clock):
    first = draw_up(office, tried, clock)
    office.sign(first, Doc.ACT_BANK_TEST)
    again = draw_up(office, first, clock, days=20)

    with office.database.reading() as transaction:
        wanted = Wanted(doc_type=DocType.ACT_BANK_TEST, case=tried.id)
        states = {one.serial: one.state for one in shelf.search(transaction, wanted)}
        assert shelf.signed_act(transaction, case=tried.id) is None
    assert states == {1: DocumentState.CANCELLED, 2: DocumentState.FOR_SIGNATURE}
    assert office.found(again, Doc.ACT_BANK_TEST).serial == 2


def test_act_signed_by_both_brings_the_bank_into_operation(office, tried, clock):
    case = draw_up(office, tried, clock)
    case = office.walk(case, ("sign_act", {"signed_on": local_date(clock())}))
    assert case.state == "ACT_SIGNED"
    clock.advance(days=10)

    assert [one.state for one in office.go_live()] == ["IN_OPERATION"]


def test_paper_that_others_keep_is_not_taken_for_signed(office, papers):
    with office.database.reading() as transaction:
        assert papers.is_signed(transaction, uuid4()) is False


@pytest.fixture
def department(office, enter):
    """A department whose act is drawn up."""
    code = enter("DEPT72001", "DEPARTMENT")
    letter = {"letter_number": "1", "letter_date": "2026-03-02", "legal_form": "EXECUTIVE_BODY"}
    told = {"system_name": "ИС «Пример»", "purpose": "связи", **letter, **CONTACTS}
    case = office.open(code, CaseKind.EMP, "apply", told)
    decision = {"decision_number": "1", "decision_date": "2026-03-02"}
    case = office.step(case, "approve", decision, who=OWNER)
    tests = ("pass_tests", {"tests_passed": True, "session": "1"})
    return office.walk(case, "send_requirements", tests, "draw_up_act")


def test_department_gets_requirements_and_an_act_of_its_own(office, department):
    case = department
    assert office.form(case, Doc.TECHREQ).target == "АИС ЕМП"
    act = office.form(case, Doc.ACT_EMP)
    assert (act.system, act.party.name) == ("ИС «Пример»", "Пример")


@pytest.mark.parametrize(
    ("file_format", "read"), [(FileFormat.PDF, pdf_text), (FileFormat.DOCX, docx_text)]
)
def test_act_of_a_case_is_word_for_word_the_form_of_the_regulations(
    office, papers, department, file_format, read
):
    with office.database.reading() as transaction:
        document_id = department.document(Doc.ACT_EMP)
        drawn = shelf.find(transaction, document_id)
        xml = papers.documents.file(transaction, document_id, FileFormat.XML)
    octets = render(*from_xml(xml.octets), file_format)
    as_printed = spaced_once(FORM_OF_THE_ACT.read_text("utf-8"))

    assert render(*from_xml(xml.octets), file_format) == octets
    assert words(read(octets)) == words(
        as_printed.replace("№ ______", f"№ {drawn.number}")
        .replace("от «____» ______________ 202_ года", "от «02» марта 2026 года")
        .replace("на основании _________, с одной", "на основании Устава, с одной")
        .replace("и _______________ в лице", "и Пример в лице")
        .replace("системы _____________ к", "системы ИС «Пример» к")
        .replace("ГКУ ТО «ЦИТТО» _______________", "ГКУ ТО «ЦИТТО» Пример Директор И.И. Примеров")
    )


def words(text):
    """Return the words; lines to write on are of any length and may stand in any cell."""
    return [word for word in re.findall(r"[^\s_]+", text) if word != ","]


def test_organizer_gets_a_plan_a_protocol_and_an_act(office, enter, clock):
    today = local_date(clock())
    case = office.walk(
        office.join(enter("ORG72001", "ORGANIZER")),
        ("notify_readiness", {"format_version": "1.0", **CONTACTS}),
        ("plan_tests", {"test_from": today, "test_until": today}),
        "start_tests",
        "pass_tests",
        "draw_up_act",
        ("sign_act", {"signed_on": today}),
        ("connect_network", NETWORK),
    )

    assert case.state == "IN_OPERATION"
    assert office.form(case, Doc.ACT_ORG_TEST).protocols[0].number == "ПРТ-ОРГ-2026-0001"


def test_the_act_of_a_department_names_the_protocol_of_each_session(office, enter):
    letter = {"letter_number": "1", "letter_date": "2026-03-02"}
    case = office.open(
        enter("DEPT72002", "DEPARTMENT"),
        CaseKind.PUTO,
        "prepare_scheme",
        {"service_name": "Архивная справка", "scheme": "схема.docx"},
    )
    case = office.walk(
        case,
        ("apply", {"system_name": "ИС «Пример»", **letter, **CONTACTS}),
        ("approve", {"decision_number": "1", "decision_date": "2026-03-02"}),
        "send_requirements",
        ("apply_for_network", {"network": "VIPNET"}),
        "pass_tests",
        "draw_up_act",
    )

    protocols = [one.number for one in office.form(case, Doc.ACT_PUTO).protocols]
    assert protocols == ["ПРТ-ПУТО-2026-0001", "ПРТ-ПУТО-2026-0002"]


def test_every_document_that_a_machine_draws_up_has_its_form():
    drawn = {row.draws for machine in MACHINES.values() for row in machine.rows} - {None}

    assert drawn - set(FILLED_BY) == WITHOUT_A_FORM


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Образцова Анна Петровна", "А.П. Образцова"),
        ("Ли Анна", "А. Ли"),
        ("Иванов", "Иванов"),
    ],
)
def test_signature_stands_under_initials_and_surname(full, short):
    assert initials(full) == short
