"""SVC-04: showing a menu to parents, and taking it back (MEAL-CAT-08, 09, 12)."""

import json
from collections.abc import Iterator
from datetime import date

from adapters.meals import access
from adapters.meals.access import Function
from adapters.meals.repository import coverage
from adapters.meals.repository.coverage import FEWEST_COMPLEXES, Problem
from adapters.meals.times import days_of
from adapters.organizer import errors, messages
from adapters.organizer.handlers.periods import bound_schools, days_of_period
from adapters.organizer.messages import (
    ProblemCode,
    PublicationProblemType,
    PublicationState,
    PublishMenuRequest,
    PublishMenuResponse,
    WithdrawMenuResponse,
)
from adapters.organizer.processing import first_open_day
from adapters.organizer.repository import publications, versions
from adapters.organizer.repository.publications import Publication
from gateway.adapter import Received, Work
from gateway.kernel.errors import (
    DuplicateConflict,
    Finding,
    IllegalTransition,
    NotAllowed,
    NotFound,
)

MOST_PROBLEMS = 1000
_REQUEST = "PublishMenuRequest"


def publish_menu(received: Received[PublishMenuRequest], work: Work) -> PublishMenuResponse:
    """Show all that is offered in a period to parents, if every family has a choice.

    The same publication again gets the first answer, a refusal too; another content under its id
    is DUPLICATE_CONFLICT. Raises FROZEN, PERIOD_INVALID, and NOT_ALLOWED for a school that is not
    bound to the organizer in the period.
    """
    inn = _organizer(received, work)
    request = received.request
    earlier = publications.find(work.database, received.sender.code, request.publication_id)
    if earlier is not None:
        if earlier.digest != received.digest:
            raise DuplicateConflict(
                f"Публикация {request.publication_id} уже была с другим содержимым."
            )
        return _answer(earlier)
    first, last = days_of_period(request.period, _REQUEST)
    schools = bound_schools(work.database, inn, request.school_code, first, last)
    first_open = first_open_day(work.calendar, work.now)
    if first < first_open:
        text = f"Первый незамороженный день — {first_open:%d.%m.%Y}."
        raise errors.Frozen(findings=(Finding(text, path=f"/{_REQUEST}/period/from"),))
    version = versions.hold(work.database, inn) + 1
    found = _problems(work, inn, first, last, schools)
    decided = Publication(
        id=work.identifiers(),
        sender=received.sender.code,
        publication_id=request.publication_id,
        organizer_inn=inn,
        period_from=first,
        period_to=last,
        state=(PublicationState.REJECTED if found else PublicationState.PUBLISHED).value,
        problems=json.dumps(found[: MOST_PROBLEMS + 1], ensure_ascii=False) if found else None,
        digest=received.digest,
        decided_at=work.now,
        entry=received.entry,
    )
    publications.add(work.database, decided)
    if not found:
        publications.show(work.database, decided, schools, version)
        versions.advance(work.database, inn, version)
    return _answer(decided)


def withdraw_menu(
    received: Received[messages.WithdrawMenuRequest], work: Work
) -> WithdrawMenuResponse:
    """Hide a published menu again; raises NOT_FOUND, FROZEN and ILLEGAL_TRANSITION."""
    inn = _organizer(received, work)
    request = received.request
    one = publications.find(work.database, received.sender.code, request.publication_id)
    if one is None:
        raise NotFound("Публикация не найдена.")
    if one.state == PublicationState.REJECTED.value:
        raise IllegalTransition("Публикация была отвергнута, снимать нечего.")
    withdrawn_at = one.withdrawn_at
    if withdrawn_at is None:
        withdrawn_at = work.now
        if publications.begins_before(work.database, one, first_open_day(work.calendar, work.now)):
            raise errors.Frozen(
                "Среди дней публикации есть замороженный: меню на него не снимается."
            )
        version = versions.hold(work.database, inn) + 1
        publications.hide(work.database, one, version, withdrawn_at, request.reason)
        versions.advance(work.database, inn, version)
    return WithdrawMenuResponse(
        publication_id=one.publication_id,
        state=PublicationState.WITHDRAWN,
        withdrawn_at=withdrawn_at,
    )


_Told = tuple[str, str, str, str, str, str, str, str]
"""What is stored of a problem: day, school, building, meal, age, ПЧВР, code, sentence."""


def _organizer(
    received: Received[PublishMenuRequest] | Received[messages.WithdrawMenuRequest], work: Work
) -> str:
    inn = access.admit(received, work, Function.IMPORT_MENU).organizer_inn
    if inn is None:
        raise NotAllowed
    return inn


def _problems(
    work: Work, organizer_inn: str, first: date, last: date, schools: list[str]
) -> list[_Told]:
    database = work.database
    short = coverage.problems(database, organizer_inn, first, last, schools, with_drafts=True)
    told = [one for problem in short for one in _told(problem)]
    days = list(days_of(first, last))
    absent = coverage.gaps(database, organizer_inn, days, schools, with_drafts=True)
    told += [_tell(gap, ProblemCode.NO_MENU, "нет ни одного комплекса") for gap in absent]
    return sorted(told)


def _told(problem: Problem) -> Iterator[_Told]:
    if problem.is_short:
        text = f"комплексов {problem.complexes}, а нужно не меньше {FEWEST_COMPLEXES}"
        yield _tell(problem, ProblemCode.MENU_MIN_COMPLEXES, text)
    if problem.is_default_wrong:
        text = f"комплексов дня {problem.defaults}, а нужен ровно один: отметьте isDefault"
        yield _tell(problem, ProblemCode.MENU_DEFAULT_COMPLEX, text)


def _tell(problem: Problem, code: ProblemCode, text: str) -> _Told:
    return (
        problem.day.isoformat(),
        problem.school,
        problem.building,
        problem.meal_type,
        problem.age_category,
        problem.pchvr,
        code.value,
        f"Вид меню {problem.menu_type}: {text}.",
    )


def _answer(decided: Publication) -> PublishMenuResponse:
    told = json.loads(decided.problems or "[]")
    is_rejected = decided.state == PublicationState.REJECTED.value
    return PublishMenuResponse(
        publication_id=decided.publication_id,
        state=PublicationState.REJECTED if is_rejected else PublicationState.PUBLISHED,
        published_at=None if is_rejected else decided.decided_at,
        problem=[_problem(*one) for one in told[:MOST_PROBLEMS]],
        truncated=True if len(told) > MOST_PROBLEMS else None,
    )


def _problem(
    day: str,
    school: str,
    building: str,
    meal_type: str,
    age_category: str,
    pchvr: str,
    code: str,
    message: str,
) -> PublicationProblemType:
    return PublicationProblemType(
        date=date.fromisoformat(day),
        school_code=school,
        building_code=building or None,
        meal_type=meal_type,
        age_category_code=age_category,
        pchvr_category_code=pchvr or None,
        code=ProblemCode(code),
        message=message,
    )
