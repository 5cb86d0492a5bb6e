"""The `hub` command: what other people's scripts rely on (architecture, section 9)."""

import os
import sys

import click

from gateway import bootstrap
from gateway.cli.attachment import attachment
from gateway.cli.attack import attack_test
from gateway.cli.books import reconcile
from gateway.cli.calendar import calendar
from gateway.cli.case import case
from gateway.cli.certificate import certificate
from gateway.cli.check import check
from gateway.cli.conform import conform
from gateway.cli.databases import db
from gateway.cli.demo import demo
from gateway.cli.document import document
from gateway.cli.emulator import emulator
from gateway.cli.endpoint import endpoint
from gateway.cli.job import job
from gateway.cli.journal import journal
from gateway.cli.meals import meals
from gateway.cli.notice import notice
from gateway.cli.outbox import outbox
from gateway.cli.participant import participant
from gateway.cli.review import review
from gateway.cli.serve import serve
from gateway.cli.service import service
from gateway.cli.settings import settings
from gateway.cli.sign import sign
from gateway.cli.system import system
from gateway.cli.verify import verify
from gateway.kernel.logs import configure
from gateway.kernel.settings import SettingsBroken, load
from gateway.security.own import OwnKeyBroken
from gateway.security.provider import ProviderMissing
from gateway.storage.vault import VaultClosed


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="uzel", prog_name="hub")
@click.pass_context
def hub(context: click.Context) -> None:
    """Узел: обмен XML между информационным центром региона и участниками."""
    loaded = load(os.environ)
    configure(loaded.log_level)
    context.obj = bootstrap.assemble(loaded)


COMMANDS = (
    serve,
    demo,
    check,
    conform,
    sign,
    verify,
    attack_test,
    reconcile,
    journal,
    participant,
    system,
    endpoint,
    service,
    attachment,
    case,
    emulator,
    certificate,
    meals,
    notice,
    outbox,
    job,
    calendar,
    document,
    meals,
    review,
    db,
    settings,
)
for command in COMMANDS:
    hub.add_command(command)


BROKEN = (SettingsBroken, bootstrap.HubBroken, OwnKeyBroken, ProviderMissing, VaultClosed)


def main() -> None:
    """Run the command; what the operator has to mend is one line on stderr, exit code 2."""
    try:
        hub()
    except BROKEN as error:
        click.echo(f"hub: {error}", err=True)
        sys.exit(2)
