from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rehearsed import REGISTRY, fault, receipt, registry

from gateway.conformance.assertions import check
from gateway.conformance.assertions.subject import Subject
from gateway.conformance.documents import Document
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Signature
from gateway.conformance.language import model
from gateway.conformance.language.build import CaseBuilder, compile_path
from gateway.conformance.language.reading import Source
from gateway.conformance.language.scalars import MOST_MATCHED, READERS
from gateway.conformance.verdicts import Verdict

NAMESPACES = {"r": REGISTRY}
SUM = {"sum": "//r:line/r:amount", "equals": "//r:totalAmount"}


class Written:
    """Looks up what is written, and one other document."""

    def __init__(self, other: bytes = b"<a/>") -> None:
        self.variables = {"account": "1000000008"}
        self.other = Document("другой", other, ours=False)

    def text(self, operand):
        return operand

    def document(self, _):
        return self.other


def judged(catalog, data: dict, octets: bytes | None, other: bytes = b"<a/>", **more):
    builder = CaseBuilder(
        Source("x", {}, {}), NAMESPACES, frozenset(), variables=Written().variables
    )
    for name in ("matches",):
        if name in data:
            data = {**data, name: READERS["regex"](data[name])}
    for name in ("with", "same_body_as"):
        if name in data:
            data = {**data, name: READERS["operand"](data[name])}
    subject = Subject(Document("запрос", octets, ours=False), **more)
    return check(builder._assertion(data, ()), subject, Written(other), catalog, ("R-1",))


def verdict(catalog, data, octets, other=b"<a/>", **more):
    return {row.verdict for row in judged(catalog, data, octets, other, **more)}


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"xpath": "//r:registryId"}, True),
        ({"xpath": "//r:nothing"}, False),
        ({"xpath": "//r:nothing", "none": True}, True),
        ({"xpath": "//r:line", "none": True}, False),
        ({"xpath": "//r:registryId", "equals": "r-1"}, True),
        ({"xpath": "//r:registryId", "equals": "r-2"}, False),
        ({"xpath": "//r:nothing", "equals": "r-1"}, False),
        ({"xpath": "//r:line/r:account", "equals": "1000000008"}, True),
        ({"xpath": "//r:line/r:amount", "equals": "100.00"}, False),
        ({"xpath": "//r:totalAmount", "equals": "600.3", "as": "money"}, True),
        ({"xpath": "//r:totalAmount", "equals": "600.3"}, False),
        ({"xpath": "//r:registryId", "equals": "1", "as": "money"}, False),
        ({"xpath": "count(//r:line)", "min": "3", "max": "3"}, True),
        ({"xpath": "count(//r:line)", "min": "4"}, False),
        ({"xpath": "count(//r:line)", "max": "2"}, False),
        ({"xpath": "//r:registryId", "max": "2"}, False),
        ({"xpath": "//r:registryId", "min": "0"}, False),
        ({"xpath": "//r:kind", "in": ("ACQUIRING", "ONLINE")}, True),
        ({"xpath": "//r:kind", "in": ("ACQUIRING",)}, False),
        ({"xpath": "//r:registryId", "matches": "r-[0-9]+"}, True),
        ({"xpath": "//r:registryId", "matches": "r"}, False),
        ({"xpath": "//r:paymentTime", "after": "2026-03-02T03:29:59Z"}, True),
        ({"xpath": "//r:paymentTime", "after": "2026-03-02T03:30:00Z"}, False),
        ({"xpath": "//r:registryId", "after": "2026-03-02T03:30:00Z"}, False),
        ({"xpath": "//r:line[r:account = $account]"}, True),
        ({"xpath": "count(//r:line) = 4"}, False),
        ({"xpath": "count(//r:line) = 3"}, True),
        (SUM, True),
        ({"sum": "//r:line/r:amount", "equals": "600.30"}, True),
        ({"sum": "//r:line/r:amount", "equals": "600.31"}, False),
        ({"sum": "//r:nothing", "equals": "0"}, True),
        ({"sum": "//r:line/r:channel", "equals": "0"}, False),
        ({"sum": "//r:line/r:amount", "equals": "//r:nothing"}, False),
        ({"xsd": "meals/payment-registry/1.0"}, True),
        ({"xsd": "*"}, True),
        ({"xsd": "meals/bank-payment/1.0"}, False),
        ({"fault": "none"}, True),
        ({"fault": "NOT_FOUND"}, False),
    ],
    ids=str,
)
def test_a_registry_keeps_or_breaks_a_rule(catalog, data, kept):
    expected = Verdict.PASS if kept else Verdict.FAIL
    assert verdict(catalog, data, registry()) == {expected}


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
@pytest.mark.parametrize("limit", ["min", "max"])
def test_what_is_no_finite_number_is_within_no_limit(catalog, value, limit):
    data = {"xpath": "//r:registryId", limit: "0"}
    assert verdict(catalog, data, registry(value)) == {Verdict.FAIL}


