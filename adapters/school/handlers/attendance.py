"""SVC-09: marks of the class journal, from which a class request is filled (MEAL-CLS-03, 05)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from adapters.meals.times import is_closed
from adapters.school.batches import answer, control_rows
from adapters.school.errors import CutOffPassed, Problem
from adapters.school.messages.data import (
    AttendanceMarkType,
    ItemErrorCode,
    RejectedMarkType,
    SyncAttendanceRequest,
    SyncAttendanceResponse,
)
from adapters.school.repository import attendance
from adapters.school.repository.attendance import Mark
from gateway.adapter import Received, Work
from gateway.kernel.errors import Finding, ValidationError
from registry.calendar import local_date


def sync_attendance(
    received: Received[SyncAttendanceRequest], work: Work
) -> SyncAttendanceResponse:
    """Take marks of one day until 23:00 of it; an older mark never replaces a newer one."""

    def decide() -> SyncAttendanceResponse:
        request = received.request
        control_rows(request, request.mark)
        _control_day(request.date, work.now)
        refused = _refused(request, work)
        standing = attendance.accounts(
            work.database, [mark.pupil_id for mark in request.mark], request.date
        )
        marks = [
            _mark(mark, standing[mark.pupil_id], request.date)
            for number, mark in enumerate(request.mark, 1)
            if number not in refused
        ]
        attendance.put(work.database, marks, received.entry)
        return SyncAttendanceResponse(
            batch_id=request.batch_id,
            accepted=len(marks),
            rejected=[
                _told(number, request.mark[number - 1], problem)
                for number, problem in refused.items()
            ],
        )

    return answer(received, work, SyncAttendanceResponse, decide)


def _control_day(day: date, now: datetime) -> None:
    if day > local_date(now):
        text = "Дата отметок позже сегодняшней."
        raise ValidationError(text, findings=(Finding(text, path="/SyncAttendanceRequest/date"),))
    if is_closed(day, now):
        raise CutOffPassed


class _Standing(NamedTuple):
    accounts: Mapping[str, str]
    moments: Mapping[tuple[str, int], datetime]
    times: Counter[tuple[str, int]]


def _refused(request: SyncAttendanceRequest, work: Work) -> dict[int, Problem]:
    """Return why marks are not taken, by their place in the batch, from 1."""
    accounts = attendance.accounts(
        work.database, [mark.pupil_id for mark in request.mark], request.date
    )
    moments = attendance.last_moments(work.database, accounts.values(), request.date)
    times = Counter((mark.pupil_id, mark.lesson_no) for mark in request.mark)
    standing = _Standing(accounts, moments, times)
    return dict(_problems(request, standing))


def _problems(request: SyncAttendanceRequest, standing: _Standing) -> Iterator[tuple[int, Problem]]:
    for number, mark in enumerate(request.mark, 1):
        if standing.times[(mark.pupil_id, mark.lesson_no)] > 1:
            yield number, Problem(ItemErrorCode.ROW_DUPLICATE, "mark/lessonNo")
        elif mark.pupil_id not in standing.accounts:
            yield number, Problem(ItemErrorCode.PUPIL_UNKNOWN, "mark/pupilId")
        else:
            key = (standing.accounts[mark.pupil_id], mark.lesson_no)
            last = standing.moments.get(key)
            if last is not None and mark.at < last:
                yield number, Problem(ItemErrorCode.MARK_OUTDATED, "mark/at")


def _mark(mark: AttendanceMarkType, account: str, day: date) -> Mark:
    reason = None if mark.reason is None else mark.reason.value
    return Mark(account, day, mark.lesson_no, mark.present, reason, mark.at)


def _told(number: int, mark: AttendanceMarkType, problem: Problem) -> RejectedMarkType:
    return RejectedMarkType(
        row_no=number,
        pupil_id=mark.pupil_id,
        lesson_no=mark.lesson_no,
        error=problem.message,
    )
