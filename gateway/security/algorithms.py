"""The algorithms the hub knows by one name each, and how every standard spells them.

XML Signature names them by URI, certificates and CMS by OID. Which of them a contour accepts is
its policy, not this module's business: here stands what exists.
"""

from dataclasses import dataclass
from enum import Enum


class KeyKind(Enum):
    """What a key is; a scheme fits keys of exactly one kind."""

    RSA = "RSA"
    EC = "EC"
    GOST_256 = "GOST R 34.10-2012, 256"
    GOST_512 = "GOST R 34.10-2012, 512"


class Hash(Enum):
    """A digest: its URI in XML Signature and its OID."""

    SHA1 = ("http://www.w3.org/2000/09/xmldsig#sha1", "1.3.14.3.2.26")
    SHA256 = ("http://www.w3.org/2001/04/xmlenc#sha256", "2.16.840.1.101.3.4.2.1")
    SHA384 = ("http://www.w3.org/2001/04/xmldsig-more#sha384", "2.16.840.1.101.3.4.2.2")
    SHA512 = ("http://www.w3.org/2001/04/xmlenc#sha512", "2.16.840.1.101.3.4.2.3")
    STREEBOG256 = (
        "urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-256",
        "1.2.643.7.1.1.2.2",
    )
    STREEBOG512 = (
        "urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-512",
        "1.2.643.7.1.1.2.3",
    )

    @property
    def uri(self) -> str:
        """DigestMethod of XML Signature."""
        return self.value[0]

    @property
    def oid(self) -> str:
        """AlgorithmIdentifier of certificates and CMS."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class _Spelling:
    uri: str
    oid: str
    kind: KeyKind
    hash: Hash


_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_CP = "urn:ietf:params:xml:ns:cpxmlsec:algorithms:"


class Scheme(Enum):
    """A signature: which kind of key signs which digest.

    RSA is PKCS #1 v1.5. A value is what XML Signature and CMS carry: for EC the two numbers
    `r || s` of fixed width (certificates carry DER instead), for GOST `s || r`, big-endian.
    """

    RSA_SHA1 = _Spelling(
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "1.2.840.113549.1.1.5",
        KeyKind.RSA,
        Hash.SHA1,
    )
    RSA_SHA256 = _Spelling(f"{_MORE}rsa-sha256", "1.2.840.113549.1.1.11", KeyKind.RSA, Hash.SHA256)
    RSA_SHA384 = _Spelling(f"{_MORE}rsa-sha384", "1.2.840.113549.1.1.12", KeyKind.RSA, Hash.SHA384)
    RSA_SHA512 = _Spelling(f"{_MORE}rsa-sha512", "1.2.840.113549.1.1.13", KeyKind.RSA, Hash.SHA512)
    ECDSA_SHA256 = _Spelling(f"{_MORE}ecdsa-sha256", "1.2.840.10045.4.3.2", KeyKind.EC, Hash.SHA256)
    ECDSA_SHA384 = _Spelling(f"{_MORE}ecdsa-sha384", "1.2.840.10045.4.3.3", KeyKind.EC, Hash.SHA384)
    ECDSA_SHA512 = _Spelling(f"{_MORE}ecdsa-sha512", "1.2.840.10045.4.3.4", KeyKind.EC, Hash.SHA512)
    GOST_256 = _Spelling(
        f"{_CP}gostr34102012-gostr34112012-256",
        "1.2.643.7.1.1.3.2",
        KeyKind.GOST_256,
        Hash.STREEBOG256,
    )
    GOST_512 = _Spelling(
        f"{_CP}gostr34102012-gostr34112012-512",
        "1.2.643.7.1.1.3.3",
        KeyKind.GOST_512,
        Hash.STREEBOG512,
    )

    @property
    def uri(self) -> str:
        """SignatureMethod of XML Signature."""
        return self.value.uri

    @property
    def oid(self) -> str:
        """Signature algorithm of certificates, CRLs and CMS."""
        return self.value.oid

    @property
    def kind(self) -> KeyKind:
        """The keys it works with."""
        return self.value.kind

    @property
    def hash(self) -> Hash:
        """The digest that is signed."""
        return self.value.hash