@pytest.mark.parametrize(
    ("data", "other", "kept"),
    [
        ({"same": "//r:registryId", "with": "$a.reply"}, receipt(), True),
        ({"same": "//r:registryId", "with": "$a.reply"}, receipt("r-2"), False),
        ({"same": "//r:state", "with": "$a.reply"}, receipt(), False),
        ({"same": "//r:nothing", "with": "$a.reply"}, receipt(), False),
        ({"same_body_as": "$a.request"}, registry(), True),
        (
            {"same_body_as": "$a.request"},
            registry().replace(b"soap:", b"s:").replace(b"xmlns:soap", b"xmlns:s"),
            True,
        ),
        ({"same_body_as": "$a.request"}, registry(total="600.31"), False),
        ({"same_body_as": "$a.request"}, b"<cut", False),
    ],
)
def test_two_documents_are_compared(catalog, data, other, kept):
    expected = Verdict.PASS if kept else Verdict.FAIL
    assert verdict(catalog, data, registry(), other) == {expected}


@pytest.mark.parametrize(
    ("data", "more", "kept"),
    [
        ({"http": (200, 202)}, {"http_status": 202}, True),
        ({"http": (200,)}, {"http_status": 500}, False),
        ({"http": (200,)}, {"http_status": None}, False),
        ({"signature": "valid"}, {"signature": Signature.VALID}, True),
        ({"signature": "valid"}, {"signature": Signature.NONE}, False),
        ({"signature": "invalid"}, {"signature": Signature.INVALID}, True),
        ({"count": "2"}, {"rows": 2}, True),
        ({"count": "2"}, {"rows": 3}, False),
    ],
)
def test_what_came_beside_the_document_is_looked_at(catalog, data, more, kept):
    expected = Verdict.PASS if kept else Verdict.FAIL
    assert verdict(catalog, data, registry(), **more) == {expected}


def test_a_fault_is_known_by_its_code(catalog):
    assert verdict(catalog, {"fault": "NOT_FOUND"}, fault("NOT_FOUND")) == {Verdict.PASS}
    assert verdict(catalog, {"fault": "NOT_FOUND"}, fault("NOT_READY")) == {Verdict.FAIL}
    assert verdict(catalog, {"fault": "none"}, fault("NOT_READY")) == {Verdict.FAIL}


@pytest.mark.parametrize(
    ("data", "more"),
    [
        ({"signature": "valid"}, {}),
        ({"count": "2"}, {}),
        ({"count": "много"}, {"rows": 2}),
        ({"xpath": "//r:count", "min": "много"}, {}),
        ({"xpath": "//r:count", "min": "NaN"}, {}),
        ({"xpath": "//r:count", "after": "вчера"}, {}),
        ({"xpath": "//r:count", "after": "2026-03-02T03:30:00"}, {}),
        ({"xpath": "//r:count", "equals": "много", "as": "money"}, {}),
        ({"sum": "//r:count", "equals": "много"}, {}),
    ],
    ids=str,
)
def test_what_the_stand_got_wrong_is_no_verdict(catalog, data, more):
    with pytest.raises(StandBroken):
        judged(catalog, data, registry(), **more)


def test_a_pattern_is_tried_on_no_long_value(catalog):
    octets = f"<a>{'x' * (MOST_MATCHED + 1)}</a>".encode()
    assert verdict(catalog, {"xpath": "//a", "matches": "x+"}, octets) == {Verdict.FAIL}


