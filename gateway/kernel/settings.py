"""Settings: environment variables `HUB_*`, then the TOML file named by `HUB_CONFIG`, then defaults.

`Settings.sources` tells for each setting where its value came from; `hub settings` prints it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

PREFIX = "HUB_"
CONFIG = "HUB_CONFIG"


class SettingsBroken(Exception):
    """A setting is unknown or cannot be read; the message names it and its source."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set; each field is `HUB_<FIELD>` in the environment."""

    home: Path = Path("var")
    """Databases, spool, documents, logs."""
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    """Processes that take messages; each has its own group-committing writer."""
    threads: int = 4
    """Parse threads of a process."""
    max_connections: int = 2000
    """Connections that a process holds at a time."""
    max_connections_of_one: int = 500
    """Of these, from one address that is not a trusted proxy."""
    head_seconds: float = 10.0
    """How long the head of a request may take to come."""
    body_seconds: float = 20.0
    """How long a body may take, beyond what a line of 16 KiB a second needs."""
    participant_per_second: float = 500.0
    """Messages of one participant a second in the long run; zero is no limit, here and below."""
    participant_burst: int = 5000
    """Messages that he may send at once after a pause."""
    participant_at_a_time: int = 500
    """Messages of his that may wait for their answers."""
    participant_bytes_a_day: int = 20 * 1024**3
    address_per_second: float = 1000.0
    """Messages from one address a second, whoever sends them."""
    address_burst: int = 10_000
    guesses_per_second: float = 10.0
    """Passwords from one address that are not proven yet; each costs 20 ms of a processor."""
    guesses_burst: int = 100
    total_per_second: float = 0.0
    """Messages of all together a second."""
    total_burst: int = 0
    trusted_proxies: str = ""
    """Addresses, parted by spaces, whose X-Forwarded-For is believed."""
    public_url: str = ""
    """Address that participants see; never taken from the Host header. Empty: host and port."""
    code: str = "CITTO"
    """Participant code of the hub itself, sender of every reply."""
    smev_mnemonic: str = "CITT72001"
    """Code of the hub's own system in SMEV 2."""
    test_database_url: str = ""
    prod_database_url: str = ""
    registry_database_url: str = ""
    database_connections: int = 32
    """To each of the three databases from one process, at most."""
    max_message_bytes: int = 10 * 1024 * 1024
    max_mtom_bytes: int = 50 * 1024 * 1024
    max_inline_lines: int = 50_000
    max_file_lines: int = 1_000_000
    batch_lines: int = 2_000
    """Lines of a payment registry that one background transaction takes."""
    header_skew_minutes: int = 15
    queue_limit: int = 10_000
    """Messages that may wait for the writer before new ones are put off."""
    check_digits_test: str = "warning"
    check_digits_prod: str = "error"
    signatures_prod: str = "gost"
    """`gost` believes GOST R 34.10-2012 alone, `any` RSA and ECDSA too (SVC-00-05)."""
    documents_trust: str = "prod"
    """The contour whose certificates are believed under documents; `test` is for a demo."""
    trials: str = "full"
    """`full` asks for the suites of the regulations before an act, `demonstration` for a short plan
    that stands for them: for a demo alone."""
    signing_key_test: str = ""
    """The hub's own key (PEM) for its replies; empty: `keys/test.key` in `home` if it is there."""
    signing_certificate_test: str = ""
    """Its certificate (PEM); empty: `keys/test.pem`."""
    signing_key_prod: str = ""
    signing_certificate_prod: str = ""
    personal_key: str = ""
    """File of the key that seals personal data; empty: `keys/personal.key` in `home`."""
    signatory_name: str = ""
    """Who signs acts for the operator, as it is printed; empty leaves a blank line."""
    signatory_position: str = ""
    signatory_basis: str = ""
    """The document that entitles the signatory, in the genitive: «Устава»."""
    crypto_providers: str = ""
    """Names of providers, parted by spaces, the preferred first; empty takes what works."""
    revocation_test: str = "soft"
    """`soft` accepts a certificate while its issuer does not answer, `hard` refuses it (SEC-07)."""
    revocation_prod: str = "hard"
    top_up_limit: Decimal = Decimal("2000.00")
    """Roubles; default limit of one top-up (MEAL-BANK-04)."""
    smtp_host: str = ""
    """The relay that takes our mail; empty: letters wait in the outbox until they expire."""
    smtp_port: int = 25
    smtp_security: str = "none"
    """`none`, `starttls` or `tls`."""
    smtp_login: str = ""
    smtp_password: str = ""
    smtp_authorities: str = ""
    """Authorities (PEM) that the relay's certificate is checked by; empty: the system's."""
    servers_authorities: str = ""
    """Authorities (PEM) that participants' servers are checked by; empty: the system's."""
    smtp_from: str = "citto@72to.ru"
    """Mailbox that notices come from."""
    calendar_folder: str = ""
    """Year files of the production calendar beside the packaged ones; empty: `calendar` in `home`
    if it is there."""
    portal_statuses: str = ""
    """The operator's own table of states of applications (TOML); empty: the packaged one."""
    templates: str = ""
    """Folder whose templates of documents come before the hub's own; empty: there is none."""
    scanner: str = ""
    """Who looks for malware in attachments (SEC-04): `clamd://host:port` or `clamd:///socket`;
    empty: nobody."""
    attachment_days: int = 1096
    """How long a file is kept that nothing refers to any more, since it last came (JOB-23)."""
    delivery_delays: str = "60 300 900 3600"
    """Seconds before the next attempts at a delivery, parted by spaces; the last one repeats."""
    delivery_breaker: str = "5 30 600"
    """After how many failures in a row an address is left alone, for how many seconds, at most."""
    delivery_lease_seconds: float = 60.0
    """How long a deliverer that was killed keeps its letters from others."""
    log_level: str = "INFO"
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def database_url(self, name: str) -> str:
        """Return the URL of the `test`, `prod` or `registry` database; SQLite under `home`."""
        url: str = getattr(self, f"{name}_database_url")
        return url or f"sqlite:///{self.home.absolute() / (name + '.sqlite')}"

    def signing_files(self, name: str) -> tuple[Path, Path]:
        """Return where the hub's own key and certificate of the `test` or `prod` contour lie."""
        key: str = getattr(self, f"signing_key_{name}")
        certificate: str = getattr(self, f"signing_certificate_{name}")
        keys = self.home / "keys"
        return Path(key or keys / f"{name}.key"), Path(certificate or keys / f"{name}.pem")

    @property
    def personal_key_file(self) -> Path:
        """Where the key that seals personal data lies (SEC-10)."""
        return Path(self.personal_key or self.home / "keys" / "personal.key")

    @property
    def calendars(self) -> Path:
        """Where the operator's own years of the production calendar lie."""
        return Path(self.calendar_folder) if self.calendar_folder else self.home / "calendar"

    @property
    def base_url(self) -> str:
        """Public base address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raise SettingsBroken with the name of what cannot be read."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    known = {item.name: item for item in fields(Settings) if item.name != "sources"}
    for name, raw, source in (*_from_file(environment), *_from_environment(environment)):
        if name not in known:
            raise SettingsBroken(f"{source}: неизвестная настройка «{name}»")
        default = getattr(Settings(), name)
        values[name] = _convert(name, raw, type(default), source)
        sources[name] = source
    return Settings(**values, sources=sources)


def _from_file(environment: Mapping[str, str]) -> list[tuple[str, Any, str]]:
    path = environment.get(CONFIG)
    if not path:
        return []
    try:
        with Path(path).open("rb") as file:
            content = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsBroken(f"{path}: {error}") from error
    return [(name, value, path) for name, value in content.items()]


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, Any, str]]:
    known = {item.name for item in fields(Settings)}
    return [
        (name, environment[variable], variable)
        for name in sorted(known - {"sources"})
        if environment.get(variable := PREFIX + name.upper())
    ]


def _convert(name: str, raw: object, kind: type, source: str) -> object:
    try:
        return kind(str(raw))
    except (ValueError, InvalidOperation) as error:
        raise SettingsBroken(
            f"{source}: значение «{raw}» не подходит для настройки «{name}» ({kind.__name__})"
        ) from error
