"""`hub emulator`: a counterpart for the test contour that behaves, or does not, as it is told."""

import signal
from datetime import timedelta

import click

from gateway.bootstrap import Hub
from gateway.edge.emulators import EMULATORS
from gateway.edge.emulators.frame import Kept, Manner, Rule
from gateway.edge.emulators.server import EmulatorServer
from gateway.kernel.ports import LOCAL

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
@click.pass_obj
def emulator(
    hub: Hub, name: str, host: str, port: int, manner: str, delay: float, rules: tuple[Rule, ...]
) -> None:
    """Изображать другую сторону тестового контура, пока не остановят."""
    made = EMULATORS[name](hub.clock, hub.identifiers)
    made.manner, made.delay, made.rules = Manner(manner), timedelta(seconds=delay), list(rules)
    made.watch = _tell
    try:
        server = EmulatorServer(made, host, port)
    except OSError as error:
        raise click.ClickException(f"порт {port} не занять: {error.strerror}") from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    click.echo(f"Эмулятор {name}: {server.url}, WSDL — {server.url}?wsdl. Остановить: Ctrl+C.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.stopping.set()
    finally:
        server.server_close()


def _tell(kept: Kept) -> None:
    """Say that a message came; never what is in it."""
    ended = "без ответа" if kept.status is None else f"HTTP {kept.status}"
    moment = kept.at.astimezone(LOCAL)
    click.echo(f"{moment:%H:%M:%S} {kept.operation or '?'}: {kept.manner.value}, {ended}")
