"""A registry as an attached file: accepted at once, processed in bounded memory, killed at will.

The suite sends 3,000 lines in small batches and kills the hub twice; `make proofs` sends the
100,000 of the specification and kills it at five moments. A kill costs the lease of the dead.
"""

import base64
import hashlib
import io
import logging
import os
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa
from lxml import etree
from messages import REGISTRY, envelope, file_reference, line, new_id, now, payment, registry
from proofs import on

from adapters.bank.models import payment_registry, registry_line
from adapters.meals.models import ledger_balance, ledger_entry

PROOF = "HUB_PROOF_LINES" in os.environ
LINES = int(os.environ.get("HUB_PROOF_LINES", "3000"))
BATCHES = 15
"""At least so many transactions, so that there are moments to be killed at."""
MEMORY_BOUND = 150 * 1024 * 1024
BOUNDARY = "MIME-boundary-of-the-test"


@dataclass(frozen=True)
class BigRegistry:
    content: bytes
    total: Decimal
    paid_at: str
    organizer_inn: str

    def xml(self, reference: str) -> bytes:
        body = registry("REG-BIG", self.organizer_inn, LINES, self.total, reference, self.paid_at)
        return envelope(body, "11111111-2222-4333-8444-555555555555")


@pytest.fixture
def big(new_hub) -> BigRegistry:
    new_hub.environment["HUB_BATCH_LINES"] = str(min(2000, LINES // BATCHES))
    accounts = [*new_hub.seeded.accounts.open, new_hub.seeded.accounts.closed, "0000000000"]
    paid_at = now()
    lines = [
        as_banks_write(
            line(number, f"BIG-{number}", accounts[number % len(accounts)], "10.01", paid_at)
        )
        for number in range(1, LINES + 1)
    ]
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<p:PaymentRegistryFile xmlns:p="{REGISTRY}">\n'
        + "\n".join(lines)
        + "\n</p:PaymentRegistryFile>\n"
    ).encode()
    return BigRegistry(
        content, Decimal("10.01") * LINES, paid_at, new_hub.seeded.people.organizer_inn
    )


def as_banks_write(text: str) -> str:
    """A line with its optional fields, an element to a row: 100,000 of them are about 40 MB."""
    optional = "<p:commission>0.15</p:commission><p:paymentTime>"
    text = text.replace("<p:paymentTime>", optional)
    text = text.replace("<p:status>", "<p:terminalId>ATM-TYUMEN-000123</p:terminalId><p:status>")
    return text.replace("><p:", ">\n        <p:")


def zipped(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("registry.xml", content)
    return target.getvalue()


def reference(octets: bytes, name: str, media_type: str, content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    return file_reference(name, media_type, len(octets), digest, content)


def send_with_mtom(hub, big: BigRegistry, octets: bytes, name: str, media_type: str):
    include = (
        '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:file@bank"/>'
    )
    root = big.xml(reference(octets, name, media_type, include))
    body = b"".join(
        (
            f"--{BOUNDARY}\r\nContent-ID: <root@bank>\r\n".encode(),
            b'Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\n\r\n',
            root,
            f"\r\n--{BOUNDARY}\r\nContent-ID: <file@bank>\r\n".encode(),
            b"Content-Type: application/octet-stream\r\n",
            b"Content-Transfer-Encoding: binary\r\n\r\n",
            octets,
            f"\r\n--{BOUNDARY}--\r\n".encode(),
        )
    )
    content_type = (
        f'multipart/related; boundary="{BOUNDARY}"; type="application/xop+xml"; '
        'start="<root@bank>"; start-info="text/xml"'
    )
    return hub.post("payment-registry", body, **{"Content-Type": content_type})


def hub_id(answer) -> str:
    assert answer.status_code == 200, answer.text
    return etree.fromstring(answer.content).findtext(".//{*}hubRegistryId")


def books(hub) -> tuple[list, list, list]:
    """Everything that must not depend on whether the process was killed."""
    with hub.database().reading() as transaction:
        execute = transaction.execute
        return (
            sorted(map(tuple, execute(sa.select(ledger_entry.c.account, ledger_entry.c.amount)))),
            sorted(
                map(tuple, execute(sa.select(ledger_balance.c.account, ledger_balance.c.balance)))
            ),
            sorted(map(tuple, execute(sa.select(registry_line.c.line_no, registry_line.c.result)))),
        )


@on("sqlite")
def test_zip_in_base64_means_the_same_as_xml_by_mtom(new_hub, big):
    new_hub.start()
    octets = zipped(big.content)
    content = base64.b64encode(octets).decode()
    answer = new_hub.post(
        "payment-registry",
        big.xml(reference(octets, "registry.zip", "application/zip", content)),
    )
    assert new_hub.wait_for_registry(hub_id(answer)) == "ACCEPTED_WITH_ERRORS"
    assert len(books(new_hub)[2]) == LINES
    assert new_hub.run("reconcile").exit_code == 0


def expected(hub, big: BigRegistry) -> tuple[list, list, list]:
    """What an undisturbed run leaves, told without running the hub."""
    accounts = [*hub.seeded.accounts.open, hub.seeded.accounts.closed, "0000000000"]
    paid_to = [accounts[number % len(accounts)] for number in range(1, LINES + 1)]
    open_accounts = set(hub.seeded.accounts.open)
    results = dict.fromkeys(open_accounts, "CREDITED_WITHOUT_NOTICE")
    results |= {hub.seeded.accounts.closed: "ACCOUNT_CLOSED", "0000000000": "ACCOUNT_UNKNOWN"}
    credited = [account for account in paid_to if account in open_accounts]
    return (
        sorted((account, Decimal("10.01")) for account in credited),
        sorted((account, n * Decimal("10.01")) for account, n in Counter(credited).items()),
        [(number, results[account]) for number, account in enumerate(paid_to, 1)],
    )


def test_attached_file_is_booked_as_expected_in_memory_bounded_by_the_batch(new_hub, big):
    new_hub.start()
    # Idle is a hub that has answered: everything it loads lazily is loaded.
    refused = payment("P-0", "0000000000", "1.00", now())
    assert new_hub.post("bank-payment", envelope(refused, new_id())).status_code == 200
    process = psutil.Process(new_hub.process.pid)
    idle = process.memory_info().rss
    answer = send_with_mtom(new_hub, big, big.content, "registry.xml", "application/xml")
    assert new_hub.wait_for_registry(hub_id(answer)) == "ACCEPTED_WITH_ERRORS"
    peak = _peak(process.pid)
    told = f"{LINES} lines, {len(big.content):,} bytes: idle {idle:,}, peak {peak:,}"
    logging.getLogger(__name__).warning(told)
    assert peak - idle < MEMORY_BOUND, told
    assert books(new_hub) == expected(new_hub, big)


@on("postgresql")
def test_killed_hub_leaves_the_expected_ledger(new_hub, big):
    moments: list[tuple[str, Callable[[sa.Row], bool]]] = [
        ("accepted", lambda row: True),
        ("staging", lambda row: row.staged >= LINES * 0.4),
        ("staged", lambda row: row.staged == LINES),
        ("booking", lambda row: row.booked_through >= LINES * 0.2),
        ("booking on", lambda row: row.booked_through >= LINES * 0.6),
    ]
    new_hub.start()
    registry_id = hub_id(
        send_with_mtom(new_hub, big, big.content, "registry.xml", "application/xml")
    )
    for _, reached in moments if PROOF else (moments[1], moments[3]):
        _wait_until(new_hub, reached)
        new_hub.kill()
        new_hub.start()
    assert new_hub.wait_for_registry(registry_id) == "ACCEPTED_WITH_ERRORS"
    assert new_hub.run("reconcile").exit_code == 0
    assert books(new_hub) == expected(new_hub, big)


def _wait_until(hub, reached: Callable[[sa.Row], bool]) -> None:
    deadline = time.monotonic() + 120
    database = hub.database()
    while True:
        with database.reading() as transaction:
            row = transaction.execute(sa.select(payment_registry)).one()
        if reached(row) or row.phase == "DONE":
            return
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _peak(pid: int) -> int:
    """The most memory the process ever held, as the kernel counted it."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = next(row for row in status.splitlines() if row.startswith("VmHWM:"))
    return int(found.split()[1]) * 1024
