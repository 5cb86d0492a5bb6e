"""The whole hub in this process, behind a real port, on a clock that a test moves."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import click
import pki
import requests
from click.testing import CliRunner
from lxml import etree
from messages import HUB

from gateway.bootstrap import Hub
from gateway.edge.connections import Connections
from gateway.edge.http import Patience
from gateway.edge.server import Application
from gateway.security import wsse
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import scheme_of
from gateway.security.wsse import Signer

PROVIDERS = Providers.of([RsaProvider()])
READY_WITHIN_SECONDS = 60


@contextmanager
def serving(hub: Hub, *, background: bool = False) -> Iterator[None]:
    """Take messages in a thread; without `background` no jobs run but those that a test runs."""
    loop = asyncio.new_event_loop()
    ready, stopped = threading.Event(), asyncio.Event()

    async def serve() -> None:
        application = Application(hub, background=background)
        settings = hub.settings
        connections = Connections(Patience(), application.open(loop), loop, frozenset())
        listening = await loop.create_server(connections.make, settings.host, settings.port)
        ready.set()
        await stopped.wait()
        listening.close()
        await connections.stop(READY_WITHIN_SECONDS)
        application.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(READY_WITHIN_SECONDS)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        loop.close()


@dataclass
class Program:
    """A participant's program: every message is signed."""

    hub: Hub
    clock: Any
    code: str
    leaves: dict[str, pki.Leaf]
    """Its certificates by the contour."""

    def ask(self, service: str, body: str, contour: str = "TEST") -> etree._Element:
        """Return the payload of the answer, or the detail of its fault."""
        # The hub looks at a change of the registry once a second of its clock.
        self.clock.advance(seconds=2)
        header = (
            f'<h:MessageHeader xmlns:h="{HUB}"><h:messageId>{uuid4()}</h:messageId>'
            f"<h:sender>{self.code}</h:sender><h:timestamp>{self.clock().isoformat()}</h:timestamp>"
            f"<h:contour>{contour}</h:contour><h:formatVersion>1.0</h:formatVersion>"
            "</h:MessageHeader>"
        )
        message = (
            '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
            f"<soap:Header>{header}</soap:Header><soap:Body>{body}</soap:Body></soap:Envelope>"
        )
        leaf = self.leaves[contour]
        key = PROVIDERS.signing_key(leaf.key_pem)
        signer = Signer(key, leaf.der, scheme_of(PROVIDERS.public_key(key.public_key_info)))
        answer = requests.post(
            f"{self.hub.settings.base_url}/{contour.lower()}/ws/{service}/1.0",
            data=wsse.sign(message.encode(), signer, PROVIDERS, uuid4, self.clock()),
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=60,
        )
        return etree.fromstring(answer.content).find("{*}Body")[0]

    def refused(self, *asked: str) -> str | None:
        """Return the code of a refusal, None of an answer."""
        return self.ask(*asked).findtext(f".//{{{HUB}}}code")


@dataclass
class Console:
    """The operator at the command line of the hub."""

    hub: Hub
    clock: Any

    def run(self, command: click.Command, *arguments: str, code: int = 0) -> str:
        self.clock.advance(seconds=2)
        done = CliRunner().invoke(command, arguments, obj=self.hub, env={"COLUMNS": "200"})
        assert done.exit_code == code, (done.output, done.exception)
        return done.output
