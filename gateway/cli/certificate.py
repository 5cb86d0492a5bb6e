"""`hub certificate`: whose signatures are believed, and by whose word."""

import getpass
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.options import code_argument, contour_option, refusals
from gateway.cli.tables import show as show_table
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.security import responders
from gateway.security.issuing import TestAuthority
from gateway.security.path import Purpose
from gateway.security.revocation import EvidenceUnusable
from gateway.security.trust import Role
from registry import certificate_cards, evidence, issuance
from registry.calendar import local_date
from registry.certificate_cards import AuthorityLine, CertificateLine, Said
from registry.certificates import Addresses, CertificateRegistrar
from registry.reference import OPERATOR

PURPOSES = {
    Purpose.MESSAGE: "подпись сообщений (ЭП-ОВ)",
    Purpose.ATTACHMENT: "подпись вложений (ЭП-СП)",
    Purpose.TLS: "соединение (TLS)",
}
ROLES = {Role.ANCHOR: "доверенный", Role.INTERMEDIATE: "промежуточный"}
SOON_DAYS = 60
"""From here on the list shows the days in yellow; the first notice is written then."""
VERY_SOON_DAYS = 14
_SHORT = 16

file_argument = click.argument(
    "file", metavar="ФАЙЛ", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
thumbprint_argument = click.argument("thumbprint", metavar="ОТПЕЧАТОК")
purpose_option = click.option(
    "--purpose",
    type=click.Choice([purpose.value.lower() for purpose in Purpose]),
    default=Purpose.MESSAGE.value.lower(),
    show_default=True,
    help="Назначение: message — ЭП-ОВ, attachment — ЭП-СП, tls — соединение.",
)


@click.group()
@click.pass_obj
def certificate(hub: Hub) -> None:
    """Сертификаты участников и удостоверяющие центры контуров."""
    prepare(hub)


@certificate.command()
@code_argument
@file_argument
@contour_option
@purpose_option
@click.pass_obj
def add(hub: Hub, code: str, file: Path, contour: str, purpose: str) -> None:
    """Зарегистрировать сертификат участника (DER или PEM)."""
    with refusals():
        added = _registrar(hub).add(
            code, Contour(contour.upper()), Purpose(purpose.upper()), file.read_bytes()
        )
    click.echo(f"{code}: {added.subject}, до {_moment(added.not_after)}")
    click.echo(f"отпечаток: {added.thumbprint}")
    _tell(_refresh(hub, everything=False))


@certificate.command("list")
@click.argument("code", metavar="[КОД]", required=False)
@click.option("--ended", is_flag=True, help="Показать и прекращённые.")
@click.pass_obj
def list_all(hub: Hub, code: str | None, ended: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Показать сертификаты; первыми те, что кончаются раньше."""
    table = Table("Участник", "Контур", "Назначение", "Кому выдан", "Отпечаток", "До", "Осталось")
    for line in certificate_cards.list_certificates(hub.registry, code, ended=ended):
        table.add_row(
            line.participant,
            line.contour.value,
            line.purpose.value,
            line.subject,
            line.thumbprint[:_SHORT],
            _moment(line.not_after),
            _days_left(line, hub.clock()),
        )
    show_table(table)


@certificate.command()
@thumbprint_argument
@click.pass_obj
def show(hub: Hub, thumbprint: str) -> None:
    """Показать сертификат и что о нём сказал издатель."""
    with refusals():
        line = certificate_cards.find_certificate(hub.registry, thumbprint)
    show_table(_card(hub, line))


@certificate.command()
@thumbprint_argument
@click.pass_obj
def end(hub: Hub, thumbprint: str) -> None:
    """Прекратить регистрацию сертификата, который заменён."""
    with refusals():
        line = certificate_cards.find_certificate(hub.registry, thumbprint)
        _registrar(hub).end(line.contour, line.thumbprint)
    click.echo(f"{line.participant}: регистрация {line.thumbprint[:_SHORT]} прекращена")


@certificate.command()
@thumbprint_argument
@click.option("--reason", required=True, help="Причина: ключ утрачен, сотрудник уволен …")
@click.pass_obj
def revoke(hub: Hub, thumbprint: str, reason: str) -> None:
    """Не принимать сертификат больше никогда, что бы ни говорил издатель."""
    with refusals():
        line = certificate_cards.find_certificate(hub.registry, thumbprint)
        _registrar(hub).revoke(line.contour, line.thumbprint, reason)
    click.echo(f"{line.participant}: сертификат {line.thumbprint[:_SHORT]} отозван: {reason}")


@certificate.group()
def anchor() -> None:
    """Удостоверяющие центры контура."""


@anchor.command("add")
@file_argument
@contour_option
@click.option("--intermediate", is_flag=True, help="Промежуточный центр, а не доверенный.")
@click.option("--crl", "crl_address", metavar="АДРЕС", help="Где брать список отзыва (СОС).")
@click.option("--ocsp", "ocsp_address", metavar="АДРЕС", help="Где спрашивать службу OCSP.")
@click.pass_obj
def add_anchor(
    hub: Hub,
    file: Path,
    contour: str,
    intermediate: bool,  # noqa: FBT001 -- a flag of the command line
    crl_address: str | None,
    ocsp_address: str | None,
) -> None:
    """Внести удостоверяющий центр или сменить его адреса."""
    for address in filter(None, (crl_address, ocsp_address)):
        if not responders.is_address(address):
            raise click.UsageError(f"не адрес http или https: {address}")
    role = Role.INTERMEDIATE if intermediate else Role.ANCHOR
    with refusals():
        added = _registrar(hub).add_authority(
            Contour(contour.upper()), role, file.read_bytes(), Addresses(crl_address, ocsp_address)
        )
    click.echo(f"{contour}: {ROLES[role]} центр {added.subject}, до {_moment(added.not_after)}")
    click.echo(f"отпечаток: {added.thumbprint}")
    if (crl_address, ocsp_address) == (None, None):
        click.echo("Адресов СОС и OCSP нет: отзыв сертификатов центра не проверить.", err=True)
        for address in (*added.crl_addresses, *added.ocsp_addresses):
            click.echo(f"В самом сертификате назван {address}", err=True)
    _tell(_refresh(hub, everything=False))


@anchor.command("list")
@click.option("--ended", is_flag=True, help="Показать и исключённые.")
@click.pass_obj
def list_anchors(hub: Hub, ended: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Показать центры контуров, их адреса и возраст списков отзыва."""
    table = Table("Контур", "Центр", "Роль", "Отпечаток", "До", "Адреса", "СОС", "Сбой")
    for line in certificate_cards.list_authorities(hub.registry, ended=ended):
        table.add_row(
            line.contour.value,
            line.subject,
            ROLES[line.role],
            line.thumbprint[:_SHORT],
            _moment(line.not_after),
            "\n".join(filter(None, (line.crl_address, line.ocsp_address))),
            _age(line, hub.clock()),
            line.failure or "",
        )
    show_table(table)


@anchor.command("end")
@thumbprint_argument
@contour_option
@click.pass_obj
def end_anchor(hub: Hub, thumbprint: str, contour: str) -> None:
    """Исключить удостоверяющий центр из контура."""
    chosen = Contour(contour.upper())
    with refusals():
        line = certificate_cards.find_authority(hub.registry, chosen, thumbprint)
        _registrar(hub).end_authority(chosen, line.thumbprint)
    click.echo(f"{contour}: центр {line.subject} исключён")


@certificate.command()
@click.option(
    "--crl",
    "file",
    metavar="ФАЙЛ",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Взять список отзыва из файла (для закрытых сетей).",
)
@click.option("--issuer", metavar="ОТПЕЧАТОК", help="Чей это список.")
@contour_option
@click.pass_obj
def refresh(hub: Hub, file: Path | None, issuer: str | None, contour: str) -> None:
    """Спросить всех издателей об отзыве; код 1, если кто-то не ответил."""
    if file is None:
        if _tell(_refresh(hub, everything=True)):
            raise SystemExit(1)
        return
    if issuer is None:
        raise click.UsageError("назовите издателя: --issuer")
    with refusals():
        line = certificate_cards.find_authority(hub.registry, Contour(contour.upper()), issuer)
        octets = certificate_cards.authority_der(hub.registry, line.thumbprint)
        try:
            evidence.keep_crl(
                hub.registry,
                file.read_bytes(),
                hub.certificate_reader.read(octets),
                hub.clock(),
            )
        except EvidenceUnusable as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"СОС принят: {line.subject}")


@certificate.command("test-ca")
@click.pass_obj
def test_ca(hub: Hub) -> None:
    """Создать тестовый удостоверяющий центр узла и довериться ему в тестовом контуре."""
    with refusals():
        made = issuance.anchor_test_authority(
            _registrar(hub), _test_authority(hub), hub.clock(), secrets.token_bytes
        )
    click.echo(f"{made.subject}, до {_moment(made.not_after)}, отпечаток {made.thumbprint}")
    click.echo(f"Ключ и сертификат: {_test_authority(hub).folder}")


@certificate.command("issue-test")
@code_argument
@purpose_option
@click.option(
    "--out",
    "folder",
    metavar="ПАПКА",
    type=click.Path(file_okay=False, path_type=Path),
    help="Куда положить ключ и сертификат; по умолчанию certificates в папке узла.",
)
@click.pass_obj
def issue_test(hub: Hub, code: str, purpose: str, folder: Path | None) -> None:
    """Выпустить участнику ключ и сертификат тестового контура и зарегистрировать его."""
    authority = _test_authority(hub)
    if not authority.exists:
        raise click.ClickException("тестового центра нет: выполните hub certificate test-ca")
    with refusals():
        issued = issuance.issue_for_test(
            hub.registry,
            _registrar(hub),
            authority,
            code,
            Purpose(purpose.upper()),
            folder or hub.settings.home / "certificates",
            hub.clock(),
            secrets.token_bytes,
        )
    click.echo(f"сертификат: {issued.certificate_file}")
    click.echo(f"ключ:       {issued.key_file}")
    click.echo(f"отпечаток:  {issued.certificate.thumbprint}")


@certificate.command("issue-own")
@click.pass_obj
def issue_own(hub: Hub) -> None:
    """Выпустить самому узлу ключ и сертификат тестового контура: ими подписаны его ответы."""
    authority = _test_authority(hub)
    if not authority.exists:
        raise click.ClickException("тестового центра нет: выполните hub certificate test-ca")
    key_file, certificate_file = hub.settings.signing_files(Contour.TEST.path)
    try:
        issuance.issue_own(
            authority,
            hub.settings.code,
            OPERATOR.name,
            key_file,
            certificate_file,
            hub.clock(),
            secrets.token_bytes,
        )
    except FileExistsError as error:
        raise click.ClickException(f"ключ уже есть: {key_file}") from error
    click.echo(f"сертификат: {certificate_file}")
    click.echo("Действует после перезапуска узла.")


def _registrar(hub: Hub) -> CertificateRegistrar:
    return CertificateRegistrar(hub.registry, hub.clock, getpass.getuser(), hub.certificate_reader)


def _test_authority(hub: Hub) -> TestAuthority:
    return TestAuthority(hub.settings.home / "test-ca")


def _refresh(hub: Hub, *, everything: bool) -> list[evidence.Attempt]:
    return evidence.refresh(
        hub.registry,
        responders.fetch,
        hub.certificate_reader,
        hub.clock(),
        everything=everything,
    )


def _tell(attempts: list[evidence.Attempt]) -> bool:
    """Tell how the questions went; True when somebody did not answer."""
    failed = [attempt for attempt in attempts if attempt.failure is not None]
    if attempts:
        click.echo(f"Спрошено издателей: {len(attempts)}, без ответа: {len(failed)}")
    for attempt in failed:
        click.echo(f"{attempt.address}: {attempt.subject}: {attempt.failure}", err=True)
    return bool(failed)


def _card(hub: Hub, line: CertificateLine) -> Table:
    table = Table("Реквизит", "Значение", title=f"Сертификат {line.thumbprint[:_SHORT]}")
    rows: list[tuple[str, Any]] = [
        ("Отпечаток", line.thumbprint),
        ("Участник", line.participant),
        ("Контур", line.contour.value),
        ("Назначение", PURPOSES[line.purpose]),
        ("Кому выдан", line.subject),
        ("Издатель", line.issuer),
        ("Серийный номер", line.serial),
        ("Действует", f"{_moment(line.not_before)} – {_moment(line.not_after)}"),
        ("Осталось", _days_left(line, hub.clock())),
        ("Зарегистрирован", _moment(line.created_at)),
    ]
    if line.vouched_by is not None:
        rows.append(("Предъявлен подписью", line.vouched_by))
    rows += [
        (said.source, _told(said))
        for said in certificate_cards.answers_about(hub.registry, line.thumbprint)
    ]
    parsed = hub.certificate_reader.read(line.der)
    rows += [
        ("Назван в сертификате", address)
        for address in (*parsed.crl_addresses, *parsed.ocsp_addresses)
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _told(said: Said) -> str:
    times = f"спрошено {_moment(said.fetched_at)}, до {_moment(said.next_update)}"
    return f"{said.status}, {times}"


def _days_left(line: CertificateLine, now: datetime) -> Text:
    """Mark by word and by colour: a terminal may have none."""
    if line.revoked is not None:
        return Text(f"отозван: {line.revoked}", "red")
    if line.ended_at is not None:
        return Text(f"прекращён {_moment(line.ended_at)}", "dim")
    if now > line.not_after:
        return Text("истёк", "bold red")
    days = line.days_left(local_date(now))
    if days <= VERY_SOON_DAYS:
        return Text(f"{days} дн. !!", "red")
    return Text(f"{days} дн. !", "yellow") if days <= SOON_DAYS else Text(f"{days} дн.", "green")


def _age(line: AuthorityLine, now: datetime) -> Text:
    if line.listed is None:
        return Text("нет", "yellow" if line.crl_address else "dim")
    hours = (now - line.listed.fetched_at).total_seconds() / 3600
    stale = now >= line.listed.next_update
    word = ", устарел" if stale else ""
    return Text(f"получен {hours:.0f} ч назад{word}", "red" if stale else "green")


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M")
