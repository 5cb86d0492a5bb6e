"""The step that decides which bytes of a message are believed.

`verify` of a `Verifier` returns a `Proof`. Of a signed message it holds the canonical bytes that
were proven, re-parsed, and everything after this step sees only them; the tree that came from the
network is used for error places and nothing else (architecture, promise 2).
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from gateway.kernel.errors import SignatureInvalid
from gateway.kernel.message import OnBehalf
from gateway.security.canonical import canonical
from gateway.soap.parse import Envelope


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of a message."""

    payload: etree._Element
    """What the canonical payload says: no comments, no processing instructions."""
    message_header: etree._Element | None
    signer: str | None
    """Participant code of the certificate; None when only a credential stands behind it."""
    certificate: str | None
    """SHA-256 thumbprint of the certificate that signed, kept as evidence (PART-09)."""


class Verifier(Protocol):
    """Proves a message by the policy of one contour."""

    def verify(self, envelope: Envelope) -> Proof:
        """Return what is proven; raise SignatureInvalid or NotAllowedInContour."""
        ...


class CredentialVerifier:
    """HTTP Basic credentials stand behind the whole message.

    The one parser has already dropped all that the canonical form drops, so its tree and a
    re-parse of the canonical bytes say the same (a law that a test holds); it is not parsed twice.
    """

    def verify(self, envelope: Envelope) -> Proof:
        """Return the unsigned payload and header."""
        return Proof(envelope.payload, envelope.message_header, signer=None, certificate=None)


class SignatureRequired:
    """A contour that has no key to sign its replies with: nothing passes."""

    def verify(self, envelope: Envelope) -> Proof:  # noqa: ARG002 -- signature of the port
        """Refuse."""
        raise SignatureInvalid


def digest_of(payload: etree._Element, on_behalf: OnBehalf | None = None) -> bytes:
    """Return the SHA-256 of the canonical payload: what «the same message» means (GW-06).

    For whom it is sent is part of it: a repeat for another person is another message.
    """
    digest = hashlib.sha256(canonical(payload))
    if on_behalf is not None:
        person = (on_behalf.role.value, on_behalf.esia_oid or "", on_behalf.snils_hash or "")
        # Canonical XML holds no NUL: nobody else's content can be written to look like this.
        digest.update("\0".join(("", *person)).encode())
    return digest.digest()
