"""What the commands about the participant registry share: arguments, refusals, who is at work."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.storage.vault import VaultClosed

code_argument = click.argument("code", metavar="КОД")
service_argument = click.argument("service", metavar="СЕРВИС")
contour_option = click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    default=Contour.TEST.path,
    show_default=True,
    help="Контур.",
)
basis_option = click.option("--basis", help="Документ-основание.")
required_basis_option = click.option("--basis", required=True, help="Документ-основание.")
date_type = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])
moment_type = click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"])


def in_tyumen(moment: datetime) -> datetime:
    """Return what the operator typed as local time as a moment in UTC."""
    return moment.replace(tzinfo=LOCAL).astimezone(UTC)


def actor() -> str:
    """Return who is at work, as the change log shall tell it."""
    return getpass.getuser()


@contextmanager
def refusals() -> Iterator[None]:
    """Tell the operator what was refused and what to do, exit code 1."""
    try:
        yield
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal
    except VaultClosed as error:
        raise click.ClickException(str(error)) from error
