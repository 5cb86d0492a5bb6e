"""From checked values to the dataclasses of a suite, and what no JSON Schema can say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from lxml import etree

from gateway.conformance.errors import SuiteBroken
from gateway.conformance.evidence import Signature
from gateway.conformance.language import model
from gateway.conformance.language.lint import pointer
from gateway.conformance.language.reading import Path, Source
from gateway.conformance.language.scalars import Operand, Reference
from gateway.kernel.errors import Finding

RESERVED = ("row", "param", "attach")
_COMPARISONS = ("equals", "min", "max", "in", "matches", "after", "none", "as")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_VARIABLE = re.compile(r"\$([\w.-]+)")
_PREFIX = re.compile(r"([A-Za-z_][\w.-]*):(?=[A-Za-z_*])(?<!::)")
_ALLOWED = {
    "xpath": _COMPARISONS,
    "sum": ("equals",),
    "same": ("with",),
}


@dataclass(slots=True)
class CaseBuilder:
    """Builds one case; every refusal names the line."""

    source: Source
    namespaces: Mapping[str, str]
    params: frozenset[str]
    variables: dict[str, str] = field(default_factory=dict)
    """What a path may name after `$`: variables, `row.…`, `param.…`."""

    def case(self, data: dict[str, Any]) -> model.Case:
        """Return the case; raise SuiteBroken."""
        columns = data.get("data", ({},))[0]
        self.variables = (
            dict.fromkeys(data.get("vars", {}), "")
            | {f"row.{name}": "" for name in columns}
            | {f"param.{name}": "" for name in self.params}
        )
        steps = tuple(
            self._step(number, step, ("steps", number - 1))
            for number, step in enumerate(data["steps"], 1)
        )
        case = model.Case(
            code=data["case"],
            title=data["title"],
            purpose=data["purpose"],
            kind=model.Kind(data["kind"]),
            when=_reference(data.get("when")),
            sut=data["sut"],
            verifies=data["verifies"],
            needs=data.get("needs", ()),
            sample=data.get("sample"),
            variables=data.get("vars", {}),
            rows=self._rows(data.get("data", ())),
            steps=steps,
        )
        self._check_whole(case)
        return case

    def _rows(self, data: tuple[dict[str, str], ...]) -> tuple[model.Row, ...]:
        if not data:
            return (model.Row(0, "", {}),)
        names = set(data[0])
        for index, row in enumerate(data):
            if set(row) != names:
                self._refuse(("data", index), "У строк таблицы разные столбцы.")
        return tuple(model.Row(number, row["row"], row) for number, row in enumerate(data, 1))

    def _step(self, number: int, data: dict[str, Any], path: Path) -> model.Step:
        step_id = data.get("id", f"step{number}")
        assertions = tuple(
            self._assertion(assertion, (*path, "assert", index))
            for index, assertion in enumerate(data.get("assert", ()))
        )
        if "ask" in data:
            if "within" in data or assertions:
                self._refuse(path, "У поручения (ask) нет срока и проверок.")
            return model.Ask(
                step_id,
                data["ask"],
                data.get("attach"),
                data.get("evidence"),
                once=data.get("once", False),
            )
        if "expect" in data:
            return self._expect(step_id, data, assertions, path)
        if "call" in data:
            if "within" in data:
                self._refuse(path, "У вызова (call) вместо within — timeout.")
            to = data["to"]
            return model.Call(
                step_id,
                data["call"],
                _the_reference(to),
                data["body"],
                data["timeout"],
                assertions,
            )
        return self._look(step_id, data, assertions, path)

    def _expect(
        self,
        step_id: str,
        data: dict[str, Any],
        assertions: tuple[model.Assertion, ...],
        path: Path,
    ) -> model.Expect:
        absent = data.get("absent", False)
        if absent and (assertions or "reply" in data):
            self._refuse(path, "У сообщения, которого быть не должно, нет проверок и ответа.")
        match: dict[str, Any] = data.get("match", {})
        if data.get("unidentified") and "xpath" not in match:
            self._refuse(path, "Сообщение неизвестного отправителя опознаётся только по xpath.")
        reply = data.get("reply")
        return model.Expect(
            id=step_id,
            operation=data["expect"],
            within=data["within"],
            match=self._match(match, (*path, "match")) if match else None,
            absent=absent,
            unidentified=data.get("unidentified", False),
            reply=reply and model.ReplyRule(**reply),
            assertions=assertions,
        )

    def _match(self, data: dict[str, Any], path: Path) -> model.Match:
        found = self._path(data["xpath"], path) if "xpath" in data else None
        answered = self._path(data["answered"], path) if "answered" in data else None
        return model.Match(found, data.get("equals"), data.get("fault"), answered)

    def _look(
        self,
        step_id: str,
        data: dict[str, Any],
        assertions: tuple[model.Assertion, ...],
        path: Path,
    ) -> model.Check:
        on_state = data["check"].startswith("hub.")
        if not on_state and ("where" in data or "within" in data):
            self._refuse(path, "where и within бывают только у состояния узла (hub.…).")
        for assertion in assertions:
            if isinstance(assertion.rule, model.Count) is not on_state:
                self._refuse(path, "Состояние узла проверяется только через count, документ — нет.")
        return model.Check(
            step_id, data["check"], data.get("where", {}), data.get("within"), assertions
        )

    def _assertion(self, data: dict[str, Any], path: Path) -> model.Assertion:
        verb = next(verb for verb in _RULES if verb in data)
        beyond = set(data) - {verb, "req", "level", "hint", *_ALLOWED.get(verb, ())}
        if beyond:
            self._refuse(path, f"К проверке {verb} не относится «{min(beyond)}».")
        return model.Assertion(
            rule=getattr(self, f"_{verb}")(data, path),
            requirement=data.get("req"),
            warns=data.get("level") == "warning",
            hint=data.get("hint"),
        )

    def _xsd(self, data: dict[str, Any], _: Path) -> model.Rule:
        return model.Xsd(data["xsd"])

    def _xpath(self, data: dict[str, Any], path: Path) -> model.Rule:
        if data.get("none") and len(set(data) & set(_COMPARISONS)) > 1:
            self._refuse(path, "none не сочетается со сравнением.")
        return model.XPath(
            path=self._path(data["xpath"], path),
            equals=data.get("equals"),
            least=data.get("min"),
            most=data.get("max"),
            among=data.get("in", ()),
            matches=data.get("matches"),
            after=data.get("after"),
            none=data.get("none", False),
            as_money=data.get("as") == "money",
        )

    def _sum(self, data: dict[str, Any], path: Path) -> model.Rule:
        equals = data["equals"]
        if isinstance(equals, str) and equals.startswith("/"):
            equals = self._path(equals, path)
        return model.Sum(self._path(data["sum"], path), equals)

    def _fault(self, data: dict[str, Any], _: Path) -> model.Rule:
        return model.Fault(data["fault"])

    def _http(self, data: dict[str, Any], _: Path) -> model.Rule:
        return model.Http(data["http"])

    def _same(self, data: dict[str, Any], path: Path) -> model.Rule:
        return model.Same(self._path(data["same"], path), self._document(data["with"], path))

    def _same_body_as(self, data: dict[str, Any], path: Path) -> model.Rule:
        return model.SameBody(self._document(data["same_body_as"], path))

    def _count(self, data: dict[str, Any], _: Path) -> model.Rule:
        return model.Count(data["count"])

    def _signature(self, data: dict[str, Any], _: Path) -> model.Rule:
        return model.Signed(Signature(data["signature"]))

    def _document(self, operand: Operand, path: Path) -> Reference:
        is_document = (
            isinstance(operand, Reference)
            and operand.xpath is None
            and (operand.part in {"request", "reply"} or operand.head == "attach")
        )
        if not is_document:
            self._refuse(path, "Здесь нужна ссылка на документ: $шаг.request, $шаг.reply, $attach.")
        return _the_reference(operand)

    def _path(self, text: str, path: Path) -> model.Path:
        return model.Path(text, self.compiled(text, path))

    def compiled(self, text: str, path: Path) -> etree.XPath:
        """Compile a path with the plan's prefixes, or refuse it."""
        try:
            return compile_path(text, self.namespaces, self.variables)
        except ValueError as error:
            self._refuse(path, f"XPath «{text}» не собирается: {error}.")

    def _check_whole(self, case: model.Case) -> None:
        ids = [step.id for step in case.steps]
        names = [*ids, *case.variables]
        for name in names:
            if names.count(name) > 1 or name in RESERVED:
                self._refuse(("steps",), f"Имя «{name}» занято другим шагом или переменной.")
        checks = any(
            isinstance(step, model.Expect)
            or (isinstance(step, model.Ask) and step.evidence)
            or (not isinstance(step, model.Ask) and step.assertions)
            for step in case.steps
        )
        if not checks:
            self._refuse(("steps",), "Сценарий ничего не проверяет.")
        for index, step in enumerate(case.steps):
            for reference in references(step):
                self._check_reference(case, reference, set(ids[:index]), index)
            for assertion in getattr(step, "assertions", ()):
                self._check_own(case, assertion, index)
        if case.when is not None and case.when.part not in self.params:
            self._refuse(("when",), f"Параметра «{case.when.part}» в плане нет.")

    def _check_own(self, case: model.Case, assertion: model.Assertion, index: int) -> None:
        if assertion.requirement is not None and assertion.requirement not in case.verifies:
            self._refuse(
                ("steps", index), f"Требование {assertion.requirement} не названо в verifies."
            )

    def _check_reference(
        self, case: model.Case, reference: Reference, earlier: set[str], index: int
    ) -> None:
        """Refuse a reference to what is not there yet. Other cases are the plan's to check."""
        path: Path = ("steps", index)
        if reference.xpath is not None:
            self.compiled(reference.xpath, path)
        if reference.case is not None:
            return
        head, part = reference.head, reference.part
        match head:
            case "row":
                known = part in case.rows[0].values
            case "param":
                known = part in self.params
            case "attach":
                known = part is None and any(
                    isinstance(step, model.Ask) and step.attach for step in case.steps[:index]
                )
            case _ if head in case.variables:
                known = part is None and reference.xpath is None
            case _:
                known = head in earlier and part in {"request", "reply", "time"}
        if not known:
            self._refuse(path, f"Ссылка {reference.text} никуда не ведёт.")

    def _refuse(self, path: Path, text: str) -> NoReturn:
        refuse(self.source, path, text)


