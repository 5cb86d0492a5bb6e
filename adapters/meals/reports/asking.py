"""What was asked for: parameters that fit the report, within the scope of who asks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from adapters.meals import access
from adapters.meals.access import Actor, Role
from adapters.meals.reports.description import DAY, PERIOD, Asked, Param, Report
from adapters.meals.repository import people, reported
from gateway.contracts.messages.common import ReportFormat
from gateway.contracts.periods import check_days
from gateway.kernel.errors import Finding, NotAllowed, NotFound, ValidationError
from gateway.storage.database import Transaction
from registry.calendar import local_date

_PATH = "/GetReportRequest/param"
_AGGREGATES = frozenset({Role.DON})
"""To whom a class or a pupil is nothing to ask about."""


def asked_for(
    transaction: Transaction,
    actor: Actor,
    report: Report,
    params: Iterable[tuple[Param, str]],
    report_format: ReportFormat,
    now: datetime,
) -> Asked:
    """Return what may be reported.

    Raises NotFound for a report that the role does not have, ValidationError for parameters or a
    format that do not fit, PeriodInvalid, and NotAllowed for a place outside of the scope.
    """
    grain = report.grains.get(actor.role)
    if grain is None:
        raise NotFound
    if report_format not in report.formats:
        names = ", ".join(sorted(one.value for one in report.formats))
        raise _refused(f"Этот отчёт выдаётся только в формате {names}.", "/GetReportRequest/format")
    given = _fitting(report, params)
    first, last = _days(given, now)
    _check_scope(transaction, actor, given)
    return Asked(actor, grain, given, first, last)


def _fitting(report: Report, params: Iterable[tuple[Param, str]]) -> Mapping[Param, str]:
    given: dict[Param, str] = {}
    for param, value in params:
        if param in given:
            raise _refused(f"Параметр {param.value} указан дважды.")
        if param not in report.required | report.optional:
            raise _refused(f"У отчёта нет параметра {param.value}.")
        given[param] = value
    missing = sorted(one.value for one in report.required - given.keys())
    if missing:
        raise _refused(f"Не указан параметр {missing[0]}.")
    for param in (Param.BUILDING_CODE, Param.CLASS_CODE):
        if param in given and Param.SCHOOL_CODE not in given:
            raise _refused(f"Параметр {param.value} указывается вместе с SCHOOL_CODE.")
    return given


def _days(given: Mapping[Param, str], now: datetime) -> tuple[date, date]:
    if given.keys() >= PERIOD:
        first, last = _day(given, Param.PERIOD_FROM), _day(given, Param.PERIOD_TO)
    elif given.keys() >= DAY:
        first = last = _day(given, Param.DATE)
    else:
        first = last = local_date(now)
    check_days(first, last, _PATH)
    return first, last


def _day(given: Mapping[Param, str], param: Param) -> date:
    text = given[param]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise _refused(f"Параметр {param.value} — дата вида ГГГГ-ММ-ДД.")
    return day


def _refused(text: str, path: str = _PATH) -> ValidationError:
    return ValidationError(text, findings=(Finding(text, path=path),))


def _check_scope(transaction: Transaction, actor: Actor, given: Mapping[Param, str]) -> None:
    """Raise NotAllowed, in the same words for what is foreign and for what does not exist."""
    if actor.role in _AGGREGATES and given.keys() & {Param.CLASS_CODE, Param.ACCOUNT}:
        raise NotAllowed
    if (account := given.get(Param.ACCOUNT)) is not None:
        access.require_account(transaction, actor, account)
    if (municipality := given.get(Param.MUNICIPALITY_CODE)) is not None:
        _require_municipality(transaction, actor, municipality)
    school = given.get(Param.SCHOOL_CODE)
    if school is None:
        return
    building, class_code = given.get(Param.BUILDING_CODE), given.get(Param.CLASS_CODE)
    if class_code is not None:
        if access.require_class(transaction, actor, class_code).school != school:
            raise NotAllowed
    elif actor.classes is None:
        access.require_school(transaction, actor, school)
    elif school not in reported.schools_of(transaction, actor.classes):
        raise NotAllowed
    if building is not None and not reported.is_building(transaction, school, building):
        raise NotAllowed


def _require_municipality(transaction: Transaction, actor: Actor, code: str) -> None:
    schools = actor.schools
    if actor.classes is not None:
        schools = reported.schools_of(transaction, actor.classes)
    if schools is not None:
        places = [people.place_of_school(transaction, school) for school in sorted(schools)]
        if code not in {place.municipality for place in places if place is not None}:
            raise NotAllowed
    elif actor.municipalities is not None:
        if code not in actor.municipalities:
            raise NotAllowed
    elif not reported.is_municipality(transaction, code):
        raise NotAllowed
