"""Clients of the bank's day, and what they need of the machine."""

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

HERE = Path(__file__).parent


def cannot(word: str) -> NoReturn:
    """Skip a test for what the machine lacks; where CI is set nothing may lack."""
    if os.environ.get("CI"):
        pytest.fail(word)
    pytest.skip(word)


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Find a program by its name."""

    def find(name: str) -> str:
        return shutil.which(name) or cannot(
            f"{name} is not installed: nothing can be tried with it"
        )

    return find


@pytest.fixture(scope="session")
def jars() -> Callable[..., list[Path]]:
    """Find Java libraries where Debian puts them."""

    def find(*names: str) -> list[Path]:
        found = [Path("/usr/share/java", f"{name}.jar") for name in names]
        lacking = [jar.name for jar in found if not jar.exists()]
        return cannot(f"not installed: {', '.join(lacking)}") if lacking else found

    return find


@pytest.fixture(scope="session")
def library() -> Callable[..., ModuleType]:
    """Import a Python library; python-xmlsec also breaks when its libxml2 is not that of lxml."""

    def load(name: str, *needs: str) -> ModuleType:
        try:
            return [importlib.import_module(one) for one in (*needs, name)][-1]
        except Exception as error:  # noqa: BLE001 -- a broken library raises what it likes
            return cannot(f"{name} cannot be loaded: {error}")

    return load


@pytest.fixture(scope="session")
def zeep_client() -> list[str]:
    return [sys.executable, str(HERE / "python" / "bank_day.py")]


@pytest.fixture(scope="session")
def php(tool: Callable[[str], str]) -> Callable[..., str]:
    """Find PHP with the modules that a program needs, by module and Debian's package."""

    def find(**packages: str) -> str:
        found = tool("php")
        modules = subprocess.run([found, "-m"], capture_output=True, text=True, check=True).stdout
        for module, package in packages.items():
            if module not in modules.split():
                cannot(f"PHP has no {module}: install {package}")
        return found

    return find


@pytest.fixture(scope="session")
def php_client(php: Callable[..., str]) -> list[str]:
    return [php(soap="php-soap"), str(HERE / "php" / "bank_day.php")]


@pytest.fixture(scope="session")
def zeep_department() -> list[str]:
    # -I: neither this folder's parents nor the environment lead to the hub's own code.
    return [sys.executable, "-I", str(HERE / "python" / "department.py")]


@pytest.fixture(scope="session")
def php_department(php: Callable[..., str]) -> list[str]:
    return [php(soap="php-soap", dom="php-xml"), str(HERE / "php" / "department.php")]


@pytest.fixture(scope="session")
def node(tool: Callable[[str], str], pytestconfig: pytest.Config) -> list[str]:
    """node beside the packages it needs, installed once per version of the lock."""
    program, npm = tool("node"), tool("npm")
    files = [HERE / "node" / name for name in ("package.json", "package-lock.json")]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    cache = pytestconfig.cache.mkdir("interop-node")
    modules = cache / digest / "node_modules"
    if not modules.exists():
        _install(npm, files, cache / digest)
    return ["env", f"NODE_PATH={modules}", program]


@pytest.fixture(scope="session")
def node_client(node: list[str]) -> list[str]:
    return [*node, str(HERE / "node" / "bank_day.js")]


def _install(npm: str, files: list[Path], target: Path) -> None:
    """Install what the lock names; the folder appears whole, as other runs may look at it."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "draft"
        draft.mkdir()
        for file in files:
            shutil.copy(file, draft)
        run = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=draft,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            cannot(f"npm cannot install the package soap: {run.stderr}")
        try:
            draft.rename(target)
        except FileExistsError:
            assert target.exists()
