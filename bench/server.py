"""A running server: started in its own process group, ready by condition, ended with its kin."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

READY_WITHIN = 90.0
"""Seconds; the slowest peer compiles its binding at start."""


class ServerFailed(Exception):
    """The server did not start, or ended, or answered wrongly."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server listens and how it is spoken to."""

    name: str
    port: int
    process: psutil.Process
    log: Path
    headers: Mapping[str, str] = field(default_factory=dict)

    def post(self, path: str, body: str, action: str) -> Reply:
        """Send one message over a connection of its own."""
        headers = {**request_headers(action, self.port), **self.headers}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", path, body.encode(), headers)
            response = connection.getresponse()
            return Reply(response.status, response.read())

    def cpu_seconds(self) -> float:
        """User and system time of the server and everything it started."""
        return sum(_cpu(process) for process in _kin(self.process))

    def memory_mib(self) -> float:
        """Memory of the process tree, shared pages counted once (PSS)."""
        return sum(_pss(process) for process in _kin(self.process)) / 2**20

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


def request_headers(action: str, port: int) -> dict[str, str]:
    """The headers of a SOAP 1.1 request."""
    return {
        "Host": f"127.0.0.1:{port}",
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{action}"',
    }


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    port: int,
    folder: Path,
    headers: Mapping[str, str],
) -> Iterator[Server]:
    """Start the command, give the server, end the whole process group."""
    log = folder / "server.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Server(name, port, psutil.Process(process.pid), log, headers)
    finally:
        _end(process)


def wait_until_ready(server: Server, answers: Callable[[], bool]) -> None:
    """Return when the server answers; raise ServerFailed when it ended or time is over."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if not server.process.is_running() or server.process.status() == psutil.STATUS_ZOMBIE:
            raise ServerFailed(f"{server.name} ended at start:\n{server.tail()}")
        try:
            if answers():
                return
        except (OSError, http.client.HTTPException):
            pass  # Not listening yet: the loop's condition.
        time.sleep(0.1)
    raise ServerFailed(f"{server.name} was not ready in {READY_WITHIN:.0f} s:\n{server.tail()}")


def _kin(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0.0


def _end(process: subprocess.Popen[bytes]) -> None:
    kin = _kin(psutil.Process(process.pid)) if process.poll() is None else []
    _signal(process.pid, signal.SIGTERM)
    _, alive = psutil.wait_procs(kin, timeout=10)
    if alive:
        _signal(process.pid, signal.SIGKILL)
    process.wait()


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # Ended by itself.
        os.killpg(group, number)
