"""Which certificate a signature names: exactly one, in the message, in the right place.

A `wsse:BinarySecurityToken` of the same Security header, or an `ds:X509Certificate`. Nothing is
fetched, and a bare key, a name or an issuer with serial number is nobody's.
"""

import binascii

from lxml import etree

from gateway.security.document import Document
from gateway.security.errors import Reason, SignatureRefused
from gateway.soap.parse import WSSE_NAMESPACE

DS = "http://www.w3.org/2000/09/xmldsig#"
TOKEN = f"{{{WSSE_NAMESPACE}}}BinarySecurityToken"
X509_V3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
BASE64_BINARY = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)

_TOKEN_REFERENCE = f"{{{WSSE_NAMESPACE}}}SecurityTokenReference"
_REFERENCE = f"{{{WSSE_NAMESPACE}}}Reference"
_X509_DATA = f"{{{DS}}}X509Data"
_X509_CERTIFICATE = f"{{{DS}}}X509Certificate"
_MAX_CERTIFICATE = 32 * 1024
"""Characters of base64; a qualified certificate has about 3000."""


def certificate_of(
    key_info: etree._Element, signature: etree._Element, document: Document
) -> bytes:
    """Return the DER that KeyInfo points to; raise SignatureRefused."""
    holder = _only(key_info)
    inner = _only(holder)
    if (holder.tag, inner.tag) == (_X509_DATA, _X509_CERTIFICATE):
        return _certificate(inner)
    if (holder.tag, inner.tag) == (_TOKEN_REFERENCE, _REFERENCE) and not len(inner):
        return _certificate(_token(inner, signature, document))
    raise SignatureRefused(Reason.KEY_INFO, etree.QName(inner).localname)


def octets_of(element: etree._Element, reason: Reason) -> bytes:
    """Return base64 text as bytes; white space between the characters is usual."""
    if len(element):
        raise SignatureRefused(reason, etree.QName(element).localname)
    try:
        octets = b"".join((element.text or "").encode("ascii").split())
        return binascii.a2b_base64(octets, strict_mode=True)
    except ValueError as error:
        raise SignatureRefused(reason, etree.QName(element).localname) from error


def _only(element: etree._Element) -> etree._Element:
    children = list(element)
    if len(children) != 1:
        raise SignatureRefused(Reason.KEY_INFO, etree.QName(element).localname)
    return children[0]


def _token(
    reference: etree._Element, signature: etree._Element, document: Document
) -> etree._Element:
    if reference.get("ValueType") not in {None, X509_V3}:
        raise SignatureRefused(Reason.TOKEN_FORMAT, reference.get("ValueType") or "")
    token = document.find(reference.get("URI"))
    if token.tag != TOKEN or token.getparent() is not signature.getparent():
        raise SignatureRefused(Reason.TOKEN_PLACE)
    if token.get("ValueType") != X509_V3 or token.get("EncodingType") not in {None, BASE64_BINARY}:
        raise SignatureRefused(Reason.TOKEN_FORMAT, token.get("ValueType") or "")
    return token


def _certificate(element: etree._Element) -> bytes:
    if len(element.text or "") > _MAX_CERTIFICATE:
        raise SignatureRefused(Reason.LIMIT, "certificate")
    return octets_of(element, Reason.TOKEN_FORMAT)
