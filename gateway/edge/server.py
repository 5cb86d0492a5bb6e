"""Runs the hub under Granian.

One worker lives in this process and is the whole hub, the embedded default. With more workers
each process takes messages, and this one does the background work.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.context import SpawnProcess

import granian
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from gateway import bootstrap
from gateway.bootstrap import Hub, OpenContour
from gateway.edge import door as doors
from gateway.edge import pages
from gateway.edge.dialects import DIALECTS
from gateway.edge.dialects.binding import DialectBinding
from gateway.edge.door import Door, FrontDoor, Lane, Limits, Protocol_, Scope
from gateway.kernel import settings as settings_of
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.pipeline.exchange import Binding
from gateway.pipeline.soap_binding import SoapBinding
from gateway.soap.parse import Version
from scheduler.runner import Runner

log = logging.getLogger(__name__)

BACKLOG = 1024
STOPS = (signal.SIGINT, signal.SIGTERM)
STOP_SECONDS = 60
"""How long a worker may finish what is at hand; a killed one leaves interrupted messages."""
BACKGROUND_NICENESS = 5
PARENT_CHECK_SECONDS = 1.0
GARBAGE_THRESHOLD = 20_000
SWITCH_SECONDS = 0.0005
"""How long a busy thread keeps the interpreter from one that waits for it. The writer comes back
from the database a dozen times a batch; with Python's 5 ms it queued behind the event loop."""
WORKER = "gateway.edge.server:worker"
"""What a worker process makes its application with."""
BANK_PAYMENT = "meals/bank-payment/1.0"
"""The contract behind the GET dialects."""


class Application:
    """The hub as an RSGI application of one process."""

    def __init__(self, hub: Hub, *, background: bool) -> None:
        """Remember what to start; `background` asks for the jobs too."""
        self.hub = hub
        self._background = background
        self._contours: dict[Contour, OpenContour] = {}
        self._runner: Runner | None = None
        self._door: Door | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open the contours, start the jobs, open the door."""
        sys.setswitchinterval(SWITCH_SECONDS)
        loop.call_soon(signal.pthread_sigmask, signal.SIG_UNBLOCK, STOPS)
        # What is here now stays for ever; a message leaves nothing behind that needs a search.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)
        self._door = _door(self.hub, self.lanes())
        if self._background:
            self._runner = start_jobs(self.hub)

    def lanes(self) -> dict[str, Lane]:
        """Open the contours."""
        self._contours = {
            contour: bootstrap.open_contour(self.hub, contour, doors.release, self._waker(contour))
            for contour in Contour
        }
        return {
            contour.path: Lane(opened.line, opened.writer)
            for contour, opened in self._contours.items()
        }

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Finish what is at hand, then let go."""
        if self._runner is not None:
            self._runner.stop()
        for contour in self._contours.values():
            contour.close(self.hub)
        if self._door is not None:
            self._door.close()
        self.hub.close()

    def __rsgi__(self, scope: Scope, protocol: Protocol_) -> Awaitable[None]:
        """Answer one HTTP request."""
        if self._door is None:
            raise RuntimeError
        return self._door.answer(scope, protocol)

    def _waker(self, contour: Contour) -> Callable[[str], None]:
        def wake(job: str) -> None:
            if self._runner is not None:
                self._runner.wake(contour, job)

        return wake


def start_jobs(hub: Hub) -> Runner:
    """Start the background work of both contours in this process."""
    runner = Runner(
        hub.jobs,
        [bootstrap.ContourJobs(hub, contour) for contour in Contour],
        owner=f"{socket.gethostname()}:{os.getpid()}",
    )
    runner.start()
    return runner


def worker() -> Application:
    """Make the application of one of several worker processes."""
    # Until the loop runs a stop would be lost: it waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    return Application(bootstrap.assemble(settings_of.load(os.environ)), background=False)


