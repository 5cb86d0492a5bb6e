"""Every sample of BANK-REGISTRY gets what its case says, and a negative one for no other reason."""

import pytest
from suite_samples import CATALOG, filled, lines_with

from adapters.bank.messages import SubmitRegistryRequest
from gateway.contracts.codec import decode
from gateway.kernel.errors import GatewayError

CONTRACT = CATALOG.contract("meals/payment-registry/1.0")
SPACE = "{urn://x-artefacts-citto-72/meals/payment-registry/1.0}"
REFUSED = [
    (rule, *line)
    for rule in ("REGISTRY_TOTAL_MISMATCH", "REGISTRY_COUNT_MISMATCH", "DUPLICATE_LINE")
    for line in lines_with("bank-registry", rule)
]
RESULTS = {
    "BR-06": ("ACCOUNT_UNKNOWN", []),
    "BR-08": ("CREDITED_WITHOUT_NOTICE", []),
    "BR-13": ("CREDITED_WITHOUT_NOTICE", ["OVER_LIMIT"]),
}


def sample(code, row, office):
    payload = filled(
        "bank-registry",
        code,
        row,
        office.till.clock(),
        office.school.open[0],
        office.school.closed,
    )
    assert CONTRACT.validate(payload), CONTRACT.last_error()
    return payload


def request(payload):
    return decode(SubmitRegistryRequest, payload)


def test_every_refusal_of_the_plan_is_tried():
    assert [line[1:] for line in REFUSED] == [
        ("BR-02", 1),
        ("BR-02", 2),
        ("BR-03", 1),
        ("BR-03", 2),
        ("BR-09", 0),
    ]


@pytest.mark.parametrize(("rule", "code", "row"), REFUSED)
def test_a_wrong_registry_is_refused_by_the_rule_of_its_case(office, rule, code, row):
    with pytest.raises(GatewayError) as refused:
        office.submit(request(sample(code, row, office)))
    assert refused.value.code == rule


@pytest.mark.parametrize(("rule", "code", "row"), REFUSED)
def test_with_that_one_thing_mended_it_is_taken(office, rule, code, row):
    payload = sample(code, row, office)
    match rule:
        case "REGISTRY_TOTAL_MISMATCH":
            payload.find(f"{SPACE}totalAmount").text = "600.30"
        case "REGISTRY_COUNT_MISMATCH":
            payload.find(f"{SPACE}count").text = "3"
        case _:
            payload.findall(f"{SPACE}line/{SPACE}bankPaymentId")[1].text = "another"
    assert office.submit(request(payload)).state.value == "RECEIVED"


@pytest.mark.parametrize("code", ["BR-01", "BR-04"])
def test_a_right_registry_is_taken_and_credited(office, code):
    answer = office.submit(request(sample(code, 0, office)))
    office.process()
    assert answer.state.value == "RECEIVED"
    assert office.state(answer.registry_id) == "ACCEPTED"


@pytest.mark.parametrize("code", RESULTS)
def test_a_line_gets_the_result_of_its_case(office, code):
    answer = office.submit(request(sample(code, 0, office)))
    office.process()
    (line,) = office.protocol(answer.hub_registry_id).line
    assert (line.result.value, [warning.value for warning in line.warning]) == RESULTS[code]


def test_another_amount_than_that_of_the_notice_is_a_mismatch(office):
    registry = request(sample("BR-07", 0, office))
    office.pay(registry.line[0].account, "100.00", registry.line[0].bank_payment_id)
    answer = office.submit(registry)
    office.process()
    (line,) = office.protocol(answer.hub_registry_id).line
    assert line.result.value == "AMOUNT_MISMATCH"
