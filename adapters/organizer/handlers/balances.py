"""SVC-05 GetBalances: how much money families have with the organizer (MEAL-ORG-03, H-17)."""

from datetime import datetime

from adapters.meals.access import Function
from adapters.organizer.handlers.scope import organizer_of, require_place, wrong
from adapters.organizer.messages import organizer as messages
from adapters.organizer.repository import balances
from adapters.organizer.repository.balances import Asked, Balance, Level, Place
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.kernel.errors import NotAllowed
from registry.calendar import end_of, local_date

_PLACE: tuple[paging.Kind, ...] = (paging.number, *[paging.text] * 4)


def get_balances(
    received: Received[messages.GetBalancesRequest], work: Work
) -> messages.GetBalancesResponse:
    """Tell balances by school, building, class or account, now or at the end of a day.

    Money of pupils whom another organizer feeds by now is told without a place. Raises
    NotAllowed, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.VIEW_BALANCES)
    asked, moment = _asked(received, work, inn)
    page = paging.page_of(request.page)
    after = Place(*(paging.place_after(page.cursor, *_PLACE) or ()))
    work.database.for_report()
    found = balances.page(work.database, Level[request.level.value], asked, after, page.limit + 1)
    if asked.account and page.cursor is None and not found:
        raise NotAllowed
    shown = found[: page.limit]
    return messages.GetBalancesResponse(
        as_of=moment,
        row=[_row(one) for one in shown],
        next_cursor=paging.place(*shown[-1].place) if len(found) > len(shown) else None,
    )


def _asked(
    received: Received[messages.GetBalancesRequest], work: Work, inn: str
) -> tuple[Asked, datetime]:
    """Return what is asked for and the moment that it is asked for."""
    request = received.request
    today = local_date(work.now)
    day = request.as_of or today
    if day > today:
        raise wrong(received, "asOf", "День ещё не наступил.")
    if request.class_code is not None and request.school_code is None:
        raise wrong(received, "classCode", "Класс указан без школы: добавьте schoolCode.")
    if request.account is not None and request.level is not messages.BalanceLevel.ACCOUNT:
        raise wrong(received, "account", "Лицевой счёт указывается только при level = ACCOUNT.")
    require_place(received, work, inn, (day, day), request.school_code, request.building_code)
    asked = Asked(
        inn,
        day,
        day < today,
        request.school_code or "",
        request.building_code or "",
        request.class_code or "",
        request.account or "",
    )
    if asked.class_code and not balances.is_fed(work.database, asked):
        raise NotAllowed
    return asked, end_of(day) if asked.is_past else work.now


def _row(one: Balance) -> messages.BalanceRowType:
    return messages.BalanceRowType(
        school_code=one.place.school or None,
        building_code=one.place.building or None,
        class_code=one.place.class_code or None,
        account=one.place.account or None,
        balance=one.balance,
        credit_limit=one.credit_limit,
    )
