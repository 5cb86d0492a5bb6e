"""Reads a certificate into a value: what it says, and the key as the providers know it.

`cryptography` takes the structure and the extensions apart. The public key and the names come from
the raw DER: it refuses GOST keys, and it warns of names over 64 characters, which Russian
certificates are full of.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from gateway.security import asn1
from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.errors import Reason
from gateway.security.provider import KeyUnusable, Providers, PublicKey

RSA_BITS = 2048
"""The weakest modulus; what else a key must be, its provider says."""
CACHED = 1024
"""Certificates that a reader remembers."""

INN = "1.2.643.3.131.1.1"
INN_ORGANIZATION = "1.2.643.100.4"
OGRN = "1.2.643.100.1"
OGRN_PERSON = "1.2.643.100.5"
_SHOWN = {
    "2.5.4.3": "CN",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    INN: "ИНН",
    INN_ORGANIZATION: "ИНН ЮЛ",
    OGRN: "ОГРН",
    OGRN_PERSON: "ОГРНИП",
}
"""Attributes of a name that are told; SNILS and addresses are personal data (SEC-10)."""

_MAX_DER = 64 * 1024
_OLD_INN_PADDING = "00"
_OLD_INN_LENGTH = 12
_UNDERSTOOD = frozenset(
    {
        x509.BasicConstraints.oid,
        x509.KeyUsage.oid,
        x509.ExtendedKeyUsage.oid,
        x509.CertificatePolicies.oid,
        x509.SubjectAlternativeName.oid,
        x509.AuthorityKeyIdentifier.oid,
        x509.SubjectKeyIdentifier.oid,
    }
)
"""Extensions that may be critical: what they say is obeyed, or cannot narrow what we ask."""

_SCHEMES = {scheme.oid: scheme for scheme in Scheme if scheme is not Scheme.RSA_SHA1}
_WEB = ("http://", "https://")


class CertificateUnusable(Exception):
    """Octets that are no certificate, or one that is refused before anybody asks who issued it."""

    def __init__(self, reason: Reason, note: str) -> None:
        """`note` is for the journal and the operator."""
        super().__init__(f"{reason.code}: {note}")
        self.reason = reason
        self.note = note


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate; equal when its octets are."""

    der: bytes
    thumbprint: str = field(compare=False)
    """SHA-256 of the DER, small hexadecimal digits."""
    subject: str = field(compare=False)
    """For people: CN, O, INN, OGRN; nothing personal beyond them."""
    issuer: str = field(compare=False)
    subject_name: bytes = field(compare=False, repr=False)
    """DER of the name: chains are followed by it."""
    issuer_name: bytes = field(compare=False, repr=False)
    serial: int = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    inn: str | None = field(compare=False)
    """Of the organisation where one is named, else of the person; never padded with «00»."""
    ogrn: str | None = field(compare=False)
    key_usage: frozenset[str] | None = field(compare=False)
    """Names of RFC 5280 in snake case; None when the extension is absent."""
    extended_key_usage: frozenset[str] | None = field(compare=False)
    """OIDs; None when the extension is absent."""
    is_ca: bool = field(compare=False)
    path_length: int | None = field(compare=False)
    subject_key_id: bytes | None = field(compare=False)
    authority_key_id: bytes | None = field(compare=False)
    unknown_critical: tuple[str, ...] = field(compare=False)
    """OIDs of critical extensions that nobody here understands."""
    crl_addresses: tuple[str, ...] = field(compare=False)
    """Where the certificate says its CRLs are: shown, never followed by itself."""
    ocsp_addresses: tuple[str, ...] = field(compare=False)
    public_key: PublicKey = field(compare=False, repr=False)
    public_key_info: bytes = field(compare=False, repr=False)
    scheme: Scheme = field(compare=False)
    """How the issuer signed it."""
    signed: bytes = field(compare=False, repr=False)
    """What the issuer signed."""
    signature: bytes = field(compare=False, repr=False)
    """As certificates carry it: DER for EC."""

    @property
    def is_self_issued(self) -> bool:
        """Tell whether subject and issuer are one name."""
        return self.subject_name == self.issuer_name

    @property
    def told(self) -> str:
        """Name it in the journal: a person's name stays out of there (SEC-10)."""
        number = f"№ {self.serial_text}"
        return f"{self.subject}, {number}" if self.is_ca else number

    @property
    def serial_text(self) -> str:
        """Serial number as certificate viewers show it."""
        return f"{self.serial:x}"


