"""An application from the portal to a department and back, played through the running hub.

The portal submits over SOAP and is told of every event by the hub; the department's own service is
called by the hub's outbox; where there is none, an employee works the queue by hand or a program
fetches from it. Both other sides are the emulators of `portal_counterparts`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from adapters.portal.samples import ARCHIVE, KINDERGARTEN, SCHOOL, VERSION, sample_data
from gateway.cli.portal_counterparts import Counterparts
from gateway.cli.portal_queue import Employee
from gateway.cli.program import PATIENCE_SECONDS, Identity, Say, StoryBroken, expect
from gateway.edge.emulators import calls
from gateway.edge.emulators.caller import Account, Caller, Faulted
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Document
from gateway.edge.emulators.portal import Told as Event
from gateway.kernel.ports import LOCAL, Clock

DONE, REFUSED, PROGRESS, ASKED = 3, 4, 7, 14
REFERENCE = Document("spravka.txt", "Справка (показ): сведения вымышлены.\n".encode(), "text/plain")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays and where."""

    account: Account
    """As whom the portal calls the hub."""
    employee: Identity
    """As whom the department's employee works the queue."""
    counterparts: Counterparts
    hub_code: str


class Told(NamedTuple):
    """What the story left behind, for `demo.json`."""

    archive_order: int
    school_order: int
    kindergarten_order: int


def play(cast: Cast, clock: Clock, say: Say) -> Told:
    """Play the three ways of an application; raise StoryBroken at the first answer not as told."""
    now = clock().astimezone(LOCAL).replace(microsecond=0)
    first = int(f"{now:%y%m%d%H%M%S}") * 10
    told = Told(*range(first + 2, first + 5))
    stage = Stage(cast, clock, say)
    try:
        say("Портал услуг и ведомство с собственной информационной системой.")
        stage.tell_addresses()
        stage.be_refused(first + 1)
        stage.pass_to_the_department(told.archive_order)
        say("Ведомство без системы: очередь заявлений разбирает сотрудник (SVC-27).")
        stage.work_by_hand(told.school_order)
        say("Ведомство без сервиса: его программа сама забирает заявления (маршрут pull, SVC-27).")
        stage.be_fetched(told.kindergarten_order)
    except Faulted as fault:
        raise StoryBroken(str(fault)) from fault
    finally:
        stage.close()
    expect(not cast.counterparts.portal.complaints(), "портал получил события не по порядку")
    return told


