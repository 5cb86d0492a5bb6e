"""SVC-07 GetClassBalances: what the pupils of a teacher's own class have (MEAL-CLS-11)."""

from decimal import Decimal

from adapters.meals import access, changing
from adapters.meals.access import Function
from adapters.meals.class_requests import sorting_key
from adapters.meals.messages import class_request as messages
from adapters.meals.repository import balances, requests
from adapters.meals.repository.balances import PupilBalance
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import Page
from gateway.contracts.paging import number_after, page_of
from gateway.kernel.errors import NotFound
from registry.calendar import local_date

USUAL_ROWS = 100
"""Rows of a page when nobody says how many."""


def get_class_balances(
    received: Received[messages.GetClassBalancesRequest], work: Work
) -> messages.GetClassBalancesResponse:
    """Tell the balances of a class by name; raise NotAllowed, NotFound, ValidationError."""
    message = received.request
    actor = changing.admit_teacher(received, work, Function.VIEW_BALANCES)
    place = access.require_class(work.database, actor, message.class_code)
    if message.school_code is not None and message.school_code != place.school:
        raise NotFound("Такого класса в этой школе нет.")
    asked = page_of(message.page or Page(limit=USUAL_ROWS))
    first = number_after(asked.cursor)
    today = local_date(work.now)
    found = balances.of_class(work.database, message.class_code, today)
    # Names are sealed, so no statement can put them in order; a class has some 25 of them.
    found.sort(key=lambda one: (sorting_key(one.name), one.account))
    limit = requests.credit_limit(work.database, place.school, today)
    after = first + asked.limit
    return messages.GetClassBalancesResponse(
        as_of=work.now,
        row=[_row(one, limit) for one in found[first:after]],
        next_cursor=str(after) if after < len(found) else None,
    )


def _row(one: PupilBalance, limit: Decimal) -> messages.BalanceType:
    return messages.BalanceType(
        account=one.account,
        pupil_name=one.name.message,
        balance=one.balance,
        credit_limit=limit,
        credit_exceeded=one.balance < -limit,
    )
