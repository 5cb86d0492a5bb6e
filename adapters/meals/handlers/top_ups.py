"""SVC-06 InitTopUp and GetTopUp: paying by card on the page of a bank (MEAL-PAR-13)."""

from decimal import Decimal
from uuid import UUID

from adapters.meals import access
from adapters.meals.access import Function, Role
from adapters.meals.acquiring import Acquirer, CardTopUp
from adapters.meals.errors import AcquiringNotAvailable, AmountTooSmall
from adapters.meals.handlers.purse import Purse, acquirer_of, purse_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import top_ups
from adapters.meals.repository.top_ups import TopUp
from gateway.adapter import Received, Work
from gateway.kernel.errors import DuplicateConflict, Finding, LimitExceeded, NotAllowed, NotFound
from gateway.kernel.money import format_roubles

_AMOUNT = "/InitTopUpRequest/amount"


def init_top_up(
    received: Received[messages.InitTopUpRequest], work: Work
) -> messages.InitTopUpResponse:
    """Begin a top-up by card at the acquirer of the organizer that feeds the school.

    The same top-up again gets the first answer. Raises NotAllowed, DuplicateConflict,
    LimitExceeded, AmountTooSmall, AcquiringNotAvailable.
    """
    request, sender = received.request, received.sender.code
    access.admit_parent(received, work, Function.VIEW_MONEY, request.account)
    before = top_ups.find(work.database, sender, UUID(request.top_up_id))
    if before is not None:
        return _repeated(before, received.digest)
    purse = purse_of(work, request.account)
    _control(request.amount, purse)
    acquirer = acquirer_of(work, purse)
    if acquirer is None or purse.organizer_inn is None:
        raise AcquiringNotAvailable
    begun = _begin(received, purse.organizer_inn, acquirer, work)
    top_ups.add(work.database, begun)
    return _response(begun, duplicate=False)


def get_top_up(
    received: Received[messages.GetTopUpRequest], work: Work
) -> messages.GetTopUpResponse:
    """Tell what became of a top-up; those of other people's children are not found.

    Raises NotAllowed, NotFound.
    """
    actor = access.admit(received, work, Function.VIEW_MONEY)
    if actor.role is not Role.PARENT:
        raise NotAllowed
    found = top_ups.find(work.database, received.sender.code, UUID(received.request.top_up_id))
    if found is None or found.account not in (actor.accounts or ()):
        raise NotFound
    return messages.GetTopUpResponse(
        top_up_id=str(found.top_up_id),
        account=found.account,
        state=messages.TopUpState(found.state),
        amount=found.amount,
        expires_at=found.expires_at,
        credited_at=found.credited_at,
    )


def _repeated(before: TopUp, digest: bytes) -> messages.InitTopUpResponse:
    if before.digest != digest:
        raise DuplicateConflict("Этот topUpId уже использован с другим содержимым.")
    return _response(before, duplicate=True)


def _control(amount: Decimal, purse: Purse) -> None:
    """Refuse sums beyond the limits of the school (H-06)."""
    if purse.organizer_inn is None:
        return
    if amount > purse.largest:
        text = f"Наибольшая сумма одного пополнения {format_roubles(purse.largest)} руб."
        raise LimitExceeded(text, findings=(_finding(text, amount, LimitExceeded.code),))
    if amount < purse.smallest:
        text = f"Наименьшая сумма одного пополнения {format_roubles(purse.smallest)} руб."
        raise AmountTooSmall(text, findings=(_finding(text, amount, AmountTooSmall.code),))


def _finding(text: str, amount: Decimal, rule: str) -> Finding:
    return Finding(text, path=_AMOUNT, rule=rule, value=format_roubles(amount))


def _begin(
    received: Received[messages.InitTopUpRequest],
    organizer_inn: str,
    acquirer: Acquirer,
    work: Work,
) -> TopUp:
    request = received.request
    card = CardTopUp(
        UUID(request.top_up_id),
        request.account,
        organizer_inn,
        request.amount,
        request.return_url,
        request.fail_url,
    )
    page = acquirer.open_page(card, work.now)
    return TopUp(
        received.sender.code,
        card.top_up_id,
        card.account,
        organizer_inn,
        card.amount,
        messages.TopUpState.CREATED.value,
        page.url,
        work.now,
        page.expires_at,
        None,
        received.digest,
        received.entry,
    )


def _response(top_up: TopUp, *, duplicate: bool) -> messages.InitTopUpResponse:
    return messages.InitTopUpResponse(
        top_up_id=str(top_up.top_up_id),
        payment_url=top_up.payment_url,
        expires_at=top_up.expires_at,
        duplicate=duplicate,
    )
