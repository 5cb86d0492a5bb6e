"""gSOAP, the strictest of generators, makes C++ of the published bundle of every service."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from gateway.contracts import publish
from gateway.contracts.catalog import Contract, load_catalog

pytestmark = pytest.mark.interop


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    return told


@pytest.mark.parametrize("contract", list(load_catalog()), ids=lambda contract: contract.name)
def test_gsoap_generates_a_client_from_the_bundle(contract: Contract, tool, tmp_path):
    wsdl2h, soapcpp2 = tool("wsdl2h"), tool("soapcpp2")
    bundle = publish.bundle(contract).body
    zipfile.ZipFile(io.BytesIO(bundle)).extractall(tmp_path)
    wsdl = tmp_path / contract.wsdl

    read = run(wsdl.parent, wsdl2h, "-o", str(tmp_path / "service.h"), wsdl.name)
    run(tmp_path, soapcpp2, "-C", "-L", "-x", "service.h")

    # The one warning that stays: both SOAP versions make one class, as they should.
    warnings = [line for line in read.splitlines() if line.lower().startswith("warning")]
    assert all("2 service bindings found" in line for line in warnings), read
    client = (tmp_path / "soapClient.cpp").read_text()
    assert all(f"soap_call___ns1__{known.name}(" in client for known in contract.operations)
