"""SVC-08 SetMealSchedule: which meals a school has, and when (MEAL-CAT-13, H-18)."""

from collections import Counter
from collections.abc import Iterator

from adapters.meals import access, messages
from adapters.meals.access import Function
from adapters.meals.repository import admin_requests, bindings, settings
from adapters.meals.repository.settings import Level, Meal
from gateway.adapter import Received, Work
from gateway.kernel.errors import Finding, NotFound, ValidationError

_WEEK = range(1, 8)


def set_meal_schedule(
    received: Received[messages.SetMealScheduleRequest], work: Work
) -> messages.SetMealScheduleResponse:
    """Set the meals of a school, of a building or of a class, instead of what that level had.

    The schedule that holds already changes nothing. Raises NotAllowed, NotFound, ValidationError.
    """
    request = received.request
    actor = access.admit(received, work, Function.SET_SCHEDULE)
    access.require_school(work.database, actor, request.school_code)
    admin_requests.hold_schools(work.database, frozenset({request.school_code}))
    level = _level(request, work)
    meals = _meals(request)
    known = settings.schedule_of(work.database, level)
    if known is not None and known.meals == meals:
        return messages.SetMealScheduleResponse(version=known.version)
    version = settings.put_schedule(
        work.database, level, meals, received.digest, work.now, received.entry
    )
    return messages.SetMealScheduleResponse(version=version)


def _level(request: messages.SetMealScheduleRequest, work: Work) -> Level:
    """Return whose schedule it is; a class has one, whatever building it was named with."""
    school, building = request.school_code, request.building_code or ""
    if building and not bindings.has_building(work.database, school, building):
        raise NotFound("В школе нет корпуса с таким кодом.")
    if request.class_code is None:
        return Level(school, building)
    if not settings.has_class(work.database, school, building, request.class_code):
        raise NotFound("В школе или корпусе нет класса с таким кодом.")
    return Level(school, class_code=request.class_code)


def _meals(request: messages.SetMealScheduleRequest) -> frozenset[Meal]:
    findings = [*_with_seconds(request), *_repeated(request)]
    if findings:
        raise ValidationError(findings=tuple(findings))
    return frozenset(
        Meal(meal.meal_type, weekday, f"{meal.start_time:%H:%M}")
        for meal in request.meal
        for weekday in meal.weekday or _WEEK
    )


def _with_seconds(request: messages.SetMealScheduleRequest) -> Iterator[Finding]:
    for number, meal in enumerate(request.meal, 1):
        if meal.start_time.second:
            yield Finding(
                "Время начала указывается без секунд: ЧЧ:ММ:00.",
                path=f"/SetMealScheduleRequest/meal[{number}]/startTime",
                value=meal.start_time.isoformat(),
            )


def _repeated(request: messages.SetMealScheduleRequest) -> Iterator[Finding]:
    counted = Counter(
        (meal.meal_type, weekday) for meal in request.meal for weekday in meal.weekday or _WEEK
    )
    for (meal_type, weekday), times in counted.items():
        if times > 1:
            yield Finding(
                f"Приём пищи назван на день недели {weekday} не один раз.",
                rule="unique",
                value=meal_type,
            )
