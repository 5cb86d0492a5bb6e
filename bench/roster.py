"""Who takes part, what each needs of the machine, and how a recipe is spoken to."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).with_name("peers")
VAR = Path(__file__).with_name("var")
JARS = "/usr/share/java"
REFERENCE = "jaxws"
"""Ratios are to this peer."""


class BuildFailed(Exception):
    """The recipe could not build the peer."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One server of the comparison and its recipe `peers/<name>/start`."""

    name: str
    title: str
    validates: str
    """Who checks the request against the published schema."""
    install: str
    commands: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Globs; each must find something."""
    modules: tuple[str, ...] = ()

    @property
    def recipe(self) -> Path:
        return PEERS / self.name / "start"

    def missing(self) -> list[str]:
        """Name what this machine lacks for the peer."""
        return [
            *(name for name in self.commands if shutil.which(name, path=_search_path()) is None),
            *(glob for glob in self.files if not any(Path("/").glob(glob.lstrip("/")))),
            *(name for name in self.modules if importlib.util.find_spec(name) is None),
        ]

    def environment(self) -> Mapping[str, str]:
        """What every verb of the recipe is told."""
        return {
            "BENCH_ROOT": str(ROOT),
            "BENCH_BUILD": str(VAR / "build" / self.name),
            "BENCH_PYTHON": sys.executable,
            "PATH": _search_path(),
        }

    def build(self) -> None:
        """Compile what has to be compiled; a second time costs nothing."""
        (VAR / "build" / self.name).mkdir(parents=True, exist_ok=True)
        done = self._run("build")
        if done.returncode:
            raise BuildFailed(f"{self.name}: {done.stdout}{done.stderr}".strip())

    def version(self) -> str:
        return " ".join(self._run("version").stdout.split())

    def _run(self, verb: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.recipe), verb],
            env={**os.environ, **self.environment()},
            capture_output=True,
            text=True,
            check=False,
        )


PEERS_OF_THE_TABLE = (
    Peer(
        name="jaxws",
        title="JAX-WS RI, Jetty",
        validates="@SchemaValidation, inbound",
        install="apt-get install openjdk-17-jdk-headless libjaxws-java libjetty9-java"
        " libpostgresql-jdbc-java libxerial-sqlite-jdbc-java",
        commands=("java", "javac"),
        files=tuple(
            f"{JARS}/{jar}.jar"
            for jar in ("jaxws-rt", "jaxws-tools", "jetty9-server", "postgresql", "sqlite-jdbc")
        ),
    ),
    Peer(
        name="php",
        title="PHP SoapServer, fpm",
        validates="DOMDocument::schemaValidate",
        install="apt-get install php-fpm php-soap php-xml php-pgsql php-sqlite3 nginx-light",
        commands=("nginx", "php"),
        files=(
            "/usr/sbin/php-fpm*",
            *(f"/etc/php/*/fpm/conf.d/*-{name}.ini" for name in ("soap", "dom", "pdo_pgsql")),
        ),
    ),
    Peer(
        name="node",
        title="node soap",
        validates="libxmljs2",
        install="npm install --prefix bench/peers/node --no-package-lock",
        commands=("node",),
        files=tuple(
            f"{PEERS}/node/node_modules/{name}/package.json"
            for name in ("soap", "libxmljs2", "better-sqlite3", "pg")
        ),
    ),
    Peer(
        name="spyne",
        title="spyne typed, granian",
        validates="spyne's lxml validator",
        install="pip install --editable .",
        modules=("spyne", "lxml", "psycopg"),
    ),
    Peer(
        name="floor",
        title="lxml alone, granian",
        validates="lxml XMLSchema",
        install="pip install --editable .",
        modules=("granian", "lxml", "psycopg"),
    ),
    Peer(
        name="gsoap",
        title="gSOAP, C",
        validates="generated code, patterns by hand",
        install="apt-get install gcc gsoap libgsoap-dev libsqlite3-dev libpq-dev",
        commands=("gcc", "wsdl2h", "soapcpp2", "pg_config"),
        files=("/usr/include/sqlite3.h", "/usr/include/postgresql/libpq-fe.h"),
    ),
)


def _search_path() -> str:
    """Debian keeps nginx and php-fpm where only root looks."""
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
