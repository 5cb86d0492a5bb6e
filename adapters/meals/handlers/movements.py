"""SVC-06 GetMovements: the ledger of an account as a family reads it (MEAL-PAR-14, H-17)."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from adapters.meals import access
from adapters.meals.access import Function
from adapters.meals.handlers import periods
from adapters.meals.handlers.purse import purse_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import movements
from adapters.meals.repository.movements import Book, Movement
from gateway.adapter import PostingKind, Received, Work
from gateway.contracts.messages.common import MovementKind
from gateway.contracts.paging import Asked, number_after, page_of
from registry.calendar import end_of, start_of

USUAL_PAGE = 100
_PERIOD = "/GetMovementsRequest/period"
_SOURCE = "urn://x-artefacts-citto-72/meals/ledger/"
_KINDS: Mapping[PostingKind, tuple[MovementKind, str]] = {
    PostingKind.TOP_UP: (MovementKind.TOPUP, "Пополнение через банк"),
    PostingKind.REGISTRY_CREDIT: (MovementKind.TOPUP, "Пополнение по реестру банка"),
    PostingKind.CANCELLATION: (MovementKind.CORRECTION, "Отмена платежа банком"),
    PostingKind.REVERSAL: (MovementKind.CORRECTION, "Отмена зачисления по реестру банка"),
    PostingKind.CORRECTION: (MovementKind.CORRECTION, "Уточнение платежа"),
    PostingKind.DEBIT: (MovementKind.DEBIT, "Питание"),
}
_MEALS = {"BREAKFAST": "завтрак", "LUNCH": "обед", "AFTERNOON": "полдник", "DINNER": "ужин"}


def get_movements(
    received: Received[messages.GetMovementsRequest], work: Work
) -> messages.GetMovementsResponse:
    """Tell what was put on an account and taken off it, with the balance after each.

    Money of one organizer is never added to another's: earlier ones are named beside, and shown
    when they are asked for. Raises NotAllowed, PeriodInvalid, ValidationError.
    """
    request = received.request
    access.admit_parent(received, work, Function.VIEW_MONEY, request.account)
    periods.control(request.period, _PERIOD, periods.YEAR)
    now_fed_by = purse_of(work, request.account).organizer_inn
    organizer_inn = request.organizer_inn or now_fed_by
    asked = Asked(USUAL_PAGE, None) if request.page is None else page_of(request.page)
    book = _read(request, organizer_inn or "", asked, work)
    shown = book.movements[: asked.limit]
    earlier = movements.other_balances(work.database, request.account, now_fed_by or "")
    return messages.GetMovementsResponse(
        organizer_inn=organizer_inn,
        opening=book.opening,
        entry=[_entry(one) for one in shown],
        closing=book.closing,
        earlier=[
            messages.EarlierBalanceType(organizer_inn=inn, organizer_name=name, balance=balance)
            for inn, name, balance in earlier
        ],
        next_cursor=str(shown[-1].number) if len(book.movements) > len(shown) else None,
    )


def entry_id(source: str) -> UUID:
    """Return the identifier of a movement: what caused it is unique for ever."""
    return uuid5(NAMESPACE_URL, f"{_SOURCE}{source}")


def _read(
    request: messages.GetMovementsRequest, organizer_inn: str, asked: Asked, work: Work
) -> Book:
    """Read the page and one entry more, which tells whether there is another page."""
    return movements.page_of(
        work.database,
        request.account,
        organizer_inn,
        start_of(request.period.from_value),
        end_of(request.period.to),
        number_after(asked.cursor),
        asked.limit + 1,
    )


def _entry(movement: Movement) -> messages.MovementType:
    kind, words = _KINDS[PostingKind(movement.kind)]
    return messages.MovementType(
        entry_id=str(entry_id(movement.source)),
        at=movement.at,
        business_date=movement.business_date,
        kind=kind,
        amount=movement.amount,
        balance=movement.balance,
        description=_meal(movement, words) if kind is MovementKind.DEBIT else words,
    )


def _meal(movement: Movement, words: str) -> str:
    """Say which meal was debited; its source ends with it."""
    meal = _MEALS.get(movement.source.rpartition("/")[2])
    day = f"{words} {movement.business_date:%d.%m.%Y}"
    return day if meal is None else f"{day}, {meal}"