_RULES = ("xsd", "xpath", "sum", "fault", "http", "same_body_as", "same", "count", "signature")


def compile_path(
    text: str, namespaces: Mapping[str, str], variables: Mapping[str, str]
) -> etree.XPath:
    """Compile an XPath 1.0; raise ValueError.

    Foreign text never gets into one: it comes as the value of a variable.
    """
    bare = _QUOTED.sub("''", text)
    unknown = [name for name in _VARIABLE.findall(bare) if name not in variables]
    unknown += [prefix for prefix in _PREFIX.findall(bare) if prefix not in namespaces]
    if unknown:
        raise ValueError(f"неизвестно имя {unknown[0]}")
    try:
        path = etree.XPath(text, namespaces=dict(namespaces), regexp=False, smart_strings=False)
        # An unknown function is noticed only now.
        path(etree.Element("nothing"), **variables)
    except etree.XPathError as error:
        raise ValueError(str(error)) from error
    return path


def references(step: model.Step) -> Iterator[Reference]:
    """Give every reference of a step."""
    operands: list[Any] = []
    match step:
        case model.Expect(match=model.Match(equals=equals)):
            operands.append(equals)
        case model.Call(to=to):
            operands.append(to)
        case model.Check(what=what, where=where):
            operands += where.values()
            if not what.startswith("hub."):
                operands.append(document_of(what))
        case _:
            pass
    for assertion in getattr(step, "assertions", ()):
        operands += _operands(assertion.rule)
    yield from (operand for operand in operands if isinstance(operand, Reference))


