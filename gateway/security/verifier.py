"""The contours' verifiers: how a message proves who sent it.

Production believes signatures and nothing else. In the test contour credentials will do, unless a
message is signed: then the signature has to hold. Whatever is refused here looks the same from
outside (SVC-00-05); the exact reason goes to the journal.
"""

import hashlib
from dataclasses import dataclass

from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock
from gateway.security import wsse
from gateway.security.keys import KeyCache
from gateway.security.path import Purpose
from gateway.security.policy import Policy
from gateway.security.proof import CredentialVerifier, Proof, Verifier
from gateway.security.provider import Providers
from gateway.security.trust import Trust
from gateway.soap.parse import Envelope


@dataclass(frozen=True, slots=True)
class SignatureVerifier:
    """Proves a message by its signature and the certificate by the contour's trust."""

    contour: Contour
    policy: Policy
    providers: Providers
    keys: KeyCache
    trust: Trust
    clock: Clock

    def verify(self, envelope: Envelope) -> Proof:
        """Return what was signed and by whom; raise SignatureRefused, NotAllowedInContour.

        The signature comes first: a certificate is public, whoever shows it proves nothing.
        """
        now = self.clock()
        verified = wsse.verify(envelope, self.policy, self.providers, self.keys, now)
        trusted = self.trust.check(verified.certificate, self.contour, Purpose.MESSAGE, now)
        thumbprint = hashlib.sha256(verified.certificate).hexdigest()
        return wsse.proof(verified, trusted.participant, thumbprint)


@dataclass(frozen=True, slots=True)
class SignatureOrCredential:
    """The test contour: a signature where there is one, otherwise HTTP Basic."""

    signatures: Verifier
    credentials: Verifier = CredentialVerifier()  # noqa: RUF009 -- it has no state

    def verify(self, envelope: Envelope) -> Proof:
        """Return what is proven; raise SignatureRefused, NotAllowedInContour."""
        chosen = self.credentials if envelope.security is None else self.signatures
        return chosen.verify(envelope)
