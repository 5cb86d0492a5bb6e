"""Kept attachments: content-addressed, in chunks, so that no process ever holds a whole one."""

import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import IO

import sqlalchemy as sa

from gateway.kernel.message import Attachment
from gateway.storage.database import Database, Transaction, contour_metadata
from gateway.storage.types import Instant

CHUNK_BYTES = 512 * 1024
REFERS = "attachment"
"""Marks the columns that refer to attachments (`gateway.storage.retention`)."""

attachment = sa.Table(
    "attachment",
    contour_metadata,
    sa.Column("sha256", sa.LargeBinary, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("kept_at", Instant, nullable=False, index=True),
)

attachment_chunk = sa.Table(
    "attachment_chunk",
    contour_metadata,
    sa.Column("sha256", sa.LargeBinary, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("octets", sa.LargeBinary, nullable=False),
)


def reference(name: str, *, nullable: bool = True) -> sa.Column[bytes]:
    """Make a column that refers to a kept attachment, which stays as long as the row does."""
    return sa.Column(name, sa.LargeBinary, nullable=nullable, info={REFERS: True})


class AttachmentLost(Exception):
    """A kept attachment has no content any more, or not all of it."""


def keep(database: Database, part: Attachment, now: datetime) -> None:
    """Store the attachment durably; the same content is stored once."""
    with database.writing() as transaction:
        keep_in(transaction, part, now)


def keep_in(transaction: Transaction, part: Attachment, now: datetime) -> None:
    """Store the attachment in a transaction that writes other things too.

    One that is kept already has come again: its term begins anew.
    """
    if _came_again(transaction, part.sha256, now):
        return
    with part.open() as source:
        for number, octets in enumerate(iter(lambda: source.read(CHUNK_BYTES), b"")):
            transaction.insert(
                attachment_chunk,
                ("sha256", "number", "octets"),
                [(part.sha256, number, zlib.compress(octets, 1))],
                "DO NOTHING",
            )
    transaction.insert(
        attachment,
        ("sha256", "size", "media_type", "kept_at"),
        [(part.sha256, part.size, part.media_type, now)],
        "DO NOTHING",
    )


def find(database: Database, sha256: bytes, content_id: str = "") -> Attachment:
    """Return a kept attachment as a part of a message; raise AttachmentLost."""
    with database.reading() as transaction:
        known = transaction.execute(
            sa.select(attachment.c.size, attachment.c.media_type).where(
                attachment.c.sha256 == sha256
            )
        ).one_or_none()
    if known is None:
        raise AttachmentLost(sha256.hex())
    return Attachment(
        content_id, known.media_type, known.size, sha256, partial(open_kept, database, sha256)
    )


@contextmanager
def open_kept(database: Database, sha256: bytes) -> Iterator[IO[bytes]]:
    """Open a kept attachment; each chunk is read in a transaction of its own."""
    with io.BufferedReader(_Chunks(database, sha256), CHUNK_BYTES) as stream:
        yield stream


def digest_of(source: IO[bytes]) -> bytes:
    """Return the SHA-256 of a stream, read in chunks."""
    digest = hashlib.sha256()
    for octets in iter(lambda: source.read(CHUNK_BYTES), b""):
        digest.update(octets)
    return digest.digest()


class _Chunks(io.RawIOBase):
    """Seekable, as a zip must be: a place in the content tells its chunk."""

    def __init__(self, database: Database, sha256: bytes) -> None:
        self._database = database
        self._sha256 = sha256
        self._position = 0
        self._number = -1
        self._chunk = memoryview(b"")
        with database.reading() as transaction:
            size = transaction.execute(
                sa.select(attachment.c.size).where(attachment.c.sha256 == sha256)
            ).scalar_one_or_none()
        if size is None:
            raise AttachmentLost(sha256.hex())
        self._size: int = size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # `Buffer` has no name before 3.12
        if self._position >= self._size:
            return 0
        number, place = divmod(self._position, CHUNK_BYTES)
        if number != self._number:
            self._chunk, self._number = memoryview(self._read_chunk(number)), number
        target = memoryview(buffer).cast("B")
        octets = self._chunk[place : place + len(target)]
        if not octets:
            raise AttachmentLost(self._sha256.hex())
        target[: len(octets)] = octets
        self._position += len(octets)
        return len(octets)

    def _read_chunk(self, number: int) -> bytes:
        with self._database.reading() as transaction:
            octets = transaction.execute(
                sa.select(attachment_chunk.c.octets).where(
                    attachment_chunk.c.sha256 == self._sha256,
                    attachment_chunk.c.number == number,
                )
            ).scalar_one_or_none()
        if octets is None:
            raise AttachmentLost(self._sha256.hex())
        return zlib.decompress(octets)


def _came_again(transaction: Transaction, sha256: bytes, now: datetime) -> bool:
    """Note that a kept attachment has come again; False when it is not kept.

    Written, not only looked at: whoever is taking it away at this moment has to see it.
    """
    found = transaction.execute(
        sa.update(attachment).where(attachment.c.sha256 == sha256).values(kept_at=now)
    )
    return found.rowcount == 1
