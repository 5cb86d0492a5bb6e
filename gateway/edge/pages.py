"""What the hub answers to GET: published files, pages about them, health.

Everything but health is made of files that never change while the process runs, so each page is
rendered once. Addresses come from the settings, never from the request (GW-01, GW-07).
"""

import hashlib
import json
import posixpath
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.adapter import Adapter
from gateway.conformance.sessions.suites import Suites
from gateway.contracts import narrative, publish, versions
from gateway.contracts.catalog import Catalog, Contract
from gateway.contracts.publish import Published
from gateway.edge import health, refusals, smev2, views
from gateway.edge.leaving import Page
from gateway.edge.programme import ProgrammeView
from gateway.edge.rest import openapi
from gateway.edge.rest.resources import TWINS, Twin
from gateway.edge.snippets import write_snippets
from gateway.edge.views import ServiceView
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.soap.smev2 import System
from gateway.storage.database import Database
from registry.reference import OPERATOR

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_GUARDED = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
)
_BRIEFLY = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_NEVER = "no-store"
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "mark.svg": "image/svg+xml",
}


class Parts(Protocol):
    """What the site needs of the hub."""

    @property
    def settings(self) -> Settings:
        """The public base address."""
        ...

    @property
    def catalog(self) -> Catalog:
        """Every published contract."""
        ...

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The slices, for the faults that their operations name."""
        ...

    @property
    def suites(self) -> Suites:
        """Every suite that participants are tested by."""
        ...

    @property
    def databases(self) -> Mapping[Contour, Database]:
        """The databases of the contours, for readiness."""
        ...

    @property
    def registry(self) -> Database:
        """The participant registry's database, for readiness."""
        ...


