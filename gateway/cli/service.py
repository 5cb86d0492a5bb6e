"""`hub service`: services of the portal, their departments, routes, forms and status codes."""

from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import files, words
from gateway.cli.databases import prepare
from gateway.cli.form_files import read_documents
from gateway.cli.options import actor, basis_option, contour_option, date_type, refusals
from gateway.cli.tables import show as show_table
from gateway.kernel.errors import Finding
from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry import endpoints
from registry.calendar import local_date
from registry.portal_services import AttachmentTerms, Route, ServiceCard, desk, repository
from registry.portal_services.errors import PortalServiceUnknown
from registry.portal_services.forms import form_of

APPLICATION = "portal/application"
_MIB = 1024 * 1024

service_argument = click.argument("code", metavar="УСЛУГА")
route_type = click.Choice([route.value.lower() for route in Route], case_sensitive=False)


@click.group()
@click.pass_obj
def service(hub: Hub) -> None:
    """Услуги портала: ведомства, маршруты заявлений, формы, коды статусов."""
    prepare(hub)


@service.command()
@service_argument
@click.option("--title", required=True, help="Наименование услуги.")
@click.option("--department", required=True, metavar="КОД", help="Участник, который её оказывает.")
@click.option("--attach", multiple=True, metavar="ТИП", help="Тип приложений: application/pdf.")
@click.option("--attach-mb", default=10, show_default=True, help="Все приложения вместе, МиБ.")
@basis_option
@click.pass_obj
def add(
    hub: Hub,
    code: str,
    title: str,
    department: str,
    attach: tuple[str, ...],
    attach_mb: int,
    basis: str | None,
) -> None:
    """Внести услугу или исправить её карточку; без --attach приложений не принимают."""
    terms = AttachmentTerms(frozenset(attach), attach_mb * _MIB) if attach else None
    card = ServiceCard(code, title, department, terms)
    with refusals(), hub.registry.writing() as transaction:
        changed = desk.enter(transaction, card, hub.clock(), actor(), basis)
    click.echo(f"{code}: {'внесена' if changed else 'уже такая'}, ведомство {department}")


@service.command("list")
@click.option("--department", metavar="КОД", help="Только услуги этого участника.")
@click.pass_obj
def list_services(hub: Hub, department: str | None) -> None:
    """Показать услуги и где они открыты."""
    table = Table("Услуга", "Наименование", "Ведомство", "test", "prod", "Формы")
    with refusals(), hub.registry.reading() as transaction:
        for card in repository.cards(transaction):
            if department not in {None, card.department}:
                continue
            routes = repository.routes(transaction, card.code)
            table.add_row(
                card.code,
                card.title,
                card.department,
                *(_state(routes.get(contour)) for contour in (Contour.TEST, Contour.PROD)),
                ", ".join(form.version for form in repository.forms(transaction, card.code)),
            )
    show_table(table)


@service.command()
@service_argument
@click.pass_obj
def show(hub: Hub, code: str) -> None:
    """Показать одну услугу целиком."""
    with refusals(), hub.registry.reading() as transaction:
        card = _card(transaction, code)
        routes = repository.routes(transaction, code)
        forms = repository.forms(transaction, code)
        codes = repository.codes(transaction, code)
    click.echo(f"{card.code}: {card.title}")
    click.echo(f"ведомство: {card.department}")
    click.echo(f"приложения: {_attachments(card)}")
    for contour in Contour:
        click.echo(f"контур {contour.path}: {_state(routes.get(contour))}")
    for form in forms:
        since = words.day(form.since)
        click.echo(f"форма {form.version} с {since}: {form.namespace}, SHA-256 {form.digest.hex()}")
    for org_code, tech_code in codes.items():
        click.echo(f"статус «{org_code}»: {tech_code} {_title(hub, tech_code)}")


@service.command()
@service_argument
@click.argument("version", metavar="ВЕРСИЯ")
@click.argument("schemas", metavar="[ФАЙЛ.xsd...|ФАЙЛ.zip]", nargs=-1, type=files.existing)
@click.option("--since", type=date_type, help="Первый день приёма; без него — сегодня.")
@click.option("--replace", "replaces", is_flag=True, help="Вместо прежней с тем же номером.")
@click.option("--end", "is_ended", is_flag=True, help="Больше не принимать по этой версии.")
@click.option("--check", "sample", type=files.existing, help="Проверить файл с данными формы.")
@basis_option
@click.pass_obj
def form(
    hub: Hub,
    code: str,
    version: str,
    schemas: tuple[Path, ...],
    since: datetime | None,
    replaces: bool,  # noqa: FBT001 -- a flag
    is_ended: bool,  # noqa: FBT001 -- a flag
    sample: Path | None,
    basis: str | None,
) -> None:
    """Загрузить форму услуги, прекратить её (--end) или проверить по ней данные (--check)."""
    if sum([bool(schemas), is_ended, sample is not None]) != 1:
        raise click.UsageError("нужно одно из трёх: схемы формы, --end, --check")
    if sample is not None:
        _check_sample(hub, code, version, sample)
        return
    now = hub.clock()
    with refusals(), hub.registry.writing() as transaction:
        if is_ended:
            desk.end_form(transaction, code, version, now, actor(), basis)
            click.echo(f"{code}: по форме {version} больше не принимают")
            return
        published = desk.publish_form(
            transaction,
            code,
            version,
            read_documents(schemas),
            since.date() if since else local_date(now),
            now,
            actor(),
            basis=basis,
            replaces=replaces,
        )
    click.echo(f"{code}: форма {version} с {words.day(published.since)}, {published.namespace}")


