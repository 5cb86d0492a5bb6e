"""`gateway.payment_books.PaymentBooks`: payments and registries as their organizer reads them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from gateway.kernel.money import to_roubles
from gateway.payment_books import (
    BankPayment,
    HandedLine,
    HandedRegistry,
    PaymentOrder,
    PaymentsAsked,
    PaymentTotals,
    RegistriesAsked,
)
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, as_uuid, instant_text

Value = TypeVar("Value")

_FIRST = UUID(int=0)

# Accepted once: a registry that is annulled later stays seen, one refused or annulled before never
# is.
_SEEN = """
    (r.state IN ('ACCEPTED', 'ACCEPTED_WITH_ERRORS', 'RECONCILED', 'DISCREPANCY')
     OR (r.state IN ('PROCESSING', 'ANNULLED') AND r.processed_at IS NOT NULL))
"""
_ASKED = """
    p.organizer_inn = :organizer_inn AND p.payment_time >= :since AND p.payment_time < :until
    AND (:bank = '' OR p.bank = :bank)
"""
_PAYMENTS = Query(
    f"""
    SELECT p.id, p.bank, p.bank_payment_id, p.account, p.amount, p.payment_time, p.channel,
           p.state, p.credited_at, r.id, r.number
    FROM payment p LEFT JOIN payment_registry r ON r.id = p.registry_id AND {_SEEN}
    WHERE {_ASKED} AND (p.payment_time, p.id) > (:after_time, :after_id)
    ORDER BY p.payment_time, p.id LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_TOTALS = Query(
    f"""
    SELECT count(*), coalesce(sum(p.amount), 0) FROM payment p
    WHERE {_ASKED} AND p.state NOT IN ('REJECTED', 'CANCELLED')
    """  # noqa: S608 -- text of our own
)
_REGISTRY = """
    SELECT r.id, r.bank, r.number, r.registry_date, r.contract_number, r.period_from, r.period_to,
           r.kind, r.order_number, r.order_date, r.order_amount, r.line_count, r.total_amount,
           r.total_commission, r.net_amount, r.state, r.received_at
    FROM payment_registry r
"""
_REGISTRIES = Query(
    f"""
    {_REGISTRY}
    WHERE r.organizer_inn = :organizer_inn AND r.registry_date BETWEEN :first AND :last
      AND (:bank = '' OR r.bank = :bank) AND {_SEEN}
      AND (r.registry_date, r.id) > (:after_day, :after_id)
    ORDER BY r.registry_date, r.id LIMIT :limit
    """
)
_ONE = Query(f"{_REGISTRY} WHERE r.id = :id AND r.organizer_inn = :organizer_inn AND {_SEEN}")
_LINES = Query(
    """
    SELECT line_no, bank_payment_id, account, amount, commission, payment_time, channel,
           terminal_id, status, result
    FROM registry_line WHERE registry_id = :id AND line_no > :after
    ORDER BY line_no LIMIT :limit
    """
)


class BankBooks:
    """`gateway.payment_books.PaymentBooks` inside one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Read in `transaction`."""
        self._transaction = transaction

    def payments(
        self, asked: PaymentsAsked, after: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[BankPayment]:
        """Return at most `limit` payments after a place, by time of payment, then by id."""
        moment, key = after or (asked.since, _FIRST)
        rows = self._transaction.rows(
            _PAYMENTS,
            **_named(asked),
            after_time=instant_text(moment),
            after_id=str(key),
            limit=limit,
        )
        return [_payment(row) for row in rows]

    def totals(self, asked: PaymentsAsked) -> PaymentTotals:
        """Return what all payments come to, whatever is on a page."""
        ((count, amount),) = self._transaction.rows(_TOTALS, **_named(asked))
        return PaymentTotals(int(count), to_roubles(int(amount)))

    def registries(
        self, asked: RegistriesAsked, after: tuple[date, UUID] | None, limit: int
    ) -> Sequence[HandedRegistry]:
        """Return at most `limit` registries after a place, by their date, then by id."""
        day, key = after or (asked.first, _FIRST)
        rows = self._transaction.rows(
            _REGISTRIES,
            organizer_inn=asked.organizer_inn,
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            bank=asked.bank or "",
            after_day=day.isoformat(),
            after_id=str(key),
            limit=limit,
        )
        return [_registry(row) for row in rows]

    def registry(self, organizer_inn: str, registry_id: UUID) -> HandedRegistry | None:
        """Return one registry of an organizer."""
        rows = self._transaction.rows(_ONE, id=str(registry_id), organizer_inn=organizer_inn)
        return _registry(rows[0]) if rows else None

    def lines(self, registry_id: UUID, after: int, limit: int) -> Sequence[HandedLine]:
        """Return at most `limit` lines with numbers above `after` of a registry that was found."""
        rows = self._transaction.rows(_LINES, id=str(registry_id), after=after, limit=limit)
        return [_line(row) for row in rows]


def _named(asked: PaymentsAsked) -> dict[str, object]:
    return {
        "organizer_inn": asked.organizer_inn,
        "since": instant_text(asked.since),
        "until": instant_text(asked.until),
        "bank": asked.bank or "",
    }


def _payment(row: tuple[Any, ...]) -> BankPayment:
    raw = BankPayment(*row)
    return raw._replace(
        id=as_uuid(raw.id),
        amount=_roubles(raw.amount),
        payment_time=as_instant(raw.payment_time),
        credited_at=_maybe(as_instant, raw.credited_at),
        registry_id=_maybe(as_uuid, raw.registry_id),
    )


def _registry(row: tuple[Any, ...]) -> HandedRegistry:
    *head, order_number, order_day, order_amount, count, total, commission, net, state, at = row
    key, bank, number, day, contract, period_from, period_to, kind = head
    return HandedRegistry(
        id=as_uuid(key),
        bank=bank,
        number=number,
        registry_date=as_day(day),
        contract_number=contract,
        period_from=as_instant(period_from),
        period_to=as_instant(period_to),
        kind=kind,
        order=(
            None
            if order_number is None
            else PaymentOrder(order_number, as_day(order_day), _roubles(order_amount))
        ),
        line_count=int(count),
        total_amount=_roubles(total),
        total_commission=_maybe(_roubles, commission),
        net_amount=_maybe(_roubles, net),
        state=state,
        received_at=as_instant(at),
    )


def _line(row: tuple[Any, ...]) -> HandedLine:
    raw = HandedLine(*row)
    return raw._replace(
        amount=_roubles(raw.amount),
        commission=_maybe(_roubles, raw.commission),
        payment_time=as_instant(raw.payment_time),
    )


def _roubles(kopecks: Decimal | int) -> Decimal:
    return to_roubles(int(kopecks))


def _maybe(read: Callable[[Any], Value], raw: object) -> Value | None:
    return None if raw is None else read(raw)
