"""Several processes take messages, one does the background work; nobody notices from outside."""

from decimal import Decimal

import pytest
import requests
from hub_process import hub_on
from lxml import etree
from messages import envelope, line, new_id, now, payment, registry
from test_repeats import field, ledger_of, send_all

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory, request):
    with hub_on("postgresql", tmp_path_factory.mktemp("hub"), request.getfixturevalue) as hub:
        # The address differs from the environment's: only the command line names it.
        hub.start("--workers", "2", "--host", "0.0.0.0")
        yield hub


def test_same_message_to_two_workers_is_one_answer_and_one_ledger_entry(two_workers):
    account = two_workers.seeded.accounts.open[0]
    message = envelope(payment("P-1", account, "5.00", now()), new_id())
    ledger = ledger_of(two_workers)
    answers = send_all(two_workers, "bank-payment", [message] * 200)
    assert len(set(answers)) == 1
    assert field(answers[0], "resultCode") == "0"
    assert ledger.posted() == [(account, Decimal("5.00"))]


def test_registry_taken_by_a_worker_is_processed_by_the_process_of_the_jobs(two_workers):
    paid_at, seeded = now(), two_workers.seeded
    lines = line(1, "P-2", seeded.accounts.open[1], "5.00", paid_at)
    body = registry("REG-1", seeded.people.organizer_inn, 1, "5.00", lines, paid_at)
    answer = two_workers.post("payment-registry", envelope(body, new_id()))
    hub_registry_id = etree.fromstring(answer.content).findtext(".//{*}hubRegistryId")
    assert two_workers.wait_for_registry(hub_registry_id) == "ACCEPTED"
    assert two_workers.run("reconcile").exit_code == 0


def test_a_worker_publishes_the_address_of_the_command_line(two_workers):
    wsdl = requests.get(f"{two_workers.url('bank-payment')}?wsdl", timeout=10).text
    assert f'location="http://0.0.0.0:{two_workers.environment["HUB_PORT"]}/test/ws/' in wsdl
