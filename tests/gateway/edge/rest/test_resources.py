"""Addresses of the REST twin and their description."""

import json

import pytest
from lxml import etree
from openapi_spec_validator import validate

from gateway.contracts.catalog import load_catalog
from gateway.contracts.shape import shape_of
from gateway.edge.http import NO_BODY, HttpAnswer, Request
from gateway.edge.rest import openapi
from gateway.edge.rest.binding import JsonBinding
from gateway.edge.rest.door import RestDoor
from gateway.edge.rest.errors import QueryUnknown
from gateway.edge.rest.resources import CONFORMANCE, Resource, read_query
from gateway.kernel.message import Contour

CONTRACT = load_catalog().contract("test/conformance/1.0")
ROOT = "/test/rest/conformance/1.0/"
RESOURCES = [pytest.param(one, id=f"{one.method} {one.template}") for one in CONFORMANCE.resources]


def found(method: str, path: str) -> JsonBinding | HttpAnswer | None:
    door = RestDoor(None, ROOT, CONFORMANCE)
    return door.find(Request(method, ROOT + path, "", {}, "127.0.0.1", NO_BODY))


def members(resource: Resource) -> set[str]:
    cls = getattr(CONFORMANCE.messages, f"{resource.operation}Request")
    return {etree.QName(member.tag).localname for member in shape_of(cls).members}


@pytest.fixture(scope="module")
def described():
    return openapi.describe(CONFORMANCE, CONTRACT, "https://hub.example", Contour.TEST)


def test_every_operation_of_the_contract_has_an_address():
    assert {one.operation for one in CONFORMANCE.resources} == {
        operation.name for operation in CONTRACT.operations
    }


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_an_address_says_are_fields_of_the_request(resource):
    said = {*resource.fields, *resource.query, *(resource.fixed or ())}

    assert said <= members(resource)


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_question_asks_by_its_address_alone(resource):
    said = {*resource.fields, *resource.query, *(resource.fixed or ())}
    cls = getattr(CONFORMANCE.messages, f"{resource.operation}Request")
    needed = {etree.QName(m.tag).localname for m in shape_of(cls).members if not m.optional}

    assert resource.method == "POST" or needed <= said


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_address_leads_to_one_resource(resource):
    path = resource.template.format(sessionId="s", caseCode="BR-01", suiteCode="SUITE-02")

    assert isinstance(found(resource.method, path), JsonBinding)


def test_another_method_is_answered_with_the_allowed_one():
    answer = found("POST", "suites")

    assert (answer.status, answer.headers) == (405, (("allow", "GET"),))


def test_nothing_is_posted_to_an_address_that_is_none():
    assert found("POST", "nothing").status == 404
    assert found("GET", "nothing") is None


@pytest.mark.parametrize("query", ["after=1&after=2", "before=1", "AFTER=1"])
def test_a_query_says_what_the_address_takes_and_each_once(query):
    tail = next(one for one in CONFORMANCE.resources if one.template.endswith("/tail"))

    with pytest.raises(QueryUnknown) as error:
        read_query(tail, query)

    assert "after" in error.value.findings[0].advice


def test_the_description_keeps_to_the_standard(described):
    validate(json.loads(json.dumps(described)))


def test_the_description_names_every_address_and_method(described):
    named = {(method, path[1:]) for path, ways in described["paths"].items() for method in ways}

    assert named == {(one.method.lower(), one.template) for one in CONFORMANCE.resources}


def test_a_type_is_described_as_the_schema_has_it(described):
    schemas = described["components"]["schemas"]

    assert schemas["WaitType"]["required"] == ["mover", "text"]
    assert "TESTER" in schemas["WaitType"]["properties"]["mover"]["enum"]
    result = schemas["GetSessionResponseType"]["properties"]["result"]
    assert result["items"] == {"$ref": "#/components/schemas/ResultType"}
    body = described["paths"]["/sessions"]["post"]["requestBody"]
    start = body["content"]["application/json"]["schema"]
    assert (body["required"], start["additionalProperties"]) == (True, False)
    assert start["required"] == ["sessionRequestId", "suiteCode", "contour", "systemVersion"]
    assert start["properties"]["parameter"]["maxItems"] == 50


def test_everything_is_explained_in_russian(described):
    silent = [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        if name != "Problem"
        for field, value in schema["properties"].items()
        if not value.get("description")
    ]

    assert silent == []
