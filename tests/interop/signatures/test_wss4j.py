"""Apache WSS4J on Santuario, as Debian ships them, in a small Java program compiled here."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from envelopes import PROVIDERS, plain, verify

from gateway.security import wsse
from gateway.security.policy import SMEV_ACTOR
from gateway.soap.parse import Version

pytestmark = pytest.mark.interop
each_way = pytest.mark.parametrize(
    ("version", "actor"), [(Version.SOAP11, SMEV_ACTOR), (Version.SOAP12, None)], ids=["11", "12"]
)
SOURCE = Path(__file__).parent / "java" / "Wss.java"
LIBRARIES = ("wss4j", "xmlsec", "commons-logging", "slf4j-api", "slf4j-nop")
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@pytest.fixture(scope="session")
def wss4j(tool, jars, run, files, tmp_path_factory) -> Callable[..., bytes]:
    """Call the program; it knows the one identity."""
    java, javac = tool("java"), tool("javac")
    classes = tmp_path_factory.mktemp("wss4j")
    path = ":".join(str(item) for item in [classes, *jars(*LIBRARIES)])
    run(javac, "-nowarn", "-cp", path, "-d", str(classes), str(SOURCE))

    def call(verb: str, octets: bytes, *, actor: str | None = None, good: int = 0) -> bytes:
        arguments = [verb, str(files.store), "secret", *([actor] if actor else [])]
        return run(java, *QUICK, "-cp", path, "Wss", *arguments, stdin=octets, good=good)

    return call


@each_way
def test_ours_verifies_wss4j(wss4j, files, version, actor):
    signed = wss4j("sign", plain(version), actor=actor)
    verified = verify(signed, version, now=datetime.now(UTC))
    assert verified.certificate == files.identity.der
    assert verified.created is not None
    assert verified.message_header is not None
    assert b"100.00" in verified.body


def test_ours_verifies_wss4j_over_an_envelope_in_the_default_namespace(wss4j, files):
    """WSS4J then lists `#default` among the prefixes that libxml2 is never told of by lxml."""
    soap = Version.SOAP11.value
    octets = (
        f'<Envelope xmlns="{soap}"><Header/><Body><p:Pay xmlns:p="urn:p" xmlns=""><a>100.00</a>'
        "</p:Pay></Body></Envelope>"
    ).encode()
    signed = wss4j("sign", octets.replace(b"<Header/>", HEADER))
    assert b"#default" in signed
    assert b"100.00" in verify(signed, now=datetime.now(UTC)).body


HEADER = (
    b'<Header><h:MessageHeader xmlns:h="urn://x-artefacts-citto-72/hub/1.0">'
    b"<h:sender>BANK</h:sender></h:MessageHeader></Header>"
)


@each_way
def test_wss4j_verifies_ours(wss4j, files, version, actor):
    signer = files.identity.signer(lifetime=timedelta(minutes=5), actor=actor)
    octets = wsse.sign(plain(version), signer, PROVIDERS, uuid4, datetime.now(UTC))
    signed = wss4j("verify", octets, actor=actor).split()
    assert set(signed) == {b"Body", b"MessageHeader", b"Timestamp"}
    wss4j("verify", octets.replace(b"100.00", b"900.00"), actor=actor, good=1)
