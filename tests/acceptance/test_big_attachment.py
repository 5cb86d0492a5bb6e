"""A file of tens of megabytes through MTOM: the hub holds a small window of it and never the whole.

The suite sends 8 MB; `make proofs` sends the 50 MB of the specification.
"""

import base64
import hashlib
import logging
import os
import random
import sys
from pathlib import Path

import psutil
import pytest
import requests
import sqlalchemy as sa
from lxml import etree
from messages import envelope, file_reference, new_id, now, payment, registry

from gateway.soap import mime
from gateway.storage.attachments import attachment, open_kept

SIZE = 50_000_000 if "HUB_PROOFS" in os.environ else 8_000_000
MEMORY_BOUND = 64 * 1024 * 1024
INLINE_BOUND = 96 * 1024 * 1024
"""A base64 text is part of the message: its bytes, tree and canonical form lie side by side."""
BOUNDARY = "MIME-boundary-of-the-test"
PIECE = 1_000_000
INLINE = 7_000_000
"""Bytes that fit into a message of 10 MiB as base64."""
FORMATS = "urn://x-artefacts-citto-72/registry/formats/1.0"


class Pieces:
    """A body of known length that no process ever holds, neither this one."""

    def __init__(self, head: bytes, seed: int, size: int, tail: bytes) -> None:
        self.head, self.seed, self.size, self.tail = head, seed, size, tail

    def __len__(self) -> int:
        return len(self.head) + self.size + len(self.tail)

    def __iter__(self):
        yield self.head
        yield from content(self.seed, self.size)
        yield self.tail


