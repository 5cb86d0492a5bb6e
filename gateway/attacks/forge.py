"""Signs like a participant, and then breaks what was signed.

Written apart from `gateway.security` on purpose: what both had wrong, neither would notice. Keys
are RSA and EC; a message is signed over Body and `hub:MessageHeader`, as SMEV 2 does it.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from lxml import etree

from gateway.kernel import xml
from gateway.soap.parse import MESSAGE_HEADER, SECURITY_HEADER, WSSE_NAMESPACE, Version

DS = "http://www.w3.org/2000/09/xmldsig#"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSU_ID = f"{{{WSU}}}Id"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
_BASE64 = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class KeyRefused(Exception):
    """The key or the certificate cannot be used; the text says why."""


@dataclass(frozen=True)
class Signed:
    """A signed message as a tree that may be changed."""

    root: etree._Element
    version: Version

    def soap(self, name: str) -> str:
        """Return a tag of the envelope's namespace."""
        return f"{{{self.version.value}}}{name}"

    @property
    def header(self) -> etree._Element:
        """`soap:Header`."""
        return self._found(self.root, self.soap("Header"))

    @property
    def body(self) -> etree._Element:
        """The last `soap:Body` of the envelope."""
        return self.root.findall(self.soap("Body"))[-1]

    @property
    def message_header(self) -> etree._Element:
        """`hub:MessageHeader`."""
        return self._found(self.header, MESSAGE_HEADER)

    @property
    def security(self) -> etree._Element:
        """`wsse:Security`."""
        return self._found(self.header, SECURITY_HEADER)

    @property
    def signature(self) -> etree._Element:
        """`ds:Signature`."""
        return self._found(self.security, f"{{{DS}}}Signature")

    def part(self, name: str) -> etree._Element:
        """Return an element of the signature by its local name."""
        return self._found(self.signature, f".//{{{DS}}}{name}")

    @property
    def octets(self) -> bytes:
        """The message as it is sent."""
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)

    @staticmethod
    def _found(parent: etree._Element, path: str) -> etree._Element:
        element = parent.find(path)
        if element is None:
            raise LookupError(path)
        return element


@dataclass(frozen=True)
class Forge:
    """A key with its certificate."""

    key: Key
    certificate: bytes
    """DER."""

    @classmethod
    def read(cls, key: bytes, certificate: bytes) -> "Forge":
        """Read both from PEM; raise KeyRefused."""
        try:
            private = serialization.load_pem_private_key(key, None)
            loaded = x509.load_pem_x509_certificate(certificate)
        except (ValueError, TypeError) as error:
            raise KeyRefused(f"ключ или сертификат не читается: {error}") from error
        if not isinstance(private, Key):
            raise KeyRefused("ключ не RSA и не EC: такие подписи здесь не подделываются")
        return cls(private, loaded.public_bytes(serialization.Encoding.DER))

    @cached_property
    def method(self) -> str:
        """SignatureMethod of the key with SHA-256."""
        return f"{MORE}{'rsa' if isinstance(self.key, rsa.RSAPrivateKey) else 'ecdsa'}-sha256"

    def sign(self, envelope: str) -> Signed:
        """Sign an envelope that has a Header with a MessageHeader."""
        root = etree.fromstring(envelope.encode(), xml.parser())
        version = Version(etree.QName(root).namespace)
        signed = Signed(root, version)
        parts = [(signed.body, "body"), (signed.message_header, "header")]
        for element, name in parts:
            element.set(WSU_ID, name)
        references = "".join(reference(f"#{name}", digest(element)) for element, name in parts)
        token = base64.b64encode(self.certificate).decode()
        text = (
            f'<w:Security xmlns:w="{WSSE_NAMESPACE}" xmlns:u="{WSU}">'
            f'<w:BinarySecurityToken EncodingType="{_BASE64}" ValueType="{_PROFILE}" u:Id="token">'
            f'{token}</w:BinarySecurityToken><d:Signature xmlns:d="{DS}"><d:SignedInfo>'
            f'<d:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
            f'<d:SignatureMethod Algorithm="{self.method}"/>{references}</d:SignedInfo>'
            "<d:SignatureValue/><d:KeyInfo><w:SecurityTokenReference>"
            f'<w:Reference URI="#token" ValueType="{_PROFILE}"/>'
            "</w:SecurityTokenReference></d:KeyInfo></d:Signature></w:Security>"
        )
        signed.header.append(etree.fromstring(text.encode(), xml.parser()))
        self.resign(signed)
        return signed

    def resign(self, signed: Signed, algorithm: hashes.HashAlgorithm | None = None) -> None:
        """Sign SignedInfo anew as it is now."""
        value = self.value(canonical(signed.part("SignedInfo")), algorithm or hashes.SHA256())
        signed.part("SignatureValue").text = base64.b64encode(value).decode()

    def value(self, octets: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
        """Return the value of a signature as XML Signature carries it."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(octets, padding.PKCS1v15(), algorithm)
        r, s = utils.decode_dss_signature(self.key.sign(octets, ec.ECDSA(algorithm)))
        width = (self.key.curve.key_size + 7) // 8
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def reference(uri: str, value: str, transforms: tuple[str, ...] = (EXCLUSIVE,)) -> str:
    """Return a `ds:Reference`, prefix `d` undeclared."""
    chain = "".join(f'<d:Transform Algorithm="{one}"/>' for one in transforms)
    return (
        f'<d:Reference URI="{uri}"><d:Transforms>{chain}</d:Transforms>'
        f'<d:DigestMethod Algorithm="{SHA256}"/><d:DigestValue>{value}</d:DigestValue>'
        "</d:Reference>"
    )


def digest(element: etree._Element) -> str:
    """Return the SHA-256 of the canonical element, base64."""
    return base64.b64encode(hashlib.sha256(canonical(element)).digest()).decode()


def canonical(element: etree._Element) -> bytes:
    """Return exclusive canonical XML without comments."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
