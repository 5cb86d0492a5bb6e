"""PHP reads the published WSDL of the second binding."""

import subprocess
from pathlib import Path

import pytest

from gateway.contracts.catalog import load_catalog

ROOT = Path(__file__).parents[2]
SECOND = [contract for contract in load_catalog() if contract.smev2 is not None]
PROGRAM = "$c = new SoapClient($argv[1]); echo implode(PHP_EOL, $c->__getFunctions());"


@pytest.mark.interop
@pytest.mark.parametrize("contract", SECOND, ids=lambda contract: contract.name)
def test_php_sees_every_operation(contract, tool):
    seen = subprocess.run(
        [tool("php"), "-r", PROGRAM, str(ROOT / contract.smev2.wsdl)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert [line.split()[1].partition("(")[0] for line in seen] == [
        operation.name for operation in contract.operations
    ]
