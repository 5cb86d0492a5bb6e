"""The second binding put together: the wrappers of each contract that has it (SVC-00-04)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from lxml import etree

from gateway.adapter import Adapter, Foreign, Mode, Operation, Poll, Received, Service, Smev2, Work
from gateway.bootstrap.binding import HubBroken
from gateway.contracts.catalog import Catalog, Contract, ContractOperation
from gateway.contracts.smev2 import envelope_contract, schema_contract
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.kernel.settings import PREFIX, Settings
from gateway.pipeline.exchange import Endpoint, Route, Wrapper
from gateway.pipeline.smev2_binding import Smev2Binding
from gateway.pipeline.smev2_letter import Digests
from gateway.security.algorithms import Hash
from gateway.security.provider import Providers
from gateway.soap import smev2
from gateway.soap.smev2 import Status, System
from gateway.soap.smev2_files import IsDigestOf
from gateway.storage import attachments as kept
from gateway.storage import journal
from registry.reference import OPERATOR

if TYPE_CHECKING:
    from gateway.bootstrap.hub import Hub

_PLAIN = frozenset({Status.REQUEST})
_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """What a PING without payload asks about: ids of messages, the nearest first."""

    ids: tuple[str, ...]


def bind(
    catalog: Catalog, slices: Sequence[Adapter], routes: Mapping[str, Mapping[str, Route]]
) -> dict[str, dict[str, Wrapper]]:
    """Return the wrappers of each contract with the binding; raise HubBroken."""
    services = {service.contract: service for slice_ in slices for service in slice_.services}
    bound = {}
    for contract in catalog:
        if contract.is_template:
            continue
        service = services.get(contract.name)
        declared = None if service is None else service.smev2
        if (contract.smev2 is None) != (declared is None):
            what = "есть WSDL СМЭВ 2, но нет объявления" if contract.smev2 else "нет WSDL СМЭВ 2"
            raise HubBroken(f"{contract.name}: {what}")
        if contract.smev2 is not None and service is not None and declared is not None:
            bound[contract.name] = _wrappers(contract, contract.smev2, service, routes)
    return bound


def endpoints(
    plain: Iterable[Endpoint], wrappers: Mapping[str, Mapping[str, Wrapper]]
) -> list[Endpoint]:
    """Return the addresses of the binding, each beside the plain one."""
    return [
        replace(
            endpoint,
            path=endpoint.path.replace("/ws/", "/smev2/", 1),
            binary=endpoint.binary | {smev2.BINARY_DATA},
            wrappers=wrappers[endpoint.contract.name],
        )
        for endpoint in plain
        if endpoint.contract.name in wrappers
    ]


def system_of(settings: Settings) -> System:
    """Return the hub as a system of SMEV 2; raise HubBroken."""
    if not smev2.is_mnemonic(settings.smev_mnemonic):
        raise HubBroken(f"{PREFIX}SMEV_MNEMONIC: четыре знака A-Z, 0-9 и пять цифр")
    return System(settings.smev_mnemonic, OPERATOR.name)


def binding_of(hub: "Hub", contour: Contour) -> Smev2Binding:
    """Return what reads and writes SMEV 2 in a contour; raise HubBroken, OwnKeyBroken."""
    own = hub.own_signature(contour)
    allowed = sorted(hub.signature_policy(contour).digests, key=lambda one: one.name)
    return Smev2Binding(
        system_of(hub.settings),
        envelope_contract(),
        digests(hub.providers, allowed, hub.settings.max_mtom_bytes),
        hub.offices(contour),
        hub.clock,
        hub.identifiers,
        None if own is None else own.sign,
        partial(kept.find, hub.databases[contour]),
    )


def digests(providers: Providers, allowed: Sequence[Hash], max_bytes: int) -> Digests:
    """Return which DigestValue is believed: any allowed algorithm, or a sender's agreed one."""
    named: dict[str | None, IsDigestOf] = {
        one.name: partial(_is_digest_of, providers, (one,)) for one in allowed
    }
    return Digests({None: partial(_is_digest_of, providers, tuple(allowed)), **named}, max_bytes)


def _wrappers(
    contract: Contract,
    second: Contract,
    service: Service,
    routes: Mapping[str, Mapping[str, Route]],
) -> dict[str, Wrapper]:
    declared = service.smev2 or Smev2()
    by_name = {route.operation.name: route for route in routes[contract.name].values()}
    wrapped = {operation.name: operation for operation in second.operations}
    if wrapped.keys() != by_name.keys():
        raise HubBroken(f"{contract.name}: операции двух привязок разные")
    poll = declared.poll
    asked = None if poll is None else _poll_route(contract, poll, by_name[poll.operation])
    found = {
        operation.request: _wrapper(operation, by_name[name], declared, asked)
        for name, operation in wrapped.items()
    }
    for foreign in declared.foreign:
        found[foreign.wrapper] = _foreign(foreign, by_name[foreign.operation], declared)
    return found


def _wrapper(
    operation: ContractOperation, route: Route, declared: Smev2, asked: Route | None
) -> Wrapper:
    poll = declared.poll
    is_polled = poll is not None and operation.name in poll.origins | {poll.operation}
    return Wrapper(
        route=route,
        answer=operation.response,
        action=operation.soap_action,
        takes=declared.takes.get(operation.name, _PLAIN),
        answers=declared.answers.get(operation.name, Status.RESULT),
        invalid=declared.invalid,
        poll=asked if is_polled else None,
        judge=poll.judge if poll is not None and is_polled else None,
    )


def _foreign(foreign: Foreign, route: Route, declared: Smev2) -> Wrapper:
    return Wrapper(
        route=route,
        answer=foreign.answer,
        action=None,
        takes=declared.takes.get(foreign.operation, _PLAIN),
        answers=declared.answers.get(foreign.operation, Status.RESULT),
        invalid=declared.invalid,
        foreign=foreign,
        schema=schema_contract(foreign.schema, *foreign.imports),
    )


def _poll_route(contract: Contract, poll: Poll, plain: Route) -> Route:
    """Answer a PING from what the journal knows of the message it names."""
    handle = plain.operation.handle
    if handle is None or plain.operation.mode is not Mode.READ:
        raise HubBroken(f"{contract.name}: {poll.operation} не только читает")

    def answer(received: Received[Asked], work: Work) -> Any:  # noqa: ANN401 -- any typed response
        for message_id in received.request.ids:
            key = journal.key_of(
                work.database, received.sender.code, message_id, contract.name, poll.origins
            )
            if key is not None:
                return handle(replace(received, request=poll.request(key)), work)
        raise NotFound("Запроса, на который ссылается RequestIdRef, узел от вас не принимал.")

    operation = Operation(poll.operation, Mode.READ, handle=answer)
    return replace(plain, operation=operation, decode=_asked)


def _asked(message: etree._Element) -> Asked:
    read = smev2.read_message(message)
    return Asked(tuple(one for one in (read.request_id, read.origin_request_id) if one))


def _is_digest_of(
    providers: Providers, allowed: Sequence[Hash], digest: bytes, source: IO[bytes]
) -> bool:
    digesters = [providers.digester(one) for one in allowed]
    for block in iter(lambda: source.read(_BLOCK), b""):
        for digester in digesters:
            digester.update(block)
    return any(digester.digest() == digest for digester in digesters)
