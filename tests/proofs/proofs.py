"""What the suite proves every time, and what only `make proofs` (HUB_PROOFS=1) has time for.

A test of minutes through the whole hub runs on one engine in the suite, on both as a proof; the
bad night runs on both, in two sizes. What makes it true on both engines, idempotency, the ledger,
the restart of a job, is shown by the tests of the slices, which always run on both.
"""

import os

import pytest

PROOFS = "HUB_PROOFS" in os.environ


_ENGINES = {
    "sqlite": "sqlite",
    "postgresql": pytest.param("postgresql", marks=pytest.mark.postgres),
}
on_both = pytest.mark.parametrize("engine", list(_ENGINES.values()), indirect=True)
"""Runs a long test on both engines, also in the suite."""


def engines(suite: str) -> list:
    """Return the engines of a long test: `suite` alone, both of them as a proof."""
    return list(_ENGINES.values()) if PROOFS else [_ENGINES[suite]]


def on(suite: str) -> pytest.MarkDecorator:
    """Choose the engine of a long test that takes it from the fixture `engine`."""
    return pytest.mark.parametrize("engine", engines(suite), indirect=True)


def examples(suite: int, proofs: int) -> int:
    """Return how many examples a slow law is tried on."""
    return proofs if PROOFS else suite
