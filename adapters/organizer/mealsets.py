"""Complexes by days and places: rules of a row and what is stored (MEAL-CAT-03, 10, 12).

A row says what its complex is on its days and where; whatever the code meant on those days before
is replaced. Days that stay as they are do not count: they may be frozen or past.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from adapters.organizer.messages import ItemErrorCode, ItemResult, MealSetRowType
from adapters.organizer.repository import dishes, mealsets
from adapters.organizer.repository.dishes import Validity
from adapters.organizer.repository.mealsets import MealSet, Offered, Place, Portion, Slot
from adapters.organizer.repository.terms import AGE_CATEGORIES, MENU_TYPES, PCHVR_CATEGORIES
from adapters.organizer.rows import (
    Fault,
    Piece,
    Verdict,
    digest_of,
    hundredths,
    price_faults,
    rejected,
    repetition_faults,
)
from adapters.organizer.terms import Terms

_Day = tuple[str, date]
_CODE = ItemErrorCode


def apply(piece: Piece[MealSetRowType]) -> list[Verdict]:
    """Store what is right and new; return the verdicts in the order of the rows."""
    known = _Known(piece)
    changes = _Changes(piece, known)
    verdicts = [changes.verdict(number, row) for number, row in piece.numbered()]
    changes.store()
    return verdicts


class _Known:
    """All that the rows of a piece are held against, looked up at once."""

    def __init__(self, piece: Piece[MealSetRowType]) -> None:
        database, inn, rows = piece.work.database, piece.batch.organizer_inn, piece.rows
        codes = {row.complex_code for row in rows}
        first = min(day for row in rows for day in row.date)
        last = max(day for row in rows for day in row.date)
        schools = {place.code for row in rows for place in row.school_code}
        self.terms = Terms(database, inn, schools, first, last)
        self.dishes: Mapping[str, Validity] = dishes.validity(
            database, inn, {portion.dish_code for row in rows for portion in row.dish}
        )
        self.revisions = mealsets.revisions(database, inn, codes)
        self.offered: dict[_Day, list[Offered]] = {}
        for one in mealsets.offered(database, inn, codes, first, last):
            self.offered.setdefault((one.slot.code, one.slot.day), []).append(one)


class _Changes:
    """What the right rows of a piece change."""

    def __init__(self, piece: Piece[MealSetRowType], known: _Known) -> None:
        self._piece = piece
        self._known = known
        self._fresh: dict[tuple[str, bytes], MealSet] = {}
        self._current: dict[str, bytes] = {}
        self._withdrawn: set[str] = set()
        self._removed: set[Slot] = set()
        self._put: list[tuple[Slot, bytes]] = []

    def verdict(self, number: int, row: MealSetRowType) -> Verdict:
        """Judge a row; note what it changes."""
        code, one = row.complex_code, _meal_set(row)
        places = set() if row.active is False else set(_places(row))
        days = [day for day in row.date if self._differs(one, places, day)]
        faults = list(_row_faults(row, is_repeated=number in self._piece.repeated))
        if not faults and not days:
            return Verdict(code, ItemResult.UNCHANGED)
        faults += _day_faults(self._piece, row, days)
        if days and row.active is not False:
            faults += _content_faults(row, days, self._known)
        if faults:
            return rejected(code, faults)
        was_offered = any((code, day) in self._known.offered for day in days)
        self._note(one, places, days)
        return Verdict(code, ItemResult.UPDATED if was_offered else ItemResult.CREATED)

    def store(self) -> None:
        """Write all changes of the piece."""
        piece, database = self._piece, self._piece.work.database
        inn, version = piece.batch.organizer_inn, piece.version
        revisions = dict(self._known.revisions)
        if self._fresh:
            fresh = list(self._fresh.values())
            revisions |= mealsets.add_revisions(database, inn, fresh, version, piece.batch.entry)
        mealsets.remove_offers(database, inn, self._removed)
        mealsets.put_offers(
            database,
            inn,
            [(slot, revisions[slot.code, digest]) for slot, digest in self._put],
            version,
        )
        current = {code: revisions[code, digest] for code, digest in self._current.items()}
        mealsets.make_current(database, inn, current, version)
        mealsets.touch(database, inn, self._withdrawn - set(current), version)

    def _differs(self, one: MealSet, places: set[Place], day: date) -> bool:
        now = self._known.offered.get((one.code, day), ())
        if {Place(offer.slot.school, offer.slot.building) for offer in now} != places:
            return True
        return any(offer.digest != one.digest for offer in now)

    def _note(self, one: MealSet, places: set[Place], days: Sequence[date]) -> None:
        for day in days:
            for offer in self._known.offered.get((one.code, day), ()):
                if Place(offer.slot.school, offer.slot.building) not in places:
                    self._removed.add(offer.slot)
            for place in places:
                slot = Slot(place.school, day, place.building, one.code)
                self._put.append((slot, one.digest))
        if not places:
            self._withdrawn.add(one.code)
            return
        if (one.code, one.digest) not in self._known.revisions:
            self._fresh[one.code, one.digest] = one
        self._current[one.code] = one.digest


def _row_faults(row: MealSetRowType, *, is_repeated: bool) -> Iterator[Fault]:
    """Refuse what the row itself shows."""
    if is_repeated:
        text = "Код комплекса повторяется в пакете на тот же день. Оставьте одну строку."
        yield Fault(_CODE.ROW_DUPLICATE, text, "complexCode")
    yield from repetition_faults(row.date, "date[{}]")
    yield from repetition_faults([place.code for place in row.school_code], "schoolCode[{}]")
    for number, place in enumerate(row.school_code, 1):
        path = f"schoolCode[{number}]/buildingCode"
        yield from repetition_faults(place.building_code, path + "[{}]")
    yield from repetition_faults(row.pchvr_category_code, "pchvrCategoryCode[{}]")
    yield from repetition_faults([one.dish_code for one in row.dish], "dish[{}]/dishCode")


def _day_faults(
    piece: Piece[MealSetRowType], row: MealSetRowType, days: Sequence[date]
) -> Iterator[Fault]:
    """Refuse to change what is past or frozen (MEAL-CAT-12)."""
    for day in days:
        path = f"date[{row.date.index(day) + 1}]"
        if day < piece.today:
            text = f"День {day:%d.%m.%Y} уже прошёл. Уберите его."
            yield Fault(_CODE.DATE_IN_PAST, text, path)
        elif day < piece.first_open:
            text = f"День {day:%d.%m.%Y} заморожен, меню на него не меняется. Уберите этот день."
            yield Fault(_CODE.FROZEN, text, path)


def _content_faults(row: MealSetRowType, days: Sequence[date], known: _Known) -> Iterator[Fault]:
    """Hold an offered complex against prices, the assortment, contracts and directories."""
    yield from price_faults(row.full_price, "fullPrice")
    yield from _dish_faults(row, days, known.dishes)
    if row.meal_type not in known.terms.meal_types:
        yield _unknown("Приёма пищи", row.meal_type, "mealType")
    for number, school in enumerate(row.school_code, 1):
        places = [
            ("", f"schoolCode[{number}]/code"),
            *(
                (code, f"schoolCode[{number}]/buildingCode[{place}]")
                for place, code in enumerate(school.building_code, 1)
            ),
        ]
        # With buildings named, the school as a whole is not asked for.
        for building, path in places[1:] or places:
            for day in days:
                yield from _binding_faults(row, school.code, building, day, known.terms, path)
        for day in days:
            yield from _directory_faults(row, school.code, day, known.terms)


def _dish_faults(
    row: MealSetRowType, days: Sequence[date], known: Mapping[str, Validity]
) -> Iterator[Fault]:
    for number, portion in enumerate(row.dish, 1):
        validity = known.get(portion.dish_code)
        path = f"dish[{number}]/dishCode"
        if validity is None:
            text = f"Блюда с кодом {portion.dish_code} нет в ассортименте. Передайте его раньше."
            yield Fault(_CODE.DISH_UNKNOWN, text, path)
        elif not validity.covers(min(days), max(days)):
            text = f"Блюдо с кодом {portion.dish_code} не действует на указанный день."
            yield Fault(_CODE.DISH_UNKNOWN, text, path)


def _binding_faults(
    row: MealSetRowType, school: str, building: str, day: date, terms: Terms, path: str
) -> Iterator[Fault]:
    ours = terms.ours(school, building, day)
    if not ours:
        text = "Школа или корпус не закреплены за организатором на указанный день. Уберите их."
        yield Fault(_CODE.SCHOOL_NOT_BOUND, text, path)
        return
    under = [one for one in ours if one.contract_number == row.contract_number]
    if len(under) < len(ours):
        text = "Договора с таким номером на эти школы у организатора нет. Исправьте номер."
        yield Fault(_CODE.CONTRACT_UNKNOWN, text, "contractNumber")
    elif not all(terms.allows(one, row.menu_type_code) for one in under):
        text = f"Вид меню {row.menu_type_code} не указан в договоре. Сверьтесь с договором."
        yield Fault(_CODE.CATEGORY_UNKNOWN, text, "menuTypeCode")


def _directory_faults(row: MealSetRowType, school: str, day: date, terms: Terms) -> Iterator[Fault]:
    if not terms.knows(MENU_TYPES, row.menu_type_code, school, day):
        yield _unknown("Вида меню", row.menu_type_code, "menuTypeCode")
    if not terms.knows(AGE_CATEGORIES, row.age_category_code, school, day):
        yield _unknown("Возрастной категории", row.age_category_code, "ageCategoryCode")
    for number, code in enumerate(row.pchvr_category_code, 1):
        if not terms.knows(PCHVR_CATEGORIES, code, school, day):
            yield _unknown("Категории ПЧВР", code, f"pchvrCategoryCode[{number}]")


def _unknown(what: str, code: str, path: str) -> Fault:
    text = f"{what} {code} нет в справочниках. Сверьтесь с GetDirectories."
    return Fault(_CODE.CATEGORY_UNKNOWN, text, path)


def _places(row: MealSetRowType) -> Iterator[Place]:
    for school in row.school_code:
        for building in school.building_code or [""]:
            yield Place(school.code, building)


def _meal_set(row: MealSetRowType) -> MealSet:
    pchvr = tuple(sorted(row.pchvr_category_code))
    portions = tuple(Portion(one.dish_code, hundredths(one.portions) or 0) for one in row.dish)
    content = (
        row.name,
        row.menu_type_code,
        row.meal_type,
        row.age_category_code,
        pchvr,
        row.is_default,
        hundredths(row.full_price),
        row.contract_number,
        tuple(map(tuple, portions)),
    )
    return MealSet(
        code=row.complex_code,
        name=row.name,
        menu_type=row.menu_type_code,
        meal_type=row.meal_type,
        age_category=row.age_category_code,
        is_default=row.is_default,
        full_price=row.full_price,
        contract_number=row.contract_number,
        digest=digest_of(content),
        pchvr=pchvr,
        dishes=portions,
    )