def test_a_schema_error_names_rule_line_and_advice(catalog):
    octets = registry(amounts=("100.00", "1.001", "3.00")).replace(b"<line>", b"\n<line>")
    (row,) = judged(catalog, {"xsd": "*"}, octets)
    assert row.path.endswith("/line[2]/amount")
    assert octets.splitlines()[row.line - 1].find(b"1.001") > 0
    assert (row.received, row.document) == ("1.001", "запрос")
    assert row.hint


SIGNED_HEADER = (
    '<soap:Header><h:MessageHeader xmlns:h="urn://x-artefacts-citto-72/hub/1.0" {mark}>'
    "<h:messageId>01990000-0000-7000-8000-000000000001</h:messageId><h:sender>BANK72001</h:sender>"
    "<h:timestamp>2026-03-02T12:00:00+05:00</h:timestamp><h:contour>TEST</h:contour>"
    "<h:formatVersion>1.0</h:formatVersion></h:MessageHeader></soap:Header><soap:Body>"
)
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"


@pytest.mark.parametrize(
    ("mark", "kept"), [(f'xmlns:w="{WSU}" w:Id="header-1"', True), ('Id="header-1"', False)]
)
def test_the_mark_of_a_signature_is_no_error_of_the_header(catalog, mark, kept):
    header = SIGNED_HEADER.format(mark=mark).encode()
    octets = registry().replace(b"<soap:Body>", header)

    expected = Verdict.PASS if kept else Verdict.FAIL
    assert verdict(catalog, {"xsd": "*"}, octets) == {expected}


def test_an_unknown_payload_fails_by_its_name(catalog):
    (row,) = judged(catalog, {"xsd": "*"}, b'<x xmlns="urn:nobody"/>')
    assert (row.verdict, row.received) == (Verdict.FAIL, "{urn:nobody}x")


@pytest.mark.parametrize("what", ["xsd", "xpath", "sum"])
def test_a_line_past_the_sixteen_bits_of_libxml2_is_exact(catalog, what):
    rows = 15_000
    amounts = ["1.00"] * rows
    amounts[-2] = "1.001"
    octets = registry(amounts=amounts, total=f"{rows}.00").replace(b"><", b">\n<")
    data = {
        "xsd": {"xsd": "*"},
        "xpath": {"xpath": "//r:line/r:amount", "equals": "1.00"},
        "sum": SUM,
    }[what]
    (row,) = judged(catalog, data, octets)
    assert row.line > 65_535
    assert octets.splitlines()[row.line - 1] == b"<amount>1.001</amount>"


def test_personal_data_are_not_told(catalog):
    octets = "<a><lastName>Выдуманный</lastName></a>".encode()
    (row,) = judged(catalog, {"xpath": "//lastName", "equals": "x"}, octets)
    assert row.received == "***"


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=300))
def test_no_registry_with_a_right_sum_is_refused(catalog, kopecks):
    amounts = [str(Decimal(amount).scaleb(-2)) for amount in kopecks]
    total = str(Decimal(sum(kopecks)).scaleb(-2))
    assert verdict(catalog, SUM, registry(amounts=amounts, total=total)) == {Verdict.PASS}
    wrong = str(Decimal(sum(kopecks) + 1).scaleb(-2))
    assert verdict(catalog, SUM, registry(amounts=amounts, total=wrong)) == {Verdict.FAIL}


@pytest.mark.parametrize("octets", [b"<cut", b"", b"<!DOCTYPE a []><a/>", None])
def test_what_cannot_be_read_fails_who_made_it(catalog, octets):
    assert verdict(catalog, {"xpath": "//a"}, octets) == {Verdict.FAIL}
    with pytest.raises(StandBroken):
        _ = Document("ответ", octets, ours=True).root


def test_a_foreign_value_never_becomes_part_of_a_path():
    path = compile_path("//a[. = $x]", {}, {"x": ""})
    tree = etree.fromstring("<r><a>1</a></r>")
    assert path(tree, x="' or '1' = '1") == []


def test_an_assertion_of_an_unknown_kind_is_no_pass(catalog):
    unknown = model.Assertion(model.Rule(), None, warns=False, hint=None)
    with pytest.raises(StandBroken):
        check(unknown, Subject(Document("x", b"<a/>", ours=False)), Written(), catalog, ())
