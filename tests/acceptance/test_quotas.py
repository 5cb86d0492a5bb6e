"""What a participant may send, at the live hub: the rest is put off before it is read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import requests
from hub_process import HubProcess, hub_on
from hub_thread import serving
from lxml import etree
from messages import BANK_PAYMENT, envelope

from gateway import bootstrap
from gateway.kernel.settings import load

PING = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'


@pytest.fixture
def hub_with(tmp_path, request) -> Iterator[Callable[..., HubProcess]]:
    """Have a hub with quotas answer, in this process."""
    with ExitStack() as stack:

        def start(**settings: str) -> HubProcess:
            hub = stack.enter_context(hub_on("sqlite", tmp_path, request.getfixturevalue))
            hub.environment |= {f"HUB_{name}": value for name, value in settings.items()}
            assembled = bootstrap.assemble(load(hub.environment))
            stack.callback(assembled.close)
            stack.enter_context(serving(assembled))
            return hub

        yield start


def statuses(hub, count: int) -> list[int]:
    return [hub.post("bank-payment", envelope(PING)).status_code for _ in range(count)]


def test_a_participant_over_his_quota_is_told_when_to_come_again(hub_with):
    hub = hub_with(PARTICIPANT_PER_SECOND="0.01", PARTICIPANT_BURST="2")
    assert statuses(hub, 3) == [200, 200, 429]
    refused = hub.post("bank-payment", envelope(PING))
    assert 0 < int(refused.headers["Retry-After"]) <= 100
    assert "квота" in refused.text


def test_a_message_over_the_quota_is_not_even_parsed(hub_with):
    hub = hub_with(PARTICIPANT_PER_SECOND="0.01", PARTICIPANT_BURST="1")
    hub.post("bank-payment", envelope(PING))
    assert hub.post("bank-payment", b"<broken").status_code == 429


def test_strangers_do_not_drain_a_participants_quota(hub_with):
    hub = hub_with(PARTICIPANT_PER_SECOND="0.01", PARTICIPANT_BURST="2")
    login, _ = hub.credentials
    for _ in range(5):
        guess = requests.post(
            hub.url("bank-payment"),
            data=envelope(PING),
            auth=(login, "a guess"),
            headers={"Content-Type": "text/xml"},
            timeout=30,
        )
        assert guess.status_code == 401
    assert statuses(hub, 2) == [200, 200]


def test_an_address_has_a_quota_whoever_sends(hub_with):
    hub = hub_with(ADDRESS_PER_SECOND="0.01", ADDRESS_BURST="2")
    assert statuses(hub, 3) == [200, 200, 429]


def test_the_first_message_over_a_quota_of_one_who_was_not_known_is_a_fault(hub_with):
    """Who he is is only known once his password is proven: by then the message was read."""
    hub = hub_with(PARTICIPANT_PER_SECOND="0.01", PARTICIPANT_BYTES_A_DAY="10")
    answer = hub.post("bank-payment", envelope(PING))
    assert answer.status_code == 429
    assert etree.fromstring(answer.content).findtext(".//{*}code") == "TEMPORARY_UNAVAILABLE"


def test_passwords_are_not_guessed_without_end(hub_with):
    hub = hub_with(GUESSES_PER_SECOND="0.01", GUESSES_BURST="3")
    assert statuses(hub, 1) == [200]  # the bank's own first password is a guess too
    guesses = [
        requests.post(
            hub.url("bank-payment"),
            data=envelope(PING),
            auth=("bank", str(number)),
            headers={"Content-Type": "text/xml"},
            timeout=30,
        ).status_code
        for number in range(3)
    ]
    assert guesses == [401, 401, 429]
    assert statuses(hub, 2) == [200, 200]


def test_everybody_together_has_a_quota(hub_with):
    hub = hub_with(TOTAL_PER_SECOND="0.01", TOTAL_BURST="2")
    assert statuses(hub, 3) == [200, 200, 503]
