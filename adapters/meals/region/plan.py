"""A region out of a seed: who lives, learns and cooks there. Pure: the same seed, the same region.

A school is made whole and by itself, so that a region of any size takes the memory of one school.
Every number of a person follows from the serial of a pupil: regions of other seeds and sizes never
share a school, an account or a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import NamedTuple

from adapters.meals.region import classes, families, names, numbers, places
from adapters.meals.region.names import Name
from gateway.kernel.identifiers import issue_account

LAST_SEED = 99
_SEED_STEP = 1_000_000
_PERSONS_PER_PUPIL = 4
"""The pupil, two guardians, and somebody of the staff with every first pupil of a class."""
_STAFF = 3
_KIND = "Муниципальное автономное общеобразовательное учреждение"
_TAX_OFFICE = "7200"
_SCHOOL_OFFICE = "7299"
_OKTMO = "719"
_SCHOOLS_PER_ORGANIZER = 17
_SCHOOLS_PER_PLACE = 18
_CREDIT_LIMITS = tuple(Decimal(amount) for amount in ("0.00", "300.00", "500.00", "1000.00"))
_BREAKS = (("08:50", "11:40"), ("09:20", "12:10"), ("09:40", "12:30"), ("10:10", "13:00"))


class Size(NamedTuple):
    """How big a region is."""

    name: str
    letter: str
    schools: int
    pupils: int
    first: int
    """Serial of its first pupil: sizes of one seed lie beside each other."""


VILLAGE = Size("village", "V", 1, 135, 0)
TOWN = Size("town", "T", 12, 6_000, 10_000)
REGION = Size("region", "R", 400, 200_000, 40_000)
SIZES = {size.name: size for size in (VILLAGE, TOWN, REGION)}


class Municipality(NamedTuple):
    """A district or a town with its own directories."""

    code: str
    name: str
    is_town: bool


class Organizer(NamedTuple):
    """An organizer of meals with its bank details."""

    inn: str
    name: str
    shift: int = 0
    """Whole weeks by which its cycle is ahead of the common one."""
    markup: Decimal = Decimal(1)


class Building(NamedTuple):
    """A building of a school."""

    code: str
    name: str
    address: str
    organizer: Organizer | None = None
    """Who feeds it, if not the one who feeds the school."""


class Employee(NamedTuple):
    """A class teacher or a meal administrator."""

    id: str
    name: Name
    snils: str
    oid: str
    role: str
    class_code: str | None = None


class SchoolClass(NamedTuple):
    """A class with its teacher."""

    code: str
    name: str
    parallel: int
    building: str
    teacher: Employee


class Guardian(NamedTuple):
    """A mother, a father or a guardian."""

    id: str
    name: Name
    snils: str
    oid: str
    relation: str


class Pupil(NamedTuple):
    """A pupil with an account and what the meal administrator has set."""

    id: str
    account: str
    status: str
    name: Name
    born: date
    snils: str
    class_code: str
    class_name: str
    guardians: tuple[Guardian, ...]
    pchvr: str | None
    is_home_study: bool
    meals: tuple[str, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class School:
    """A school with everybody in it."""

    code: str
    name: str
    short_name: str
    inn: str
    municipality: Municipality
    organizer: Organizer
    is_six_day: bool
    breaks: tuple[str, str]
    """When breakfast and lunch begin, local time."""
    credit_limit: Decimal
    """Roubles per pupil."""
    buildings: tuple[Building, ...]
    classes: tuple[SchoolClass, ...]
    administrator: Employee
    pupils: tuple[Pupil, ...]

    @property
    def weekdays(self) -> range:
        """Days of the week with lessons, Monday is 1."""
        return range(1, 7 if self.is_six_day else 6)


@dataclass(frozen=True)
class Region:
    """A region of a seed (0 … `LAST_SEED`), a size and a school year."""

    seed: int
    size: Size
    year: int
    """The school year begins on its 1 September."""
    prefix: str = ""
    """How codes begin; by the size and the seed if nobody says otherwise."""
    organizer: Organizer | None = None
    """The only organizer, where it is not to be invented."""

    @property
    def since(self) -> date:
        """The day from which everything is in force."""
        return date(self.year, 9, 1)

    @property
    def mark(self) -> str:
        """Return how codes of the region begin."""
        return self.prefix or f"{self.size.letter}{self.seed}"

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """Return the town first, then the districts round it."""
        count = max(1, -(-self.size.schools // _SCHOOLS_PER_PLACE))
        random = self._random("places")
        towns = random.sample(places.TOWNS, min(len(places.TOWNS), 1 + count // 8))
        districts = random.sample(places.DISTRICTS, len(places.DISTRICTS))
        named = [(f"Город {town}", True) for town in towns if self.size.schools > 1]
        named += [(f"{district} муниципальный район", False) for district in districts]
        return tuple(
            Municipality(self._oktmo(number), name, is_town)
            for number, (name, is_town) in enumerate(named[:count], 1)
        )

    def _oktmo(self, number: int) -> str:
        """Return a code of eight digits as ОКТМО has them, in a place where it has none."""
        size = list(SIZES).index(self.size.name)
        return f"{_OKTMO}{self.seed:02}{size}{number:02}"

    @cached_property
    def organizers(self) -> tuple[Organizer, ...]:
        """Return the organizers of meals."""
        if self.organizer is not None:
            return (self.organizer,)
        count = max(1, -(-self.size.schools // _SCHOOLS_PER_ORGANIZER))
        random = self._random("organizers")
        chosen = random.sample(places.ORGANIZERS, count)
        first = 100 + self.seed * 100 + list(SIZES).index(self.size.name) * 10
        return tuple(
            Organizer(
                numbers.inn_of(_TAX_OFFICE, first + number),
                f"ООО «{name}»",
                number % 2,
                Decimal(random.randrange(94, 109)) / 100,
            )
            for number, name in enumerate(chosen)
        )

    def schools(self) -> Iterator[School]:
        """Make the schools one after another."""
        return map(self.school, range(self.size.schools))

    def school(self, number: int) -> School:
        """Make one school of the region, from 0."""
        random = self._random(f"school/{number}")
        code = f"{self.mark}-SCHOOL-{number + 1}"
        municipality = self.municipalities[number % len(self.municipalities)]
        headcount = self._headcounts[number]
        place = self._place(number, municipality)
        full, short = _names_of_school(municipality, place, number, headcount)
        organizer = self.organizers[number * len(self.organizers) // self.size.schools]
        buildings = self._buildings(random, number, headcount, place, organizer)
        first = self.size.first + self._firsts[number]
        rooms = classes.rooms_of(headcount, random)
        led = self._classes(random, code, rooms, buildings, first)
        return School(
            code=code,
            name=full,
            short_name=short,
            inn=numbers.inn_of(_SCHOOL_OFFICE, self.seed * 1000 + self.size.first // 100 + number),
            municipality=municipality,
            organizer=organizer,
            is_six_day=number % 7 == 3,  # noqa: PLR2004 -- one in seven
            breaks=random.choice(_BREAKS),
            credit_limit=random.choice(_CREDIT_LIMITS),
            buildings=buildings,
            classes=led,
            administrator=self._employee(random, f"{code}-A1", first + 1, "MEAL_ADMIN", None),
            pupils=tuple(self._pupils(random, code, led, rooms, first)),
        )

    @cached_property
    def _headcounts(self) -> tuple[int, ...]:
        """Tell how many pupils each school has: big and small ones come in pairs."""
        schools, pupils = self.size.schools, self.size.pupils
        random = self._random("headcounts")
        mean = pupils // schools
        shifts = [random.randrange(mean * 4 // 5) for _ in range(schools // 2)]
        counts = [mean + sign * shift for shift in shifts for sign in (1, -1)]
        counts += [mean] * (schools - len(counts))
        counts[0] += pupils - sum(counts)
        return tuple(counts)

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(accumulate(self._headcounts, initial=0))

    def _place(self, number: int, municipality: Municipality) -> str:
        """Return where a school stands: the town, or the next village of its district."""
        if municipality.is_town:
            return municipality.name.replace("Город ", "г. ")
        turn = number // len(self.municipalities) + number % len(self.municipalities) * 7
        return f"с. {places.VILLAGES[turn % len(places.VILLAGES)]}"

    def _buildings(
        self, random: Random, number: int, headcount: int, place: str, organizer: Organizer
    ) -> tuple[Building, ...]:
        """Give a big school a second building; now and then another organizer feeds it."""
        streets = random.sample(places.STREETS, 2)
        addresses = [f"{place}, ул. {street}, д. {random.randrange(1, 90)}" for street in streets]
        main = Building("1", "Основное здание", addresses[0])
        if headcount < 300 or number % 2:  # noqa: PLR2004 -- pupils
            return (main,)
        others = [other for other in self.organizers if other != organizer]
        other = random.choice(others) if others and number % 10 == 0 else None
        return (main, Building("2", "Корпус начальной школы", addresses[1], other))

    def _classes(
        self,
        random: Random,
        school: str,
        rooms: tuple[classes.Room, ...],
        buildings: tuple[Building, ...],
        first: int,
    ) -> tuple[SchoolClass, ...]:
        led = []
        serial = first
        for room in rooms:
            code = f"{school}-{room.code}"
            teacher = self._employee(random, f"{code}-T", serial, "CLASS_TEACHER", code)
            building = buildings[-1 if room.parallel in classes.PRIMARY else 0].code
            led.append(SchoolClass(code, room.name, room.parallel, building, teacher))
            serial += room.seats
        return tuple(led)

    def _employee(
        self, random: Random, identifier: str, serial: int, role: str, class_code: str | None
    ) -> Employee:
        person = self._person(serial, _STAFF)
        surname = names.choose_line(random).surname
        named = names.woman if random.random() < 0.88 else names.man  # noqa: PLR2004 -- of ten teachers nine are women
        return Employee(
            identifier,
            named(random, surname),
            numbers.snils_of(person),
            numbers.oid_of(person),
            role,
            class_code,
        )

    def _pupils(
        self,
        random: Random,
        school: str,
        led: tuple[SchoolClass, ...],
        rooms: tuple[classes.Room, ...],
        first: int,
    ) -> Iterator[Pupil]:
        seats = classes.seats_of(rooms)
        children = families.settle(random, [led[seat].parallel for seat in seats], self.year)
        for number, (seat, child) in enumerate(zip(seats, children, strict=True)):
            serial = first + number
            yield Pupil(
                id=f"{school}-P{number + 1}",
                account=issue_account(self.seed * _SEED_STEP + serial),
                status="OPEN",
                name=child.name,
                born=child.born,
                snils=numbers.snils_of(self._person(serial, 0)),
                class_code=led[seat].code,
                class_name=led[seat].name,
                guardians=tuple(
                    self._guardian(school, first, family_member)
                    for family_member in child.guardians
                ),
                pchvr=child.pchvr,
                is_home_study=child.is_home_study,
                meals=child.meals,
            )

    def _guardian(self, school: str, first: int, adult: families.Adult) -> Guardian:
        person = self._person(first + adult.child, adult.place)
        return Guardian(
            f"{school}-G{adult.child + 1}-{adult.place}",
            adult.name,
            numbers.snils_of(person),
            numbers.oid_of(person),
            adult.relation,
        )

    def _person(self, serial: int, place: int) -> int:
        """Return the serial of a person: a pupil's own is place 0."""
        return self.seed * _SEED_STEP + serial * _PERSONS_PER_PUPIL + place

    def _random(self, purpose: str) -> Random:
        return Random(f"{self.seed}/{self.size.name}/{purpose}")  # noqa: S311 -- a believable world, not a secret


def school_year(today: date) -> int:
    """Return the year in which the school year of `today` began; in summer the one to come."""
    return today.year - (today.month < 6)  # noqa: PLR2004 -- June


def _names_of_school(
    municipality: Municipality, place: str, number: int, headcount: int
) -> tuple[str, str]:
    whole = headcount >= classes.WHOLE_SCHOOL
    words, letters = ("Средняя", "СОШ") if whole else ("Основная", "ООШ")
    own = f" № {number + 1}" if municipality.is_town else ""
    district = "" if municipality.is_town else f", {municipality.name}"
    full = f"{_KIND} «{words} общеобразовательная школа{own}», {place}{district}"
    return full, f"МАОУ {letters}{own} {place}"
