"""A law: every accepted change makes the next version; the same again is the same answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import town
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nights import Night
from proofs import examples
from teachers import DAY, Teacher, changed

from adapters.meals import models
from adapters.meals.handlers.actual_meals import confirm_actual
from adapters.meals.handlers.requests import send_request, update_request
from adapters.meals.repository import requests
from gateway.kernel.errors import GatewayError, IllegalTransition, StaleVersion
from gateway.storage.database import Database

PUPILS = (town.IVAN, town.MARIA, town.TIMUR)
MEALS = (town.BREAKFAST, town.LUNCH)
places = st.tuples(st.sampled_from(PUPILS), st.sampled_from(MEALS), st.booleans())
steps = st.lists(
    st.tuples(
        st.sampled_from(["update", "send", "confirm"]),
        st.integers(-2, 1),
        st.lists(places, min_size=1, max_size=3, unique_by=lambda place: place[:2]),
    ),
    max_size=8,
)


@pytest.fixture
def settled(contour_database: Database) -> Teacher:
    with contour_database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [DAY])
    Night(contour_database).at(date(2026, 11, 9), "00:00").run("meal.default_complex")
    teacher = Teacher(contour_database)
    teacher.form()
    return teacher


@contextmanager
def undone(teacher: Teacher) -> Iterator[Any]:
    """Open a transaction of which nothing stays."""
    with teacher.transaction() as transaction:
        point = transaction.connection.begin_nested()
        try:
            yield transaction
        finally:
            point.rollback()


@dataclass
class Model:
    """What a request must be after some changes: its version, and each answer for ever."""

    teacher: Teacher
    request_id: str
    transaction: Any
    version: int = 1
    is_confirmed: bool = False
    accepted: dict[int, tuple[Any, Any, Any]] = field(default_factory=dict)

    def take(self, kind: str, shift: int, named: Any) -> None:
        upon = max(1, self.version + shift)
        handler, message = self._message(kind, upon, named)
        before = self.accepted.get(upon)
        if before is not None and before[1] == message:
            self.repeat(*before)
        elif upon != self.version:
            self.refuse(StaleVersion, handler, message)
        elif self.is_confirmed and kind != "confirm":
            self.refuse(IllegalTransition, handler, message)
        else:
            self.accept(handler, message)
            self.is_confirmed = self.is_confirmed or kind == "confirm"

    def accept(self, handler: Any, message: Any) -> None:
        answer = self.teacher.answer(self.transaction, handler, message)
        assert not answer.duplicate
        assert answer.version == self.version + 1
        self.accepted[self.version] = handler, message, answer
        self.version += 1

    def repeat(self, handler: Any, message: Any, first: Any) -> None:
        again = self.teacher.answer(self.transaction, handler, message)
        assert again == replace(first, duplicate=True)

    def refuse(self, reason: type[GatewayError], handler: Any, message: Any) -> None:
        with pytest.raises(reason):
            self.teacher.answer(self.transaction, handler, message)

    def _message(self, kind: str, version: int, named: Any) -> tuple[Any, Any]:
        if kind == "send":
            return send_request, self.teacher.sending(version, self.request_id)
        if kind == "confirm":
            return confirm_actual, self.teacher.confirming(
                version, *named, request_id=self.request_id
            )
        changes = [changed(pupil, meal, included=yes) for pupil, meal, yes in named]
        return update_request, self.teacher.updating(version, *changes, request_id=self.request_id)


@settings(
    max_examples=examples(suite=10, proofs=25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
def test_each_accepted_change_makes_the_next_version_and_is_answered_for_ever(settled, plan):
    request_id = settled.request_id
    with undone(settled) as transaction:
        model = Model(settled, request_id, transaction)
        for step in plan:
            model.take(*step)
        for before in model.accepted.values():
            model.repeat(*before)
        stored = requests.find(transaction, UUID(request_id))
        assert stored.version == model.version
        assert len(transaction.execute(sa.select(models.request_change)).all()) == len(
            model.accepted
        )
