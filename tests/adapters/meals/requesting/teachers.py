"""Class teachers who talk to SVC-07 through the school system, message by message.

    teacher.at("08:30")
    formed = teacher.form()
    teacher.update(1, teacher.leave_out(town.IVAN, town.LUNCH))

The day is Monday 16 November 2026; its meals were frozen on the 9th. Messages and answers are held
to the published schema on the way.
"""

import itertools
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import town
from lxml import etree

from adapters.meals.handlers.actual_meals import confirm_actual
from adapters.meals.handlers.class_balances import get_class_balances
from adapters.meals.handlers.requests import (
    form_request,
    get_request,
    print_request,
    send_request,
    update_request,
)
from adapters.meals.ledger import MealsLedger
from adapters.meals.messages import class_request as messages
from adapters.school.repository import attendance
from adapters.school.repository.attendance import Mark
from gateway.adapter import Received, Rules, Work
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import ActingRole, Contour, OnBehalf, Participant
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar

DAY = date(2026, 11, 16)
CALENDAR = ProductionCalendar.load()
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
SCHEMA = etree.XMLSchema(
    file=Path(__file__).parents[4] / "xsd/meals/class-request/1.0/class-request.xsd"
)


def local(clock: str, day: date = DAY) -> datetime:
    """Return the moment of a local time."""
    return datetime.combine(day, time.fromisoformat(clock), LOCAL).astimezone(UTC)


def as_published(message: Any) -> Any:
    """Return the message once it has proven to fit its published schema."""
    SCHEMA.assertValid(encode(message))
    return message


