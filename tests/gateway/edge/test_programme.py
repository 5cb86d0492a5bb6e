"""Suites as programmes of tests: pages that a person reads, prints and takes samples from."""

import json

import pytest
from lxml import etree, html

from gateway.conformance.sessions import Suites
from gateway.edge.pages import Site

PLANS = ["bank-online", "bank-registry", "common-transport"]
BANK_REGISTRY = "/conformance/bank-registry/"


def tree(site: Site, url: str) -> html.HtmlElement:
    page = site.answer(url, {})
    assert page.status == 200
    return html.fromstring(page.body)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_suite_is_listed_with_its_counts(site, hub):
    cards = tree(site, "/conformance/").xpath("//section[@class='card']")

    assert [card.get("id") for card in cards] == [suite.plan for suite in hub.suites.all()]
    assert "строк протокола: 16, обязательных 16" in words(cards[1])


@pytest.mark.parametrize("plan", PLANS)
def test_a_programme_shows_every_case_and_requirement(site, hub, plan):
    page = tree(site, f"/conformance/{plan}/")
    suite = hub.suites.named(plan)

    assert page.xpath("//article/@id") == [case.code for case in suite.cases]
    shown = page.xpath("//section[@id='coverage']//tbody/tr/th/text()")
    assert shown == [requirement.id for requirement in suite.requirements]
    assert suite.digest in words(page)


def test_what_is_not_tested_has_its_reason(site):
    (row,) = tree(site, BANK_REGISTRY).xpath("//tr[th='MEAL-BANK-13']")

    assert "Не испытывается: передаёт узел" in words(row)


def test_a_step_says_who_acts_and_what_is_looked_at(site):
    (way,) = tree(site, BANK_REGISTRY).xpath("//article[@id='BR-01']/ol")

    told = [words(step) for step in way]
    assert told[0].startswith("Участник Передайте реестр с содержимым подготовленного файла. Файл")
    assert told[1].startswith("Узел Ждёт сообщение SubmitRegistry, не дольше 30 мин.")


def test_rows_of_a_table_are_lines_of_the_protocol(site):
    (table,) = tree(site, BANK_REGISTRY).xpath("//article[@id='BR-02']//table")

    assert [words(cell) for cell in table.xpath(".//tbody/tr/th")] == ["BR-02/1", "BR-02/2"]
    assert "600.31" in words(table)


def test_every_sample_can_be_taken_and_is_xml(site):
    for plan in PLANS:
        links = tree(site, f"/conformance/{plan}/").xpath("//summary/a/@href")
        assert links
        for link in links:
            page = site.answer(link, {})
            assert page.content_type.startswith("text/xml")
            assert etree.fromstring(page.body) is not None


def test_a_code_leads_to_the_page_of_the_plan(site):
    page = site.answer("/conformance/SUITE-02", {})

    assert (page.status, dict(page.headers)["location"]) == (302, BANK_REGISTRY)


@pytest.mark.parametrize(
    "url",
    [
        "/conformance/nothing",
        f"{BANK_REGISTRY}BR-01/nothing.xml",
        f"{BANK_REGISTRY}BR-99/registry-three-lines.xml",
        "/test/rest/nothing",
    ],
)
def test_what_does_not_exist_is_not_found(site, url):
    assert site.answer(url, {}).status == 404


def test_a_broken_suite_is_our_trouble_and_hides_no_other(hub, tmp_path, catalog):
    (tmp_path / "plan.yaml").write_text("plan: broken\n", "utf-8")
    broken = Site(
        type(hub)(
            hub.settings,
            catalog,
            hub.adapters,
            {},
            None,
            Suites(catalog, {"broken": tmp_path}),
        )
    )

    shown = words(tree(broken, "/conformance/"))

    assert "Сбой стенда: программа составлена с ошибками" in shown
    assert "Участнику это не засчитывается" in shown
    answer = broken.answer("/conformance/broken/", {})
    assert (answer.status, dict(answer.headers)["location"]) == (302, "/conformance/#broken")


def test_the_rest_page_names_every_address_and_its_description(site):
    page = tree(site, "/test/rest/conformance/1.0/")

    assert page.xpath("//a[contains(@href, 'openapi.json')]")
    described = json.loads(site.answer("/test/rest/conformance/1.0/openapi.json", {}).body)
    shown = [cell.text.partition("?")[0] for cell in page.xpath("//tbody/tr/th/code")]
    assert {f"/{template}" for template in shown} == described["paths"].keys()
