"""The messages of the benchmark are by the published schemas, and its judge sees what is not."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from bench.contract import MESSAGES, Message, Payers, is_refusal, payload_of

IDENTITY = "00007010000042"
ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>%s'
    "</soap:Body></soap:Envelope>"
)
REGISTERED = ENVELOPE % (
    '<p:RegisterPaymentResponse xmlns:p="urn://x-artefacts-citto-72/meals/bank-payment/1.0">'
    "<p:resultCode>%s</p:resultCode><p:resultText>ОК</p:resultText>"
    "<p:bankPaymentId>%s</p:bankPaymentId>"
    "<p:hubPaymentId>0b3c1d5e-8d0a-4d53-9a57-3a4f4c1e2d6b</p:hubPaymentId>"
    "<p:state>ACCEPTED</p:state><p:acceptedAt>2026-03-02T12:00:00+05:00</p:acceptedAt>"
    "</p:RegisterPaymentResponse>"
)
FAULT = ENVELOPE % (
    "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>no</faultstring></soap:Fault>"
)
PAYMENT = MESSAGES[0]
by_name = pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)


@dataclass
class Reply:
    status: int
    body: bytes


def written(message: Message, identity: str = IDENTITY, number: int = 0) -> str:
    return message.write(Payers(), identity, number)


@by_name
def test_good_message_is_valid_by_the_published_schema(message):
    message.validator.assertValid(payload_of(written(message).encode()))


@by_name
def test_each_broken_sample_is_invalid_by_the_published_schema(message):
    for flaw, text in message.broken_samples(written(message)):
        assert not message.validator.validate(payload_of(text.encode())), flaw


@by_name
def test_identity_does_not_change_the_length(message):
    assert len(written(message, "1" * 14)) == len(written(message, "9" * 14))


def test_variants_pay_to_different_accounts():
    assert written(PAYMENT, number=1) != written(PAYMENT, number=2)


def test_total_of_the_registry_is_the_sum_of_its_lines():
    payload = payload_of(written(MESSAGES[1]).encode())
    assert payload is not None
    amounts = [Decimal(one.text) for one in payload.findall("{*}line/{*}amount")]
    assert Decimal(payload.findtext("{*}totalAmount")) == sum(amounts)


def test_good_answer_has_no_faults():
    reply = Reply(200, (REGISTERED % ("0", f"BP-{IDENTITY}")).encode())
    assert PAYMENT.faults_of(reply, written(PAYMENT)) == []


def test_answer_with_another_result_code_is_seen():
    reply = Reply(200, (REGISTERED % ("5", f"BP-{IDENTITY}")).encode())
    assert PAYMENT.faults_of(reply, written(PAYMENT)) == ["resultCode is '5'"]


def test_answer_to_another_message_is_seen():
    reply = Reply(200, (REGISTERED % ("0", "BP-another")).encode())
    assert "not the request's" in PAYMENT.faults_of(reply, written(PAYMENT))[0]


def test_answer_invalid_by_the_schema_is_seen():
    reply = Reply(200, (REGISTERED % ("soon", f"BP-{IDENTITY}")).encode())
    assert "resultCode" in PAYMENT.faults_of(reply, written(PAYMENT))[0]


def test_fault_is_a_refusal():
    assert is_refusal(Reply(500, FAULT.encode()))


def test_good_status_with_a_fault_inside_is_no_refusal():
    assert not is_refusal(Reply(200, FAULT.encode()))


def test_page_of_a_proxy_is_no_refusal():
    assert not is_refusal(Reply(502, b"<html><body>Bad Gateway</body></html>"))
