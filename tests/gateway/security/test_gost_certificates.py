"""Certificates, a list and an answer over GOST R 34.10-2012, all made by OpenSSL's gost engine."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pki
import pytest

from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.certificates import CertificateReader
from gateway.security.errors import Reason
from gateway.security.path import Authorities, Purpose, find_path
from gateway.security.provider import Providers
from gateway.security.providers import installed
from gateway.security.revocation import Status, ocsp_request, read_crl, read_ocsp

CONFIGURATION = """\
openssl_conf = all
[all]
engines = engines
oid_section = names
[names]
INNLE = 1.2.643.100.4
[engines]
gost = gost
[gost]
default_algorithms = ALL
[req]
distinguished_name = nothing
[nothing]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""
# `openssl ca` fails when its own configuration names the engine that is loaded already.
AUTHORITY = "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=%s\ndefault_crl_days=1\n"


class Openssl:
    """OpenSSL with the gost engine, in a folder of its own."""

    def __init__(self, program, folder):
        self._program = program
        self._folder = folder
        self.write("openssl.cnf", CONFIGURATION)

    def write(self, name, content):
        octets = content.encode() if isinstance(content, str) else content
        (self._folder / name).write_bytes(octets)

    def read(self, name):
        return (self._folder / name).read_bytes()

    def __call__(self, command):
        done = subprocess.run(
            [self._program, *command.split()],
            cwd=self._folder,
            env={**os.environ, "OPENSSL_CONF": str(self._folder / "openssl.cnf")},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout


@pytest.fixture(scope="module", params=[256, 512])
def bits(request):
    return request.param


@pytest.fixture(scope="module")
def openssl(bits, tmp_path_factory):
    program = shutil.which("openssl") or pki.cannot("openssl is not installed")
    run = Openssl(program, tmp_path_factory.mktemp(f"gost{bits}"))
    if b"md_gost12_256" not in run("engine gost -c"):
        pki.cannot("OpenSSL has no gost engine: install libengine-gost-openssl")
    return run


@pytest.fixture(scope="module")
def made(openssl, bits):
    """Root and participant: `root.pem`, `leaf.pem`, `index.txt` that says the latter is revoked."""
    kind = f"-newkey gost2012_{bits} -pkeyopt paramset:A -nodes -md_gost12_{bits}"
    openssl(
        f"req -x509 {kind} -keyout root.key -out root.pem -days 30 -extensions root -subj /CN=Root"
    )
    openssl(f"req {kind} -keyout leaf.key -out leaf.csr -subj /CN=Bank/INNLE=7706012716")
    openssl(
        f"x509 -req -in leaf.csr -CA root.pem -CAkey root.key -md_gost12_{bits} -set_serial 4096"
        " -days 20 -extfile openssl.cnf -extensions leaf -out leaf.pem"
    )
    openssl.write("index.txt", "R\t350101000000Z\t260101000000Z\t1000\tunknown\t/CN=Bank\n")
    openssl.write("ca.cnf", AUTHORITY % f"md_gost12_{bits}")
    return openssl


@pytest.fixture
def now(made):
    """OpenSSL dates by the clock of the machine: so do we, after it."""
    return datetime.now(UTC) + timedelta(seconds=1)


@pytest.fixture(scope="module")
def reader():
    return CertificateReader(Providers.of(installed()))


@pytest.fixture
def root(made, reader):
    return reader.read(made.read("root.pem"))


@pytest.fixture
def leaf(made, reader):
    return reader.read(made.read("leaf.pem"))


def test_a_gost_certificate_is_read(leaf, bits):
    assert leaf.scheme is {256: Scheme.GOST_256, 512: Scheme.GOST_512}[bits]
    assert leaf.public_key.kind is {256: KeyKind.GOST_256, 512: KeyKind.GOST_512}[bits]
    assert leaf.subject == "CN=Bank, ИНН ЮЛ=7706012716"
    assert leaf.inn == "7706012716"


def test_a_gost_chain_holds(root, leaf, now):
    path = find_path(leaf, Authorities((root,)), now, Purpose.MESSAGE)

    assert path.reason is None
    assert path.chain == (leaf, root)


def test_a_changed_gost_certificate_is_refused(root, leaf, reader, now):
    changed = reader.read(leaf.der.replace(b"Bank", b"Tank"))

    path = find_path(changed, Authorities((root,)), now, Purpose.MESSAGE)

    assert path.reason is Reason.CERTIFICATE_SIGNATURE


def test_a_gost_list_is_understood(made, root, leaf, now):
    made("ca -config ca.cnf -gencrl -keyfile root.key -cert root.pem -out root.crl")

    listed = read_crl(made.read("root.crl"), root, now)

    assert listed.answer(leaf).status is Status.REVOKED


def test_a_gost_answer_is_understood(made, root, leaf, reader, bits, now):
    made.write("question.der", ocsp_request(leaf, root, "http://ca.example/").body)
    made(
        "ocsp -index index.txt -CA root.pem -rsigner root.pem -rkey root.key -ndays 1"
        f" -rmd md_gost12_{bits} -reqin question.der -respout answer.der"
    )

    answer = read_ocsp(made.read("answer.der"), leaf, root, now, reader)

    assert answer.status is Status.REVOKED