class CertificateReader:
    """Reads certificates and remembers the last ones by their octets; safe for many threads."""

    def __init__(self, providers: Providers) -> None:
        """Let `providers` make the public keys."""
        self.providers = providers
        self._remembered: Callable[[bytes], Certificate] = lru_cache(maxsize=CACHED)(self._read)

    def read(self, octets: bytes) -> Certificate:
        """Read DER, or PEM with one certificate; raise CertificateUnusable."""
        if octets.lstrip().startswith(b"-----"):
            octets = _from_pem(octets)
        return self._remembered(octets)

    def _read(self, octets: bytes) -> Certificate:
        if len(octets) > _MAX_DER:
            raise CertificateUnusable(Reason.CERTIFICATE_UNREADABLE, "larger than 64 KiB")
        try:
            return self._take_apart(octets)
        except (
            ValueError,
            IndexError,
            x509.DuplicateExtension,
            x509.InvalidVersion,
            x509.UnsupportedGeneralNameType,
        ) as error:
            raise CertificateUnusable(Reason.CERTIFICATE_UNREADABLE, str(error)) from error

    def _take_apart(self, octets: bytes) -> Certificate:
        parsed = x509.load_der_x509_certificate(octets)
        raw = _Raw.of(octets)
        extensions = {item.oid: item for item in parsed.extensions}

        def value(kind: type[Any]) -> Any:  # noqa: ANN401 -- an extension's own class
            found = extensions.get(kind.oid)
            return None if found is None else found.value

        basic = value(x509.BasicConstraints)
        authority, own = value(x509.AuthorityKeyIdentifier), value(x509.SubjectKeyIdentifier)
        extended = value(x509.ExtendedKeyUsage)
        return Certificate(
            der=octets,
            thumbprint=hashlib.sha256(octets).hexdigest(),
            subject=_readable(raw.subject),
            issuer=_readable(raw.issuer),
            subject_name=raw.subject.encoded,
            issuer_name=raw.issuer.encoded,
            serial=raw.serial.integer,
            not_before=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            inn=_inn(raw.subject),
            ogrn=_first(raw.subject, OGRN, OGRN_PERSON),
            key_usage=_key_usage(value(x509.KeyUsage)),
            extended_key_usage=(
                None if extended is None else frozenset(item.dotted_string for item in extended)
            ),
            is_ca=basic is not None and basic.ca,
            path_length=None if basic is None else basic.path_length,
            subject_key_id=None if own is None else own.digest,
            authority_key_id=None if authority is None else authority.key_identifier,
            unknown_critical=tuple(
                oid.dotted_string
                for oid, item in extensions.items()
                if item.critical and oid not in _UNDERSTOOD
            ),
            crl_addresses=tuple(_crl_addresses(value(x509.CRLDistributionPoints))),
            ocsp_addresses=tuple(_ocsp_addresses(value(x509.AuthorityInformationAccess))),
            public_key=self._key(raw.key),
            public_key_info=raw.key.encoded,
            scheme=scheme_named(raw.algorithm.parts()[0].dotted),
            signed=raw.signed.encoded,
            signature=raw.signature.bits,
        )

    def _key(self, info: asn1.Value) -> PublicKey:
        try:
            key = self.providers.public_key(info.encoded)
        except KeyUnusable as error:
            raise CertificateUnusable(Reason.CERTIFICATE_KEY, str(error)) from error
        if key.kind is KeyKind.RSA and key.bits < RSA_BITS:
            raise CertificateUnusable(Reason.CERTIFICATE_KEY, f"RSA of {key.bits} bits")
        return key


