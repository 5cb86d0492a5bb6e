"""Sends one message with a kept attachment and tells by how much its memory had grown.

`large_process.py DATABASE SHA256 URL` prints the attempt's code and KiB.
"""

import resource
import sys
from datetime import UTC, datetime

from postal import CONTRACT, Postal, Slice, signature

from gateway.kernel.message import Contour
from gateway.storage import attachments
from gateway.storage.database import Database
from registry.endpoints import Endpoint
from registry.kinds import Network


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(url: str, sha256: str, service: str) -> None:
    postal = Postal(Database(url), lambda: datetime.now(UTC), Slice(), seconds=60)
    family = CONTRACT.rpartition("/")[0]
    postal.place = Endpoint(family, Contour.TEST, service, Network.INTERNET, "1.0")
    postal.send()
    postal.deliver()  # everything that is loaded once is loaded
    idle = peak()
    digest = bytes.fromhex(sha256)
    part = attachments.find(postal.database, digest)
    token = b"sha256:" + sha256.encode()
    delivery = postal.send(signature(token), attachments={token: part}, key="large")
    postal.deliver()
    (tried,) = postal.card(delivery).tried
    sys.stdout.write(f"{tried.code} {peak() - idle}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
