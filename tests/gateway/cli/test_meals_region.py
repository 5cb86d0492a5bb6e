"""What the operator of a test stand types to have schools to work with."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import adapters.bank
import adapters.meals  # noqa: F401 -- their tables
from adapters.meals import models
from adapters.meals.region import VILLAGE
from gateway.cli.meals import meals
from gateway.kernel.message import Contour
from registry.calendar import ProductionCalendar


@pytest.fixture
def hub(contour_database, sqlite_registry_database, clock, tmp_path):
    return SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path),
        registry=sqlite_registry_database,
        databases=dict.fromkeys(Contour, contour_database),
        clock=clock,
        calendar=ProductionCalendar.load(),
    )


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(meals, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


def count(hub, table):
    with hub.databases[Contour.TEST].reading() as transaction:
        return transaction.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_a_village_is_settled_and_has_menus_for_two_weeks(run, hub):
    told = run("region", "--size", "village", "--seed", "7")
    assert f"учащихся {VILLAGE.pupils}" in told
    assert count(hub, models.pupil) == VILLAGE.pupils
    assert count(hub, models.offer) > 0


def test_running_it_again_settles_nobody_else(run, hub):
    run("region", "--seed", "7")
    run("region", "--seed", "7")
    assert count(hub, models.pupil) == VILLAGE.pupils


def test_another_seed_settles_another_village(run, hub):
    run("region", "--seed", "7")
    run("region", "--seed", "8")
    assert count(hub, models.school) == 2


def test_nobody_is_invented_in_production(run, hub):
    assert "рабочий контур" in run("region", "--contour", "prod", code=2)
    assert count(hub, models.pupil) == 0


def test_without_a_calendar_of_the_year_no_menu_is_published(run, hub, clock):
    clock.advance(days=3650)
    assert "календаря" in run("region", code=1)
    assert count(hub, models.offer) == 0
