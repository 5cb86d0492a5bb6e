import secrets
from datetime import UTC, datetime, timedelta

import pki
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples

from gateway.kernel.message import Contour
from gateway.security.path import Purpose
from gateway.security.trust import Role
from registry import models, notices
from registry.calendar import local_date
from registry.certificates import Addresses
from registry.notices import STEPS, NoticeCode, due_notices, write_notices
from registry.participants import Newcomer, ParticipantKind

ENDS = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def bind(registrar, certificates):
    root = pki.Authority.root()
    registrar.add(Newcomer("BANK-1", "Банк", ParticipantKind.BANK))
    certificates.add_authority(Contour.PROD, Role.ANCHOR, root.der, Addresses())

    def bind(until):
        leaf = root.issue(until=until)
        return certificates.add("BANK-1", Contour.PROD, Purpose.MESSAGE, leaf.der).thumbprint

    return bind


@pytest.fixture
def bind_row(bind, registry_database):
    """Write one more certificate straight into its table, and return its number."""
    bind(ENDS)
    table = models.certificate

    def bind_row(until, bound):
        with registry_database.writing() as transaction:
            row = transaction.execute(sa.select(table).limit(1)).mappings().one()
            values = {
                **row,
                "thumbprint": secrets.token_hex(32),
                "not_after": until,
                "created_at": bound,
            }
            del values["id"]
            done = transaction.execute(sa.insert(table).values(**values))
            return done.inserted_primary_key[0]

    return bind_row


@pytest.fixture
def written(registry_database, clock, board):
    """Look at a moment and return the steps that were written."""

    def written(moment, certificate=None):
        clock.now = moment
        with registry_database.writing() as transaction:
            steps = write_notices(transaction, clock(), board)
        return [
            (one.step, one.days_left) for one in steps if certificate in {None, one.certificate}
        ]

    return written


def test_each_step_is_written_on_its_day(bind, written):
    bind(ENDS)

    seen = {left: steps for left in range(70, -3, -1) if (steps := written(ENDS - left * pki.DAY))}

    assert seen == {step: [(step, step)] for step in STEPS}


def test_nobody_looks_for_a_month_and_the_steps_are_caught_up(bind, written):
    bind(ENDS)

    assert written(ENDS - 20 * pki.DAY) == [(60, 20), (30, 20)]
    assert written(ENDS - 20 * pki.DAY) == []


def test_the_day_begins_at_local_midnight(bind, written):
    # The certificate ends on the 15th in Tyumen; sixty days before is the 16th of November.
    bind(ENDS)
    midnight = datetime(2026, 11, 15, 19, tzinfo=UTC)

    assert written(midnight - timedelta(seconds=1)) == []
    assert written(midnight) == [(60, 60)]


def test_what_was_known_when_a_certificate_was_bound_is_no_notice(bind, written, clock):
    bind(clock() + 20 * pki.DAY)

    assert written(clock()) == []
    assert written(clock() + 6 * pki.DAY) == [(14, 14)]


def test_the_participant_is_told_the_last_of_what_is_caught_up(bind, written, registry_database):
    bind(ENDS)
    written(ENDS - 20 * pki.DAY)
    written(ENDS - 7 * pki.DAY)

    with registry_database.reading() as transaction:
        told = notices.since(transaction, "BANK-1", 0, 10)
    assert [one.code for one in told] == [NoticeCode.CERT_EXPIRY] * 2
    assert "Осталось дней: 20" in told[0].text
    assert "Осталось дней: 7" in told[1].text
    assert "продуктивный" in told[0].text


def test_an_ended_certificate_is_nobodys_worry(bind, written, certificates):
    certificates.end(Contour.PROD, bind(ENDS))

    assert written(ENDS) == []


def test_each_certificate_has_its_own_ladder(bind, written, registry_database):
    bind(ENDS)
    bind(ENDS + 10 * pki.DAY)

    written(ENDS + 10 * pki.DAY)

    query = sa.select(sa.func.count()).select_from(models.certificate_notice)
    with registry_database.reading() as transaction:
        assert transaction.execute(query).scalar() == 2 * len(STEPS)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(bound=moments, ends=moments, looks=st.lists(moments, max_size=12))
def test_whatever_days_somebody_looks_a_notice_is_due_once_it_is_for_ever(bound, ends, looks):
    """What is due only grows with the days, and is all that has been reached since the binding."""
    before = set()
    for moment in sorted(looks):
        today = local_date(moment)
        due = {one.step for one in due_notices(1, bound, ends, today)}
        assert before <= due
        before = due
        last = local_date(ends)
        assert due == {
            step
            for step in STEPS
            if local_date(bound) <= last - timedelta(days=step) and (last - today).days <= step
        }


@settings(
    max_examples=examples(suite=10, proofs=25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(days=st.lists(st.integers(-10, 80), min_size=1, max_size=8))
def test_whatever_days_the_job_ran_on_each_notice_is_written_once(bind_row, written, days):
    """The days are counted back from the end; the job is run on them in order."""
    certificate = bind_row(ENDS, bound=ENDS - 70 * pki.DAY)
    in_order = sorted(days, reverse=True)

    told = [step for left in in_order for step, _ in written(ENDS - left * pki.DAY, certificate)]

    assert sorted(told, reverse=True) == [step for step in STEPS if in_order[-1] <= step]
