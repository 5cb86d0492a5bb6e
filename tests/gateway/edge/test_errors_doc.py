"""`docs/errors.md` is what the code says."""

import re

from gateway.bootstrap import ADAPTERS
from gateway.edge import errors_doc, refusals


def test_document_is_fresh():
    fresh = errors_doc.render()

    assert errors_doc.DOCUMENT.read_text(encoding="utf-8") == fresh, (
        "docs/errors.md is stale: run python -m gateway.edge.errors_doc"
    )


def test_document_names_every_fault_that_an_operation_gives():
    document = errors_doc.DOCUMENT.read_text(encoding="utf-8")

    for adapter in ADAPTERS:
        for service in adapter.services:
            for operation in service.operations:
                for error in operation.faults:
                    assert re.search(rf"`{error.code}`.*\b{operation.name}\b", document)


def test_error_that_only_inherits_is_not_told_twice():
    for family in refusals.families(ADAPTERS):
        assert len(set(family.refusals)) == len(family.refusals)
