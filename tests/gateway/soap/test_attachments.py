"""MTOM parts beside a signature: put back into the tree, or vouched for by a signed digest."""

import base64
import hashlib
import io
from contextlib import contextmanager

import pytest
from lxml import etree

from gateway.kernel.message import Attachment
from gateway.soap import attachments
from gateway.soap.errors import AttachmentBroken

XOP = "http://www.w3.org/2004/08/xop/include"
CONTENT = b"\x00binary\xff"
DIGEST = hashlib.sha256(CONTENT).digest()


@contextmanager
def opened():
    yield io.BytesIO(CONTENT)


PART = Attachment("part", "application/octet-stream", len(CONTENT), DIGEST, opened)
TAGS = frozenset({"content"})


def message(digest: bytes = DIGEST, hashes: int = 1) -> etree._Element:
    hash_ = f"<hash>{base64.b64encode(digest).decode()}</hash>" * hashes
    include = f'<x:Include xmlns:x="{XOP}" href="cid:part"/>'
    return etree.fromstring(f"<file>{hash_}<content>{include}</content></file>")


def test_parts_are_put_back_as_they_were_before_packing():
    payload = message()
    attachments.inline(payload, {"part": PART})
    assert base64.b64decode(payload.findtext("content")) == CONTENT


def test_what_was_put_back_is_detached_as_any_inline_content():
    payload = message()
    attachments.inline(payload, {"part": PART})
    (part,) = attachments.detach(payload, {}, TAGS).values()
    assert part.sha256 == DIGEST


def test_parts_too_large_for_a_tree_are_not_put_back(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_INLINED_BYTES", len(CONTENT) - 1)
    with pytest.raises(AttachmentBroken, match="подпишите сообщение со ссылками"):
        attachments.inline(message(), {"part": PART})


def test_a_reference_to_no_part_is_not_put_back():
    with pytest.raises(AttachmentBroken):
        attachments.inline(message(), {})


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (message(), False),
        (message(digest=hashlib.sha256(b"other").digest()), True),
        (message(hashes=0), True),
        (message(hashes=2), True),
    ],
    ids=["its-own-digest", "another-digest", "no-digest", "two-digests"],
)
def test_a_part_is_vouched_for_by_one_digest_beside_it(payload, expected):
    found = attachments.detach(payload, {"part": PART}, TAGS)
    assert attachments.unvouched(payload, found) is expected


def test_a_message_without_attachments_needs_no_digest():
    assert not attachments.unvouched(etree.fromstring("<file/>"), {})
