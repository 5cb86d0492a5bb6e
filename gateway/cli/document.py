"""`hub document`: acts, protocols, plans and statements, from the draft to the register."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import files
from gateway.cli.databases import prepare
from gateway.cli.document_pdf import pdf
from gateway.cli.tables import show as show_table
from gateway.documents import DocType, FileFormat
from gateway.documents.tables import TableFormat
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction
from gateway.storage.vault import VaultClosed
from registry.documents import evidence, proof, shelf
from registry.documents.desk import COVERED
from registry.documents.errors import DocumentSignatureInvalid
from registry.documents.export import export as export_table
from registry.documents.proof import DocumentProof
from registry.documents.states import STATES, STEPS, DocumentState
from registry.documents.values import (
    Cms,
    Document,
    Scan,
    Signatory,
    Signature,
    SignatureKind,
    Wanted,
)

KINDS = {
    SignatureKind.CMS: "электронная подпись",
    SignatureKind.SCAN: "на бумаге",
}
FORMATS = tuple(one.name.lower() for one in FileFormat)
_MARKS = {True: "да", False: "НЕТ"}

name_argument = click.argument("name", metavar="НОМЕР")
date_type = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])
moment_type = click.DateTime(["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"])
new_file = click.Path(dir_okay=False, path_type=Path)
force_option = click.option("--force", is_flag=True, help="Записать поверх существующего файла.")

Command = TypeVar("Command", bound=Callable[..., Any])


def filters(command: Command) -> Command:
    """Add the options that choose documents."""
    for option in (
        click.option("--case", type=click.UUID, help="Дело о подключении."),
        click.option("--participant", metavar="КОД", help="Сторона документа."),
        click.option("--until", type=date_type, help="По какой день."),
        click.option("--since", type=date_type, help="С какого дня."),
        click.option(
            "--state",
            type=click.Choice([state.value for state in DocumentState], case_sensitive=False),
            help="Состояние.",
        ),
        click.option(
            "--type",
            "doc_type",
            type=click.Choice([one.value for one in DocType], case_sensitive=False),
            help="Вид документа.",
        ),
    ):
        command = option(command)
    return command


@click.group()
@click.pass_obj
def document(hub: Hub) -> None:
    """Документы подключения: акты, протоколы, планы, заявления; НОМЕР или идентификатор."""
    prepare(hub)


document.add_command(pdf)


@document.command("list")
@filters
@click.pass_obj
def list_all(hub: Hub, /, **chosen: Any) -> None:  # noqa: ANN401 -- the options of `filters`
    """Показать документы, новые первыми."""
    table = Table("Номер", "Дата", "Документ", "Состояние", "Стороны", "Ждёт подписи")
    for one in _found(hub, chosen):
        table.add_row(
            one.number,
            _day(one.dated),
            one.doc_type.title,
            STATES[one.state],
            ", ".join(party.participant for party in one.parties),
            ", ".join(one.awaited) if one.state is not DocumentState.CANCELLED else "",
        )
    show_table(table)


@document.command()
@name_argument
@click.pass_obj
def show(hub: Hub, name: str) -> None:
    """Показать документ, его подписи и историю."""
    with _refusals(), hub.registry.reading() as transaction:
        found = shelf.find_named(transaction, name)
        kept = shelf.formats(transaction, found)
        told = shelf.history(transaction, found.document_id)
    show_table(_card(found, kept))
    if found.signatures:
        show_table(_signatures(found))
    table = Table("Когда", "Кто", "Что", "Примечание", title="История")
    for one in told:
        table.add_row(_moment(one.at), one.actor, STEPS[one.step], one.note or "")
    show_table(table)


@document.command()
@name_argument
@click.option("--format", "file_format", type=click.Choice(FORMATS), default="pdf")
@click.option("--out", required=True, type=new_file, help="Куда записать.")
@force_option
@click.pass_obj
def file(hub: Hub, name: str, file_format: str, out: Path, force: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Записать документ в файл: PDF, DOCX или XML."""
    with _refusals(), hub.registry.reading() as transaction:
        found = shelf.find_named(transaction, name)
        wanted = FileFormat[file_format.upper()]
        written = hub.documents.file(transaction, found.document_id, wanted)
    files.write_new(out, written.octets, force=force)
    click.echo(f"{found.number}: {out}, {'' if written.is_fixed else 'проект, '}SHA-256")
    click.echo(written.sha256.hex())


