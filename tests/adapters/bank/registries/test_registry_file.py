import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.bank.messages import LineResult
from adapters.bank.models import registry_line

FILES = Path(__file__).parent / "files"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<PaymentRegistryFile xmlns="urn://x-artefacts-citto-72/meals/payment-registry/1.0">\n'
)
COUNT_LINES = sa.select(sa.func.count()).select_from(registry_line)
TAIL = "</PaymentRegistryFile>\n"


def line(number: int, account: str, amount: str = "10.00", payment: str | None = None) -> str:
    return (
        f"<line><lineNo>{number}</lineNo><bankPaymentId>{payment or f'P-{number}'}</bankPaymentId>"
        f"<account>{account}</account><amount>{amount}</amount>"
        "<paymentTime>2026-03-02T09:00:00+05:00</paymentTime><channel>ATM</channel>"
        "<status>PAID</status></line>\n"
    )


def file_of(*lines: str) -> bytes:
    return (HEAD + "".join(lines) + TAIL).encode()


def zipped(content: bytes, name: str = "registry.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def rejected(office):
    """Hand a file in, process it and return why it was rejected."""

    def reject(content: bytes, count: int, total: str):
        answer = office.submit_file(content, count, total)
        office.process()
        status = office.status(answer.registry_id)
        assert status.state.value == "REJECTED"
        assert status.processed_at is not None
        return status.rejection

    return reject


def test_a_file_is_processed_like_lines_of_a_message(office, accounts):
    lines = [line(n, accounts[n % 5]) for n in range(1, 251)]

    answer = office.submit_file(file_of(*lines), 250, "2500.00")
    office.process()

    status = office.status(answer.registry_id)
    assert (status.state.value, status.counts.credited) == ("ACCEPTED", 250)
    assert office.balance(accounts[0]) == Decimal("500.00")
    assert office.faults() == []


def test_a_file_may_come_in_a_zip(office, accounts):
    content = zipped(file_of(*[line(n, accounts[0]) for n in range(1, 251)]))

    answer = office.submit_file(content, 250, "2500.00")
    office.process()

    assert office.state(answer.registry_id) == "ACCEPTED"
    assert office.balance(accounts[0]) == Decimal("2500.00")


def test_a_file_may_be_in_windows_1251(office, accounts):
    text = HEAD.replace("UTF-8", "windows-1251") + line(1, accounts[0], payment="Платёж-1") + TAIL

    answer = office.submit_file(text.encode("windows-1251"), 1, "10.00")
    office.process()

    (answered,) = office.protocol(answer.hub_registry_id).line
    assert answered.bank_payment_id == "Платёж-1"
    assert answered.result is LineResult.CREDITED_WITHOUT_NOTICE


def test_an_empty_file_is_an_empty_registry(office):
    answer = office.submit_file(file_of(), 0, "0.00")
    office.process()

    assert office.state(answer.registry_id) == "ACCEPTED"


def test_the_same_file_again_is_the_same_registry(office, accounts):
    content = file_of(line(1, accounts[0]))
    request = office.registry(file=office.file(content), count=1, total_amount=Decimal(10))
    first = office.submit(request, attachments=office.keep(content))
    office.process()

    second = office.submit(request, attachments=office.keep(content))

    assert (second.hub_registry_id, second.duplicate) == (first.hub_registry_id, True)


def test_fewer_lines_than_announced_reject_the_file(rejected, accounts):
    rejection = rejected(file_of(line(1, accounts[0])), 2, "10.00")

    assert rejection.code == "REGISTRY_COUNT_MISMATCH"
    assert rejection.message.startswith("Число строк — 1, а в count указано 2.")


def test_more_lines_than_announced_reject_the_file(rejected, accounts):
    lines = [line(n, accounts[0]) for n in range(1, 6)]

    rejection = rejected(file_of(*lines), 3, "30.00")

    assert rejection.code == "REGISTRY_COUNT_MISMATCH"
    assert "больше, чем указано в count: 3" in rejection.message


def test_another_sum_than_announced_rejects_the_file(office, rejected, accounts):
    rejection = rejected(file_of(line(1, accounts[0])), 1, "11.00")

    assert rejection.code == "REGISTRY_TOTAL_MISMATCH"
    assert rejection.detail[0].path == "/SubmitRegistryRequest/totalAmount"
    assert office.balance(accounts[0]) == Decimal("0.00")


def test_a_line_number_repeated_in_a_batch_rejects_the_file(rejected, accounts):
    lines = [line(1, accounts[0]), line(1, accounts[0], payment="P-2")]

    rejection = rejected(file_of(*lines), 2, "20.00")

    assert rejection.code == "DUPLICATE_LINE"
    assert [detail.value for detail in rejection.detail] == ["1"]


def test_a_line_number_repeated_across_batches_rejects_the_file(office, rejected, accounts):
    lines = [line(n, accounts[0]) for n in range(1, 151)]
    lines.append(line(7, accounts[0], payment="P-1007"))

    rejection = rejected(file_of(*lines), 151, "1510.00")

    assert (rejection.code, rejection.detail[0].value) == ("DUPLICATE_LINE", "7")
    assert office.faults() == []


def test_a_payment_repeated_across_batches_rejects_the_file(rejected, accounts):
    lines = [line(n, accounts[0]) for n in range(1, 151)]
    lines.append(line(151, accounts[0], payment="P-7"))

    rejection = rejected(file_of(*lines), 151, "1510.00")

    assert rejection.code == "DUPLICATE_LINE"
    assert "в 2 строках, впервые в строке 7" in rejection.detail[0].text
    assert rejection.detail[0].value == "P-7"


def test_a_broken_line_rejects_the_file_and_is_named(office, rejected, accounts):
    lines = [line(n, accounts[0]) for n in range(1, 131)]
    lines.append(line(131, accounts[0], amount="десять"))

    rejection = rejected(file_of(*lines), 131, "1310.00")

    assert rejection.code == "VALIDATION_ERROR"
    assert rejection.detail[0].path == "/PaymentRegistryFile/line[131]/amount"
    assert rejection.detail[0].line == 133
    assert office.balance(accounts[0]) == Decimal("0.00")


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_a_bad_file_is_rejected_with_a_reason(rejected, name):
    rejection = rejected((FILES / name).read_bytes(), 1, "10.00")

    assert rejection.code == "VALIDATION_ERROR"
    assert rejection.message


def test_a_zip_with_two_files_is_rejected(rejected):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.xml", file_of())
        archive.writestr("two.xml", file_of())

    assert rejected(packed.getvalue(), 0, "0.00").code == "VALIDATION_ERROR"


def test_a_rejected_file_leaves_no_lines_behind(office, rejected, accounts):
    lines = [line(n, accounts[0]) for n in range(1, 351)]
    rejected(file_of(*lines), 350, "1.00")

    with office.till.database.reading() as transaction:
        assert transaction.execute(COUNT_LINES).scalar_one() == 0
    assert office.faults() == []


def test_a_rejected_registry_tells_its_reason_in_the_protocol_too(office, accounts):
    answer = office.submit_file(file_of(line(1, accounts[0])), 2, "10.00")
    office.process()

    protocol = office.protocol(answer.hub_registry_id)

    assert protocol.state.value == "REJECTED"
    assert protocol.rejection.code == "REGISTRY_COUNT_MISMATCH"
    assert protocol.line == []


def test_a_corrected_file_may_follow_under_the_same_number(office, accounts):
    office.submit_file(file_of(line(1, accounts[0])), 2, "10.00", registry_number="15")
    office.process()

    answer = office.submit_file(file_of(line(1, accounts[0])), 1, "10.00", registry_number="15")
    office.process()

    assert office.state(answer.registry_id) == "ACCEPTED"
