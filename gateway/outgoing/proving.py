"""Who has signed a reply, and where somebody has to."""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.kernel.message import Contour, Participant
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.proof import CredentialVerifier, Proof, Verifier
from gateway.soap.parse import Envelope

Participants = Callable[[str], Participant | None]
"""Directory look-up by participant code."""


@dataclass(frozen=True, slots=True)
class Prover:
    """Proves replies in one contour."""

    contour: Contour
    signatures: Verifier
    participants: Participants

    def prove(self, envelope: Envelope, code: str) -> Proof:
        """Return what is proven of a participant's reply; raise SignatureRefused.

        In the test contour an unsigned one will do, unless he has asked for signatures; one that
        is signed has to hold anywhere.
        """
        if envelope.security is None:
            if self._is_demanded(code):
                raise SignatureRefused(Reason.MISSING)
            return CredentialVerifier().verify(envelope)
        proof = self.signatures.verify(envelope)
        if proof.signer != code:
            raise SignatureRefused(Reason.CERTIFICATE_OTHER_PARTICIPANT, proof.signer or "")
        return proof

    def _is_demanded(self, code: str) -> bool:
        participant = self.participants(code)
        return (
            self.contour is Contour.PROD or participant is None or participant.is_signature_required
        )
