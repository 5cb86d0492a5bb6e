from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from gateway import bootstrap
from gateway.cli.databases import prepare
from gateway.cli.job import job
from gateway.kernel.settings import Settings
from scheduler.job import Chore


class HubWithChores(bootstrap.Hub):
    """A hub whose chores a test names."""

    named: tuple[Chore, ...] = ()

    @property
    def chores(self):
        return self.named


@pytest.fixture
def hub(tmp_path, clock):
    clock.now = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
    parts = bootstrap.assemble(Settings(home=tmp_path), clock)
    hub = HubWithChores(
        **{name: getattr(parts, name) for name in bootstrap.Hub.__dataclass_fields__}
    )
    prepare(hub)
    yield hub
    hub.close()


@pytest.fixture
def run(hub):
    def run(*arguments, code=0):
        result = CliRunner().invoke(job, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def failing(hub):
    def fail(*_):
        raise RuntimeError

    HubWithChores.named = (Chore("onb.deadlines", "30 8 * * *", fail),)
    yield
    HubWithChores.named = ()


def row(output, name):
    (line,) = [line for line in output.splitlines() if f"│ {name} " in line]
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_every_job_is_listed_with_its_clock_and_its_next_business_time(run):
    listed = run("list")

    assert row(listed, "prod/pay.aging") == [
        "prod/pay.aging",
        "0 9 * * *",
        "",
        "",
        "",
        "27.11.2026 09:00",
    ]
    assert row(listed, "journal-root-test")[1] == "10 0 * * *"
    assert "Не исполнено" not in listed


def test_a_job_is_run_now_and_the_list_shows_when_and_by_whom(run):
    told = run("run", "test/pay.reconcile")

    assert told == "test/pay.reconcile за 26.11.2026 12:30: исполнено\n"
    _, _, moment, done, owner, _ = row(run("list"), "test/pay.reconcile")
    assert (moment, done) == ("26.11.2026 12:30", "26.11.2026 12:30")
    assert "@" in owner


def test_a_routine_is_run_now_and_recorded(run):
    assert "исполнено" in run("run", "journal-root-test")
    assert row(run("list"), "journal-root-test")[2] == "26.11.2026 12:30"


def test_a_failed_chore_is_listed_with_its_reason(hub, clock, run, failing):
    assert "не исполнено" in run("run", "onb.deadlines", "--at", "26.11.2026 08:30", code=1)

    failed = run("list").partition("Не исполнено")[2]
    assert "26.11.2026 08:30" in failed
    assert "RuntimeError" in failed


def test_a_business_time_that_was_done_is_not_done_again(run):
    run("run", "prod/pay.aging", "--at", "2026-11-26 09:00")

    assert "уже исполнено" in run("run", "prod/pay.aging", "--at", "2026-11-26 09:00")


def test_a_business_time_to_come_is_refused(run):
    assert "не наступил" in run("run", "prod/pay.aging", "--at", "2026-11-27 09:00", code=2)


def test_an_unknown_job_is_refused_with_the_known_ones(run):
    told = run("run", "pay.aging", code=2)

    assert "prod/pay.aging" in told
