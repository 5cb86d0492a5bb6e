"""What one attempt knows while it is judged: its values, and what its steps have met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from lxml import etree

from gateway.conformance.assertions.subject import Missing
from gateway.conformance.documents import Document, text_of
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Attempt, Evidence
from gateway.conformance.language import model
from gateway.conformance.language.build import compile_path
from gateway.conformance.language.scalars import Operand, Reference


@dataclass(frozen=True, slots=True)
class Met:
    """What a step has met: both sides of an exchange."""

    at: datetime
    request: Document
    reply: Document
    http_status: int | None = None


@dataclass
class Scope:
    """Resolves references for one attempt; `gateway.conformance.assertions.LookUp`."""

    suite: model.Suite
    evidence: Evidence
    row: model.Row
    attempt: Attempt
    elsewhere: Callable[[str], Mapping[str, Met]]
    """What the steps of another case have met, by its code."""
    met: dict[str, Met] = field(default_factory=dict)
    attached: Document | None = None
    """The file that was handed out last."""

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """What a path may name after `$`."""
        return {
            **self.attempt.values,
            **{f"row.{name}": value for name, value in self.row.values.items()},
            **{f"param.{name}": value for name, value in self.evidence.params.items()},
        }

    def text(self, operand: Operand) -> str:
        """Return a value; raise Missing, or StandBroken where the stand's own data fail."""
        if isinstance(operand, str):
            return operand
        if operand.case is None and operand.xpath is None and operand.part != "time":
            name = operand.head if operand.part is None else f"{operand.head}.{operand.part}"
            try:
                return self.variables[name]
            except KeyError:
                raise StandBroken(f"Значения {operand.text} в сеансе нет.") from None
        if operand.part == "time":
            return self._met(operand).at.isoformat()
        return self._found(operand)

    def document(self, reference: Reference) -> Document:
        """Return a document of an earlier step, or the one that was handed out."""
        if reference.head == "attach" and reference.case is None:
            if self.attached is None:
                raise StandBroken("Подготовленного файла нет.")
            return self.attached
        met = self._met(reference)
        return met.request if reference.part == "request" else met.reply

    def _found(self, reference: Reference) -> str:
        document = self.document(reference)
        path = _compiled(
            reference.xpath or "/", tuple(self.suite.namespaces.items()), tuple(self.variables)
        )
        nodes = document.find(path, self.variables)
        if len(nodes) == 1:
            return text_of(nodes[0])
        what = f"{document.name}: по пути {reference.xpath} найдено {len(nodes)}, нужно одно"
        raise StandBroken(f"{what}.") if document.ours else Missing(what)

    def _met(self, reference: Reference) -> Met:
        steps = self.met if reference.case is None else self.elsewhere(reference.case)
        try:
            return steps[reference.head]
        except KeyError:
            raise StandBroken(f"Шаг, на который ссылается {reference.text}, не выполнен.") from None


@lru_cache(maxsize=1024)
def _compiled(
    text: str, namespaces: tuple[tuple[str, str], ...], variables: tuple[str, ...]
) -> etree.XPath:
    return compile_path(text, dict(namespaces), dict.fromkeys(variables, ""))
