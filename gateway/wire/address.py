"""Where the hub may call: an address that the registry names, and that does not lead inside.

A participant enters his address himself, so it is never followed blindly. What a name resolves to
is checked and then called by number, so that the name cannot mean something else a moment later.
Addresses inside are called in one case: in the test contour, when the registry names the number
itself (or `localhost`), which only an operator may enter.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from gateway.kernel.message import Contour
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.errors import EndpointForbidden

Resolve = Callable[[str], list[str]]
"""Numbers of a host name; raises OSError."""

_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
_LOCALHOST = "localhost"


@dataclass(frozen=True, slots=True)
class Place:
    """An address as the registry names it."""

    url: str
    contour: Contour
    in_closed_network: bool
    """Whether it is reached through a network whose numbers may be private."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart, with the numbers that it may be called by."""

    scheme: str
    host: str
    """As certificates and the Host header write it."""
    port: int
    path: str
    """Path and query, in ASCII."""
    numbers: tuple[str, ...]

    @property
    def is_tls(self) -> bool:
        """Whether the connection is to be protected."""
        return self.scheme == "https"


def locate(place: Place, resolve: Resolve, deadline: Deadline) -> Target:
    """Take an address apart and look its name up; raise EndpointForbidden, NoAnswer."""
    parts = urlsplit(place.url)
    host = parts.hostname or ""
    try:
        port, ascii_host = parts.port or _PORTS[parts.scheme], _in_ascii(host)
    except (KeyError, ValueError) as error:
        raise EndpointForbidden("Адрес не разбирается.") from error
    numbers = [host] if _is_number(host) else _looked_up(ascii_host, resolve, deadline)
    for number in numbers:
        _check(number, place, written=_is_number(host) or host == _LOCALHOST)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]") if parts.query else ""
    return Target(parts.scheme, ascii_host, port, path + query, tuple(numbers))


def system_resolver(host: str) -> list[str]:
    """Ask the system for the numbers of a name, each once and in its order; raise OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))


def _in_ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _looked_up(host: str, resolve: Resolve, deadline: Deadline) -> list[str]:
    """Resolve on a thread of its own: the system's resolver knows no deadline."""
    found: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            found.append(resolve(host))
        except OSError as error:
            found.append(error)

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(deadline.left())
    answer = found[0] if found else TimeoutError()
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_NONAME:
        raise NoAnswer("Имя узла из адреса в DNS не найдено.", "NAME_UNKNOWN")
    if isinstance(answer, OSError):
        raise NoAnswer("DNS узла не отвечает.", "DNS", ours=True) from answer
    if not answer:
        raise NoAnswer("Имя узла из адреса в DNS не найдено.", "NAME_UNKNOWN")
    return answer


def _check(number: str, place: Place, *, written: bool) -> None:
    """Raise EndpointForbidden; `written` says that the registry names the number itself."""
    address = _outermost(ip_address(number))
    never = address.is_multicast or address.is_unspecified or address.is_link_local
    excepted = written and place.contour is Contour.TEST
    if never or (address.is_loopback and not excepted):
        raise EndpointForbidden
    if address.is_loopback or address.is_global:
        return
    behind_closed_network = place.in_closed_network and not address.is_reserved
    if not (excepted or behind_closed_network):
        raise EndpointForbidden


def _outermost(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
