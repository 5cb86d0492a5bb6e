"""SVC-05 GetClassRequests and GetActualMeals: how many eat today, and who ate (MEAL-ORG-02)."""

from collections.abc import Iterable

from adapters.meals.access import Function
from adapters.meals.times import is_closed
from adapters.organizer.handlers.scope import organizer_of, require_place
from adapters.organizer.messages import organizer as messages
from adapters.organizer.repository import requests
from adapters.organizer.repository.orders import Item
from adapters.organizer.repository.requests import (
    ActualMeal,
    Asked,
    ClassRequest,
    MealPlace,
    RequestPlace,
)
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import RequestState
from registry.calendar import local_date

_PLACE = [paging.text] * 4


def get_class_requests(
    received: Received[messages.GetClassRequestsRequest], work: Work
) -> messages.GetClassRequestsResponse:
    """Tell the requests of a day class by class, with accounts where they are asked for.

    Raises NotAllowed, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.COUNT_EATERS)
    day = request.date or local_date(work.now)
    require_place(received, work, inn, (day, day), request.school_code, request.building_code)
    asked = Asked(inn, day, request.school_code or "", request.building_code or "")
    page = paging.page_of(request.page)
    found = requests.page(
        work.database,
        asked,
        RequestPlace(*(paging.place_after(page.cursor, *_PLACE) or ())),
        page.limit + 1,
        by_account=request.detail is messages.RequestDetail.ACCOUNT,
    )
    shown = found[: page.limit]
    return messages.GetClassRequestsResponse(
        date=day,
        as_of=work.now,
        request=[_request(one) for one in shown],
        next_cursor=paging.place(*shown[-1].place) if len(found) > len(shown) else None,
    )


def get_actual_meals(
    received: Received[messages.GetActualMealsRequest], work: Work
) -> messages.GetActualMealsResponse:
    """Tell what was eaten on a day by class and complex; final once the day is closed at 23:00.

    Raises NotAllowed, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.COUNT_EATERS)
    days = (request.date, request.date)
    require_place(received, work, inn, days, request.school_code)
    page = paging.page_of(request.page)
    found = requests.eaten(
        work.database,
        Asked(inn, request.date, request.school_code or ""),
        MealPlace(*(paging.place_after(page.cursor, *_PLACE) or ())),
        page.limit + 1,
    )
    shown = found[: page.limit]
    return messages.GetActualMealsResponse(
        row=[_meal(one) for one in shown],
        locked=is_closed(request.date, work.now),
        next_cursor=paging.place(*shown[-1].place) if len(found) > len(shown) else None,
    )


def _request(one: ClassRequest) -> messages.ClassRequestType:
    return messages.ClassRequestType(
        request_id=str(one.id),
        school_code=one.place.school,
        building_code=one.place.building or None,
        class_code=one.place.class_code,
        class_name=one.class_name,
        meal_type=one.place.meal_type,
        state=RequestState(one.state),
        formed_at=one.formed_at,
        version=one.version,
        complex=[
            messages.ComplexQuantityType(complex_code=code, qty=qty) for code, qty in one.complexes
        ],
        item=_items(one.items),
        account=[
            messages.RequestAccountType(
                account=eater.account,
                complex_code=eater.complex_code,
                item=_items(eater.items),
                included=eater.is_included,
                present=eater.is_present,
            )
            for eater in one.eaters
        ],
    )


def _meal(one: ActualMeal) -> messages.ActualMealType:
    return messages.ActualMealType(
        school_code=one.place.school,
        building_code=one.building or None,
        class_code=one.place.class_code,
        meal_type=one.place.meal_type,
        complex_code=one.place.complex_code,
        qty=len(one.accounts),
        item=_items(one.items),
        account=list(one.accounts),
    )


def _items(items: Iterable[Item]) -> list[messages.ItemQuantityType]:
    return [messages.ItemQuantityType(item_code=item.code, qty=item.qty) for item in items]
