"""A real browser shows the pages as they are meant."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        word = "chromium is not installed: the pages are not looked at by a browser"
        if os.environ.get("CI"):
            pytest.fail(word)
        pytest.skip(word)
    return found


def rendered(chromium: str, url: str, home: Path) -> html.HtmlElement:
    """Return the page as the browser has it once everything is loaded."""
    run = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={home}", "--dump-dom", url],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return html.fromstring(run.stdout)


def test_browser_shows_the_catalogue(chromium, server, tmp_path):
    page = rendered(chromium, f"{server.base}/", tmp_path)

    assert page.xpath("string(//h1)") == "Форматы взаимодействия"
    assert page.xpath("//section[@class='card']/@id") == [
        "MealAdminService",
        "BankPaymentService",
        "ClassRequestService",
        "MenuImportService",
        "MealOrderService",
        "OrganizerExchangeService",
        "PaymentRegistryService",
        "ApplicationService",
        "PortalEventSink",
        "EventModuleService",
        "PpuService",
        "DocumentService",
        "FormatRegistryService",
        "OnboardingService",
        "SchoolDataService",
        "NotificationService",
        "ConformanceService",
    ]


def test_browser_shows_a_service_and_its_operations(chromium, server, tmp_path):
    page = rendered(chromium, f"{server.base}/test/ws/meals/bank-payment/1.0", tmp_path)

    assert page.xpath("string(//h1)") == "Приём платежей за питание"
    assert page.xpath("//div[@class='band']//strong/text()") == ["Тестовый контур"]
    assert page.xpath("//section[@id='operations']/article/@id") == [
        "CheckAccount",
        "RegisterPayment",
        "CancelPayment",
        "GetPaymentStatus",
        "Ping",
    ]


def test_policy_of_the_pages_lets_their_own_style_and_mark_in(chromium, server, tmp_path):
    server.asked.clear()

    rendered(chromium, f"{server.base}/errors/", tmp_path)

    # What the policy forbids, a browser does not even ask for.
    assert {"/static/style.css", "/static/mark.svg"} <= set(server.asked)
