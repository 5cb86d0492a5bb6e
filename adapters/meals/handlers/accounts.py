"""SVC-06 GetAccount: a child's account as it is today."""

from adapters.meals import access
from adapters.meals.access import Function
from adapters.meals.handlers.purse import acquirer_of, purse_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import account_facts
from gateway.adapter import Received, Work
from gateway.kernel.errors import NotAllowed
from registry.calendar import local_date


def get_account(
    received: Received[messages.GetAccountRequest], work: Work
) -> messages.GetAccountResponse:
    """Tell account, balance, settings and limits; raise NotAllowed for anybody else's child."""
    account = _asked(received.request, work)
    access.admit_parent(received, work, Function.VIEW_MONEY, account)
    facts = account_facts.facts_of(work.database, account, local_date(work.now))
    purse = purse_of(work, account)
    return messages.GetAccountResponse(
        account=account,
        pupil_id=facts.pupil,
        school_code=facts.school,
        building_code=facts.building or None,
        class_name=facts.class_name,
        organizer_inn=purse.organizer_inn,
        pchvr_code=facts.pchvr,
        menu_type_code=facts.menu_type,
        meal_type=list(facts.meals),
        home_study=facts.is_home_study,
        balance=purse.balance,
        credit_limit=facts.credit_limit,
        top_up_min=purse.smallest,
        top_up_max=purse.largest,
        top_up_available=acquirer_of(work, purse) is not None,
    )


def _asked(request: messages.GetAccountRequest, work: Work) -> str:
    if request.account is not None:
        return request.account
    account = account_facts.number_of(work.database, request.pupil_id or "")
    if account is None:
        raise NotAllowed
    return account
