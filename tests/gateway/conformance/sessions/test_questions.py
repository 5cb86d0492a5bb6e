"""Asking how a session stands is no trial, even where a suite takes any message."""

from datetime import timedelta

import pytest

from gateway.conformance.sessions import journaled

TRIALS = "test/conformance/1.0"


@pytest.mark.parametrize(
    ("operation", "counts"),
    [("GetSession", False), ("RunCase", False), ("Ping", True), (None, True)],
)
def test_only_a_ping_to_the_service_of_trials_is_evidence(stand, operation, counts):
    since = stand.clock()
    entry = stand.message(b"<a/>", b"<b/>", service=TRIALS, operation=operation)

    with stand.database.reading() as transaction:
        found = journaled.messages(
            transaction,
            "BANK72001",
            ["*"],
            since,
            stand.clock() + timedelta(seconds=1),
            unidentified=False,
        )

    assert [message.entry for message in found] == ([entry] if counts else [])
