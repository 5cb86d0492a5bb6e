"""When the setting of a session is looked at, and when again."""

from datetime import timedelta

import pytest

from gateway.conformance.calls.lookouts import LATELY, LONG_PAUSE, NEWS_PAUSE, PAUSE, Lookouts
from gateway.conformance.evidence import Preflight
from gateway.conformance.sessions.errors import SessionEnded


@pytest.fixture
def looks():
    return []


@pytest.fixture
def red(stand, looks):
    """A setting whose clock is red however often one looks; tell how often that is."""

    def look(contour, session_id):
        looks.append(session_id)
        session = stand.do("find", session_id)
        names = stand.desk.suites.plan(session.plan).preflight
        checks = [Preflight(name, stand.clock(), name != "clock", "Видно.") for name in names]
        stand.do("record_preflight", session, checks)

    return Lookouts(stand.desk, look)


@pytest.fixture
def turn(stand, red, context):

    def run(**later) -> None:
        stand.clock.now += timedelta(**later)
        while red.run(context, stand.clock()):
            pass

    return run


def test_a_session_is_looked_at_as_soon_as_it_has_begun(stand, turn, looks):
    first, second = stand.start(), stand.start()
    turn()
    assert sorted(looks) == sorted([first.id, second.id])


def test_what_is_red_is_looked_at_again_after_a_message(stand, turn, looks):
    stand.start()
    turn()
    turn(seconds=30)
    assert len(looks) == 1
    stand.message(b"<any/>", b"<any/>")
    stand.clock.now += NEWS_PAUSE
    turn()
    assert len(looks) == 2


def test_what_is_red_is_looked_at_by_and_by_and_then_seldom(stand, turn, looks):
    stand.start()
    minute = PAUSE.total_seconds()
    for _ in range(LATELY // PAUSE):
        turn(seconds=minute)
    assert len(looks) == LATELY // PAUSE
    for _ in range(LONG_PAUSE // PAUSE + 1):
        turn(seconds=minute)
    assert len(looks) == LATELY // PAUSE + 1


def test_what_is_seen_twice_is_written_down_once(stand, turn, looks):
    session = stand.start()
    turn()
    turn(seconds=PAUSE.total_seconds())
    assert len(looks) == 2
    recorded = stand.do("recorded", session).preflight
    assert len(recorded) == len({check.name for check in recorded}) == 6


def test_what_is_green_stays_as_it_was_seen(stand, turn, looks):
    stand.green(stand.start())
    turn()
    turn(hours=1)
    assert looks == []


def test_a_session_that_has_ended_is_looked_at_no_more(stand, turn, looks):
    session = stand.start()
    stand.do("cancel", session, stand.clock())
    turn()
    stand.start()
    stand.clock.advance(days=14)
    turn()
    assert looks == []


def test_a_session_that_ends_meanwhile_holds_nobody_up(stand, context):
    asked = []

    def look(_, session_id):
        asked.append(session_id)
        raise SessionEnded

    stand.start()
    lookouts = Lookouts(stand.desk, look)
    assert lookouts.run(context, stand.clock())
    assert not lookouts.run(context, stand.clock())
    assert len(asked) == 1
