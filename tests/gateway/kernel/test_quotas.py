"""Quotas on a clock that the tests move."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel import quotas
from gateway.kernel.quotas import Quota, QuotaExceeded, Quotas

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Moving:
    """A steady clock and the day, moved by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def seconds(self) -> float:
        return self.passed

    def clock(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)


@pytest.fixture
def time():
    return Moving()


def quotas_of(time: Moving, **limits: float) -> Quotas:
    return Quotas(Quota(**limits), time.clock, time.seconds)


def entered(taken: Quotas, key: str, times: int, octets: int = 0) -> int:
    """Return how many of `times` messages were let in."""
    count = 0
    for _ in range(times):
        try:
            taken.enter(key, octets)
        except QuotaExceeded:
            continue
        count += 1
    return count


def test_a_burst_is_let_in_and_no_more(time):
    assert entered(quotas_of(time, per_second=2, burst=5), "A", 9) == 5


def test_tokens_come_back_with_time(time):
    taken = quotas_of(time, per_second=2, burst=5)
    entered(taken, "A", 9)
    time.passed += 1.5
    assert entered(taken, "A", 9) == 3


def test_the_time_to_wait_is_told(time):
    taken = quotas_of(time, per_second=0.1, burst=1)
    taken.enter("A")
    with pytest.raises(QuotaExceeded) as refused:
        taken.enter("A")
    assert refused.value.retry_after == 10


def test_one_key_does_not_pay_for_another(time):
    taken = quotas_of(time, per_second=1, burst=1)
    assert [entered(taken, key, 3) for key in "AB"] == [1, 1]


def test_messages_at_a_time_are_counted_until_they_are_answered(time):
    taken = quotas_of(time, at_a_time=2)
    assert entered(taken, "A", 3) == 2
    taken.leave("A")
    assert entered(taken, "A", 3) == 1


def test_bytes_of_a_day_end_at_local_midnight(time):
    taken = quotas_of(time, bytes_a_day=100)
    assert entered(taken, "A", 3, octets=40) == 2
    with pytest.raises(QuotaExceeded) as refused:
        taken.enter("A", 40)
    time.passed += refused.value.retry_after
    assert entered(taken, "A", 3, octets=40) == 2


def test_no_limit_is_no_limit(time):
    assert entered(quotas_of(time), "A", 1000, octets=10**9) == 1000


def test_keys_beyond_the_most_are_forgotten_but_not_while_they_wait(time, monkeypatch):
    monkeypatch.setattr(quotas, "MOST_KEYS", 2)
    taken = quotas_of(time, per_second=1, burst=1, at_a_time=1)
    taken.enter("waits")
    for key in "BCDEF":
        taken.enter(key)
        taken.leave(key)
    assert entered(taken, "waits", 1) == 0


def test_processes_share_a_limit():
    whole = Quota(per_second=10, burst=5, at_a_time=3, bytes_a_day=100)
    assert whole.shared(2) == Quota(per_second=5, burst=3, at_a_time=2, bytes_a_day=50)


@given(
    st.floats(min_value=0.5, max_value=50),
    st.integers(min_value=1, max_value=20),
    st.lists(st.floats(min_value=0, max_value=3), max_size=60),
)
def test_never_more_than_the_burst_and_the_rate_come_through(rate, burst, pauses):
    time = Moving()
    taken = quotas_of(time, per_second=rate, burst=burst)
    count = 0
    for pause in pauses:
        time.passed += pause
        count += entered(taken, "A", 3)
    assert count <= burst + rate * time.passed + 1e-6
