"""Every refusal the hub can give, gathered from the code: for the page and for `docs/errors.md`.

Errors are classes; what a reader needs stands on them. Codes that travel inside ordinary replies
are read from the published schemas, which are the contract.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gateway.adapter import Adapter
from gateway.edge.views import ServiceView, TypeView
from gateway.kernel.errors import Blame, GatewayError

_OURS = ("gateway.", "adapters.", "registry.", "scheduler.")
_FAMILIES = (
    ("gateway.kernel.", "Общие для всех сервисов", True),
    ("gateway.soap.", "Конверт и вложения", True),
    ("gateway.security.", "Подпись", True),
    ("adapters.", "Собственные ошибки сервисов", True),
    ("gateway.edge.", "Запросы HTTP GET и REST", True),
    ("gateway.conformance.", "Испытания", True),
    ("registry.calendar.", "Производственный календарь", True),
    ("registry.", "Реестр участников: ответы оператору", False),
    ("gateway.contracts.periods", "Перечни за период", True),
    ("gateway.", "Публикация форматов: узел не запускается", False),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One error class as a participant meets it."""

    code: str
    message: str
    action: str
    retryable: bool
    fault: str
    """SOAP 1.1 fault code and, where it is fixed, the HTTP status."""
    operations: tuple[str, ...]
    """Operations that name it as their own."""


@dataclass(frozen=True, slots=True)
class Family:
    """Errors that come from one place."""

    title: str
    reaches_participants: bool
    refusals: tuple[Refusal, ...]

    @property
    def names_operations(self) -> bool:
        """Whether any of them belongs to particular operations."""
        return any(refusal.operations for refusal in self.refusals)


@dataclass(frozen=True, slots=True)
class ServiceCodes:
    """Codes that one service's replies carry."""

    service: ServiceView
    types: tuple[TypeView, ...]


def families(adapters: Iterable[Adapter]) -> list[Family]:
    """Return all errors by family; the root class is nobody's refusal."""
    owners = _owners(adapters)
    gathered: dict[str, list[type[GatewayError]]] = {prefix: [] for prefix, _, _ in _FAMILIES}
    for error in _descendants(GatewayError):
        if error.__module__.startswith(_OURS) and _says_something_new(error):
            gathered[next(p for p in gathered if error.__module__.startswith(p))].append(error)
    return [
        Family(title, reaches, tuple(_refusals(gathered[prefix], owners)))
        for prefix, title, reaches in _FAMILIES
        if gathered[prefix]
    ]


def service_codes(views: Iterable[ServiceView]) -> list[ServiceCodes]:
    """Return, by service, the enumerations that tell the client how to react."""
    found = (
        ServiceCodes(view, tuple(type_ for type_ in view.own_codes if type_.tells_reaction))
        for view in views
    )
    return [codes for codes in found if codes.types]


def _owners(adapters: Iterable[Adapter]) -> dict[type[GatewayError], list[str]]:
    owners: dict[type[GatewayError], list[str]] = {}
    for adapter in adapters:
        for service in adapter.services:
            for operation in service.operations:
                for error in operation.faults:
                    owners.setdefault(error, []).append(operation.name)
    return owners


def _descendants(root: type[GatewayError]) -> Iterator[type[GatewayError]]:
    for child in root.__subclasses__():
        yield child
        yield from _descendants(child)


def _refusals(
    errors: Iterable[type[GatewayError]], owners: dict[type[GatewayError], list[str]]
) -> Iterator[Refusal]:
    for error in sorted(errors, key=lambda error: (error.code, error.message)):
        yield Refusal(
            code=error.code,
            message=error.message,
            action=error.action,
            retryable=error.retryable,
            fault=_fault(error),
            operations=tuple(owners.get(error, ())),
        )


def _says_something_new(error: type[GatewayError]) -> bool:
    """Tell whether a reader could tell the error from the one it inherits."""
    return any(
        getattr(error, name) != getattr(error.__base__, name)
        for name in ("code", "message", "action", "retryable")
    )


def _fault(error: type[GatewayError]) -> str:
    status = error.http_status or 500
    blame = "Client" if error.blame is Blame.SENDER else "Server"
    return f"{blame}, HTTP {status}"
