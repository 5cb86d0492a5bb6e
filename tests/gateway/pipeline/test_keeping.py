"""Files are looked at before they are kept."""

import hashlib
import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gateway.kernel.message import Attachment
from gateway.pipeline.keeping import Keeper
from gateway.security.malware import AttachmentInfected, ScannerUnreachable
from gateway.storage.attachments import attachment, open_kept

CONTENT = b"content"
DIGEST = hashlib.sha256(CONTENT).digest()


@contextmanager
def opened():
    yield io.BytesIO(CONTENT)


PART = Attachment("", "text/plain", len(CONTENT), DIGEST, opened)


class Finding:
    """A scanner that always says the same."""

    def __init__(self, says):
        self.says = says
        self.asked = 0

    def scan(self, _):
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def count(database) -> int:
    with database.reading() as transaction:
        return transaction.execute(sa.select(sa.func.count()).select_from(attachment)).scalar_one()


def test_without_a_scanner_a_file_is_kept_as_it_comes(contour_database, clock):
    Keeper(contour_database).keep(PART, clock())
    with open_kept(contour_database, DIGEST) as stream:
        assert stream.read() == CONTENT


def test_a_clean_file_is_looked_at_once_a_day(contour_database, clock):
    scanner = Finding(None)
    keeper = Keeper(contour_database, scanner)
    keeper.keep(PART, clock())
    keeper.keep(PART, clock())
    assert (scanner.asked, count(contour_database)) == (1, 1)
    keeper.keep(PART, clock() + timedelta(days=1))
    assert scanner.asked == 2


def test_an_infected_file_is_refused_for_good_and_not_kept(contour_database, clock):
    scanner = Finding("Test.Malware")
    keeper = Keeper(contour_database, scanner)
    for _ in range(2):
        with pytest.raises(AttachmentInfected) as caught:
            keeper.keep(PART, clock())
    assert (scanner.asked, count(contour_database)) == (1, 0)
    assert (caught.value.code, caught.value.retryable) == ("ATTACHMENT_INFECTED", False)
    assert "Test.Malware" not in caught.value.text


def test_a_verdict_of_yesterday_is_asked_again(contour_database, clock):
    with pytest.raises(AttachmentInfected):
        Keeper(contour_database, Finding("False.Positive")).keep(PART, clock())
    Keeper(contour_database, Finding(None)).keep(PART, clock() + timedelta(days=1))
    assert count(contour_database) == 1


def test_nothing_is_kept_that_nobody_can_look_at_now(contour_database, clock):
    with pytest.raises(ScannerUnreachable) as caught:
        Keeper(contour_database, Finding(ScannerUnreachable())).keep(PART, clock())
    assert (caught.value.code, caught.value.retryable) == ("TEMPORARY_UNAVAILABLE", True)
    assert count(contour_database) == 0
