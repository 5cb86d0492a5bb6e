"""Load by wrk: prepared requests, an identifier of its own in each, one line of figures back."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOKEN = "@@@IDENTITY@@@"
"""What a prepared request carries where its identifier goes: as long as the identifier."""

SCRIPT = Path(__file__).with_name("post.lua")


class LoadFailed(Exception):
    """Wrk ended without figures."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run of wrk measured; times in microseconds."""

    requests: int
    seconds: float
    errors: int
    """Answers with a status of 400 and more, and broken or late connections."""
    p50_us: float
    p90_us: float
    p99_us: float
    max_us: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def identity(run: int, thread: int, serial: int) -> str:
    """Fourteen digits, as post.lua writes them."""
    return f"{run:05d}{thread:02d}{serial:07d}"


def prepare(
    folder: Path, name: str, path: str, headers: Mapping[str, str], bodies: Sequence[str]
) -> Path:
    """Write whole HTTP requests; answer the prefix of their file names."""
    prefix = folder / f"{name}-"
    for number, text in enumerate(bodies):
        body = text.encode()
        head = [f"POST {path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        head += [f"Content-Length: {len(body)}", "", ""]
        file = folder / f"{name}-{number:02d}.http"
        file.write_bytes("\r\n".join(head).encode() + body)
    return prefix


def drive(port: int, prefix: Path, count: int, run: int, connections: int, seconds: int) -> Figures:
    """Load the server on the port and return what wrk saw."""
    threads = min(connections, 2)
    command = [
        *("wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"),
        *("-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", str(prefix), str(count), str(run)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith("{")), None)
    if done.returncode or line is None:
        raise LoadFailed(f"{done.stdout}\n{done.stderr}".strip())
    return figures(json.loads(line))


def figures(seen: Mapping[str, float]) -> Figures:
    """Read the line of post.lua."""
    broken = ("bad_status", "connect", "read", "write", "timeout")
    return Figures(
        requests=int(seen["requests"]),
        seconds=seen["duration_us"] / 1e6,
        errors=int(sum(seen[name] for name in broken)),
        p50_us=seen["p50_us"],
        p90_us=seen["p90_us"],
        p99_us=seen["p99_us"],
        max_us=seen["max_us"],
    )
