"""A school for one session of an organizer's trials: invented, fed by him, gone after it (GW-11).

Two classes with lunches: menus published where days are frozen or can be chosen, orders of the next
two weeks, class requests of today, and one day before that was eaten and debited. Beside it stands
a second school that somebody else feeds. Every code begins with the mark of the session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count, islice

from adapters.meals.prices import Compensation, Price, price
from adapters.meals.region import dishes
from adapters.meals.region.fill import enter_school
from adapters.meals.region.names import Name
from adapters.meals.region.numbers import inn_of
from adapters.meals.region.plan import (
    VILLAGE,
    Building,
    Employee,
    Municipality,
    Organizer,
    Pupil,
    Region,
    School,
    SchoolClass,
)
from adapters.meals.region.rows import contract_of
from adapters.meals.repository import trial_schools
from adapters.meals.repository.trial_schools import (
    Catalogue,
    Complex,
    Debit,
    Dish,
    Line,
    Offer,
    Order,
    Request,
)
from adapters.meals.times import days_of, is_frozen
from gateway.adapter import AccountStatus, Posting, PostingKind
from gateway.contracts.messages.common import CompensationMode
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.trial_data import Preparation
from registry.calendar import local_date, working_day_before
from registry.calendar.terms import CHOICE_DAYS

PUPILS = 10
"""How many accounts a school takes."""
_FIRST_CLASS = 6
_SURNAME = "Испытательный"
"""Nobody has it: an answer that names a pupil is known by it."""
_GIVEN = ("Проба", "Образец", "Пример", "Эталон", "Опыт")
_OTHER = Organizer(inn_of("7299", 99_999), "Другой организатор питания (стенд)")
_COMPENSATED = "MANY_CHILDREN"
_HALF = Compensation(CompensationMode.PERCENT, Decimal(50))
_CREDIT_LIMIT = Decimal("500.00")
_OPEN_DAYS = ("open_day", "second_open_day", "third_open_day")
_SEPTEMBER = 9
_DAY = timedelta(days=1)


def open_school(
    transaction: Transaction, preparation: Preparation, accounts: Sequence[str]
) -> Mapping[str, str]:
    """Make the schools of a session for `PUPILS` free account numbers; return what names them.

    Raises CalendarMissing where the working days of the weeks to come are not known.
    """
    session = _Session(preparation, accounts)
    own, other = session.school(), session.other_school()
    trial_schools.enter_ground(
        transaction, session.region, own.municipality, (own.organizer, _OTHER), preparation.now
    )
    for school in (own, other):
        enter_school(transaction, session.region, school, preparation.now)
    trial_schools.note_accounts(transaction, accounts)
    numbers = trial_schools.enter_catalogue(transaction, session.catalogue())
    orders = list(session.orders(own))
    trial_schools.enter_orders(transaction, orders, numbers, preparation.now)
    requests = list(session.requests(own, orders))
    trial_schools.enter_requests(transaction, requests, numbers)
    debits = [
        Debit(preparation.identifiers(), order)
        for order in orders
        if order.day == session.eaten_day
    ]
    trial_schools.enter_debits(transaction, debits, preparation.now)
    preparation.ledger.post([_posting(debit) for debit in debits], preparation.now)
    return session.values(own, other)


@dataclass(frozen=True)
class _Session:
    """What is made for one session, out of its first account number and its day."""

    preparation: Preparation
    accounts: Sequence[str]

    @property
    def mark(self) -> str:
        return f"TRIAL-{self.accounts[0]}"

    @property
    def inn(self) -> str:
        return self.preparation.participant.inn or ""

    @property
    def now(self) -> datetime:
        return self.preparation.now

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def region(self) -> Region:
        """The school year that has begun, also in summer."""
        year = self.today.year - (self.today.month < _SEPTEMBER)
        organizer = Organizer(self.inn, self.preparation.participant.name)
        return Region(0, VILLAGE, year, prefix=self.mark, organizer=organizer)

    @property
    def eaten_day(self) -> date:
        return working_day_before(self.preparation.calendar, self.today, 1)

    @property
    def frozen_day(self) -> date:
        return self.preparation.calendar.add_working_days(self.today, 1)

    @property
    def days_to_come(self) -> list[date]:
        """Days of meals within the two weeks that parents choose for."""
        window = days_of(self.today + _DAY, self.today + _DAY * CHOICE_DAYS)
        return [day for day in window if self.preparation.calendar.is_working_day(day)]

    @property
    def open_days(self) -> list[date]:
        """The first days beyond them: nobody has ordered, nothing is frozen or published."""
        later = (self.today + _DAY * number for number in count(CHOICE_DAYS + 1))
        calendar = self.preparation.calendar
        free = (
            day
            for day in later
            if calendar.is_working_day(day) and not is_frozen(calendar, day, self.now)
        )
        return list(islice(free, len(_OPEN_DAYS)))

    def school(self) -> School:
        """Return the school that the organizer feeds."""
        code = f"{self.mark}-SCHOOL"
        classes = tuple(
            self._class(code, name, letter, parallel)
            for name, letter, parallel in (("1А", "1A", 1), ("2Б", "2B", 2))
        )
        led = [classes[0]] * _FIRST_CLASS + [classes[1]] * (PUPILS - _FIRST_CLASS)
        pupils = tuple(
            self._pupil(number, account, of)
            for number, (account, of) in enumerate(zip(self.accounts, led, strict=True))
        )
        return self._school(code, "Школа для испытаний", self.region.organizer, classes, pupils)

    def other_school(self) -> School:
        """Return the school that somebody else feeds."""
        return self._school(f"{self.mark}-OTHER", "Чужая школа для испытаний", _OTHER, (), ())

    def catalogue(self) -> Catalogue:
        """Return what the organizer serves in his school until the two weeks are over."""
        served = (
            ("SUP", "Суп картофельный с горохом", "200", Decimal("27.80")),
            ("KOTLETA", "Котлета из курицы с картофельным пюре", "90/150", Decimal("79.00")),
            ("CHAI", "Чай с сахаром", "200/10", Decimal("5.40")),
        )
        made = [
            Dish(f"{self.mark}-{code}", name, portion, price)
            for code, name, portion, price in served
        ]
        complexes = (self.default_complex, self.other_complex)
        days = [self.eaten_day, self.today, *self.days_to_come]
        school = f"{self.mark}-SCHOOL"
        return Catalogue(
            sender=self.mark,
            publication=self.preparation.identifiers(),
            organizer_inn=self.inn,
            contract_number=contract_of(self.region, self._organizer),
            dishes=made,
            complexes=complexes,
            offers=[Offer(school, day, one.code) for day in days for one in complexes],
            first=days[0],
            last=days[-1],
            at=self.now,
        )

    def orders(self, school: School) -> Sequence[Order]:
        """Return what was ordered: every second parent has chosen, the rest are defaulted.

        A day that is not frozen yet has only what was chosen and confirmed.
        """
        return [
            self._order(school, pupil, day, is_chosen=number % 2 == 0, is_frozen=frozen)
            for day in (self.eaten_day, self.today, *self.days_to_come)
            for frozen in (is_frozen(self.preparation.calendar, day, self.now),)
            for number, pupil in enumerate(school.pupils)
            if frozen or number % 2 == 0
        ]

    def requests(self, school: School, orders: Sequence[Order]) -> Sequence[Request]:
        """Return the class requests of today and of the day that was eaten; one pupil is ill."""
        ill = school.pupils[-1].account
        return [
            Request(
                id=self.preparation.identifiers(),
                school=school.code,
                building=led.building,
                class_code=led.code,
                teacher=led.teacher.id,
                day=day,
                at=self.now - (self.today - day),
                is_locked=day < self.today,
                lines=[
                    Line(order, is_present=day < self.today or order.account != ill)
                    for order in orders
                    if order.day == day and order.class_code == led.code
                ],
            )
            for day in (self.eaten_day, self.today)
            for led in school.classes
        ]

    def values(self, own: School, other: School) -> Mapping[str, str]:
        """Return what plans name."""
        last = self.today + _DAY * CHOICE_DAYS
        days = dict(zip(_OPEN_DAYS, self.open_days, strict=True)) | {
            "today": self.today,
            "eaten_day": self.eaten_day,
            "frozen_day": self.frozen_day,
            "first_day": self.today + _DAY,
            "last_day": last,
        }
        return {
            "mark": self.mark,
            "school": own.code,
            "other_school": other.code,
            "building": own.buildings[0].code,
            "class_code": own.classes[0].code,
            "account": self.accounts[0],
            "municipality": own.municipality.code,
            "contract": contract_of(self.region, self._organizer),
            "menu_type": dishes.MENU_TYPE,
            "meal_type": dishes.LUNCH,
            "age_category": dishes.YOUNGER,
            "organizer_inn": self.inn,
            **{name: day.isoformat() for name, day in days.items()},
        }

    @property
    def default_complex(self) -> Complex:
        return Complex(
            f"{self.mark}-OBED-1", "Обед дня", is_default=True, full_price=Decimal("150.00")
        )

    @property
    def other_complex(self) -> Complex:
        return Complex(
            f"{self.mark}-OBED-2", "Обед с фруктом", is_default=False, full_price=Decimal("165.00")
        )

    @property
    def _organizer(self) -> Organizer:
        return Organizer(self.inn, self.preparation.participant.name)

    def _school(
        self,
        code: str,
        name: str,
        organizer: Organizer | None,
        classes: tuple[SchoolClass, ...],
        pupils: tuple[Pupil, ...],
    ) -> School:
        return School(
            code=code,
            name=f"{name} ({self.mark})",
            short_name=name,
            inn=inn_of("7299", int(self.accounts[0][1:9])),
            # Eleven digits as an OKTMO has; no region is called 99.
            municipality=Municipality(
                f"99{self.accounts[0][:9]}", "Испытательный район", is_town=False
            ),
            organizer=organizer or _OTHER,
            is_six_day=False,
            breaks=("09:20", "12:10"),
            credit_limit=_CREDIT_LIMIT,
            buildings=(Building("1", "Основное здание", "с. Испытательное, ул. Школьная, д. 1"),),
            classes=classes,
            administrator=self._employee(f"{code}-A", "MEAL_ADMIN", None),
            pupils=pupils,
        )

    def _class(self, school: str, name: str, letter: str, parallel: int) -> SchoolClass:
        code = f"{school}-{letter}"
        teacher = self._employee(f"{code}-T", "CLASS_TEACHER", code)
        return SchoolClass(code, name, parallel, "1", teacher)

    def _employee(self, code: str, role: str, class_code: str | None) -> Employee:
        # No person is found by such a number.
        return Employee(code, Name(_SURNAME, "Стенд", "Образцович"), code, code, role, class_code)

    def _pupil(self, number: int, account: str, led: SchoolClass) -> Pupil:
        code = f"{self.mark}-P{number + 1}"
        return Pupil(
            id=code,
            account=account,
            status=AccountStatus.OPEN.value,
            name=Name(_SURNAME, _GIVEN[number % len(_GIVEN)], "Стендович"),
            born=date(self.region.year - led.parallel - 6, 3, 1),
            snils=code,
            class_code=led.code,
            class_name=led.name,
            guardians=(),
            pchvr=_COMPENSATED if number == 1 else None,
            is_home_study=False,
            meals=(dishes.LUNCH,),
        )

    def _order(
        self, school: School, pupil: Pupil, day: date, *, is_chosen: bool, is_frozen: bool
    ) -> Order:
        served = self.other_complex if is_chosen else self.default_complex
        return Order(
            account=pupil.account,
            day=day,
            meal_type=dishes.LUNCH,
            organizer_inn=self.inn,
            school=school.code,
            building="1",
            class_code=pupil.class_code,
            complex_code=served.code,
            is_chosen=is_chosen,
            state=self._state(day, is_chosen=is_chosen, is_frozen=is_frozen),
            price=_price_of(pupil, served.full_price),
            pchvr=pupil.pchvr,
        )

    def _state(self, day: date, *, is_chosen: bool, is_frozen: bool) -> str:
        if day == self.eaten_day:
            return "DEBITED"
        if not is_frozen:
            return "CONFIRMED"
        return "FROZEN" if is_chosen else "DEFAULTED"


def _price_of(pupil: Pupil, full: Decimal) -> Price:
    return price(full, _HALF if pupil.pchvr == _COMPENSATED else None)


def _posting(debit: Debit) -> Posting:
    order = debit.order
    return Posting(
        account=order.account,
        organizer_inn=order.organizer_inn,
        amount=-order.price.to_pay,
        kind=PostingKind.DEBIT,
        source=debit.source,
        business_date=order.day,
        entry=NO_MESSAGE,
    )
