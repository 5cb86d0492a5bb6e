"""`docs/security.md` is what the catalogue says, and the tests that it names exist."""

from pathlib import Path

import pytest

from gateway.attacks import document
from gateway.attacks.attack import Surface
from gateway.attacks.catalogue import ATTACKS

ROOT = Path(__file__).parents[2]


def test_document_is_fresh():
    assert document.DOCUMENT.read_text("utf-8") == document.render(), (
        "docs/security.md is stale: run python -m gateway.attacks.document"
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_has_its_row_and_tests_that_exist(attack):
    (row,) = [
        line
        for line in document.DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith(f"| {attack.number} |")
    ]
    tests = document.tests_of(attack)
    assert tests or attack.surface in {Surface.NONE, Surface.ELSEWHERE}
    for test in tests:
        path, _, name = test.partition("::")
        assert f"`{test}`" in row
        assert f"def {name}(" in (ROOT / path).read_text("utf-8")
