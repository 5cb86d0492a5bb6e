from datetime import UTC, datetime

import pytest
import town
from click.testing import CliRunner

from gateway.bootstrap import ADAPTERS, Hub, load_calendar
from gateway.cli.databases import prepare
from gateway.cli.meals import meals
from gateway.contracts.catalog import load_catalog
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from registry.participants import Newcomer, ParticipantKind, Registrar


@pytest.fixture
def hub(tmp_path, clock):
    clock.now = datetime(2026, 11, 16, 7, tzinfo=UTC)
    settings = Settings(home=tmp_path)
    hub = Hub(settings, clock, None, load_catalog(), ADAPTERS, {}, {}, load_calendar(settings))
    prepare(hub)
    yield hub
    hub.close()


@pytest.fixture
def registrar(hub):
    return Registrar(hub.registry, hub.clock, actor="оператор")


def run(hub, *arguments):
    return CliRunner().invoke(meals, arguments, obj=hub, catch_exceptions=False)


def shown(hub):
    lines = [line for line in run(hub, "show").output.splitlines() if "│ 7" in line]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_municipality_is_entered_and_changed(hub, registrar):
    registrar.add(Newcomer("OMSU-1", "Управление", ParticipantKind.MUNICIPALITY))
    assert run(hub, "municipality", "71701000", "--name", "Тюмень").exit_code == 0
    assert shown(hub) == [["71701000", "Тюмень", "", "0", "0", "0"]]
    changed = ["municipality", "71701000", "--name", "Город Тюмень", "--participant", "OMSU-1"]
    assert "OMSU-1" in run(hub, *changed).output
    assert shown(hub) == [["71701000", "Город Тюмень", "OMSU-1", "0", "0", "0"]]


def test_what_is_in_a_municipality_is_counted(hub):
    with hub.databases[Contour.TEST].writing() as transaction:
        town.settle(transaction)
    by_code = {code: numbers for code, _, _, *numbers in shown(hub)}
    assert by_code == {
        town.MUNICIPALITY: ["2", "11", "2"],
        town.FOREIGN_MUNICIPALITY: ["0", "0", "0"],
    }


@pytest.mark.parametrize(
    ("code", "participant", "word"),
    [("717", None, "8 или 11"), ("71701000", "NOBODY", "нет"), ("71701000", "BANK-1", "BANK")],
)
def test_a_municipality_that_cannot_be_is_refused(hub, registrar, code, participant, word):
    registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK))
    more = ["--participant", participant] if participant else []
    result = run(hub, "municipality", code, "--name", "Тюмень", *more)
    assert result.exit_code != 0
    assert word in result.output
    assert shown(hub) == []
