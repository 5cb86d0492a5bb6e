"""`hub emulator`: a counterpart for the test contour that behaves, or does not, as it is told."""

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import click

from gateway.bootstrap import Hub
from gateway.edge.emulators import EMULATORS, Cast
from gateway.edge.emulators.caller import Account, Faulted
from gateway.edge.emulators.calls import Order, Submitted
from gateway.edge.emulators.department import TITLES, Document, Step
from gateway.edge.emulators.frame import Kept, Manner, Rule
from gateway.edge.emulators.server import EmulatorServer
from gateway.kernel.ports import LOCAL

PASSWORD = "EMULATOR_PASSWORD"  # noqa: S105 -- the name of a variable
DONE = 3
RESULT = Document("result.txt", "Услуга оказана (показ).\n".encode(), "text/plain")
"""What goes with the last event of an application that was done."""
_MANNERS = click.Choice([manner.value for manner in Manner])


class RuleText(click.ParamType[Rule]):
    """`SubmitApplication:serviceCode=DOWN:silent` as a rule."""

    name = "правило"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Rule:
        """Return the rule or refuse the command line."""
        if isinstance(value, Rule):
            return value
        try:
            operation, where, manner = str(value).split(":")
            element, text = where.split("=", 1)
            return Rule(operation, element, text, Manner(manner))
        except ValueError:
            self.fail("ожидается ОПЕРАЦИЯ:ЭЛЕМЕНТ=ЗНАЧЕНИЕ:КАК", param, ctx)


class CourseText(click.ParamType[tuple[Step, ...]]):
    """`7,3` as the steps of a department; the last one brings a document if it is 3."""

    name = "ход"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Step, ...]:
        """Return the steps or refuse the command line."""
        if isinstance(value, tuple):
            return value
        codes = str(value).split(",")
        if not all(code.isdigit() and int(code) in TITLES for code in codes):
            known = ", ".join(map(str, sorted(TITLES)))
            self.fail(f"ожидаются коды статусов через запятую, из {known}", param, ctx)
        return tuple(
            Step(int(code), document=RESULT if int(code) == DONE else None) for code in codes
        )


@click.command()
@click.argument("name", metavar="ИМЯ", type=click.Choice(sorted(EMULATORS)))
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option("--port", default=8090, show_default=True, help="Порт; 0 — любой свободный.")
@click.option("--manner", type=_MANNERS, default="good", show_default=True, help="Как себя вести.")
@click.option("--delay", default=5.0, show_default=True, help="Секунд до ответа при slow.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    type=RuleText(),
    help="ОПЕРАЦИЯ:ЭЛЕМЕНТ=ЗНАЧЕНИЕ:КАК — особое поведение по значению элемента.",
)
@click.option(
    "--hub", "url", help="Адрес узла: ведомство сообщает ему события, портал подаёт заявления."
)
@click.option("--code", help="Код участника, от имени которого.")
@click.option("--login", help="Логин тестового контура; пароль — в EMULATOR_PASSWORD.")
@click.option(
    "--course",
    type=CourseText(),
    default=(),
    help="КОДЫ статусов через запятую, по которым заявление идёт само после 6.",
)
@click.option("--submit", "service", help="КОД услуги: портал подаёт на неё заявления.")
@click.option(
    "--form",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Файл с заполненной формой услуги.",
)
@click.option("--form-version", default="1.0", show_default=True, help="Версия формы.")
@click.option("--first", default=1, show_default=True, help="Номер первого заявления.")
@click.option("--count", default=1, show_default=True, help="Сколько заявлений подать.")
@click.pass_obj
def emulator(
    hub: Hub,
    name: str,
    host: str,
    port: int,
    manner: str,
    delay: float,
    rules: tuple[Rule, ...],
    url: str | None,
    code: str | None,
    login: str | None,
    course: tuple[Step, ...],
    service: str | None,
    form: Path | None,
    form_version: str,
    first: int,
    count: int,
) -> None:
    """Изображать другую сторону тестового контура, пока не остановят."""
    account = _account(url, code, login)
    orders = _orders(service, form, form_version, range(first, first + count), hub.clock())
    cast = Cast(hub.clock, hub.identifiers, account, lambda _: course, orders, _tell_answer)
    counterpart = EMULATORS[name](cast)
    made, client = counterpart.emulator, counterpart.client
    made.manner, made.delay, made.rules = Manner(manner), timedelta(seconds=delay), list(rules)
    made.watch = _tell
    try:
        server = EmulatorServer(made, host, port)
    except OSError as error:
        raise click.ClickException(f"порт {port} не занять: {error.strerror}") from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    click.echo(f"Эмулятор {name}: {server.url}, WSDL — {server.url}?wsdl. Остановить: Ctrl+C.")
    if client is not None:
        client.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.stopping.set()
    finally:
        server.server_close()
        if client is not None:
            client.stop()


def _account(url: str | None, code: str | None, login: str | None) -> Account | None:
    """Return as whom to call the hub; None when no hub is named."""
    if url is None:
        return None
    if code is None or login is None:
        raise click.UsageError("с --hub нужны --code и --login")
    password = os.environ.get(PASSWORD) or click.prompt("Пароль", hide_input=True)
    return Account(url.rstrip("/"), code, login, password)


def _orders(
    service: str | None, form: Path | None, version: str, numbers: range, now: datetime
) -> list[Order]:
    """Return the applications that the portal is to submit."""
    if service is None:
        return []
    if form is None:
        raise click.UsageError("с --submit нужна --form")
    filled = form.read_bytes()
    return [Order(number, service, version, filled, now) for number in numbers]


def _tell_answer(order: Order, answer: Submitted | Faulted) -> None:
    if isinstance(answer, Faulted):
        click.echo(f"Заявление {order.order_id}: отказ {answer}")
        return
    word = "принято раньше" if answer.is_duplicate else "принято"
    click.echo(f"Заявление {order.order_id}: {word}, номер узла {answer.application_id}")


def _tell(kept: Kept) -> None:
    """Say that a message came; never what is in it."""
    ended = "без ответа" if kept.status is None else f"HTTP {kept.status}"
    moment = kept.at.astimezone(LOCAL)
    click.echo(f"{moment:%H:%M:%S} {kept.operation or '?'}: {kept.manner.value}, {ended}")
