"""SVC-08 GetBalances, GetMoneyMovement: money as authorities see it (MEAL-ADM-04, MEAL-ADM-05)."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from adapters.meals import access, messages
from adapters.meals.access import Actor, Function, Role
from adapters.meals.handlers import scoping
from adapters.meals.messages import BalanceLevel, BalanceRowType, MovementTotalType
from adapters.meals.messages.admin import MovementType
from adapters.meals.names import FullName
from adapters.meals.repository import money
from adapters.meals.repository.money import (
    Balance,
    BalancePlace,
    Movement,
    MovementPlace,
    Total,
)
from gateway.adapter import PostingKind, Received, Work
from gateway.contracts import paging, periods
from gateway.contracts.messages.common import MovementKind
from gateway.kernel.errors import Finding, ValidationError
from registry.calendar import end_of, local_date

KINDS: Mapping[str, tuple[MovementKind, str]] = {
    PostingKind.TOP_UP.value: (MovementKind.TOPUP, "Пополнение"),
    PostingKind.REGISTRY_CREDIT.value: (MovementKind.TOPUP, "Пополнение по реестру платежей"),
    PostingKind.CANCELLATION.value: (MovementKind.CORRECTION, "Отмена платежа"),
    PostingKind.REVERSAL.value: (MovementKind.CORRECTION, "Обратная проводка"),
    PostingKind.CORRECTION.value: (MovementKind.CORRECTION, "Уточнение платежа"),
    PostingKind.DEBIT.value: (MovementKind.DEBIT, "Списание за питание"),
}
"""What postings are called where people read them."""
_GREATEST = 2**63 - 1


def get_balances(
    received: Received[messages.GetBalancesRequest], work: Work
) -> messages.GetBalancesResponse:
    """Return balances of schools, classes or accounts in the scope, one row an organizer (H-17).

    Names of pupils are only for the meal administrator. Raises NotAllowed, ValidationError.
    """
    request = received.request
    actor = access.admit(received, work, Function.VIEW_BALANCES)
    today = local_date(work.now)
    _check_conditions(request, today)
    scope = scoping.narrowed(
        work,
        actor,
        municipality=request.municipality_code,
        school=request.school_code,
        class_code=request.class_code,
        account=request.account,
    )
    page = paging.page_of(request.page)
    after = _balance_place(page.cursor)
    found = money.balances(
        work.database, scope, request.level.value, request.as_of, today, after, page.limit + 1
    )
    shown = found[: page.limit]
    return messages.GetBalancesResponse(
        as_of=_moment(request.as_of, work.now),
        row=[_row(one, work, actor) for one in shown],
        next_cursor=_balance_cursor(shown[-1]) if len(found) > len(shown) else None,
    )


def get_money_movement(
    received: Received[messages.GetMoneyMovementRequest], work: Work
) -> messages.GetMoneyMovementResponse:
    """Return movements of an account, a school or a municipality by their days (MEAL-ADM-05).

    A balance after each movement is told only of one account. Raises NotAllowed, PeriodInvalid,
    ValidationError.
    """
    request = received.request
    actor = access.admit(received, work, Function.VIEW_MONEY)
    first, last = request.period.from_value, request.period.to
    _check_period(first, last, local_date(work.now))
    scope = scoping.narrowed(
        work,
        actor,
        municipality=request.municipality_code,
        school=request.school_code,
        account=request.account,
    )
    page = paging.page_of(request.page)
    after = _movement_place(page.cursor)
    opening, moved = money.totals(work.database, scope, first, last)
    found = money.movements(
        work.database,
        scope,
        first,
        last,
        after,
        page.limit + 1,
        is_of_account=request.account is not None,
    )
    shown = found[: page.limit]
    return messages.GetMoneyMovementResponse(
        opening=opening,
        entry=[_entry(one) for one in shown],
        total=list(_totals(moved)),
        closing=sum((total.amount for total in moved.values()), opening),
        next_cursor=_movement_cursor(shown[-1]) if len(found) > len(shown) else None,
    )


def _check_conditions(request: messages.GetBalancesRequest, today: date) -> None:
    findings = []
    if request.class_code is not None and request.school_code is None:
        findings.append(("classCode указывается вместе с schoolCode.", "classCode"))
    if request.account is not None and request.level is not BalanceLevel.ACCOUNT:
        findings.append(("account указывается при level = ACCOUNT.", "account"))
    if request.as_of is not None and request.as_of > today:
        findings.append(("День в будущем.", "asOf"))
    if findings:
        raise ValidationError(
            findings=tuple(
                Finding(text, path=f"/GetBalancesRequest/{name}") for text, name in findings
            )
        )


def _check_period(first: date, last: date, today: date) -> None:
    path = "/GetMoneyMovementRequest/period"
    periods.check_days(first, last, path)
    if first > today:
        raise periods.bad_period("Период ещё не начался.", f"{path}/from")


def _moment(as_of: date | None, now: datetime) -> datetime:
    """Return when balances are told of: the end of a day, or now while it lasts."""
    return now if as_of is None else min(end_of(as_of), now)


def _row(one: Balance, work: Work, actor: Actor) -> BalanceRowType:
    name = None
    if one.sealed_name is not None and actor.role is Role.MEAL_ADMIN:
        name = FullName.read(work.database.vault.open("pupil.name", one.sealed_name)).message
    return BalanceRowType(
        municipality_code=one.municipality,
        school_code=one.school,
        class_code=one.class_code,
        class_name=one.class_name,
        account=one.account,
        pupil_name=name,
        organizer_inn=one.organizer_inn or None,
        balance=one.balance,
        credit_limit=one.credit_limit,
    )


def _entry(one: Movement) -> MovementType:
    kind, description = KINDS[one.kind]
    return MovementType(
        entry_id=str(UUID(int=one.id)),
        at=one.at,
        business_date=one.day,
        kind=kind,
        account=one.account,
        school_code=one.school,
        organizer_inn=one.organizer_inn,
        amount=one.amount,
        balance=one.balance,
        description=description,
    )


def _totals(moved: Mapping[str, Total]) -> Iterator[MovementTotalType]:
    counts: dict[MovementKind, int] = defaultdict(int)
    sums: dict[MovementKind, Decimal] = defaultdict(lambda: Decimal("0.00"))
    for name, total in moved.items():
        kind, _ = KINDS[name]
        counts[kind] += total.entries
        sums[kind] += total.amount
    for kind in MovementKind:
        if kind in counts:
            yield MovementTotalType(kind=kind, count=counts[kind], sum=sums[kind])


def _balance_cursor(one: Balance) -> str:
    keys = [one.school, one.class_code or "", one.account or "", one.organizer_inn]
    return json.dumps(keys, ensure_ascii=False)


def _balance_place(cursor: str | None) -> BalancePlace:
    if cursor is None:
        return BalancePlace()
    try:
        school, class_code, account, organizer = json.loads(cursor)
    except (ValueError, TypeError):
        raise paging.foreign_cursor(cursor) from None
    return BalancePlace(str(school), str(class_code), str(account), str(organizer))


def _movement_cursor(one: Movement) -> str:
    return f"{one.day:%Y-%m-%d}/{one.id}"


def _movement_place(cursor: str | None) -> MovementPlace:
    if cursor is None:
        return MovementPlace()
    day, _, number = cursor.partition("/")
    try:
        place = MovementPlace(date.fromisoformat(day).isoformat(), int(number))
    except ValueError:
        raise paging.foreign_cursor(cursor) from None
    if not 0 <= place.after_id <= _GREATEST:
        raise paging.foreign_cursor(cursor)
    return place
