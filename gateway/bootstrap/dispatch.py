"""What the hub sends to participants: offices that write, channels that deliver."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from gateway.bootstrap import smev2
from gateway.bootstrap.binding import bind_outward
from gateway.bootstrap.contours import ContourJobs
from gateway.contracts.smev2 import envelope_contract
from gateway.delivery import Channel
from gateway.kernel.message import Contour
from gateway.outgoing import Outgoing
from gateway.outgoing.binding import Binding, Plain
from gateway.outgoing.calls import Calls
from gateway.outgoing.channel import Net, ParticipantChannel
from gateway.outgoing.proving import Prover
from gateway.outgoing.smev2 import Smev2
from gateway.security.algorithms import Hash
from gateway.security.verifier import SignatureVerifier
from gateway.wire.address import system_resolver
from registry import endpoints
from registry.endpoints import Endpoint

if TYPE_CHECKING:
    from gateway.bootstrap.hub import Hub


_DIGESTS = {Contour.TEST: Hash.SHA256, Contour.PROD: Hash.STREEBOG256}
"""Of archives that are sent, where a participant has agreed on no other."""


@dataclass(frozen=True)
class Dispatch:
    """The outgoing side of both contours; raises OwnKeyBroken, HubBroken."""

    hub: "Hub"

    @cached_property
    def calls(self) -> Calls:
        """Every operation that the hub calls."""
        return bind_outward(self.hub.catalog, self.hub.adapters)

    @cached_property
    def offices(self) -> Mapping[Contour, Outgoing]:
        """What slices write messages by."""
        return {
            contour: Outgoing(
                contour,
                self.calls,
                self._plain[contour],
                partial(self.endpoint, contour),
                signs=self._plain[contour].sign is not None,
                second=self._second[contour],
            )
            for contour in Contour
        }

    def channels(self, contour: Contour) -> Mapping[str, Channel]:
        """Return what delivers the letters of a contour, by channel: one for each binding."""
        bindings: tuple[Binding, ...] = (self._plain[contour], self._second[contour])
        return {one.channel: self._channel(contour, one) for one in bindings}

    def _channel(self, contour: Contour, binding: Binding) -> Channel:
        hub = self.hub
        return ParticipantChannel(
            contour,
            hub.databases[contour],
            self.calls,
            binding,
            partial(self.endpoint, contour),
            self._prover(contour),
            Net(system_resolver, hub.stand.servers_tls),
            hub.clock,
            ContourJobs(hub, contour).work,
        )

    def endpoint(self, contour: Contour, code: str, contract: str) -> Endpoint | None:
        """Return where the registry says that a participant serves a contract just now."""
        family, _, version = contract.rpartition("/")
        with self.hub.registry.reading() as transaction:
            found = endpoints.find(transaction, code, family, contour)
        if found is None or found.endpoint.format_version != version:
            return None
        return found.endpoint

    @cached_property
    def _plain(self) -> Mapping[Contour, Plain]:
        made = {}
        for contour in Contour:
            own = self.hub.own_signature(contour)
            made[contour] = Plain(contour, self.hub.settings.code, own.sign if own else None)
        return made

    @cached_property
    def _second(self) -> Mapping[Contour, Smev2]:
        hub = self.hub
        return {
            contour: Smev2(
                contour,
                smev2.system_of(hub.settings),
                envelope_contract(),
                partial(hub.directory.participant, contour),
                hub.providers,
                _DIGESTS[contour],
                self._plain[contour].sign,
            )
            for contour in Contour
        }

    def _prover(self, contour: Contour) -> Prover:
        hub = self.hub
        signatures = SignatureVerifier(
            contour, hub.signature_policy(contour), hub.providers, hub.keys, hub.trust, hub.clock
        )
        return Prover(contour, signatures, partial(hub.directory.participant, contour))
