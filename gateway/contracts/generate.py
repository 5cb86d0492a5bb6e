"""Write the typed messages from the published schemas: `python -m gateway.contracts.generate`.

A development step. xsdata turns the schemas into dataclasses; `gateway.contracts.rewrite` then
gives them the standard types of Python, so that nothing of xsdata is needed at run time.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gateway.contracts import rewrite

ROOT = Path(__file__).parents[2]

TARGETS: Mapping[str, str] = {
    "common/1.0/common.xsd": "gateway.contracts.messages.common",
    "hub/1.0/hub.xsd": "gateway.contracts.messages.hub",
    "meals/admin/1.0/admin.xsd": "adapters.meals.messages.admin",
    "meals/bank-payment/1.0/bank-payment.xsd": "adapters.bank.messages.bank_payment",
    "meals/class-request/1.0/class-request.xsd": "adapters.meals.messages.class_request",
    "meals/menu-import/1.0/menu-import.xsd": "adapters.organizer.messages.menu_import",
    "meals/order/1.0/order.xsd": "adapters.meals.messages.order",
    "meals/organizer/1.0/organizer.xsd": "adapters.organizer.messages.organizer",
    "meals/payment-registry/1.0/payment-registry.xsd": "adapters.bank.messages.payment_registry",
    "portal/application/1.0/application.xsd": "adapters.portal.messages.application",
    "portal/common/1.0/portal-common.xsd": "adapters.portal.messages.portal_common",
    "portal/event-sink/1.0/event-sink.xsd": "adapters.portal.messages.event_sink",
    "portal/events/1.0/events.xsd": "adapters.portal.messages.events",
    "portal/ppu/1.0/ppu.xsd": "adapters.portal.messages.ppu",
    "registry/documents/1.0/documents.xsd": "adapters.desk.messages.documents",
    "registry/formats/1.0/formats.xsd": "adapters.desk.messages.formats",
    "registry/onboarding/1.0/onboarding.xsd": "adapters.desk.messages.onboarding",
    "school/data/1.0/data.xsd": "adapters.school.messages.data",
    "support/notify/1.0/notify.xsd": "adapters.desk.messages.notify",
    "test/conformance/1.0/conformance.xsd": "gateway.conformance.service.messages.conformance",
}
"""Schema under `xsd/` and the module that holds its messages; a new contract adds its line."""


class GenerationFailed(Exception):
    """A development tool refused; the text is its own."""


def main() -> None:
    """Regenerate every message module in place."""
    for path, source in generate(ROOT / "xsd").items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source, encoding="utf-8")


def generate(schemas: Path) -> dict[str, str]:
    """Return the source text of every message module by its path from the project root."""
    modules = {module: schemas / schema for schema, module in TARGETS.items()}
    drafts = _draft(schemas, modules)
    renamed = {draft.name: module for module, draft in drafts.items()}
    ready = {
        module: draft.finish(
            rewrite.read_facts(modules[module]), renamed, _shared(draft, drafts.values())
        )
        for module, draft in drafts.items()
    }
    sources = {_module_path(name): text for name, text in ready.items()}
    sources |= {_package_path(name): text for name, text in _packages(ready)}
    return {path: _formatted(text) for path, text in sorted(sources.items())}


def _draft(schemas: Path, modules: Mapping[str, Path]) -> dict[str, rewrite.Draft]:
    """Run xsdata over all schemas at once and sort its modules by target."""
    targets = {rewrite.target_namespace(schema): module for module, schema in modules.items()}
    with tempfile.TemporaryDirectory() as folder:
        drafts = list(_run_xsdata(schemas, Path(folder)))
    return {targets[draft.namespace]: draft for draft in drafts}


def _run_xsdata(schemas: Path, folder: Path) -> Iterator[rewrite.Draft]:
    # One run over a copy of just these: schemas import each other, and so do their modules.
    for schema in TARGETS:
        copy = folder / "xsd" / schema
        copy.parent.mkdir(parents=True)
        shutil.copyfile(schemas / schema, copy)
    options = "--recursive --package draft --slots --structure-style filenames"
    _tool(["xsdata", "generate", "xsd", *options.split(), "--docstring-style", "Blank"], folder)
    for path in sorted((folder / "draft").rglob("*.py")):
        if path.name != "__init__.py":
            yield rewrite.Draft(".".join(path.relative_to(folder).with_suffix("").parts), path)


def _shared(draft: rewrite.Draft, drafts: Iterable[rewrite.Draft]) -> frozenset[str]:
    """Return what other modules take from one."""
    return frozenset().union(*(other.taken_from(draft.name) for other in drafts))


def _packages(modules: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield an `__init__` per package that offers what only one of its modules defines."""
    for package in sorted({name.rpartition(".")[0] for name in modules}):
        names = {
            name: rewrite.public_names(text)
            for name, text in sorted(modules.items())
            if name.rpartition(".")[0] == package
        }
        count = Counter(item for items in names.values() for item in items)
        unique = {
            name: [item for item in items if count[item] == 1] for name, items in names.items()
        }
        yield package, rewrite.package_source(unique)


def _module_path(module: str) -> str:
    return module.replace(".", "/") + ".py"


def _package_path(package: str) -> str:
    return package.replace(".", "/") + "/__init__.py"


def _formatted(source: str) -> str:
    return _tool(["ruff", "format", "--isolated", "--line-length", "100", "-"], ROOT, source)


def _tool(command: list[str], folder: Path, text: str | None = None) -> str:
    # xsdata calls ruff by its bare name: the environment's own tools must be found first.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    done = subprocess.run(  # noqa: S603 -- our own tools with our own arguments
        [sys.executable, "-m", *command],
        cwd=folder,
        input=text,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise GenerationFailed(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
