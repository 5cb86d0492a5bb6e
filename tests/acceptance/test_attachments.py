"""Files on their way through the whole hub: looked at before they are kept, given away again."""

import base64
import hashlib
import sys
from pathlib import Path

import pytest
import requests
from lxml import etree
from messages import envelope, file_reference, new_id, now, registry
from scanner_daemon import EICAR, scanning

FORMATS = "urn://x-artefacts-citto-72/registry/formats/1.0"


def submit(hub, octets: bytes, name: str) -> requests.Response:
    told = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    text = base64.b64encode(octets).decode()
    file = file_reference("registry.xml", "application/xml", len(octets), told, text)
    body = registry(name, hub.seeded.people.organizer_inn, 1, "1.00", file, now())
    return hub.post("payment-registry", envelope(body, new_id()))


def fault(answer: requests.Response) -> tuple[str, str]:
    root = etree.fromstring(answer.content)
    return root.findtext(".//{*}HubFault/{*}code"), root.findtext(".//{*}HubFault/{*}retryable")


def test_malware_is_refused_for_good_and_an_unreachable_scanner_for_now(new_hub):
    with scanning() as daemon:
        host, port = daemon.server_address
        new_hub.environment["HUB_SCANNER"] = f"clamd://{host}:{port}"
        new_hub.start()
        assert submit(new_hub, b"<clean/>", "REG-CLEAN").status_code == 200
        infected = fault(submit(new_hub, b"<a>" + EICAR + b"</a>", "REG-BAD"))
        assert infected == ("ATTACHMENT_INFECTED", "false")
    unseen = submit(new_hub, b"<unseen/>", "REG-LATER")
    assert fault(unseen) == ("TEMPORARY_UNAVAILABLE", "true")
    assert unseen.status_code == 503
    assert submit(new_hub, b"<clean/>", "REG-CLEAN-2").status_code == 200
    shown = new_hub.run("attachment", "show").stdout
    assert "test" in shown


@pytest.fixture
def file_hub(new_hub):
    """A hub that keeps a small file and gives it away."""
    new_hub.program = [sys.executable, str(Path(__file__).with_name("file_hub.py"))]
    new_hub.start()
    assert submit(new_hub, b"<file/>" * 1000, "REG-1").status_code == 200
    return new_hub


def ask(hub, message_id: str, **headers: str) -> requests.Response:
    body = (
        f'<f:GetFormatRequest xmlns:f="{FORMATS}"><f:code>meals/bank-payment</f:code>'
        "<f:version>1.0</f:version></f:GetFormatRequest>"
    )
    answer = requests.post(
        f"{hub.base_url}/test/ws/registry/formats/1.0",
        data=envelope(body, message_id),
        auth=hub.credentials,
        headers={"Content-Type": "text/xml; charset=utf-8", **headers},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return answer


def test_an_answer_with_a_file_is_repeated_byte_for_byte_in_either_form(file_hub):
    message_id = new_id()
    packed = ask(file_hub, message_id, Accept="multipart/related")
    again = ask(file_hub, message_id, Accept="multipart/related")
    assert packed.content == again.content
    assert packed.headers["content-type"] == again.headers["content-type"]
    plain = etree.fromstring(ask(file_hub, message_id).content)
    assert base64.b64decode(plain.findtext(".//{*}content")) == b"<file/>" * 1000
    assert b"<file/>" * 1000 in packed.content
    assert plain.findtext(".//{*}messageId").encode() in packed.content
    assert file_hub.run("reconcile").exit_code == 0
