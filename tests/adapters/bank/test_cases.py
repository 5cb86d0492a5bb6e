"""Every negative sample breaks exactly the rule that its case names, and no other."""

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from lxml import etree

from adapters.bank import errors
from adapters.bank.handlers.accounts import check_account
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import (
    CheckAccountRequest,
    LineResult,
    RegisterPaymentRequest,
    SubmitRegistryRequest,
)
from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.language.template import render
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import Codec
from gateway.contracts.validate import findings
from gateway.kernel.xml import make_parser
from gateway.kernel.ports import LOCAL

INN = "7200000018"
UNKNOWN = "1000009991"
CATALOG = load_catalog()
FOLDERS = shipped()
