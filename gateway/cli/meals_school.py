"""The school system in the demo: it tells the attendance, and speaks for a parent and a teacher.

The system signs with its own certificate and vouches for the person in the header of each message.
"""

import uuid
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import zeep.exceptions

from adapters.meals.seed import DemoClass
from gateway.cli.meals_days import Days, meal, period, told
from gateway.cli.meals_kitchen import keep
from gateway.cli.program import (
    Identity,
    OnBehalf,
    Program,
    Say,
    code_of,
    expect,
    expected_fault,
)
from gateway.kernel.message import ActingRole
from gateway.kernel.ports import LOCAL, Clock
from registry.calendar.terms import CHOICE_DAYS

_BUN = {"itemCode": "BUN", "qty": 1}
_ZERO = Decimal("0.00")
_CLOSED = "CUT_OFF_PASSED"


class Formed(NamedTuple):
    """What the teacher has left: the request and its print."""

    request_id: str
    print_file: Path


class Journal:
    """The school system where it speaks for itself: the class journal."""

    def __init__(self, identity: Identity, led: DemoClass, clock: Clock, say: Say) -> None:
        """Read the WSDL over HTTP."""
        self.program = Program(identity, clock)
        self._data = self.program.client("school/data")
        self._led, self._clock, self._say = led, clock, say

    def tell_attendance(self, days: Days) -> None:
        """Tell who is at the first lesson of today; one pupil is not."""
        if days.is_closed:
            with expected_fault(_CLOSED, "SyncAttendance после 23:00", self._say):
                self._sync(days.today)
            return
        answer = self._sync(days.today)
        expect(not answer.rejected, "отметки журнала отвергнуты")
        self._say(
            f"  SyncAttendance, {self._led.name}, первый урок: принято отметок {answer.accepted},"
            f" отсутствует {self._absent}"
        )

    @property
    def _absent(self) -> str:
        """The account of the pupil who is ill: not the one of the story's family."""
        return next(one.account for one in reversed(self._led.pupils) if one != self._led.child)

    def _sync(self, day: date) -> Any:  # noqa: ANN401 -- zeep's own
        at = self._clock().astimezone(LOCAL)
        return self.program.call(
            self._data,
            "SyncAttendance",
            batchId=str(uuid.uuid4()),
            date=day,
            mark=[
                {"pupilId": one.id, "lessonNo": 1, "at": at, **self._presence(one.account)}
                for one in self._led.pupils
            ],
        )

    def _presence(self, account: str) -> dict[str, Any]:
        if account == self._absent:
            return {"present": False, "reason": "EXCUSED"}
        return {"present": True}


class Family:
    """A parent of a pupil, through the school system."""

    def __init__(self, system: Program, led: DemoClass, say: Say) -> None:
        """Read the WSDL over HTTP."""
        self._program = system.acting_for(OnBehalf(led.parent_oid, ActingRole.PARENT))
        self._orders = self._program.client("meals/order")
        self._led, self._say = led, say

    def look(self, days: Days) -> None:
        """See the account and the menu of one's own child, and of nobody else's."""
        known = self._call("GetAccount", account=self._led.child.account)
        self._say(
            f"  GetAccount {known.account}, {known.className}: на счёте {known.balance} руб.,"
            f" категория возмещения {known.pchvrCode}"
        )
        with expected_fault("NOT_ALLOWED", "GetAccount чужого ребёнка", self._say):
            self._call("GetAccount", account=self._led.stranger)
        if days.missing_year is not None:
            with expected_fault("CALENDAR_MISSING", "GetMenu на две недели", self._say):
                self._menu(_window(days.today))
        elif days.is_in_window:
            self._tell_menu(self._menu(period(days.meals)), days.meals[0])
        else:
            self._tell_closed(self._menu(_window(days.today)))

    def order(self, days: Days) -> str | None:
        """Choose, see what lacks, confirm; return the order, None when nothing can be chosen."""
        if days.frozen is not None and days.frozen <= _window(days.today)["to"]:
            with expected_fault("FROZEN", f"SaveChoice на {told(days.frozen)}", self._say):
                self._choose([_lunch(days.frozen)])
        if days.missing_year is not None:
            return None
        if not days.is_in_window:
            with expected_fault("OUT_OF_WINDOW", f"SaveChoice на {told(days.meals[0])}", self._say):
                self._choose([_lunch(days.meals[0])])
            return None
        saved = self._choose(_others(self._menu(period(days.meals))))
        total = saved.total
        self._say(
            f"  SaveChoice, вторые комплексы на все дни и одна булочка, строк {len(saved.saved)}:"
            f" стоимость {total.full}, возмещение {total.discount}, к оплате {total.toPay}"
        )
        self._say(_offer(saved))
        confirmed = self._call(
            "ConfirmOrder",
            confirmId=str(uuid.uuid4()),
            account=self._led.child.account,
            period=period(days.meals),
        )
        states = {one.state for one in confirmed.item}
        expect(states == {"CONFIRMED"}, f"подтверждение: {states}")
        self._say(f"  ConfirmOrder, строк {len(confirmed.item)}: заказ {confirmed.orderId}")
        return str(confirmed.orderId)

    def _tell_menu(self, menu: Any, first: date) -> None:  # noqa: ANN401 -- zeep's own
        day = next(one for one in menu.day if one.date == first)
        closes = day.freezeAt.astimezone(LOCAL)
        self._say(f"  GetMenu, {told(first)}, выбор открыт до {closes:%d.%m %H:%M}:")
        for served in day.meal:
            for one in served.complex:
                default = ", комплекс дня" if one.isDefault else ""
                self._say(
                    f"    {one.complexCode} «{one.name}»{default}: стоит {one.fullPrice},"
                    f" возмещается {one.discount}, к оплате {one.toPay}"
                )

    def _tell_closed(self, menu: Any) -> None:  # noqa: ANN401 -- zeep's own
        expect(all(day.frozen for day in menu.day), "в окне выбора есть открытый день")
        self._say(
            f"  GetMenu на две недели: дней с питанием {len(menu.day)}, выбор на них уже закрыт,"
            " а следующие дни ещё за окном выбора"
        )

    def _menu(self, days: dict[str, date]) -> Any:  # noqa: ANN401 -- zeep's own
        return self._call("GetMenu", account=self._led.child.account, period=days)

    def _choose(self, items: list[dict[str, Any]]) -> Any:  # noqa: ANN401 -- zeep's own
        return self._call(
            "SaveChoice", choiceId=str(uuid.uuid4()), account=self._led.child.account, item=items
        )

    def _call(self, operation: str, **fields: Any) -> Any:  # noqa: ANN401 -- zeep's own
        return self._program.call(self._orders, operation, **fields)


