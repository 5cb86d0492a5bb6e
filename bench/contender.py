"""One visit to one server: start, prove, warm up, measure, count what it kept."""

import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psutil

from bench import load
from bench.contract import MESSAGES, Message, Payers, is_refusal
from bench.database import Counted, Database, Mode, database
from bench.load import Figures
from bench.report import CROWDED, Cell, Checked, Measurement
from bench.roster import VAR, Peer
from bench.server import Server, free_port, request_headers, running, wait_until_ready

WINDOW = 2
"""Seconds of one window of warming."""

WINDOWS_AT_MOST = 30

PROGRESS = 0.97
"""A window that costs the server less than this part of the best one before is progress."""

VARIANTS = {"S": 64, "M": 10}
"""Prepared requests of a kind: enough that every account is paid to."""

_runs = count(1)
_probes = count(1)


class Broken(Exception):
    """The server answered wrongly or kept less than it acknowledged."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A server that can be started in a mode, and how to count what it kept."""

    name: str
    title: str
    start: Callable[[Mode, Database, Path], AbstractContextManager[tuple[Server, Payers]]]
    rows: Callable[[Database], Counted]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure and for how long."""

    modes: Sequence[Mode]
    messages: Sequence[Message]
    connections: Sequence[int]
    rounds: int
    seconds: int
    patience: int
    """Windows of warming without progress after which a server counts as warm."""
    attempts: int
    """Runs for one figure while neighbours crowd the machine; the calmest counts."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A running server in its surroundings."""

    contender: Contender
    server: Server
    payers: Payers
    database: Database
    folder: Path


@contextmanager
def start_peer(
    peer: Peer, mode: Mode, database: Database, folder: Path
) -> Iterator[tuple[Server, Payers]]:
    """Start a peer by its recipe, on empty tables."""
    database.create_tables()
    port = free_port()
    environment = {
        **peer.environment(),
        **database.environment,
        "BENCH_MODE": mode,
        "BENCH_PORT": str(port),
        "BENCH_RUN": str(folder),
    }
    with running(peer.name, [str(peer.recipe)], environment, port, folder, {}) as server:
        yield server, Payers()


@contextmanager
def visiting(contender: Contender, mode: Mode) -> Iterator[Visit]:
    """Give the started and ready server; take its database and files away afterwards."""
    (VAR / "run").mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f"{contender.name}-{mode}-", dir=VAR / "run"))
    with database(mode, folder) as own, contender.start(mode, own, folder) as (server, payers):
        visit = Visit(contender, server, payers, own, folder)
        wait_until_ready(server, lambda: _answers(server, payers))
        yield visit
    shutil.rmtree(folder)  # A failed visit leaves its server's log to be read.


def prove(visit: Visit, messages: Sequence[Message]) -> tuple[str, ...]:
    """Check a good answer of each kind; name the broken samples that were let through."""
    let_through = []
    for message in messages:
        good = _probe(visit, message)
        for flaw, text in message.broken_samples(good):
            if not is_refusal(visit.server.post(message.path, text, message.action)):
                let_through.append(f"{message.name}: {flaw}")
    return tuple(let_through)


def measure(visit: Visit, plan: Plan, number: int) -> Iterator[Measurement]:
    """Warm up, then load with every message over every number of connections."""
    for message in (*plan.messages, plan.messages[0]):
        _warm(visit, message, plan.patience)
    for message in plan.messages:
        _drive(visit, message, max(plan.connections), WINDOW)
        before = _rows(visit)
        everything: list[Measurement] = []
        for connections in plan.connections:
            visit.database.settle()
            runs = list(_until_calm(visit, message, connections, plan, number))
            everything += runs
            yield min(runs, key=lambda run: run.strangers)
        left_behind = sum(run.cell.connections for run in everything) + max(plan.connections)
        _check_rows(visit, message, _rows(visit) - before, everything, left_behind)
        _probe(visit, message)


def checked(visit: Visit, let_through: tuple[str, ...]) -> Checked:
    """What is known of the server when its load is over."""
    name, mode = visit.contender.name, visit.database.mode
    return Checked(name, mode, let_through, visit.server.memory_mib())


def _answers(server: Server, payers: Payers) -> bool:
    """Tell whether the application speaks, not only the listener before it."""
    message = MESSAGES[0]
    text = message.write(payers, load.identity(0, 0, next(_probes)), 0)
    return server.post(message.path, text, message.action).status in {200, 500}


