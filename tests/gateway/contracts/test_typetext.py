"""Types in words."""

import pytest

from gateway.contracts import typetext
from gateway.contracts.catalog import load_catalog

CONTRACT = load_catalog().contract("meals/payment-registry/1.0")
COMMON = "{urn://x-artefacts-citto-72/common/1.0}"
XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{COMMON}Text50", "строка, от 1 до 50 знаков"),
        (f"{COMMON}FormatVersion", "строка, до 10 знаков"),
        (f"{COMMON}BIK", "строка, по шаблону"),
        (
            f"{COMMON}Money",
            "десятичное число, до 12 цифр, из них до 2 после точки, не меньше 0",
        ),
        (f"{COMMON}PageLimit", "целое число, от 1 до 1000"),
        (f"{COMMON}DateTime", "дата и время со смещением"),
        (f"{COMMON}Hash", "двоичные данные, от 32 до 64 байт"),
        (f"{COMMON}Currency", "только RUB"),
        (f"{COMMON}Contour", "одно из: TEST, PROD"),
        (f"{COMMON}RegistryState", "код из перечня, всего 8"),
        (f"{XS}boolean", "логическое: true или false"),
        (f"{XS}base64Binary", "двоичные данные"),
    ],
)
def test_type_is_told_in_words(name, words):
    assert typetext.describe_type(CONTRACT.vocabulary, name) == words


def test_pattern_is_that_of_the_nearest_type_which_has_one():
    reason = next(name for name in CONTRACT.vocabulary.simple if name.endswith("}FaultCode"))

    assert typetext.patterns(CONTRACT.vocabulary, f"{COMMON}BIK") == ("[0-9]{9}",)
    assert typetext.patterns(CONTRACT.vocabulary, reason) == ("[A-Z][A-Z0-9_]{1,49}",)
    assert typetext.patterns(CONTRACT.vocabulary, f"{COMMON}Text50") == ()


def test_every_type_of_every_contract_has_words():
    silent = [
        name
        for contract in load_catalog()
        for name in contract.vocabulary.simple
        if not typetext.describe_type(contract.vocabulary, name)[:1].isalpha()
    ]

    assert silent == []
