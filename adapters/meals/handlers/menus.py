"""SVC-06 GetMenu: what a child may have, for how much, and what is chosen (MEAL-PAR-02 ... 08)."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from adapters.meals import access, errors, times
from adapters.meals.access import Function
from adapters.meals.handlers import periods
from adapters.meals.handlers.chosen import chosen_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import additional, orders
from adapters.meals.repository.additional import Dish, Item
from adapters.meals.repository.menu import Offer
from adapters.meals.repository.orders import Shown
from adapters.meals.showcase import DayMenu, Showcase
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import AddMenuKind, Period
from gateway.kernel.errors import Finding
from registry.calendar import freeze_moment, local_date
from registry.calendar.terms import CHOICE_DAYS

_PERIOD = "/GetMenuRequest/period"
_LAST_OF_ALL = time.max


def get_menu(received: Received[messages.GetMenuRequest], work: Work) -> messages.GetMenuResponse:
    """Show the menu from today to the end of the window, days of meals only.

    Raises NotAllowed, PeriodInvalid, OutOfWindow, CalendarMissing.
    """
    request = received.request
    access.admit_parent(received, work, Function.VIEW_MENU, request.account)
    _control(request.period, local_date(work.now))
    first, last = request.period.from_value, request.period.to
    showcase = Showcase(work, request.account)
    day_menus = {day: showcase.on(day) for day in times.days_of(first, last)}
    made = orders.shown(work.database, request.account, first, last)
    chosen = {(one.order.day, one.order.meal_type): one for one in made}
    complexes = [o.complex_id for one in day_menus.values() for o in one.complexes.values()]
    page = _Page(work, showcase, chosen, additional.dishes_of(work.database, complexes))
    days = [page.day(day, day_menu) for day, day_menu in day_menus.items()]
    return messages.GetMenuResponse(
        account=request.account,
        day=[day for day in days if day.meal or showcase.is_meal_day(day.date)],
    )


def _control(period: Period, today: date) -> None:
    """Refuse days that are past or too far; a turned period is told first."""
    periods.control(period, _PERIOD, periods.YEAR)
    bounds = (("from", period.from_value), ("to", period.to))
    last = today + timedelta(days=CHOICE_DAYS)
    findings = tuple(
        Finding(
            f"Меню показывается с {today:%d.%m.%Y} по {last:%d.%m.%Y}.",
            path=f"{_PERIOD}/{name}",
            rule=errors.OutOfWindow.code,
            value=str(day),
        )
        for name, day in bounds
        if not today <= day <= last
    )
    if findings:
        raise errors.OutOfWindow("Период выходит за окно меню.", findings=findings)


class _Page:
    """Writes the days of one pupil's menu."""

    def __init__(
        self,
        work: Work,
        showcase: Showcase,
        chosen: Mapping[tuple[date, str], Shown],
        dishes: Mapping[int, Sequence[Dish]],
    ) -> None:
        self._work = work
        self._showcase = showcase
        self._chosen = chosen
        self._dishes = dishes

    def day(self, day: date, day_menu: DayMenu) -> messages.MenuDayType:
        freeze_at = freeze_moment(self._work.calendar, day)
        return messages.MenuDayType(
            date=day,
            frozen=self._work.now >= freeze_at,
            freeze_at=freeze_at,
            meal=[self._meal(day, meal, day_menu) for meal in self._meals(day, day_menu)],
        )

    def _meals(self, day: date, day_menu: DayMenu) -> list[str]:
        """Return the meals of a day by their time: with something to choose, or chosen."""
        offered = {meal for meal, _ in day_menu.complexes}
        if day_menu.seat is not None and day_menu.seat.is_home_study:
            offered |= {meal for meal, _ in day_menu.items}
        offered |= {meal for chosen_on, meal in self._chosen if chosen_on == day}
        return sorted(offered, key=lambda meal: (self._start(day, meal) or _LAST_OF_ALL, meal))

    def _meal(self, day: date, meal: str, day_menu: DayMenu) -> messages.MenuMealType:
        shown = self._chosen.get((day, meal))
        complexes = [one for (of, _), one in sorted(day_menu.complexes.items()) if of == meal]
        is_at_home = day_menu.seat is not None and day_menu.seat.is_home_study
        # What goes with a complex is of no use where there is none (MEAL-PAR-07).
        found = day_menu.items.items() if complexes or is_at_home else ()
        items = [item for (of, _), item in found if of == meal]
        return messages.MenuMealType(
            meal_type=meal,
            start_time=self._start(day, meal),
            complex=[self._complex(one) for one in complexes],
            additional=[_additional(item) for item in items],
            chosen=None if shown is None else chosen_of(shown),
        )

    def _start(self, day: date, meal: str) -> time | None:
        start = self._showcase.start(day, meal)
        return None if start is None else time.fromisoformat(start)

    def _complex(self, offer: Offer) -> messages.MenuComplexType:
        return messages.MenuComplexType(
            complex_code=offer.code,
            name=offer.name,
            full_price=offer.full,
            discount=offer.discount,
            to_pay=offer.to_pay,
            is_default=offer.is_default,
            dish=[_dish(dish) for dish in self._dishes.get(offer.complex_id, ())],
        )


def _dish(dish: Dish) -> messages.MenuDishType:
    return messages.MenuDishType(
        name=dish.name,
        yield_value=dish.yield_text,
        composition=dish.composition,
        energy_kcal=dish.energy,
        proteins=dish.proteins,
        fats=dish.fats,
        carbohydrates=dish.carbohydrates,
        allergen=list(dish.allergens),
    )


def _additional(item: Item) -> messages.MenuAdditionalType:
    return messages.MenuAdditionalType(
        item_code=item.code,
        name=item.name,
        unit=item.unit,
        price=item.price,
        kind=AddMenuKind(item.kind),
        max_qty=item.max_qty,
    )
