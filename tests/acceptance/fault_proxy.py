"""A proxy before an endpoint that breaks what goes through it, by chance that a seed decides.

`FaultProxy` is its handle in a test: it starts the proxy as a process of its own, changes its
faults and reads what it has really done. A fault is done to a request, and what it leaves behind
is known: DROP and ERROR leave the endpoint untouched, SPOILT, LOST and CUT have it do what was
asked and hide that. Down, the proxy listens no more and every connection is reset.
"""

import argparse
import asyncio
import json
import random
import socket
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

HEAD_LIMIT = 64 * 1024
_ERROR_PAGE = b"<html><body><h1>500 Internal Server Error</h1><hr>nginx</body></html>"
_ERROR = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_ERROR_PAGE), _ERROR_PAGE)
)


class Manner(StrEnum):
    """What is done to a request."""

    PASS = "pass"
    SLOW = "slow"
    """Passed on after a delay."""
    DROP = "drop"
    """The connection is reset before the request is read."""
    ERROR = "error"
    """Answered 500 with a page, not passed on."""
    SPOILT = "spoilt"
    """Passed on; a page with 500 takes the place of the answer."""
    LOST = "lost"
    """Passed on; the connection is reset instead of the answer."""
    CUT = "cut"
    """Passed on; the connection is reset in the middle of the answer."""


DOWN = "down"
"""Counts the stretches without anybody listening."""


@dataclass(frozen=True)
class Faults:
    """How often what is done, and how long."""

    weights: Mapping[str, int] = field(default_factory=lambda: {Manner.PASS: 1})
    slow_seconds: tuple[float, float] = (0.1, 0.5)
    up_seconds: tuple[float, float] | None = None
    """Between which times it stands before it goes down by itself; None: it does not."""
    down_seconds: tuple[float, float] = (1.0, 2.0)


STORM = {"pass": 60, "slow": 10, "drop": 6, "error": 6, "spoilt": 6, "lost": 6, "cut": 6}


