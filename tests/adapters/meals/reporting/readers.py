"""Everybody who reads reports of school meals, each through the contract that is theirs.

    report = readers.organizer.table("DEBITS", PERIOD_FROM="2026-11-16", PERIOD_TO="2026-11-16")
    report.total("К оплате, руб.")

Messages and answers are held to the published schemas on the way.
"""

import csv
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import town
from lxml import etree
from nights import CALENDAR

from adapters.bank.repository.books import BankBooks
from adapters.meals.handlers.reports import get_report as get_admin_report
from adapters.meals.ledger import MealsLedger
from adapters.meals.messages import admin
from adapters.organizer.handlers.reports import get_print_form
from adapters.organizer.handlers.reports import get_report as get_organizer_report
from adapters.organizer.messages import organizer
from gateway.adapter import Received, Rules, Work
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import ReportCode, ReportFormat
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import ActingRole, Contour, OnBehalf, Participant
from gateway.storage.database import Database

DAY = date(2026, 11, 16)
PERIOD = {"PERIOD_FROM": "2026-11-01", "PERIOD_TO": "2026-11-30"}
ON_DAY = {"DATE": "2026-11-16"}
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
XSD = Path(__file__).parents[4] / "xsd"
SCHEMAS = {
    f"urn://x-artefacts-citto-72/meals/{name}/1.0": etree.XMLSchema(
        file=XSD / f"meals/{name}/1.0/{name}.xsd"
    )
    for name in ("admin", "organizer")
}


def as_published(message: Any) -> Any:
    """Return the message once it has proven to fit its published schema."""
    SCHEMAS[message.Meta.namespace].assertValid(encode(message))
    return message


@dataclass
class ReadTable:
    """A report as CSV, read back."""

    document_id: str
    content: bytes
    heads: list[str]
    lines: list[dict[str, str]]
    totals: dict[str, str] | None

    def total(self, head: str) -> Decimal:
        """Return the sum below a column; nothing is 0."""
        return Decimal(0) if self.totals is None else amount(self.totals[head])

    def column(self, head: str) -> list[str]:
        return [line[head] for line in self.lines]

    def summed(self, head: str) -> Decimal:
        return sum((amount(value) for value in self.column(head)), Decimal(0))


def amount(text: str) -> Decimal:
    return Decimal(text.lstrip("'").replace(",", "."))


@dataclass
class Reader:
    """Somebody who asks for reports; each message is a transaction of its own."""

    database: Database
    sender: Participant
    person: town.Person | None = None
    role: ActingRole | None = None
    moment: datetime = datetime(2026, 11, 16, 19, tzinfo=UTC)

    def at(self, moment: datetime) -> "Reader":
        return replace(self, moment=moment)

    @property
    def is_organizer(self) -> bool:
        return self.sender.kind == "ORGANIZER"

    def report(self, code: str, report_format: str = "CSV", **params: str) -> Any:
        """Ask for a report; return the response."""
        return self.asked(code, report_format, list(params.items()))

    def twice(self, code: str, name: str, value: str) -> Any:
        """Ask for a report with one parameter given twice."""
        return self.asked(code, "CSV", [(name, value), (name, value)])

    def asked(self, code: str, report_format: str, params: Sequence[tuple[str, str]]) -> Any:
        messages = organizer if self.is_organizer else admin
        request = messages.GetReportRequest(
            report_code=ReportCode(code),
            param=[
                messages.ReportParamType(name=messages.ReportParamName(name), value=value)
                for name, value in params
            ],
            format=ReportFormat(report_format),
        )
        handler = get_organizer_report if self.is_organizer else get_admin_report
        return self.send(handler, request)

    def table(self, code: str, **params: str) -> ReadTable:
        """Ask for a report as CSV and read it."""
        response = self.report(code, **params)
        content = response.file.content
        rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
        heads = content.decode("utf-8-sig").splitlines()[0].split(";")
        totals = rows.pop() if rows and rows[-1][heads[0]] == "Итого" else None
        return ReadTable(response.document_id, content, heads, rows, totals)

    def print_form(self, form: str, day: date = DAY, **codes: str) -> Any:
        request = organizer.GetPrintFormRequest(
            form=organizer.PrintForm(form), date=day, **{"school_code": "SCH-1", **codes}
        )
        return self.send(get_print_form, request)

    def refused(self, method: Any, *args: str, **params: Any) -> GatewayError:
        """Ask for what is refused; return the refusal."""
        try:
            answer = method(*args, **params)
        except GatewayError as error:
            return error
        raise AssertionError(answer)

    def send(self, handler: Any, request: Any) -> Any:
        behalf = None
        if self.person is not None:
            behalf = OnBehalf(self.role, esia_oid=self.person.esia_oid)
        received = Received(
            request=as_published(request),
            sender=self.sender,
            entry=1,
            received_at=self.moment,
            digest=b"",
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=behalf,
        )
        with self.work() as work:
            return as_published(handler(received, work))

    @contextmanager
    def work(self) -> Iterator[Work]:
        serials = itertools.count(1)
        with self.database.reading() as transaction:
            yield Work(
                database=transaction,
                registry=None,
                shelf=None,
                offices={},
                now=self.moment,
                contour=Contour.TEST,
                calendar=CALENDAR,
                ledger=MealsLedger(transaction),
                payments=BankBooks(transaction),
                identifiers=lambda: UUID(int=next(serials)),
                rules=RULES,
                participants=lambda _: None,
                after_commit=[],
            )


class Readers:
    """Everybody of the town."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def organizer(self) -> Reader:
        return Reader(self.database, town.ORGANIZER)

    @property
    def other_organizer(self) -> Reader:
        return Reader(self.database, town.OTHER_ORGANIZER)

    @property
    def omsu(self) -> Reader:
        return Reader(self.database, town.OMSU)

    @property
    def don(self) -> Reader:
        return Reader(self.database, town.DON)

    @property
    def operator(self) -> Reader:
        return Reader(self.database, town.OPERATOR)

    @property
    def meal_admin(self) -> Reader:
        return self._person(town.MEAL_ADMIN, ActingRole.MEAL_ADMIN)

    def teacher(self, person: town.Person = town.TEACHER_3A) -> Reader:
        return self._person(person, ActingRole.CLASS_TEACHER)

    def everybody(self) -> Sequence[Reader]:
        return (
            self.organizer,
            self.other_organizer,
            self.omsu,
            self.don,
            self.operator,
            self.meal_admin,
            self.teacher(),
        )

    def _person(self, person: town.Person, role: ActingRole) -> Reader:
        return Reader(self.database, town.SCHOOL_SYSTEM, person, role)
