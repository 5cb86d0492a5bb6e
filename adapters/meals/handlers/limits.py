"""SVC-08 SetCreditLimit: how far a pupil may eat on credit (MEAL-ADM-03)."""

from adapters.meals import access, errors, messages, times
from adapters.meals.access import Function
from adapters.meals.repository import admin_requests, settings
from gateway.adapter import Received, Work


def set_credit_limit(
    received: Received[messages.SetCreditLimitRequest], work: Work
) -> messages.SetCreditLimitResponse:
    """Set what a pupil of a school may eat on credit from a day on; zero means no credit.

    Another amount for the same day mends the first one. Raises NotAllowed, LockedDay.
    """
    request = received.request
    actor = access.admit(received, work, Function.SET_CREDIT)
    access.require_school(work.database, actor, request.school_code)
    admin_requests.hold_schools(work.database, frozenset({request.school_code}))
    known = settings.limit_from(work.database, request.school_code, request.valid_from)
    if known is not None and known[0] == request.amount:
        return messages.SetCreditLimitResponse(version=known[1])
    if times.is_closed(request.valid_from, work.now):
        raise errors.LockedDay
    version = settings.put_limit(
        work.database, request.school_code, request.valid_from, request.amount, received.entry
    )
    return messages.SetCreditLimitResponse(version=version)
