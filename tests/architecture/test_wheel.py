"""What is installed is what lies here: every module, contract, page, migration and calendar."""

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("adapters", "gateway", "registry", "scheduler", "wsdl", "xsd")
NOT_SHIPPED = {"README.md"}
OF_NO_CONTRACT = {"xsd/documents/1.0/documents.xsd"}

LOOK = """
import json, sys, uuid
from importlib.metadata import distribution, packages_distributions

sys.path[:0] = json.loads(sys.argv[1])

from gateway.bootstrap import assemble
from gateway.contracts.catalog import load_catalog
from gateway.documents import FORMS, FileFormat, Identity, render
from gateway.edge.pages import Site
from gateway.kernel.message import Contour
from gateway.kernel.settings import Settings
from gateway.storage import migrate
from registry.calendar import ProductionCalendar

catalog = load_catalog()
hub = assemble(Settings())
site = Site(hub)
addresses = [f"/{contour.path}/ws/{name}" for contour in Contour for name in catalog.contracts]
print(json.dumps({
    "contracts": sorted(catalog.contracts),
    "documents": sorted({
        name
        for contract in catalog
        for binding in (contract, contract.smev2)
        if binding is not None
        for name in binding.documents
    }),
    "pages": {path: site.answer(path, {}).status for path in ["/formats/", "/errors/", *addresses]},
    "revisions": {schema: migrate.newest(schema) for schema in ("registry", "contour")},
    "years": [one.year for one in ProductionCalendar.load().years],
    "papers": [
        f"{code.value}.{kind.value}"
        for code, form in FORMS.items()
        for kind in FileFormat
        if render(form(), Identity(uuid.UUID(int=0)), kind)
    ],
    "homes": {name: sys.modules[name].__file__ for name in ("gateway", "adapters", "registry")},
    "owners": {name: sorted(set(packages_distributions()[name])) for name in %r},
    "command": [
        point.value for point in distribution("uzel").entry_points if point.name == "hub"
    ],
}))
""" % (PACKAGES,)  # noqa: UP031 -- braces are Python's here


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy: a `build/` of earlier days would bring back dead files."""
    source = tmp_path_factory.mktemp("source")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    for name in PACKAGES:
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    target = tmp_path_factory.mktemp("wheel")
    run(["build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)])
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def seen(wheel, tmp_path_factory) -> dict:
    """What a program finds where only the wheel and its dependencies are."""
    place = tmp_path_factory.mktemp("installed")
    run(["pip", "install", "-q", "--no-deps", "--no-index", "--target", str(place), str(wheel)])
    paths = [str(place), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    # Without `site` the editable install of the working tree stays out of the way.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LOOK, json.dumps(paths)],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {"place": str(place), **json.loads(done.stdout)}


def run(module: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def lying_here(*patterns: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for pattern in patterns
        for path in (ROOT / name).rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts and path.name not in NOT_SHIPPED
    }


def test_the_wheel_carries_every_file_of_the_packages_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert carried == lying_here("*")


def test_every_published_file_is_found_and_compiles(seen):
    published = {one for one in lying_here("*.wsdl", "*.xsd") if one.startswith(("wsdl/", "xsd/"))}
    assert published - set(seen["documents"]) == OF_NO_CONTRACT
    assert seen["documents"]
    assert seen["contracts"]


def test_every_page_is_rendered_from_installed_templates(seen):
    assert set(seen["pages"].values()) == {200}


def test_every_form_is_rendered_from_installed_templates(seen):
    assert len(seen["papers"]) == 3 * len(lying_here("documents/docx/*.docx"))


def test_migrations_are_found(seen):
    for schema, revision in seen["revisions"].items():
        folder = ROOT / "gateway" / "storage" / "migrations" / schema
        assert revision in {path.name.partition("_")[0] for path in folder.glob("*.py")}


def test_every_year_of_the_calendar_is_found(seen):
    years = {int(path.stem) for path in (ROOT / "registry" / "calendar").glob("*.xml")}
    assert set(seen["years"]) == years


def test_our_top_level_names_belong_to_us_alone(seen):
    assert seen["owners"] == {name: ["uzel"] for name in PACKAGES}


def test_the_program_ran_from_the_wheel(seen):
    assert all(home.startswith(seen["place"]) for home in seen["homes"].values())


def test_the_command_is_called_hub(seen):
    assert set(seen["command"]) == {"gateway.cli:main"}
