"""`hub demo`: the story ends, and what it tells of is there."""

import json
from pathlib import Path

import pytest
from hub_process import hub_on

from gateway import bootstrap
from gateway.kernel.settings import load
from registry.onboarding import access, cases
from registry.onboarding.table import CaseKind

BANK = "BANK72001"


@pytest.fixture(scope="module")
def played(tmp_path_factory, request):
    """What two runs of the demo have printed and left, the second beginning where it had ended."""
    folder = tmp_path_factory.mktemp("demo")
    with hub_on("sqlite", folder, request.getfixturevalue) as hub:
        runs = [hub.run("demo", "--once") for _ in range(2)]
        assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
        yield hub, [run.stdout for run in runs]


def test_act_and_protocol_are_left_as_files(played):
    hub, (first, second) = played
    home = Path(hub.environment["HUB_HOME"])
    links = json.loads((home / "demo.json").read_text("utf-8"))["links"]

    for document in ("act", "protocol"):
        files = {ending: Path(path).read_bytes() for ending, path in links[document].items()}
        assert files["pdf"].startswith(b"%PDF-")
        assert files["docx"].startswith(b"PK")
        assert files["xml"].startswith(b"<?xml")
    assert "АКТ-БАНК-" in first
    assert str(home / "documents") in second


def test_demo_bank_stays_out_of_production(played):
    hub, _ = played
    assembled = bootstrap.assemble(load(hub.environment))
    with assembled.registry.reading() as transaction:
        [case] = cases.listed(transaction, CaseKind.BANK, BANK)
        standing = access.standing_of(transaction, BANK, assembled.clock())
    assembled.close()

    assert case.state == "PROTOCOL_SIGNED"
    assert standing.state.value == "JOINED"
