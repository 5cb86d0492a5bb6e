"""`hub attack-test`: fire the catalogue of attacks at a test contour and tell what it answered."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.table import Table

from gateway.attacks import campaign, report
from gateway.attacks.attack import Attack
from gateway.attacks.campaign import NotATestContour, Told
from gateway.attacks.catalogue import ATTACKS
from gateway.attacks.forge import Forge, KeyRefused
from gateway.attacks.ground import ACCOUNT, ORGANIZER_INN, Credentials, Ground
from gateway.attacks.wire import Canary, Target, Unreachable
from gateway.bootstrap import Hub
from gateway.cli import tables
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.soap.parse import Version

_VERSIONS = {"1.1": Version.SOAP11, "1.2": Version.SOAP12}
_PORTS = {"http": 80, "https": 443}
_RANGE = re.compile(r"[0-9]{1,2}(-[0-9]{1,2})?")
_FILE = click.Path(dir_okay=False, path_type=Path)
_KEY_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _chosen(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> frozenset[int] | None:
    """Read numbers of attacks: `1,5,30-34`."""
    if value is None:
        return None
    chosen: set[int] = set()
    for piece in value.split(","):
        if not _RANGE.fullmatch(piece):
            raise click.BadParameter(f"{piece}: ожидается номер или промежуток, например 30-34")
        first, _, last = piece.partition("-")
        chosen.update(range(int(first), int(last or first) + 1))
    unknown = chosen - {attack.number for attack in ATTACKS}
    if unknown:
        raise click.BadParameter(f"нет атаки {min(unknown)}")
    return frozenset(chosen)


@click.command("attack-test")
@click.option("--url", required=True, help="Адрес узла, например http://127.0.0.1:8080.")
@click.option("--login", required=True, help="Логин участника в тестовом контуре.")
@click.option("--password", required=True, help="Пароль.")
@click.option("--key", type=_KEY_FILE, help="Ключ участника (PEM), чтобы проверить подпись.")
@click.option("--certificate", type=_KEY_FILE, help="Его сертификат (PEM).")
@click.option("--account", default=ACCOUNT, show_default=True, help="Лицевой счёт платежей.")
@click.option(
    "--organizer-inn", default=ORGANIZER_INN, show_default=True, help="Чьи реестры подаются."
)
@click.option("--soap", type=click.Choice(list(_VERSIONS)), help="Версия SOAP; без неё обе.")
@click.option("--only", callback=_chosen, help="Номера атак, например 1,5,30-34.")
@click.option("--json", "json_file", type=_FILE, help="Записать отчёт в JSON.")
@click.option("--html", "html_file", type=_FILE, help="Записать отчёт страницей.")
@click.pass_obj
def attack_test(
    hub: Hub,
    /,
    url: str,
    login: str,
    password: str,
    key: Path | None,
    certificate: Path | None,
    account: str,
    organizer_inn: str,
    soap: str | None,
    only: frozenset[int] | None,
    json_file: Path | None,
    html_file: Path | None,
) -> None:
    """Проверить тестовый контур атаками; код 0, если он устоял, 1, если нет, 2, если не проверен.

    Рабочий контур не атакуется. На лицевой счёт поступает один платёж в 1 рубль (атака 58),
    остальное узел должен отвергнуть. Ссылки в сообщениях ведут только к самой этой команде.
    """
    attacks = [attack for attack in ATTACKS if only is None or attack.number in only]
    versions = list(_VERSIONS.values()) if soap is None else [_VERSIONS[soap]]
    told: list[tuple[Version, Told]] = []
    target = _target(url)
    try:
        forge = _forge(key, certificate)
        with Canary() as canary:
            for version in versions:
                ground = campaign.reconnoitre(
                    target,
                    version,
                    Credentials(login, password),
                    hub.catalog,
                    hub.clock,
                    canary,
                    forge,
                )
                ground = replace(ground, account=account, organizer_inn=organizer_inn)
                told += _fired(attacks, ground, canary)
    except (NotATestContour, Unreachable, KeyRefused) as error:
        click.echo(f"hub: {error}", err=True)
        sys.exit(2)
    moment = hub.clock().astimezone(LOCAL).strftime("%d.%m.%Y %H:%M:%S")
    made = report.make(target.url, moment, told)
    _print(made)
    if json_file is not None:
        content = json.dumps(report.as_json(made), ensure_ascii=False, indent=2)
        json_file.write_text(content + "\n", encoding="utf-8")
    if html_file is not None:
        html_file.write_text(report.as_html(made), encoding="utf-8")
    sys.exit(1 if made.failed else 0)


def _target(url: str) -> Target:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise click.BadParameter(f"{url}: ожидается http://узел:порт", param_hint="--url")
    if parts.path.strip("/").partition("/")[0] == Contour.PROD.path:
        raise click.BadParameter("рабочий контур не атакуется", param_hint="--url")
    return Target(parts.hostname, parts.port or _PORTS[parts.scheme], tls=parts.scheme == "https")


def _forge(key: Path | None, certificate: Path | None) -> Forge | None:
    if (key is None) != (certificate is None):
        raise click.UsageError("--key и --certificate указываются вместе")
    if key is None or certificate is None:
        return None
    return Forge.read(key.read_bytes(), certificate.read_bytes())


def _fired(attacks: Sequence[Attack], ground: Ground, canary: Canary) -> list[tuple[Version, Told]]:
    told = []
    for one in campaign.run(attacks, ground, canary):
        told.append((ground.version, one))
        if sys.stderr.isatty():
            click.echo(
                f"\r{report.soap_name(ground.version)} {one.attack.name:40}", err=True, nl=False
            )
    if sys.stderr.isatty():
        click.echo(err=True)
    return told


def _print(made: report.Report) -> None:
    table = Table("№", "Атака", "SOAP", "Ожидалось", "Получено", "Секунд", "Вывод")
    for row in made.rows:
        table.add_row(
            str(row.number),
            row.title,
            row.soap,
            row.expected,
            row.got,
            f"{row.seconds:.2f}" if row.shots else "",
            row.verdict + (f": {row.text}" if row.text else ""),
        )
    tables.show(table)
    click.echo(f"{made.url}, {made.moment}. {made.summary}")
