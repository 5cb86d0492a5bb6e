"""Schemas compiled while other threads parse: lxml's loader of imports is one per process."""

import subprocess
import sys

SCRIPT = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from lxml import etree
from gateway.contracts.catalog import load_catalog

contract = load_catalog().contract("meals/bank-payment/1.0")
ping = b'<p:PingRequest xmlns:p="urn://x-artefacts-citto-72/meals/bank-payment/1.0"/>'

def validate(_):
    return contract.validate(etree.fromstring(ping))

with ThreadPoolExecutor(6) as threads:
    answers = list(threads.map(validate, range(300)))
sys.exit(not all(answers))
"""


def test_schema_compiled_in_a_thread_keeps_its_imports_while_others_parse():
    for _ in range(5):
        assert subprocess.run([sys.executable, "-c", SCRIPT], check=False).returncode == 0
