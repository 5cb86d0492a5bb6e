from pathlib import Path

import pytest
from lxml import etree

from gateway.contracts.catalog import Contract, load_catalog
from gateway.kernel.xml import make_parser

MESSAGES = Path(__file__).parent / "messages"


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture(scope="session")
def registry_contract(catalog) -> Contract:
    return catalog.contract("meals/payment-registry/1.0")


@pytest.fixture(scope="session")
def bank_contract(catalog) -> Contract:
    return catalog.contract("meals/bank-payment/1.0")


@pytest.fixture(scope="session")
def message():
    """Read a message of this folder by the name of its file."""

    def read(name: str) -> etree._Element:
        return etree.fromstring((MESSAGES / f"{name}.xml").read_bytes(), make_parser())

    return read
