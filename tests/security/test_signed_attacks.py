"""The signed attacks: forged well, and let into production by nobody."""

import hashlib
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from lxml import etree

from gateway.attacks import campaign
from gateway.attacks.attack import Surface
from gateway.attacks.catalogue import ATTACKS
from gateway.attacks.forge import Forge, KeyRefused, Signed, canonical
from gateway.attacks.wire import send
from gateway.soap.parse import Version

SIGNED = [attack for attack in ATTACKS if attack.surface is Surface.KEY]
each_attack = pytest.mark.parametrize("attack", SIGNED, ids=lambda attack: attack.name)


@pytest.fixture(scope="module", params=["rsa", "ec"])
def key(request) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if request.param == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def forge(key) -> Forge:
    name = x509.Name.from_rfc4514_string("CN=Bank")
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Forge.read(private, certificate.public_bytes(serialization.Encoding.PEM))


def signed(ground, forge: Forge) -> Signed:
    return forge.sign(ground.envelope(ground.payment(), header=ground.header()))


def test_honest_message_is_signed_as_the_standards_say(ground, forge, key):
    message = signed(ground, forge)
    info = canonical(etree.fromstring(message.octets).find(".//{*}SignedInfo"))
    value = b64decode(message.part("SignatureValue").text)
    if isinstance(key, rsa.RSAPrivateKey):
        key.public_key().verify(value, info, padding.PKCS1v15(), hashes.SHA256())
    else:
        assert len(value) == 64
    body, header = message.signature.findall(".//{*}DigestValue")
    assert b64decode(body.text) == hashlib.sha256(canonical(message.body)).digest()
    assert b64decode(header.text) == hashlib.sha256(canonical(message.message_header)).digest()


@pytest.mark.parametrize("ground", [Version.SOAP11], indirect=True)
@each_attack
def test_no_forged_message_is_let_into_production(ground, forge, attack):
    production = replace(ground, forge=forge, path=ground.path.replace("/test/", "/prod/"))
    shots = list(attack.shots(production))
    assert shots
    for shot in shots:
        answer = send(production.target, shot.pieces, patience=10)
        assert answer.fault is not None, shot.name
        assert answer.fault.code in {"SIGNATURE_INVALID", "VALIDATION_ERROR", "CERT_EXPIRED"}


def test_nothing_signed_is_fired_when_an_honest_message_is_not_taken(attacked, ground, forge):
    with pytest.raises(campaign.NotATestContour, match="подписанный Ping"):
        campaign.reconnoitre(
            ground.target,
            ground.version,
            ground.credentials,
            ground.catalog,
            ground.clock,
            attacked.canary,
            forge,
        )


def test_what_is_no_key_is_refused():
    with pytest.raises(KeyRefused):
        Forge.read(b"rubbish", b"rubbish")
