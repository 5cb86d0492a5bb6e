"""Detached signatures of SMEV 3: one container, one signature, one element that it must certify.

`CallerInformationSystemSignature`, `SMEVSignature` and `PersonalSignature` are containers; what
each of them certifies is known beforehand, and a signature over anything else is refused. The
transform does not protect everything (`smev3_transform`), so what is believed are the octets
that were digested, `Signed.octets_of(target)`.
"""

from base64 import b64encode
from dataclasses import replace

from lxml import etree

from gateway.kernel import xml
from gateway.security import document, signature, smev3_transform
from gateway.security.algorithms import Scheme
from gateway.security.document import Document
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import SMEV3_CHAIN, Limits, Policy
from gateway.security.provider import Providers, SigningKey
from gateway.security.signature import SIGNATURE, Claim, Signed

_INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"


def read(octets: bytes, limits: Limits) -> Document:
    """Parse a message whose signatures will be verified; raise SignatureRefused, XMLSyntaxError.

    A processing instruction would stay unseen by a signature and cut a text in two, and a DOCTYPE
    would make texts of its own; neither gets further.
    """
    root = etree.fromstring(octets, xml.make_parser(instructions=True))
    if xml.has_doctype(root):
        raise SignatureRefused(Reason.DOCTYPE)
    return document.survey(root, limits)


def verify(
    container: etree._Element,
    target: etree._Element,
    message: Document,
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
) -> Signed:
    """Return what the signature in `container` proves of `target`, both of them in `message`.

    Binary content must stand in the target as base64, not as xop:Include. Raise SignatureRefused,
    ProviderMissing.
    """
    policy = profile(policy)
    claim = read_claim(container, target, message, policy)
    return signature.prove(claim, policy, providers, keys)


def profile(policy: Policy) -> Policy:
    """Return the policy with the one chain of transforms that SMEV 3 has."""
    return replace(policy, transforms=frozenset({SMEV3_CHAIN}))


def read_claim(
    container: etree._Element, target: etree._Element, message: Document, policy: Policy
) -> Claim:
    """Take the signature apart and hold it against its target; raise SignatureRefused."""
    claim = signature.read(only_signature(container), message, policy)
    if len(claim.references) != 1 or claim.references[0].element is not target:
        raise SignatureRefused(Reason.NOT_TARGET)
    if next(target.iter(_INCLUDE), None) is not None:
        raise SignatureRefused(Reason.TRANSFORM, "xop:Include in the signed part")
    return claim


def sign(
    container: etree._Element,
    target: etree._Element,
    key: SigningKey,
    certificate: bytes,
    scheme: Scheme,
    providers: Providers,
) -> None:
    """Put a signature of `target`, which has an `Id`, into the empty `container`.

    The message may be written and indented afterwards, but for the signature itself. Raise
    ValueError when the two elements do not fit, Untransformable when SMEV could not verify it.
    """
    name = target.get("Id")
    if name is None or len(container) or any(one is target for one in container.iterancestors()):
        raise ValueError("SMEV 3 signs an element with an Id into an empty container outside it")
    text = b64encode(certificate).decode()
    key_info = f"<ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate></ds:X509Data>"
    made = signature.build_signature(
        [(name, smev3_transform.transform(target))],
        key,
        scheme,
        key_info.encode(),
        providers,
        SMEV3_CHAIN,
    )
    container.append(etree.fromstring(made, xml.parser()))


def only_signature(container: etree._Element) -> etree._Element:
    """Return the signature that fills a container; raise SignatureRefused."""
    children = list(container)
    if not children:
        raise SignatureRefused(Reason.MISSING)
    if [child.tag for child in children] != [SIGNATURE]:
        raise SignatureRefused(Reason.STRUCTURE, etree.QName(container).localname)
    return children[0]