class Teacher:
    """The teacher of the class, through the school system."""

    def __init__(self, system: Program, led: DemoClass, say: Say) -> None:
        """Read the WSDL over HTTP."""
        self._program = system.acting_for(OnBehalf(led.teacher_oid, ActingRole.CLASS_TEACHER))
        self._requests = self._program.client("meals/class-request")
        self._led, self._say = led, say

    def ask_for_tomorrow(self, days: Days) -> None:
        """Show that a request is formed on its own day only."""
        day = days.today + timedelta(days=1)
        with expected_fault("NOT_TODAY", f"FormRequest на {told(day)}", self._say):
            self._form(day)

    def come_too_late(self, days: Days) -> None:
        """Show that after 23:00 a request is as it was, or is not at all."""
        try:
            formed = self._form(days.today)
        except zeep.exceptions.Fault as fault:
            expect(code_of(fault) == _CLOSED, f"другая ошибка: {fault.message}")
            self._say(f"  FormRequest после 23:00: отказ {_CLOSED}: {fault.message}")
            return
        self._say(f"  Заявка {formed.className} сформирована раньше, теперь она {formed.state}")

    def send(self, days: Days, folder: Path) -> Formed:
        """Form the request of today, print it, send it, tell what will be debited."""
        formed = self._form(days.today)
        self._tell(formed)
        printed = self._call("PrintRequest", requestId=formed.requestId)
        path = keep(printed.file, folder)
        late = ", позже срока" if printed.late else ""
        self._say(f"  PrintRequest: {path.name}, {printed.file.size} байт{late}")
        sent = self._call("SendRequest", requestId=formed.requestId, version=formed.version)
        self._say(f"  SendRequest: {sent.state}, версия {sent.version}")
        self._tell_debit(formed)
        return Formed(str(formed.requestId), path)

    def _tell(self, formed: Any) -> None:  # noqa: ANN401 -- zeep's own
        again = ", сформирована прошлым показом" if formed.duplicate else ""
        asked = Counter(line.mealType for line in formed.line if line.included)
        counted = ", ".join(f"{meal(of)} {count}" for of, count in asked.items())
        absent = {line.account for line in formed.line if not line.present}
        deadlines = ", ".join(
            f"{meal(one.mealType)} до {one.at.astimezone(LOCAL):%H:%M}"
            for one in formed.printDeadline
        )
        self._say(
            f"  FormRequest {formed.className}: {formed.state}{again}; порций: {counted};"
            f" отсутствуют {len(absent)}, им не готовят"
        )
        self._say(f"    напечатать: {deadlines}")

    def _tell_debit(self, formed: Any) -> None:  # noqa: ANN401 -- zeep's own
        asked = [line for line in formed.line if line.included]
        total = sum((line.toPay for line in asked), _ZERO)
        free = sum(not line.toPay for line in asked)
        over = sum(line.creditExceeded for line in asked)
        self._say(
            f"  В 23:00 со счетов {formed.className} спишется {total} руб. за {len(asked)} порций"
            f" ({free} из них бесплатны), сверх кредита школы — {over}; остальные классы заявок не"
            " подавали. Что списано, покажет hub meals debit"
        )

    def _form(self, day: date) -> Any:  # noqa: ANN401 -- zeep's own
        return self._call(
            "FormRequest",
            formId=str(uuid.uuid4()),
            schoolCode=self._led.school,
            classCode=self._led.code,
            date=day,
        )

    def _call(self, operation: str, **fields: Any) -> Any:  # noqa: ANN401 -- zeep's own
        return self._program.call(self._requests, operation, **fields)


def _others(menu: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- zeep's own
    """Choose what is not the complex of the day, and a bun with the first of it."""
    items: list[dict[str, Any]] = [
        {"date": day.date, "mealType": served.mealType, "complexCode": one.complexCode}
        for day in menu.day
        for served in day.meal
        for one in served.complex
        if not one.isDefault
    ]
    expect(items, "выбирать не из чего")
    items[0]["additional"] = [_BUN]
    return items


def _lunch(day: date) -> dict[str, Any]:
    return {"date": day, "mealType": "LUNCH", "complexCode": "ОБЕД-2-7"}


def _offer(saved: Any) -> str:  # noqa: ANN401 -- zeep's own
    if saved.topUpSuggested:
        offered = f"узел предлагает пополнить на {saved.suggestedAmount}"
        return f"    на счёте {saved.balance} руб., {offered}; заказать это не мешает"
    return f"    на счёте {saved.balance} руб., этого хватает"


def _window(today: date) -> dict[str, date]:
    return {"from": today, "to": today + timedelta(days=CHOICE_DAYS)}
