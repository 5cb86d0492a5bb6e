"""The typed messages: as fresh as the schemas, and free of the tool that wrote them."""

import dataclasses
import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.bank import messages
from adapters.bank.messages import bank_payment, payment_registry
from adapters.desk.messages import documents, formats, notify, onboarding
from adapters.meals.messages import admin, class_request, order
from adapters.organizer.messages import menu_import, organizer
from adapters.portal.messages import application, event_sink, events, portal_common, ppu
from adapters.school.messages import data
from gateway.conformance.service.messages import conformance
from gateway.contracts import generate
from gateway.contracts.messages import common, hub

ROOT = Path(__file__).parents[2]
MODULES = (
    common,
    hub,
    bank_payment,
    payment_registry,
    organizer,
    admin,
    menu_import,
    data,
    documents,
    formats,
    notify,
    onboarding,
    class_request,
    order,
    application,
    portal_common,
    event_sink,
    events,
    ppu,
    conformance,
)


@pytest.fixture(scope="module")
def fresh():
    return generate.generate(ROOT / "xsd")


def test_messages_are_as_fresh_as_the_schemas(fresh):
    stale = [path for path, source in fresh.items() if (ROOT / path).read_text("utf-8") != source]
    assert stale == [], "run `make messages`"


def test_nothing_is_left_of_a_message_module_that_is_no_longer_generated(fresh):
    lying = {
        path.relative_to(ROOT).as_posix()
        for package in {Path(path).parent for path in fresh}
        for path in (ROOT / package).glob("*.py")
    }
    assert lying == fresh.keys()


def test_the_tool_is_not_needed_at_run_time():
    script = "import sys, adapters.bank.messages; print('xsdata' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_message_has_the_fields_of_its_type_and_the_name_of_its_element():
    request = bank_payment.RegisterPaymentRequest
    assert [item.name for item in dataclasses.fields(request)] == [
        "bank_payment_id",
        "account",
        "amount",
        "currency",
        "commission",
        "payment_time",
        "channel",
        "terminal_id",
        "document_number",
        "organizer_inn",
    ]
    assert request.Meta.name == "RegisterPaymentRequest"
    assert request.Meta.namespace == "urn://x-artefacts-citto-72/meals/bank-payment/1.0"


def test_values_are_of_standard_types():
    line = {item.name: item.type for item in dataclasses.fields(payment_registry.RegistryLineType)}
    assert line["amount"] is Decimal
    assert line["payment_time"] is dt.datetime
    assert line["line_no"] is int
    order = {item.name: item.type for item in dataclasses.fields(payment_registry.PaymentOrderType)}
    assert order["date"] is dt.date
    file = {item.name: item.type for item in dataclasses.fields(common.FileRef)}
    assert file["content"] == None | bytes


def test_money_can_be_told_by_its_two_places():
    fields = {item.name: item for item in dataclasses.fields(bank_payment.RegisterPaymentRequest)}
    assert fields["amount"].metadata["fraction_digits"] == 2


def test_text_whose_spaces_do_not_count_says_so():
    fields = {item.name: item for item in dataclasses.fields(hub.FaultDetail)}
    assert fields["rule"].metadata["white_space"] == "collapse"
    assert "white_space" not in fields["text"].metadata


def test_result_codes_are_numbers_with_names():
    assert bank_payment.ResultCode(242) is bank_payment.ResultCode.AMOUNT_TOO_LARGE


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_message_is_slotted_takes_keywords_only_and_names_its_element(module):
    classes = [getattr(module, name) for name in module.__all__]
    for made in filter(dataclasses.is_dataclass, classes):
        assert "__slots__" in vars(made)
        assert all(item.kw_only for item in dataclasses.fields(made))
        assert (made.Meta.name, made.Meta.namespace) == (made.__name__, module.__NAMESPACE__)


def test_the_package_offers_what_no_two_services_share():
    assert messages.SubmitRegistryRequest is payment_registry.SubmitRegistryRequest
    assert messages.CheckAccountRequest is bank_payment.CheckAccountRequest
    assert "PingRequest" not in messages.__all__
