"""SVC-08 answers every operation of its contract and refuses with the published codes."""

from lxml import etree

from adapters.meals.administering import SERVICE
from gateway.contracts.catalog import load_catalog

BESIDE = {"Ping", "GetReport"}
"""The hub's own answer, and what the reports of meals answer."""
CONTRACT = load_catalog().contracts[SERVICE.contract]


def test_every_operation_has_its_handler():
    published = {operation.name for operation in CONTRACT.operations}
    served = {operation.name for operation in SERVICE.operations}
    assert published - BESIDE <= served <= published


def test_faults_of_the_operations_are_the_published_ones():
    (codes,) = (
        type_.values
        for name, type_ in CONTRACT.vocabulary.simple.items()
        if etree.QName(name).localname == "AdminFaultCode"
    )
    raised = {error.code for operation in SERVICE.operations for error in operation.faults}
    assert raised == set(codes)


def test_each_operation_documents_the_faults_that_it_names():
    documentation = {one.name: one.documentation for one in CONTRACT.operations}
    silent = [
        (operation.name, error.code)
        for operation in SERVICE.operations
        for error in operation.faults
        if error.code not in documentation[operation.name]
    ]
    assert silent == []
