"""What becomes of a line of a payment registry: a decision, without a database.

The money of a line has already been taken from the payer, so nothing is refused for its sum
(MEAL-BANK-05): it is credited, found credited, left for a person to look at, or put aside as
suspense (MEAL-BANK-10, 11, 12).
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from gateway.adapter import AccountStatus, PersonalAccount

CREDITED = "CREDITED"
ALREADY_CREDITED = "ALREADY_CREDITED"
CREDITED_WITHOUT_NOTICE = "CREDITED_WITHOUT_NOTICE"
AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
DUPLICATE = "DUPLICATE"
CANCELLED = "CANCELLED"
SUSPENSE = "SUSPENSE"

ACCEPTED = "ACCEPTED"
"""State of a payment that was told online and waits for its registry."""

PAID = "PAID"


class Note(Enum):
    """Why a line has its result, where the result does not say it by itself."""

    ACCOUNT_DIFFERS = "Лицевой счёт строки не тот, что в уведомлении о платеже."
    AMOUNT_DIFFERS = "Сумма строки не та, что в уведомлении о платеже."
    SPENT = "Платёж зачислен, и деньги уже израсходованы: отменить его нельзя."
    NOTICE_CANCELLED = "Платёж был отменён банком, а в реестре он состоялся."
    IN_ANOTHER_REGISTRY = "Платёж уже учтён в другом реестре."
    LINE_NO_REPEATED = "Номер строки повторяется в реестре."
    PAYMENT_REPEATED = "Идентификатор платежа повторяется в реестре."
    REASSIGNED = "Зачислено на другой лицевой счёт по уточнению."
    REFUNDED = "Возвращено плательщику по уточнению."


class Line(NamedTuple):
    """A line of a payment registry as the bank wrote it."""

    line_no: int
    bank_payment_id: str
    account: str
    amount: Decimal
    """Roubles, without the commission."""
    commission: Decimal | None
    payment_time: datetime
    channel: str
    terminal_id: str | None
    status: str
    """PAID or CANCELLED."""


class Notice(NamedTuple):
    """The payment of a line, if the hub knew it before the line came."""

    payment_id: UUID | str
    """As the database gave it: whether parsed or not, it is only written back."""
    account: str
    organizer_inn: str
    amount: Decimal
    state: str
    in_registry: bool
    """Whether some registry has brought or confirmed it already."""


class Outcome(NamedTuple):
    """What to do about a line and what to tell about it."""

    result: str
    state: str | None = None
    """State of the payment afterwards; None when the line leaves the payment alone."""
    posted: Decimal | None = None
    """Roubles to move on the payment's account."""
    note: Note | None = None


class Funds:
    """Balances as they move while lines are decided one after another."""

    def __init__(self, balances: Mapping[tuple[str, str], Decimal]) -> None:
        """Begin with the balances of the accounts that may be taken from."""
        self._balances = dict(balances)

    def allow(self, key: tuple[str, str], amount: Decimal) -> bool:
        """Tell whether `amount` can be taken from (account, organizer INN)."""
        return self._balances[key] >= amount

    def move(self, key: tuple[str, str], amount: Decimal) -> None:
        """Remember a movement."""
        if key in self._balances:
            self._balances[key] += amount


def decide(
    line: Line, notice: Notice | None, account: PersonalAccount | None, funds: Funds
) -> Outcome:
    """Return what becomes of `line` (MEAL-BANK-11, 12).

    `notice` is the payment of the same bank payment id, `account` the personal account that the
    line names.
    """
    if notice is None:
        return _without_notice(line, account)
    if notice.in_registry:
        return Outcome(DUPLICATE, note=Note.IN_ANOTHER_REGISTRY)
    if notice.account != line.account:
        return Outcome(AMOUNT_MISMATCH, notice.state, note=Note.ACCOUNT_DIFFERS)
    if notice.amount != line.amount:
        return Outcome(AMOUNT_MISMATCH, notice.state, note=Note.AMOUNT_DIFFERS)
    if line.status == PAID:
        return _paid(line, notice, account)
    return _cancelled(notice, funds)


def warnings(
    line: Line, account: PersonalAccount | None, organizer_inn: str, late_before: datetime
) -> str | None:
    """Return the codes of the warnings to a paid line, a space between, or None (MEAL-BANK-05)."""
    over_limit = account is not None and line.amount > account.max_top_up
    foreign = account is not None and account.organizer_inn != organizer_inn
    late = line.payment_time < late_before
    if not (over_limit or foreign or late):
        return None
    codes = {"OVER_LIMIT": over_limit, "FOREIGN_ORGANIZER": foreign, "LATE": late}
    return " ".join(code for code, holds in codes.items() if holds)


def _without_notice(line: Line, account: PersonalAccount | None) -> Outcome:
    """Credit what was never told online: the registry is authoritative."""
    if line.status != PAID:
        return Outcome(CANCELLED)
    if account is None:
        return Outcome(ACCOUNT_UNKNOWN, SUSPENSE)
    if account.status is AccountStatus.CLOSED:
        return Outcome(ACCOUNT_CLOSED, SUSPENSE)
    # A blocked account takes no new payments, but this one has been paid already.
    return Outcome(CREDITED_WITHOUT_NOTICE, CREDITED, line.amount)


def _paid(line: Line, notice: Notice, account: PersonalAccount | None) -> Outcome:
    if notice.state == CREDITED:
        return Outcome(ALREADY_CREDITED, CREDITED)
    if notice.state != ACCEPTED:
        return Outcome(SUSPENSE, SUSPENSE, note=Note.NOTICE_CANCELLED)
    if account is None:
        return Outcome(ACCOUNT_UNKNOWN, SUSPENSE)
    if account.status is AccountStatus.CLOSED:
        return Outcome(ACCOUNT_CLOSED, SUSPENSE)
    return Outcome(CREDITED, CREDITED, line.amount)


def _cancelled(notice: Notice, funds: Funds) -> Outcome:
    """Take back what was credited on notice, as far as it is still there (MEAL-BANK-15)."""
    if notice.state != CREDITED:
        return Outcome(CANCELLED, CANCELLED)
    if not funds.allow((notice.account, notice.organizer_inn), notice.amount):
        return Outcome(AMOUNT_MISMATCH, CREDITED, note=Note.SPENT)
    return Outcome(CANCELLED, CANCELLED, -notice.amount)
