"""A signed Timestamp has to be fresh; by which clock and how fresh is the policy's to say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from envelopes import (
    NOW,
    reason,
    signed,
    signed_over,
    verify,
)
from lxml import etree

from gateway.kernel import xml
from gateway.security import policy
from gateway.security.document import WSU, WSU_ID
from gateway.security.errors import Reason
from gateway.security.policy import TEST
from gateway.security.wsse import TIMESTAMP


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (timedelta(minutes=5, seconds=1), Reason.TIMESTAMP_STALE),
        (timedelta(days=1), Reason.TIMESTAMP_STALE),
        (timedelta(seconds=-61), Reason.TIMESTAMP_FUTURE),
        (timedelta(days=-400), Reason.TIMESTAMP_FUTURE),
    ],
)
def test_timestamp_outside_the_window_is_refused(rsa, shift, expected):
    octets = signed(rsa, lifetime=timedelta(hours=1)).octets()
    assert reason(octets, now=NOW + shift) is expected


@pytest.mark.parametrize("shift", [timedelta(minutes=5), timedelta(0), timedelta(seconds=-60)])
def test_timestamp_at_the_edge_of_the_window_is_taken(rsa, shift):
    octets = signed(rsa, lifetime=timedelta(hours=1)).octets()
    assert verify(octets, now=NOW + shift).created == NOW


def test_message_that_has_expired_by_its_own_word_is_refused(rsa):
    octets = signed(rsa, lifetime=timedelta(minutes=1)).octets()
    assert verify(octets, now=NOW + timedelta(seconds=59)).created == NOW
    assert reason(octets, now=NOW + timedelta(minutes=1)) is Reason.TIMESTAMP_STALE


def test_archive_does_not_look_at_the_clock(rsa):
    octets = signed(rsa).octets()
    assert verify(octets, policy=policy.ARCHIVE, now=NOW + timedelta(days=4000)).created == NOW


def test_message_without_timestamp_is_taken_unless_the_policy_wants_one(rsa):
    octets = signed(rsa, lifetime=None).octets()
    assert verify(octets).created is None
    strict = replace(TEST, timestamp_required=True)
    assert reason(octets, policy=strict) is Reason.TIMESTAMP_MISSING


def test_timestamp_that_is_not_signed_is_refused(rsa):
    message = signed(rsa)
    message.signed_info.remove(message.references[-1])
    message.resign(rsa)
    assert reason(message.octets()) is Reason.NOT_TIMESTAMP


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<wsu:Created/>",
        "<wsu:Created>yesterday</wsu:Created>",
        "<wsu:Created>2026-03-02T07:00:00</wsu:Created>",
        "<wsu:Created>2026-03-02</wsu:Created>",
        "<wsu:Expires>2026-03-02T07:00:00Z</wsu:Expires>",
        "<wsu:Created>2026-03-02T07:00:00Z</wsu:Created>" * 2,
        "<wsu:Created>2026-03-02T07:00:00Z</wsu:Created><wsu:Expires>never</wsu:Expires>",
        "<wsu:Created>2026-03-02T07:00:00Z</wsu:Created><x/>",
    ],
)
def test_timestamp_written_otherwise_is_refused(rsa, content):
    message = signed(rsa)
    timestamp = message.security.find(TIMESTAMP)
    made = etree.fromstring(
        f'<wsu:Timestamp xmlns:wsu="{WSU}" wsu:Id="{timestamp.get(WSU_ID)}">{content}'
        "</wsu:Timestamp>",
        xml.parser(),
    )
    message.security.replace(timestamp, made)
    octets = signed_over(message, rsa, message.body)
    assert reason(octets) is Reason.TIMESTAMP_FORMAT


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_timestamp_at_the_end_of_time_breaks_nothing(rsa, year):
    message = signed(rsa)
    message.security.find(TIMESTAMP)[0].text = f"{year}-01-01T00:00:00+05:00"
    octets = signed_over(message, rsa, message.body)
    assert reason(octets) in {Reason.TIMESTAMP_STALE, Reason.TIMESTAMP_FUTURE}
