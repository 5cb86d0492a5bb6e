"""A large attachment is streamed from the store to the socket: it is never held as a whole."""

import hashlib
import os
import subprocess
import sys
import zlib
from pathlib import Path

import peers
import pytest
from postal import good

from gateway.storage import attachments

SCRIPT = Path(__file__).with_name("large_process.py")
MEGABYTES = 50
MOST_GROWN = 64


def in_blocks(peer):
    """Take a request block by block, keep its digest, and answer as anybody would."""

    def behave(line):
        octets = b""
        while b"\r\n\r\n" not in octets:
            octets += line.recv(65536)
        head, _, rest = octets.partition(b"\r\n\r\n")
        left = int(head.lower().partition(b"content-length:")[2].split()[0]) - len(rest)
        first = rest
        while left:
            piece = line.recv(1 << 20)
            left -= len(piece)
            if len(first) < 100_000:
                first += piece
        peer.requests.append(head + b"\r\n\r\n" + first)
        peer.received = int(head.lower().partition(b"content-length:")[2].split()[0])
        envelope = first[first.index(b"<?xml") : first.index(b"</soap:Envelope>") + 16]
        line.sendall(good(b"POST / HTTP/1.1\r\nContent-Type: text/xml\r\n\r\n" + envelope))

    return behave


@pytest.fixture
def large(postal):
    """Keep an attachment without holding it."""
    block = os.urandom(attachments.CHUNK_BYTES)
    blocks = MEGABYTES * 1024 * 1024 // len(block)
    digest = hashlib.sha256()
    for _ in range(blocks):
        digest.update(block)
    sha256 = digest.digest()
    with postal.database.writing() as transaction:
        transaction.insert(
            attachments.attachment,
            ("sha256", "size", "media_type", "kept_at"),
            [(sha256, blocks * len(block), "application/pdf", postal.clock())],
        )
        for number in range(blocks):
            transaction.insert(
                attachments.attachment_chunk,
                ("sha256", "number", "octets"),
                [(sha256, number, zlib.compress(block, 1))],
            )
    return sha256


def test_fifty_megabytes_leave_within_sixty_four_of_memory(postal, large):
    url = postal.database.url.set(drivername=postal.database.url.get_backend_name())
    with peers.peer(in_blocks) as peer:
        told = subprocess.run(
            [sys.executable, str(SCRIPT), url.render_as_string(False), large.hex(), peer.url()],  # noqa: FBT003 -- SQLAlchemy's own
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    code, grown = told.stdout.split()
    assert code == "OK"
    assert peer.received > MEGABYTES * 1024 * 1024
    assert int(grown) < MOST_GROWN * 1024