def _probe(visit: Visit, message: Message) -> str:
    """Send one good message, raise Broken unless the answer is right; return the message."""
    serial = next(_probes)
    text = message.write(visit.payers, load.identity(0, 0, serial), serial)
    wrong = message.faults_of(visit.server.post(message.path, text, message.action), text)
    if wrong:
        raise Broken(f"{visit.contender.name}: {message.name}: {'; '.join(wrong)}")
    return text


def _drive(visit: Visit, message: Message, connections: int, seconds: int) -> Figures:
    variants = VARIANTS[message.name]
    headers = {**request_headers(message.action, visit.server.port), **visit.server.headers}
    bodies = [message.write(visit.payers, load.TOKEN, number) for number in range(variants)]
    prefix = load.prepare(visit.folder, message.name, message.path, headers, bodies)
    return load.drive(
        visit.server.port, prefix, variants, next(_runs), connections=connections, seconds=seconds
    )


def _warm(visit: Visit, message: Message, patience: int) -> None:
    """Load until a request stops getting cheaper.

    Two connections leave a compiler of the server's run time a core to work on: over 64 a Java peer
    needs five times as long. The measure is processor time, because neighbours do not change it.
    """
    best, idle = float("inf"), 0
    for _ in range(WINDOWS_AT_MOST):
        start = visit.server.cpu_seconds()
        figures = _drive(visit, message, 2, WINDOW)
        cost = (visit.server.cpu_seconds() - start) / max(figures.requests, 1)
        idle = 0 if cost < best * PROGRESS else idle + 1
        best = min(best, cost)
        if idle >= patience:
            return


def _until_calm(
    visit: Visit, message: Message, connections: int, plan: Plan, number: int
) -> Iterator[Measurement]:
    """Measure, and again while neighbours crowd the machine and attempts are left."""
    for _ in range(plan.attempts):
        measured = _watched(visit, message, connections, plan.seconds, number)
        yield measured
        if measured.strangers <= CROWDED:
            return


def _watched(
    visit: Visit, message: Message, connections: int, seconds: int, number: int
) -> Measurement:
    start = _cpu_now(visit)
    figures = _drive(visit, message, connections, seconds)
    end = _cpu_now(visit)
    elapsed, busy, own, base, wrk = (now - then for now, then in zip(end, start, strict=True))
    requests = max(figures.requests, 1)
    measured = Measurement(
        server=visit.contender.name,
        round=number,
        cell=Cell(visit.database.mode, message.name, connections),
        figures=figures,
        cpu_us=own / requests * 1e6,
        database_us=base / requests * 1e6,
        strangers=max(busy - own - base - wrk, 0.0) / (elapsed * (os.cpu_count() or 1)),
    )
    _tell(measured)
    return measured


def _cpu_now(visit: Visit) -> tuple[float, ...]:
    """Clock, then processor time: the machine's, the server's, its database's, wrk's."""
    times = psutil.cpu_times()
    waited_for = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        time.monotonic(),
        sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0),
        visit.server.cpu_seconds(),
        visit.database.cpu_seconds(),
        waited_for.ru_utime + waited_for.ru_stime,
    )


def _rows(visit: Visit) -> Counted:
    return (
        visit.contender.rows(visit.database) if visit.database.mode != "none" else Counted(0, 0, 0)
    )


def _check_rows(
    visit: Visit, message: Message, kept: Counted, runs: Sequence[Measurement], left_behind: int
) -> None:
    """Hold the server to its word: a row for each answer, none that nobody asked for.

    A wrk whose time is over leaves up to a request a connection behind; the server carries it out.
    """
    if visit.database.mode == "none":
        return
    answered = sum(run.figures.requests - run.figures.errors for run in runs)
    most = sum(run.figures.requests for run in runs) + left_behind
    found = kept.payments if message.name == "S" else kept.registries
    if not answered <= found <= most:
        raise Broken(
            f"{visit.contender.name}: {answered} answers to {message.name}, {found} rows kept"
        )


def _tell(measured: Measurement) -> None:
    figures, cell = measured.figures, measured.cell
    print(
        f"  {measured.server:8} {cell.mode:6} {cell.message} x{cell.connections:<3}"
        f" {figures.per_second:9,.0f} req/s  p99 {figures.p99_us / 1000:8.2f} ms"
        f"  cpu {measured.cpu_us:7,.0f}+{measured.database_us:,.0f} us"
        f"  others {measured.strangers:4.0%}"
        f"  errors {figures.errors}",
        file=sys.stderr,
        flush=True,
    )
