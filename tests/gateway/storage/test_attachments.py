import hashlib
import io
import random
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from gateway.kernel.message import Attachment
from gateway.storage import attachments
from gateway.storage.attachments import CHUNK_BYTES, AttachmentLost, open_kept

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
CONTENT = random.Random(7).randbytes(2 * CHUNK_BYTES + 1000)


@pytest.fixture
def kept(contour_database):
    """Keep content and return its digest."""

    def keep(content: bytes) -> bytes:
        part = Attachment(
            content_id="file",
            media_type="application/octet-stream",
            size=len(content),
            sha256=hashlib.sha256(content).digest(),
            open=lambda: opened(content),
        )
        attachments.keep(contour_database, part, NOON)
        return part.sha256

    return keep


@contextmanager
def opened(content: bytes):
    yield io.BytesIO(content)


def test_a_kept_attachment_reads_as_it_was(contour_database, kept):
    with open_kept(contour_database, kept(CONTENT)) as stream:
        assert stream.read() == CONTENT


def test_an_empty_attachment_reads_as_nothing(contour_database, kept):
    with open_kept(contour_database, kept(b"")) as stream:
        assert stream.read() == b""


def test_the_same_content_may_be_kept_again(contour_database, kept):
    kept(CONTENT)

    with open_kept(contour_database, kept(CONTENT)) as stream:
        assert stream.read() == CONTENT


@pytest.mark.parametrize("place", [0, 5, CHUNK_BYTES - 1, CHUNK_BYTES, 2 * CHUNK_BYTES + 999])
def test_reading_may_begin_anywhere(contour_database, kept, place):
    with open_kept(contour_database, kept(CONTENT)) as stream:
        stream.seek(place)
        assert stream.read(1500) == CONTENT[place : place + 1500]


def test_an_end_may_be_read_before_the_beginning(contour_database, kept):
    with open_kept(contour_database, kept(CONTENT)) as stream:
        assert stream.seek(-10, io.SEEK_END) == len(CONTENT) - 10
        assert stream.read() == CONTENT[-10:]
        stream.seek(0)
        assert stream.read(10) == CONTENT[:10]


def test_a_kept_zip_opens_without_being_copied(contour_database, kept):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("content", CONTENT)

    digest = kept(packed.getvalue())

    with open_kept(contour_database, digest) as stream, zipfile.ZipFile(stream) as archive:
        assert archive.read("content") == CONTENT


def test_an_unknown_attachment_is_lost(contour_database):
    with pytest.raises(AttachmentLost), open_kept(contour_database, b"nobody"):
        pass


def test_an_attachment_without_a_chunk_is_lost(contour_database, kept):
    digest = kept(CONTENT)
    chunk = attachments.attachment_chunk
    with contour_database.writing() as transaction:
        transaction.execute(sa.delete(chunk).where(chunk.c.number == 1))

    with open_kept(contour_database, digest) as stream, pytest.raises(AttachmentLost):
        stream.read()
