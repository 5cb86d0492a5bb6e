"""`hub demo`: the story ends, and what it tells of is there."""

import json
import subprocess
from pathlib import Path

import pytest
from hub_process import HUB, hub_on
from pypdf import PdfReader

from gateway import bootstrap
from gateway.documents import from_xml
from gateway.documents.forms.protocols import Outcome
from gateway.kernel.message import Contour, ParticipantState
from gateway.kernel.settings import load
from registry.onboarding import access, cases
from registry.onboarding.table import CaseKind


@pytest.fixture(scope="module")
def played(tmp_path_factory, request):
    """What two runs of the demo have printed and left, the second beginning where it had ended."""
    folder = tmp_path_factory.mktemp("demo")
    with hub_on("sqlite", folder, request.getfixturevalue) as hub:
        runs = [hub.launch("demo", "--once") for _ in range(2)]
        assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
        yield hub, [run.stdout for run in runs]


@pytest.fixture(scope="module")
def links(played):
    hub, _ = played
    home = Path(hub.environment["HUB_HOME"])
    return json.loads((home / "demo.json").read_text("utf-8"))["links"]


@pytest.mark.parametrize("document", ["act", "protocol", "session_protocol", "refused_protocol"])
def test_documents_are_left_as_files(links, document):
    files = {ending: Path(path).read_bytes() for ending, path in links[document].items()}

    assert files["pdf"].startswith(b"%PDF-")
    assert files["docx"].startswith(b"PK")
    assert files["xml"].startswith(b"<?xml")


def test_what_a_school_day_has_left_can_be_found(played, links):
    hub, (_, second) = played
    told = json.loads((Path(hub.environment["HUB_HOME"]) / "demo.json").read_text("utf-8"))

    assert {"organizer", "school"} <= set(told["participants"])
    assert len(told["accounts"]) >= 20
    for service in ("menu_import", "organizer", "order", "class_request", "school_data"):
        assert links[service].startswith(f"{hub.base_url}/test/ws/")
    for name in ("daily_menu", "report", "request_print"):
        # What the day does not allow, a Sunday or the last hour of a day, is left out.
        assert name not in links or Path(links[name]).read_bytes()
    assert "меню на эти дни передано прошлым показом" in second or "CALENDAR_MISSING" in second


def test_applications_come_to_departments_and_their_events_to_the_portal(played, links):
    hub, (_, second) = played
    told = json.loads((Path(hub.environment["HUB_HOME"]) / "demo.json").read_text("utf-8"))

    assert {"portal", "department"} <= set(told["participants"])
    for service in ("application", "events", "ppu"):
        assert links[service].startswith(f"{hub.base_url}/test/ws/portal/")
    assert "hub endpoint set DEPT72001 portal/application http://127.0.0.1:" in second
    assert "отказ FORM_SCHEMA_INVALID" in second
    assert "строка 5, /SubmitApplicationRequest/formData/ArchiveReference/fromYear" in second
    assert f"SubmitApplication {links['archive_order']}" in second
    assert "история та же: 1, 2, 6, 7, 14, 7, 3" in second
    assert "3 Исполнено — DEPT72001 «Справка готова.» [spravka.txt]" in second
    assert f"TakeApplication {links['school_order']}" in second
    assert "история та же: 1, 2, 6, 7, 3" in second
    assert "SetStatus QUEUED после окончательного: 5" in second
    assert f"TakeApplication {links['kindergarten_order']}" in second
    assert "4 Отказ — DEPT72001 «Мест в выбранном саду нет.»" in second
    assert "история та же: 1, 2, 6, 4" in second


@pytest.mark.parametrize("command", [("reconcile",), ("journal", "verify")])
def test_the_books_balance_after_the_story(played, command):
    hub, _ = played
    done = hub.run(*command)

    assert done.exit_code == 0, done.stdout
    assert "Всё сходится." in done.stdout


def test_a_protocol_tells_its_session_and_carries_its_xml(links):
    xml = Path(links["session_protocol"]["xml"]).read_bytes()
    form, _ = from_xml(xml)
    pdf = PdfReader(links["session_protocol"]["pdf"])

    assert form.session == links["session"]
    assert form.outcome is Outcome.PASSED
    assert pdf.attachments["PROT-BANK.xml"] == [xml]
    assert "<pdfaid:part>3" in pdf.xmp_metadata.stream.get_data().decode()


def test_a_bank_that_fails_is_told_where(played, links):
    _, (first, _) = played
    form, _ = from_xml(Path(links["refused_protocol"]["xml"]).read_bytes())

    assert "ожидалось //r:totalAmount" in first
    assert "получено 600.29" in first
    assert form.outcome is Outcome.FAILED
    assert form.remarks == ("BD-04: не пройден, сейчас FAIL.",)


@pytest.mark.parametrize(
    ("code", "state", "is_open"),
    [("BANK72001", "IN_OPERATION", True), ("BANK72002", "DEVELOPED", False)],
)
def test_production_is_open_to_whom_has_passed_and_to_nobody_else(played, code, state, is_open):
    hub, _ = played
    assembled = bootstrap.assemble(load(hub.environment))
    with assembled.registry.reading() as transaction:
        [case] = cases.listed(transaction, CaseKind.BANK, code)
        standing = access.standing_of(transaction, code, assembled.clock())
    services = assembled.directory.participant(Contour.PROD, code).services
    assembled.close()

    assert case.state == state
    assert (standing.state is ParticipantState.IN_OPERATION, bool(services)) == (is_open, is_open)


def test_other_commands_have_the_settings_of_the_demo(played):
    hub, _ = played
    config = str(Path(hub.environment["HUB_HOME"]) / "demo.toml")
    told = subprocess.run(
        [*HUB, "settings"],
        env={**hub.environment, "HUB_CONFIG": config},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "demonstration" in told.stdout


def test_a_registry_with_others_is_no_demo(tmp_path, request):
    with hub_on("sqlite", tmp_path, request.getfixturevalue) as hub:
        added = hub.run("participant", "add", "BANK72009", "--name", "Чужой", "--kind", "bank")
        assert added.exit_code == 0, added.stderr
        refused = hub.launch("demo", "--once")

    assert refused.returncode == 1
    assert "BANK72009" in refused.stderr
    assert not (Path(hub.environment["HUB_HOME"]) / "demo-ca").exists()
