"""The hub's own signature: which key and certificate it answers with in a contour."""

from dataclasses import dataclass, replace
from pathlib import Path

from gateway.kernel.ports import Clock, Identifiers
from gateway.security import cms, wsse
from gateway.security.certificates import CertificateReader
from gateway.security.provider import Providers
from gateway.security.signing import SignerUnusable, read_signer
from gateway.security.wsse import Signer


class OwnKeyBroken(Exception):
    """The hub's key or certificate cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class OwnSignature:
    """Signs what the hub sends."""

    signer: Signer
    providers: Providers
    identifiers: Identifiers
    clock: Clock

    def sign(self, envelope: bytes, actor: str | None) -> bytes:
        """Return the envelope with a signature over Body and header, addressed to `actor`.

        It has no Timestamp: a stored answer is sent again byte for byte, and would look stale.
        """
        signer = replace(self.signer, actor=actor)
        return wsse.sign(envelope, signer, self.providers, self.identifiers, self.clock())

    def sign_file(self, octets: bytes) -> bytes:
        """Return the signature that lies beside a file (CMS, DER)."""
        signer = self.signer
        return cms.sign(
            [octets], signer.key, signer.certificate, signer.scheme, self.providers, self.clock()
        )


def load_signer(key_file: Path, certificate_file: Path, providers: Providers) -> Signer:
    """Read a key and its certificate; raise OwnKeyBroken."""
    try:
        return read_signer(
            key_file.read_bytes(),
            certificate_file.read_bytes(),
            _no_password,
            providers,
            CertificateReader(providers),
        )
    except (OSError, SignerUnusable) as error:
        raise OwnKeyBroken(f"{key_file}, {certificate_file}: {error}") from error


def _no_password() -> bytes:
    raise SignerUnusable("ключ узла не должен быть зашифрован: узел запускается без оператора")
