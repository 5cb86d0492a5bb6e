"""zeep.wsse, which signs and verifies by python-xmlsec."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from envelopes import BOTH_VERSIONS, NOW, PROVIDERS, plain, verify
from lxml import etree

from gateway.kernel import xml
from gateway.security import wsse

pytestmark = pytest.mark.interop
both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())


@both_versions
def test_zeep_verifies_ours(library, files, version):
    zeep = library("zeep.wsse.signature", "xmlsec")
    octets = wsse.sign(
        plain(version), files.identity.signer(actor=None), PROVIDERS, uuid4, datetime.now(UTC)
    )
    zeep.verify_envelope(etree.fromstring(octets, xml.parser()), str(files.certificate))
    changed = octets.replace(b"100.00", b"900.00")
    with pytest.raises(zeep.SignatureVerificationFailed):
        zeep.verify_envelope(etree.fromstring(changed, xml.parser()), str(files.certificate))


@both_versions
def test_ours_verifies_zeep(library, files, version):
    zeep = library("zeep.wsse.signature", "xmlsec")
    signature = zeep.BinarySignature(
        str(files.key),
        str(files.certificate),
        signature_method=zeep.xmlsec.Transform.RSA_SHA256,
        digest_method=zeep.xmlsec.Transform.SHA256,
    )
    envelope = etree.fromstring(plain(version), xml.parser())
    envelope[0].clear()
    signed, _ = signature.apply(envelope, {})
    verified = verify(etree.tostring(signed), version, now=NOW)
    assert verified.certificate == files.identity.der
    assert b"100.00" in verified.body
