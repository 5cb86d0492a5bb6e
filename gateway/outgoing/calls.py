"""Operations of participants' own services, each bound to its typed messages once, at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from gateway.adapter import Outward
from gateway.contracts.catalog import Contract, ContractOperation


@dataclass(frozen=True, slots=True)
class Call:
    """One operation that the hub calls."""

    contract: Contract
    operation: ContractOperation
    outward: Outward
    request: type
    encode: Callable[[Any], bytes]
    decode: Callable[[etree._Element], Any]

    @property
    def family(self) -> str:
        """The contract without its version, as the registry names services."""
        return self.contract.name.rpartition("/")[0]


class Calls:
    """Every operation that the hub calls, by what is known of a message."""

    def __init__(self, calls: Iterable[Call]) -> None:
        """Order them."""
        known = tuple(calls)
        self._by_class = {(one.contract.name, one.request): one for one in known}
        self._by_tag = {(one.contract.name, one.operation.request): one for one in known}
        self._outward = {one.contract.name: one.outward for one in known}

    def of(self, contract: str, request: object) -> Call:
        """Return what sends a typed request; raise KeyError."""
        return self._by_class[contract, type(request)]

    def by_tag(self, contract: str, tag: str) -> Call | None:
        """Return the operation with this element, or None."""
        return self._by_tag.get((contract, tag))

    def outward(self, contract: str) -> Outward | None:
        """Return who hears of messages of a contract; None when no slice does any more."""
        return self._outward.get(contract)
