"""A suite from its folder: `plan.yaml`, `cases/*.yaml`, `samples/*.xml`.

What a released plan means must never change. Its digest is the SHA-256 of the manifest: a line
`<SHA-256 of the file>  <name>` for the plan, each case, each sample and each file of the contract,
sorted by name, so that `sha256sum` gives the same.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language import build, model, template
from gateway.conformance.language.lint import checked
from gateway.conformance.language.reading import Source, read
from gateway.contracts.catalog import Catalog, Contract
from gateway.kernel.errors import Finding, NotFound

PLAN = "plan.yaml"
MOST_SAMPLE_BYTES = 256 * 1024


def shipped() -> dict[str, Traversable]:
    """Return the folders of the suites that come with the hub, by the name of the plan."""
    homes = [files("gateway.conformance").joinpath("cases")]
    return _suites([*homes, *(one.joinpath("cases") for one in _folders(files("adapters")))])


def demonstration() -> dict[str, Traversable]:
    """Return the folders of the short suites that a demo alone offers."""
    return _suites([one.joinpath("demonstration") for one in _folders(files("adapters"))])


def load_suite(folder: Traversable, catalog: Catalog) -> model.Suite:
    """Read a suite; raise SuiteBroken, naming file, line, path and what is allowed."""
    plan_bytes = _bytes(folder, PLAN)
    source = read(PLAN, plan_bytes)
    plan = checked(source, "plan.schema.json")
    also = tuple(plan.get("also", ()))
    contracts = tuple(
        contract
        for name in (plan["format"], *also)
        for contract in _contracts(source, name, catalog)
    )
    params = tuple(_param(param) for param in plan.get("params", ()))
    namespaces = plan["namespaces"]
    _compile_prefixes(source, namespaces)
    case_files = {code: f"cases/{code}.yaml" for code in plan["cases"]}
    case_bytes = {name: _bytes(folder, name) for name in case_files.values()}
    cases = tuple(
        _case(name, code, case_bytes[name], namespaces, frozenset(p.name for p in params))
        for code, name in case_files.items()
    )
    samples = _samples(folder)
    requirements = tuple(
        model.Requirement(r["id"], r["text"], r["source"], r.get("not_tested"))
        for r in plan["requirements"]
    )
    _check_plan(source, cases, requirements, samples, catalog)
    _check_unlisted(folder, source, set(case_bytes))
    manifest = _manifest({PLAN: plan_bytes, **case_bytes, **samples}, contracts)
    return model.Suite(
        code=plan["suite"],
        plan=plan["plan"],
        version=plan["version"],
        title=plan["title"],
        basis=plan["basis"],
        format=plan["format"],
        also=also,
        namespaces=namespaces,
        params=params,
        preflight=plan["preflight"],
        requirements=requirements,
        cases=cases,
        admission=model.AdmissionRule(**plan["admission"]),
        samples=samples,
        manifest=manifest,
        digest=hashlib.sha256(manifest.encode("utf-8")).hexdigest(),
    )


def _suites(homes: list[Traversable]) -> dict[str, Traversable]:
    return {
        folder.name: folder
        for home in homes
        if home.is_dir()
        for folder in _folders(home)
        if folder.joinpath(PLAN).is_file()
    }


def _folders(home: Traversable) -> Iterator[Traversable]:
    yield from (entry for entry in sorted(home.iterdir(), key=lambda e: e.name) if entry.is_dir())


def _bytes(folder: Traversable, name: str) -> bytes:
    file = folder.joinpath(*name.split("/"))
    if not file.is_file():
        raise SuiteBroken(name, (Finding("Такого файла нет.", rule="file"),))
    return file.read_bytes()


def _contracts(source: Source, name: str, catalog: Catalog) -> tuple[Contract, ...]:
    if name == "*":
        return tuple(catalog)
    try:
        return (catalog.contract(name),)
    except NotFound:
        build.refuse(source, ("format",), f"Формат «{name}» не опубликован.")


def _param(data: dict[str, Any]) -> model.Param:
    by_participant = data["given_by"] == "participant"
    return model.Param(
        data["name"], data["title"], by_participant, required=data.get("required", True)
    )


def _compile_prefixes(source: Source, namespaces: Mapping[str, str]) -> None:
    for prefix in namespaces:
        try:
            build.compile_path(f"//{prefix}:x", namespaces, {})
        except ValueError as error:
            build.refuse(source, ("namespaces", prefix), f"Пространство имён негодно: {error}.")


def _case(
    name: str, code: str, octets: bytes, namespaces: Mapping[str, str], params: frozenset[str]
) -> model.Case:
    source = read(name, octets)
    case = build.CaseBuilder(source, namespaces, params).case(checked(source, "case.schema.json"))
    if case.code != code:
        build.refuse(source, ("case",), f"Файл назван {code}, а сценарий — {case.code}.")
    return case


def _samples(folder: Traversable) -> dict[str, bytes]:
    home = folder.joinpath("samples")
    found: dict[str, bytes] = {}
    for file in sorted(home.iterdir(), key=lambda f: f.name) if home.is_dir() else ():
        name = f"samples/{file.name}"
        octets = file.read_bytes()
        try:
            if len(octets) > MOST_SAMPLE_BYTES:
                raise ValueError(f"образец больше {MOST_SAMPLE_BYTES // 1024} КиБ")  # noqa: TRY301
            template.compiled(octets.decode("utf-8"))
        except ValueError as error:
            raise SuiteBroken(
                name, (Finding(f"Образец не читается: {error}.", rule="sample"),)
            ) from error
        found[name] = octets
    return found


def _check_plan(
    source: Source,
    cases: tuple[model.Case, ...],
    requirements: tuple[model.Requirement, ...],
    samples: Mapping[str, bytes],
    catalog: Catalog,
) -> None:
    known = {requirement.id for requirement in requirements}
    by_code = {case.code: case for case in cases}
    repeated = [code for code, times in Counter(r.id for r in requirements).items() if times > 1]
    if repeated:
        build.refuse(source, ("requirements",), f"Требование {repeated[0]} названо дважды.")
    verified = {requirement for case in cases for requirement in case.verifies}
    for index, requirement in enumerate(requirements):
        if (requirement.id in verified) is (requirement.not_tested is not None):
            text = (
                "проверяется сценарием, а названо непроверяемым (not_tested)"
                if requirement.not_tested
                else "не проверяет ни один сценарий: укажите причину в not_tested"
            )
            build.refuse(source, ("requirements", index), f"Требование {requirement.id} {text}.")
    for index, case in enumerate(cases):
        path = ("cases", index)
        earlier = {other.code for other in cases[:index]}
        for requirement_id in case.verifies:
            if requirement_id not in known:
                build.refuse(source, path, f"{case.code}: требования {requirement_id} нет в плане.")
        for needed in case.needs:
            if needed not in earlier:
                build.refuse(source, path, f"{case.code}: needs {needed} должен стоять раньше.")
        for name in _named_samples(case):
            if name not in samples:
                build.refuse(source, path, f"{case.code}: образца {name} нет.")
        for step in case.steps:
            _check_step(source, path, case, step, by_code, catalog)
    unused = set(samples) - {name for case in cases for name in _named_samples(case)}
    if unused:
        build.refuse(source, ("cases",), f"Образец {min(unused)} ни один сценарий не называет.")


def _named_samples(case: model.Case) -> Iterator[str]:
    if case.sample is not None:
        yield case.sample
    for step in case.steps:
        if isinstance(step, model.Ask) and step.attach is not None:
            yield step.attach
        elif isinstance(step, model.Call):
            yield step.body


def _check_step(
    source: Source,
    path: tuple[str | int, ...],
    case: model.Case,
    step: model.Step,
    by_code: Mapping[str, model.Case],
    catalog: Catalog,
) -> None:
    for reference in build.references(step):
        if reference.case is None:
            continue
        other = by_code.get(reference.case)
        steps = {s.id for s in other.steps} if other else set()
        if (
            reference.case not in case.needs
            or reference.head not in steps
            or len(_rows_of(other)) > 1
        ):
            build.refuse(
                source,
                path,
                f"{case.code}: ссылка {reference.text} ведёт не к шагу сценария без таблицы, "
                "названного в needs.",
            )
    for assertion in getattr(step, "assertions", ()):
        rule = assertion.rule
        if isinstance(rule, model.Xsd) and rule.contract != "*":
            _contracts(source, rule.contract, catalog)


def _rows_of(case: model.Case | None) -> tuple[model.Row, ...]:
    """Return the rows of a case that may not exist."""
    return case.rows if case else ()


def _check_unlisted(folder: Traversable, source: Source, listed: set[str]) -> None:
    """Refuse a case that lies there and is in no plan: somebody believes that it is run."""
    for file in folder.joinpath("cases").iterdir():
        if f"cases/{file.name}" not in listed:
            build.refuse(source, ("cases",), f"Файла cases/{file.name} нет в плане.")


def _manifest(own: Mapping[str, bytes], contracts: tuple[Contract, ...]) -> str:
    documents = {
        name: octets for contract in contracts for name, octets in contract.documents.items()
    }
    return "".join(
        f"{hashlib.sha256(octets).hexdigest()}  {name}\n"
        for name, octets in sorted({**documents, **own}.items())
    )
