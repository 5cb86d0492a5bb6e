"""Letters arrive at least once, the same bytes, in order per key, whatever is answered."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from scripted import (
    DELIVERED,
    LATER,
    MINUTE,
    NEVER,
    UNREACHED,
    make_deliverer,
)

from gateway.delivery import Breaker, Outcome, Pace
from gateway.storage import outbox
from gateway.storage.outbox import Letter, State, Verdict, accounts, claims


def verdicts(card):
    return [one.verdict for one in card.tried]


def test_a_letter_arrives_with_its_bytes_and_ids(put, deliverer, channel, card):
    delivery = put(b"<event/>", message_id="urn:uuid:1")

    assert deliverer.drain() == 1

    (sent,) = channel.sent
    assert (sent.payload, sent.message_id, sent.id) == (b"<event/>", "urn:uuid:1", delivery)
    assert card(delivery).line.state is State.DELIVERED
    assert channel.recorded == [(b"<event/>", State.DELIVERED, "OK")]


def test_nothing_is_sent_of_a_transaction_that_was_rolled_back(database, deliverer, clock, states):
    one = Letter(uuid4(), "заявление-1", "script", "portal", b"undone", "event/1")
    with database.writing() as transaction:
        outbox.CONTOUR.put(transaction, [one], clock())
        transaction.connection.get_transaction().rollback()

    assert deliverer.drain() == 0
    assert states() == {}


def test_the_pauses_grow_and_the_bytes_stay(put, deliverer, channel, clock, card):
    delivery = put(b"a", lifetime=timedelta(days=2))
    channel.says[b"a"] = [LATER] * 5
    pauses = []
    last = clock()

    while card(delivery).line.state is not State.DELIVERED:
        if deliverer.drain():
            pauses.append(clock() - last)
            last = clock()
        clock.advance(minutes=1)

    assert pauses == [0 * MINUTE, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 60 * MINUTE]
    assert len({(one.payload, one.id, one.message_id) for one in channel.sent}) == 1
    assert verdicts(card(delivery)) == ["LATER"] * 5 + ["DELIVERED"]


def test_the_other_side_may_ask_for_a_longer_pause(put, deliverer, channel, clock):
    put(b"a")
    channel.says[b"a"] = [Outcome(Verdict.LATER, "503", "Занято.", timedelta(minutes=10))]
    deliverer.drain()

    clock.advance(minutes=9)
    assert deliverer.drain() == 0
    clock.advance(minutes=1)
    assert deliverer.drain() == 1


def test_letters_of_a_key_keep_their_order_while_others_pass(put, deliverer, channel, clock):
    for number in range(3):
        put(b"first %d" % number, key="первое")
    put(b"second", key="второе")
    channel.says[b"first 0"] = [LATER]

    deliverer.drain()
    assert sorted(channel.payloads) == [b"first 0", b"second"]

    clock.advance(minutes=2)
    deliverer.drain()
    assert channel.payloads[2:] == [b"first 0", b"first 1", b"first 2"]


def test_a_long_line_behind_one_letter_does_not_keep_others_from_their_turn(
    put, deliverer, channel, clock
):
    channel.says[b"head"] = [LATER]
    put(b"head", key="длинное")
    for number in range(claims.CANDIDATES + 9):
        put(b"%d" % number, key="длинное")
    put(b"other", key="другое")

    deliverer.drain()

    assert channel.payloads == [b"head", b"other"]
    clock.advance(minutes=2)
    deliverer.drain()
    assert channel.payloads[2:] == [b"head", *(b"%d" % one for one in range(claims.CANDIDATES + 9))]


def test_a_poison_letter_parks_and_mail_behind_it_goes_on(put, deliverer, channel, card):
    poison = put(b"poison")
    put(b"next")
    channel.says[b"poison"] = [NEVER]

    deliverer.drain()

    assert channel.payloads == [b"poison", b"next"]
    assert card(poison).line.state is State.PARKED


def test_an_ordered_event_that_was_refused_holds_those_behind_it(
    put, deliverer, channel, order, clock
):
    poison = put(b"poison", holds=True)
    put(b"next", holds=True)
    put(b"elsewhere", key="заявление-2", holds=True)
    channel.says[b"poison"] = [NEVER]

    deliverer.drain()
    clock.advance(hours=10)
    deliverer.drain()
    assert channel.payloads == [b"poison", b"elsewhere"]

    order("cancel", poison)
    deliverer.drain()
    assert channel.payloads == [b"poison", b"elsewhere", b"next"]


def test_a_parked_letter_that_is_sent_again_goes_before_those_behind_it(
    put, deliverer, channel, order, card
):
    poison = put(b"poison", holds=True)
    put(b"next", holds=True)
    channel.says[b"poison"] = [NEVER]
    deliverer.drain()

    order("resend", poison, "ведомство исправило ошибку")
    deliverer.drain()

    assert channel.payloads == [b"poison", b"poison", b"next"]
    (ordered,) = card(poison).ordered
    assert (ordered.actor, ordered.command.value) == ("оператор", "RESEND")
    assert ordered.reason == "ведомство исправило ошибку"


def test_nothing_is_tried_after_the_deadline(put, deliverer, channel, clock, card):
    delivery = put(b"a", lifetime=timedelta(minutes=10))
    channel.says[b"a"] = [LATER] * 20

    for _ in range(30):
        deliverer.drain()
        clock.advance(minutes=1)

    assert card(delivery).line.state is State.EXPIRED
    assert verdicts(card(delivery)) == ["LATER"] * 3
    assert channel.recorded[-1] == (b"a", State.EXPIRED, "DEADLINE")


def test_attempts_are_used_up(put, deliverer, channel, clock, card):
    delivery = put(b"a", budget=2)
    channel.says[b"a"] = [LATER] * 9

    for _ in range(3):
        deliverer.drain()
        clock.advance(minutes=30)

    assert card(delivery).line.state is State.EXPIRED
    assert len(channel.sent) == 2


def test_a_letter_waits_for_its_time(put, deliverer, channel, clock):
    put(b"a", not_before=clock() + timedelta(hours=1))
    put(b"b")

    deliverer.drain()
    assert channel.payloads == []  # b stands behind a
    clock.advance(hours=1)
    deliverer.drain()
    assert channel.payloads == [b"a", b"b"]


def test_a_channel_that_breaks_is_a_failed_attempt(put, database, clock, card, caplog):
    class Broken:
        def send(self, delivery):
            raise RuntimeError("boom")

        def record(self, *_):
            return ()

    delivery = put(b"a")

    make_deliverer(database, Broken(), clock).drain()

    assert (card(delivery).line.state, card(delivery).tried[0].code) == (
        State.WAITING,
        "CHANNEL_FAILED",
    )
    assert "boom" in caplog.text


def test_what_cannot_be_recorded_is_tried_again(put, deliverer, channel, clock, card):
    delivery = put(b"a")
    other = put(b"b", key="заявление-2")
    channel.refuses_to_record = 2  # once together with the other, once alone

    deliverer.drain()
    assert {card(delivery).line.state, card(other).line.state} == {State.WAITING, State.DELIVERED}

    clock.advance(minutes=1)
    deliverer.drain()
    assert card(delivery).line.state is card(other).line.state is State.DELIVERED


def test_letters_of_an_unknown_channel_wait_and_expire(put, deliverer, clock, card):
    delivery = put(b"a", channel="nobody knows")

    deliverer.drain()
    assert card(delivery).line.state is State.WAITING
    clock.advance(days=2)
    deliverer.drain()
    assert (card(delivery).line.state, card(delivery).tried) == (State.EXPIRED, ())


def test_a_killed_deliverers_letters_are_taken_over_when_its_lease_ends(
    put, database, channel, clock, card
):
    delivery = put(b"a")
    put(b"b")
    dead = make_deliverer(database, channel, clock)
    assert [one.payload for one in dead._turn([])] == [b"a"]
    living = make_deliverer(database, channel, clock)

    assert living.drain() == 0
    clock.advance(minutes=1)
    living.drain()

    assert channel.payloads == [b"a", b"b"]
    assert verdicts(card(delivery)) == ["LOST", "DELIVERED"]


def test_an_overtaken_deliverer_marks_nothing(put, database, channel, clock, card, caplog):
    delivery = put(b"a")
    slow = make_deliverer(database, channel, clock)
    (claimed,) = slow._turn([])
    clock.advance(minutes=1)
    make_deliverer(database, channel, clock).drain()
    before = card(delivery)

    slow._turn([slow._attempt(claimed)])

    assert card(delivery) == before
    assert "taken over" in caplog.text


def test_a_claim_is_renewed_while_the_letter_is_on_its_way(put, database, channel, clock):
    put(b"a")
    slow = make_deliverer(database, channel, clock)
    slow._turn([])
    for _ in range(6):
        clock.advance(seconds=40)
        slow._turn([])
        assert make_deliverer(database, channel, clock).drain() == 0


def test_one_address_gets_no_more_than_its_share(put, database, channel, clock):
    for number in range(12):
        put(b"slow", key=f"медленное-{number}", address="slow")
        put(b"quick", key=f"быстрое-{number}", address="quick")
    deliverer = make_deliverer(database, channel, clock, pace=Pace(together=10, per_address=4))

    claimed = deliverer._turn([])

    assert sorted(one.address for one in claimed) == ["quick"] * 4 + ["slow"] * 4
    assert deliverer._turn([]) == []


BREAKER = Breaker(failures=3, pause=timedelta(seconds=30), longest=timedelta(minutes=2))


def test_an_address_that_does_not_answer_is_left_alone_and_probed_by_one_letter(
    put, database, channel, clock
):
    deliverer = make_deliverer(database, channel, clock, breaker=BREAKER, pace=Pace(per_address=3))
    channel.down = {"down"}
    for number in range(20):
        put(b"down", key=f"{number}", address="down")
    put(b"up", key="up", address="up")

    deliverer.drain()
    assert sorted(channel.payloads) == [b"down"] * 3 + [b"up"]

    for probes, seconds in ((1, 30), (2, 60), (3, 120), (4, 120)):
        clock.advance(seconds=seconds - 1)
        deliverer.drain()
        assert channel.payloads.count(b"down") == 3 + probes - 1
        clock.advance(seconds=1)
        deliverer.drain()
        assert channel.payloads.count(b"down") == 3 + probes

    channel.down = set()
    clock.advance(seconds=120)
    deliverer.drain()
    assert channel.payloads.count(b"down") > 20


def test_only_one_deliverer_probes(put, database, channel, clock):
    channel.down = {"portal"}
    first, second = (
        make_deliverer(database, channel, clock, breaker=BREAKER, pace=Pace(per_address=3))
        for _ in range(2)
    )
    for number in range(9):
        put(b"a", key=f"{number}")
    first.drain()
    clock.advance(seconds=30)

    assert [len(one._turn([])) for one in (first, second)] == [1, 0]


def test_an_answer_of_any_kind_closes_the_breaker(put, database, channel, clock):
    deliverer = make_deliverer(database, channel, clock, breaker=BREAKER, pace=Pace(together=1))
    for number, says in enumerate([UNREACHED, UNREACHED, LATER, UNREACHED, UNREACHED, DELIVERED]):
        put(b"%d" % number, key=f"{number}")
        channel.says[b"%d" % number] = [says]

    deliverer.drain()

    assert len(channel.sent) == 6


def test_two_deliverers_at_once_send_each_letter_once_and_in_order(
    put, database, channel, clock, states
):
    """Against real threads and, on PostgreSQL, real row locks."""
    for number in range(120):
        put(b"%03d" % number, key=f"{number % 7}")
    pace = Pace(together=4, per_address=4, poll_seconds=0.05)
    deliverers = [make_deliverer(database, channel, clock, pace=pace) for _ in range(3)]
    for one in deliverers:
        one.start()
    all_delivered(states, 120)
    for one in deliverers:
        one.stop()

    assert sorted(channel.payloads) == [b"%03d" % number for number in range(120)]
    for key in range(7):
        of_key = [one.payload for one in channel.sent if one.key == str(key)]
        assert of_key == sorted(of_key)


def test_a_started_deliverer_is_woken_by_the_commit(put, database, channel, clock, states):
    """On PostgreSQL by NOTIFY alone; where there is none, by whoever has written."""
    deliverer = make_deliverer(database, channel, clock, pace=Pace(poll_seconds=3600))
    deliverer.start()
    put(b"a")
    if not database.on_postgresql:
        deliverer.wake()

    all_delivered(states, 1)
    deliverer.stop()


def test_stopping_waits_for_what_is_on_its_way(put, database, clock, states):
    sending, finish = threading.Event(), threading.Event()

    class Slow:
        def send(self, delivery):
            sending.set()
            finish.wait()
            return DELIVERED

        def record(self, *_):
            return ()

    put(b"a")
    put(b"b")
    deliverer = make_deliverer(database, Slow(), clock, pace=Pace(poll_seconds=0.05))
    deliverer.start()
    assert sending.wait(10)
    stopper = threading.Thread(target=deliverer.stop)
    stopper.start()
    finish.set()
    stopper.join()

    assert states() == {State.DELIVERED: 1, State.WAITING: 1}


def test_a_database_that_is_away_costs_nothing_but_time(put, channel, clock, database, monkeypatch):
    put(b"a")
    deliverer = make_deliverer(
        database, channel, clock, pace=Pace(poll_seconds=0.02, failure_pause_seconds=0.02)
    )
    writing, failures = database.writing, [2]

    def sometimes():
        if failures[0] and channel.sent:
            failures[0] -= 1
            raise sa.exc.OperationalError("COMMIT", {}, Exception("away"))
        return writing()

    monkeypatch.setattr(database, "writing", sometimes)
    deliverer.start()
    deadline = threading.Event()
    while not channel.recorded:
        deadline.wait(0.01)
    deliverer.stop()

    assert failures == [0]
    assert channel.payloads == [b"a"]


def test_the_books_of_an_outbox_balance(put, deliverer, channel, database, order):
    put(b"delivered")
    channel.says[b"later"] = [LATER]
    put(b"later", key="2")
    channel.says[b"never"] = [NEVER]
    put(b"never", key="3")
    order("cancel", put(b"cancelled", key="4"))
    deliverer.drain()

    with database.reading() as transaction:
        account = accounts.account_for(outbox.CONTOUR, transaction)
    assert (account.written, account.waiting, account.faults) == (4, 1, [])
    assert account.states[State.DELIVERED] == account.states[State.PARKED] == 1


def test_a_delivery_that_was_tampered_with_is_named(put, deliverer, database):
    delivery, gone = put(b"a"), put(b"b", key="2")
    table, letter = outbox.CONTOUR.delivery, outbox.CONTOUR.letter.c
    number = sa.select(letter.letter).where(letter.id == gone).scalar_subquery()
    with database.writing() as transaction:
        transaction.execute(sa.delete(table).where(table.c.letter == number))
        transaction.execute(sa.update(table).values(state="DELIVERED", in_line=False))

    with database.reading() as transaction:
        faults = accounts.account_for(outbox.CONTOUR, transaction).faults
    assert [fault for fault in faults if str(gone) in fault and "нет доставки" in fault]
    assert [fault for fault in faults if str(delivery) in fault and "удачной попытки" in fault]


def test_nobody_changes_a_letter(put, database):
    put(b"a")
    with pytest.raises(sa.exc.DBAPIError), database.writing() as transaction:
        transaction.execute(sa.update(outbox.CONTOUR.letter).values(payload=b"b"))


@pytest.mark.parametrize("address", ["http://inside/", "", "//x", "адрес", "a b"])
def test_an_address_is_a_name_and_no_place(put, address):
    with pytest.raises(ValueError, match="name of an address"):
        put(b"a", address=address)


def all_delivered(states, count, patience=20):
    """Wait until so many letters are delivered."""
    pause = threading.Event()
    for _ in range(patience * 100):
        if states()[State.DELIVERED] == count:
            return
        pause.wait(0.01)
    raise AssertionError(states())
