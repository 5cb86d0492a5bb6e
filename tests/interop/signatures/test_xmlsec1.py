"""The command line of xmlsec (libxmlsec1)."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from envelopes import BOTH_VERSIONS, PROVIDERS, plain, verify
from lxml import etree

from gateway.kernel import xml
from gateway.security import wsse
from gateway.security.document import WSU, WSU_ID
from gateway.security.signature import build_signature
from gateway.security.token import BASE64_BINARY, DS, TOKEN, X509_V3
from gateway.soap.parse import HUB_NAMESPACE, SECURITY_HEADER, WSSE_NAMESPACE

pytestmark = pytest.mark.interop
both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())


def identified(version) -> list[str]:
    """Tell xmlsec1 which attributes are ids."""
    elements = (f"{version.value}:Body", f"{HUB_NAMESPACE}:MessageHeader", f"{WSU}:Timestamp")
    return [option for element in elements for option in ("--id-attr:Id", element)]


@both_versions
def test_xmlsec1_verifies_ours(tool, files, run, tmp_path, version):
    now = datetime.now(UTC)
    signer = files.identity.signer(lifetime=timedelta(minutes=5))
    message = tmp_path / "message.xml"
    message.write_bytes(wsse.sign(plain(version), signer, PROVIDERS, uuid4, now))
    command = [tool("xmlsec1"), "--verify", *identified(version)]
    key = ["--pubkey-cert-pem", str(files.certificate)]
    run(*command, *key, str(message))
    message.write_bytes(message.read_bytes().replace(b"100.00", b"900.00"))
    run(*command, *key, str(message), good=1)


@both_versions
def test_ours_verifies_xmlsec1(tool, files, run, tmp_path, version):
    template = tmp_path / "template.xml"
    template.write_bytes(template_of(version, files.identity))
    signed = run(
        *[tool("xmlsec1"), "--sign", *identified(version)],
        *["--privkey-pem", f"{files.key},{files.certificate}", str(template)],
    )
    verified = verify(signed, version)
    assert verified.certificate == files.identity.der
    assert b"100.00" in verified.body


def template_of(version, identity) -> bytes:
    """An envelope with a signature that has neither digests nor value yet."""
    root = etree.fromstring(plain(version), xml.parser())
    header, body = root
    header[0].set(WSU_ID, "header")
    body.set(WSU_ID, "body")
    security = etree.SubElement(header, SECURITY_HEADER, nsmap={"wsse": WSSE_NAMESPACE})
    token = etree.SubElement(security, TOKEN, ValueType=X509_V3, EncodingType=BASE64_BINARY)
    token.set(WSU_ID, "token")
    token.text = b64encode(identity.der).decode()
    key_info = (
        f'<w:SecurityTokenReference xmlns:w="{WSSE_NAMESPACE}"><w:Reference URI="#token"/>'
        "</w:SecurityTokenReference>"
    )
    made = build_signature(
        [("body", b""), ("header", b"")],
        identity.key,
        identity.scheme,
        key_info.encode(),
        PROVIDERS,
    )
    signature = etree.fromstring(made, xml.parser())
    for name in ("DigestValue", "SignatureValue"):
        for element in signature.iter(f"{{{DS}}}{name}"):
            element.text = None
    security.append(signature)
    return etree.tostring(root)
