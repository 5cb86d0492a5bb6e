"""The stand of trials as far as it goes over the net: calls and pre-flight checks (GW-11)."""

import logging
from collections.abc import Sequence
from functools import cached_property, partial
from ssl import SSLContext, create_default_context
from typing import TYPE_CHECKING
from uuid import UUID

from gateway.bootstrap.contours import ContourJobs
from gateway.conformance.calls import lookouts, rounds
from gateway.conformance.calls.caller import Caller
from gateway.conformance.evidence import Message, Signature
from gateway.conformance.language.model import Suite
from gateway.conformance.preflight import Check, Examiner, Setting
from gateway.conformance.sessions import journaled
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.security.path import Purpose
from gateway.security.trust import BoundCertificate
from gateway.security.verifier import SignatureVerifier
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import Version, parse
from gateway.wire.address import system_resolver
from registry import endpoints

if TYPE_CHECKING:
    from gateway.bootstrap.hub import Hub

log = logging.getLogger(__name__)


class Stand:
    """Calls participants under test and looks at their setting beforehand."""

    def __init__(self, hub: "Hub") -> None:
        """Take what it needs from the hub when it is needed."""
        self._hub = hub

    def caller(self, contour: Contour) -> Caller:
        """Return what calls participants under test; raises OwnKeyBroken."""
        own = self._hub.own_signature(contour)
        sign = own.sign if own else None
        return Caller(
            contour,
            self._hub.settings.code,
            sign,
            system_resolver,
            self.servers_tls,
            self._hub.clock,
            partial(self._signature, contour),
        )

    def _signature(self, contour: Contour, code: str, reply: bytes) -> Signature:
        """Return what there is to say of the signature of a participant's reply.

        Who has a certificate for messages is one who signs them; his reply is held to the policy
        and to the trust that his requests are held to.
        """
        hub = self._hub
        if not self._certificates(contour, code):
            return Signature.NOT_DUE
        verifier = SignatureVerifier(
            contour, hub.signature_policy(contour), hub.providers, hub.keys, hub.trust, hub.clock
        )
        try:
            envelope = parse(reply, Version.SOAP11)
            if envelope.security is None:
                return Signature.NONE
            signer = verifier.verify(envelope).signer
        except GatewayError as refusal:
            log.info("reply of %s: %s", code, refusal.told_inside or refusal.code)
            is_none = isinstance(refusal, MalformedMessage)
            return Signature.NONE if is_none else Signature.INVALID
        return Signature.VALID if signer == code else Signature.INVALID

    def _certificates(self, contour: Contour, code: str) -> list[BoundCertificate]:
        """Return the standing certificates that a participant signs his messages with."""
        known = self._hub.directory.bindings().certificates[contour].values()
        return [
            binding
            for binding in known
            if binding.participant == code
            and binding.purpose is Purpose.MESSAGE
            and binding.ended_at is None
        ]

    @cached_property
    def rounds(self) -> rounds.Rounds:
        """What makes the calls that sessions of trials wait for (GW-11)."""
        return rounds.Rounds(self._hub.sessions, self.caller, self.endpoints_of)

    @cached_property
    def lookouts(self) -> lookouts.Lookouts:
        """What looks at the setting of sessions of trials by itself (GW-11)."""
        return lookouts.Lookouts(self._hub.sessions, self.preflight)

    def endpoints_of(self, code: str) -> tuple[endpoints.Registered, ...]:
        """Return the addresses that the registry names for a participant."""
        with self._hub.registry.reading() as transaction:
            return endpoints.current(transaction, code)

    def preflight(self, contour: Contour, session_id: UUID) -> tuple[Check, ...]:
        """Check the setting of a session and record what is news (SVC-17).

        It goes over the net: never call it inside a transaction. Raises SessionUnknown,
        SessionEnded, SuiteBroken.
        """
        jobs = ContourJobs(self._hub, contour)
        desk = self._hub.sessions
        with jobs.read() as work:
            session = desk.find(work.database, session_id)
            suite = desk.suites.plan(session.plan)
            sent = journaled.messages(
                work.database,
                session.participant,
                suite.services,
                session.started_at,
                work.now,
                unidentified=False,
            )
        examiner = self.examiner(contour, session.participant, suite, session.endpoint_url, sent)
        checks = examiner.examine(suite.preflight)
        with jobs.begin() as work:
            seen = [check.evidence(work.now) for check in checks]
            desk.record_preflight(work.database, desk.find(work.database, session_id), seen)
        return checks

    def examiner(
        self,
        contour: Contour,
        code: str,
        suite: Suite,
        endpoint_url: str | None,
        messages: Sequence[Message] = (),
    ) -> Examiner:
        """Return what makes the pre-flight checks of one session.

        `endpoint_url` is where the participant says that he is called, `messages` are those that
        he has sent in the session.
        """
        setting = Setting(
            contour=contour,
            families=tuple(name.rpartition("/")[0] for name in suite.called),
            participant=self._hub.directory.participant(contour, code),
            has_login=self._hub.directory.has_login(contour, code),
            certificates=tuple(
                partial(
                    self._hub.trust.check,
                    b.der,
                    contour,
                    Purpose.MESSAGE,
                    self._hub.clock(),
                    participant=code,
                )
                for b in self._certificates(contour, code)
            ),
            endpoint_url=endpoint_url,
            registered=self.endpoints_of(code),
            contract=self._hub.catalog.contracts.get(suite.format),
            messages=messages,
        )
        return Examiner(setting, system_resolver, self.servers_tls, self._hub.clock)

    def servers_tls(self) -> SSLContext:
        """Return how the certificates of participants' servers are checked."""
        return create_default_context(cafile=self._hub.settings.servers_authorities or None)
