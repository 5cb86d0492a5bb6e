"""What an operator does to letters and addresses: pause, resume, cancel, send again."""

from datetime import timedelta

import pytest
from scripted import LATER

from gateway.kernel.errors import IllegalTransition
from gateway.storage.outbox import State


def test_a_paused_address_gets_nothing_until_it_is_resumed(put, deliverer, channel, order):
    put(b"a")
    order("pause", "portal", "ведомство просило")
    put(b"elsewhere", key="другое", address="department")

    deliverer.drain()
    assert channel.payloads == [b"elsewhere"]
    with pytest.raises(IllegalTransition):
        order("pause", "portal")

    order("resume", "portal")
    deliverer.drain()
    assert channel.payloads == [b"elsewhere", b"a"]


def test_a_cancelled_letter_never_goes_and_a_delivered_one_cannot_be_cancelled(
    put, deliverer, channel, order
):
    cancelled, delivered = put(b"a"), put(b"b")
    order("cancel", cancelled)

    deliverer.drain()

    assert channel.payloads == [b"b"]
    for delivery in (cancelled, delivered):
        with pytest.raises(IllegalTransition):
            order("cancel", delivery)


def test_a_letter_on_its_way_obeys_no_command(put, deliverer, order):
    delivery = put(b"a")
    deliverer._turn([])

    for command in ("resend", "cancel"):
        with pytest.raises(IllegalTransition):
            order(command, delivery)


def test_a_delivered_letter_may_be_sent_again_under_its_ids(put, deliverer, channel, order, card):
    delivery = put(b"a")
    deliverer.drain()
    order("resend", delivery)
    deliverer.drain()

    assert [one.id for one in channel.sent] == [delivery, delivery]
    assert [one.verdict for one in card(delivery).tried] == ["DELIVERED", "DELIVERED"]


def test_an_expired_letter_that_is_sent_again_has_its_time_anew(
    put, deliverer, channel, clock, order, card
):
    delivery = put(b"a", lifetime=timedelta(hours=2))
    channel.says[b"a"] = [LATER] * 10
    for _ in range(4):
        deliverer.drain()
        clock.advance(hours=1)
    assert card(delivery).line.state is State.EXPIRED

    order("resend", delivery)

    assert card(delivery).line.deadline == clock() + timedelta(hours=2)
    channel.says.clear()
    deliverer.drain()
    assert card(delivery).line.state is State.DELIVERED
