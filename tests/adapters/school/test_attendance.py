"""SVC-09: marks of the class journal."""

from datetime import UTC, date, datetime, timedelta

import pytest
import town

from adapters.meals import models
from adapters.school.errors import CutOffPassed
from adapters.school.handlers.attendance import sync_attendance
from adapters.school.messages.data import (
    AttendanceMarkType,
    ItemErrorCode,
    SyncAttendanceRequest,
)
from gateway.kernel.errors import ValidationError

DAY = date(2026, 11, 16)
MORNING = datetime(2026, 11, 16, 3, 40, tzinfo=UTC)
CUT_OFF = datetime(2026, 11, 16, 18, tzinfo=UTC)


def mark(pupil=town.IVAN, *, present=False, lesson=1, at=MORNING) -> AttendanceMarkType:
    return AttendanceMarkType(pupil_id=pupil.id, lesson_no=lesson, present=present, at=at)


def marks(*given: AttendanceMarkType, batch_id="A-1", day=DAY) -> SyncAttendanceRequest:
    return SyncAttendanceRequest(batch_id=batch_id, date=day, mark=list(given))


@pytest.fixture
def morning(office, clock):
    clock.now = MORNING
    return office


def test_a_mark_stands_for_the_pupils_account(morning):
    response = morning.send(sync_attendance, marks(mark()))

    assert (response.accepted, response.rejected) == (1, [])
    (row,) = morning.rows(models.attendance, account=town.IVAN.account)
    assert (row.day, row.lesson, row.is_present) == (DAY, 1, False)


def test_a_newer_mark_replaces_an_older_one_and_never_the_other_way(morning):
    later = MORNING + timedelta(minutes=5)
    morning.send(sync_attendance, marks(mark(present=True, at=later)))

    response = morning.send(sync_attendance, marks(mark(), batch_id="A-2"))

    assert response.accepted == 0
    assert response.rejected[0].error.code is ItemErrorCode.MARK_OUTDATED
    (row,) = morning.rows(models.attendance, account=town.IVAN.account)
    assert row.is_present


def test_a_mark_for_nobody_is_named_and_the_others_are_taken(morning):
    response = morning.send(sync_attendance, marks(mark(town.ROMAN), mark(town.MARIA)))

    assert response.accepted == 1
    (refused,) = response.rejected
    assert (refused.row_no, refused.error.code) == (1, ItemErrorCode.PUPIL_UNKNOWN)


def test_marks_are_taken_until_23_00_sharp(morning, clock):
    clock.now = CUT_OFF - timedelta(seconds=1)
    morning.send(sync_attendance, marks(mark()))
    clock.now = CUT_OFF

    with pytest.raises(CutOffPassed):
        morning.send(sync_attendance, marks(mark(), batch_id="A-2"))


def test_marks_of_tomorrow_are_refused(morning):
    with pytest.raises(ValidationError):
        morning.send(sync_attendance, marks(mark(), day=DAY + timedelta(days=1)))
