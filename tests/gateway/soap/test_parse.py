from pathlib import Path

import pytest

from gateway.soap import errors
from gateway.soap.parse import Version, parse

MALFORMED = sorted((Path(__file__).parent / "malformed").glob("*.xml"))
ENVELOPE = (
    '<soap:Envelope xmlns:soap="{namespace}"><soap:Header>{header}</soap:Header>'
    "<soap:Body>{body}</soap:Body></soap:Envelope>"
)


def envelope(version: Version, body: str = '<a xmlns="urn:a"/>', header: str = "") -> bytes:
    return ENVELOPE.format(namespace=version.value, header=header, body=body).encode()


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.stem)
def test_malformed_message_is_refused_with_its_place(path):
    with pytest.raises(errors.MalformedMessage) as refused:
        parse(path.read_bytes(), Version.SOAP11)
    assert refused.value.findings[0].line is not None


@pytest.mark.parametrize("version", Version)
def test_payload_is_the_one_child_of_body(version):
    assert parse(envelope(version), version).payload.tag == "{urn:a}a"


def test_envelope_of_the_other_version_is_a_version_mismatch():
    with pytest.raises(errors.VersionMismatch):
        parse(envelope(Version.SOAP12), Version.SOAP11)


def test_unknown_header_that_must_be_understood_is_refused():
    header = '<x:Route xmlns:x="urn:x" soap:mustUnderstand="1"/>'
    with pytest.raises(errors.HeaderNotUnderstood):
        parse(envelope(Version.SOAP11, header=header), Version.SOAP11)


def test_unknown_header_for_another_actor_is_let_pass():
    header = '<x:Route xmlns:x="urn:x" soap:mustUnderstand="1" soap:actor="urn:somebody"/>'
    assert parse(envelope(Version.SOAP11, header=header), Version.SOAP11).message_header is None


def test_understanding_is_demanded_with_spaces_around_too():
    header = '<x:Route xmlns:x="urn:x" soap:mustUnderstand=" 1 "/>'
    with pytest.raises(errors.HeaderNotUnderstood):
        parse(envelope(Version.SOAP11, header=header), Version.SOAP11)


@pytest.mark.parametrize(
    "space",
    [
        "http://www.w3.org/2005/08/addressing",
        "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    ],
)
def test_answer_to_another_address_is_refused(space):
    header = f'<a:ReplyTo xmlns:a="{space}"><a:Address>http://example.org/</a:Address></a:ReplyTo>'
    with pytest.raises(errors.MalformedMessage):
        parse(envelope(Version.SOAP11, header=header), Version.SOAP11)


def test_answer_to_nobody_in_particular_is_let_pass():
    space = "http://www.w3.org/2005/08/addressing"
    header = f'<a:ReplyTo xmlns:a="{space}"><a:Address>{space}/anonymous</a:Address></a:ReplyTo>'
    assert parse(envelope(Version.SOAP11, header=header), Version.SOAP11).payload is not None


def test_text_around_a_comment_is_one_text():
    found = parse(envelope(Version.SOAP11, '<a xmlns="urn:a">12<!-- x -->34</a>'), Version.SOAP11)
    assert found.payload.text == "1234"


def test_byte_order_mark_is_accepted():
    assert parse(b"\xef\xbb\xbf" + envelope(Version.SOAP11), Version.SOAP11).payload is not None
