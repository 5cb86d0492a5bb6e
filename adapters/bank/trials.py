"""Money for trials of organizers: a bank of the stand has taken two payments and handed them over.

The payments are to an account that was made for the session. No message has caused them; in all
else they are in order: told online, credited at once, confirmed by the registry of the day. Books
stay when the session is over.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from adapters.bank.repository import payments, trials
from adapters.bank.repository.payments import NOTICE, ONLINE, Payment
from gateway.adapter import Posting, PostingKind
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.trial_data import Preparation, TestData
from registry.calendar import local_date

_AMOUNTS = (Decimal("500.00"), Decimal("250.50"))


def prepare(transaction: Transaction, preparation: Preparation) -> Mapping[str, str]:
    """Pay to the account of a session whose plan wants a bank; return the code of the bank."""
    given = preparation.given
    if "bank" not in preparation.wanted or not {"account", "organizer_inn"} <= given.keys():
        return {}
    registry_id = preparation.identifiers()
    paid = [
        _payment(preparation, registry_id, number, amount)
        for number, amount in enumerate(_AMOUNTS, 1)
    ]
    _hand_over(transaction, preparation, registry_id, paid)
    payments.add(transaction, paid)
    preparation.ledger.post([_posting(one) for one in paid], preparation.now)
    return {"bank": _bank_of(given)}


def _bank_of(given: Mapping[str, str]) -> str:
    """Name a bank of this session alone: no participant has such a code."""
    return f"STAND-{given['account']}"


def _payment(preparation: Preparation, registry_id: UUID, number: int, amount: Decimal) -> Payment:
    key = preparation.identifiers()
    paid_at = preparation.now - timedelta(hours=1, minutes=number)
    return Payment(
        id=key,
        bank=_bank_of(preparation.given),
        bank_payment_id=str(key),
        account=preparation.given["account"],
        organizer_inn=preparation.given["organizer_inn"],
        amount=amount,
        commission=None,
        payment_time=paid_at,
        channel="INTERNET_BANK",
        terminal_id=None,
        document_number=None,
        state="CREDITED",
        accepted_at=paid_at,
        expected_credit_date=local_date(preparation.now),
        credited_at=paid_at,
        credited_by=NOTICE,
        entry=NO_MESSAGE,
        registry_id=registry_id,
        registry_line=number,
        source=ONLINE,
    )


def _hand_over(
    transaction: Transaction, preparation: Preparation, registry_id: UUID, paid: Sequence[Payment]
) -> None:
    """Enter the registry of the day, processed: every line was credited before."""
    handed = trials.Handed(
        id=registry_id,
        bank=_bank_of(preparation.given),
        # Nobody else has this account, so no other registry has this number.
        number=f"T{preparation.given['account']}",
        day=local_date(preparation.now),
        organizer_inn=preparation.given["organizer_inn"],
        at=preparation.now,
        payments=paid,
    )
    trials.enter_registry(transaction, handed)


def _posting(paid: Payment) -> Posting:
    return Posting(
        account=paid.account,
        organizer_inn=paid.organizer_inn,
        amount=paid.amount,
        kind=PostingKind.TOP_UP,
        source=paid.top_up_source,
        business_date=local_date(paid.payment_time),
        entry=NO_MESSAGE,
    )


TEST_DATA = TestData(
    prepare,
    states={"payments": trials.payments, "registry_lines": trials.registry_lines},
)