def document_of(what: str) -> Reference:
    """Read `$step.reply`."""
    head, _, part = what.removeprefix("$").partition(".")
    return Reference(what, head, part)


def _operands(rule: model.Rule) -> list[Any]:
    match rule:
        case model.XPath(equals=a, least=b, most=c, after=d, among=among):
            return [a, b, c, d, *among]
        case model.Sum(equals=value) | model.Fault(code=value) | model.Count(count=value):
            return [value]
        case model.Same(other=other) | model.SameBody(other=other):
            return [other]
        case _:
            return []


def _reference(text: str | None) -> Reference | None:
    return None if text is None else _the_reference(text)


def _the_reference(value: Any) -> Reference:  # noqa: ANN401 -- `when` and `to` are plain strings
    if isinstance(value, Reference):
        return value
    found = re.fullmatch(r"\$param\.([a-z0-9_]+)", str(value))
    return Reference(str(value), "param", found[1] if found else None)


def refuse(source: Source, path: Path, text: str) -> NoReturn:
    """Raise SuiteBroken for one place of a file."""
    raise SuiteBroken(
        source.file,
        (
            Finding(
                text,
                line=source.line(path),
                path=pointer(path),
                rule="language",
                advice="Смотрите описание языка испытаний: docs/conformance.md.",
            ),
        ),
    )
