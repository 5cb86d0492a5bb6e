from types import SimpleNamespace

import enrolment
import pytest
from click.testing import CliRunner

from gateway.cli.participant import KINDS, STATES, participant
from gateway.kernel.message import Contour, ParticipantState
from registry.directory import Directory
from registry.participants import ParticipantKind
from registry.seed import seed_demo


@pytest.fixture
def hub(registry_database, sqlite_contour_database, clock, tmp_path):
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=registry_database,
        databases=dict.fromkeys(Contour, sqlite_contour_database),
        clock=clock,
    )


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(
            participant, arguments, obj=hub, env={"COLUMNS": "200"}, catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def bank(run, hub, clock):
    run("add", "BANK72001", "--name", "Банк «Пример»", "--kind", "bank", "--inn", "7706012716")
    enrolment.join(hub.registry, "BANK72001", clock())
    return "BANK72001"


@pytest.fixture
def known(hub, clock):
    """What the hub itself sees of a participant."""
    directory = Directory(hub.registry, clock)

    def known(code):
        clock.advance(seconds=1)
        return directory.participant(Contour.TEST, code)

    return known


def test_an_added_participant_is_listed(run, bank):
    listed = run("list")

    assert bank in listed
    assert "кредитная организация" in listed
    assert "JOINED" in listed


def test_issued_credentials_open_the_test_contour(run, hub, clock, bank):
    issued = run("credentials", bank)

    lines = dict(line.split(":", 1) for line in issued.splitlines()[:2])
    login, password = lines["логин"].strip(), lines["пароль"].strip()
    directory = Directory(hub.registry, clock)
    assert directory.authenticate(Contour.TEST, login, password).code == bank


def test_the_card_shows_a_login_but_no_password(run, bank):
    issued = run("credentials", bank)
    password = issued.splitlines()[1].split(":")[1].strip()

    card = run("show", bank)

    assert "bank72001-test-1" in card
    assert password not in card


def test_a_revoked_login_is_shown_with_its_end(run, bank):
    run("credentials", bank)

    assert "отозван" in run("credentials", bank, "--revoke", "bank72001-test-1")
    line = next(line for line in run("show", bank).splitlines() if "логин bank72001" in line)
    assert line.count("02.03.2026") == 2


def test_a_right_is_granted_and_revoked(run, known, bank):
    run("grant", bank, "meals/bank-payment")
    assert known(bank).services == {"meals/bank-payment"}
    run("revoke", bank, "meals/bank-payment")
    assert known(bank).services == frozenset()


def test_a_bank_gets_its_terms_organizer_dialect_and_days(run, known, bank):
    run(
        *("terms", bank, "--mode", "on_notify", "--days", "4"),
        *("--bank-name", "Банк «Пример»", "--bik", "044525225"),
    )
    run("bind", bank, "7200000018", "--contract", "12")
    run("dialect", bank, "osmp", "--on")
    run("bank-day", bank, "2026-03-10", "--as", "closed")

    participant = known(bank)
    card = run("show", bank)

    assert participant.organizers == {"7200000018"}
    assert participant.dialects == {"osmp"}
    assert participant.bank.credit_days == 4
    assert len(participant.bank.closed_days) == 1
    for told in ("7200000018", "с 02.03.2026", "osmp", "10.03.2026: банк не работает"):
        assert told in card


def test_what_was_switched_on_is_switched_off(run, known, bank):
    run("bind", bank, "7200000018", "--contract", "12", "--since", "01.02.2026")
    run("bind", bank, "7200000018", "--until", "2026-02-28")
    run("dialect", bank, "osmp")
    run("dialect", bank, "osmp", "--off")
    run("bank-day", bank, "2026-03-10", "--as", "closed")
    run("bank-day", bank, "2026-03-10", "--as", "calendar")

    assert known(bank).organizers == frozenset()
    assert known(bank).dialects == frozenset()
    assert "по 28.02.2026" in run("show", bank)


def test_a_participant_that_signs_asks_for_signatures_in_the_test_contour(run, known, bank):
    run("signature-in-test", bank, "required")

    assert known(bank).is_signature_required


def test_a_binding_needs_the_number_of_its_contract(run, bank):
    assert "--contract" in run("bind", bank, "7200000018", code=2)


def test_the_card_tells_what_was_changed_and_why(run, bank):
    card = run("show", bank)

    assert "register_join" in card
    assert "CANDIDATE" in card


def test_a_suspended_participant_is_resumed(run, known, bank):
    run("suspend", bank, "--basis", "письмо № 2")
    assert known(bank).state is ParticipantState.SUSPENDED
    run("resume", bank, "--basis", "письмо № 3")
    assert known(bank).state is ParticipantState.JOINED
    assert "письмо № 2" in run("show", bank)


def test_production_is_not_granted_by_hand(run, bank):
    told = run("grant", bank, "meals/bank-payment", "--contour", "prod", code=1)

    assert "подписанный акт" in told


def test_a_refusal_says_what_to_do(run):
    told = run("show", "NOBODY", code=1)

    assert "Участника NOBODY нет." in told
    assert "hub participant list" in told


def test_the_seeded_demo_can_be_looked_at(run, hub):
    people = seed_demo(hub.registry, hub.clock)

    listed = run("list")

    assert all(player.code in listed for player in people.by_role.values())


def test_every_kind_and_state_has_a_russian_word():
    assert set(KINDS) == set(ParticipantKind)
    assert set(STATES) == set(ParticipantState)
