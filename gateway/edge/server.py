"""Runs the hub: an event loop with its connections, in this process or in several.

One worker lives in this process and is the whole hub, the embedded default. With more workers
each process takes messages from the same port, and one more does the background work.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.context import SpawnProcess
from typing import Any

import uvloop

from gateway import bootstrap
from gateway.bootstrap import Hub, OpenContour, smev2
from gateway.delivery import Deliverer
from gateway.edge import door as doors
from gateway.edge import pages
from gateway.edge.connections import Connections
from gateway.edge.dialects import DIALECTS
from gateway.edge.dialects.binding import DialectBinding
from gateway.edge.door import Door, FrontDoor, Lane, Limits
from gateway.edge.http import Patience
from gateway.edge.rest.door import RestDoor
from gateway.edge.rest.resources import TWINS
from gateway.kernel import logs
from gateway.kernel.message import Contour
from gateway.kernel.quotas import Quota
from gateway.kernel.settings import Settings
from gateway.pipeline.exchange import Binding
from gateway.pipeline.soap_binding import SoapBinding
from gateway.soap.parse import Version
from gateway.storage import attachments as kept
from scheduler.housekeeping import Housekeeper
from scheduler.runner import Runner

log = logging.getLogger(__name__)

BACKLOG = 1024
STOPS = (signal.SIGINT, signal.SIGTERM)
STOP_SECONDS = 60
"""How long a worker may finish what is at hand; a killed one leaves interrupted messages."""
STOP_GRACE_SECONDS = 10
BACKGROUND_NICENESS = 15
PARENT_CHECK_SECONDS = 1.0
GARBAGE_THRESHOLD = 20_000
SWITCH_SECONDS = 0.0005
"""How long a busy thread keeps the interpreter from one that waits for it. The writer comes back
from the database a dozen times a batch; with Python's 5 ms it queued behind the event loop."""
RESTART_SECONDS = (0.2, 10.0)
"""How long a process that ended by itself is waited for: at first, and at the most."""
BANK_PAYMENT = "meals/bank-payment/1.0"
"""The contract behind the GET dialects."""


class Application:
    """The hub in one process that takes messages."""

    def __init__(self, hub: Hub, *, background: bool) -> None:
        """Remember what to open; `background` asks for the jobs too."""
        self.hub = hub
        self._background = background
        self._contours: dict[Contour, OpenContour] = {}
        self._runner: Runner | None = None
        self._housekeeper: Housekeeper | None = None
        self._deliverers: list[Deliverer] = []
        self._door: Door | None = None

    def open(self, loop: asyncio.AbstractEventLoop) -> Door:
        """Open the contours, start the jobs, open the door."""
        self._door = _door(self.hub, self.lanes(loop), loop)
        if self._background:
            self._runner = start_jobs(self.hub)
            self._housekeeper = start_housekeeping(self.hub)
            self._deliverers = start_deliveries(self.hub)
        return self._door

    def lanes(self, loop: asyncio.AbstractEventLoop) -> dict[str, Lane]:
        """Open the contours."""
        release = partial(doors.release, loop)
        self._contours = {
            contour: bootstrap.open_contour(self.hub, contour, release, self._waker(contour))
            for contour in Contour
        }
        return {
            contour.path: Lane(opened.line, opened.writer)
            for contour, opened in self._contours.items()
        }

    def close(self) -> None:
        """Finish what is at hand, then let go."""
        if self._runner is not None:
            self._runner.stop()
        if self._housekeeper is not None:
            self._housekeeper.stop()
        stop_deliveries(self._deliverers)
        for contour in self._contours.values():
            contour.close(self.hub)
        if self._door is not None:
            self._door.close()
        self.hub.close()

    def _waker(self, contour: Contour) -> Callable[[str], None]:
        def wake(job: str) -> None:
            if self._runner is not None:
                self._runner.wake(contour, job)

        return wake


MakeApplication = Callable[..., Application]
"""Called as `make(hub, background=…)`; a class or function that another process can import."""


def start_jobs(hub: Hub) -> Runner:
    """Start the background work of both contours in this process."""
    runner = Runner(
        hub.jobs,
        hub.job_contexts,
        hub.clock,
        process_name(),
    )
    runner.start()
    return runner


