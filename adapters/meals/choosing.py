"""The rules of a choice: every line holds, or all that is wrong is named (MEAL-PAR-02 ... 08)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals import errors, times
from adapters.meals.messages.order import ChoiceAdditionalType, ChoiceItemType
from adapters.meals.repository.additional import Item
from adapters.meals.repository.menu import Offer, Seat
from adapters.meals.repository.orders import OrderItem
from adapters.meals.showcase import DayMenu, Showcase
from gateway.adapter import Work
from gateway.kernel.errors import Finding, GatewayError, ValidationError

MOST_OF_AN_ITEM = 9
_ITEMS = "/SaveChoiceRequest/item"
_ZERO = Decimal("0.00")


class Line(NamedTuple):
    """One meal of a choice that holds."""

    day: date
    meal_type: str
    seat: Seat
    offer: Offer | None
    items: tuple[OrderItem, ...]

    @property
    def full(self) -> Decimal:
        """Roubles of the complex and the items together."""
        extra = sum((item.price * item.qty for item in self.items), _ZERO)
        return extra if self.offer is None else self.offer.full + extra

    @property
    def discount(self) -> Decimal:
        """Roubles; items have none."""
        return _ZERO if self.offer is None else self.offer.discount

    @property
    def to_pay(self) -> Decimal:
        """Roubles."""
        return self.full - self.discount


class _Problem(NamedTuple):
    """What is wrong with a place of the message."""

    error: type[GatewayError]
    path: str
    text: str
    value: str

    @property
    def finding(self) -> Finding:
        return Finding(
            self.text,
            path=self.path,
            rule=self.error.code,
            value=self.value,
            advice=self.error.action,
        )


def choose(items: Sequence[ChoiceItemType], account: str, work: Work) -> list[Line]:
    """Return the lines of a choice, in their order.

    Raises ValidationError for repeated and empty lines, else what is wrong with the first wrong
    place; the findings name them all, each with its own code. Raises CalendarMissing.
    """
    _refuse(list(_malformed(items)))
    desk = _Desk(account, work)
    lines = [desk.line(item, f"{_ITEMS}[{place}]") for place, item in enumerate(items, 1)]
    _refuse(desk.problems)
    return [line for line in lines if line is not None]


def closed(day: date, place: int) -> Finding:
    """Return what says that the day of the line in a place is frozen."""
    return _closed(day, f"{_ITEMS}[{place}]/date").finding


def _refuse(problems: Sequence[_Problem]) -> None:
    if problems:
        raise problems[0].error(findings=tuple(problem.finding for problem in problems))


def _malformed(items: Sequence[ChoiceItemType]) -> Iterator[_Problem]:
    """Give the lines that say nothing or the same again."""
    seen = set()
    for place, item in enumerate(items, 1):
        path, meal = f"{_ITEMS}[{place}]", (item.date, item.meal_type)
        if meal in seen:
            text = "Этот приём пищи этого дня уже есть в запросе."
            value = f"{item.date} {item.meal_type}"
            yield _Problem(ValidationError, f"{path}/mealType", text, value)
        seen.add(meal)
        if item.complex_code is None and not item.additional:
            text = "Нет ни комплекса, ни дополнительного меню."
            yield _Problem(ValidationError, path, text, item.meal_type)
        codes = set()
        for number, extra in enumerate(item.additional, 1):
            if extra.item_code in codes:
                text = "Эта позиция в приёме пищи уже есть: укажите её один раз с количеством."
                where = f"{path}/additional[{number}]/itemCode"
                yield _Problem(ValidationError, where, text, extra.item_code)
            codes.add(extra.item_code)


class _Desk:
    """Looks at the lines of one choice; problems are gathered."""

    def __init__(self, account: str, work: Work) -> None:
        self.problems: list[_Problem] = []
        self._work = work
        self._showcase = Showcase(work, account)
        self._day_menus: dict[date, DayMenu] = {}

    def line(self, item: ChoiceItemType, path: str) -> Line | None:
        """Return the line that an item makes; None with what is wrong noted."""
        before = len(self.problems)
        if not self._is_open(item.date, f"{path}/date"):
            return None
        day_menu = self._on(item.date)
        offer = self._complex(day_menu, item, path)
        extras = self._additional(day_menu, item, path)
        if len(self.problems) > before or day_menu.seat is None:
            return None
        return Line(item.date, item.meal_type, day_menu.seat, offer, extras)

    def _is_open(self, day: date, path: str) -> bool:
        if not times.is_in_window(day, self._work.now):
            self._note(errors.OutOfWindow, path, "День вне окна выбора.", str(day))
        elif times.is_frozen(self._work.calendar, day, self._work.now):
            self.problems.append(_closed(day, path))
        else:
            return True
        return False

    def _on(self, day: date) -> DayMenu:
        if day not in self._day_menus:
            self._day_menus[day] = self._showcase.on(day)
        return self._day_menus[day]

    def _complex(self, day_menu: DayMenu, item: ChoiceItemType, path: str) -> Offer | None:
        code = item.complex_code
        if code is None:
            self._refuse_no_complex(day_menu, item, path)
            return None
        offer = day_menu.complexes.get((item.meal_type, code))
        if offer is not None:
            return offer
        where = f"{path}/complexCode"
        if self._showcase.is_of_another_menu(item.date, item.meal_type, code):
            text = "Комплекс другого вида меню, чем назначен обучающемуся."
            self._note(errors.WrongMenuType, where, text, code)
        else:
            text = "Такого комплекса на этот день и приём пищи нет."
            self._note(errors.ComplexNotAvailable, where, text, code)
        return None

    def _refuse_no_complex(self, day_menu: DayMenu, item: ChoiceItemType, path: str) -> None:
        """Note that only those who study at home do without a complex (MEAL-PAR-07, H-10)."""
        if day_menu.seat is None:
            text = "В этот день питание обучающемуся не назначено."
            self._note(errors.ItemNotAvailable, path, text, str(item.date))
        elif not day_menu.seat.is_home_study:
            text = "Дополнительное меню доступно только вместе с комплексом."
            where = f"{path}/additional[1]"
            self._note(errors.AdditionalWithoutComplex, where, text, item.additional[0].item_code)

    def _additional(
        self, day_menu: DayMenu, item: ChoiceItemType, path: str
    ) -> tuple[OrderItem, ...]:
        found = []
        for number, extra in enumerate(item.additional, 1):
            offered = day_menu.items.get((item.meal_type, extra.item_code))
            where = f"{path}/additional[{number}]"
            if offered is None:
                text = "Такой позиции в этот день и приём пищи нет."
                self._note(errors.ItemNotAvailable, f"{where}/itemCode", text, extra.item_code)
            elif extra.qty > _most(offered):
                text = f"Доступно не больше {_most(offered)}."
                self._note(errors.ItemNotAvailable, f"{where}/qty", text, str(extra.qty))
            else:
                found.append(_ordered(extra, offered))
        return tuple(found)

    def _note(self, error: type[GatewayError], path: str, text: str, value: str) -> None:
        self.problems.append(_Problem(error, path, text, value))


def _closed(day: date, path: str) -> _Problem:
    return _Problem(errors.Frozen, path, "День уже закрыт для изменений.", str(day))


def _most(item: Item) -> int:
    return MOST_OF_AN_ITEM if item.max_qty is None else item.max_qty


def _ordered(extra: ChoiceAdditionalType, offered: Item) -> OrderItem:
    return OrderItem(offered.code, extra.qty, offered.price)
