"""KeyInfo names one certificate in its place; nothing else is anybody's key."""

from base64 import b64encode

import envelopes
import pytest
from cryptography.hazmat.primitives.asymmetric import ec as curves
from cryptography.hazmat.primitives.asymmetric import rsa as rsa_keys
from cryptography.hazmat.primitives.serialization import Encoding
from envelopes import DS, Message, signed, verify
from identities import Identity, certificate, identity_of
from lxml import etree

from gateway.security.algorithms import Scheme
from gateway.security.document import WSU_ID
from gateway.security.errors import Reason
from gateway.security.token import TOKEN
from gateway.soap.parse import WSSE_NAMESPACE


@pytest.fixture
def message(rsa: Identity) -> Message:
    return signed(rsa)


def reason(message: Message, **options) -> Reason:
    return envelopes.reason(message.octets(), message.version, **options)


def key_info(message: Message, *content: etree._Element) -> etree._Element:
    found = message.signature.find(f"{DS}KeyInfo")
    for child in list(found):
        found.remove(child)
    found.extend(content)
    return found


def element(tag: str, *children: etree._Element, text: str | None = None, **attributes: str):
    made = etree.Element(tag, attributes)
    made.text = text
    made.extend(children)
    return made


def x509_certificate(der: bytes) -> etree._Element:
    return element(f"{DS}X509Certificate", text=b64encode(der).decode())


def wsse_name(name: str) -> str:
    return f"{{{WSSE_NAMESPACE}}}{name}"


def test_one_certificate_in_key_info_is_taken(rsa, message):
    message.security.remove(message.security.find(TOKEN))
    key_info(message, element(f"{DS}X509Data", x509_certificate(rsa.der)))
    assert verify(message.octets()).certificate == rsa.der


def tricks(rsa: Identity) -> dict[str, list[etree._Element]]:
    certificate_element = x509_certificate(rsa.der)
    data = f"{DS}X509Data"
    reference = element(wsse_name("Reference"), URI="#token")
    return {
        "nothing": [],
        "retrieval": [element(f"{DS}RetrievalMethod", URI="http://evil.example/key")],
        "name": [element(f"{DS}KeyName", text="BANK")],
        "value": [element(f"{DS}KeyValue", element(f"{DS}RSAKeyValue"))],
        "pgp": [element(f"{DS}PGPData", element(f"{DS}PGPKeyID", text="AAAA"))],
        "two certificates": [
            element(data, certificate_element, x509_certificate(rsa.der)),
        ],
        "two data": [
            element(data, x509_certificate(rsa.der)),
            element(data, x509_certificate(rsa.der)),
        ],
        "certificate and value": [
            element(data, x509_certificate(rsa.der)),
            element(f"{DS}KeyValue", element(f"{DS}RSAKeyValue")),
        ],
        "issuer and serial": [element(data, element(f"{DS}X509IssuerSerial"))],
        "subject key identifier": [element(data, element(f"{DS}X509SKI", text="AAAA"))],
        "key identifier": [
            element(wsse_name("SecurityTokenReference"), element(wsse_name("KeyIdentifier")))
        ],
        "reference inside a reference": [
            element(
                wsse_name("SecurityTokenReference"),
                element(wsse_name("Reference"), reference, URI="#token"),
            )
        ],
        "recursion": [element(f"{DS}KeyInfo", element(f"{DS}KeyInfo"))],
    }


@pytest.mark.parametrize("trick", tricks(Identity(b"", b"", None, Scheme.RSA_SHA256)))
def test_key_info_names_one_certificate_and_nothing_else(rsa, message, trick):
    key_info(message, *tricks(rsa)[trick])
    assert reason(message) is Reason.KEY_INFO


def reference_uri(message: Message, uri: str) -> None:
    message.signature.find(f".//{wsse_name('Reference')}").set("URI", uri)


@pytest.mark.parametrize("uri", ["http://evil.example/token", "file:///etc/passwd", "", "#a b"])
def test_token_is_never_fetched(message, uri):
    reference_uri(message, uri)
    assert reason(message) is Reason.REFERENCE_URI


def test_token_reference_to_something_else_is_refused(message):
    reference_uri(message, f"#{message.body.get(WSU_ID)}")
    assert reason(message) is Reason.TOKEN_PLACE


@pytest.mark.parametrize("name", ["ValueType", "EncodingType"])
def test_token_of_another_type_is_refused(message, name):
    message.security.find(TOKEN).set(name, "urn:X509PKIPathv1")
    assert reason(message) is Reason.TOKEN_FORMAT


@pytest.mark.parametrize("junk", [b"", b"\x30", b"\x30\x03\x02\x01\x01", b"junk" * 10])
def test_token_that_is_no_certificate_is_refused(message, junk):
    message.security.find(TOKEN).text = b64encode(junk)
    assert reason(message) is Reason.CERTIFICATE


def test_octets_after_the_certificate_are_refused(rsa, message):
    message.security.find(TOKEN).text = b64encode(rsa.der + b"\x00")
    assert reason(message) is Reason.CERTIFICATE


def test_huge_token_is_refused_unread(message):
    message.security.find(TOKEN).text = "A" * 40_000
    assert reason(message) is Reason.LIMIT


def test_certificate_of_another_key_does_not_fit_the_value(ec, message):
    other = identity_of(rsa_keys.generate_private_key(65537, 2048), Scheme.RSA_SHA256)
    message.security.find(TOKEN).text = b64encode(other.der)
    assert reason(message) is Reason.VALUE


def strange_certificate(public) -> bytes:
    issuer = curves.generate_private_key(curves.SECP256R1())
    return certificate(public, issuer).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("exponent", "bits"),
    [(3, 2048), ((1 << 2000) + 1, 2048), (65537, 16_384), (65537, 1024)],
    ids=["small exponent", "huge exponent", "huge modulus", "short modulus"],
)
def test_rsa_key_out_of_bounds_is_refused_before_it_computes(message, exponent, bits):
    public = rsa_keys.RSAPublicNumbers(exponent, (1 << (bits - 1)) | 1).public_key()
    message.security.find(TOKEN).text = b64encode(strange_certificate(public))
    assert reason(message) is Reason.KEY


def test_curve_that_is_not_in_use_is_refused(message):
    public = curves.generate_private_key(curves.SECP256K1()).public_key()
    message.security.find(TOKEN).text = b64encode(strange_certificate(public))
    assert reason(message) is Reason.KEY
