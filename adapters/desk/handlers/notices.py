"""SVC-28: a participant fetches what it was told, and confirms that it has read it."""

from adapters.desk.messages import notify as messages
from gateway.adapter import Received, Work
from gateway.kernel.errors import NotFound
from gateway.storage.database import Transaction
from registry.counter import change_registry
from registry.notices import Notice, board
from registry.notices.errors import NoticeUnknown

USUAL_PAGE = 100
"""Notices of an answer when the sender names no number."""


def get_notices(
    received: Received[messages.GetNoticesRequest], work: Work
) -> messages.GetNoticesResponse:
    """Tell the sender's notices after `sinceSeq`, in the order of their numbers."""
    request = received.request
    limit = request.limit or USUAL_PAGE
    with work.registry.reading() as transaction:
        found = board.since(transaction, received.sender.code, request.since_seq, limit + 1)
    return messages.GetNoticesResponse(
        notice=[_told(notice) for notice in found[:limit]], more=len(found) > limit
    )


def ack_notice(
    received: Received[messages.AckNoticeRequest], work: Work
) -> messages.AckNoticeResponse:
    """Note that the sender has read a notice; again, nothing changes. Raises NotFound."""
    code, seq = received.sender.code, received.request.seq

    def change(transaction: Transaction) -> messages.AckNoticeResponse:
        try:
            before = board.find(transaction, code, seq)
        except NoticeUnknown as error:
            raise NotFound("Уведомления с таким номером нет.") from error
        if before.acknowledged_at is not None:
            return messages.AckNoticeResponse(
                seq=seq, acknowledged_at=before.acknowledged_at, duplicate=True
            )
        board.acknowledge(transaction, code, seq, work.now)
        return messages.AckNoticeResponse(seq=seq, acknowledged_at=work.now, duplicate=False)

    return change_registry(work, change)


def _told(notice: Notice) -> messages.NoticeType:
    return messages.NoticeType(
        seq=notice.seq,
        code=notice.code.kind.number,
        to=notice.participant,
        at=notice.posted_at,
        subject=notice.subject,
        text=notice.text,
        ref=notice.ref,
        acknowledged_at=notice.acknowledged_at,
    )
