"""A family that talks to the meals services through the school system, message by message.

    family.at(date(2026, 11, 5), "12:00")
    family.save(("2026-11-16", town.LUNCH, "BASIC-LUNCH-AGE_7_11-1"))
    family.confirm("2026-11-16", "2026-11-20")

Messages and answers are held to the published schema on the way.
"""

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import town
from lxml import etree

from adapters.meals import models
from adapters.meals.handlers.choices import get_orders, save_choice
from adapters.meals.handlers.confirmations import confirm_order
from adapters.meals.ledger import MealsLedger
from adapters.meals.messages import order as messages
from gateway.adapter import Received, Rules, Work
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import Period
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import ActingRole, Contour, OnBehalf, Participant
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar

CALENDAR = ProductionCalendar.load()
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
SCHEMA = etree.XMLSchema(file=Path(__file__).parents[3] / "xsd/meals/order/1.0/order.xsd")


def as_published(message: Any) -> Any:
    """Return the message once it has proven to fit its published schema."""
    SCHEMA.assertValid(encode(message))
    return message


def acting_for(person: town.Person, role: ActingRole = ActingRole.PARENT) -> OnBehalf:
    """What a header says of a person whom ESIA has recognized."""
    return OnBehalf(role, esia_oid=person.esia_oid)


def period(first: str, last: str) -> Period:
    return Period(from_value=date.fromisoformat(first), to=date.fromisoformat(last))


class Family:
    """Sends requests to handlers, each in a transaction of its own, at a moment that is set."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.pupil = town.IVAN
        self.person = town.MOTHER
        self.sender = town.SCHOOL_SYSTEM
        self.moment = datetime(2026, 11, 5, 7, tzinfo=UTC)
        self.offices: dict[type, object] = {}
        self._serials = itertools.count(1)
        self._entries = itertools.count(10)

    def at(self, day: date, clock: str = "12:00:00") -> "Family":
        """Let it be a local time of a day."""
        local = datetime.combine(day, time.fromisoformat(clock), LOCAL)
        self.moment = local.astimezone(UTC)
        return self

    def of(self, pupil: town.Pupil, person: town.Person) -> "Family":
        """Speak for another child and parent."""
        self.pupil, self.person = pupil, person
        return self

    def new_id(self) -> str:
        return str(UUID(int=0xF000 + next(self._serials)))

    def send(
        self,
        handler: Callable[..., Any],
        request: Any,
        *,
        behalf: OnBehalf | bool | None = True,
        sender: Participant | None = None,
    ) -> Any:
        """Send one message; `behalf` True speaks for the parent of the family."""
        person = acting_for(self.person) if behalf is True else behalf
        content = etree.tostring(encode(as_published(request)), method="c14n", exclusive=True)
        received = Received(
            request=request,
            sender=sender or self.sender,
            entry=next(self._entries),
            received_at=self.moment,
            digest=sha256(content + repr((person, person and person.esia_oid)).encode()).digest(),
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=person,
        )
        with self.database.writing() as transaction:
            work = Work(
                database=transaction,
                registry=None,
                shelf=None,
                offices=self.offices,
                now=self.moment,
                contour=Contour.TEST,
                calendar=CALENDAR,
                ledger=MealsLedger(transaction),
                payments=None,
                identifiers=lambda: UUID(int=next(self._serials)),
                rules=RULES,
                participants=lambda _: None,
                after_commit=[],
            )
            return as_published(handler(received, work))

    def refused(self, handler: Callable[..., Any], request: Any, **more: Any) -> GatewayError:
        """Send a message that is refused; return the refusal. Whatever it did is undone."""
        try:
            answer = self.send(handler, request, **more)
        except GatewayError as error:
            return error
        raise AssertionError(answer)

    def choice(self, *lines: Sequence[Any], choice_id: str | None = None) -> Any:
        """Make a choice of lines (day, meal, complex or None, code, quantity, code ...)."""
        return messages.SaveChoiceRequest(
            choice_id=choice_id or self.new_id(),
            account=self.pupil.account,
            item=[_line(*line) for line in lines],
        )

    def save(self, *lines: Sequence[Any]) -> Any:
        return self.send(save_choice, self.choice(*lines))

    def not_saved(self, *lines: Sequence[Any]) -> GatewayError:
        return self.refused(save_choice, self.choice(*lines))

    def confirmation(self, first: str, last: str, confirm_id: str | None = None) -> Any:
        return messages.ConfirmOrderRequest(
            confirm_id=confirm_id or self.new_id(),
            account=self.pupil.account,
            period=period(first, last),
        )

    def confirm(self, first: str, last: str) -> Any:
        return self.send(confirm_order, self.confirmation(first, last))

    def not_confirmed(self, first: str, last: str) -> GatewayError:
        return self.refused(confirm_order, self.confirmation(first, last))

    def orders(self, first: str, last: str) -> list[Any]:
        request = messages.GetOrdersRequest(account=self.pupil.account, period=period(first, last))
        return self.send(get_orders, request).order

    def changes(self) -> list[tuple[Any, ...]]:
        """Return the feed of the organizer: kind, day, meal, complex and items."""
        return [
            (
                row.kind,
                row.day.isoformat(),
                row.meal_type,
                row.complex_code,
                tuple((one["code"], one["qty"]) for one in json.loads(row.items or "[]")),
            )
            for row in self.table(models.order_change)
        ]

    def table(self, table: sa.Table) -> list[Any]:
        with self.database.reading() as transaction:
            found = sa.select(table).order_by(*table.primary_key.columns)
            return list(transaction.execute(found))


def _line(day: str, meal: str, code: str | None, *extras: Any) -> Any:
    pairs = zip(extras[::2], extras[1::2], strict=True)
    return messages.ChoiceItemType(
        date=date.fromisoformat(day),
        meal_type=meal,
        complex_code=code,
        additional=[messages.ChoiceAdditionalType(item_code=c, qty=qty) for c, qty in pairs],
    )
