"""The site over the real contracts, and the site over HTTP with a service behind it."""

import base64
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree

from gateway.bootstrap import ADAPTERS
from gateway.conformance.sessions import Suites
from gateway.contracts import publish
from gateway.contracts.catalog import Catalog, load_catalog
from gateway.edge.pages import Site
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.storage.database import Database

BASE = "https://hub.example"
LOGIN, PASSWORD = "ЛОГИН", "ПАРОЛЬ"


@dataclass
class Hub:
    """As much of a hub as the site looks at."""

    settings: Settings
    catalog: Catalog
    adapters: tuple
    databases: dict[Contour, Database]
    registry: Database | None
    suites: Suites


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def hub(catalog: Catalog) -> Hub:
    return Hub(Settings(public_url=BASE), catalog, ADAPTERS, {}, None, Suites(catalog))


@pytest.fixture(scope="session")
def site(hub: Hub) -> Site:
    return Site(hub)


@pytest.fixture(scope="session")
def server(catalog: Catalog) -> Iterator[SimpleNamespace]:
    """The site over HTTP; a valid message with the right credentials gets the sample answer."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    web.base = f"http://127.0.0.1:{web.server_port}"
    web.catalog = catalog
    web.asked = []
    settings = Settings(public_url=web.base)
    web.site = Site(Hub(settings, catalog, ADAPTERS, {}, None, Suites(catalog)))
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    yield web
    web.shutdown()
    thread.join()
    web.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.server.asked.append(url.path)
        page = self.server.site.answer(url.path, dict(parse_qsl(url.query, keep_blank_values=True)))
        self._send(page.status, [("content-type", page.content_type), *page.headers], page.body)

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["content-length"]))
        expected = base64.b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
        if self.headers["authorization"] != f"Basic {expected}":
            self._send(401, [("www-authenticate", "Basic")], b"")
            return
        contract = self.server.catalog.contract(self.path.removeprefix("/test/ws/"))
        payload = etree.fromstring(data).find("{*}Body")[0]
        if not contract.validate(payload):
            self._send(500, [("content-type", "text/plain")], contract.last_error().encode())
            return
        answer = etree.QName(payload).localname.replace("Request", "Response")
        file = publish.sample_file(contract, answer)
        self._send(200, [("content-type", file.media_type)], file.body)

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name == "content-length" for name, _ in headers):
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""
