"""PAYMENTS and REGISTRIES: what banks have taken for organizers and handed over (MEAL-ORG-04)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from adapters.meals.access import Role
from adapters.meals.reports.description import (
    PERIOD,
    Asked,
    Column,
    Grain,
    Kind,
    Line,
    Listing,
    Param,
    Report,
    money,
    words,
)
from adapters.meals.repository import reported
from gateway.adapter import Work
from gateway.contracts.messages.common import PaymentState, RegistryState, ReportCode
from gateway.kernel.ports import LOCAL
from gateway.payment_books import BankPayment, HandedRegistry, PaymentsAsked, RegistriesAsked

_PAGE = 1000
_DAY = timedelta(days=1)
_ROLES = dict.fromkeys((Role.ORGANIZER, Role.ADMIN), Grain.PUPIL)
_NOT_COUNTED = frozenset({PaymentState.REJECTED.value, PaymentState.CANCELLED.value})
_OPERATOR = frozenset({Role.ADMIN})
_ORGANIZER = Column("Организатор питания", "", roles=_OPERATOR)
_channel = words(
    {
        "CASH_DESK": "касса",
        "TERMINAL": "терминал",
        "ATM": "банкомат",
        "DEVICE_OTHER": "иное устройство",
        "INTERNET_BANK": "интернет-банк",
        "MOBILE_BANK": "мобильный банк",
        "ACQUIRING": "интернет-эквайринг",
    }
)
_payment_state = words(
    {
        "ACCEPTED": "принят",
        "CREDITED": "зачислен",
        "REJECTED": "отклонён",
        "CANCELLED": "отменён",
        "SUSPENSE": "не выяснен",
    }
)
_kind = words({"ONLINE": "платежи через банк", "ACQUIRING": "эквайринг"})
_registry_state = words(
    {
        "RECEIVED": "получен",
        "PROCESSING": "обрабатывается",
        "ACCEPTED": "принят",
        "ACCEPTED_WITH_ERRORS": "принят с замечаниями",
        "REJECTED": "отклонён",
        "ANNULLED": "аннулирован",
        "RECONCILED": "сверен",
        "DISCREPANCY": "есть расхождения",
    }
)


def _payments(work: Work, asked: Asked) -> Iterator[tuple[Line, datetime | None]]:
    """Give payments by their time; what was refused or cancelled is shown and not counted."""
    since, until = _moment(asked.first), _moment(asked.last + _DAY)
    account = asked.params.get(Param.ACCOUNT)
    for inn in _organizers(work, asked):
        of_whom = PaymentsAsked(inn, since, until, asked.params.get(Param.BANK_CODE))
        after = None
        while page := work.payments.payments(of_whom, after, _PAGE):
            for one in page:
                if account in {None, one.account}:
                    moment = max(one.payment_time, one.credited_at or one.payment_time)
                    yield (*_whose(work, asked, inn), *_payment(work, one)), moment
            after = page[-1].payment_time, page[-1].id


def _registries(work: Work, asked: Asked) -> Iterator[tuple[Line, datetime | None]]:
    """Give registries by their date; what was annulled is shown and not counted."""
    for inn in _organizers(work, asked):
        of_whom = RegistriesAsked(inn, asked.first, asked.last, asked.params.get(Param.BANK_CODE))
        after = None
        while page := work.payments.registries(of_whom, after, _PAGE):
            for one in page:
                yield (*_whose(work, asked, inn), *_registry(work, one)), one.received_at
            after = page[-1].registry_date, page[-1].id


def _organizers(work: Work, asked: Asked) -> list[str]:
    named = asked.actor.organizer_inn or asked.params.get(Param.ORGANIZER_INN)
    return reported.organizers(work.database) if named is None else [named]


def _whose(work: Work, asked: Asked, inn: str) -> Line:
    if asked.actor.role not in _OPERATOR:
        return ()
    return (reported.name_of(work.database, "organizer", inn),)


def _payment(work: Work, one: BankPayment) -> Line:
    return (
        one.payment_time,
        _bank(work, one.bank),
        one.bank_payment_id,
        one.account,
        _channel(one.channel),
        _payment_state(one.state),
        one.credited_at,
        one.registry_number,
        one.amount,
        one.amount * (one.state not in _NOT_COUNTED),
    )


def _registry(work: Work, one: HandedRegistry) -> Line:
    return (
        one.registry_date,
        _bank(work, one.bank),
        one.number,
        _kind(one.kind),
        _registry_state(one.state),
        None if one.order is None else f"№ {one.order.number} от {one.order.day:%d.%m.%Y}",
        one.line_count,
        one.total_amount,
        one.total_commission,
        one.net_amount,
        one.total_amount * (one.state != RegistryState.ANNULLED.value),
    )


def _bank(work: Work, code: str) -> str:
    bank = work.participants(code)
    return code if bank is None else bank.name


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


PAYMENTS = Report(
    ReportCode.PAYMENTS,
    "Платежи за питание",
    Listing(
        (
            _ORGANIZER,
            Column("Время платежа", ""),
            Column("Банк", ""),
            Column("Номер платежа в банке", ""),
            Column("Лицевой счёт", ""),
            Column("Где внесён", ""),
            Column("Состояние", ""),
            Column("Зачислен", ""),
            Column("Реестр", ""),
            Column("Сумма, руб.", "", Kind.MONEY),
            money("Учтено, руб.", ""),
        ),
        _payments,
    ),
    _ROLES,
    required=PERIOD,
    optional=frozenset({Param.BANK_CODE, Param.ACCOUNT, Param.ORGANIZER_INN}),
)

REGISTRIES = Report(
    ReportCode.REGISTRIES,
    "Реестры платежей",
    Listing(
        (
            _ORGANIZER,
            Column("Дата", "", Kind.DAY),
            Column("Банк", ""),
            Column("Номер реестра", ""),
            Column("Вид", ""),
            Column("Состояние", ""),
            Column("Платёжное поручение", ""),
            Column("Платежей", "", Kind.NUMBER),
            Column("Сумма, руб.", "", Kind.MONEY),
            Column("Комиссия, руб.", "", Kind.MONEY),
            Column("К перечислению, руб.", "", Kind.MONEY),
            money("Учтено, руб.", ""),
        ),
        _registries,
    ),
    _ROLES,
    required=PERIOD,
    optional=frozenset({Param.BANK_CODE, Param.ORGANIZER_INN}),
)
