from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from adapters.meals.models import debit_day
from gateway import bootstrap
from gateway.cli.databases import prepare
from gateway.cli.meals import meals
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings

STARTED = datetime(2026, 11, 16, 18, 0, 5, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path, clock):
    clock.now = STARTED.replace(second=25)
    hub = bootstrap.assemble(Settings(home=tmp_path), clock)
    prepare(hub)
    yield hub
    hub.close()


def shown(hub):
    result = CliRunner().invoke(
        meals, ["debit", "--contour", "prod"], obj=hub, catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if "│ 16.11.2026 " in line]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_day_that_is_being_debited_is_shown_with_its_speed(hub):
    row = {
        "day": date(2026, 11, 16),
        "state": "RUNNING",
        "after_class": "SCH-1/3A",
        "lines": 40_000,
        "full_price": Decimal("5000000.00"),
        "discount": Decimal("1000000.50"),
        "to_pay": Decimal("3999999.50"),
        "over_credit": 12,
        "due_at": STARTED,
        "started_at": STARTED,
    }
    with hub.databases[Contour.PROD].writing() as transaction:
        transaction.execute(sa.insert(debit_day), [row])
    (line,) = shown(hub)
    assert line == [
        "16.11.2026", "идёт", "SCH-1/3A", "40000", "5000000.00", "1000000.50", "3999999.50", "12",
        "16.11.2026 23:00:05", "", "2000",
    ]  # fmt: skip


def test_nothing_is_shown_before_the_first_debit(hub):
    assert shown(hub) == []
