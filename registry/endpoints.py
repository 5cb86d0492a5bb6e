"""Where a participant's own services are reached: one endpoint per service and contour (SVC-19)."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.kernel.ports import Identifiers
from gateway.storage.database import Transaction
from gateway.wire.address import Place
from registry import errors, kinds, models, records
from registry.change import change_of
from registry.kinds import Network, ParticipantKind, SubKind
from registry.participants import published_services
from registry.records import Record

ENDPOINT = Record(
    "endpoint",
    models.endpoint,
    ("participant", "service", "contour"),
    ("url", "network", "format_version", "smev_number"),
)

_LONGEST_URL = 2000
_FORMAT_VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}")
_HOST = re.compile(r"(?!-)[a-z0-9а-яё-]{1,63}(?:\.(?!-)[a-z0-9а-яё-]{1,63})*\.?")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with what the hub has to know to call it."""

    service: str
    """Contract family, such as `portal/application`."""
    contour: Contour
    url: str
    network: Network
    format_version: str
    smev_number: str | None = None
    """Registration number in the regional СМЭВ, if the service is registered there."""

    @property
    def place(self) -> Place:
        """Where it is, for who calls it."""
        return Place(self.url, self.contour, self.network is not Network.INTERNET)


@dataclass(frozen=True, slots=True)
class Registered:
    """An endpoint with its identifier and the time for which it stood."""

    endpoint_id: UUID
    participant: str
    endpoint: Endpoint
    since: datetime
    ended_at: datetime | None


def register(
    transaction: Transaction,
    code: str,
    endpoint: Endpoint,
    now: datetime,
    actor: str,
    ids: Identifiers,
    *,
    is_operator: bool = False,
    services: Callable[[], Collection[str]] = published_services,
) -> UUID:
    """Let the participant be called there from now on; the endpoint before it ends.

    The same endpoint again keeps its identifier. An operator (`is_operator`) may name an address
    inside, a participant may not: the hub will send requests to it. Raises ParticipantUnknown,
    ServiceUnknown, ServiceNotForKind, EndpointInvalid, AttributeInvalid.
    """
    if endpoint.service not in services():
        raise errors.ServiceUnknown(f"Сервис {endpoint.service} не опубликован.")
    change = change_of(transaction, now, actor, code)
    kind = ParticipantKind(change.kind)
    sub_kind = None if change.sub_kind is None else SubKind(change.sub_kind)
    if not kinds.may_be_given(kind, sub_kind, endpoint.service):
        raise errors.ServiceNotForKind
    check(endpoint, kind, is_operator=is_operator)
    identifier = ids()
    row = {name: getattr(endpoint, name) for name in ENDPOINT.values}
    key = {"participant": code, "service": endpoint.service, "contour": endpoint.contour}
    if records.put(change, ENDPOINT, {**key, **row}, once={"endpoint_id": identifier}):
        return identifier
    standing = find(transaction, code, endpoint.service, endpoint.contour)
    assert standing is not None  # noqa: S101 -- nothing was changed because it stands
    return standing.endpoint_id


def end(
    transaction: Transaction,
    code: str,
    service: str,
    contour: Contour,
    basis: str,
    now: datetime,
    actor: str,
) -> None:
    """Call the participant there no more; raise NothingToChange if there is no such endpoint."""
    change = change_of(transaction, now, actor, code)
    key = {"participant": code, "service": service, "contour": contour}
    records.finish(change, ENDPOINT, key, basis=basis)


def find(transaction: Transaction, code: str, service: str, contour: Contour) -> Registered | None:
    """Return where the participant's service is reached in a contour, or None."""
    key = {"participant": code, "service": service, "contour": contour.value}
    rows = records.standing(transaction, ENDPOINT, **key)
    return _registered(rows[0]) if rows else None


def current(transaction: Transaction, code: str | None = None) -> tuple[Registered, ...]:
    """Return the endpoints in force, of one participant or of all."""
    columns = {} if code is None else {"participant": code}
    return tuple(map(_registered, records.standing(transaction, ENDPOINT, **columns)))


def history(transaction: Transaction, code: str | None = None) -> tuple[Registered, ...]:
    """Return every endpoint that one participant, or all of them, ever had, oldest first."""
    columns = {} if code is None else {"participant": code}
    return tuple(map(_registered, records.history(transaction, ENDPOINT, **columns)))


def check(endpoint: Endpoint, kind: ParticipantKind, *, is_operator: bool = False) -> None:
    """Raise EndpointInvalid or AttributeInvalid, naming what does not do."""
    if not _FORMAT_VERSION.fullmatch(endpoint.format_version):
        raise errors.AttributeInvalid("Версия формата: ожидается вид 1.0.")
    if endpoint.contour is Contour.PROD:
        allowed = kinds.PRODUCTION_NETWORKS.get(kind)
        if allowed is not None and endpoint.network not in allowed:
            names = ", ".join(sorted(network.value for network in allowed))
            raise errors.EndpointInvalid(
                f"В продуктивном контуре участник вида {kind.value} подключается через {names}."
            )
    host = _check_url(endpoint.url, endpoint.contour)
    if not is_operator:
        _check_reachable(host, endpoint.network)


def _check_url(url: str, contour: Contour) -> str:
    """Return the host of a plain absolute address."""
    parts = _split(url)
    schemes = {"https"} if contour is Contour.PROD else {"https", "http"}
    if parts.scheme not in schemes:
        raise errors.EndpointInvalid(f"Адрес начинается с {' или '.join(sorted(schemes))}://.")
    if "@" in parts.netloc:
        raise errors.EndpointInvalid("Логина и пароля в адресе быть не должно.")
    if "#" in url:
        raise errors.EndpointInvalid("Фрагмента (после #) в адресе быть не должно.")
    host = parts.hostname or ""
    if not _is_address(host) and not _HOST.fullmatch(host):
        raise errors.EndpointInvalid("В адресе нет имени узла.")
    return host


def _split(url: str) -> SplitResult:
    if len(url) > _LONGEST_URL:
        raise errors.EndpointInvalid(f"Адрес длиннее {_LONGEST_URL} знаков.")
    # urlsplit drops tabs and line ends silently; a backslash is a slash to some clients.
    if not url.isprintable() or " " in url or "\\" in url:
        raise errors.EndpointInvalid("В адресе есть пробел, обратная черта или непечатный знак.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise errors.EndpointInvalid("Адрес не разбирается.") from error
    return parts


def _check_reachable(host: str, network: Network) -> None:
    """Refuse what would make the hub ask itself or its neighbours."""
    if host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost"):
        raise errors.EndpointInvalid("Адрес указывает на сам узел.")
    if not _is_address(host):
        # 127.1, 0x7f000001 and the like are names to us and addresses to some clients.
        if host.rstrip(".").rpartition(".")[2][:1].isdigit():
            raise errors.EndpointInvalid("Адрес IP записан необычно.")
        return
    address = ip_address(host)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if _is_never_a_participants(address):
        raise errors.EndpointInvalid("Адрес IP служебный.")
    if network is Network.INTERNET and not address.is_global:
        raise errors.EndpointInvalid("Адрес IP внутренний, а сеть указана INTERNET.")


def _is_never_a_participants(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address.is_reserved
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _registered(row: sa.RowMapping) -> Registered:
    endpoint = Endpoint(
        service=row["service"],
        contour=Contour(row["contour"]),
        url=row["url"],
        network=Network(row["network"]),
        format_version=row["format_version"],
        smev_number=row["smev_number"],
    )
    return Registered(
        row["endpoint_id"], row["participant"], endpoint, row["created_at"], row["ended_at"]
    )
