"""When money may be taken for a personal account: the same for a check and for a payment."""

from decimal import Decimal

from adapters.bank.errors import Refusal
from gateway.adapter import AccountStatus, PersonalAccount, Rules
from gateway.kernel.identifiers import account_check_digit_holds, is_account_format
from gateway.kernel.message import Participant
from gateway.kernel.money import format_roubles


def refuse_account(
    account: PersonalAccount | None,
    written: str,
    organizer_inn: str | None,
    sender: Participant,
    rules: Rules,
) -> Refusal | None:
    """Say why no money may be taken for the account; the first reason wins."""
    if account is None:
        return _refuse_unknown(written, rules)
    # An unbound bank learns nothing else about the account.
    if account.organizer_inn not in sender.organizers:
        return Refusal.BINDING_NOT_FOUND
    if organizer_inn is not None and organizer_inn != account.organizer_inn:
        return Refusal.FOREIGN_ORGANIZER
    if account.status is AccountStatus.OPEN:
        return None
    if account.status is AccountStatus.CLOSED:
        return Refusal.ACCOUNT_CLOSED
    return Refusal.ACCOUNT_BLOCKED


def _refuse_unknown(written: str, rules: Rules) -> Refusal:
    """Tell a slip of the finger from an unknown account: an existing number is no slip."""
    if not is_account_format(written):
        return Refusal.ACCOUNT_FORMAT
    if rules.check_digits_are_errors and not account_check_digit_holds(written):
        return Refusal.CHECK_DIGIT
    return Refusal.ACCOUNT_NOT_FOUND


def refuse_amount(account: PersonalAccount, amount: Decimal) -> Refusal | None:
    if amount < account.min_top_up:
        return Refusal.AMOUNT_TOO_SMALL
    if amount > account.max_top_up:
        return Refusal.LIMIT_EXCEEDED
    return None


def amount_text(refusal: Refusal, account: PersonalAccount) -> str:
    return refusal.text.format(
        min=format_roubles(account.min_top_up), max=format_roubles(account.max_top_up)
    )
