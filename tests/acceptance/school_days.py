"""One day of the school: the journal, the request, the meals, the debit after 23:00."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import school_cast as cast
from school_cast import LUNCH, Class, Pupil
from school_setup import mark
from school_world import World, new_id
from soap_program import period

from gateway.kernel.ports import LOCAL

ORGANIZER = "meals/organizer"
Key = tuple[Pupil, str]


@dataclass(frozen=True)
class Told:
    """What is special about a day; whoever differs from the request does so at lunch."""

    absent: tuple[Pupil, ...] = ()
    ate: tuple[Pupil, ...] = ()
    """Though not asked for."""
    did_not_eat: tuple[Pupil, ...] = ()
    left_early: tuple[Pupil, ...] = ()
    unformed: tuple[Class, ...] = ()
    prints_at: str | None = None
    hub_sleeps: bool = False
    """From 23:00 until after midnight."""


@dataclass
class Request:
    """A request as its teacher knows it."""

    id: str
    version: int
    included: set[Key] = field(default_factory=set)


class SchoolDay:
    """A day, its requests and what has come of them."""

    def __init__(self, world: World, day: dt.date, told: Told) -> None:
        self.world = world
        self.day = day
        self.told = told
        self.requests: dict[Class, Request] = {}

    def live(self) -> None:
        """Live the day from the first lesson until its meals are taken off."""
        self.take_the_register()
        self.form()
        self.leave_out_who_has_no_credit()
        self.send_and_print()
        self.kitchen_sees_the_requests()
        self.let_some_go_home()
        facts = set(self.confirm_what_was_eaten())
        self.debit(facts)

    def take_the_register(self) -> None:
        self.world.until(self.day, "07:50:00")
        there = {pupil: pupil not in self.told.absent for pupil in cast.PUPILS}
        answer = mark(self.world, self.day, there)
        assert (answer["accepted"], answer["rejected"]) == (len(there), [])

    def form(self) -> None:
        """Form the requests of today, from orders and the register (MEAL-CLS-01, 03, 05)."""
        self.world.until(self.day, "08:00:00")
        yesterday = self.day - dt.timedelta(days=1)
        for one, who in cast.TEACHERS.items():
            asked = {"formId": new_id(), "schoolCode": cast.SCHOOL, "classCode": one.code}
            refuse = self.world.teacher_refused
            assert refuse(who, "FormRequest", **asked, date=yesterday) == "NOT_TODAY"
            stranger = next(other for other in cast.TEACHERS.values() if other is not who)
            assert refuse(stranger, "FormRequest", **asked, date=self.day) == "NOT_ALLOWED"
            if one not in self.told.unformed:
                formed = self.world.teacher(who, "FormRequest", **asked, date=self.day)
                again = self.world.teacher(who, "FormRequest", **asked, date=self.day)
                assert (again["requestId"], again["duplicate"]) == (formed["requestId"], True)
                self.requests[one] = self.known(one, formed)

    def known(self, one: Class, formed: dict[str, Any]) -> Request:
        """Hold a new request to the orders, the register and the money on the accounts."""
        request = Request(formed["requestId"], formed["version"])
        lines = {
            (self.world.pupil_of(row["account"]), row["mealType"]): row for row in formed["line"]
        }
        expected = {
            (pupil, meal)
            for pupil in cast.PUPILS
            if pupil.school_class is one and not pupil.is_home_study
            for meal in pupil.meals
        }
        assert set(lines) == expected
        for (pupil, meal), row in lines.items():
            is_there = pupil not in self.told.absent
            assert (row["present"], row["included"]) == (is_there, is_there)
            price = self.world.price(pupil, self.day, meal)
            assert row["toPay"] == price.to_pay
            assert row["balance"] == self.world.books.balances[pupil]
            assert row["creditExceeded"] is self.exceeds(pupil, meal)
            assert row["pupilName"]["lastName"] == pupil.surname
            if is_there:
                request.included.add((pupil, meal))
        deadlines = {row["mealType"]: row["at"] for row in formed["printDeadline"]}
        assert deadlines[LUNCH] == dt.datetime.combine(self.day, dt.time(11, 10), LOCAL)
        return request

    def exceeds(self, pupil: Pupil, meal: str) -> bool:
        """Tell whether a meal goes beyond the credit, after the earlier ones of the day."""
        left = self.world.books.balances[pupil]
        for one in pupil.meals:
            left -= self.world.price(pupil, self.day, one).to_pay
            if one == meal:
                break
        return left < -cast.CREDIT_LIMIT

    def leave_out_who_has_no_credit(self) -> None:
        """Leave out what exceeds the credit (MEAL-CLS-04, 12, H-14)."""
        for one, request in self.requests.items():
            over = {key for key in request.included if self.exceeds(*key)}
            if over:
                self.update(one, over, "CREDIT_EXCEEDED")

    def update(self, one: Class, keys: set[Key], reason: str) -> None:
        request = self.requests[one]
        changes = [
            {
                "account": self.world.accounts[pupil],
                "mealType": meal,
                "included": False,
                "reason": reason,
            }
            for pupil, meal in sorted(keys, key=lambda key: (key[0].id, key[1]))
        ]
        who = cast.TEACHERS[one]
        asked = {"requestId": request.id, "version": request.version, "change": changes}
        answer = self.world.teacher(who, "UpdateRequest", **asked)
        assert self.world.teacher(who, "UpdateRequest", **asked)["duplicate"] is True
        other = {**asked, "change": [{**changes[0], "included": True}]}
        assert self.world.teacher_refused(who, "UpdateRequest", **other) == "STALE_VERSION"
        assert answer["version"] == request.version + 1
        request.version = answer["version"]
        request.included -= keys

    def send_and_print(self) -> None:
        for one, request in self.requests.items():
            who = cast.TEACHERS[one]
            asked = {"requestId": request.id, "version": request.version}
            sent = self.world.teacher(who, "SendRequest", **asked)
            assert sent["state"] == "SENT"
            request.version = sent["version"]
            if self.told.prints_at is not None:
                self.world.until(self.day, self.told.prints_at)
                printed = self.world.teacher(who, "PrintRequest", requestId=request.id)
                assert printed["file"]["content"].startswith(b"%PDF-")
                # An hour before the first meal of the class is 08:20, or 11:10 for lunch alone.
                assert printed["late"] is (self.told.prints_at > "11:10:00")

    def kitchen_sees_the_requests(self) -> None:
        """Let the organizer count by class and account, without a name (MEAL-CLS-06, ORG-02)."""
        answer = self.world.organizer.ask(
            ORGANIZER, "GetClassRequests", date=self.day, detail="ACCOUNT"
        )
        seen = {
            (self.world.pupil_of(row["account"]), request["mealType"])
            for request in answer["request"] or []
            for row in request["account"]
            if row["included"]
        }
        assert seen == self.included()
        assert not any(pupil.surname in str(answer) for pupil in cast.PUPILS)

    def included(self) -> set[Key]:
        return {key for request in self.requests.values() for key in request.included}

    def let_some_go_home(self) -> None:
        """Follow the journal when it changes after the request (MEAL-CLS-04)."""
        for pupil in self.told.left_early:
            self.world.until(self.day, "11:00:00")
            mark(self.world, self.day, {pupil: False}, lesson=3)
            self.update(pupil.school_class, {(pupil, LUNCH)}, "JOURNAL_MISMATCH")

    def confirm_what_was_eaten(self) -> Iterator[Key]:
        """Confirm in the last second before 23:00; one second later it is too late (H-13)."""
        told = self.told
        facts = self.included() - {(pupil, LUNCH) for pupil in told.did_not_eat}
        facts |= {(pupil, LUNCH) for pupil in told.ate}
        self.world.until(self.day, "22:59:50")
        assert not self.debits()
        for one, request in self.requests.items():
            differs = {**dict.fromkeys(told.ate, True), **dict.fromkeys(told.did_not_eat, False)}
            rows = [
                {"account": self.world.accounts[pupil], "mealType": LUNCH, "ate": ate}
                for pupil, ate in differs.items()
                if pupil.school_class is one
            ]
            if rows:
                self.confirm(cast.TEACHERS[one], request, rows)
        yield from facts
        for pupil in cast.PUPILS:
            if pupil.is_home_study and (pupil, self.day, LUNCH) in self.world.ordered:
                yield pupil, LUNCH

    def confirm(self, who: Any, request: Request, rows: list[dict[str, Any]]) -> None:
        asked = {"requestId": request.id, "line": rows}
        self.world.at(self.day, "22:59:59")
        answer = self.world.teacher(who, "ConfirmActual", **asked, version=request.version)
        assert (answer["state"], answer["version"]) == ("ACTUAL_CONFIRMED", request.version + 1)
        other = {"requestId": request.id, "line": [{**rows[0], "ate": not rows[0]["ate"]}]}
        self.world.at(self.day, "23:00:00")
        late = self.world.teacher_refused(who, "ConfirmActual", **other, version=answer["version"])
        assert late == "CUT_OFF_PASSED"
        self.world.at(self.day, "22:59:59")

    def debit(self, facts: set[Key]) -> None:
        """Let 23:00 pass, awake or asleep, and find every fact debited once (MEAL-DEB-01...06)."""
        if self.told.hub_sleeps:
            self.world.at(self.day + dt.timedelta(days=1), "00:10:00")
            self.world.background.work()
        else:
            self.world.until(self.day, "23:00:00")
            assert not self.debits()
            self.world.until(self.day, "23:10:00")
        self.world.books.debit(
            self.day,
            [(pupil, meal, self.world.price(pupil, self.day, meal)) for pupil, meal in facts],
        )
        self.world.background.work()
        assert self.debits() == {
            (pupil, meal): made
            for (pupil, day, meal), made in self.world.books.debits.items()
            if day == self.day
        }
        self.control_facts(facts)

    def debits(self) -> dict[Key, Any]:
        """Return what the organizer is told was debited for the day."""
        answer = self.world.organizer.ask(ORGANIZER, "GetDebits", period=period(self.day, self.day))
        return self.world.told_debits(answer)

    def control_facts(self, facts: set[Key]) -> None:
        """See the day shut, and the kitchen told of the same meals."""
        answer = self.world.organizer.ask(ORGANIZER, "GetActualMeals", date=self.day)
        assert answer["locked"] is True
        served = {
            (self.world.pupil_of(account), row["mealType"])
            for row in answer["row"] or []
            for account in row["account"]
        }
        assert served == {key for key in facts if not key[0].is_home_study}
        for one, request in self.requests.items():
            who = cast.TEACHERS[one]
            found = self.world.teacher(who, "GetRequest", requestId=request.id)["request"]
            assert found["state"] == "LOCKED"
            refused = self.world.teacher_refused(
                who, "SendRequest", requestId=request.id, version=found["version"]
            )
            assert refused == "CUT_OFF_PASSED"
