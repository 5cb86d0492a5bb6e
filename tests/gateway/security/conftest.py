"""Identities that sign, made once a run; the gost engine, in our process and behind OpenSSL."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from identities import Identity, ec_identity, rsa_identity

from gateway.security.providers.gost_engine import EngineGost
from gateway.security.providers.libcrypto import GostUnavailable

CONFIGURATION = """\
openssl_conf = all
[all]
engines = engines
[engines]
gost = gost
[gost]
default_algorithms = ALL
[req]
distinguished_name = name
x509_extensions = extensions
[name]
[extensions]
basicConstraints = CA:FALSE
keyUsage = digitalSignature
subjectKeyIdentifier = hash
"""

OpenSsl = Callable[..., bytes]


def cannot(word: str) -> NoReturn:
    """Skip a test for what the machine lacks; where CI is set nothing may lack."""
    if os.environ.get("CI"):
        pytest.fail(word)
    pytest.skip(word)


@pytest.fixture(scope="session")
def engine() -> EngineGost:
    try:
        return EngineGost()
    except GostUnavailable as reason:
        cannot(f"{reason}: install libengine-gost-openssl")


@pytest.fixture
def openssl(tmp_path: Path) -> OpenSsl:
    """Run OpenSSL in a folder of the test's own; it fails the test, or returns what was printed."""
    program = shutil.which("openssl") or cannot("openssl is not installed")
    configuration = tmp_path / "openssl.cnf"
    configuration.write_text(CONFIGURATION, "ascii")

    def run(command: str, *, fails: bool = False) -> bytes:
        done = subprocess.run(
            [program, *command.split()],
            cwd=tmp_path,
            env={**os.environ, "OPENSSL_CONF": str(configuration)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stderr.decode("utf-8", "replace")
        return done.stdout

    return run


@pytest.fixture
def gost_openssl(openssl: OpenSsl) -> OpenSsl:
    """OpenSSL that has loaded the gost engine."""
    if b"md_gost12_256" not in openssl("engine gost -c"):
        cannot("OpenSSL has no gost engine: install libengine-gost-openssl")
    return openssl


@pytest.fixture(scope="session")
def rsa() -> Identity:
    return rsa_identity()


@pytest.fixture(scope="session")
def ec() -> Identity:
    return ec_identity()


@pytest.fixture(params=["rsa", "ec"])
def identity(request: pytest.FixtureRequest) -> Identity:
    return request.getfixturevalue(request.param)
