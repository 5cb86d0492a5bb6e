import base64
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from proofs import examples

from gateway.soap import attachments, mime
from gateway.soap.errors import AttachmentBroken, MediaTypeRefused
from gateway.soap.parse import Version

BOUNDARY = "uuid:1234"
CONTENT_TYPE = (
    f'multipart/related; boundary="{BOUNDARY}"; type="application/xop+xml"; '
    'start="<root@hub>"; start-info="text/xml"'
)


def multipart(*parts: tuple[str, bytes], end: bytes = b"--\r\n") -> bytes:
    body = b""
    for content_id, octets in parts:
        body += (
            f"--{BOUNDARY}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Transfer-Encoding: binary\r\nContent-ID: <{content_id}>\r\n\r\n"
        ).encode()
        body += octets + b"\r\n"
    return body + f"--{BOUNDARY}".encode() + end


def split(path: Path, body: bytes):
    path.write_bytes(body)
    return mime.split(path, mime.content_type(CONTENT_TYPE))


def read(path: Path, part: mime.Part) -> bytes:
    return path.read_bytes()[part.start : part.start + part.length]


@given(
    octets=st.lists(st.binary(max_size=300), max_size=5),
    large=st.integers(min_value=0, max_value=3),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=examples(suite=40, proofs=60),
)
def test_parts_come_out_as_they_went_in(tmp_path, octets, large):
    contents = [*octets, b"x" * (large * 200_000)]
    given_parts = [("root@hub", b"<a/>")] + [
        (f"part{number}@hub", content) for number, content in enumerate(contents)
    ]
    path = tmp_path / "body"
    root, others = split(path, multipart(*given_parts))
    assert read(path, root) == b"<a/>"
    assert [read(path, part) for part in others] == contents


def test_body_without_its_closing_boundary_is_refused(tmp_path):
    with pytest.raises(AttachmentBroken):
        split(tmp_path / "body", multipart(("root@hub", b"<a/>"), end=b"\r\n"))


def test_seventeen_parts_are_too_many(tmp_path):
    parts = [("root@hub", b"<a/>")] + [(f"part{number}", b"") for number in range(17)]
    with pytest.raises(AttachmentBroken):
        split(tmp_path / "body", multipart(*parts))


def test_content_id_twice_is_refused(tmp_path):
    with pytest.raises(AttachmentBroken):
        split(tmp_path / "body", multipart(("root@hub", b""), ("a", b"1"), ("a", b"2")))


@pytest.mark.parametrize(
    ("content_type", "version"),
    [
        ("text/xml", Version.SOAP11),
        ('text/xml; charset="UTF-8"', Version.SOAP11),
        ('application/soap+xml; action="urn:a"', Version.SOAP12),
        (CONTENT_TYPE, Version.SOAP11),
        ('multipart/related; start-info="application/soap+xml"; boundary=a', Version.SOAP12),
    ],
)
def test_content_type_tells_the_soap_version(content_type, version):
    assert mime.soap_version(mime.content_type(content_type)) is version


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/json", "text/xml; charset=windows-1251"]
)
def test_other_content_types_are_refused(content_type):
    with pytest.raises(MediaTypeRefused):
        mime.soap_version(mime.content_type(content_type))


XOP = 'xmlns:xop="http://www.w3.org/2004/08/xop/include"'


def test_content_type_that_takes_long_to_read_is_not_read(monkeypatch):
    monkeypatch.setattr(mime, "Message", pytest.fail)
    with pytest.raises(MediaTypeRefused):
        mime.content_type('text/xml; a="' + ";" * 15_000)


def test_part_becomes_an_attachment_and_a_token(tmp_path):
    path = tmp_path / "body"
    _, others = split(path, multipart(("root@hub", b""), ("file@hub", b"content")))
    payload = etree.fromstring(
        f'<f {XOP}><content><xop:Include href="cid:file%40hub"/></content></f>'
    )
    found = attachments.detach(payload, attachments.attached(path, others), frozenset())
    token = b"sha256:" + hashlib.sha256(b"content").hexdigest().encode()
    assert set(found) == {token}
    with found[token].open() as stream:
        assert stream.read() == b"content"


def test_base64_becomes_the_same_token_as_the_same_part():
    payload = etree.fromstring("<f><content>Y29udGVudA==</content></f>")
    found = attachments.detach(payload, {}, frozenset({"content"}))
    assert set(found) == {b"sha256:" + hashlib.sha256(b"content").hexdigest().encode()}


@pytest.mark.parametrize(
    "href", ["http://127.0.0.1/secret", "file:///etc/passwd", "cid:nobody", ""]
)
def test_reference_to_anything_but_a_part_is_refused(href):
    payload = etree.fromstring(f'<f {XOP}><content><xop:Include href="{href}"/></content></f>')
    with pytest.raises(AttachmentBroken):
        attachments.detach(payload, {}, frozenset())


def test_part_that_nothing_refers_to_is_refused(tmp_path):
    path = tmp_path / "body"
    _, others = split(path, multipart(("root@hub", b""), ("file@hub", b"content")))
    with pytest.raises(AttachmentBroken):
        attachments.detach(
            etree.fromstring("<f/>"), attachments.attached(path, others), frozenset()
        )


@pytest.mark.parametrize("count", [mime.MAX_PARTS, mime.MAX_PARTS + 1])
def test_attachments_inside_a_message_are_as_few_as_its_parts(count):
    inside = "".join(f"<c>{base64.b64encode(bytes([n])).decode()}</c>" for n in range(count))
    payload = etree.fromstring(f"<a>{inside}</a>")
    if count > mime.MAX_PARTS:
        with pytest.raises(AttachmentBroken):
            attachments.detach(payload, {}, frozenset({"c"}))
    else:
        assert len(attachments.detach(payload, {}, frozenset({"c"}))) == count
