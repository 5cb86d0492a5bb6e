"""What a tester types about what participants have shown."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import CliRunner

import adapters.bank
import adapters.meals
from adapters.meals.ledger import MealsLedger
from adapters.meals.seed import seed_demo
from gateway.cli.review import review
from gateway.conformance.sessions import NewSession, SessionDesk, Suites
from gateway.contracts.catalog import load_catalog
from gateway.kernel.message import Contour, Participant, ParticipantState
from registry.calendar import ProductionCalendar

INN = "7200000018"
BANK = Participant(
    "BANK72001",
    "Банк",
    "BANK",
    ParticipantState.JOINED,
    services=frozenset({"meals/bank-payment"}),
    organizers=frozenset({INN}),
)
SHOWN = "HTTP 413, сообщение разделено на две части".encode()


@pytest.fixture(scope="module")
def suites():
    return Suites(load_catalog())


@pytest.fixture
def hub(contour_database, sqlite_registry_database, clock, tmp_path, suites):
    given = [adapters.meals.ADAPTER.test_data, adapters.bank.ADAPTER.test_data]
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=sqlite_registry_database,
        databases=dict.fromkeys(Contour, contour_database),
        sessions=SessionDesk(
            suites,
            given,
            lambda *_: BANK,
            uuid4,
            lambda most: 0 * most,
            ProductionCalendar.load(),
            MealsLedger,
        ),
        clock=clock,
    )


@pytest.fixture
def waiting(hub, clock):
    """A session of SUITE-13 whose line CT-10 waits for a tester."""
    new = NewSession(uuid4(), BANK.code, "SUITE-13", None, Contour.TEST, None, "7.1")
    with hub.databases[Contour.TEST].writing() as transaction:
        seed_demo(transaction, INN, "Комбинат")
        session = hub.sessions.start(transaction, new, clock())
        hub.sessions.new_attempt(transaction, session, "CT-10", clock())
        step = hub.sessions.suites.named("SUITE-13").case("CT-10").steps[0].id
        hub.sessions.provide(transaction, session, "CT-10", step, SHOWN, "Петров П. П.", clock())
    return str(session.id), step


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(review, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


def line_of(hub, clock, session):
    with hub.databases[Contour.TEST].reading() as transaction:
        (found,) = hub.sessions.listed(transaction)
        judgement = hub.sessions.judged(transaction, found, clock())
    assert str(found.id) == session
    return next(line for line in judgement.lines if line.name == "CT-10")


def test_what_waits_is_listed_with_whom_it_is_of(run, waiting):
    session, _ = waiting
    listed = run("list")

    assert session in listed
    assert "BANK72001" in listed
    assert "CT-10" in listed


def test_what_was_shown_is_saved_and_no_file_is_overwritten(run, waiting, tmp_path):
    digest = run("list").rpartition("02.03.2026 12:00 ")[2][:12]
    target = tmp_path / "shown.txt"
    run("save", digest, str(target))

    assert target.read_bytes() == SHOWN
    assert "уже есть" in run("save", digest, str(target), code=1)


def test_a_confirmed_step_passes_and_leaves_the_queue(run, waiting, hub, clock):
    session, step = waiting
    who = ("--tester", "Испытатель И. И.", "--reason", "код виден")
    run("confirm", session, "CT-10", step, *who)

    line = line_of(hub, clock, session)
    assert (line.passed, line.steps[0].decision.by) == (True, "Испытатель И. И.")
    assert session not in run("list")


def test_a_rejected_step_fails_with_the_reason(run, waiting, hub, clock):
    session, step = waiting
    run("reject", session, "CT-10", step, "--tester", "Испытатель И. И.", "--reason", "не то")

    line = line_of(hub, clock, session)
    assert (line.verdict.value, "не то" in line.reason) == ("FAIL", True)


def test_a_decision_without_tester_or_reason_is_not_taken(run, waiting):
    session, step = waiting

    run("confirm", session, "CT-10", step, "--tester", "Испытатель И. И.", code=2)
    run("confirm", session, "CT-10", step, "--tester", "", "--reason", "код виден", code=1)


def test_a_second_decision_is_refused(run, waiting):
    session, step = waiting
    who = ("--tester", "Испытатель И. И.", "--reason", "код виден")
    run("confirm", session, "CT-10", step, *who)

    assert "не ждёт решения" in run("reject", session, "CT-10", step, *who, code=1)
