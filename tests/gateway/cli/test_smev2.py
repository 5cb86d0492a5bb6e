from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from gateway.cli.participant import participant
from gateway.kernel.message import Contour, Smev2Profile
from gateway.storage import migrate
from gateway.storage.database import Database
from registry.directory import Directory


@pytest.fixture
def hub(blank_database, clock, tmp_path):
    migrate.upgrade(blank_database, "registry")
    contour = Database(f"sqlite:///{tmp_path / 'contour.db'}")
    yield SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=blank_database,
        databases=dict.fromkeys(Contour, contour),
        clock=clock,
    )
    contour.close()


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
def department(run):
    run("add", "DEPT72001", "--name", "Ведомство", "--kind", "department", "--inn", "7200000040")
    return "DEPT72001"


def known(hub, clock, code):
    clock.advance(seconds=2)
    return Directory(hub.registry, clock).participant(Contour.TEST, code).smev2


def test_participant_is_known_by_its_mnemonic(run, hub, clock, department):
    run("smev2", "set", department, "DEPT72009", "--serves", "--digest", "sha256")
    assert known(hub, clock, department) == Smev2Profile("DEPT72009", "SHA256", serves=True)
    assert "DEPT72009" in run("smev2", "list")


def test_participant_without_a_profile_does_not_speak_smev2(hub, clock, department):
    assert known(hub, clock, department) is None


def test_later_entry_replaces_the_earlier_one(run, hub, clock, department):
    run("smev2", "set", department, "DEPT72009")
    run("smev2", "set", department, "DEPT72010")
    assert known(hub, clock, department).mnemonic == "DEPT72010"


def test_end_needs_a_basis_and_is_told_in_the_history(run, hub, clock, department):
    run("smev2", "set", department, "DEPT72009")
    run("smev2", "end", department, "--basis", "Письмо № 1")
    assert known(hub, clock, department) is None
    assert "обмен по СМЭВ 2" in run("history", department)


def test_mnemonic_belongs_to_one_participant(run, department):
    run("add", "DEPT72002", "--name", "Другое", "--kind", "department", "--inn", "7200000018")
    run("smev2", "set", department, "DEPT72009")
    assert "другим участником" in run("smev2", "set", "DEPT72002", "DEPT72009", code=1)


@pytest.mark.parametrize(
    "wrong",
    [
        ("dept72001",),
        ("DEPT72009", "--service-version", "1.00"),
        ("DEPT72009", "--service-name", "S", "--service-version", "1"),
        ("DEPT72009", "--app-data-type", "EventAppData"),
    ],
)
def test_what_smev2_cannot_carry_is_refused(run, department, wrong):
    run("smev2", "set", department, *wrong, code=1)
