"""The samples on the pages are messages that the hub itself answers."""

import pytest
import requests
from lxml import etree

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
PLAYED = [
    ("bank-payment", "Ping"),
    ("bank-payment", "CheckAccount"),
    ("bank-payment", "RegisterPayment"),
    ("bank-payment", "GetPaymentStatus"),
    ("payment-registry", "Ping"),
    ("payment-registry", "SubmitRegistry"),
    ("payment-registry", "GetRegistryStatus"),
    ("payment-registry", "ListRegistries"),
    ("payment-registry", "GetReconciliation"),
    ("bank-payment", "CancelPayment"),
]
"""In the order of a bank's day; operations on what the hub has numbered are left out."""


def test_downloaded_samples_of_a_bank_day_are_answered(running_hub):
    refused = []
    for service, operation in PLAYED:
        answer = play(running_hub, service, operation)
        if answer.status_code != 200:
            refused.append((operation, answer.status_code, answer.text))

    assert refused == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_sample_check_of_an_account_says_that_money_may_be_taken(running_hub):
    answer = etree.fromstring(play(running_hub, "bank-payment", "CheckAccount").content)

    assert answer.findtext(f"{ENVELOPE}Body//{{*}}resultCode") == "0"


def play(hub, service: str, operation: str) -> requests.Response:
    """Download the sample request as a newcomer does, and send it."""
    url = hub.url(service)
    sample = requests.get(f"{url}?sample={operation}Request", timeout=30)
    assert sample.status_code == 200
    return requests.post(
        url,
        sample.content,
        headers={"content-type": "text/xml; charset=utf-8"},
        auth=hub.credentials,
        timeout=30,
    )
