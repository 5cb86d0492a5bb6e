"""Print forms of school meals: the request of a class and the menu of a day (D3.9, MEAL-CAT-14)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from uuid import UUID

from adapters.meals import class_requests, times
from adapters.meals.class_requests import Deadline
from adapters.meals.names import FullName
from adapters.meals.repository import printing, requests
from adapters.meals.repository.printing import Dish, Extra, MealSet, Menu
from adapters.meals.repository.requests import ClassRequest, Line
from gateway.documents.pdf import print_pdf
from gateway.documents.prints import (
    AdditionalItem,
    AskedMeal,
    ClassRequestPrint,
    ClassRequestsPrint,
    MealOfClass,
    MenuPrint,
    Portions,
    ServedCategory,
    ServedDish,
    ServedMeal,
    ServedMealSet,
)
from gateway.kernel.errors import NotFound
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction

_MEALS = {
    "BREAKFAST": "Завтрак",
    "LUNCH": "Обед",
    "AFTERNOON": "Полдник",
    "DINNER": "Ужин",
}
"""By the codes that `common:MealType` tells; another code stands for itself."""
_STATES = {
    "FORMED": "сформирована",
    "SENT": "передана организатору питания",
    "ACTUAL_CONFIRMED": "фактическое питание подтверждено",
    "LOCKED": "день закрыт",
}
_NEVER = "99:99"
_WHOLE = Decimal(1)
_ZERO = Decimal("0.00")


def meal_name(meal_type: str) -> str:
    """Return what a meal is called in Russian."""
    return _MEALS.get(meal_type, meal_type)


def class_request_pdf(
    transaction: Transaction, request_id: UUID, *, names: bool, printed_at: datetime
) -> bytes:
    """Return the print of a class request; without `names` it is the organizer's (MEAL-ORG-03).

    Whether the reader may have it is for the caller to know. Raises NotFound, TemplateBroken.
    """
    return print_pdf(class_request_print(transaction, request_id, names=names, at=printed_at))


def class_requests_pdf(
    transaction: Transaction, request_ids: Sequence[UUID], *, names: bool, printed_at: datetime
) -> bytes:
    """Return the prints of several requests of a school and day as one file, a sheet for each.

    Raises NotFound, TemplateBroken.
    """
    sheets = tuple(
        class_request_print(transaction, number, names=names, at=printed_at)
        for number in request_ids
    )
    if not sheets:
        raise NotFound
    return print_pdf(
        ClassRequestsPrint(
            school=sheets[0].school, day=sheets[0].day, printed_at=printed_at, sheets=sheets
        )
    )


def menu_pdf(
    transaction: Transaction, organizer_inn: str | None, school: str, building: str, day: date
) -> bytes:
    """Return the menu that is published for a school or its building; raise TemplateBroken.

    An empty `building` is the whole school; without `organizer_inn` it is everybody's menu. A day
    without a menu is a sheet that says so.
    """
    menu = Menu(organizer_inn or "", school, building, day)
    return print_pdf(menu_print(transaction, menu))


def class_request_print(
    transaction: Transaction, request_id: UUID, *, names: bool, at: datetime
) -> ClassRequestPrint:
    """Return what stands on the print of a class request; raise NotFound."""
    request = requests.find(transaction, request_id)
    if request is None:
        raise NotFound
    lines = class_requests.shown_lines(transaction, request, at)
    told = class_requests.deadlines(transaction, request, lines)
    deadlines = {deadline.meal_type: deadline for deadline in told}
    school, building = printing.place_of(transaction, request.school, request.building)
    teacher = printing.name_of_staff(transaction, request.formed_by) if names else None
    return ClassRequestPrint(
        school=school,
        building=building,
        day=request.day,
        printed_at=at,
        class_name=request.class_name,
        state=_STATES["LOCKED" if times.is_closed(request.day, at) else request.state],
        version=request.version,
        request_id=str(request.id),
        teacher=None if teacher is None else _signed(teacher),
        is_named=names,
        meals=tuple(
            _meal(meal_type, list(of_meal), deadlines.get(meal_type), request, names=names, at=at)
            for meal_type, of_meal in groupby(lines, key=lambda line: line.meal_type)
        ),
    )


def menu_print(transaction: Transaction, menu: Menu) -> MenuPrint:
    """Return what stands on the print of a menu."""
    school, building = printing.place_of(transaction, menu.school, menu.building)
    starts = printing.starts_of(transaction, menu)
    dishes = printing.dishes(transaction, menu)
    meal_sets = sorted(
        printing.meal_sets(transaction, menu),
        key=lambda one: (starts.get(one.meal_type, _NEVER), one.meal_type),
    )
    return MenuPrint(
        school=school,
        building=building,
        day=menu.day,
        organizer=", ".join(printing.organizers(transaction, menu)),
        meals=tuple(
            ServedMeal(
                name=meal_name(meal_type),
                start=starts.get(meal_type),
                categories=tuple(_categories(of_meal, dishes)),
            )
            for meal_type, of_meal in groupby(meal_sets, key=lambda one: one.meal_type)
        ),
        additional=tuple(_additional(one) for one in printing.extras(transaction, menu)),
    )


def _signed(name: FullName) -> str:
    """Return initials and surname, as they stand below a signature."""
    initials = [f"{part[0]}." for part in (name.first, name.middle) if part]
    return " ".join([*initials, name.last])


def _meal(
    meal_type: str,
    lines: Sequence[Line],
    deadline: Deadline | None,
    request: ClassRequest,
    *,
    names: bool,
    at: datetime,
) -> MealOfClass:
    asked = [line for line in lines if line.is_included]
    shown = lines if names else sorted(lines, key=lambda line: line.account)
    return MealOfClass(
        name=meal_name(meal_type),
        start=None if deadline is None else deadline.start,
        print_until=None if deadline is None else _clock(deadline.at),
        is_late=deadline is not None and at > deadline.at,
        lines=tuple(_line(line, request, names=names) for line in shown),
        portions=_counted((line.complex_name, 1) for line in asked),
        items=_counted((item.name, item.qty) for line in asked for item in line.items),
        count=len(asked),
        to_pay=sum((line.to_pay for line in asked), _ZERO),
    )


def _line(line: Line, request: ClassRequest, *, names: bool) -> AskedMeal:
    return AskedMeal(
        account=line.account,
        name=line.name.brief if names else None,
        meal_set=line.complex_name,
        items=", ".join(f"{item.name} × {item.qty}" for item in line.items),
        is_present=line.is_present,
        is_included=line.is_included,
        to_pay=line.to_pay,
        is_over_credit=line.is_over_credit,
        remark=_remark(line, request),
    )


def _remark(line: Line, request: ClassRequest) -> str | None:
    """Say who has eaten once that is confirmed; before it, who is not expected."""
    if line.is_eaten is not None:
        return "питался" if line.is_eaten else "не питался"
    if request.confirmed_at is not None:
        return "питался" if line.is_included else "не питался"
    return None if line.is_included else "не заказано"


def _counted(things: Iterable[tuple[str, int]]) -> tuple[Portions, ...]:
    counts: Counter[str] = Counter()
    for name, count in things:
        counts[name] += count
    return tuple(Portions(name=name, count=count) for name, count in sorted(counts.items()))


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M}"


def _categories(
    meal_sets: Iterable[MealSet], dishes: Mapping[int, Sequence[Dish]]
) -> Iterable[ServedCategory]:
    for (age, menu_type), alike in groupby(meal_sets, key=lambda one: (one.age, one.menu_type)):
        yield ServedCategory(
            age=age,
            menu_type=f"меню «{menu_type}»",
            meal_sets=tuple(_meal_set(one, dishes.get(one.id, ())) for one in alike),
        )


def _meal_set(one: MealSet, dishes: Sequence[Dish]) -> ServedMealSet:
    known = [dish.energy * dish.portions for dish in dishes if dish.energy is not None]
    return ServedMealSet(
        name=one.name,
        is_default=one.is_default,
        price=one.price,
        energy=_kilocalories(sum(known)) if dishes and len(known) == len(dishes) else None,
        dishes=tuple(_dish(dish) for dish in dishes),
    )


def _dish(dish: Dish) -> ServedDish:
    portions = "" if dish.portions == 1 else f" × {_number(dish.portions)}"
    return ServedDish(
        name=dish.name,
        portion=f"{dish.portion}{portions}",
        energy=None if dish.energy is None else _kilocalories(dish.energy * dish.portions),
    )


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _kilocalories(value: Decimal | int) -> str:
    return str(Decimal(value).quantize(_WHOLE, ROUND_HALF_UP))


def _additional(one: Extra) -> AdditionalItem:
    meals = ", ".join(meal_name(meal).lower() for meal in one.meals)
    return AdditionalItem(name=one.name, unit=one.unit, price=one.price, meals=meals)