def serve(
    hub: Hub,
    *,
    ready: Callable[[], None] = lambda: None,
    application: type[Application] = Application,
    worker_target: str = WORKER,
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once the port answers.

    `application` is what one process runs, `worker_target` names what makes it in several.
    """
    if hub.settings.workers == 1:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve_here(hub, application(hub, background=True), ready))
    else:
        _serve_in_processes(hub, ready, worker_target)


async def _serve_here(hub: Hub, application: Application, ready: Callable[[], None]) -> None:
    settings = hub.settings
    server = Server(
        application,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        backlog=BACKLOG,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    serving = asyncio.create_task(server.serve())
    announced = asyncio.create_task(_announce(settings.host, settings.port, ready))
    await serving
    announced.cancel()


async def _announce(host: str, port: int, ready: Callable[[], None]) -> None:
    """Call `ready` in a thread as soon as the port takes connections."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            break
    await asyncio.to_thread(ready)


def _serve_in_processes(hub: Hub, ready: Callable[[], None], target: str) -> None:
    settings = hub.settings
    # Workers read the settings for themselves: what the command line said must reach them.
    os.environ |= {"HUB_HOST": settings.host, "HUB_PORT": str(settings.port)}
    server = granian.Granian(
        target,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=settings.workers,
        workers_kill_timeout=STOP_SECONDS,
        backlog=BACKLOG,
        websockets=False,
        log_enabled=False,
    )
    background = Background(hub)
    announcer = threading.Thread(
        target=lambda: asyncio.run(_announce(settings.host, settings.port, ready)), daemon=True
    )
    background.start()
    announcer.start()
    try:
        server.serve()
    finally:
        background.stop()
        hub.close()


class Background(threading.Thread):
    """Keeps one process of background jobs alive beside the workers."""

    def __init__(self, hub: Hub) -> None:
        """Prepare; `hub` is assembled anew in the process."""
        super().__init__(name="background", daemon=True)
        self._settings = hub.settings
        self._stopping = False
        self._process: SpawnProcess | None = None

    def run(self) -> None:
        """Start the process again whenever it ends."""
        while not self._stopping:
            self._process = get_context("spawn").Process(target=_work, args=(self._settings,))
            self._process.start()
            self._process.join()

    def stop(self) -> None:
        """End the process in order."""
        self._stopping = True
        if self._process is not None:
            self._process.terminate()
        self.join()


def _work(settings: Settings) -> None:
    """Do the background work until told to stop, or until the process that started us is gone."""
    # Receipts come first: what can wait yields the processor to the workers.
    os.nice(BACKGROUND_NICENESS)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hub = bootstrap.assemble(settings)
    runner = start_jobs(hub)
    parent = parent_process()
    while not stopped.is_set() and parent is not None and parent.is_alive():
        stopped.wait(PARENT_CHECK_SECONDS)
    runner.stop()
    hub.close()


def _door(hub: Hub, lanes: Mapping[str, Lane]) -> Door:
    settings = hub.settings
    endpoints = hub.endpoints()
    bindings: dict[tuple[str, Version], Binding] = {
        (contour.path, version): SoapBinding(
            version, contour, settings.code, hub.clock, hub.identifiers
        )
        for contour in Contour
        for version in Version
    }
    front_doors = {
        f"/{contour.path}/pay/{dialect.name}": FrontDoor(
            endpoints[f"/{contour.path}/ws/{BANK_PAYMENT}"], partial(DialectBinding, dialect)
        )
        for contour in Contour
        for dialect in DIALECTS.values()
    }
    return Door(
        endpoints=endpoints,
        bindings=bindings,
        front_doors=front_doors,
        lanes=lanes,
        pages=pages.Site(hub).answer,
        limits=Limits(settings.max_message_bytes, settings.max_mtom_bytes, settings.queue_limit),
        spool=settings.home / "spool",
        clock=hub.clock,
        threads=settings.threads,
    )
