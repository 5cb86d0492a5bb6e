"""What a CMS SignedData claims: taken apart from DER or BER, nothing of it is proven."""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509

from gateway.security import der
from gateway.security.errors import CmsReason, CmsRefused

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
SHA1 = "1.3.14.3.2.26"
SET = 0x31

_MAX_CERTIFICATES = 32
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What asn1crypto raises on broken bytes; it reads a field only when it is asked for."""


@dataclass(frozen=True, slots=True)
class CertificateName:
    """How CAdES names the signer's certificate: by digest, perhaps by issuer and serial number."""

    algorithm: str
    """OID."""
    digest: bytes
    fits: bool
    """Issuer and serial number, if they are there, are those of the certificate found."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A signature taken apart."""

    certificate: bytes
    """DER of the certificate that the signer points to."""
    digest_algorithm: str
    """OID."""
    method: str
    """OID of the signature algorithm; some programs write the key's there."""
    signed: bytes
    """The signed attributes as they are signed: DER of a SET."""
    digest: bytes
    """Of the content, by the attribute message-digest."""
    signed_at: datetime | None
    names: tuple[CertificateName, ...]
    value: bytes
    content: bytes | None
    """None when it comes separately."""


def read(octets: bytes) -> Claim:
    """Take a ContentInfo with SignedData apart; raise CmsRefused."""
    try:
        return _read(octets)
    except _UNREADABLE as error:
        raise CmsRefused(CmsReason.FORMAT, str(error)) from error


def _read(octets: bytes) -> Claim:
    info = cms.ContentInfo.load(octets, strict=True)
    if info["content_type"].dotted != SIGNED_DATA:
        raise CmsRefused(CmsReason.FORMAT, info["content_type"].dotted)
    data = info["content"]
    signers = data["signer_infos"]
    if len(signers) != 1:
        raise CmsRefused(CmsReason.SIGNERS, str(len(signers)))
    signer = signers[0]
    certificate = _certificate(signer["sid"], data["certificates"])
    signed = _signed_octets(signer["signed_attrs"])
    attributes = _attributes(signed)
    return Claim(
        certificate=certificate.dump(),
        digest_algorithm=signer["digest_algorithm"]["algorithm"].dotted,
        method=signer["signature_algorithm"]["algorithm"].dotted,
        signed=signed,
        digest=_digest(attributes),
        signed_at=attributes[SIGNING_TIME].native if SIGNING_TIME in attributes else None,
        names=_names(attributes, certificate),
        value=signer["signature"].native,
        content=_content(data["encap_content_info"]),
    )


def _certificate(name: cms.SignerIdentifier, certificates: cms.CertificateSet) -> x509.Certificate:
    """Return the one certificate that a SignerIdentifier names."""
    if len(certificates) > _MAX_CERTIFICATES:
        raise CmsRefused(CmsReason.FORMAT, f"{len(certificates)} certificates")
    found = {
        one.chosen.dump(): one.chosen
        for one in certificates
        if isinstance(one.chosen, x509.Certificate) and _is_named(name, one.chosen)
    }
    if len(found) != 1:
        raise CmsRefused(CmsReason.CERTIFICATE, f"{len(found)} of {len(certificates)}")
    return next(iter(found.values()))


def _is_named(name: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    if name.name == "subject_key_identifier":
        return bool(name.chosen.native == certificate.key_identifier)
    return _is_issued(certificate, name.chosen["issuer"], name.chosen["serial_number"])


def _is_issued(
    certificate: x509.Certificate, issuer: x509.Name, serial_number: core.Integer
) -> bool:
    return bool(
        certificate.issuer.dump() == issuer.dump()
        and certificate.serial_number == serial_number.native
    )


def _signed_octets(attributes: cms.CMSAttributes) -> bytes:
    """Return the signed attributes, as they came, under the tag with which they are signed."""
    if not isinstance(attributes, cms.CMSAttributes):
        raise CmsRefused(CmsReason.ATTRIBUTES, "none")
    octets = der.tagged(SET, attributes.contents)
    if not der.is_der(octets):
        raise CmsRefused(CmsReason.ATTRIBUTES, "not DER")
    return octets


def _attributes(signed: bytes) -> dict[str, core.Asn1Value]:
    """Return the one value of each signed attribute by OID."""
    values: dict[str, core.Asn1Value] = {}
    for attribute in cms.CMSAttributes.load(signed, strict=True):
        oid = attribute["type"].dotted
        if oid in values or len(attribute["values"]) != 1:
            raise CmsRefused(CmsReason.ATTRIBUTES, f"{oid} is repeated")
        values[oid] = attribute["values"][0]
    return values


def _digest(attributes: dict[str, core.Asn1Value]) -> bytes:
    if CONTENT_TYPE not in attributes or MESSAGE_DIGEST not in attributes:
        raise CmsRefused(CmsReason.ATTRIBUTES, "content-type or message-digest is missing")
    if attributes[CONTENT_TYPE].dotted != DATA:
        raise CmsRefused(CmsReason.ATTRIBUTES, attributes[CONTENT_TYPE].dotted)
    digest: bytes = attributes[MESSAGE_DIGEST].native
    return digest


def _names(
    attributes: dict[str, core.Asn1Value], certificate: x509.Certificate
) -> tuple[CertificateName, ...]:
    """Return how the signature names its certificate; each attribute names it first."""
    names = []
    if SIGNING_CERTIFICATE in attributes:
        names.append(_name(SHA1, attributes[SIGNING_CERTIFICATE]["certs"][0], certificate))
    if SIGNING_CERTIFICATE_V2 in attributes:
        named = attributes[SIGNING_CERTIFICATE_V2]["certs"][0]
        names.append(_name(named["hash_algorithm"]["algorithm"].dotted, named, certificate))
    return tuple(names)


def _name(algorithm: str, named: core.Sequence, certificate: x509.Certificate) -> CertificateName:
    place, fits = named["issuer_serial"], True
    if isinstance(place, tsp.IssuerSerial):
        issuers = [one for one in place["issuer"] if one.name == "directory_name"]
        fits = len(issuers) == 1 and _is_issued(
            certificate, issuers[0].chosen.untag(), place["serial_number"]
        )
    return CertificateName(algorithm, named["cert_hash"].native, fits)


def _content(encapsulated: core.Sequence) -> bytes | None:
    if encapsulated["content_type"].dotted != DATA:
        raise CmsRefused(CmsReason.FORMAT, encapsulated["content_type"].dotted)
    content = encapsulated["content"]
    if isinstance(content, core.OctetString | core.ParsableOctetString):
        return bytes(content)
    return None
