"""A key and its certificate in the forms that foreign stacks read, and messages for them."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from identities import Identity, rsa_identity

PASSWORD = "secret"


@dataclass(frozen=True, slots=True)
class Files:
    """One identity, written down."""

    identity: Identity
    key: Path
    certificate: Path
    store: Path
    """PKCS #12 with both under the name `hub`, protected by PASSWORD."""


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("identity")
    identity = rsa_identity()
    made = Files(identity, folder / "key.pem", folder / "certificate.pem", folder / "store.p12")
    made.key.write_bytes(identity.pem)
    made.certificate.write_bytes(identity.certificate_pem)
    made.store.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"hub",
            serialization.load_pem_private_key(identity.pem, None),
            x509.load_der_x509_certificate(identity.der),
            None,
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    return made


@pytest.fixture(scope="session")
def run() -> Callable[..., bytes]:
    """Run a program to a good end and return what it printed."""

    def run(*command: str, stdin: bytes = b"", good: int = 0) -> bytes:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)
        assert done.returncode == good, done.stderr.decode() + done.stdout.decode()
        return done.stdout

    return run