class FaultProxy:
    """The proxy of a test: `port` is where it listens, `target` where the endpoint does."""

    def __init__(self, port: int, target: int, seed: int, faults: Faults = Faults()) -> None:
        self.port = port
        options = {"--port": port, "--target": target, "--seed": seed}
        self._command = [
            sys.executable,
            __file__,
            *(str(word) for pair in options.items() for word in pair),
            json.dumps(asdict(faults)),
        ]
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout.readline(), "the proxy did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def faults(self, weights: Mapping[str, int]) -> None:
        """From now on do these."""
        self._tell({"weights": weights})

    def down(self) -> None:
        """Listen no more, reset every connection; it stays so until told otherwise."""
        self._tell({"do": "down"})

    def up(self) -> None:
        """Listen again."""
        self._tell({"do": "up"})

    def calm(self) -> None:
        """Break nothing any more."""
        self._tell({"do": "calm"})

    def counts(self) -> Counter[str]:
        """Return how often what was done; DOWN counts stretches."""
        return Counter(self._tell({}))

    def _tell(self, command: Mapping[str, Any]) -> dict[str, int]:
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Proxy:
    """The proxy itself, in its own process."""

    def __init__(self, port: int, target: int, seed: int, faults: Faults) -> None:
        self.port, self.target = port, target
        self.faults = faults
        self.weights = dict(faults.weights)
        self.counts: Counter[str] = Counter()
        # Each by itself: the n-th request is treated the same, however the others are timed.
        self.draws, self.delays, self.weather = (random.Random(f"{seed}/{n}") for n in range(3))
        self.server: asyncio.Server | None = None
        self.clients: set[asyncio.StreamWriter] = set()

    async def run(self) -> None:
        """Serve, with its own weather, until the input ends."""
        await self.rise()
        weather = asyncio.create_task(self.change())
        answer(self.counts)
        commands = await standard_input()
        while line := await commands.readline():
            if weather.done() and not weather.cancelled():
                weather.result()  # it was to blow for ever: a proxy without it proves nothing
            await self.obey(json.loads(line), weather)
            answer(self.counts)
        weather.cancel()
        self.fall()

    async def obey(self, command: Mapping[str, Any], weather: asyncio.Task[None]) -> None:
        self.weights = command.get("weights", self.weights)
        match command.get("do"):
            case "down":
                self.fall()
            case "up":
                await self.rise()
            case "calm":
                weather.cancel()
                self.weights = {Manner.PASS: 1}
                await self.rise()

    async def change(self) -> None:
        """Go down and come up again, for as long as the faults say."""
        while self.faults.up_seconds is not None:
            await asyncio.sleep(self.weather.uniform(*self.faults.up_seconds))
            self.fall()
            await asyncio.sleep(self.weather.uniform(*self.faults.down_seconds))
            await self.rise()

    async def rise(self) -> None:
        if self.server is None:
            self.server = await asyncio.start_server(
                self.serve, "127.0.0.1", self.port, limit=HEAD_LIMIT, reuse_address=True
            )

    def fall(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None
            self.counts[DOWN] += 1
            for writer in list(self.clients):
                reset(writer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.clients.add(writer)
        try:
            # A side that hangs up in the middle is what this proxy is about.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self.treat(reader, writer):
                    await writer.drain()
        finally:
            self.clients.discard(writer)
            writer.close()

    async def treat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take one request; tell whether the connection goes on."""
        head = await reader.readuntil(b"\r\n\r\n")
        manner = self.draw()
        self.counts[manner] += 1
        if manner is Manner.DROP:
            reset(writer)
            return False
        request = head + await body(head, reader)
        if manner is Manner.SLOW:
            await asyncio.sleep(self.delays.uniform(*self.faults.slow_seconds))
        if manner is Manner.ERROR:
            writer.write(_ERROR)
            return True
        reply = await self.pass_on(request)
        if manner in {Manner.PASS, Manner.SLOW} and reply:
            writer.write(reply)
            return b"connection: close" not in reply[:HEAD_LIMIT].lower()
        if manner is Manner.SPOILT:
            writer.write(_ERROR)
            return True
        if manner is Manner.CUT:
            writer.write(reply[: len(reply) // 2])
            await writer.drain()
        reset(writer)
        return False

    def draw(self) -> Manner:
        (name,) = self.draws.choices(list(self.weights), list(self.weights.values()))
        return Manner(name)

    async def pass_on(self, request: bytes) -> bytes:
        """Return the answer of the endpoint; nothing when it gave none."""
        try:
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", self.target, limit=HEAD_LIMIT
            )
        except OSError:
            return b""
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            return head + await body(head, reader, until_end=True)
        except (OSError, asyncio.IncompleteReadError):
            return b""
        finally:
            writer.close()


async def body(head: bytes, reader: asyncio.StreamReader, *, until_end: bool = False) -> bytes:
    """Read what follows a head, as it is framed."""
    fields = dict(
        line.lower().partition(b":")[::2] for line in head.split(b"\r\n")[1:] if b":" in line
    )
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return await chunks(reader)
    if b"content-length" in fields:
        return await reader.readexactly(int(fields[b"content-length"]))
    return await reader.read() if until_end else b""


async def chunks(reader: asyncio.StreamReader) -> bytes:
    """Read the chunks of a body as they stand on the wire."""
    octets = b""
    while True:
        size = await reader.readuntil(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        octets += size + await reader.readexactly(length + 2)
        if length == 0:
            return octets


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection so that the other side cannot take it for an answer."""
    with suppress(OSError):  # it may have ended by itself a moment ago
        writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
    writer.transport.abort()


async def standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def answer(counts: Mapping[str, int]) -> None:
    sys.stdout.write(json.dumps(counts) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Proxy until the input ends."""
    parser = argparse.ArgumentParser()
    for name in ("port", "target", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("faults", type=json.loads)
    arguments = parser.parse_args()
    proxy = Proxy(arguments.port, arguments.target, arguments.seed, Faults(**arguments.faults))
    asyncio.run(proxy.run())


if __name__ == "__main__":
    main()
