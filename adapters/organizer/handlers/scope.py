"""Whose data an operation of SVC-05 tells, and which schools of his are asked for (MEAL-ORG-06)."""

from datetime import date
from typing import Any

from adapters.meals import access
from adapters.meals.access import Function
from adapters.organizer.repository import bound
from gateway.adapter import Received, Work
from gateway.contracts import periods
from gateway.contracts.messages.common import Period
from gateway.kernel.errors import Finding, NotAllowed, ValidationError
from registry.calendar import local_date


def organizer_of(received: Received[Any], work: Work, function: Function) -> str:
    """Return the INN of the organizer that asks; raise NotAllowed for anybody else.

    The operator has these functions too, but no schools: he asks by his own services.
    """
    inn = access.admit(received, work, function).organizer_inn
    if inn is None:
        raise NotAllowed
    return inn


def require_place(
    received: Received[Any],
    work: Work,
    organizer_inn: str,
    days: tuple[date, date],
    school: str | None,
    building: str | None = None,
) -> None:
    """Raise NotAllowed unless what is asked for is the organizer's on one of the days.

    A foreign school and one that does not exist are refused in the same words. Raises
    ValidationError for a building without its school.
    """
    if school is None:
        if building is not None:
            raise wrong(received, "buildingCode", "Корпус указан без школы: добавьте schoolCode.")
        return
    if not bound.is_bound(work.database, organizer_inn, school, building, *days):
        raise NotAllowed


def past_days(received: Received[Any], work: Work, period: Period) -> tuple[date, date]:
    """Return the first and the last day of a period that has begun; raise PeriodInvalid."""
    path = f"/{type(received.request).__name__}/period"
    first, last = period.from_value, period.to
    periods.check_days(first, last, path)
    if first > local_date(work.now):
        raise periods.bad_period("Период ещё не начался.", f"{path}/from")
    return first, last


def wrong(received: Received[Any], element: str, text: str) -> ValidationError:
    """Return what refuses an element of the request."""
    path = f"/{type(received.request).__name__}/{element}"
    return ValidationError(findings=(Finding(text, path=path),))
