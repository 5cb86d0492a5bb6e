"""A file is held against what the message says of it."""

import hashlib
import io
import zipfile
from contextlib import contextmanager

import pytest

from gateway import files
from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.files import Allowed, AttachmentHashMismatch, AttachmentTypeForbidden
from gateway.kernel.errors import TooLarge, ValidationError
from gateway.kernel.message import Attachment
from gateway.soap.archive import AttachedArchiveRefused
from gateway.soap.attachments import token_of

PATH = "/SubmitRequest/file"
DOCUMENTS = Allowed(frozenset({files.PDF, files.PNG, files.JPEG, files.ZIP, files.DOCX}), 10_000)


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"content")
    return target.getvalue()


DOCUMENT = zipped("[Content_Types].xml", "word/document.xml")
SAMPLES = {
    files.PDF: b"%PDF-1.7",
    files.PNG: b"\x89PNG\r\n\x1a\n",
    files.JPEG: b"\xff\xd8\xff\xe0",
    files.ZIP: zipped("a.txt"),
    files.DOCX: DOCUMENT,
}


def attached(octets: bytes, mime_type: str = files.PDF, **changes):
    @contextmanager
    def opened():
        yield io.BytesIO(octets)

    digest = hashlib.sha256(octets).digest()
    part = Attachment("", mime_type, len(octets), digest, opened)
    told = {
        "file_id": "11111111-2222-4333-8444-555555555555",
        "file_name": "f",
        "mime_type": mime_type,
        "size": len(octets),
        "hash": digest,
        "hash_alg": HashAlgorithm.SHA_256,
        "content": token_of(digest),
    }
    return FileRef(**told | changes), {token_of(digest): part}


def control(octets: bytes, mime_type: str, allowed: Allowed = DOCUMENTS) -> Attachment:
    return files.control_file(*attached(octets, mime_type), PATH, allowed)


@pytest.mark.parametrize(
    ("changes", "place"), [({"size": 1}, f"{PATH}/size"), ({"hash": bytes(32)}, f"{PATH}/hash")]
)
def test_bytes_that_are_not_those_told_of_are_refused_with_the_place(changes, place):
    with pytest.raises(AttachmentHashMismatch) as caught:
        files.control_file(*attached(b"%PDF-", **changes), PATH)
    assert caught.value.code == "ATTACHMENT_HASH_MISMATCH"
    assert caught.value.findings[0].path == place


def test_an_older_contract_keeps_its_own_code():
    with pytest.raises(ValidationError) as caught:
        files.control_file(*attached(b"x", size=9), PATH, differs=ValidationError)
    assert caught.value.code == "VALIDATION_ERROR"


def test_a_file_without_content_breaks_the_format():
    file, _ = attached(b"x")
    with pytest.raises(ValidationError, match="не соответствует"):
        files.control_file(file, {}, PATH)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_of_an_allowed_type_is_taken(kind):
    assert control(SAMPLES[kind], kind).size == len(SAMPLES[kind])


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("content", [b"MZ\x90\0", b"\x7fELF", b"#!/bin/sh", b"", b"text"])
def test_content_of_another_type_than_told_is_refused(kind, content):
    with pytest.raises(AttachmentTypeForbidden) as caught:
        control(content, kind)
    assert caught.value.code == "ATTACHMENT_TYPE_FORBIDDEN"


def test_a_type_that_is_not_allowed_is_refused_whatever_the_content():
    with pytest.raises(AttachmentTypeForbidden) as caught:
        control(b"%PDF-", "application/x-msdownload")
    assert "application/pdf" in caught.value.findings[0].text


def test_any_zip_is_not_a_document():
    with pytest.raises(AttachmentTypeForbidden):
        control(zipped("a.txt"), files.DOCX)


def test_a_program_is_refused_where_everything_is_allowed():
    with pytest.raises(AttachmentTypeForbidden):
        control(b"MZ\x90\0", "application/octet-stream", Allowed())
    assert control(b"anything", "application/octet-stream", Allowed())


def test_the_name_of_a_type_may_be_written_otherwise():
    assert control(zipped("a"), "Application/X-Zip-Compressed; charset=x")


def test_an_archive_that_leads_out_of_itself_is_refused():
    with pytest.raises(AttachedArchiveRefused):
        control(zipped("../a"), files.ZIP)


def test_a_file_larger_than_allowed_is_refused():
    with pytest.raises(TooLarge):
        control(b"%PDF-" + bytes(10_000), files.PDF)


def test_all_files_of_a_message_together_have_a_limit():
    _, parts = attached(bytes(100))
    files.control_total(parts, 100)
    with pytest.raises(TooLarge):
        files.control_total(parts, 99)
