"""What the hub answers to GET."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from lxml import etree, html

from adapters.bank import messages
from gateway.adapter import Adapter, Mode, Operation, Service
from gateway.contracts import publish
from gateway.contracts.catalog import Catalog, Contract
from gateway.edge.pages import Site
from gateway.edge.views import operations_of
from gateway.kernel import errors
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.storage.database import Database
from registry.calendar import CalendarMissing

BASE = "https://hub.example"
BANK = "/test/ws/meals/bank-payment/1.0"
REGISTRY = "/test/ws/meals/payment-registry/1.0"
SMEV2 = "/test/smev2/portal/application/1.0"
PAGES = [
    "/formats/",
    "/errors/",
    BANK,
    REGISTRY,
    BANK.replace("test", "prod"),
    "/formats/meals/bank-payment/1.0/",
    "/formats/meals/payment-registry/1.0/",
    "/formats/test/conformance/1.0/",
    "/conformance/",
    "/conformance/bank-online/",
    "/conformance/bank-registry/",
    "/conformance/common-transport/",
    "/test/rest/conformance/1.0/",
    "/prod/rest/conformance/1.0/",
    SMEV2,
    "/prod/smev2/portal/event-sink/1.0",
    "/nowhere",
]


def get(site: Site, url: str):
    """Ask as the door does: by path and parsed query."""
    parts = urlsplit(url)
    return site.answer(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)))


def text(page) -> str:
    return " ".join(html.fromstring(page.body).text_content().split())


def tree(page) -> html.HtmlElement:
    return html.fromstring(page.body)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/", "/formats/"),
        ("/formats", "/formats/"),
        ("/errors", "/errors/"),
        ("/test/", "/formats/"),
        ("/prod/ws/", "/formats/"),
        (f"{BANK}/", BANK),
        ("/test/ws/meals/bank-payment", BANK),
        ("/formats/meals/bank-payment", "/formats/meals/bank-payment/1.0/"),
        ("/formats/meals/bank-payment/1.0", "/formats/meals/bank-payment/1.0/"),
    ],
)
def test_other_spellings_lead_to_the_one_address(site, asked, leads_to):
    page = get(site, asked)

    assert (page.status, dict(page.headers)["location"]) == (302, leads_to)


def test_catalogue_names_every_service_with_addresses_of_both_contours(site, catalog):
    shown = text(get(site, "/formats/"))

    for contract in catalog:
        assert contract.title in shown
        assert contract.service in shown
        for contour in Contour:
            address = publish.address_of(BASE, contour, contract)
            # A template is served by participants: the hub has no address of it.
            assert (address in shown) is not contract.is_template


def test_catalogue_shows_the_digest_of_the_bundle_it_links(site, catalog):
    page = get(site, "/formats/")

    for contract in catalog:
        bundle = get(site, f"/test/ws/{contract.name}?zip")
        assert publish.Published("", "", bundle.body).sha256 in text(page)


@pytest.mark.parametrize("query", ["wsdl", "WSDL", "wsdl=1"])
def test_wsdl_is_served_with_the_address_of_its_contour(site, query):
    page = get(site, f"/prod/ws/meals/bank-payment/1.0?{query}")

    assert page.content_type == "text/xml; charset=utf-8"
    assert page.body.count(f"{BASE}/prod/ws/meals/bank-payment/1.0".encode()) == 2


@pytest.mark.parametrize("name", ["bank-payment", "common", "hub", "common.xsd"])
def test_schema_is_served_by_name(site, name):
    page = get(site, f"{BANK}?xsd={name}")

    assert page.status == 200
    assert etree.fromstring(page.body).tag == "{http://www.w3.org/2001/XMLSchema}schema"


def test_schema_is_served_by_path_byte_for_byte(site, catalog):
    page = get(site, "/xsd/common/1.0/common.xsd")

    contract = catalog.contract("meals/bank-payment/1.0")
    assert page.body == contract.documents["xsd/common/1.0/common.xsd"]


def test_bundle_is_the_same_in_both_contours(site):
    assert get(site, f"{BANK}?zip").body == get(site, f"{BANK.replace('test', 'prod')}?zip").body


def test_bundle_is_saved_under_its_name(site):
    headers = dict(get(site, f"{BANK}?zip").headers)

    assert headers["content-disposition"] == 'attachment; filename="meals-bank-payment-1.0.zip"'


def test_page_of_a_service_explains_every_element_of_every_operation(site, catalog):
    for contract in catalog:
        shown = text(get(site, f"/test/ws/{contract.name}"))
        for operation in contract.operations:
            for tag in (operation.request, operation.response):
                for child in contract.vocabulary.children(contract.vocabulary.roots[tag]):
                    assert child.documentation in shown
                    assert etree.QName(child.tag).localname in shown


def test_page_of_a_service_shows_nested_elements_under_numbers_of_their_own(site):
    rows = tree(get(site, REGISTRY)).xpath(
        "//table[caption='Запрос SubmitRegistryRequest']/tbody/tr"
    )
    numbered = {row.xpath("string(td[1])"): row.xpath("string(th)") for row in rows}

    assert numbered["6"] == "period"
    assert numbered["6.1"] == "from"
    assert numbered["13.9"] == "status"


def test_alternatives_name_each_other(site):
    rows = tree(get(site, REGISTRY)).xpath(
        "//table[caption='Запрос GetRegistryStatusRequest']/tbody/tr/td[3]"
    )

    assert [row.text_content().strip() for row in rows] == [
        "одно из: registryId, hubRegistryId",
        "одно из: registryId, hubRegistryId",
    ]


def test_every_result_code_of_an_operation_says_whether_to_repeat(site):
    rows = tree(get(site, BANK)).xpath(
        "//article[@id='RegisterPayment']//table[caption='Коды результата (resultCode)']/tbody/tr"
    )
    told = {
        row.xpath("string(th)"): (
            row.xpath("normalize-space(td[2])"),
            row.xpath("normalize-space(td[3])"),
        )
        for row in rows
    }

    assert set(told) == {"0", "1", "4", "5", "7", "8", "79", "90", "241", "242", "300"}
    assert told["90"] == ("повторить", "Повторите тот же запрос.")
    assert told["242"][0] == "окончательный"


def test_faults_of_an_operation_join_the_documentation_and_the_slice(site):
    rows = tree(get(site, REGISTRY)).xpath(
        "//article[@id='SubmitRegistry']//table[caption='Ошибки операции (SOAP Fault)']/tbody/tr"
    )
    told = {row.xpath("string(th)"): row.xpath("normalize-space(td[3])") for row in rows}

    assert told["TOO_LARGE"] == "Передайте строки файлом."
    assert told["PERIOD_INVALID"] == "Исправьте реестр и отправьте снова."


def test_fault_that_the_schemas_do_not_know_is_told_in_the_words_of_its_class(hub):
    operation = Operation("GetPaymentStatus", Mode.READ, faults=(CalendarMissing,))
    service = Service("meals/bank-payment/1.0", messages, (operation,))
    site = Site(replace(hub, adapters=(Adapter("bank", (service,)),)))

    row = tree(get(site, BANK)).xpath(
        "//article[@id='GetPaymentStatus']//tr[th='CALENDAR_MISSING']/td"
    )
    assert [" ".join(cell.text_content().split()) for cell in row] == [
        CalendarMissing.message,
        "повторить",
        CalendarMissing.action,
    ]


def test_fault_that_a_slice_gives_is_told_in_the_wsdl(hub, catalog):
    untold = [
        f"{contract.name} {operation.name} {error.code}"
        for contract in catalog
        for operation in operations_of(hub.adapters, contract)
        for error in operation.faults
        if error.code not in documentation_of(contract, operation.name)
    ]

    assert untold == []


def test_every_value_of_every_enumeration_is_explained(site, catalog):
    for contract in catalog:
        page = tree(get(site, f"/test/ws/{contract.name}"))
        for type_ in contract.vocabulary.simple.values():
            if type_.values and type_.name.startswith(f"{{{contract.namespace}}}"):
                anchor = f"type-{contract.name.split('/')[-2]}-{etree.QName(type_.name).localname}"
                shown = page.xpath(f"//*[@id='{anchor}']//tbody/tr/th")
                assert [cell.text_content() for cell in shown] == list(type_.values)


def test_sample_on_the_page_is_the_file_that_is_downloaded(site):
    page = tree(get(site, BANK))
    figure = page.xpath("//article[@id='CheckAccount']//figure")[0]
    href = figure.xpath("string(.//a/@href)")

    downloaded = get(site, href).body.decode()
    assert figure.xpath("string(.//pre)") == downloaded.partition("?>\n")[2]


def test_test_contour_is_marked_on_its_pages_and_on_no_other(site):
    marked = {url for url in PAGES if tree(get(site, url)).xpath("string(//body/@class)") == "test"}

    trials = {url for url in PAGES if url.startswith(("/conformance/", "/test/rest/"))}
    assert marked == {BANK, REGISTRY, SMEV2} | trials
    assert "Тестовый контур" in text(get(site, BANK))


def test_production_page_says_that_its_example_calls_the_test_contour(site):
    shown = text(get(site, BANK.replace("test", "prod")))

    assert "Промышленный контур" in shown
    assert "Пример обращается к тестовому контуру" in shown
    assert f"{BASE}{BANK}?sample=" in shown


def test_first_version_says_so_in_the_history(site):
    rows = tree(get(site, BANK)).xpath("//section[@id='history']//tbody/tr")

    assert [cells(row) for row in rows] == [["1.0", "Первая версия.", "действует"]]


def test_history_tells_what_a_later_version_changed(hub, catalog):
    site = Site(replace(hub, catalog=with_version(catalog, "1.10", later("1.10"))))

    rows = tree(get(site, "/formats/meals/bank-payment/1.10/")).xpath(
        "//section[@id='history']//tbody/tr"
    )
    assert [cells(row) for row in rows] == [
        ["1.10", "Изменения с версии 1.0: добавлено поле.", "действует"],
        ["1.0", "Первая версия.", "действует"],
    ]


def test_address_without_version_leads_to_the_newest(hub, catalog):
    versions = with_version(with_version(catalog, "1.9", later("1.9")), "1.10", later("1.10"))
    site = Site(replace(hub, catalog=versions))

    assert dict(get(site, "/formats/meals/bank-payment").headers)["location"] == (
        "/formats/meals/bank-payment/1.10/"
    )


@pytest.mark.parametrize(
    "url",
    [
        "/nowhere",
        "/favicon.ico",
        "/static/../pages.py",
        "/static/",
        "/xsd/meals/nothing.xsd",
        "/health/",
        "/test/ws/meals/bank-payment/9.9",
        "/formats/nothing/",
        f"{BANK}?xsd=nothing",
        f"{BANK}?sample=nothing",
    ],
)
def test_what_does_not_exist_is_a_page_with_status_404(site, url):
    page = get(site, url)

    assert page.status == 404
    assert tree(page).xpath("string(//h1)") == "Не найдено"


@pytest.mark.parametrize("url", PAGES)
def test_every_link_leads_somewhere(site, url):
    page = tree(get(site, url))
    broken = []
    for link in page.xpath("//a/@href | //link/@href | //img/@src"):
        path, _, fragment = link.partition("#")
        target = get(site, urljoin(url, path)) if path else get(site, url)
        if target.status not in {200, 302} or (fragment and not has_anchor(target, fragment)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("url", PAGES)
def test_pages_need_neither_scripts_nor_inline_styles_nor_other_sites(site, url):
    page = tree(get(site, url))

    assert page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    assert [a for a in page.xpath("//@href | //@src") if "//" in a] == []


@pytest.mark.parametrize("url", [*PAGES, f"{BANK}?wsdl", "/xsd/common/1.0/common.xsd"])
def test_browsers_are_told_not_to_guess_and_not_to_run(site, url):
    headers = dict(get(site, url).headers)

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_well_formed_for_a_strict_reader(site, url):
    parser = Balanced()
    parser.feed(get(site, url).body.decode())

    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))


def test_text_of_a_contract_is_never_markup(hub, catalog):
    contract = catalog.contract("meals/bank-payment/1.0")
    hostile = replace(contract, title="<script>alert(1)</script>")
    site = Site(replace(hub, catalog=Catalog(MappingProxyType({contract.name: hostile}))))

    for url in ("/formats/", BANK):
        body = get(site, url).body
        assert b"<script>" not in body
        assert b"&lt;script&gt;" in body


def test_query_is_never_repeated_on_a_page(site):
    page = get(site, f"{BANK}?xsd=<script>")

    assert b"<script>" not in page.body


def test_tag_belongs_to_the_body(site):
    first, again = get(site, BANK), get(site, BANK)
    other = get(site, REGISTRY)

    assert dict(first.headers)["etag"] == dict(again.headers)["etag"]
    assert dict(first.headers)["etag"] != dict(other.headers)["etag"]


def test_style_is_kept_for_ever_only_under_its_digest(site):
    href = tree(get(site, "/formats/")).xpath("string(//link[@rel='stylesheet']/@href)")

    assert "immutable" in dict(get(site, href).headers)["cache-control"]
    assert "immutable" not in dict(get(site, "/static/style.css?v=old").headers)["cache-control"]


def test_links_keep_the_prefix_of_the_public_address(hub):
    site = Site(replace(hub, settings=Settings(public_url="https://example.org/hub/")))

    assert dict(get(site, "/").headers)["location"] == "/hub/formats/"
    links = tree(get(site, BANK)).xpath("//a/@href | //link/@href | //img/@src")
    assert [link for link in links if not link.startswith(("/hub/", "#"))] == []
    assert b"https://example.org/hub/test/ws/" in get(site, f"{BANK}?wsdl").body


def test_page_of_errors_names_every_common_code(site):
    shown = {cell.text_content() for cell in tree(get(site, "/errors/")).xpath("//tbody/tr/th")}

    assert shown >= {
        error.code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, GatewayError) and error is not GatewayError
    }


def test_page_of_errors_does_not_show_what_only_the_operator_meets(site):
    assert "PARTICIPANT_UNKNOWN" not in text(get(site, "/errors/"))


def test_schema_and_code_agree_on_what_may_be_repeated(site, catalog):
    page = tree(get(site, "/errors/"))
    by_code = {
        row.xpath("string(th)"): row.xpath("string(td[2])")
        for row in page.xpath("//section[h2='Общие для всех сервисов']//tbody/tr")
    }
    contract = next(iter(catalog))
    published = tree(get(site, f"/test/ws/{contract.name}")).xpath("//*[@id='faults']//article//tr")

    told = {row.xpath("string(th)"): row.xpath("string(td[2])") for row in published[1:]}
    assert told == by_code


def test_alive_is_always_answered(site):
    page = get(site, "/health/live")

    assert (page.status, json.loads(page.body)) == (200, {"alive": True})
    assert dict(page.headers)["cache-control"] == "no-store"


def test_ready_when_every_database_answers(hub, contour_database, registry_database):
    databases = dict.fromkeys(Contour, contour_database)
    site = Site(replace(hub, databases=databases, registry=registry_database))

    page = get(site, "/health/ready")

    assert page.status == 200
    assert json.loads(page.body) == {
        "ready": True,
        "databases": {"registry": True, "test": True, "prod": True},
    }


def test_not_ready_when_a_database_does_not_answer(hub, sqlite_contour_database, caplog):
    gone = Database("sqlite:////nowhere/at/all/hub.db")
    databases = {Contour.TEST: sqlite_contour_database, Contour.PROD: gone}
    site = Site(replace(hub, databases=databases, registry=sqlite_contour_database))

    page = get(site, "/health/ready")

    assert page.status == 503
    assert json.loads(page.body) == {
        "ready": False,
        "databases": {"registry": True, "test": True, "prod": False},
    }
    assert "database prod does not answer" in caplog.text
    assert b"nowhere" not in page.body


class Balanced(HTMLParser):
    """Notes elements that are not closed, and ids."""

    VOID = frozenset({"meta", "link", "img", "br", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def documentation_of(contract: Contract, name: str) -> str:
    return next(found.documentation for found in contract.operations if found.name == name)


def cells(row: html.HtmlElement) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def has_anchor(page, fragment: str) -> bool:
    return bool(tree(page).xpath(f"//*[@id='{fragment}']"))


def later(version: str) -> bytes:
    return f"версия {version}. Изменения с версии 1.0: добавлено поле.".encode()


def with_version(catalog: Catalog, version: str, remarks: bytes) -> Catalog:
    """Return the catalogue with one more version of the bank's service."""
    first = catalog.contract("meals/bank-payment/1.0")
    wsdl = first.documents[first.wsdl].replace("версия 1.0.".encode(), remarks, 1)
    contract = replace(
        first,
        name=f"meals/bank-payment/{version}",
        documents=MappingProxyType({**first.documents, first.wsdl: wsdl}),
    )
    return Catalog(MappingProxyType({**catalog.contracts, contract.name: contract}))
