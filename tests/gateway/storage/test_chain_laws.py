"""Whatever happens to its batches, what a strand has recorded is a whole chain."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import Enum

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.storage import chain, journal, verification
from gateway.storage.chain import Chain
from gateway.storage.journal import Entry, Outcome

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


class Fate(Enum):
    COMMITTED = "the writer hears of its commit"
    UNHEARD = "committed, but the writer is told of a failure"
    ROLLED_BACK = "fails after it was recorded"
    DONE_AGAIN = "lost a race, done again in another order"


class Failure(Exception):
    pass


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
maybe = st.none() | texts
octets = st.none() | st.binary(max_size=40) | st.just(b"<a>" * 2000)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds
entries = st.builds(
    Entry,
    entry=st.just(0),
    received_at=moments,
    remote=texts,
    binding=texts,
    service=texts,
    sender=maybe,
    operation=maybe,
    message_id=maybe,
    business_key=maybe,
    digest=st.none() | st.binary(max_size=32),
    outcome=st.sampled_from(Outcome),
    code=maybe,
    http_status=st.none() | st.integers(100, 599),
    repeat_of=st.none() | st.integers(1, 1 << 40),
    answered_at=st.none() | moments,
    request=octets,
    response=octets,
    reason=maybe,
    certificate=maybe,
)
batches = st.lists(
    st.tuples(st.lists(entries, min_size=1, max_size=4), st.sampled_from(Fate)), max_size=6
)
modest = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@modest
@given(batches)
def test_what_is_recorded_is_proven_whatever_became_of_the_batches(contour_database, tried):
    strand = journal.open_strand(contour_database, "test:1", NOW)
    keeper = Chain(strand)
    number = committed = 0
    for batch, fate in tried:
        for entry in batch:
            number += 1
            entry.entry = strand << journal.STRAND_SHIFT | number
        if fate in {Fate.ROLLED_BACK, Fate.DONE_AGAIN}:
            with suppress(Failure), contour_database.writing() as transaction:
                journal.record(transaction, batch, keeper)
                raise Failure
        if fate is Fate.ROLLED_BACK:
            continue
        with contour_database.writing() as transaction:
            journal.record(transaction, batch[::-1], keeper)
        if fate is not Fate.UNHEARD:
            keeper.confirm()
        committed += len(batch)

    proof = verification.verify(contour_database, "test", only=strand)
    assert (proof.entries, proof.faults) == (committed, [])


ROW = st.tuples(
    st.integers(1, 1 << 62),
    moments,
    st.none() | moments,
    texts,
    texts,
    maybe,
    texts,
    maybe,
    maybe,
    maybe,
    st.none() | st.binary(max_size=4),
    texts,
    maybe,
    st.none() | st.integers(0, 600),
    st.none() | st.integers(0, 9),
    st.just(False),  # noqa: FBT003 -- a value of the row
    st.none(),
    st.none(),
    maybe,
    maybe,
)
SAID = st.tuples(ROW, st.none() | st.binary(max_size=3), st.none() | st.binary(max_size=3))


@given(SAID, SAID)
def test_entries_that_say_different_things_have_different_links(one, other):
    alike = chain.link(b"p" * 32, *one) == chain.link(b"p" * 32, *other)
    assert alike == (one == other)


@given(SAID, st.data())
def test_a_character_that_moves_to_the_next_text_changes_the_link(said, data):
    row, request, response = said
    column = data.draw(st.sampled_from([3, 4, 6, 11]))
    following = {3: 4, 4: 5, 6: 7, 11: 12}[column]
    moved = list(row)
    moved[column] = row[column] + "x"
    given_on = list(row)
    given_on[following] = "x" + (row[following] or "")
    links = [chain.link(b"p" * 32, values, request, response) for values in (moved, given_on)]
    assert links[0] != links[1]


@given(moments, st.timedeltas(timedelta(microseconds=1), timedelta(days=1)))
def test_moments_a_microsecond_apart_are_different(moment, later):
    assert chain.microseconds(moment) < chain.microseconds(moment + later)
