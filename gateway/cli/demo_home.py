"""What a demo has of its own for production: an invented authority, keys, and settings.

All of it lies in the demo's home and its registry. A registry that knows anybody but the invented
participants is no demo, and the demo leaves it alone.
"""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from gateway.bootstrap import Hub
from gateway.kernel.message import Contour
from gateway.security.issuing import TestAuthority, write_secret
from gateway.security.path import Purpose
from gateway.security.trust import Role
from registry import errors, issuance
from registry.cards import read_card
from registry.certificates import Addresses, CertificateRegistrar
from registry.reference import OPERATOR, OWNER
from registry.seed import ACTOR
from registry.snapshot import read_snapshot

CONFIG = "demo.toml"
"""Where in the home the settings lie that other commands need there (HUB_CONFIG)."""
SETTINGS = {
    "trials": "demonstration",
    "signatures_prod": "any",
    "revocation_prod": "soft",
    "signatory_name": "И.И. Выдуманный",
    "signatory_position": "Директор",
    "signatory_basis": "Устава",
}
"""What a demo is set to beyond the defaults, by the names of the settings."""
AUTHORITY_NAME = "Выдуманный центр показа"

KeyFiles = tuple[Path, Path]
"""Key and certificate, PEM."""


def of(hub: Hub) -> Hub:
    """Return the hub with the settings of a demo; what somebody has set stays."""
    settings = hub.settings
    own = {name: value for name, value in SETTINGS.items() if name not in settings.sources}
    return replace(hub, settings=replace(settings, **own))  # type: ignore[arg-type]  # texts alone


def check(hub: Hub, invented: Iterable[str]) -> None:
    """Refuse to play in a registry that knows anybody else: production would be opened there."""
    known = read_snapshot(hub.registry, hub.clock()).participants[Contour.PROD]
    others = sorted({*known} - {*invented, hub.settings.code, OWNER.code})
    if others:
        raise click.ClickException(
            f"Показ идёт только в своей папке: в этом реестре есть участник {others[0]}."
            " Задайте HUB_HOME пустой папки."
        )


def make_keys(hub: Hub) -> None:
    """Make the invented authority and the hub's own key of production; repeatable.

    Before anything of the hub signs or believes: what is put together then keeps its key.
    """
    authority = _authority(hub)
    if not authority.exists:
        authority.make(hub.clock(), secrets.token_bytes)
    own = hub.settings.signing_files(Contour.PROD.path)
    if not own[0].exists():
        issuance.issue_own(
            authority,
            hub.settings.code,
            OPERATOR.name,
            *own,
            hub.clock(),
            secrets.token_bytes,
        )


def open_trust(hub: Hub, code: str) -> KeyFiles:
    """Let production of the demo believe its authority; return a participant's keys; repeatable."""
    registrar = CertificateRegistrar(hub.registry, hub.clock, ACTOR, hub.certificate_reader)
    with suppress(errors.NothingToChange):
        registrar.add_authority(Contour.PROD, Role.ANCHOR, _authority(hub).certificate, Addresses())
    folder = hub.settings.home / "certificates"
    files = (folder / f"{code.lower()}-prod.key", folder / f"{code.lower()}-prod.pem")
    if not files[0].exists():
        _upload(hub, registrar, code, files)
    return files


def write_settings(hub: Hub) -> Path:
    """Write the settings by which other commands work in the demo's home; return the file."""
    path = hub.settings.home / CONFIG
    told: Mapping[str, str] = {"home": str(hub.settings.home.absolute()), **SETTINGS}
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()), "utf-8")
    return path


def _authority(hub: Hub) -> TestAuthority:
    return TestAuthority(hub.settings.home / "demo-ca", AUTHORITY_NAME)


def _upload(hub: Hub, registrar: CertificateRegistrar, code: str, files: KeyFiles) -> None:
    card, authority = read_card(hub.registry, code), _authority(hub)
    issued = authority.issue(
        code, card.line.name, card.line.inn, Purpose.MESSAGE, hub.clock(), secrets.token_bytes
    )
    registrar.add(code, Contour.PROD, Purpose.MESSAGE, issued.certificate)
    write_secret(files[0], issued.key)
    files[1].write_bytes(issued.certificate)