def read_bundle(octets: bytes, reader: CertificateReader) -> tuple[Certificate, ...]:
    """Read PEM with any number of certificates, or DER with one; raise CertificateUnusable."""
    if not octets.lstrip().startswith(b"-----"):
        return (reader.read(octets),)
    return tuple(reader.read(found.public_bytes(Encoding.DER)) for found in _all_of(octets))


def scheme_named(oid: str) -> Scheme:
    """Return the scheme of a signature algorithm; raise CertificateUnusable for others."""
    try:
        return _SCHEMES[oid]
    except KeyError:
        raise CertificateUnusable(Reason.CERTIFICATE_ALGORITHM, oid) from None


@dataclass(frozen=True, slots=True)
class _Raw:
    """The parts of a certificate as they are encoded (RFC 5280, 4.1)."""

    signed: asn1.Value
    algorithm: asn1.Value
    signature: asn1.Value
    serial: asn1.Value
    issuer: asn1.Value
    subject: asn1.Value
    key: asn1.Value

    @classmethod
    def of(cls, octets: bytes) -> "_Raw":
        signed, algorithm, signature = asn1.read(octets).parts()
        fields = signed.parts()
        if fields[0].tag == asn1.INTEGER:
            raise asn1.NotDer("X.509 version 1 has no extensions")
        _, serial, inner, issuer, _, subject, key, *_ = fields
        if inner.encoded != algorithm.encoded:
            raise asn1.NotDer("two signature algorithms are named")
        return cls(signed, algorithm, signature, serial, issuer, subject, key)


def _from_pem(octets: bytes) -> bytes:
    found = _all_of(octets)
    if len(found) != 1:
        raise CertificateUnusable(Reason.CERTIFICATE_UNREADABLE, f"{len(found)} certificates")
    return found[0].public_bytes(Encoding.DER)


def _all_of(octets: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(octets)
    except ValueError as error:
        raise CertificateUnusable(Reason.CERTIFICATE_UNREADABLE, str(error)) from error


def _attributes(name: asn1.Value) -> Iterator[tuple[str, str]]:
    for relative in name.parts():
        for attribute in relative.parts():
            kind, value = attribute.parts()
            try:
                yield kind.dotted, value.text
            except asn1.NotDer:
                continue  # x500UniqueIdentifier is a BIT STRING and tells nobody anything


def _readable(name: asn1.Value) -> str:
    return ", ".join(
        f"{_SHOWN[kind]}={' '.join(text.split())}"
        for kind, text in _attributes(name)
        if kind in _SHOWN
    )


def _first(name: asn1.Value, *kinds: str) -> str | None:
    found = dict(reversed(list(_attributes(name))))
    return next((found[kind].strip() for kind in kinds if kind in found), None)


def _inn(name: asn1.Value) -> str | None:
    """Old certificates give an organisation's INN as «00» and 10 digits, new ones as INNLE."""
    inn = _first(name, INN_ORGANIZATION, INN)
    if inn is not None and len(inn) == _OLD_INN_LENGTH:
        return inn.removeprefix(_OLD_INN_PADDING)
    return inn


def _key_usage(extension: x509.KeyUsage | None) -> frozenset[str] | None:
    if extension is None:
        return None
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
    )
    return frozenset(name for name in names if getattr(extension, name))


def _crl_addresses(extension: x509.CRLDistributionPoints | None) -> Iterator[str]:
    for point in extension or ():
        for name in point.full_name or ():
            if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith(_WEB):
                yield name.value


def _ocsp_addresses(extension: x509.AuthorityInformationAccess | None) -> Iterator[str]:
    for access in extension or ():
        name = access.access_location
        if access.access_method == AuthorityInformationAccessOID.OCSP and isinstance(
            name, x509.UniformResourceIdentifier
        ):
            yield name.value
