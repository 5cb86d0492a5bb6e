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
from gateway.wire.lines import Lines, Remembered

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
                partial(self.hub.directory.endpoint, contour),
                signs=self._plain[contour].sign is not None,
                second=self._second[contour],
            )
            for contour in Contour
        }

    @cached_property
    def channels(self) -> Mapping[Contour, Mapping[str, Channel]]:
        """What delivers the letters of each contour, by channel: one for each binding."""
        return {
            contour: {
                binding.channel: self._channel(contour, binding)
                for binding in self._bindings(contour)
            }
            for contour in Contour
        }

    def _bindings(self, contour: Contour) -> tuple[Binding, ...]:
        """Return the kinds of envelope that letters of a contour may be in."""
        return (self._plain[contour], self._second[contour])

    def _channel(self, contour: Contour, binding: Binding) -> ParticipantChannel:
        hub = self.hub
        return ParticipantChannel(
            contour,
            hub.databases[contour],
            self.calls,
            binding,
            partial(hub.directory.endpoint, contour),
            self._prover(contour),
            self._net,
            hub.clock,
            ContourJobs(hub, contour).work,
        )

    @cached_property
    def _net(self) -> Net:
        return Net(system_resolver, Remembered(self.hub.stand.servers_tls), self.lines)

    @cached_property
    def lines(self) -> Lines:
        """Connections to participants that are left open."""
        return Lines()

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
                hub.settings.code,
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
