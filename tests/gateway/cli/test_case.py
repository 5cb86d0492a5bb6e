import json
from types import SimpleNamespace
from uuid import uuid4

import enrolment
import pytest
from click.testing import CliRunner

from gateway.cli.case import KINDS, THRESHOLDS, case
from gateway.kernel.message import Contour, ParticipantState
from registry.directory import Directory
from registry.onboarding.deadlines import Threshold
from registry.onboarding.desk import Desk
from registry.onboarding.ports import Unwired
from registry.onboarding.table import CaseKind
from registry.participants import Newcomer, ParticipantKind, Registrar

NUMBER = "БАНК-2026-0001"


@pytest.fixture
def hub(registry_database, sqlite_contour_database, clock, tmp_path):
    registrar = Registrar(registry_database, clock, "оператор")
    registrar.add(Newcomer("BANK72001", "Банк «Пример»", ParticipantKind.BANK))
    registrar.add(Newcomer("DEPT72001", "Ведомство", ParticipantKind.DEPARTMENT))
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=registry_database,
        databases=dict.fromkeys(Contour, sqlite_contour_database),
        clock=clock,
        directory=Directory(registry_database, clock),
        desk=Desk(enrolment.CALENDAR, uuid4, enrolment.Papers(), enrolment.Board(), "CITTO"),
    )


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(case, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def applied(run, tmp_path):
    run("open", "BANK72001", "bank")
    run("step", NUMBER, "register_join", "join_number=15")
    facts = tmp_path / "application.json"
    facts.write_text(json.dumps(enrolment.CONTACTS), "utf-8")
    return run("step", NUMBER, "apply", "--file", str(facts))


def test_a_bank_applies_and_the_term_is_told(run, applied):
    assert applied == f"{NUMBER}: APPLIED, заявка рассматривается, срок до 10.03.2026 24:00\n"
    listed = run("list", "--kind", "bank", "--participant", "BANK72001")
    assert NUMBER in listed
    assert "10.03.2026 24:00" in listed


def test_a_case_shows_its_history_and_what_can_be_done_next(run, applied):
    shown = run("show", NUMBER)

    for told in ("register_join", "ONB-BANK-03", "return_application", "remarks (замечания)"):
        assert told in shown
    assert "tech@example.test" not in shown


def test_a_join_opens_the_test_contour_to_the_next_message_of_this_process(run, hub):
    run("open", "BANK72001", "bank")
    known = hub.directory.participant(Contour.TEST, "BANK72001")
    assert known.state is ParticipantState.CANDIDATE

    run("step", NUMBER, "register_join", "join_number=15")

    known = hub.directory.participant(Contour.TEST, "BANK72001")  # and the clock has not moved
    assert known.state is ParticipantState.JOINED


def test_an_illegal_step_and_a_missing_fact_say_what_to_do(run, applied):
    assert "нет шага go_live" in run("step", NUMBER, "go_live", code=1)
    assert "test_from" in run("step", NUMBER, "plan", "test_until=2026-04-01", code=1)
    assert "ожидается дата" in run(
        "step", NUMBER, "plan", "test_from=завтра", "test_until=2026-04-01", code=1
    )
    assert "hub case list" in run("show", "БАНК-2026-0009", code=1)
    assert "СВЕДЕНИЕ=ЗНАЧЕНИЕ" in run("step", NUMBER, "plan", "дата", code=2)


def test_facts_come_from_toml_and_are_overridden_by_the_line(run, applied, tmp_path):
    facts = tmp_path / "plan.toml"
    facts.write_text("test_from = 2026-03-10\ntest_until = 2026-03-01\n", "utf-8")
    assert "раньше, чем начинаются" in run("step", NUMBER, "plan", "--file", str(facts), code=1)

    planned = run("step", NUMBER, "plan", "test_until=01.04.2026", "--file", str(facts))

    assert "PLANNED" in planned


def test_a_broken_file_is_named(run, applied, tmp_path):
    facts = tmp_path / "plan.toml"
    facts.write_text("test_from =", "utf-8")

    assert "plan.toml" in run("step", NUMBER, "plan", "--file", str(facts), code=1)


def test_a_missed_term_is_shown(run, applied, clock):
    clock.advance(days=20)

    assert "срок пропущен" in run("overdue")
    assert "пропущен" in run("list")


def test_the_owner_decides_and_the_table_can_be_read(run):
    letter = ("letter_number=1", "letter_date=2026-03-02")
    contacts = [f"{name}={value}" for name, value in enrolment.CONTACTS.items()]
    facts = ("system_name=ИС", "purpose=связь", "legal_form=executive_body")
    number = run("open", "DEPT72001", "emp", *facts, *letter, *contacts).partition(":")[0]
    decision = ("decision_number=1", "decision_date=2026-03-02")

    assert "OWNER_APPROVED" in run("step", number, "approve", *decision, "--owner")
    assert "ONB-EMP-03" in run("table", "emp")


def test_nobody_goes_live_without_an_act(run, applied):
    assert "вводить некого" in run("go-live")


def test_without_documents_no_document_is_drawn_up(run, hub, applied):
    hub.desk = Desk(enrolment.CALENDAR, uuid4, Unwired(), Unwired(), "CITTO")

    dates = ("test_from=2026-03-10", "test_until=2026-04-01")
    assert "Документы узла не подключены" in run("step", NUMBER, "plan", *dates, code=1)


def test_every_kind_and_threshold_has_its_word():
    assert set(KINDS.values()) == set(CaseKind)
    assert set(THRESHOLDS) == set(Threshold)
