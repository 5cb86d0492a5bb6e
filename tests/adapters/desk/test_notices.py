"""SVC-28: a participant reads what it was told."""

from uuid import uuid4

import pytest
from desk_counter import BANK, OTHER

from adapters.desk.messages.notify import AckNoticeRequest, GetNoticesRequest
from gateway.delivery.mail import Sender
from gateway.kernel.errors import NotFound
from registry.notices import Board, NoticeCode

FACTS = {"registration_number": "17", "registered_at": "02.03.2026 12:00"}


@pytest.fixture
def told(joined):
    """The bank was told of two things, its neighbour of one."""
    board = Board(uuid4, lambda *_: (), Sender("hub@example.org", "Узел"))
    with joined.registry.writing() as transaction:
        for to, event in ((BANK, "one"), (BANK, "two"), (OTHER, "one")):
            board.post(transaction, NoticeCode.JOINED, to, event, FACTS, joined.clock(), "ПДК-1")
    return joined


def test_notices_come_in_order_and_by_pages(told):
    first = told.send(GetNoticesRequest(since_seq=0, limit=1))
    second = told.send(GetNoticesRequest(since_seq=first.notice[-1].seq, limit=1))

    assert (first.more, second.more) == (True, False)
    assert [one.seq for one in first.notice + second.notice] == [1, 2]
    assert (first.notice[0].code, first.notice[0].to) == ("NOT-01", BANK)
    assert "17" in first.notice[0].text


def test_notices_of_others_are_not_seen(told):
    assert len(told.send(GetNoticesRequest(since_seq=0), OTHER).notice) == 1


def test_reading_is_confirmed_once(told):
    first = told.send(AckNoticeRequest(seq=1))
    told.clock.advance(hours=1)
    again = told.send(AckNoticeRequest(seq=1))

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.acknowledged_at == first.acknowledged_at
    notice = told.send(GetNoticesRequest(since_seq=0, limit=1)).notice[0]
    assert notice.acknowledged_at == first.acknowledged_at


def test_unknown_notice_is_not_confirmed(told):
    with pytest.raises(NotFound):
        told.send(AckNoticeRequest(seq=2), OTHER)
