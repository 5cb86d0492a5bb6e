"""SVC-01 CheckAccount: whether money may be taken for an account."""

from decimal import Decimal

from adapters.bank import messages
from adapters.bank.errors import Refusal
from adapters.bank.handlers import rules
from adapters.bank.handlers.outcome import OK_TEXT, ZERO
from adapters.bank.messages import ResultCode
from gateway.adapter import PersonalAccount, Received, Work
from gateway.kernel.errors import TemporaryUnavailable


def check_account(
    received: Received[messages.CheckAccountRequest], work: Work
) -> messages.CheckAccountResponse:
    """Tell whether money may be taken for an account, and within which limits (MEAL-BANK-02).

    An account that the bank may not serve stays anonymous. `recommendedAmount` is the debt on
    the account brought within the limits; without a debt there is nothing to recommend.
    """
    request = received.request
    try:
        account = work.ledger.accounts([request.account]).get(request.account)
    except TemporaryUnavailable:
        return _unchecked(request, Refusal.ACCOUNT_UNVERIFIABLE)
    refusal = rules.refuse_account(
        account, request.account, request.organizer_inn, received.sender, work.rules
    )
    if account is None or refusal is not None:
        return _unchecked(request, refusal or Refusal.ACCOUNT_NOT_FOUND)
    if request.amount is not None:
        refusal = rules.refuse_amount(account, request.amount)
    return _checked(account, refusal, _recommended(account, work))


def _unchecked(
    request: messages.CheckAccountRequest, refusal: Refusal
) -> messages.CheckAccountResponse:
    return messages.CheckAccountResponse(
        result_code=refusal.code,
        result_text=refusal.text,
        reason=refusal.reason,
        account=request.account,
    )


def _checked(
    account: PersonalAccount, refusal: Refusal | None, recommended: Decimal | None
) -> messages.CheckAccountResponse:
    beneficiary = account.beneficiary
    return messages.CheckAccountResponse(
        result_code=ResultCode.OK if refusal is None else refusal.code,
        result_text=OK_TEXT if refusal is None else rules.amount_text(refusal, account),
        reason=None if refusal is None else refusal.reason,
        account=account.number,
        pupil_mask=account.pupil_mask,
        class_name=account.class_name,
        school_name=account.school_name,
        organizer_name=account.organizer_name,
        organizer_inn=account.organizer_inn,
        beneficiary=None
        if beneficiary is None
        else messages.BeneficiaryType(
            account=beneficiary.account,
            bik=beneficiary.bik,
            bank_name=beneficiary.bank_name,
            purpose=beneficiary.purpose,
        ),
        min_amount=account.min_top_up,
        max_amount=account.max_top_up,
        recommended_amount=recommended,
    )


def _recommended(account: PersonalAccount, work: Work) -> Decimal | None:
    key = (account.number, account.organizer_inn)
    debt = -work.ledger.balances([key])[key]
    if debt <= ZERO:
        return None
    return min(max(debt, account.min_top_up), account.max_top_up)
