from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.meals import ADAPTER
from adapters.meals.models import personal_account
from gateway.adapter import Posting, PostingKind
from gateway.conformance.sessions import SessionState
from gateway.conformance.sessions.jobs import ADVANCE, EXPIRE, jobs


@pytest.fixture
def run(stand, context):
    known = {job.name: job for job in jobs(stand.desk)}
    return lambda name: known[name].run(context, stand.clock())


def test_the_hub_is_asked_again_until_it_has_the_lines(stand, run):
    session = stand.start()
    stand.begin(session, "BR-01")
    number = stand.submit(session)
    run(ADVANCE)
    stand.clock.advance(seconds=1)
    run(ADVANCE)
    assert stand.verdict(session, "BR-01") == "WAIT"

    stand.process(number)
    stand.clock.advance(seconds=1)
    run(ADVANCE)

    assert stand.verdict(session, "BR-01") == "PASS"


def test_a_message_that_comes_while_a_look_begins_is_judged_by_the_next(stand, run, context):
    session = stand.start()
    stand.begin(session, "BR-04")
    run(ADVANCE)
    stand.clock.advance(seconds=1)
    begun_at = stand.clock()
    stand.clock.advance(seconds=1)
    stand.submit(session, "BR-04")
    came_at, stand.clock.now = stand.clock(), begun_at
    run(ADVANCE)
    before = context.written

    stand.clock.now = came_at
    stand.clock.advance(seconds=5)
    run(ADVANCE)

    assert context.written == before + 1


def test_an_unchanged_answer_of_the_hub_is_recorded_once(stand, run):
    session = stand.start()
    stand.begin(session, "BR-01")
    stand.submit(session)
    for _ in range(5):
        run(ADVANCE)
        stand.clock.advance(seconds=1)

    answers = stand.do("evidence", session, stand.clock()).evidence.answers
    assert [len(answer.rows) for answer in answers] == [0]


def test_a_session_to_which_nothing_happens_is_not_written_to(stand, run, context):
    session = stand.start()
    stand.begin(session, "BR-01")
    run(ADVANCE)
    before = context.written
    for _ in range(3):
        stand.clock.advance(seconds=1)
        run(ADVANCE)

    assert context.written == before


def test_a_window_in_which_nothing_came_goes_on_by_itself(stand, run):
    session = stand.start()
    stand.begin(session, "BR-03/1")
    content = stand.file(session, "BR-03/1").decode().partition("?>")[2]
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    request = f'<s:Envelope xmlns:s="{soap}"><s:Body>{content}</s:Body></s:Envelope>'
    stand.refused(request.encode(), "REGISTRY_COUNT_MISMATCH")
    run(ADVANCE)
    assert stand.verdict(session, "BR-03/1") == "WAIT"

    stand.clock.advance(minutes=5, seconds=5)
    run(ADVANCE)

    assert stand.verdict(session, "BR-03/1") == "PASS"


def test_overdue_sessions_are_ended_by_the_clock(stand, run):
    session = stand.start()
    stand.clock.advance(days=14)
    run(EXPIRE)

    assert stand.again(session).state is SessionState.EXPIRED


def accounts_of(stand, session) -> dict[str, str]:
    """Return the states of the accounts that were made for a session, by their names."""
    names = {value: name for name, value in session.params.items() if "account" in name}
    account = personal_account.c
    asked = sa.select(account.number, account.status).where(account.number.in_(names))
    with stand.database.reading() as transaction:
        return {names[row.number]: row.status for row in transaction.execute(asked)}


def test_what_was_prepared_for_a_session_goes_a_day_after_it(stand, run):
    session, other = (stand.start(suite="SUITE-01") for _ in range(2))
    stand.do("cancel", session, stand.clock())
    run(EXPIRE)
    assert accounts_of(stand, session) == {"account": "OPEN", "closed_account": "CLOSED"}

    stand.clock.advance(days=1)
    run(EXPIRE)

    assert accounts_of(stand, session) == {}
    assert accounts_of(stand, other) == {"account": "OPEN", "closed_account": "CLOSED"}
    assert stand.again(session).params == session.params
    run(EXPIRE)  # once is enough


def test_an_account_that_money_was_posted_to_is_closed_and_the_books_balance(stand, run):
    session = stand.start(suite="SUITE-01")
    posting = Posting(
        account=session.params["account"],
        organizer_inn="7200000018",
        amount=Decimal("10.00"),
        kind=PostingKind.TOP_UP,
        source="payment/1",
        business_date=stand.clock().date(),
        entry=1,
    )
    with stand.database.writing() as transaction:
        ledger = ADAPTER.ledger(transaction, Decimal("2000.00"))
        ledger.post([posting], stand.clock())
    stand.do("cancel", session, stand.clock())
    stand.clock.advance(days=1)
    run(EXPIRE)

    assert accounts_of(stand, session) == {"account": "CLOSED"}
    with stand.database.reading() as transaction:
        assert ADAPTER.reconcile(transaction, ADAPTER.ledger(transaction, Decimal(1))) == []


def test_accounts_of_pupils_are_nobodys_to_remove(stand, run):
    """Sessions that began before accounts were made for them were given pupils' accounts."""
    session = stand.start(suite="SUITE-01")
    given = {"account": stand.accounts.open[0], "closed_account": stand.accounts.closed}
    with stand.database.writing() as transaction:
        ADAPTER.test_data.purge(transaction, [given])
    kept = accounts_of(stand, replace(session, params=given))
    assert kept == {"account": "OPEN", "closed_account": "CLOSED"}
