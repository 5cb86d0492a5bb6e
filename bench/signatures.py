"""Verify and sign a message of 10 KB with RSA-2048, ours beside python-xmlsec and signxml.

`python -m bench.signatures`. All start from bytes and end with bytes: parse, verify; parse, sign,
serialize. signxml is left out where `pip install -e .[bench]` was not done. Rounds are
interleaved, so that the machine's drift divides out of the ratio. Ours also counts the markup,
looks for duplicate ids and returns the bytes that were proven; the peers do not.
"""

import os
import statistics
import time
import timeit
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from gateway.kernel.xml import parser
from gateway.security import policy, wsse
from gateway.security.algorithms import Scheme
from gateway.security.document import WSU, WSU_ID
from gateway.security.keys import KeyCache
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.token import BASE64_BINARY, TOKEN, X509_V3
from gateway.soap.parse import SECURITY_HEADER, WSSE_NAMESPACE, Version, parse

try:
    import signxml
except ImportError:
    signxml = None

ROUNDS = 15
SECONDS_A_ROUND = 0.1
LINES = 38
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SOAP = Version.SOAP11.value
DS = "http://www.w3.org/2000/09/xmldsig#"


@dataclass(frozen=True, slots=True)
class Identity:
    """A key and its certificate, as each library wants them."""

    pem: bytes
    certificate_pem: bytes
    der: bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """One implementation: how it signs bytes, and how it verifies what it signed."""

    name: str
    sign: Callable[[bytes], bytes]
    verify: Callable[[bytes], object]


def message() -> bytes:
    lines = "".join(
        f"<r:line><r:lineNo>{number}</r:lineNo>"
        f"<r:bankPaymentId>PAY-2026-09-01-{number:06d}</r:bankPaymentId>"
        "<r:account>1000007919</r:account><r:amount>250.00</r:amount>"
        "<r:paymentTime>2026-09-01T08:30:00+05:00</r:paymentTime>"
        "<r:channel>TERMINAL</r:channel><r:status>PAID</r:status></r:line>"
        for number in range(1, LINES + 1)
    )
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body>'
        '<r:SubmitRegistryRequest xmlns:r="urn://x-artefacts-citto-72/meals/payment-registry/1.0">'
        f"{lines}</r:SubmitRegistryRequest></s:Body></s:Envelope>"
    ).encode()


def identity() -> Identity:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    return Identity(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
        certificate.public_bytes(serialization.Encoding.DER),
    )


def ours(who: Identity) -> Subject:
    provider = RsaProvider()
    providers = Providers.of([provider])
    keys = KeyCache(providers)
    signer = wsse.Signer(provider.signing_key(who.pem), who.der, Scheme.RSA_SHA256)

    def verify(data: bytes) -> object:
        envelope = parse(data, Version.SOAP11)
        return wsse.verify(envelope, policy.TEST, providers, keys, NOW)

    return Subject("ours", lambda data: wsse.sign(data, signer, providers, uuid4, NOW), verify)


def python_xmlsec(who: Identity) -> Subject:
    """As zeep does it, with the key loaded once."""
    private = xmlsec.Key.from_memory(who.pem, xmlsec.KeyFormat.PEM)
    public = xmlsec.Key.from_memory(who.certificate_pem, xmlsec.KeyFormat.CERT_PEM)

    def sign(data: bytes) -> bytes:
        root = etree.fromstring(data, parser())
        body = root[1]
        body.set(WSU_ID, "body")
        security = etree.SubElement(root[0], SECURITY_HEADER, nsmap={"wsse": WSSE_NAMESPACE})
        token = etree.SubElement(security, TOKEN)
        token.set(WSU_ID, "token")
        token.set("ValueType", X509_V3)
        token.set("EncodingType", BASE64_BINARY)
        token.text = b64encode(who.der)
        signature = xmlsec.template.create(
            root, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds"
        )
        security.append(signature)
        reference = xmlsec.template.add_reference(signature, xmlsec.Transform.SHA256, uri="#body")
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
        info = xmlsec.template.ensure_key_info(signature)
        holder = etree.SubElement(info, f"{{{WSSE_NAMESPACE}}}SecurityTokenReference")
        etree.SubElement(holder, f"{{{WSSE_NAMESPACE}}}Reference", URI="#token")
        context = xmlsec.SignatureContext()
        context.key = private
        context.register_id(body, "Id", WSU)
        context.sign(signature)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def verify(data: bytes) -> object:
        root = etree.fromstring(data, parser())
        signature = root.find(f".//{{{DS}}}Signature")
        context = xmlsec.SignatureContext()
        context.key = public
        context.register_id(root[1], "Id", WSU)
        context.verify(signature)
        return root

    return Subject("python-xmlsec", sign, verify)


def signxml_subject(who: Identity) -> Subject:
    """Its own kind of enveloped signature: BinarySecurityToken is beyond it."""
    private = serialization.load_pem_private_key(who.pem, None)
    certificate = x509.load_pem_x509_certificate(who.certificate_pem)
    signer = signxml.XMLSigner(
        method=signxml.methods.enveloped,
        c14n_algorithm=signxml.CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    signer.namespaces = {"ds": DS}
    expected = signxml.SignatureConfiguration(
        signature_methods=frozenset({signxml.SignatureMethod.RSA_SHA256})
    )

    def sign(data: bytes) -> bytes:
        root = etree.fromstring(data, parser())
        root[1].set("Id", "body")
        signed = signer.sign(
            root, key=private, cert=[certificate], reference_uri="#body", id_attribute="Id"
        )
        return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")

    def verify(data: bytes) -> object:
        root = etree.fromstring(data, parser())
        return signxml.XMLVerifier().verify(
            root, x509_cert=certificate, expect_config=expected, id_attribute="Id"
        )

    return Subject("signxml", sign, verify)


def microseconds(work: Callable[[], object], count: int) -> float:
    return timeit.timeit(work, number=count, timer=time.process_time) / count * 1e6


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    data, who = message(), identity()
    makers = [ours, python_xmlsec, *([signxml_subject] if signxml else [])]
    subjects = [make(who) for make in makers]
    works: dict[tuple[str, str], Callable[[], object]] = {}
    for subject in subjects:
        signed = subject.sign(data)
        subject.verify(signed)
        works[subject.name, "verify"] = lambda s=subject, d=signed: s.verify(d)
        works[subject.name, "sign"] = lambda s=subject: s.sign(data)
    counts = {n: max(1, int(SECONDS_A_ROUND * 1e6 / microseconds(w, 3))) for n, w in works.items()}
    rounds = [{n: microseconds(w, counts[n]) for n, w in works.items()} for _ in range(ROUNDS)]
    print(f"{len(data)} bytes, RSA-2048, SHA-256, from bytes to bytes, processor time")
    for (name, work), times in ((key, [r[key] for r in rounds]) for key in works):
        print(f"  {name:14} {work:7} {statistics.median(times):9.1f} µs")
    for peer in subjects[1:]:
        ratios = [total(r, peer.name) / total(r, "ours") for r in rounds]
        print(f"  {peer.name} / ours, verify + sign {statistics.median(ratios):6.2f}")


def total(figures: dict[tuple[str, str], float], name: str) -> float:
    return figures[name, "verify"] + figures[name, "sign"]


if __name__ == "__main__":
    main()