def content(seed: int, size: int = SIZE):
    """Yield bytes that no compression makes smaller."""
    source = random.Random(seed)
    for _ in range(size // PIECE):
        yield source.randbytes(PIECE)


def digest(seed: int, size: int = SIZE) -> bytes:
    found = hashlib.sha256()
    for piece in content(seed, size):
        found.update(piece)
    return found.digest()


def message(hub, seed: int, size: int = SIZE) -> Pieces:
    include = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:f@t"/>'
    told = base64.b64encode(digest(seed, size)).decode()
    reference = file_reference("registry.xml", "application/xml", size, told, include)
    body = registry(f"REG-{seed}", hub.seeded.people.organizer_inn, 1, "1.00", reference, now())
    head = b"".join(
        (
            f"--{BOUNDARY}\r\nContent-ID: <root@t>\r\n".encode(),
            b'Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\n\r\n',
            envelope(body, new_id()),
            f"\r\n--{BOUNDARY}\r\nContent-ID: <f@t>\r\n".encode(),
            b"Content-Type: application/octet-stream\r\n",
            b"Content-Transfer-Encoding: binary\r\n\r\n",
        )
    )
    return Pieces(head, seed, size, f"\r\n--{BOUNDARY}--\r\n".encode())


def send(hub, body: Pieces) -> requests.Response:
    content_type = (
        f'multipart/related; boundary="{BOUNDARY}"; type="application/xop+xml"; '
        'start="<root@t>"; start-info="text/xml"'
    )
    return hub.post("payment-registry", body, **{"Content-Type": content_type})


def idle(hub) -> int:
    """Return what a hub holds that has done all this once: what it loads lazily is loaded."""
    body = payment("P-1", hub.seeded.accounts.open[0], "1.00", now())
    assert hub.post("bank-payment", envelope(body, new_id())).status_code == 200
    answer = send(hub, message(hub, 99, PIECE))
    hub.wait_for_registry(etree.fromstring(answer.content).findtext(".//{*}hubRegistryId"))
    assert ask(hub, new_id(), Accept="multipart/related").content
    return psutil.Process(hub.process.pid).memory_info().rss


def peak(hub) -> int:
    """Return the most memory the process ever held, as the kernel counted it."""
    status = Path(f"/proc/{hub.process.pid}/status").read_text()
    found = next(row for row in status.splitlines() if row.startswith("VmHWM:"))
    return int(found.split()[1]) * 1024


def hold_to_bound(what: str, before: int, most: int, bound: int = MEMORY_BOUND) -> None:
    told = f"{what} of {SIZE:,} bytes: idle {before:,}, peak {most:,}, more {most - before:,}"
    logging.getLogger(__name__).warning(told)
    assert most - before < bound, told


def test_a_big_part_comes_in_within_the_bound_and_is_kept_whole(new_hub):
    new_hub.start()
    before = idle(new_hub)
    answer = send(new_hub, message(new_hub, 1))
    assert answer.status_code == 200, answer.text
    hold_to_bound("an MTOM part in", before, peak(new_hub))
    with new_hub.database().reading() as transaction:
        assert transaction.execute(sa.select(sa.func.max(attachment.c.size))).scalar_one() == SIZE
    with open_kept(new_hub.database(), digest(1)) as kept:
        assert hashlib.file_digest(kept, "sha256").digest() == digest(1)


def test_base64_up_to_its_limit_comes_in_within_the_bound(new_hub):
    new_hub.start()
    before = idle(new_hub)
    octets = random.Random(2).randbytes(INLINE)
    told = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    text = base64.b64encode(octets).decode()
    file = file_reference("registry.xml", "application/xml", INLINE, told, text)
    inn = new_hub.seeded.people.organizer_inn
    body = envelope(registry("REG-2", inn, 1, "1.00", file, now()), new_id())
    answer = new_hub.post("payment-registry", body)
    assert answer.status_code == 200, answer.text
    hold_to_bound(f"{INLINE:,} bytes as base64 in, beside", before, peak(new_hub), INLINE_BOUND)


@pytest.fixture
def file_hub(new_hub):
    """A hub that keeps a big file and gives it away."""
    new_hub.program = [sys.executable, str(Path(__file__).with_name("file_hub.py"))]
    new_hub.start()
    before = idle(new_hub)
    answer = send(new_hub, message(new_hub, 3))
    assert answer.status_code == 200, answer.text
    return new_hub, before


def ask(hub, message_id: str, **headers: str) -> requests.Response:
    body = (
        f'<f:GetFormatRequest xmlns:f="{FORMATS}"><f:code>meals/bank-payment</f:code>'
        "<f:version>1.0</f:version></f:GetFormatRequest>"
    )
    return requests.post(
        f"{hub.base_url}/test/ws/registry/formats/1.0",
        data=envelope(body, message_id),
        auth=hub.credentials,
        headers={"Content-Type": "text/xml; charset=utf-8", **headers},
        timeout=60,
        stream=True,
    )


def saved(answer: requests.Response, target: Path) -> bytes:
    """Write a body to a file; return its digest."""
    assert answer.status_code == 200, answer.text
    told = hashlib.sha256()
    with target.open("wb") as file:
        for piece in answer.iter_content(PIECE):
            told.update(piece)
            file.write(piece)
    assert target.stat().st_size == int(answer.headers["content-length"])
    return told.digest()


def test_a_big_part_leaves_within_the_bound(file_hub, tmp_path):
    hub, before = file_hub
    wanted, body = new_id(), tmp_path / "body"
    first = ask(hub, wanted, Accept="multipart/related")
    saved(first, body)
    hold_to_bound("MTOM in and out", before, peak(hub))
    root, (part,) = mime.split(body, mime.content_type(first.headers["content-type"]))
    with body.open("rb") as file:
        envelope_of = etree.fromstring(file.read(root.start + root.length)[root.start :])
        assert envelope_of.find(".//{*}Include").get("href") == f"cid:{part.content_id}"
        file.seek(part.start)
        assert hashlib.sha256(file.read(part.length)).digest() == digest(3)
    assert part.length == SIZE


def test_who_takes_no_mtom_gets_base64_within_the_bound(file_hub, tmp_path):
    hub, before = file_hub
    body = tmp_path / "body"
    answer = ask(hub, new_id())
    saved(answer, body)
    hold_to_bound("MTOM in and base64 out", before, peak(hub))
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    told = hashlib.sha256()
    for _, element in etree.iterparse(body, tag="{*}content", huge_tree=True):
        told.update(base64.b64decode(element.text))
    assert told.digest() == digest(3)