class Site:
    """Answers every GET that is not a message."""

    def __init__(self, hub: Parts) -> None:
        """Look at the parts; nothing is rendered yet."""
        self._hub = hub
        self._base = hub.settings.base_url
        self._root = urlsplit(self._base).path
        self._views = {
            contract.name: ServiceView(contract, views.operations_of(hub.adapters, contract))
            for contract in hub.catalog
        }
        self._second = smev2.views(
            hub.catalog, hub.adapters, System(hub.settings.smev_mnemonic, OPERATOR.name)
        )
        self._static = {name: _static(name) for name in _STATIC}
        self._templates = self._environment()
        self._ready: dict[str, Page] = {}
        self._bundles: dict[str, Published] = {}

    def answer(self, path: str, query: Mapping[str, str]) -> Page:
        """Answer a GET by path and query; what does not exist is a page too, with status 404."""
        try:
            return self._answer(path, {name.lower(): value for name, value in query.items()})
        except NotFound as error:
            return self._not_found(error.text)

    def _answer(self, path: str, query: Mapping[str, str]) -> Page:
        first, _, rest = path.strip("/").partition("/")
        contour = next((item for item in Contour if item.path == first), None)
        if contour is not None and rest.startswith("rest"):
            return self._rest(contour, path, rest.removeprefix("rest").strip("/"))
        if contour is not None and rest.startswith("smev2/"):
            return self._smev2(contour, path, rest.removeprefix("smev2/").strip("/"), query)
        if contour is not None:
            return self._under_contour(contour, path, rest.removeprefix("ws").strip("/"), query)
        if first == "formats":
            return self._formats(path, rest)
        if first == "conformance":
            return self._conformance(path, rest.strip("/"))
        if first == "errors" and not rest:
            return self._canonical(path, "/errors/", self._errors)
        if first == "health":
            return self._health(rest)
        if first == "static" and rest in self._static:
            return self._static_file(rest, query)
        if first == "xsd":
            return _file(publish.schema_file(self._hub.catalog, f"xsd/{rest}"))
        if not first:
            return self._redirect("/formats/")
        raise NotFound("Такой страницы нет.")

    def _under_contour(
        self, contour: Contour, path: str, name: str, query: Mapping[str, str]
    ) -> Page:
        """Answer at a service's own address and above it."""
        if not name:
            return self._redirect("/formats/")
        if name not in self._views:
            newest = self._newest(name)
            return self._redirect(f"/{contour.path}/ws/{newest.name}")
        view = self._views[name]
        address = publish.address_of(self._base, contour, view.contract)
        file = self._published(view.contract, address, query)
        if file is not None:
            return _file(file)
        page = f"/{contour.path}/ws/{name}"
        return self._canonical(path, page, lambda: self._service(view, contour))

    def _smev2(self, contour: Contour, path: str, name: str, query: Mapping[str, str]) -> Page:
        """Answer at a service's address in the binding SMEV 2."""
        view = self._second.get(name)
        if view is None:
            raise NotFound("У этого сервиса нет привязки СМЭВ 2.")
        file = view.published(query, view.address(self._base, contour))
        if file is not None:
            return _file(file)
        return self._canonical(
            path,
            f"/{contour.path}/smev2/{name}",
            lambda: self._page(
                "smev2.html",
                contour=contour,
                view=view,
                addresses={item: view.address(self._base, item) for item in Contour},
                schemas=publish.schema_names(view.contract),
                statuses=smev2.STATUSES,
            ),
        )

    def _published(
        self, contract: Contract, address: str, query: Mapping[str, str]
    ) -> Published | None:
        if "wsdl" in query:
            return publish.wsdl(contract, address)
        if "xsd" in query:
            return publish.schema(contract, query["xsd"].removesuffix(".xsd"), address)
        if "zip" in query:
            return self._bundle(contract)
        if "sha256" in query:
            return publish.checksum(self._bundle(contract))
        if "sample" in query:
            return publish.sample_file(contract, query["sample"].removesuffix(".xml"))
        return None

    def _formats(self, path: str, name: str) -> Page:
        name = name.strip("/")
        if not name:
            return self._canonical(path, "/formats/", self._catalogue)
        if name not in self._views:
            return self._redirect(f"/formats/{self._newest(name).name}/")
        view = self._views[name]
        return self._canonical(path, f"/formats/{name}/", lambda: self._service(view, None))

    def _newest(self, family: str) -> Contract:
        known = [
            view.contract
            for view in self._views.values()
            if versions.family_of(view.contract) == family
        ]
        if not known:
            raise NotFound("Такой формат не опубликован.")
        return max(known, key=versions.version_key)

    def _catalogue(self) -> Page:
        services = sorted(self._views.values(), key=lambda view: view.contract.name)
        bundles = {view.contract.name: self._bundle(view.contract) for view in services}
        return self._page("catalogue.html", services=services, bundles=bundles)

    def _service(self, view: ServiceView, contour: Contour | None) -> Page:
        """Render a service's page: of one contour, or of the format as such."""
        shown = contour or Contour.TEST
        return self._page(
            "service.html",
            contour=contour,
            shown=shown,
            view=view,
            contract=view.contract,
            address=publish.address_of(self._base, shown, view.contract),
            snippets=write_snippets(
                view, publish.address_of(self._base, Contour.TEST, view.contract)
            ),
            bundle=self._bundle(view.contract),
            schemas=publish.schema_names(view.contract),
            second=self._second.get(view.contract.name),
            history=versions.history(self._hub.catalog, versions.family_of(view.contract)),
        )

    def _conformance(self, path: str, name: str) -> Page:
        """Answer with the list of suites, the programme of one, or a sample of a case."""
        if not name:
            return self._canonical(path, "/conformance/", self._programmes)
        plan, _, rest = name.partition("/")
        if plan in self._hub.suites.broken:
            return self._redirect(f"/conformance/#{plan}")
        programme = ProgrammeView(self._hub.suites.named(plan))
        if programme.suite.plan != plan:
            return self._redirect(f"/conformance/{programme.suite.plan}/")
        if not rest:
            return self._canonical(
                path,
                f"/conformance/{plan}/",
                lambda: self._page("programme.html", programme=programme, contour=Contour.TEST),
            )
        code, _, file = rest.partition("/")
        return _file(Published(f"{code}-{file}", publish.XML, programme.sample(code, file)))

    def _programmes(self) -> Page:
        suites = self._hub.suites
        return self._page(
            "programmes.html",
            contour=Contour.TEST,
            programmes=[ProgrammeView(suite) for suite in suites.all()],
            broken=[(plan, error.message) for plan, error in suites.broken.items()],
        )

    def _rest(self, contour: Contour, path: str, name: str) -> Page:
        """Answer at the root of a REST twin: a page for people, a description for programs."""
        for twin in TWINS:
            root = f"/{contour.path}/rest/{twin.name}/"
            if name in {twin.name, twin.name.rpartition("/")[0]}:
                return self._canonical(path, root, lambda: self._twin(contour, twin, root))  # noqa: B023 -- rendered at once
            if path == f"{root}openapi.json":
                return self._openapi(contour, twin)
        raise NotFound("Такого адреса нет.")

    def _twin(self, contour: Contour, twin: Twin, root: str) -> Page:
        contract = self._hub.catalog.contract(twin.contract)
        stories = {
            operation.name: narrative.tell_operation(operation.documentation)
            for operation in contract.operations
        }
        address = self._base + root
        lines = self._templates.get_template("rest-curl.txt")
        return self._page(
            "rest.html",
            contour=contour,
            contract=contract,
            address=address,
            here=root,
            lines=lines.render(address=address, contour=contour),
            resources=[(one, stories[one.operation]) for one in twin.resources],
        )

    def _openapi(self, contour: Contour, twin: Twin) -> Page:
        contract = self._hub.catalog.contract(twin.contract)
        described = openapi.describe(twin, contract, self._base, contour)
        body = json.dumps(described, ensure_ascii=False, indent=2).encode()
        return _file(Published("openapi.json", JSON, body))

    def _errors(self) -> Page:
        return self._page(
            "errors.html",
            families=[
                family
                for family in refusals.families(self._hub.adapters)
                if family.reaches_participants
            ],
            services=refusals.service_codes(self._views.values()),
        )

    def _not_found(self, text: str) -> Page:
        page = self._page("not_found.html", text=text)
        return Page(404, page.content_type, page.body, (*_GUARDED, ("cache-control", _NEVER)))

    def _health(self, question: str) -> Page:
        if question == "live":
            return _plain(200, {"alive": True})
        if question == "ready":
            databases = {"registry": self._hub.registry}
            databases |= {item.path: base for item, base in self._hub.databases.items()}
            answers = health.answering(databases)
            ready = all(answers.values())
            return _plain(200 if ready else 503, {"ready": ready, "databases": answers})
        raise NotFound("Такой проверки нет; есть /health/live и /health/ready.")

    def _static_file(self, name: str, query: Mapping[str, str]) -> Page:
        file = self._static[name]
        return _file(file, _FOR_EVER if query.get("v") == file.sha256[:12] else _BRIEFLY)

    def _canonical(self, path: str, wanted: str, render: Callable[[], Page]) -> Page:
        """Render once and remember; other spellings of the address lead to the one."""
        if path != wanted:
            return self._redirect(wanted)
        if wanted not in self._ready:
            self._ready[wanted] = render()
        return self._ready[wanted]

    def _bundle(self, contract: Contract) -> Published:
        if contract.name not in self._bundles:
            self._bundles[contract.name] = publish.bundle(contract)
        return self._bundles[contract.name]

    def _redirect(self, path: str) -> Page:
        return Page(302, HTML, b"", (("location", self._root + path), ("cache-control", _NEVER)))

    def _page(self, template: str, **values: object) -> Page:
        values = {"contour": None, **values}
        body = self._templates.get_template(template).render(values).encode()
        return Page(200, HTML, body, (*_GUARDED, *_cached(body, _ASK_AGAIN)))

    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("gateway.edge"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(lower_first=_lower_first, without_hub=_without_hub)
        environment.globals.update(
            root=self._root,
            base=self._base,
            contours=list(Contour),
            product_version=version("uzel"),
            static={
                name: f"{self._root}/static/{name}?v={file.sha256[:12]}"
                for name, file in self._static.items()
            },
            address_of=lambda contour, contract: publish.address_of(self._base, contour, contract),
        )
        return environment


def _lower_first(text: str) -> str:
    """Let a phrase go on in a sentence; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _without_hub(text: str) -> str:
    """Leave out who acts, where that has just been said."""
    text = text.removeprefix("Узел ")
    return text[:1].upper() + text[1:]


def _static(name: str) -> Published:
    body = (files("gateway.edge") / "static" / name).read_bytes()
    return Published(name, _STATIC[name], body)


def _file(file: Published, caching: str = _BRIEFLY) -> Page:
    headers = (*_GUARDED, *_cached(file.body, caching))
    if posixpath.splitext(file.name)[1] in {".zip", ".sha256"}:
        headers = (*headers, ("content-disposition", f'attachment; filename="{file.name}"'))
    return Page(200, file.media_type, file.body, headers)


def _cached(body: bytes, caching: str) -> tuple[tuple[str, str], ...]:
    digest = hashlib.sha256(body).hexdigest()
    return (
        ("etag", f'"{digest[:32]}"'),
        ("cache-control", caching),
    )


def _plain(status: int, content: Mapping[str, object]) -> Page:
    return Page(status, JSON, json.dumps(content).encode(), (("cache-control", _NEVER),))
