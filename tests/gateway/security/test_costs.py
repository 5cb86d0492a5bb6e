"""What a refused message costs: never more than looking at it, counted in work and not in time."""

import time
from contextlib import suppress
from dataclasses import replace

import pytest
from envelopes import (
    DS,
    is_refused,
    reason,
    signed,
    verify,
)
from lxml import etree

from gateway.kernel import xml
from gateway.security import document, signature
from gateway.security.document import WSU_ID
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import TEST, Limits


def bombs() -> dict[str, str]:
    declared = "".join(f' xmlns:p{number}="urn:{number}"' for number in range(1000))
    spread = "".join(
        "<b" + "".join(f' xmlns:q{n}="urn:{n}.{m}"' for n in range(20)) + "/>" for m in range(200)
    )
    attributes = "".join(f' a{number}=""' for number in range(25_000))
    return {
        "declarations": f"<b{declared}/>",
        "declarations of many": spread,
        "attributes": f"<b{attributes}/>",
        "depth": "<b>" * 100 + "</b>" * 100,
    }


@pytest.mark.parametrize("bomb", bombs())
@pytest.mark.parametrize("place", [b"</p:amount>", b"</s:Header>"])
def test_bomb_is_refused_before_anything_is_canonicalized(ec, bomb, place, monkeypatch):
    octets = signed(ec).octets().replace(place, bombs()[bomb].encode() + place)
    monkeypatch.setattr(signature, "canonical", pytest.fail)
    assert is_refused(octets, Reason.LIMIT)


def test_too_many_elements_are_refused_before_anything_is_canonicalized(ec, monkeypatch):
    octets = signed(ec).octets().replace(b"</p:amount>", b"<b/>" * 1000 + b"</p:amount>")
    monkeypatch.setattr(signature, "canonical", pytest.fail)
    narrow = replace(TEST, limits=Limits(elements=1000))
    assert reason(octets, policy=narrow) is Reason.LIMIT


def test_wrapped_message_costs_no_mathematics(rsa, monkeypatch):
    message = signed(rsa)
    message.body.set(WSU_ID, "moved")
    octets = message.octets()
    monkeypatch.setattr(KeyCache, "key_of", pytest.fail)
    assert reason(octets) is Reason.REFERENCE_UNKNOWN


def test_body_is_canonicalized_only_under_a_true_signature(rsa, monkeypatch):
    message = signed(rsa)
    message.signature.find(f"{DS}SignatureValue").text = "AAAA"
    octets = message.octets()
    seen = []
    monkeypatch.setattr(
        signature, "canonical", lambda element, *rest: seen.append(element.tag) or b"x"
    )
    assert reason(octets) is Reason.VALUE
    assert seen == [f"{DS}SignedInfo"]


def test_markup_is_counted_once(rsa, monkeypatch):
    counted = []
    survey = document.survey
    monkeypatch.setattr(document, "survey", lambda *rest: counted.append(1) or survey(*rest))
    verify(signed(rsa).octets())
    assert counted == [1]


@pytest.mark.parametrize("attribute", ["a", "id", "Id"])
def test_attributes_are_looked_at_in_time_that_grows_only_with_their_number(attribute):
    """libxml2 steps back from attributes to elements in quadratic time: 80,000 took 5 seconds."""
    inside = "".join(f'<b {attribute}="x{number}"/>' for number in range(80_000))
    root = etree.fromstring(f"<a>{inside}</a>".encode(), xml.parser())
    started = time.process_time()
    with suppress(SignatureRefused):
        document.survey(root, TEST.limits)
    assert time.process_time() - started < 1.5
