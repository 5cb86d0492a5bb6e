"""zeep.wsse, which signs and verifies by python-xmlsec."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from envelopes import BOTH_VERSIONS, NOW, PROVIDERS, plain, verify
from lxml import etree

from gateway.kernel import xml
from gateway.security import wsse

xmlsec = pytest.importorskip("xmlsec", reason="python-xmlsec is not installed")
from zeep.exceptions import SignatureVerificationFailed  # noqa: E402 -- needs xmlsec to be there
from zeep.wsse import BinarySignature  # noqa: E402
from zeep.wsse.signature import verify_envelope  # noqa: E402

pytestmark = pytest.mark.interop
both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())


@both_versions
def test_zeep_verifies_ours(files, version):
    octets = wsse.sign(
        plain(version), files.identity.signer(actor=None), PROVIDERS, uuid4, datetime.now(UTC)
    )
    verify_envelope(etree.fromstring(octets, xml.parser()), str(files.certificate))
    changed = octets.replace(b"100.00", b"900.00")
    with pytest.raises(SignatureVerificationFailed):
        verify_envelope(etree.fromstring(changed, xml.parser()), str(files.certificate))


@both_versions
def test_ours_verifies_zeep(files, version):
    signature = BinarySignature(
        str(files.key),
        str(files.certificate),
        signature_method=xmlsec.Transform.RSA_SHA256,
        digest_method=xmlsec.Transform.SHA256,
    )
    bare = (
        plain(version)
        .replace(b"<hub:MessageHeader", b"<!--")
        .replace(b"</hub:MessageHeader>", b"-->")
    )
    signed, _ = signature.apply(etree.fromstring(bare, xml.parser()), {})
    verified = verify(etree.tostring(signed), version, now=NOW)
    assert verified.certificate == files.identity.der
    assert b"100.00" in verified.body
