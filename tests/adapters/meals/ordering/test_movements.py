"""SVC-06 GetMovements: the books of one organizer, read from day to day (MEAL-PAR-14, H-17)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from family import Family, period

from adapters.meals import models
from adapters.meals.handlers.movements import entry_id, get_movements
from adapters.meals.ledger import MealsLedger
from adapters.meals.messages import order as messages
from gateway.adapter import Posting, PostingKind
from gateway.contracts.messages.common import MovementKind, Page

MIDNIGHT = datetime(2026, 11, 9, 19, tzinfo=UTC)
"""Of 10 November, local."""
SECOND = timedelta(seconds=1)


def post(family: Family, amount: str, kind: PostingKind, at: datetime, source: str, **more) -> None:
    posting = Posting(
        **{
            "account": town.IVAN.account,
            "organizer_inn": town.INN,
            "amount": Decimal(amount),
            "kind": kind,
            "source": source,
            "business_date": date(2026, 11, 9),
            "entry": 1,
            **more,
        }
    )
    with family.database.writing() as transaction:
        MealsLedger(transaction).post([posting], at)


def read(family: Family, first: str, last: str, page: Page | None = None, inn: str | None = None):
    return family.send(
        get_movements,
        messages.GetMovementsRequest(
            account=family.pupil.account, organizer_inn=inn, period=period(first, last), page=page
        ),
    )


@pytest.fixture
def books(family):
    """Six movements around the midnight before 10 November."""
    debit = f"debit/{town.IVAN.account}/{town.INN}/2026-11-09/LUNCH"
    post(family, "500.00", PostingKind.TOP_UP, MIDNIGHT - timedelta(days=3), "payment/1")
    post(family, "-150.00", PostingKind.DEBIT, MIDNIGHT - SECOND, debit)
    post(family, "100.00", PostingKind.REGISTRY_CREDIT, MIDNIGHT, "registry/1/1")
    post(family, "-100.00", PostingKind.REVERSAL, MIDNIGHT + SECOND, "reversal/1/1")
    post(family, "-20.00", PostingKind.CANCELLATION, MIDNIGHT + SECOND, "cancel/1")
    post(family, "5.00", PostingKind.CORRECTION, MIDNIGHT + timedelta(days=1), "correction/1/1")
    return family


def test_period_begins_and_ends_at_local_midnight(books):
    answer = read(books, "2026-11-10", "2026-11-10")
    assert (answer.opening, answer.closing) == (Decimal("350.00"), Decimal("330.00"))
    assert [(one.amount, one.balance) for one in answer.entry] == [
        (Decimal("100.00"), Decimal("450.00")),
        (Decimal("-100.00"), Decimal("350.00")),
        (Decimal("-20.00"), Decimal("330.00")),
    ]
    assert answer.next_cursor is None


def test_movements_are_told_in_words_of_a_family(books):
    answer = read(books, "2026-11-01", "2026-11-30")
    assert [(one.kind, one.description) for one in answer.entry] == [
        (MovementKind.TOPUP, "Пополнение через банк"),
        (MovementKind.DEBIT, "Питание 09.11.2026, обед"),
        (MovementKind.TOPUP, "Пополнение по реестру банка"),
        (MovementKind.CORRECTION, "Отмена зачисления по реестру банка"),
        (MovementKind.CORRECTION, "Отмена платежа банком"),
        (MovementKind.CORRECTION, "Уточнение платежа"),
    ]


def test_every_kind_of_posting_has_words(family):
    for number, kind in enumerate(PostingKind):
        post(family, "1.00", kind, family.moment, f"any/{number}")
    answer = read(family, "2026-11-05", "2026-11-05")
    assert len(answer.entry) == len(PostingKind)
    assert all(one.description for one in answer.entry)


def test_identifier_of_a_movement_stays_and_belongs_to_it_alone(books):
    first = [one.entry_id for one in read(books, "2026-11-01", "2026-11-30").entry]
    again = [one.entry_id for one in read(books, "2026-11-10", "2026-11-30").entry]
    assert len(set(first)) == 6
    assert again == first[2:]
    assert first[0] == str(entry_id("payment/1"))


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_together_are_the_whole_with_the_same_balances(books, limit):
    whole = read(books, "2026-11-08", "2026-11-30")
    found, cursor = [], None
    while True:
        part = read(books, "2026-11-08", "2026-11-30", Page(limit=limit, cursor=cursor))
        assert len(part.entry) <= limit
        assert (part.opening, part.closing) == (whole.opening, whole.closing)
        found += part.entry
        cursor = part.next_cursor
        if cursor is None:
            break
    assert found == whole.entry
    assert whole.opening + sum(one.amount for one in found) == whole.closing


def test_period_without_movements_opens_and_closes_alike(books):
    answer = read(books, "2026-12-01", "2026-12-31")
    assert (answer.opening, answer.entry, answer.closing) == (
        Decimal("335.00"),
        [],
        Decimal("335.00"),
    )


def test_without_a_word_a_page_has_a_hundred_lines(family):
    for number in range(101):
        post(family, "1.00", PostingKind.TOP_UP, family.moment, f"payment/{number}")
    answer = read(family, "2026-11-05", "2026-11-05")
    assert (len(answer.entry), answer.closing) == (100, Decimal("101.00"))
    rest = read(family, "2026-11-05", "2026-11-05", Page(limit=5, cursor=answer.next_cursor))
    assert [one.balance for one in rest.entry] == [Decimal("101.00")]


def test_money_of_an_earlier_organizer_is_told_apart_and_never_added(books):
    post(books, "40.00", PostingKind.TOP_UP, MIDNIGHT, "payment/9", organizer_inn=town.OTHER_INN)
    answer = read(books, "2026-11-01", "2026-11-30")
    assert (answer.organizer_inn, answer.closing, len(answer.entry)) == (
        town.INN,
        Decimal("335.00"),
        6,
    )
    assert answer.earlier == [
        messages.EarlierBalanceType(
            organizer_inn=town.OTHER_INN,
            organizer_name=town.OTHER_ORGANIZER.name,
            balance=Decimal("40.00"),
        )
    ]
    other = read(books, "2026-11-01", "2026-11-30", inn=town.OTHER_INN)
    assert (other.organizer_inn, other.closing) == (town.OTHER_INN, Decimal("40.00"))
    assert [one.balance for one in other.entry] == [Decimal("40.00")]
    assert other.earlier == answer.earlier


def test_account_of_a_school_that_nobody_feeds_shows_who_fed_it(books):
    with books.database.writing() as transaction:
        transaction.execute(sa.update(models.personal_account).values(organizer_inn=None))
    answer = read(books, "2026-11-01", "2026-11-30")
    assert (answer.organizer_inn, answer.entry, answer.closing) == (None, [], Decimal("0.00"))
    assert [one.balance for one in answer.earlier] == [Decimal("335.00")]


def test_movements_of_another_account_are_not_among_them(books):
    books.of(town.DARYA, town.MOTHER)
    answer = read(books, "2026-11-01", "2026-11-30")
    assert (answer.entry, answer.closing, answer.earlier) == ([], Decimal("0.00"), [])


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-02", "2026-11-01"), ("2025-11-01", "2026-11-02")]
)
def test_wrong_period_is_refused(family, first, last):
    request = messages.GetMovementsRequest(account=town.IVAN.account, period=period(first, last))
    assert family.refused(get_movements, request).code == "PERIOD_INVALID"


def test_cursor_that_the_hub_never_gave_is_refused(family):
    request = messages.GetMovementsRequest(
        account=town.IVAN.account,
        period=period("2026-11-01", "2026-11-30"),
        page=Page(limit=5, cursor="next"),
    )
    error = family.refused(get_movements, request)
    assert (error.code, error.findings[0].rule) == ("VALIDATION_ERROR", "cursor")