@document.command()
@name_argument
@click.pass_obj
def offer(hub: Hub, name: str) -> None:
    """Передать на подпись: с этого момента файлы документа не меняются."""
    _change(
        hub,
        name,
        lambda transaction, found: hub.documents.offer(
            transaction, found.document_id, hub.clock(), getpass.getuser()
        ),
    )


@document.command()
@name_argument
@click.option("--party", metavar="КОД", help="Кто подписал; по умолчанию оператор узла.")
@click.option(
    "--cms", "cms_files", type=files.existing, multiple=True, help="Отсоединённая подпись."
)
@click.option("--scan", type=files.existing, help="Скан подписанного на бумаге.")
@click.option("--name", "signatory", help="Фамилия и инициалы подписавшего.")
@click.option("--position", help="Его должность.")
@click.option("--basis", help="На основании чего действует: «Устава».")
@click.option("--signed-at", type=moment_type, help="Когда подписано, по Тюмени; сейчас.")
@click.pass_obj
def sign(
    hub: Hub,
    name: str,
    party: str | None,
    cms_files: tuple[Path, ...],
    scan: Path | None,
    signatory: str | None,
    position: str | None,
    basis: str | None,
    signed_at: datetime | None,
) -> None:
    """Внести подпись стороны.

    Подписи --cms над файлами PDF и XML документа или --scan подписанного на бумаге. Без них
    оператор подписывает PDF и XML ключом узла.
    """
    if cms_files and scan is not None:
        raise click.UsageError("укажите --cms или --scan")
    code = party or hub.settings.code
    who = _signatory(hub, code, signatory, position, basis)
    moment = hub.clock() if signed_at is None else signed_at.replace(tzinfo=LOCAL).astimezone(UTC)

    def change(transaction: Transaction, found: Document) -> Document:
        given = _evidence(hub, transaction, found, code, cms_files, scan)
        outcome = hub.documents.register_signature(
            transaction,
            found.document_id,
            code,
            Signature(given, who, moment),
            hub.clock(),
            getpass.getuser(),
        )
        if outcome.duplicate:
            click.echo("Эта подпись уже внесена.")
        return outcome.document

    _change(hub, name, change)


@document.command()
@name_argument
@click.pass_obj
def register(hub: Hub, name: str) -> None:
    """Зарегистрировать подписанный документ."""
    _change(
        hub,
        name,
        lambda transaction, found: hub.documents.register(
            transaction, found.document_id, hub.clock(), getpass.getuser()
        ),
    )


@document.command()
@name_argument
@click.option("--reason", required=True, help="Причина.")
@click.pass_obj
def cancel(hub: Hub, name: str, reason: str) -> None:
    """Аннулировать документ; его номер больше не выдаётся."""
    _change(
        hub,
        name,
        lambda transaction, found: hub.documents.cancel(
            transaction, found.document_id, reason, hub.clock(), getpass.getuser()
        ),
    )


@document.command()
@name_argument
@click.pass_obj
def verify(hub: Hub, name: str) -> None:
    """Доказать, что документ не менялся; код 1, если менялся.

    Файлы сверяются с хешами и составляются заново из XML, подписи проверяются заново.
    """
    with _refusals(), hub.registry.reading() as transaction:
        found = shelf.find_named(transaction, name)
        proven = proof.prove(transaction, found, hub.providers, hub.documents.templates)
    _tell(proven)
    if not proven.is_whole:
        click.echo(f"{found.number}: документ изменён", err=True)
        raise SystemExit(1)
    click.echo(f"{found.number}: документ не менялся")


@document.command()
@click.option("--out", required=True, type=new_file, help="Файл .csv, .xlsx или .ods.")
@force_option
@filters
@click.pass_obj
def export(hub: Hub, /, out: Path, force: bool, **chosen: Any) -> None:  # noqa: ANN401, FBT001
    """Выгрузить список документов для табличного редактора."""
    try:
        table_format = TableFormat(out.suffix.lower().removeprefix("."))
    except ValueError:
        raise click.UsageError("имя файла кончается на .csv, .xlsx или .ods") from None
    found = _found(hub, chosen)
    files.write_new(out, export_table(found, table_format), force=force)
    click.echo(f"{out}: документов {len(found)}")


def _found(hub: Hub, chosen: dict[str, Any]) -> list[Document]:
    wanted = Wanted(
        doc_type=DocType(chosen["doc_type"]) if chosen["doc_type"] else None,
        since=_date(chosen["since"]),
        until=_date(chosen["until"]),
        case=chosen["case"],
        state=DocumentState(chosen["state"]) if chosen["state"] else None,
        participant=chosen["participant"],
    )
    with hub.registry.reading() as transaction:
        return shelf.search(transaction, wanted)


