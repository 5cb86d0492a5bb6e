"""How a kept attachment leaves with an answer, and what is signed then."""

import base64
import hashlib
import io
from contextlib import contextmanager
from types import SimpleNamespace
from uuid import uuid4

import pytest
from lxml import etree

from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.kernel.errors import TooLarge
from gateway.kernel.message import Attachment, Contour, Kept
from gateway.pipeline.soap_binding import SoapBinding
from gateway.soap import attachments
from gateway.soap.parse import Version
from gateway.storage.journal import StoredAnswer

CONTENT = b"content"
DIGEST = hashlib.sha256(CONTENT).digest()


@contextmanager
def opened():
    yield io.BytesIO(CONTENT)


def find_kept(sha256: bytes, content_id: str) -> Attachment:
    return Attachment(content_id, "text/plain", len(CONTENT), sha256, opened)


def signed(envelope: bytes, actor: str | None) -> bytes:
    assert actor is None
    return envelope.replace(b"</soap:Header>", b"<signature/></soap:Header>")


def exchange(*, is_signed: bool, takes_mtom: bool):
    return SimpleNamespace(
        is_signed=is_signed,
        actor=None,
        entry=SimpleNamespace(sender="BANK", message_id=str(uuid4())),
        incoming=SimpleNamespace(takes_mtom=takes_mtom),
    )


@pytest.fixture
def binding(clock):
    return SoapBinding(Version.SOAP11, Contour.TEST, "HUB", clock, uuid4, signed, find_kept)


def file(content: bytes) -> FileRef:
    return FileRef(
        file_id="id",
        file_name="f",
        mime_type="text/plain",
        size=len(CONTENT),
        hash=DIGEST,
        hash_alg=HashAlgorithm.SHA_256,
        content=content,
    )


def payload(content: bytes) -> bytes:
    return b"<a><content>%s</content></a>" % base64.b64encode(content)


def reply(binding, asked):
    kept = Kept.of(DIGEST)
    return binding.reply(asked, [file(kept)], payload(kept))


@pytest.mark.parametrize("is_signed", [True, False])
def test_who_takes_mtom_gets_references_signed_or_not(binding, is_signed):
    answer = reply(binding, exchange(is_signed=is_signed, takes_mtom=True))
    assert (answer.refers, answer.mtom) == (True, Version.SOAP11)
    assert [one.sha256 for one in attachments.references(answer.body)] == [DIGEST]
    assert (b"<signature/>" in answer.body) is is_signed


def test_who_takes_none_gets_base64_that_is_put_in_when_it_leaves(binding):
    answer = reply(binding, exchange(is_signed=False, takes_mtom=False))
    assert (answer.refers, answer.mtom) == (True, None)
    parts = [find_kept(one.sha256, "") for one in attachments.references(answer.body)]
    body = attachments.spelled_out(answer.body, parts, "text/xml")
    octets = b"".join(body.pieces())
    assert payload(CONTENT) in octets
    assert len(octets) == body.length


def test_a_signature_covers_the_content_for_who_takes_no_mtom(binding):
    answer = reply(binding, exchange(is_signed=True, takes_mtom=False))
    assert not answer.refers
    assert payload(CONTENT) in answer.body
    assert b"<signature/>" in answer.body


def test_content_too_large_to_be_signed_in_its_place_asks_for_mtom(binding, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_INLINED_BYTES", len(CONTENT) - 1)
    with pytest.raises(TooLarge, match="MTOM"):
        reply(binding, exchange(is_signed=True, takes_mtom=False))


def test_a_signed_answer_is_repeated_as_it_was_signed(binding):
    first = reply(binding, exchange(is_signed=True, takes_mtom=True))
    stored = StoredAnswer(b"", 1, 200, first.body, binding.name)
    again = binding.repeat(exchange(is_signed=True, takes_mtom=False), stored)
    assert (again.body, again.refers, again.mtom) == (first.body, True, Version.SOAP11)


def test_bytes_that_only_read_like_a_kept_attachment_are_content(binding):
    token = bytes(Kept.of(DIGEST))
    asked = exchange(is_signed=False, takes_mtom=True)
    answer = binding.reply(asked, [file(token)], payload(token))
    assert not answer.refers
    assert etree.fromstring(answer.body).findtext(".//content") == base64.b64encode(token).decode()