@service.command("route")
@service_argument
@click.argument("route", metavar="МАРШРУТ", type=route_type)
@contour_option
@basis_option
@click.pass_obj
def set_route(hub: Hub, code: str, route: str, contour: str, basis: str | None) -> None:
    """Назвать, куда идут новые заявления: endpoint, ppu или pull."""
    chosen, where = Route(route.upper()), Contour(contour.upper())
    with refusals(), hub.registry.writing() as transaction:
        desk.set_route(transaction, code, where, chosen, hub.clock(), actor(), basis)
        warning = _warning(transaction, code, where, chosen)
    click.echo(f"{code}: в контуре {contour} заявления идут {words.ROUTES[chosen]}{warning}")


@service.command("open")
@service_argument
@click.option("--route", type=route_type, help="Куда идут заявления; без него — как раньше.")
@contour_option
@basis_option
@click.pass_obj
def open_service(hub: Hub, code: str, route: str | None, contour: str, basis: str | None) -> None:
    """Принимать заявления на услугу в контуре."""
    where = Contour(contour.upper())
    named = None if route is None else Route(route.upper())
    with refusals(), hub.registry.writing() as transaction:
        chosen = desk.open_service(transaction, code, where, named, basis, hub.clock(), actor())
        warning = _warning(transaction, code, where, chosen)
    click.echo(f"{code}: открыта в контуре {contour}, {words.ROUTES[chosen]}{warning}")


@service.command("close")
@service_argument
@contour_option
@basis_option
@click.pass_obj
def close_service(hub: Hub, code: str, contour: str, basis: str | None) -> None:
    """Не принимать новых заявлений; принятые идут дальше."""
    where = Contour(contour.upper())
    with refusals(), hub.registry.writing() as transaction:
        desk.close_service(transaction, code, where, basis, hub.clock(), actor())
    click.echo(f"{code}: закрыта в контуре {contour}")


@service.command()
@service_argument
@click.option("--set", "pairs", multiple=True, metavar="КОД=ЧИСЛО", help="Что значит код.")
@click.option("--end", "ended", multiple=True, metavar="КОД", help="Больше не понимать код.")
@basis_option
@click.pass_obj
def codes(
    hub: Hub, code: str, pairs: tuple[str, ...], ended: tuple[str, ...], basis: str | None
) -> None:
    """Показать или изменить, что значат коды статусов ведомства (orgCode → techCode)."""
    known, now = hub.portal_statuses.codes, hub.clock()
    with refusals(), hub.registry.writing() as transaction:
        for org_code in ended:
            desk.end_code(transaction, code, org_code, now, actor(), basis)
        for org_code, tech_code in map(_pair, pairs):
            desk.set_code(transaction, code, org_code, tech_code, known, now, actor(), basis)
        _card(transaction, code)
        standing = repository.codes(transaction, code)
    table = Table("Код ведомства", "techCode", "Состояние")
    for org_code, tech_code in standing.items():
        table.add_row(org_code, str(tech_code), _title(hub, tech_code))
    show_table(table)


def _pair(text: str) -> tuple[str, int]:
    org_code, _, number = text.rpartition("=")
    if not org_code or not (number.isascii() and number.isdecimal()):
        raise click.UsageError(f"--set: ожидается КОД=ЧИСЛО, а не {text}")
    return org_code, int(number)


def _card(transaction: Transaction, code: str) -> ServiceCard:
    card = repository.card(transaction, code)
    if card is None:
        raise PortalServiceUnknown(f"Услуги {code} нет.")
    return card


def _check_sample(hub: Hub, code: str, version: str, sample: Path) -> None:
    with refusals(), hub.registry.reading() as transaction:
        found = form_of(transaction, code, version)
    errors = found.errors(sample.read_bytes())
    for error in errors:
        click.echo(_told(error))
    if errors:
        raise SystemExit(1)
    click.echo(f"{sample.name}: соответствует форме {version} услуги {code}")


def _told(error: Finding) -> str:
    place = ", ".join(
        part for part in (f"строка {error.line}" if error.line else "", error.path or "") if part
    )
    return f"{place}: {error.text} {error.advice or ''}".rstrip()


def _title(hub: Hub, tech_code: int) -> str:
    return hub.portal_statuses.titles.get(tech_code, "такого кода больше нет")


def _attachments(card: ServiceCard) -> str:
    if card.attachments is None:
        return "не принимаются"
    types = ", ".join(sorted(card.attachments.types))
    return f"{types}; вместе до {card.attachments.total_bytes // _MIB} МиБ"


def _state(standing: tuple[Route, bool] | None) -> str:
    if standing is None:
        return "не открывалась"
    route, is_open = standing
    return f"{'открыта' if is_open else 'закрыта'}, {words.ROUTES[route]}"


def _warning(transaction: Transaction, code: str, contour: Contour, route: Route) -> str:
    """Tell that applications would wait: the department has no address yet."""
    card = _card(transaction, code)
    if route is not Route.ENDPOINT or endpoints.find(
        transaction, card.department, APPLICATION, contour
    ):
        return ""
    return (
        f"\nвнимание: у {card.department} нет адреса {APPLICATION} в контуре {contour.path},"
        " заявления будут ждать: hub endpoint set"
    )