def start_housekeeping(hub: Hub) -> Housekeeper:
    """Start the hub's own work by the clock in this process."""
    housekeeper = Housekeeper(hub.chores, hub.routines, hub.registry, hub.clock, process_name())
    housekeeper.start()
    return housekeeper


def start_deliveries(hub: Hub) -> list[Deliverer]:
    """Start to deliver what the outboxes hold, in this process."""
    deliverers = hub.deliverers()
    for deliverer in deliverers:
        deliverer.start()
    return deliverers


def stop_deliveries(deliverers: list[Deliverer]) -> None:
    """Settle what is on its way; a letter that takes longer is taken over by its lease."""
    for deliverer in deliverers:
        deliverer.stop(STOP_GRACE_SECONDS)


def process_name() -> str:
    """Return how this process signs what it runs."""
    return f"{socket.gethostname()}:{os.getpid()}"


def serve(
    hub: Hub,
    *,
    ready: Callable[[], None] = lambda: None,
    application: MakeApplication = Application,
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called in a thread once the port answers."""
    settings = hub.settings
    if settings.workers == 1:
        with _listener(settings) as listener:
            _run(application(hub, background=True), listener, ready)
    else:
        _serve_in_processes(hub, ready, application)


def _listener(settings: Settings) -> socket.socket:
    """Bind the port; several processes share it, each with a queue of its own."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if settings.workers > 1:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((settings.host, settings.port))
    return listener


def _run(application: Application, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve in this process until told to stop, or until the process that started us is gone."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(application, listener, ready))


async def _serve(
    application: Application, listener: socket.socket, ready: Callable[[], None]
) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in STOPS:
        loop.add_signal_handler(number, stopped.set)
    door = application.open(loop)
    _settle_down()
    connections = Connections(
        _patience(application.hub.settings),
        door,
        loop,
        frozenset(application.hub.settings.trusted_proxies.split()),
    )
    connections.sweep()
    server = await loop.create_server(connections.make, sock=listener, backlog=BACKLOG)
    announced = loop.run_in_executor(None, ready)
    _watch_parent(loop, stopped)
    await stopped.wait()
    server.close()
    await connections.stop(STOP_SECONDS)
    application.close()
    await announced


def _settle_down() -> None:
    """Make the interpreter ready for many short messages."""
    sys.setswitchinterval(SWITCH_SECONDS)
    # What is here now stays for ever; a message leaves nothing behind that needs a search.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


def _watch_parent(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    parent = parent_process()
    if parent is not None and not parent.is_alive():
        stopped.set()
    elif parent is not None:
        loop.call_later(PARENT_CHECK_SECONDS, _watch_parent, loop, stopped)


def _patience(settings: Settings) -> Patience:
    return Patience(
        head=settings.head_seconds,
        body=settings.body_seconds,
        connections=settings.max_connections,
        connections_of_one=settings.max_connections_of_one,
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        settings.max_message_bytes,
        settings.max_mtom_bytes,
        settings.queue_limit,
        total=Quota(settings.total_per_second, settings.total_burst).shared(settings.workers),
        address=Quota(settings.address_per_second, settings.address_burst).shared(settings.workers),
        guesses=Quota(settings.guesses_per_second, settings.guesses_burst).shared(settings.workers),
    )


def _serve_in_processes(hub: Hub, ready: Callable[[], None], application: MakeApplication) -> None:
    settings = hub.settings
    stopped = threading.Event()
    for number in STOPS:
        signal.signal(number, lambda *_: stopped.set())
    # Bound and never listened on: it finds out here whether the port is free, and keeps it ours.
    with _listener(settings):
        first = get_context("spawn").Event()
        kept = [Kept("background", _work, settings)] + [
            Kept(f"worker-{number}", _take_messages, settings, application, first)
            for number in range(settings.workers)
        ]
        announcer = threading.Thread(target=_announce, args=(first, stopped, ready), daemon=True)
        for process in kept:
            process.start()
        announcer.start()
        stopped.wait()
        for process in kept:
            process.end()
        for process in kept:
            process.reap()
    hub.close()


def _announce(first: Any, stopped: threading.Event, ready: Callable[[], None]) -> None:  # noqa: ANN401 -- an event between processes
    while not stopped.is_set():
        if first.wait(PARENT_CHECK_SECONDS):
            ready()
            return


class Kept(threading.Thread):
    """Keeps one process alive until it is told to end."""

    def __init__(self, name: str, target: Callable[..., None], *arguments: object) -> None:
        """Prepare; `target` and `arguments` go to the process."""
        super().__init__(name=name, daemon=True)
        self._target_of_process = target
        self._arguments = arguments
        self._ending = threading.Event()
        self._process: SpawnProcess | None = None

    def run(self) -> None:
        """Start the process, and again whenever it ends by itself."""
        pause, longest = RESTART_SECONDS
        while not self._ending.is_set():
            process = self._process = get_context("spawn").Process(
                target=self._target_of_process, args=self._arguments, name=self.name
            )
            process.start()
            if self._ending.is_set():
                process.terminate()
            process.join()
            if not self._ending.is_set():
                log.error("process %s ended with %s", self.name, process.exitcode)
            self._ending.wait(pause)
            pause = min(2 * pause, longest)

    def end(self) -> None:
        """Ask the process to finish."""
        self._ending.set()
        if self._process is not None and self._process.is_alive():
            self._process.terminate()

    def reap(self) -> None:
        """Wait until the process has finished; kill it when it does not."""
        self.join(STOP_SECONDS + STOP_GRACE_SECONDS)
        if self._process is not None and self._process.is_alive():
            self._process.kill()


def _take_messages(settings: Settings, application: MakeApplication, first: Any) -> None:  # noqa: ANN401 -- an event between processes
    """Be one of several processes that take messages."""
    logs.configure(settings.log_level)
    hub = bootstrap.assemble(settings)
    with _listener(settings) as listener:
        _run(application(hub, background=False), listener, first.set)


def _work(settings: Settings) -> None:
    """Do the background work until told to stop, or until the process that started us is gone."""
    # Receipts come first: what can wait yields the processor to the workers.
    os.nice(BACKGROUND_NICENESS)
    logs.configure(settings.log_level)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hub = bootstrap.assemble(settings)
    runner = start_jobs(hub)
    housekeeper = start_housekeeping(hub)
    deliverers = start_deliveries(hub)
    parent = parent_process()
    while not stopped.is_set() and parent is not None and parent.is_alive():
        stopped.wait(PARENT_CHECK_SECONDS)
    runner.stop()
    housekeeper.stop()
    stop_deliveries(deliverers)
    hub.close()


def _door(hub: Hub, lanes: Mapping[str, Lane], loop: asyncio.AbstractEventLoop) -> Door:
    settings = hub.settings
    endpoints = hub.endpoints()
    bindings: dict[tuple[str, Version], Binding] = {
        (f"/{contour.path}/ws", version): SoapBinding(
            version,
            contour,
            settings.code,
            hub.clock,
            hub.identifiers,
            None if own is None else own.sign,
            partial(kept.find, hub.databases[contour]),
        )
        for contour in Contour
        for own in (hub.own_signature(contour),)
        for version in Version
    }
    for contour in Contour:
        # SMEV 2 knows SOAP 1.1 alone: a message of 1.2 is told so by its binding.
        second = smev2.binding_of(hub, contour)
        bindings |= {(f"/{contour.path}/smev2", version): second for version in Version}
    front_doors = {
        f"/{contour.path}/pay/{dialect.name}": FrontDoor(
            endpoints[f"/{contour.path}/ws/{BANK_PAYMENT}"], partial(DialectBinding, dialect)
        )
        for contour in Contour
        for dialect in DIALECTS.values()
    }
    rest_doors = tuple(
        RestDoor(
            endpoints[f"/{contour.path}/ws/{twin.contract}"],
            f"/{contour.path}/rest/{twin.name}/",
            twin,
        )
        for contour in Contour
        for twin in TWINS
    )
    return Door(
        endpoints=endpoints,
        bindings=bindings,
        front_doors=front_doors,
        lanes=lanes,
        pages=pages.Site(hub).answer,
        limits=_limits(settings),
        spool=settings.home / "spool",
        clock=hub.clock,
        threads=settings.threads,
        loop=loop,
        rest_doors=rest_doors,
    )
