"""Letters to one participant's service: `python -m bench.delivery [--letters 5000] [--mode pg]`.

Letters are written by the office into a contour's outbox, in transactions of a hundred; then so
many hubs as processes of their own deliver them over HTTP to a service on this machine that
answers at once, typed and with the right correlation. What is told: letters written a second, and
delivered a second with journal and settlement.
"""

import argparse
import asyncio
import multiprocessing
import re
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from uuid import uuid4

import sqlalchemy as sa
import uvloop

from adapters.bank.messages import bank_payment
from bench.database import Mode, database
from gateway import bootstrap
from gateway.adapter import Adapter, Outward
from gateway.bootstrap import Hub
from gateway.bootstrap.contours import ContourJobs
from gateway.contracts import codec
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.outgoing import Outgoing, Parcel
from gateway.soap import build
from gateway.soap.parse import Version
from gateway.storage import migrate, outbox
from gateway.storage.outbox import State
from registry import endpoints
from registry.endpoints import Endpoint
from registry.kinds import Network
from registry.seed import DEMO, seed_demo

CONTRACT = "meals/bank-payment/1.0"
LETTERS_A_KEY = 4
A_TRANSACTION = 100
BANK = DEMO["bank"].code
NO_ID = "00000000-0000-0000-0000-000000000000"
SLICE = Adapter("bench", outward=(Outward(CONTRACT, bank_payment, lambda *_: None),))


def assemble(home: Path, url: str) -> Hub:
    """Put a hub together whose test contour lies at `url`."""
    hub = bootstrap.assemble(Settings(home=home, test_database_url=url))
    return replace(hub, adapters=(*hub.adapters, SLICE))


def prepare(hub: Hub, port: int) -> None:
    """Make tables, participants and the bank's endpoint."""
    migrate.upgrade(hub.registry, "registry")
    migrate.upgrade(hub.databases[Contour.TEST], "contour")
    seed_demo(hub.registry, hub.clock)
    url = f"http://127.0.0.1:{port}/service"
    point = Endpoint("meals/bank-payment", Contour.TEST, url, Network.INTERNET, "1.0")
    with hub.registry.writing() as transaction:
        endpoints.register(
            transaction, BANK, point, hub.clock(), "bench", hub.identifiers, is_operator=True
        )


def write(hub: Hub, letters: int) -> None:
    """Write the letters."""
    jobs = ContourJobs(hub, Contour.TEST)
    for first in range(0, letters, A_TRANSACTION):
        with jobs.begin() as work:
            for number in range(first, min(letters, first + A_TRANSACTION)):
                work.office(Outgoing).send(work, parcel(number))


def parcel(number: int) -> Parcel:
    request = bank_payment.CheckAccountRequest(
        account="7200000000017",
        channel=bank_payment.PayChannel.INTERNET_BANK,
        request_time=datetime.now(UTC),
    )
    return Parcel(
        recipient=BANK,
        contract=CONTRACT,
        request=request,
        key=f"bench/{number // LETTERS_A_KEY}",
        source=f"bench/{number}",
        message_id=uuid4(),
    )


def deliver(home: Path, url: str, stop: "multiprocessing.synchronize.Event") -> None:
    """Deliver until told to stop."""
    hub = assemble(home, url)
    (deliverer,) = [
        one for name, one in zip(hub.outboxes, hub.deliverers(), strict=True) if name == "test"
    ]
    deliverer.start()
    stop.wait()
    deliverer.stop()
    hub.close()


def serve(listener: socket.socket, answer: bytes) -> None:
    """Answer every request at once with its own correlation id."""

    async def run() -> None:
        server = await asyncio.start_server(echoing(answer), sock=listener)
        await server.serve_forever()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


def echoing(answer: bytes):
    """Return what answers on a connection, with the message id in place of NO_ID."""
    message_id = re.compile(rb"messageId>([0-9a-f-]{36})<")
    length = re.compile(rb"(?i)content-length: (\d+)")
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n" % len(answer)
    )

    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(int(length.search(asked)[1]))
                told = answer.replace(NO_ID.encode(), message_id.search(body)[1])
                writer.write(head + told)
                await writer.drain()
                if b"close" in asked:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()

    return answering


def answer() -> bytes:
    header = build.ReplyHeader(
        message_id=uuid4(),
        sender=BANK,
        recipient="CITTO",
        timestamp=datetime.now(UTC),
        contour=Contour.TEST,
        correlation_id=NO_ID,
    )
    response = bank_payment.CheckAccountResponse(
        result_code=bank_payment.ResultCode.OK, result_text="ОК", account="7200000000017"
    )
    payload = codec.octet_encoder(type(response))(response)
    return build.reply(Version.SOAP11, header, payload)


def delivered(hub: Hub) -> int:
    d = outbox.CONTOUR.delivery
    with hub.databases[Contour.TEST].reading() as transaction:
        return int(
            transaction.execute(
                sa.select(sa.func.count()).where(d.c.state == State.DELIVERED.value)
            ).scalar_one()
        )


@contextmanager
def processes(*targets) -> Iterator[None]:
    made = [multiprocessing.get_context("fork").Process(target=t, args=a) for t, a in targets]
    for one in made:
        one.start()
    try:
        yield
    finally:
        for one in made:
            one.terminate()
            one.join()


def main() -> None:
    """Write, deliver, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=5000)
    parser.add_argument("--deliverers", type=int, default=2)
    parser.add_argument("--mode", choices=[m for m in get_args(Mode) if m != "none"], default="pg")
    options = parser.parse_args()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(options.mode, home)).url
        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        hub = assemble(home, url)
        prepare(hub, listener.getsockname()[1])
        began = time.perf_counter()
        write(hub, options.letters)
        took = time.perf_counter() - began
        print(f"written: {options.letters / took:.0f} letters a second")
        stack.enter_context(processes((serve, (listener, answer()))))
        stop = multiprocessing.get_context("fork").Event()
        hub.close()
        began = time.perf_counter()
        with processes(*[(deliver, (home, url, stop))] * options.deliverers):
            while not delivered(hub):
                time.sleep(0.01)
            first, began = delivered(hub), time.perf_counter()
            while (seen := delivered(hub)) < options.letters:
                time.sleep(0.05)
            took = time.perf_counter() - began
            stop.set()
        print(f"delivered: {(seen - first) / took:.0f} letters a second, {options.deliverers} hubs")
        hub.close()


if __name__ == "__main__":
    main()
