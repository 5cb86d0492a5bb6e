"""Envelopes and kept parts written as MTOM: what leaves is what our own door takes apart."""

import base64
import hashlib
import io
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from gateway.kernel.message import Attachment
from gateway.soap import attachments, mime
from gateway.soap.errors import AttachmentBroken
from gateway.soap.parse import Version


def part_of(content_id: str, octets: bytes, media_type: str = "application/pdf") -> Attachment:
    @contextmanager
    def opened():
        yield io.BytesIO(octets)

    digest = hashlib.sha256(octets).digest()
    return Attachment(content_id, media_type, len(octets), digest, opened)


@given(contents=st.lists(st.binary(max_size=400), max_size=5), version=st.sampled_from(Version))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_split_into_the_same_parts(tmp_path, contents, version):
    parts = [part_of(f"{n}@hub", octets) for n, octets in enumerate(contents)]
    body = mime.package(version, b"<a/>", parts)
    octets = b"".join(body.pieces())
    path = tmp_path / "body"
    path.write_bytes(octets)
    kind = mime.content_type(body.content_type)
    root, others = mime.split(path, kind)
    found = [(octets[one.start :][: one.length], one.media_type) for one in others]
    assert octets[root.start :][: root.length] == b"<a/>"
    assert found == [(content, "application/pdf") for content in contents]
    assert len(octets) == body.length
    assert mime.soap_version(kind) is version


def test_a_body_is_the_same_whenever_it_is_written():
    parts = [part_of("1@hub", b"content")]
    first = mime.package(Version.SOAP11, b"<a/>", parts)
    again = mime.package(Version.SOAP11, b"<a/>", parts)
    assert b"".join(first.pieces()) == b"".join(again.pieces())
    assert first.content_type == again.content_type


def test_a_media_type_cannot_carry_a_header_of_its_own():
    body = mime.package(Version.SOAP11, b"<a/>", [part_of("1@hub", b"x", "a/b\r\nX-Evil: 1")])
    assert b"X-Evil" not in b"".join(body.pieces())


def test_content_that_is_not_what_was_kept_does_not_leave_as_if_it_were():
    @contextmanager
    def opened():
        yield io.BytesIO(b"other")

    lost = Attachment("1@hub", "a/b", 5, hashlib.sha256(b"first").digest(), opened)
    with pytest.raises(AttachmentBroken):
        list(mime.octets_of(lost))


def test_tokens_become_references_each_to_a_part_of_its_own():
    digest = hashlib.sha256(b"x").digest()
    token = attachments.token_of(digest)
    field = base64.b64encode(token)
    payload = attachments.refer(b"<a><b>%s</b><c>%s</c></a>" % (field, field), {token})
    found = attachments.references(payload)
    assert [one.sha256 for one in found] == [digest, digest]
    assert len({one.content_id for one in found}) == 2
    parts = {one.content_id: part_of(one.content_id, b"x") for one in found}
    root = etree.fromstring(payload)
    assert set(attachments.detach(root, parts, frozenset())) == {token}
    assert root.findtext("c").encode() == field


def test_what_only_looks_like_a_token_stays():
    stranger = base64.b64encode(attachments.token_of(bytes(32)))
    payload = b"<a>%s</a>" % stranger
    assert attachments.refer(payload, {attachments.token_of(b"1" * 32)}) == payload
    assert attachments.refer(payload, ()) == payload
