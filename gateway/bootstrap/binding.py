"""Contracts and handlers brought together: each operation has its one handler, or no hub starts."""

from collections.abc import Iterator, Mapping, Sequence

from gateway.adapter import Adapter, Mode, Operation, Outward, Received, Service, Work
from gateway.contracts import codec
from gateway.contracts.catalog import Catalog, Contract
from gateway.contracts.messages import common
from gateway.kernel.message import Contour
from gateway.outgoing.calls import Call, Calls
from gateway.pipeline.exchange import Endpoint, Route

PING = "Ping"


class HubBroken(Exception):
    """The hub does not start: contracts and handlers do not fit together."""


def bind(catalog: Catalog, slices: Sequence[Adapter]) -> dict[str, dict[str, Route]]:
    """Give each operation of each contract its one handler; raise HubBroken naming what is left.

    Ping is the hub's own answer for every service (SVC-00-11). A template has no handlers: it is
    called, not served.
    """
    services = {service.contract: service for slice_ in slices for service in slice_.services}
    published = {contract.name: contract for contract in catalog if not contract.is_template}
    for name in sorted(services.keys() ^ published.keys()):
        what = "контракт без адаптера" if name in published else "адаптер без контракта"
        raise HubBroken(f"{name}: {what}")
    return {name: _routes(published[name], services[name]) for name in published}


def endpoints(catalog: Catalog, routes: Mapping[str, Mapping[str, Route]]) -> list[Endpoint]:
    """Return the address of each served contract in each contour."""
    return [
        Endpoint(
            path=f"/{contour.path}/ws/{contract.name}",
            contour=contour,
            contract=contract,
            family=contract.name.rpartition("/")[0],
            routes=routes[contract.name],
            binary=contract.binary_elements,
        )
        for contour in Contour
        for contract in catalog
        if contract.name in routes
    ]


def bind_outward(catalog: Catalog, slices: Sequence[Adapter]) -> Calls:
    """Bind each operation that the hub calls to its messages; raise HubBroken."""
    outward = [one for slice_ in slices for one in slice_.outward]
    for name in sorted({one.contract for one in outward}):
        if name not in catalog.contracts:
            raise HubBroken(f"{name}: узел вызывает контракт, которого нет")
        if sum(one.contract == name for one in outward) > 1:
            raise HubBroken(f"{name}: исходящий контракт назван двумя адаптерами")
    return Calls(call for one in outward for call in _calls(catalog.contracts[one.contract], one))


def _calls(contract: Contract, outward: Outward) -> Iterator[Call]:
    for operation in contract.operations:
        request = getattr(outward.messages, f"{operation.name}Request")
        response = getattr(outward.messages, f"{operation.name}Response")
        yield Call(
            contract=contract,
            operation=operation,
            outward=outward,
            request=request,
            encode=codec.octet_encoder(request),
            decode=codec.decoder(response),
        )


def _routes(contract: Contract, service: Service) -> dict[str, Route]:
    handlers = {operation.name: operation for operation in service.operations}
    if len(handlers) != len(service.operations):
        raise HubBroken(f"{contract.name}: у операции два обработчика")
    handlers[PING] = _ping(contract, service)
    names = {published.name for published in contract.operations}
    for name in sorted(handlers.keys() ^ names):
        what = "операция без обработчика" if name in names else "лишний обработчик"
        raise HubBroken(f"{contract.name}: {what} {name}")
    return {
        published.request: Route(
            contract=contract,
            operation=handlers[published.name],
            request_tag=published.request,
            action=published.soap_action,
            decode=codec.decoder(getattr(service.messages, f"{published.name}Request")),
            encode=codec.octet_encoder(getattr(service.messages, f"{published.name}Response")),
        )
        for published in contract.operations
    }


def _ping(contract: Contract, service: Service) -> Operation:
    response = service.messages.PingResponse

    def answer(_: Received[object], work: Work) -> object:
        return response(
            service=contract.name.rpartition("/")[0],
            version=contract.version,
            contour=common.Contour(work.contour.value),
            time=work.now,
        )

    return Operation(PING, Mode.READ, handle=answer)
