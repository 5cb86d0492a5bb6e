"""SVC-08 SetPupilMealSettings: category, meals and menu type of pupils by days (MEAL-ADM-01)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from adapters.meals import access, messages, spans, times
from adapters.meals.access import Actor, Function
from adapters.meals.handlers import repeats
from adapters.meals.messages import (
    ItemErrorCode,
    ItemErrorType,
    ItemOutcomeType,
    ItemResult,
    PupilSettingsType,
)
from adapters.meals.repository import admin_requests, directories, settings
from adapters.meals.repository.directories import MENU_TYPES, PCHVR_CATEGORIES
from adapters.meals.repository.settings import Enrolled, Setting
from adapters.meals.spans import Span
from gateway.adapter import Received, Work

KNOWN_MEALS = frozenset({"BREAKFAST", "LUNCH", "AFTERNOON", "DINNER"})
"""Meals that every school may have; the schedule of a school adds others to them."""
_SET = "SetPupilMealSettings"


def set_pupil_meal_settings(
    received: Received[messages.SetPupilMealSettingsRequest], work: Work
) -> messages.SetPupilMealSettingsResponse:
    """Set what pupils are given from a day on, row by row; a wrong row rejects no other.

    Raises NotAllowed, DuplicateConflict.
    """
    request = received.request
    actor = access.admit(received, work, Function.SET_PUPILS)
    answered = repeats.first_answer(received, work, actor, _SET, request.set_id)
    if answered is None:
        answered = _set(received, work, actor)
        repeats.keep_answer(received, work, actor, _SET, request.set_id, answered)
    return messages.SetPupilMealSettingsResponse(
        result=[
            _outcome(number, row.account, *told)
            for number, (row, told) in enumerate(zip(request.item, answered, strict=True), 1)
        ]
    )


class Refused(Exception):
    """A row cannot be done: its code and what a person is told."""

    def __init__(self, code: ItemErrorCode, text: str) -> None:
        """Refuse with a code and a sentence."""
        super().__init__(text)
        self.code = code
        self.text = text


class _Known(NamedTuple):
    """What rows are checked by, asked once for all of them."""

    pupils: Mapping[str, Enrolled]
    codes: Mapping[tuple[str, str, str], Sequence[Span]]
    meals: Mapping[str, frozenset[str]]


def _set(
    received: Received[messages.SetPupilMealSettingsRequest], work: Work, actor: Actor
) -> list[list[str | None]]:
    """Do the rows in order; return result, code and sentence of each."""
    rows = received.request.item
    known = _known(rows, work, actor)
    standing = dict(settings.settings_of(work.database, known.pupils.keys()))
    changed: dict[str, list[Setting]] = {}
    named: set[tuple[str, object]] = set()
    told: list[list[str | None]] = []
    for row in rows:
        key = (row.account, row.valid_from)
        try:
            _check(row, known, work, is_repeated=key in named)
            before = changed.get(row.account, _ended(standing.get(row.account, [])))
            result, after = _laid(before, _setting(row, received.entry))
            if result is not ItemResult.UNCHANGED:
                changed[row.account] = after
            told.append([result.value, None, None])
        except Refused as refusal:
            told.append([ItemResult.REJECTED.value, refusal.code.value, refusal.text])
        named.add(key)
    settings.replace(work.database, changed)
    return told


def _known(rows: Sequence[PupilSettingsType], work: Work, actor: Actor) -> _Known:
    found = settings.enrolled(work.database, {row.account for row in rows})
    pupils = {
        account: pupil
        for account, pupil in found.items()
        if actor.schools is None or pupil.school in actor.schools
    }
    schools = frozenset(pupil.school for pupil in pupils.values())
    admin_requests.hold_schools(work.database, schools)
    municipalities = {pupil.municipality for pupil in pupils.values()}
    directories_ = [MENU_TYPES, PCHVR_CATEGORIES]
    return _Known(
        pupils,
        directories.spans_of(work.database, municipalities, directories_),
        settings.meals_served(work.database, schools),
    )


def _check(row: PupilSettingsType, known: _Known, work: Work, *, is_repeated: bool) -> None:
    """Raise Refused for a row that cannot be done."""
    pupil = known.pupils.get(row.account)
    if pupil is None or pupil.days.last < row.valid_from:
        raise Refused(ItemErrorCode.PUPIL_UNKNOWN, "Учащегося с таким лицевым счётом в школе нет.")
    if is_repeated:
        raise Refused(
            ItemErrorCode.ROW_DUPLICATE, "Лицевой счёт с этой датой начала уже назван раньше."
        )
    for text in _wrong_values(row, known.meals.get(pupil.school, frozenset())):
        raise Refused(ItemErrorCode.VALUE_INVALID, text)
    if times.is_closed(row.valid_from, work.now):
        raise Refused(ItemErrorCode.LOCKED_DAY, "День validFrom закрыт: назначьте незакрытый.")
    for text in _unknown_codes(row, pupil, known):
        raise Refused(ItemErrorCode.CATEGORY_UNKNOWN, text)


def _wrong_values(row: PupilSettingsType, served: frozenset[str]) -> Iterator[str]:
    if row.valid_to is not None and row.valid_to < row.valid_from:
        yield "validTo раньше validFrom."
    for number, meal in enumerate(row.meal_type):
        if meal in row.meal_type[:number]:
            yield f"mealType: приём пищи {meal} назван дважды."
        if meal not in KNOWN_MEALS | served:
            yield f"mealType: приёма пищи {meal} в режиме питания школы нет."


def _unknown_codes(row: PupilSettingsType, pupil: Enrolled, known: _Known) -> Iterator[str]:
    days = spans.span(row.valid_from, row.valid_to)
    codes = (
        (MENU_TYPES, "menuTypeCode", row.menu_type_code),
        (PCHVR_CATEGORIES, "pchvrCode", row.pchvr_code),
    )
    for directory, name, code in codes:
        if code is not None and not spans.cover(
            known.codes.get((pupil.municipality, directory, code), ()), days
        ):
            yield f"{name}: кода в справочнике муниципалитета на эти дни нет."


def _setting(row: PupilSettingsType, entry: int) -> Setting:
    return Setting(
        row.account,
        row.valid_from,
        row.valid_to,
        row.pchvr_code,
        row.menu_type_code,
        bool(row.home_study),
        frozenset(row.meal_type),
        entry,
    )


def _ended(found: Sequence[Setting]) -> list[Setting]:
    """Write out where each setting ends because the next one begins."""
    ends = [spans.eve(later.valid_from) for later in found[1:]]
    return [
        *(
            one._replace(valid_to=min(end, spans.span(one.valid_from, one.valid_to).last))
            for one, end in zip(found, ends, strict=False)
        ),
        *found[-1:],
    ]


def _laid(before: Sequence[Setting], new: Setting) -> tuple[ItemResult, list[Setting]]:
    """Lay a setting over those of before; what held earlier ends on its eve and does not return."""
    days = spans.span(new.valid_from, new.valid_to)
    met = [one for one in before if spans.span(one.valid_from, one.valid_to).meets(days)]
    if len(met) == 1 and _holds_already(met[0], new):
        return ItemResult.UNCHANGED, list(before)
    after = [new]
    for one in before:
        own = spans.span(one.valid_from, one.valid_to)
        if own.first < days.first:
            after.append(one._replace(valid_to=min(own.last, spans.eve(days.first))))
        elif own.last > days.last:
            after.append(one._replace(valid_from=max(own.first, spans.morrow(days.last))))
    return ItemResult.UPDATED if met else ItemResult.CREATED, sorted(after)


def _holds_already(one: Setting, new: Setting) -> bool:
    return (
        one.valid_from <= new.valid_from
        and one._replace(valid_from=new.valid_from, entry=new.entry) == new
    )


def _outcome(
    number: int, account: str, result: str, code: str | None, text: str | None
) -> ItemOutcomeType:
    return ItemOutcomeType(
        row_no=number,
        account=account,
        result=ItemResult(result),
        error=None
        if code is None or text is None
        else ItemErrorType(code=ItemErrorCode(code), message=text),
    )
