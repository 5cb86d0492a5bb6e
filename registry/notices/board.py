"""Post a notice once, number it for its participant, mail it; read and acknowledge."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.delivery import mail
from gateway.delivery.mail import Sender
from gateway.kernel.ports import Identifiers
from gateway.storage import outbox
from gateway.storage.database import Transaction
from gateway.storage.outbox import accounts
from registry.notices import codes, models
from registry.notices.codes import NoticeCode, Way
from registry.notices.errors import NoticeUnknown
from registry.notices.wording import word

Mailboxes = Callable[[Transaction, str, NoticeCode], Sequence[str]]
"""Where mail of a code goes for a participant: transaction, participant's code, code of notice."""

_SOURCE = "notice/"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was posted."""

    seq: int
    """Of its participant, from 1 without gaps, in the order of commits."""
    code: NoticeCode
    participant: str
    event: str
    posted_at: datetime
    subject: str
    text: str
    ref: str | None
    letters: int
    """Mails that were written with it."""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Where notices are posted."""

    identifiers: Identifiers
    mailboxes: Mailboxes
    sender: Sender

    def post(
        self,
        transaction: Transaction,
        code: NoticeCode,
        to: str,
        event: str,
        facts: Mapping[str, str],
        now: datetime,
        ref: str | None = None,
    ) -> Notice:
        """Post in the caller's transaction; the same (code, to, event) again changes nothing.

        Raises NoticeIncomplete, and MailboxInvalid for a contact that has no usable mailbox.
        A transaction that posts to several participants takes them in the order of their codes,
        or it may be chosen as the victim of a deadlock.
        """
        wording = word(code, facts)
        seq = _next_number(transaction, to)
        before = _posted(transaction, code, to, event)
        if before is not None:
            _give_back(transaction, to, seq)
            return before
        boxes = self.mailboxes(transaction, to, code) if code.kind.way is Way.MAIL else ()
        notice = Notice(seq, code, to, event, now, wording.subject, wording.text, ref, len(boxes))
        number = _insert(transaction, notice)
        letters = [
            mail.letter(
                self.identifiers(), _key(to, box), f"{_SOURCE}{number}", self.sender, box,
                *wording, now,
            )
            for box in boxes
        ]  # fmt: skip
        outbox.REGISTRY.put(transaction, letters, now)
        return notice


def since(transaction: Transaction, participant: str, seq: int, limit: int) -> list[Notice]:
    """Return at most `limit` notices of a participant numbered above `seq`, in order."""
    c = models.notice.c
    query = _notices().where(c.participant == participant, c.seq > seq).order_by(c.seq)
    return [_notice(row) for row in transaction.execute(query.limit(limit))]


def latest(
    transaction: Transaction, participant: str | None, code: NoticeCode | None, limit: int
) -> list[Notice]:
    """Return the last notices, of one participant or code or of all, the newest first."""
    c = models.notice.c
    query = _notices().order_by(c.id.desc()).limit(limit)
    if participant is not None:
        query = query.where(c.participant == participant)
    if code is not None:
        query = query.where(c.code == code.kind.number)
    return [_notice(row) for row in transaction.execute(query)]


def find(transaction: Transaction, participant: str, seq: int) -> Notice:
    """Return a participant's notice by its number; raise NoticeUnknown."""
    c = models.notice.c
    row = transaction.execute(
        _notices().where(c.participant == participant, c.seq == seq)
    ).one_or_none()
    if row is None:
        raise NoticeUnknown
    return _notice(row)


def acknowledge(transaction: Transaction, participant: str, seq: int, now: datetime) -> None:
    """Note that a participant has read a notice; the first time counts. Raises NoticeUnknown."""
    c = models.notice.c
    number = transaction.execute(
        sa.select(c.id).where(c.participant == participant, c.seq == seq)
    ).scalar_one_or_none()
    if number is None:
        raise NoticeUnknown
    columns = ("notice", "acknowledged_at")
    transaction.insert(models.notice_acknowledgement, columns, [(number, now)], "DO NOTHING")


def reconcile(transaction: Transaction) -> list[str]:
    """Name the notices whose mails are not as many as were written, and mails without a notice."""
    c, letter = models.notice.c, outbox.REGISTRY.letter.c
    source = sa.literal(_SOURCE) + sa.cast(c.id, sa.Text)
    written = sa.select(sa.func.count()).where(letter.source == source).scalar_subquery()
    miscounted = transaction.execute(
        sa.select(c.participant, c.seq, c.letters, written.label("written"))
        .where(c.letters != written)
        .order_by(c.id)
    )
    return [
        f"уведомление {row.participant} № {row.seq}: писем {row.written}, а было {row.letters}"
        for row in miscounted
    ] + accounts.without_source(outbox.REGISTRY, transaction, _SOURCE, sa.select(source))


def _key(participant: str, mailbox: str) -> str:
    """Return the key of a mailbox's letters; it is logged and shown, so it does not name it."""
    digest = hashlib.sha256(mailbox.lower().encode()).hexdigest()[:12]
    return f"mail/{participant}/{digest}"


def _next_number(transaction: Transaction, participant: str) -> int:
    """Take the participant's next number and keep others from it until the commit."""
    counter = models.notice_counter
    transaction.insert(counter, ("participant", "last"), [(participant, 0)], "DO NOTHING")
    raised = transaction.execute(
        sa.update(counter)
        .where(counter.c.participant == participant)
        .values(last=counter.c.last + 1)
        .returning(counter.c.last)
    )
    return int(raised.scalar_one())


def _give_back(transaction: Transaction, participant: str, seq: int) -> None:
    counter = models.notice_counter
    transaction.execute(
        sa.update(counter).where(counter.c.participant == participant).values(last=seq - 1)
    )


def _posted(transaction: Transaction, code: NoticeCode, to: str, event: str) -> Notice | None:
    c = models.notice.c
    row = transaction.execute(
        _notices().where(c.code == code.kind.number, c.participant == to, c.event == event)
    ).one_or_none()
    return None if row is None else _notice(row)


def _insert(transaction: Transaction, notice: Notice) -> int:
    done = transaction.execute(
        sa.insert(models.notice)
        .values(
            participant=notice.participant,
            seq=notice.seq,
            code=notice.code.kind.number,
            event=notice.event,
            posted_at=notice.posted_at,
            subject=notice.subject,
            text=notice.text,
            ref=notice.ref,
            letters=notice.letters,
        )
        .returning(models.notice.c.id)
    )
    return int(done.scalar_one())


def _notices() -> "sa.Select[Any]":
    c, read = models.notice.c, models.notice_acknowledgement
    return sa.select(
        c.seq,
        c.code,
        c.participant,
        c.event,
        c.posted_at,
        c.subject,
        c.text,
        c.ref,
        c.letters,
        read.c.acknowledged_at,
    ).outerjoin(read, read.c.notice == c.id)


def _notice(row: Sequence[Any]) -> Notice:
    return Notice(row[0], codes.of_number(row[1]), *row[2:])
