"""The school's day of the demo on other clocks: what is not possible is refused, and told so."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hub_process import free_port
from hub_thread import serving
from pypdf import PdfReader

from gateway import bootstrap
from gateway.cli import meals_story
from gateway.cli.databases import prepare
from gateway.cli.demo import lay_tables, meals_cast, seed
from gateway.kernel.ports import LOCAL
from gateway.kernel.settings import load

SCHOOL_DAY = datetime(2026, 11, 26, 7, 30, tzinfo=LOCAL)
LATE = datetime(2026, 11, 26, 23, 10, tzinfo=LOCAL)
SATURDAY = datetime(2026, 11, 28, 12, 0, tzinfo=LOCAL)
HOLIDAY = datetime(2026, 11, 4, 12, 0, tzinfo=LOCAL)
BEFORE_NEW_YEAR = datetime(2026, 12, 28, 12, 0, tzinfo=LOCAL)
OVER_A_HOLIDAY = datetime(2026, 6, 1, 12, 0, tzinfo=LOCAL)
LAST_KNOWN_WEEK = datetime(2027, 12, 27, 12, 0, tzinfo=LOCAL)
UNKNOWN_YEAR = datetime(2028, 3, 1, 12, 0, tzinfo=LOCAL)
"""Of 2028 there is no calendar yet: when there is one, this has to move on."""


class MovedClock:
    """The clock of the machine, moved to begin at a moment."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._shift = moment - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._shift


@dataclass
class Played:
    """What a run of the story has printed and left."""

    lines: list[str]
    told: meals_story.Told

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


proof = pytest.mark.skipif(
    "HUB_PROOFS" not in os.environ, reason="a proof of minutes: make proofs runs it"
)


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """Databases without anybody in them, made once."""
    home = tmp_path_factory.mktemp("empty") / "home"
    hub = bootstrap.assemble(load({**os.environ, "HUB_HOME": str(home)}))
    prepare(hub)
    hub.close()
    return home


@pytest.fixture
def play(empty_home, tmp_path):
    """Seed a fresh home and play the story in it as if it were `moment`."""

    def played(moment: datetime, seeded_at: datetime | None = None) -> Played:
        home = tmp_path / "home"
        shutil.copytree(empty_home, home)
        clock = MovedClock(seeded_at or moment)
        environment = {**os.environ, "HUB_HOME": str(home), "HUB_PORT": str(free_port())}
        hub = bootstrap.assemble(load(environment), clock)
        seeded = seed(hub)
        clock.set(moment)
        lay_tables(hub, seeded)
        lines: list[str] = []
        with serving(hub, background=True):
            cast = meals_cast(hub, seeded)
            told = meals_story.play(cast, hub.calendar, clock, lines.append)
        return Played(lines, told)

    return played


def test_on_a_school_day_everything_is_left_behind(play):
    played = play(SCHOOL_DAY)
    print_text = "".join(page.extract_text() for page in PdfReader(played.told.request_print).pages)

    assert None not in played.told
    assert "PublishMenu, 04.12, 07.12, 08.12, 09.12, 10.12: PUBLISHED" in played.text
    assert "MENU_MIN_COMPLEXES" in played.text
    assert "DISH_UNKNOWN" in played.text
    assert "узел предлагает пополнить" in played.text
    assert "CONFIRMED 10" in played.text
    assert "SendRequest: SENT" in played.text
    assert "4А" in print_text
    assert played.told.daily_menu.read_bytes().startswith(b"PK")
    assert played.told.report.read_bytes().startswith(b"%PDF-")


def test_after_23_00_the_day_is_closed_and_families_still_choose(play):
    played = play(LATE)

    assert played.text.count("отказ CUT_OFF_PASSED") == 2
    assert played.told.request_id is None
    assert played.told.order_id is not None


@pytest.mark.parametrize("moment", [SATURDAY, HOLIDAY])
def test_on_a_day_without_meals_no_request_is_formed(play, moment):
    played = play(moment)

    assert "в школе не кормят" in played.text
    assert "отказ NOT_TODAY" in played.text
    assert played.told.request_id is None
    assert played.told.order_id is not None
    assert played.told.daily_menu is not None


@proof
def test_before_long_holidays_menus_are_published_that_nobody_can_choose_from_yet(play):
    played = play(BEFORE_NEW_YEAR)

    assert "PUBLISHED" in played.text
    assert "отказ OUT_OF_WINDOW" in played.text
    assert played.told.order_id is None
    assert played.told.request_id is not None


@proof
def test_a_holiday_among_the_days_is_no_gap_in_the_menu(play):
    played = play(OVER_A_HOLIDAY)

    assert "PublishMenu, 09.06, 10.06, 11.06, 15.06: PUBLISHED" in played.text
    assert played.told.order_id is not None


@proof
def test_where_the_calendar_ends_only_what_is_known_is_played(play):
    played = play(LAST_KNOWN_WEEK)

    assert played.text.count("отказ CALENDAR_MISSING") == 2
    assert (played.told.order_id, played.told.report) == (None, None)
    assert played.told.request_id is not None


@proof
def test_in_a_year_without_a_calendar_every_refusal_is_told(play):
    played = play(UNKNOWN_YEAR, seeded_at=LAST_KNOWN_WEEK)

    assert played.text.count("отказ CALENDAR_MISSING") == 2
    assert "неизвестно" in played.text
    assert set(played.told) == {None}