@dataclass
class Teacher:
    """A class teacher at a moment that is set; each message is a transaction of its own."""

    database: Database
    person: town.Person = town.TEACHER_3A
    school_class: town.Class = town.CLASS_3A
    role: ActingRole = ActingRole.CLASS_TEACHER
    sender: Participant = town.SCHOOL_SYSTEM
    moment: datetime = field(default_factory=lambda: local("08:00"))
    serials: Any = field(default_factory=lambda: itertools.count(1))

    def at(self, clock: str, day: date = DAY) -> "Teacher":
        """Let it be a local time of a day."""
        self.moment = local(clock, day)
        return self

    def of(self, person: town.Person, school_class: town.Class) -> "Teacher":
        """Return another teacher at the same moment and database."""
        return replace(self, person=person, school_class=school_class)

    def send_message(self, handler: Callable[..., Any], request: Any) -> Any:
        with self.transaction() as transaction:
            return self.answer(transaction, handler, request)

    def answer(self, transaction: Any, handler: Callable[..., Any], request: Any) -> Any:
        """Send one message inside a transaction of the test."""
        content = etree.tostring(encode(as_published(request)), method="c14n", exclusive=True)
        received = Received(
            request=request,
            sender=self.sender,
            entry=100 + next(self.serials),
            received_at=self.moment,
            digest=sha256(content).digest(),
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=OnBehalf(self.role, esia_oid=self.person.esia_oid),
        )
        return as_published(handler(received, self._work(transaction)))

    def refused(self, handler: Callable[..., Any], request: Any) -> GatewayError:
        """Send a message that is refused; return the refusal. Whatever it did is undone."""
        try:
            answer = self.send_message(handler, request)
        except GatewayError as error:
            return error
        raise AssertionError(answer)

    @contextmanager
    def transaction(self) -> Any:
        with self.database.writing() as transaction:
            yield transaction

    def forming(self, day: date = DAY, **changes: str) -> Any:
        values = {
            "form_id": str(UUID(int=0xF000 + next(self.serials))),
            "school_code": self.school_class.school.code,
            "class_code": self.school_class.code,
        }
        return messages.FormRequestRequest(**values | changes, date=day)

    def form(self) -> Any:
        return self.send_message(form_request, self.forming())

    def updating(self, version: int, *changes: Any, request_id: str | None = None) -> Any:
        return messages.UpdateRequestRequest(
            request_id=request_id or self.request_id, version=version, change=list(changes)
        )

    def update(self, version: int, *changes: Any) -> Any:
        return self.send_message(update_request, self.updating(version, *changes))

    def sending(self, version: int, request_id: str | None = None) -> Any:
        return messages.SendRequestRequest(
            request_id=request_id or self.request_id, version=version
        )

    def send(self, version: int) -> Any:
        return self.send_message(send_request, self.sending(version))

    def confirming(
        self,
        version: int,
        *eaten: tuple[town.Pupil, str, bool],
        request_id: str | None = None,
    ) -> Any:
        return messages.ConfirmActualRequest(
            request_id=request_id or self.request_id,
            version=version,
            line=[
                messages.ActualLineType(account=pupil.account, meal_type=meal, ate=ate)
                for pupil, meal, ate in eaten
            ],
        )

    def confirm(self, version: int, *eaten: tuple[town.Pupil, str, bool]) -> Any:
        return self.send_message(confirm_actual, self.confirming(version, *eaten))

    def print(self) -> Any:
        request = messages.PrintRequestRequest(request_id=self.request_id)
        return self.send_message(print_request, request)

    def get(self) -> Any:
        request = messages.GetRequestRequest(request_id=self.request_id)
        return self.send_message(get_request, request).request

    def asking(self, day: date = DAY, **changes: str) -> Any:
        codes = {
            "school_code": self.school_class.school.code,
            "class_code": self.school_class.code,
        }
        asked = messages.ClassDayType(**codes | changes, date=day)
        return messages.GetRequestRequest(class_day=asked)

    def balances(self, limit: int | None = None, cursor: str | None = None) -> Any:
        page = None if limit is None else Page(limit=limit, cursor=cursor)
        request = messages.GetClassBalancesRequest(class_code=self.school_class.code, page=page)
        return self.send_message(get_class_balances, request)

    @property
    def request_id(self) -> str:
        """The request of the class for the day, as the database has it."""
        query = sa.text("SELECT id FROM class_request WHERE class_code = :code")
        with self.database.reading() as transaction:
            found = transaction.execute(query, {"code": self.school_class.code}).scalar_one()
        return str(found)

    def mark(self, pupil: town.Pupil, *, present: bool, lesson: int = 1) -> None:
        """Let the class journal say whether a pupil is there."""
        with self.transaction() as transaction:
            mark = Mark(pupil.account, DAY, lesson, present, None, self.moment)
            attendance.put(transaction, [mark], entry=1)

    def top_up(self, pupil: town.Pupil, roubles: str, source: str = "") -> None:
        with self.transaction() as transaction:
            town.top_up(transaction, pupil, roubles, source)

    def rows(self, table: sa.Table) -> list[Any]:
        with self.database.reading() as transaction:
            found = sa.select(table).order_by(*table.primary_key.columns)
            return list(transaction.execute(found))

    def _work(self, transaction: Any) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=self.moment,
            contour=Contour.TEST,
            calendar=CALENDAR,
            ledger=MealsLedger(transaction),
            payments=None,
            identifiers=lambda: UUID(int=next(self.serials) << 64),
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
        )


def changed(
    pupil: town.Pupil,
    meal: str,
    *,
    included: bool = False,
    reason: str = "JOURNAL_MISMATCH",
    comment: str | None = None,
) -> Any:
    return messages.ChangeType(
        account=pupil.account,
        meal_type=meal,
        included=included,
        reason=messages.ChangeReason(reason),
        comment=comment,
    )


def included(lines: Sequence[Any]) -> set[tuple[str, str]]:
    """Return account and meal of what is asked for."""
    return {(line.account, line.meal_type) for line in lines if line.included}


def line_of(lines: Sequence[Any], pupil: town.Pupil, meal: str) -> Any:
    (found,) = [one for one in lines if (one.account, one.meal_type) == (pupil.account, meal)]
    return found