def _change(hub: Hub, name: str, change: Callable[[Transaction, Document], Document]) -> None:
    """Change one document in a transaction of its own and tell where it stands now."""
    with _refusals(), hub.registry.writing() as transaction:
        changed = change(transaction, shelf.find_named(transaction, name))
    click.echo(f"{changed.number}: {STATES[changed.state]}")
    if changed.awaited and changed.state is not DocumentState.CANCELLED:
        click.echo(f"Ждёт подписи: {', '.join(changed.awaited)}")


def _signatory(
    hub: Hub, code: str, name: str | None, position: str | None, basis: str | None
) -> Signatory:
    """Take what was typed; for the operator the settings know the rest."""
    if code == hub.settings.code:
        name = name or hub.settings.signatory_name
        position = position or hub.settings.signatory_position
        basis = basis or hub.settings.signatory_basis
    if not (name and position and basis):
        raise click.UsageError("назовите подписавшего: --name, --position, --basis")
    return Signatory(name, position, basis)


def _evidence(
    hub: Hub,
    transaction: Transaction,
    found: Document,
    code: str,
    cms_files: tuple[Path, ...],
    scan: Path | None,
) -> Cms | Scan:
    if scan is not None:
        return evidence.read_scan(scan.read_bytes())
    if cms_files:
        return Cms(tuple(one.read_bytes() for one in cms_files))
    if code != hub.settings.code:
        raise click.UsageError("приложите подпись стороны: --cms или --scan")
    own = hub.own_signature(hub.documents_contour)
    if own is None:
        key, _ = hub.settings.signing_files(hub.documents_contour.path)
        raise click.ClickException(f"ключа узла нет: {key}")
    return Cms(
        tuple(
            own.sign_file(hub.documents.file(transaction, found.document_id, one).octets)
            for one in COVERED
        )
    )


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell the operator what was refused and what to do, exit code 1."""
    try:
        yield
    except DocumentSignatureInvalid as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.reason} ({refusal})") from refusal
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal
    except VaultClosed as error:
        raise click.ClickException(str(error)) from error


def _card(found: Document, kept: list[FileFormat]) -> Table:
    table = Table("Реквизит", "Значение", title=found.number)
    rows = [
        ("Документ", found.doc_type.title),
        ("Дата", _day(found.dated)),
        ("Состояние", STATES[found.state]),
        ("Стороны", ", ".join(party.participant for party in found.parties)),
        ("Ждёт подписи", ", ".join(found.awaited)),
        ("Ввод в эксплуатацию", _day(found.go_live)),
        ("Файлы", ", ".join(one.name for one in kept)),
        ("Редакция", str(found.revision)),
        ("Дело", str(found.source.case or "")),
        ("Сеанс испытаний", str(found.source.session or "")),
        ("Аннулирован", found.cancelled or ""),
        ("Идентификатор", str(found.document_id)),
    ]
    for title, value in rows:
        if value:
            table.add_row(title, value)
    return table


def _signatures(found: Document) -> Table:
    table = Table(
        "Сторона", "Подписал", "Когда", "Как", "Заключение", "Сертификат", title="Подписи"
    )
    for one in found.signatures:
        who = one.signatory
        table.add_row(
            one.participant,
            f"{who.position} {who.name}, на основании {who.basis}",
            _moment(one.signed_at),
            KINDS[one.kind],
            one.verdict,
            (one.certificate or "")[:16],
        )
    return table


def _tell(proven: DocumentProof) -> None:
    table = Table("Файл", "Хеши сходятся", "Составлен бы так же", "Что изменилось с тех пор")
    for one in proven.files:
        table.add_row(
            one.file_format.name,
            _MARKS[one.is_whole],
            _MARKS[one.is_same],
            "\n".join(one.differences),
        )
    show_table(table)
    if proven.signatures:
        table = Table("Подпись стороны", "Над чем", "Подтверждена")
        for signature in proven.signatures:
            table.add_row(signature.participant, signature.what, signature.failure or _MARKS[True])
        show_table(table)


def _date(typed: datetime | None) -> date | None:
    return None if typed is None else typed.date()


def _day(day: date | None) -> str:
    return "" if day is None else day.strftime("%d.%m.%Y")


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M")
