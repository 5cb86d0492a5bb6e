"""JSON stands for the payload of a published schema, and for nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gateway.conformance.service.messages import conformance
from gateway.contracts import codec, sample
from gateway.contracts.catalog import load_catalog
from gateway.contracts.outline import read_outline
from gateway.edge.rest import values
from gateway.edge.rest.errors import JsonInvalid

CONTRACT = load_catalog().contract("test/conformance/1.0")
OUTLINE = read_outline(CONTRACT)
MESSAGES = [
    (getattr(conformance, etree.QName(tag).localname), tag)
    for operation in CONTRACT.operations
    for tag in (operation.request, operation.response)
]
START = {
    "sessionRequestId": "3f0b5f0c-2f83-4a53-8f0b-8d3f0f1b7a01",
    "suiteCode": "SUITE-02",
    "contour": "TEST",
    "systemVersion": "7.1",
}


def payload(body: str, cls=conformance.StartSessionRequest) -> etree._Element:
    return values.payload(cls, values.read(body.encode()))


def refused(body: bytes, cls=conformance.StartSessionRequest):
    with pytest.raises(JsonInvalid) as error:
        values.payload(cls, values.read(body))
    (finding,) = error.value.findings
    return finding


@pytest.mark.parametrize(("cls", "tag"), MESSAGES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_message_survives_json(cls, tag):
    message = codec.decode(cls, sample.payload(CONTRACT, OUTLINE, tag))

    body = json.dumps(values.written(message), ensure_ascii=False)
    element = payload(body, cls)

    assert CONTRACT.validate(element), CONTRACT.last_error()
    assert codec.decode(cls, element) == message


def test_fields_may_stand_in_any_order():
    turned = json.dumps(dict(reversed(START.items())))

    assert CONTRACT.validate(payload(turned))


def test_nothing_is_an_object_without_fields():
    assert values.read(b" \n") == {}


def test_null_is_the_same_as_not_given():
    assert payload(json.dumps({**START, "endpointUrl": None})).find("{*}endpointUrl") is None


def test_a_long_number_is_taken_as_it_is_written():
    body = '{"sessionId": "x", "after": 123456789012345678901234567890}'

    element = payload(body, conformance.GetSessionRequest)

    assert element.findtext("{*}after") == "123456789012345678901234567890"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"{", "/"),
        (b"[]", "/"),
        (b"\xff", "/"),
        (b'{"suiteCode": "a", "suiteCode": "b"}', "/"),
        (b'{"attempt": NaN}', "/"),
        (b"[" * 100_000, "/"),
        (b'{"unknown": 1}', "/"),
        (b'{"suiteCode": 2}', "/suiteCode"),
        (b'{"suiteCode": ["a"]}', "/suiteCode"),
        (b'{"suiteCode": {"a": "b"}}', "/suiteCode"),
        (b'{"suiteCode": "\\u0000"}', "/suiteCode"),
        (b'{"suiteCode": "\\ud800"}', "/suiteCode"),
        (b'{"suiteCode": true}', "/suiteCode"),
        (b'{"rehearsal": 1}', "/rehearsal"),
        (b'{"parameter": {"name": "a"}}', "/parameter"),
        (b'{"parameter": ["a"]}', "/parameter/0"),
        (b'{"parameter": [{"name": "a"}, {"nome": "b"}]}', "/parameter/1"),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else "",
)
def test_what_is_not_the_wanted_object_is_named_with_its_place(body, path):
    assert refused(body).path == path


def test_an_unknown_field_is_answered_with_the_known_ones():
    assert "sessionRequestId" in refused(b'{"sessionrequestid": "x"}').advice


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*START, "parameter", "rehearsal"]), JSON_VALUES))
def test_any_json_is_a_payload_or_is_refused(given_values):
    body = json.dumps(given_values).encode()
    try:
        element = values.payload(conformance.StartSessionRequest, values.read(body))
    except JsonInvalid:
        return
    assert etree.QName(element).localname == "StartSessionRequest"


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_are_refused(body):
    try:
        found = values.read(body)
    except JsonInvalid:
        return
    assert isinstance(found, dict)
