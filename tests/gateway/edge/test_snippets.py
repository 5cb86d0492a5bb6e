"""What the pages tell people to run does run, against the WSDL and schemas over HTTP."""

import contextlib
import io
import os
import re
import shutil
import subprocess

import pytest
from lxml import html

from gateway.contracts.catalog import load_catalog

CONTRACTS = [contract.name for contract in load_catalog() if not contract.is_template]
each_contract = pytest.mark.parametrize("name", CONTRACTS)


def snippet(server, name: str, language: str) -> str:
    page = server.site.answer(f"/test/ws/{name}", {})
    return html.fromstring(page.body).xpath(f"string(//*[@id='snippet-{language}']/pre)")


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        word = f"{name} is not installed: what the page tells its users cannot be tried"
        if os.environ.get("CI"):
            pytest.fail(word)
        pytest.skip(word)
    return found


def answered(contract: str) -> str:
    """Return what a right answer to the first call of a contract shows."""
    return {
        "meals/admin/1.0": "validFrom",
        "meals/bank-payment/1.0": "pupilMask",
        "meals/organizer/1.0": "changedAt",
        "meals/class-request/1.0": "contour",
        "meals/order/1.0": "contour",
        "meals/menu-import/1.0": "asOf",
        "meals/payment-registry/1.0": "hubRegistryId",
        "portal/application/1.0": "techCode",
        "portal/events/1.0": "lastSeq",
        "portal/ppu/1.0": "hubApplicationId",
        "registry/documents/1.0": "documentId",
        "registry/formats/1.0": "wsdlUrl",
        "registry/onboarding/1.0": "caseId",
        "school/data/1.0": "contour",
        "support/notify/1.0": "notice",
        "test/conformance/1.0": "suiteCode",
    }[contract]


@each_contract
def test_python_gets_its_first_answer(server, name):
    output = io.StringIO()
    program = compile(snippet(server, name, "python"), name, "exec")

    with contextlib.redirect_stdout(output):
        names: dict = {}
        exec(program, names)
    names["session"].close()

    assert answered(name) in output.getvalue()


@each_contract
def test_php_gets_its_first_answer(server, name, tmp_path):
    program = tmp_path / "first.php"
    program.write_text(snippet(server, name, "php"))

    command = [tool("php"), "-d", "soap.wsdl_cache_enabled=0", str(program)]
    run = subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, timeout=60
    )

    assert answered(name) in run.stdout, run.stdout + run.stderr


@each_contract
def test_curl_gets_its_first_answer(server, name, tmp_path):
    tool("curl")
    program = snippet(server, name, "curl").replace("curl ", "curl --silent --show-error ")

    run = subprocess.run(
        ["sh", "-e", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert answered(name) in run.stdout


@each_contract
def test_node_reads_its_first_call(server, name, tmp_path):
    program = tmp_path / "first.js"
    program.write_text(snippet(server, name, "node"))

    subprocess.run([tool("node"), "--check", str(program)], check=True, timeout=60)


@each_contract
def test_1c_names_what_the_contract_declares(server, name):
    contract = server.catalog.contract(name)
    program = snippet(server, name, "1c")

    (request_type,) = re.findall(r'"(\w+RequestType)"', program)
    assert f"{{{contract.namespace}}}{request_type}" in contract.vocabulary.complex
    for namespace, type_ in re.findall(r'Тип\(\s*"([^"]+)", "(\w+)"', program):
        tag = f"{{{namespace}}}{type_}"
        assert tag in contract.vocabulary.complex or tag in contract.vocabulary.simple
    fields = contract.vocabulary.complex[f"{{{contract.namespace}}}{request_type}"]
    known = {field.tag.partition("}")[2] for field in fields}
    assert set(re.findall(r"Запрос\.(\w+)", program)) <= known


def test_values_of_a_call_need_no_quoting_in_any_language(server):
    page = server.site.answer("/test/ws/meals/bank-payment/1.0", {})
    values = re.findall(
        r"=> '(.*)',", html.fromstring(page.body).xpath("string(//*[@id='snippet-php']/pre)")
    )

    assert [value for value in values if set(value) & set("'\"\\$")] == []
    assert len(values) > 1
