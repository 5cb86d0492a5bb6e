"""Samples of the shipped suites, filled in as the stand does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from lxml import etree

from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.language.template import Sources, draw, render
from gateway.contracts.catalog import load_catalog
from gateway.kernel.xml import make_parser

UNKNOWN = "1000009991"
INN = "7200000018"
CATALOG = load_catalog()


@cache
def suite_of(plan: str):
    return load_suite(shipped()[plan], CATALOG)


def filled(plan: str, code: str, row: int, now: datetime, account: str, closed: str):
    """Return the file that a line of a bank's case hands out, as a payload."""
    params = {
        "account": account,
        "closed_account": closed,
        "unknown_account": UNKNOWN,
        "organizer_inn": INN,
    }
    return handed_out(plan, code, row, now, params, lambda: UUID(int=7))


def handed_out(
    plan: str,
    code: str,
    row: int,
    now: datetime,
    params: Mapping[str, str],
    identifiers: Callable[[], UUID] = uuid4,
):
    """Return the first file that a line of a case hands out, as a payload."""
    suite = suite_of(plan)
    case = suite.case(code)
    name = next(step.attach for step in case.steps if getattr(step, "attach", None))
    values = draw(case.variables, Sources(now, identifiers, lambda _: 0))
    columns = next(found.values for found in case.rows if found.number == row)
    octets = render(suite.samples[name], values, columns, params)
    return etree.fromstring(octets, make_parser())


def lines_with(plan: str, rule: str):
    """Return (code, row) of every line whose hand-out is to be refused with `rule`."""
    return [
        (case.code, row.number)
        for case in suite_of(plan).cases
        for row in case.rows
        if any(_refuses(step, rule) for step in case.steps)
    ]


def _refuses(step, rule: str) -> bool:
    return any(
        getattr(assertion.rule, "code", None) == rule
        for assertion in getattr(step, "assertions", ())
    )