class Stage:
    """The portal's side of the story."""

    def __init__(self, cast: Cast, clock: Clock, say: Say) -> None:
        """Get ready to call the hub as the portal."""
        self._cast, self._clock, self._say = cast, clock, say
        self._caller = Caller(cast.account, clock, uuid4)

    def close(self) -> None:
        """Hang up."""
        self._caller.close()

    def tell_addresses(self) -> None:
        """Tell where the hub reaches the other sides."""
        for address in self._cast.counterparts.addresses:
            self._say(
                f"  hub endpoint set {address.participant} {address.service} {address.url}"
                " --contour test --network internet"
            )

    def be_refused(self, order_id: int) -> None:
        """Submit an application whose form is wrong."""
        try:
            calls.submit(self._caller, self._order(order_id, ARCHIVE, "invalid"))
        except Faulted as fault:
            expect(fault.code == "FORM_SCHEMA_INVALID", f"другая ошибка: {fault}")
            expect(fault.remarks, "отказ не называет мест")
            self._say(f"  SubmitApplication с неверной формой: отказ {fault.code}: {fault.text}")
            for one in fault.remarks:
                self._say(f"    строка {one.line}, {one.path}: {one.text} {one.advice}".rstrip())
        else:
            raise StoryBroken("заявление с неверной формой принято")

    def pass_to_the_department(self, order_id: int) -> None:
        """Submit an application, let the department's system bring it to its end."""
        self._submit(order_id, ARCHIVE)
        department, service = self._cast.counterparts.department, self._cast.counterparts.service
        self._wait(order_id, 6)
        self._say(
            "  Узел вызвал сервис ведомства по его адресу; ведомство приняло заявление и сообщает"
            " статусы узлу (PushEvent)."
        )
        department.push(order_id, PROGRESS, "Запрос передан в архивохранилище.")
        department.push(order_id, ASKED, "Уточните название цеха.")
        self._wait(order_id, ASKED)
        calls.say_to(self._caller, order_id, uuid4(), "Цех вымышленный, второй.")
        self._until(lambda: service.received("SendApplicantMessage"), "сообщение не дошло")
        self._say("  SendApplicantMessage: ответ заявителя передан ведомству тем же порядком.")
        department.push(order_id, PROGRESS, "Сведения найдены, справка на подписи.")
        department.push(order_id, DONE, "Справка готова.", REFERENCE)
        self._tell_events(order_id)

    def work_by_hand(self, order_id: int) -> None:
        """Submit an application to a service that has a queue instead of an address."""
        self._submit(order_id, SCHOOL)
        employee = Employee(self._cast.employee, SCHOOL, self._clock, self._say)
        employee.take(order_id)
        employee.set_status(order_id, "REGISTERED", "Заявление зарегистрировано.")
        employee.set_status(order_id, "QUEUED", "Документы проверяются.")
        employee.set_status(order_id, "ENROLLED", "Приказ о зачислении издан.", document=True)
        employee.be_too_late(order_id)
        self._tell_events(order_id)

    def be_fetched(self, order_id: int) -> None:
        """Submit an application that the department's program fetches; it comes to a refusal."""
        self._submit(order_id, KINDERGARTEN, again=False)
        program = Employee(self._cast.employee, KINDERGARTEN, self._clock, self._say)
        program.take(order_id)
        program.set_status(order_id, "REGISTERED", "Поставлено на учёт.")
        program.set_status(order_id, "REFUSED", "Мест в выбранном саду нет.")
        self._tell_events(order_id, REFUSED)

    def _submit(self, order_id: int, service: str, *, again: bool = True) -> None:
        order = self._order(order_id, service, "valid")
        taken = calls.submit(self._caller, order)
        self._say(f"  SubmitApplication {order_id}, услуга {service}: принято, {_short(taken)}")
        if not again:
            return
        repeated = calls.submit(self._caller, order)
        expect(repeated.is_duplicate, "повтор стал вторым заявлением")
        self._say("  То же заявление ещё раз: duplicate=true, второго заявления нет")

    def _order(self, order_id: int, service: str, name: str) -> Order:
        now: datetime = self._clock()
        return Order(order_id, service, VERSION, sample_data(service, name), now)

    def _tell_events(self, order_id: int, last: int = DONE) -> None:
        """Tell what the portal has heard up to the end, and that the hub says the same."""
        self._wait(order_id, last)
        events = self._cast.counterparts.portal.events(order_id)
        self._say("  Портал получил события по порядку (DeliverEvent):")
        for event in events:
            self._say(f"    {self._told(event)}")
        expect(last != DONE or events[-1].documents, "документ не дошёл до портала")
        code, history = calls.state(self._caller, order_id)
        heard = [event.tech_code for event in events]
        expect(history == heard, f"у узла другая история: {history}")
        self._say(f"  GetApplicationState: {code}, история та же: {', '.join(map(str, history))}")

    def _told(self, event: Event) -> str:
        whose = "узел" if event.sender == self._cast.hub_code else event.sender
        files = f" [{', '.join(event.documents)}]" if event.documents else ""
        comment = f" «{event.comment}»" if event.comment else ""
        return f"{event.tech_code:>2} {event.title} — {whose}{comment}{files}"

    def _wait(self, order_id: int, code: int) -> None:
        portal = self._cast.counterparts.portal
        self._until(
            lambda: code in {event.tech_code for event in portal.events(order_id)},
            f"портал не узнал о статусе {code}",
        )

    def _until(self, condition: Callable[[], object], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            expect(time.monotonic() < deadline, otherwise)
            time.sleep(0.05)


def _short(taken: calls.Submitted) -> str:
    return f"номер узла {taken.application_id}"
