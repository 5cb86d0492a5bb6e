"""`hub document pdf`: signatures inside a PDF, for whoever wants one file instead of two."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import files
from gateway.cli.sign import PASSWORD
from gateway.cli.tables import show
from gateway.security import pades
from gateway.security.pades import PdfRefused, PdfSigningMissing
from gateway.security.signing import SignerUnusable, read_signer

file_argument = click.argument("file", metavar="ФАЙЛ", type=files.existing)
field_option = click.option(
    "--field", required=True, help="Имя поля подписи: operator, participant."
)
out_option = click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Куда записать."
)
force_option = click.option("--force", is_flag=True, help="Записать поверх существующего файла.")


@click.group()
def pdf() -> None:
    """Подпись внутри PDF (PAdES): стороны подписывают один файл по очереди."""


@pdf.command()
@file_argument
@field_option
@click.option("--key", required=True, type=files.existing, help="Закрытый ключ, PEM (PKCS #8).")
@click.option("--certificate", required=True, type=files.existing, help="Сертификат, PEM или DER.")
@out_option
@force_option
@click.pass_obj
def sign(
    hub: Hub,
    file: Path,
    field: str,
    key: Path,
    certificate: Path,
    out: Path,
    force: bool,  # noqa: FBT001 -- a flag of the command line
) -> None:
    """Подписать PDF ключом; алгоритм следует из ключа."""
    with _refusals():
        signer = read_signer(
            key.read_bytes(),
            certificate.read_bytes(),
            _password,
            hub.providers,
            hub.certificate_reader,
        )
        signed = pades.sign(file.read_bytes(), field, signer, hub.providers, hub.clock())
    files.write_new(out, signed, force=force)
    click.echo(f"{out}: подписано, поле {field}")


@pdf.command()
@file_argument
@field_option
@out_option
@click.option(
    "--bytes",
    "content",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Куда записать то, что надо подписать отсоединённой подписью.",
)
@force_option
@click.pass_obj
def prepare(
    hub: Hub,
    file: Path,
    field: str,
    out: Path,
    content: Path,
    force: bool,  # noqa: FBT001 -- a flag of the command line
) -> None:
    """Оставить в PDF место для подписи, которую сделают на другой машине."""
    with _refusals():
        prepared = pades.prepare(file.read_bytes(), field, hub.clock())
        to_be_signed = pades.to_be_signed(prepared, field)
    files.write_new(out, prepared, force=force)
    files.write_new(content, to_be_signed, force=force)
    click.echo(f"Подпишите {content} (CMS, отсоединённая), затем: hub document pdf embed")


@pdf.command()
@file_argument
@field_option
@click.option("--cms", "signature", required=True, type=files.existing, help="Готовая подпись.")
@out_option
@force_option
@click.pass_obj
def embed(
    hub: Hub,
    file: Path,
    field: str,
    signature: Path,
    out: Path,
    force: bool,  # noqa: FBT001 -- a flag of the command line
) -> None:
    """Вложить готовую подпись в место, оставленное для неё."""
    with _refusals():
        embedded = pades.embed(file.read_bytes(), field, signature.read_bytes())
        found = {one.field: one for one in _found(hub, embedded)}
    failure = found[field].failure
    if failure is not None:
        raise files.Unusable(f"подпись не подходит к этому файлу: {failure}")
    files.write_new(out, embedded, force=force)
    click.echo(f"{out}: подписано, поле {field}")


@pdf.command()
@file_argument
@click.pass_obj
def verify(hub: Hub, file: Path) -> None:
    """Проверить подписи внутри PDF; код 1, если какая-либо не подтверждена или их нет."""
    with _refusals():
        found = _found(hub, file.read_bytes())
    table = Table("Поле", "Подтверждена", "Сертификат")
    for one in found:
        told = "" if one.signed is None else _certificate(hub, one.signed.certificate)
        table.add_row(one.field, one.failure or "да", told)
    show(table)
    if not found or not all(one.holds for one in found):
        raise SystemExit(1)


def _found(hub: Hub, octets: bytes) -> list[pades.PdfSignature]:
    policy = hub.signature_policy(hub.documents_contour)
    return list(pades.verify(octets, policy, hub.providers, hub.keys))


def _certificate(hub: Hub, octets: bytes) -> str:
    return hub.certificate_reader.read(octets).subject


def _password() -> bytes:
    known = os.environ.get(PASSWORD)
    if known is None:
        raise SignerUnusable(f"ключ зашифрован: положите пароль в переменную {PASSWORD}")
    return known.encode()


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell in one line what has to be mended; exit code 2."""
    try:
        yield
    except (PdfSigningMissing, PdfRefused, SignerUnusable) as error:
        raise files.Unusable(str(error)) from error
