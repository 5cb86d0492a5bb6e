"""The envelope of SMEV 2: what is written is read again, and is valid by rev120315."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.contracts.smev2 import envelope_contract
from gateway.kernel.errors import Finding, Internal, NotFound, ValidationError
from gateway.soap import smev2, smev2_build, smev2_errors
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import Version, parse
from gateway.soap.smev2 import (
    Message,
    MessageClass,
    MessageHeader,
    ServiceVersion,
    Status,
    System,
    TypeCode,
)
from gateway.soap.smev2_build import Document

TAG = "{urn://example/1.0}AskRequest"
PAYLOAD = b'<p:Ask xmlns:p="urn://example/1.0">1 &lt; 2</p:Ask>'

# What XML carries unchanged: no control characters, no space at the ends, at least one sign.
letters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"])
texts = st.text(letters, min_size=1, max_size=40)
mnemonics = st.from_regex(r"[A-Z0-9]{4}[0-9]{5}", fullmatch=True)
systems = st.builds(System, mnemonics, texts)
services = st.builds(ServiceVersion, texts, st.from_regex(r"[0-9]{1,2}\.[0-9]{2}", fullmatch=True))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 -- a zone is given at once
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
maybe = st.none() | texts
messages = st.builds(
    Message,
    sender=systems,
    recipient=systems,
    type_code=st.sampled_from(TypeCode),
    status=st.sampled_from(Status),
    date=moments,
    exchange_type=texts,
    originator=st.none() | systems,
    service=st.none() | texts | services,
    request_id=maybe,
    origin_request_id=maybe,
    service_code=maybe,
    case_number=maybe,
    test_message=maybe,
    oktmo=maybe,
)


def wrapped(message: Message, **more) -> etree._Element:
    octets = smev2_build.envelope(smev2_build.wrap(TAG, message, PAYLOAD, **more))
    return parse(octets, Version.SOAP11, smev2.HEADER).payload


def assert_valid(*elements: etree._Element) -> None:
    schema = envelope_contract()
    for element in elements:
        assert schema.validate(element), schema.last_error()


@given(messages)
def test_message_is_read_as_it_was_written(message):
    parts = smev2.take_apart(wrapped(message))
    assert smev2.read_message(parts.message) == message


@given(messages)
def test_whatever_is_written_is_valid(message):
    parts = smev2.take_apart(wrapped(message))
    assert_valid(parts.message, parts.data)


@given(texts, texts, moments, st.sampled_from(MessageClass))
def test_header_is_valid_and_tells_the_id(node, message_id, moment, kind):
    header = MessageHeader(node, message_id, moment, kind)
    octets = smev2_build.envelope(b"<a/>", header)
    block = parse(octets, Version.SOAP11, smev2.HEADER).message_header
    assert_valid(block)
    assert smev2.message_id_of(block) == message_id


@pytest.mark.parametrize(
    "document",
    [
        Document("req_1", content=b"zip"),
        Document("req_1", content_id="zip@hub", digest=b"digest"),
        Document("req_1", token=b"sha256:00", digest=b"digest"),
    ],
    ids=["inline", "part", "token"],
)
@given(message=messages)
def test_document_is_valid(document, message):
    parts = smev2.take_apart(wrapped(message, document=document))
    assert_valid(parts.data)
    assert parts.document.findtext(smev2.REQUEST_CODE) == "req_1"


@given(messages)
def test_payload_comes_out_as_it_went_in(message):
    parts = smev2.take_apart(wrapped(message))
    assert parts.app_data[0].text == "1 < 2"


@given(messages)
def test_type_of_app_data_is_written_for_those_who_want_it(message):
    payload = wrapped(message, type_name="{urn://v25}EventAppData")
    app_data = payload.find(f"{smev2.MESSAGE_DATA}/{smev2.APP_DATA}")
    [(name, value)] = app_data.attrib.items()
    assert name == "{http://www.w3.org/2001/XMLSchema-instance}type"
    assert app_data.nsmap[value.partition(":")[0]] == "urn://v25"


@given(messages)
def test_reader_overlooks_the_type_of_app_data(message):
    parts = smev2.take_apart(wrapped(message, type_name="{urn://v25}EventAppData"))
    assert not parts.app_data.attrib
    assert_valid(parts.data)


@given(messages)
def test_wrapper_without_its_two_parts_is_refused(message):
    payload = wrapped(message)
    payload.remove(payload[1])
    with pytest.raises(MalformedMessage):
        smev2.take_apart(payload)


def test_payload_is_found_inside_a_wrapper_and_is_itself_without_one():
    payload = wrapped(PLAIN)
    assert smev2.inside(payload).tag == "{urn://example/1.0}Ask"
    assert smev2.inside(payload[1][0][0]) is payload[1][0][0]


def changed(message: Message, old: bytes, new: bytes) -> etree._Element:
    octets = smev2_build.envelope(smev2_build.wrap(TAG, message, PAYLOAD)).replace(old, new)
    return smev2.take_apart(parse(octets, Version.SOAP11, smev2.HEADER).payload).message


PLAIN = Message(
    System("PORT72001", "Портал"),
    System("CITT72001", "Узел"),
    TypeCode.STATE_SERVICE,
    Status.REQUEST,
    datetime(2026, 3, 2, 7, tzinfo=UTC),
    "2",
)


def test_moment_without_a_zone_is_of_tyumen():
    message = changed(PLAIN, b"2026-03-02T12:00:00.000+05:00", b"2026-03-02T12:00:00")
    assert smev2.read_message(message).date == datetime(
        2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=5))
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"PORT72001", b"PORT7200"),
        (b">REQUEST<", b">SENT<"),
        (b">GSRV<", b">WHAT<"),
        (b"2026-03-02T", b"02.03.2026 "),
    ],
)
def test_schema_refuses_what_is_not_of_the_revision(old, new):
    assert not envelope_contract().validate(changed(PLAIN, old, new))


def told(error, entry="1-1"):
    return etree.fromstring(smev2_errors.write(error, entry))


def test_every_finding_is_an_error_of_its_own():
    found = (Finding("Нет поля.", line=3, path="/A/b", rule="required"), Finding("Лишнее поле."))
    errors = told(ValidationError(findings=found))
    assert [one.findtext("{*}errorCode") for one in errors.iterfind("{*}Error")] == [
        "VALIDATION_ERROR",
        "VALIDATION_ERROR",
    ]
    assert errors.findtext("{*}Error/{*}path") == "/A/b"


def test_refusal_without_findings_is_one_error():
    errors = told(NotFound("Заявления нет."))
    assert errors.findtext("{*}Error/{*}errorMessage") == "Заявления нет."
    assert errors.findtext("{*}retryable") == "false"
    assert told(Internal()).findtext("{*}retryable") == "true"


def test_no_more_errors_are_listed_than_the_schema_allows():
    errors = told(ValidationError(findings=(Finding("Нет поля."),) * 60))
    assert len(errors.findall("{*}Error")) == smev2_errors.SHOWN
    assert errors.findtext("{*}truncated") == "true"


@given(st.text(max_size=2000))
def test_errors_are_xml_whatever_the_text(text):
    assert told(NotFound(text or "нет")).findtext("{*}Error/{*}errorCode") == "NOT_FOUND"


def test_errors_of_others_are_read_too():
    ours = told(NotFound("Заявления нет."))
    barsgroup = etree.fromstring(
        "<a><e:Error xmlns:e='urn://b'><e:errorCode>7</e:errorCode>"
        "<e:errorMessage>нет</e:errorMessage></e:Error></a>"
    )
    federal = etree.fromstring("<a><MessageText>нет</MessageText></a>")
    assert smev2_errors.read(ours)[0] == smev2_errors.Told("NOT_FOUND", "Заявления нет.")
    assert smev2_errors.read(barsgroup) == (smev2_errors.Told("7", "нет"),)
    assert smev2_errors.read(federal) == (smev2_errors.Told("", "нет"),)
