"""The import contracts of setup.cfg hold: who may know whom is not a matter of taste."""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(config: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(config), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_keeps_to_the_contracts():
    done = lint(ROOT / "setup.cfg")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_turned_round_contract_is_seen_to_be_broken(tmp_path):
    config = ConfigParser()
    config["importlinter"] = {"root_packages": "gateway\nadapters\nregistry\nscheduler"}
    config["importlinter:contract:reverse"] = {
        "name": "The kernel above everything",
        "type": "layers",
        "layers": "gateway.kernel\ngateway.pipeline",
    }
    with (tmp_path / "setup.cfg").open("w") as file:
        config.write(file)
    assert lint(tmp_path / "setup.cfg").returncode == 1


def slices() -> list[str]:
    return sorted(
        path.parents[1].name for path in (ROOT / "adapters").glob("*/handlers/__init__.py")
    )


@pytest.mark.parametrize("name", slices())
def test_handlers_of_every_slice_are_forbidden_sqlalchemy(name):
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    bound = config["importlinter:contract:sql"]["source_modules"].split()
    assert f"adapters.{name}.handlers" in bound
