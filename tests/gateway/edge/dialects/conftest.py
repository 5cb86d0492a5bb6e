"""Expected answers lie in `answers/` as the bytes that leave the hub."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from adapters.bank.messages import CheckAccountResponse, RegisterPaymentResponse, ResultCode
from gateway.contracts.messages.common import PaymentState

ROOT = Path(__file__).parents[4]
SCHEMA = ROOT / "xsd/meals/bank-payment/1.0/bank-payment.xsd"
ANSWERS = Path(__file__).parent / "answers"
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.fixture
def expected():
    """Read an expected answer by its file name."""
    return lambda name: (ANSWERS / name).read_bytes()


@pytest.fixture
def fields(schema):
    """Check a payload against the published schema and return its fields."""

    def read(payload: etree._Element) -> dict[str, str]:
        schema.assertValid(payload)
        return {etree.QName(field).localname: field.text for field in payload}

    return read


@pytest.fixture
def checked() -> CheckAccountResponse:
    return CheckAccountResponse(
        result_code=ResultCode.OK,
        result_text="ОК",
        account="1000000008",
        pupil_mask="Иван И.",
        class_name="5А",
        school_name="Школа № 1",
        organizer_name="ООО «Питание»",
        organizer_inn="7200000018",
        min_amount=Decimal("1.00"),
        max_amount=Decimal("2000.00"),
        recommended_amount=Decimal("350.40"),
    )


@pytest.fixture
def registered() -> RegisterPaymentResponse:
    return RegisterPaymentResponse(
        result_code=ResultCode.OK,
        result_text="ОК",
        bank_payment_id="1234567",
        hub_payment_id="0f8fad5b-d9cb-469f-a165-70867728950e",
        state=PaymentState.ACCEPTED,
        accepted_at=NOW,
        expected_credit_date=date(2026, 3, 5),
        duplicate=False,
    )


@pytest.fixture
def refused():
    """Make a refusal of the handler by its code."""

    def make(code: ResultCode, reason: str = "REASON") -> RegisterPaymentResponse:
        return RegisterPaymentResponse(
            result_code=code, result_text="Нет.", reason=reason, bank_payment_id="1234567"
        )

    return make
