"""The whole signed way: `python -m bench.signed_way`.

Every message is another payment, signed with RSA-2048 over Body and header; the hub verifies it,
asks its trust in the certificate, books and journals in one commit on PostgreSQL, signs its answer.
16 connections, the hub with two workers, wrk on the same cores.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bench import hub as contender
from bench import load
from bench.contract import MESSAGES
from bench.database import database
from bench.server import request_headers, wait_until_ready
from gateway.security import wsse
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider

CONNECTIONS = 16
SECONDS = 8
MESSAGES_SIGNED = 12_000
"""More than the hub takes in the time; what is left over is never a repeat."""
THREADS = 2
HEADER = (
    '<soap:Header><h:MessageHeader xmlns:h="urn://x-artefacts-citto-72/hub/1.0">'
    "<h:messageId>{id}</h:messageId><h:sender>BANK72001</h:sender>"
    "<h:timestamp>{now}</h:timestamp><h:contour>TEST</h:contour>"
    "<h:formatVersion>1.0</h:formatVersion></h:MessageHeader></soap:Header>"
)
SCRIPT = Path(__file__).with_name("signed.lua")


def main() -> int:
    """Measure and print; 1 when an answer was wrong."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (
            database("pg", folder) as own,
            contender.start_hub("pg", own, folder) as (server, payers),
        ):
            wait_until_ready(server, lambda: server.post(MESSAGES[0].path, "", "").status == 500)
            requests = prepared(folder, server.port, payers)
            drive(server.port, requests, 2)
            own.settle()
            before, cpu = contender.rows(own), server.cpu_seconds()
            figures = drive(server.port, requests, SECONDS)
            cpu = server.cpu_seconds() - cpu
            kept = (contender.rows(own) - before).payments
    print(
        f"signed RegisterPayment, PostgreSQL, {CONNECTIONS} connections: "
        f"{figures.per_second:,.0f} messages/s, p50 {figures.p50_us / 1000:.1f} ms, "
        f"p99 {figures.p99_us / 1000:.1f} ms, {cpu / figures.requests * 1e6:,.0f} us of processor "
        f"time each, errors {figures.errors}, {kept:,} payments kept"
    )
    return 1 if figures.errors or not kept else 0


def prepared(folder: Path, port: int, payers: object) -> Path:
    """Sign the messages beforehand: the client's work is not what is measured."""
    message = MESSAGES[0]
    providers = Providers.of([RsaProvider()])
    (key,) = (folder / "home" / "certificates").glob("bank72001-*.key")
    signer = load_signer(key, key.with_suffix(".pem"), providers)
    head = "\r\n".join(
        [
            f"POST {message.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in request_headers(message.action, port).items()),
        ]
    )
    file = folder / "signed.requests"
    with file.open("wb") as out:
        for number in range(MESSAGES_SIGNED):
            now = datetime.now(UTC)
            text = message.write(payers, load.identity(number // 10**7, 0, number), number)
            header = HEADER.format(id=uuid4(), now=now.isoformat(timespec="seconds"))
            text = text.replace("<soap:Body>", f"{header}<soap:Body>")
            body = wsse.sign(text.encode(), signer, providers, uuid4, now)
            out.write(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\0")
    return file


def drive(port: int, requests: Path, seconds: int) -> load.Figures:
    """Load the hub and return what wrk saw."""
    command = [
        *("wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"),
        *("-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", str(requests), str(THREADS)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    return load.figures(json.loads(line))


if __name__ == "__main__":
    sys.exit(main())
