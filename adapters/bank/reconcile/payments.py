"""Every payment credited on notice is in the ledger once, every cancelled one twice.

Goes through the books a page at a time: memory stays that of one page.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from uuid import UUID

from adapters.bank.repository import payments
from adapters.bank.repository.payments import NOTICE, Payment
from gateway.adapter import Ledger, LedgerEntry
from gateway.kernel.money import format_roubles
from gateway.storage.database import Transaction

PAGE = 5000
_CREDITED = "CREDITED"
_WAITING = "ACCEPTED"


def reconcile(transaction: Transaction, ledger: Ledger) -> list[str]:
    """Name every payment, cancellation and ledger entry that has no right counterpart."""
    return list(
        chain(
            _payments_without_money(transaction, ledger),
            _money_without_payments(transaction, ledger),
            _unfinished_cancellations(transaction),
        )
    )


def _payments_without_money(transaction: Transaction, ledger: Ledger) -> Iterator[str]:
    for page in payments.pages(transaction, PAGE):
        yield from chain.from_iterable(map(_contradiction, page))
        cancelled = payments.cancelled(transaction, [payment.id for payment in page])
        expected = [line for payment in page for line in _expected(payment, cancelled)]
        entries = ledger.posted([source for source, _, _ in expected])
        for source, payment, amount in expected:
            yield from _mismatch(source, payment, amount, entries)


def _money_without_payments(transaction: Transaction, ledger: Ledger) -> Iterator[str]:
    after = 0
    while page := ledger.entries(after, PAGE):
        ours = {
            entry.source: UUID(entry.source.partition("/")[2])
            for entry in page
            if entry.source.startswith(("payment/", "cancel/"))
        }
        known = payments.by_ids(transaction, list(set(ours.values())))
        cancelled = payments.cancelled(transaction, list(known))
        yield from _strangers(page, ours, known, cancelled)
        after = page[-1].number


def _strangers(
    page: Sequence[LedgerEntry],
    ours: Mapping[str, UUID],
    known: Mapping[UUID, Payment],
    cancelled: frozenset[UUID],
) -> Iterator[str]:
    for entry in page:
        if entry.source not in ours:
            continue
        payment = known.get(ours[entry.source])
        where = f"ledger_entry {entry.number} ({entry.source}, {format_roubles(entry.amount)} руб.)"
        if payment is None:
            yield f"{where}: платежа в таблице payment нет"
        elif entry.source not in {source for source, _, _ in _expected(payment, cancelled)}:
            yield f"{where}: {_name(payment)} в состоянии {payment.state} этой проводки не имеет"


def _expected(
    payment: Payment, cancelled: frozenset[UUID]
) -> Iterator[tuple[str, Payment, Decimal]]:
    """Tell which ledger entries SVC-01 must have made for a payment."""
    if payment.credited_by != NOTICE:
        return
    yield payment.top_up_source, payment, payment.amount
    if payment.id in cancelled:
        yield payment.cancellation_source, payment, -payment.amount


def _mismatch(
    source: str, payment: Payment, amount: Decimal, entries: Mapping[str, LedgerEntry]
) -> Iterator[str]:
    entry = entries.get(source)
    if entry is None:
        yield (
            f"{_name(payment)}: в ledger_entry нет проводки {source} "
            f"на {format_roubles(amount)} руб., счёт {payment.account}"
        )
        return
    written = (entry.account, entry.organizer_inn, entry.amount)
    if written != (payment.account, payment.organizer_inn, amount):
        yield (
            f"{_name(payment)}: проводка {source} на {format_roubles(entry.amount)} руб. по счёту "
            f"{entry.account}/{entry.organizer_inn}, а платёж на {format_roubles(amount)} руб. по "
            f"счёту {payment.account}/{payment.organizer_inn}"
        )


def _contradiction(payment: Payment) -> Iterator[str]:
    """Say where a row contradicts itself."""
    credited = payment.credited_by is not None
    if credited != (payment.credited_at is not None):
        yield f"{_name(payment)}: credited_at и credited_by противоречат друг другу"
    if (payment.state == _CREDITED and not credited) or (payment.state == _WAITING and credited):
        yield f"{_name(payment)}: состояние {payment.state} противоречит credited_by"


def _unfinished_cancellations(transaction: Transaction) -> Iterator[str]:
    for bank, cancel_id, payment_id in payments.unfinished_cancellations(transaction):
        yield f"payment_cancel {bank}/{cancel_id}: платёж {payment_id} не отменён или исчез"


def _name(payment: Payment) -> str:
    return f"payment {payment.bank}/{payment.bank_payment_id} ({payment.id})"
