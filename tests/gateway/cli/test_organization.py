import re
from types import SimpleNamespace
from uuid import UUID

import enrolment
import pytest
from click.testing import CliRunner

from gateway.cli import words
from gateway.cli.endpoint import endpoint
from gateway.cli.participant import participant
from gateway.cli.system import system
from gateway.kernel.message import Contour
from registry import history
from registry.agreements import AgreementKind
from registry.calendar import ProductionCalendar
from registry.contacts import ContactRole
from registry.kinds import Network, SubKind
from registry.onboarding import responsible
from registry.records import Record

BANK = "BANK72001"


@pytest.fixture
def hub(registry_database, sqlite_contour_database, clock, tmp_path):
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path, code="CITTO"),
        registry=registry_database,
        databases=dict.fromkeys(Contour, sqlite_contour_database),
        clock=clock,
        identifiers=lambda: UUID(int=7),
        calendar=ProductionCalendar.load(),
    )


@pytest.fixture
def run(hub):
    def run(*arguments, group=participant, code=0):
        result = CliRunner().invoke(group, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def bank(run):
    run("add", BANK, "--name", "Банк «Пример»", "--kind", "bank", "--inn", "7706012716")
    return BANK


def test_a_card_is_changed_line_by_line_and_its_versions_are_shown(run, clock, bank):
    run("card", bank, "--full-name", "Акционерное общество «Пример»", "--address", "Тюмень")
    clock.advance(days=1)

    told = run("card", bank, "--address", "Тобольск", "--basis", "письмо № 3")

    assert "Акционерное общество «Пример»" in told
    assert told.count("Тобольск") == 2
    assert told.count("Тюмень") == 1
    assert "письмо № 3" in run("history", bank)


def test_bank_details_come_whole(run, bank):
    assert "--bik" in run("card", bank, "--account", "40702810900000000001", code=2)


def test_contacts_are_asked_for_until_both_are_there(run, bank):
    assert "технический специалист" in run("contact", "list", bank, code=1)
    for role in ("responsible", "technical"):
        run(
            *("contact", "set", bank, role, "--name", "Вымышленная А. А."),
            *("--phone", "8 (3452) 00-00-01", "--email", "a@example.org"),
        )
    assert "Вымышленная А. А." in run("contact", "list", bank)


def test_whose_successor_is_late_is_told(run, clock, bank):
    run(
        *("contact", "set", bank, "service_owner", "--name", "Вымышленный Б. Б.", "--phone", "8"),
        *("--email", "b@example.org", "--powers-ended", "2026-02-10"),
    )
    late = run("contact", "overdue", code=1)

    assert "10.02.2026" in late
    assert "Вымышленный" not in late


@pytest.mark.parametrize("is_replaced", [False, True])
def test_powers_that_an_operator_ends_are_watched_until_a_successor(
    run, hub, clock, bank, is_replaced
):
    person = ("contact", "set", bank, "service_owner", "--phone", "8", "--email", "b@example.org")
    run(*person, "--name", "Вымышленный Б. Б.", "--powers-ended", "2026-02-10")
    if is_replaced:
        run(*person, "--name", "Вымышленная В. В.")
    with hub.registry.writing() as transaction:
        told = responsible.overdue(transaction, clock(), enrolment.Board())

    assert told == ([] if is_replaced else [bank])


def test_the_only_agreement_of_one_who_has_joined_stays(run, hub, clock, bank):
    run("agreement", "add", bank, "15", "--registered", "2026-03-02T11:30", "--incoming", "вх-7")
    enrolment.join(hub.registry, bank, clock())
    run("agreement", "end", bank, f"С-{bank}", "--basis", "письмо")

    told = run("agreement", "list", bank)
    assert "02.03.2026 11:30:00" in told
    assert "вх-7" in told
    refused = run("agreement", "end", bank, "15", "--basis", "письмо", code=1)
    assert "hub case list" in refused


def test_the_history_is_readable_and_opens_personal_data(run, bank):
    run("sub-kind", bank, "both")
    run(
        *("contact", "set", bank, "technical", "--name", "Вымышленная А. А.", "--phone", "8"),
        *("--email", "a@example.org"),
    )
    run("contact", "end", bank, "technical", "--basis", "приказ № 2")

    told = run("history", bank)

    for word in (
        "внесён",
        "кредитная организация",
        "подвид",
        "ФИО: Вымышленная А. А.",
        "прекращено",
    ):
        assert word in told
    assert "приказ № 2" in told
    assert "1:" not in re.sub(r"\d\d:\d\d", "", told)
    assert "Вымышленная А. А." in run("show", bank)


def test_systems_and_endpoints_are_kept_by_commands(run, bank):
    run(
        *("set", "BANK.PAY", "--owner", bank, "--name", "Сервис платежей", "--version", "2.1"),
        *("--known-as", "SYS-10"),
        group=system,
    )
    assert "Сервис платежей" in run("list", group=system)
    assert "Централизованная очередь" in run("catalogue", group=system)

    run(
        *("set", bank, "meals/bank-payment", "https://bank.example.org/ws"),
        *("--network", "internet"),
        group=endpoint,
    )
    assert "https://bank.example.org/ws" in run("list", bank, group=endpoint)
    run("end", bank, "meals/bank-payment", "--basis", "письмо", group=endpoint)
    assert "bank.example.org" not in run("list", group=endpoint)
    assert "bank.example.org" in run("list", "--all", group=endpoint)
    run("end", "BANK.PAY", "--basis", "вывод", group=system)
    assert "BANK.PAY" not in run("list", group=system)


def test_an_acquirer_and_a_school_are_bound_to_an_organizer(run, bank):
    run("add", "ORG-1", "--name", "Комбинат", "--kind", "organizer", "--inn", "7200000018")
    run(
        *("acquirer", "set", "ORG-1", bank, "--contract", "Э-5", "--contract-date", "2026-03-01"),
        *("--contact-name", "Вымышленный В. В.", "--contact-phone", "8"),
        *("--contact-email", "v@example.org"),
    )
    run("school", "bind", "ORG-1", "SCHOOL-7", "--contract", "12", "--since", "2026-09-01")
    run("school", "end", "ORG-1", "SCHOOL-7", "--last-day", "2026-12-31")

    assert "31.12.2026" in run("school", "list", "ORG-1")
    assert "Э-5" in run("history", "ORG-1")
    run("acquirer", "end", "ORG-1", "--basis", "расторжение")
    run("school", "end", "ORG-1", "SCHOOL-8", "--last-day", "2026-12-31", code=1)


def test_partner_banks_are_those_in_operation(run, hub, clock, bank):
    run(
        "terms",
        bank,
        "--mode",
        "on_notify",
        "--days",
        "4",
        "--bank-name",
        "Б",
        "--bik",
        "044525225",
    )
    enrolment.join(hub.registry, bank, clock())
    assert "044525225" not in run("banks")
    enrolment.commission(hub.registry, bank, clock())
    assert "044525225" in run("banks")


def test_the_founders_are_entered_once(run):
    for _ in range(2):
        assert "CITTO" in run("founders")
    assert run("list").count("CITTO") == 1


def test_every_kept_thing_has_russian_words():
    assert set(words.SUBJECTS) >= {*history.RECORDS, *history.SINGLE}
    assert set(words.SUB_KINDS) == set(SubKind)
    assert set(words.CONTACT_ROLES) == set(ContactRole)
    assert set(words.AGREEMENT_KINDS) == set(AgreementKind)
    assert set(words.NETWORKS) == set(Network)
    hidden = {"participant", "user_id", "snils_mark"}
    for record in history.RECORDS.values():
        assert isinstance(record, Record)
        assert {*record.key, *record.values} - hidden <= set(words.FIELDS)
