"""`hub sign`: a signature for programs that cannot make one."""

import getpass
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from gateway.bootstrap import Hub
from gateway.cli import files
from gateway.kernel.errors import GatewayError
from gateway.security import cms, policy, wsse
from gateway.security.errors import SignatureRefused
from gateway.security.explain import version_of
from gateway.security.keys import KeyCache
from gateway.security.policy import SMEV_ACTOR
from gateway.security.signing import SignerUnusable, read_signer
from gateway.security.wsse import Signer
from gateway.soap.parse import parse

PASSWORD = "HUB_KEY_PASSWORD"  # noqa: S105 -- the name of the variable


@click.command()
@click.argument("file", type=files.readable)
@click.option("--key", required=True, type=files.existing, help="Закрытый ключ, PEM (PKCS #8).")
@click.option("--certificate", required=True, type=files.existing, help="Сертификат, PEM или DER.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Куда записать; без указания в стандартный вывод.",
)
@click.option(
    "--actor",
    metavar="URI",
    help=f"Кому адресован Security; пустая строка — без адреса. [по умолчанию: {SMEV_ACTOR}]",
)
@click.option(
    "--timestamp",
    metavar="СЕКУНД",
    type=click.IntRange(min=1),
    help="Подписать и метку времени, действительную столько секунд.",
)
@click.option("--cms", "detached", is_flag=True, help="Отсоединённая подпись CMS любого файла.")
@click.option("--pem", is_flag=True, help="Подпись CMS в PEM, а не в DER.")
@click.pass_obj
def sign(
    hub: Hub,
    file: Path,
    key: Path,
    certificate: Path,
    out: Path | None,
    actor: str | None,
    timestamp: int | None,
    detached: bool,  # noqa: FBT001 -- a flag of the command line
    pem: bool,  # noqa: FBT001
) -> None:
    """Подписать конверт SOAP или (--cms) любой файл; FILE «-» — стандартный ввод.

    Алгоритм следует из ключа: RSA-SHA256, ECDSA по размеру кривой, ГОСТ Р 34.10-2012. Пароль
    ключа берётся из переменной HUB_KEY_PASSWORD, иначе его спросят.
    """
    if detached and (actor is not None or timestamp is not None):
        raise click.UsageError("--actor и --timestamp относятся к конверту, а не к --cms")
    if pem and not detached:
        raise click.UsageError("--pem относится к подписи --cms")
    with _refusals():
        signer = read_signer(
            key.read_bytes(),
            certificate.read_bytes(),
            _password,
            hub.providers,
            hub.certificate_reader,
        )
        if detached:
            files.write(out, _cms(hub, file, signer, pem=pem))
            return
        signer = replace(
            signer,
            actor=SMEV_ACTOR if actor is None else actor or None,
            lifetime=None if timestamp is None else timedelta(seconds=timestamp),
        )
        files.write(out, _envelope(hub, files.read(file), signer))


def _envelope(hub: Hub, octets: bytes, signer: Signer) -> bytes:
    """Sign, and prove at once that the hub would believe it."""
    version = version_of(octets)
    if parse(octets, version).security is not None:
        raise files.Unusable(
            "в конверте уже есть заголовок Security: подписывают сообщение без него, один раз"
        )
    now = hub.clock()
    signed = wsse.sign(octets, signer, hub.providers, hub.identifiers, now)
    accepted = replace(policy.TEST, actors=frozenset({signer.actor}))
    keys = KeyCache(hub.providers)
    wsse.verify(parse(signed, version), accepted, hub.providers, keys, now)
    return signed


def _cms(hub: Hub, file: Path, signer: Signer, *, pem: bool) -> bytes:
    content = files.pieces(file)
    octets = cms.sign(
        content, signer.key, signer.certificate, signer.scheme, hub.providers, hub.clock()
    )
    return cms.to_pem(octets) if pem else octets


def _password() -> bytes:
    known = os.environ.get(PASSWORD)
    if known is not None:
        return known.encode()
    try:
        with warnings.catch_warnings():
            # Without a terminal it would read the password from the message.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass("Пароль ключа: ").encode()
    except (EOFError, OSError, getpass.GetPassWarning) as error:
        raise SignerUnusable(f"ключ зашифрован: положите пароль в переменную {PASSWORD}") from error


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell in one line what has to be mended; exit code 2."""
    try:
        yield
    except SignerUnusable as error:
        raise files.Unusable(str(error)) from error
    except SignatureRefused as error:
        told = f"узел такую подпись не примет: {error.reason.sentence} ({error})"
        raise files.Unusable(told) from error
    except GatewayError as error:
        told = " ".join((error.text, *(finding.text for finding in error.findings), error.action))
        raise files.Unusable(told) from error
    except OSError as error:
        raise files.Unusable(f"файл не читается или не пишется: {error}") from error
