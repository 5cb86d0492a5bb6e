"""The npm packages `soap` (WSSecurityCert) and `xml-crypto`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from envelopes import BOTH_VERSIONS, PROVIDERS, plain, verify

from gateway.security import wsse
from gateway.soap.parse import WSSE_NAMESPACE

pytestmark = pytest.mark.interop
both_versions = pytest.mark.parametrize("version", BOTH_VERSIONS, ids=lambda v: v.name.lower())
SCRIPT = str(Path(__file__).parent / "node" / "sign.js")


@both_versions
@pytest.mark.parametrize("package", ["soap", "xml-crypto"])
def test_ours_verifies_node(node, files, run, version, package):
    head = f'<w:Security xmlns:w="{WSSE_NAMESPACE}"/>' if package == "xml-crypto" else ""
    command = [*node, SCRIPT, package, str(files.key), str(files.certificate)]
    signed = run(*command, stdin=plain(version, head=head))
    verified = verify(signed, version, now=datetime.now(UTC))
    assert verified.certificate == files.identity.der
    assert verified.message_header is not None
    assert b"100.00" in verified.body


@both_versions
def test_node_verifies_ours(node, files, run, version):
    signer = files.identity.signer(lifetime=timedelta(minutes=5))
    octets = wsse.sign(plain(version), signer, PROVIDERS, uuid4, datetime.now(UTC))
    command = [*node, SCRIPT, "verify", str(files.key), str(files.certificate)]
    assert run(*command, stdin=octets) == b"true"
    assert run(*command, stdin=octets.replace(b"100.00", b"900.00")).startswith(b"false")
