"""Each prepared envelope of COMMON-TRANSPORT differs from the right one in one thing only."""

import pytest
from lxml import etree

from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.language.template import render
from gateway.kernel.errors import ValidationError
from gateway.kernel.xml import make_parser
from gateway.soap.parse import MESSAGE_HEADER, Version, parse

VALUES = {"message_id": "00000000-0000-4000-8000-000000000001", "now": "2026-03-02T12:00:00+05:00"}
PARAMS = {
    "participant": "BANK72001",
    "service_namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
}
DIFFERS = {
    "ping-production": {"contour"},
    "ping-version": {"formatVersion"},
    "ping-late": {"timestamp"},
}


@pytest.fixture
def envelopes(catalog):
    suite = load_suite(shipped()["common-transport"], catalog)
    return {
        name.removeprefix("samples/").removesuffix(".xml"): render(octets, VALUES, {}, PARAMS)
        for name, octets in suite.samples.items()
    }


def fields(octets: bytes) -> dict[str, str]:
    header = etree.fromstring(octets, make_parser()).find(f".//{MESSAGE_HEADER}")
    return {etree.QName(field).localname: field.text for field in header}


@pytest.mark.parametrize("name", DIFFERS)
def test_one_field_of_the_header_is_wrong(envelopes, catalog, name):
    right, wrong = fields(envelopes["ping"]), fields(envelopes[name])
    assert {field for field in right if right[field] != wrong[field]} == DIFFERS[name]
    header = parse(envelopes[name], Version.SOAP11).message_header
    assert catalog.contract("meals/bank-payment/1.0").validate(header)


def test_the_right_one_is_right(envelopes, catalog):
    parsed = parse(envelopes["ping"], Version.SOAP11)
    contract = catalog.contract("meals/bank-payment/1.0")
    assert contract.validate(parsed.payload)
    assert contract.validate(parsed.message_header)


def test_the_doctype_is_all_that_is_wrong_with_the_envelope_that_has_one(envelopes):
    with pytest.raises(ValidationError):
        parse(envelopes["ping-doctype"], Version.SOAP11)
    before, _, after = envelopes["ping-doctype"].partition(b"<!DOCTYPE")
    assert before + after.partition(b"]>\n")[2] == envelopes["ping"]
