"""Memory is that of a batch, not of a file."""

import io
import tracemalloc
from dataclasses import replace
from decimal import Decimal

from adapters.bank.processing import RegistryQueue
from adapters.bank.staging import open_lines

HEAD = b'<PaymentRegistryFile xmlns="urn://x-artefacts-citto-72/meals/payment-registry/1.0">'
MEGABYTE = 1024 * 1024


def file_of(count: int, accounts: tuple[str, ...]) -> bytes:
    content = io.BytesIO()
    content.write(HEAD)
    for number in range(1, count + 1):
        content.write(
            f"<line><lineNo>{number}</lineNo><bankPaymentId>PAYMENT-OF-THE-BANK-{number}"
            f"</bankPaymentId><account>{accounts[number % 30]}</account><amount>1.00</amount>"
            "<paymentTime>2026-03-02T09:00:00+05:00</paymentTime><channel>ATM</channel>"
            "<status>PAID</status></line>\n".encode()
        )
    content.write(b"</PaymentRegistryFile>")
    return content.getvalue()


def peak_of_processing(office, count: int) -> int:
    """Process a file of `count` lines and return the most Python memory taken meanwhile."""
    office.submit_file(
        file_of(count, office.school.open), count, str(Decimal(count)), registry_number=str(count)
    )
    tracemalloc.start()
    try:
        office.process()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_three_times_the_lines_take_no_more_memory(office):
    office.till.rules = replace(office.till.rules, batch_lines=500, max_file_lines=100_000)
    # Both files are longer than what is read of one at a time.
    small = peak_of_processing(office, 5_000)
    office.annul("R-1")
    office.process()

    large = peak_of_processing(office, 15_000)

    assert large < small + MEGABYTE // 4


def test_a_file_is_opened_once_for_all_its_pieces(office):
    opened = []

    def open_counted(context, registry):
        opened.append(registry.registry_id)
        return open_lines(context, registry)

    office.queue = RegistryQueue(open_counted)
    office.submit_file(file_of(950, office.school.open), 950, "950.00")

    office.process()

    assert opened == ["R-1"]
