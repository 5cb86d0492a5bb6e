"""SVC-04: the directories a menu is made by, and the schools it is made for (MEAL-CAT-04)."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import groupby

from adapters.meals import access
from adapters.meals.access import Function
from adapters.organizer import messages
from adapters.organizer.messages import GetDirectoriesRequest, GetDirectoriesResponse
from adapters.organizer.repository import terms
from adapters.organizer.repository.terms import (
    AGE_CATEGORIES,
    MENU_TYPES,
    PCHVR_CATEGORIES,
    Binding,
    Building,
    Entry,
    FedSchool,
    Start,
)
from adapters.organizer.terms import MEAL_TYPES
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import CompensationMode
from gateway.kernel.errors import NotAllowed, NotFound
from gateway.kernel.money import to_roubles
from gateway.storage.types import instant_text
from registry.calendar import local_date

_OVERLAP = timedelta(minutes=1)
"""A change may be committed a little after the moment it carries; told twice it harms nobody."""
_FOREVER = date(2999, 12, 31)


def get_directories(
    received: Received[GetDirectoriesRequest], work: Work
) -> GetDirectoriesResponse:
    """Tell what stands in the directories from today on, and which schools are the organizer's.

    Raises NOT_FOUND when none of his schools lies in the asked municipality.
    """
    inn = access.admit(received, work, Function.READ_DIRECTORIES).organizer_inn
    if inn is None:
        raise NotAllowed
    request, database, today = received.request, work.database, local_date(work.now)
    bound = terms.bound_schools(database, inn, today, _FOREVER)
    # A school of an unknown municipality has no directories, so no menu can be made for it.
    schools = [
        one
        for one in terms.schools(database, bound)
        if one.municipality and request.municipality_code in {None, one.municipality}
    ]
    if request.municipality_code is not None and not schools:
        raise NotFound("В этом муниципальном образовании нет закреплённых школ.")
    municipalities = {one.municipality for one in schools}
    entries = terms.entries(database, municipalities, today)
    if request.changed_since is not None:
        since = instant_text(request.changed_since - _OVERLAP)
        changed = terms.changed_directories(database, municipalities, since)
        entries = [one for one in entries if (one.municipality, one.directory) in changed]
    codes = [one.code for one in schools]
    starts = terms.starts(database, codes)
    fed = _Fed(
        inn,
        terms.bindings(database, codes, today, _FOREVER),
        terms.buildings(database, codes),
        starts,
    )
    return GetDirectoriesResponse(
        menu_type=[_menu_type(one) for one in entries if one.directory == MENU_TYPES],
        meal_type=list(_meal_types(starts)),
        age_category=[_age_category(one) for one in entries if one.directory == AGE_CATEGORIES],
        pchvr_category=list(
            _pchvr_categories([one for one in entries if one.directory == PCHVR_CATEGORIES])
        ),
        school=[fed.school(one) for one in schools],
        as_of=work.now,
    )


class _Fed:
    """What an organizer feeds of his schools."""

    def __init__(
        self,
        organizer_inn: str,
        bindings: Sequence[Binding],
        buildings: Sequence[Building],
        starts: Sequence[Start],
    ) -> None:
        self._inn = organizer_inn
        self._bindings = bindings
        self._buildings = buildings
        self._starts = starts

    def school(self, one: FedSchool) -> messages.SchoolType:
        """Return a school with the buildings that are fed and the times of meals."""
        return messages.SchoolType(
            school_code=one.code,
            name=one.name,
            municipality_code=one.municipality,
            building=[
                messages.BuildingType(
                    building_code=building.code,
                    name=building.name,
                    address=building.address or building.name,
                )
                for building in self._buildings
                if building.school == one.code and self._feeds(building)
            ],
            meal_schedule=[
                messages.MealScheduleType(
                    meal_type=start.meal_type, start_time=time.fromisoformat(start.start_time)
                )
                for start in self._starts
                if start.school == one.code
            ],
        )

    def _feeds(self, building: Building) -> bool:
        """Tell whose a building is: its own binding goes before that of the school."""
        of_school = [one for one in self._bindings if one.school == building.school]
        own = [one for one in of_school if one.building == building.code]
        return any(
            one.organizer_inn == self._inn
            for one in own or [one for one in of_school if not one.building]
        )


def _menu_type(one: Entry) -> messages.DirectoryEntryType:
    return messages.DirectoryEntryType(
        code=one.code,
        name=one.name,
        municipality_code=one.municipality,
        valid_from=one.first,
        valid_to=one.last,
    )


def _meal_types(starts: Sequence[Start]) -> Iterator[messages.MealTypeEntryType]:
    """Give the common meals, and those that only schedules of schools know, by their codes."""
    own = sorted({start.meal_type for start in starts} - set(MEAL_TYPES))
    for code in (*MEAL_TYPES, *own):
        yield messages.MealTypeEntryType(code=code, name=MEAL_TYPES.get(code, code))


def _age_category(one: Entry) -> messages.AgeCategoryType:
    return messages.AgeCategoryType(
        code=one.code,
        name=one.name,
        age_from=one.age_from or 0,
        age_to=one.age_to or 0,
        municipality_code=one.municipality,
        valid_from=one.first,
        valid_to=one.last,
    )


def _pchvr_categories(entries: Sequence[Entry]) -> Iterator[messages.PchvrCategoryType]:
    """Give categories; meals with the same rule of compensation share a record (MEAL-CAT-05)."""

    def rule(one: Entry) -> tuple[object, ...]:
        shared = (one.municipality, one.code, one.first, one.last or _FOREVER, one.name)
        return (*shared, one.mode or "", -1 if one.value is None else one.value, not one.meal_type)

    for _, ones in groupby(sorted(entries, key=rule), key=rule):
        alike = list(ones)
        one = alike[0]
        yield messages.PchvrCategoryType(
            code=one.code,
            name=one.name,
            mode=CompensationMode(one.mode),
            value=None if one.value is None else to_roubles(one.value),
            meal_type=[entry.meal_type for entry in alike if entry.meal_type],
            municipality_code=one.municipality,
            valid_from=one.first,
            valid_to=one.last,
        )
