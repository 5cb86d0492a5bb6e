"""Samples and variables: templates that can compute nothing but what the stand gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gateway.conformance.errors import StandBroken
from gateway.kernel.ports import LOCAL, Identifiers

Choose = Callable[[int], int]
"""A number from 0 up to, not including, the given one: the randomness of synthetic data."""

_FIRST_NAMES = ("Проба", "Образец", "Пример", "Эталон")
_LAST_NAMES = ("Испытательный", "Примерный", "Стендовый", "Выдуманный")


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Invented people, plainly so: nobody has such a name."""

    choose: Choose

    @property
    def person(self) -> str:
        """Last and first name."""
        last = _LAST_NAMES[self.choose(len(_LAST_NAMES))]
        return f"{last} {_FIRST_NAMES[self.choose(len(_FIRST_NAMES))]}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the values of an attempt come from; all of it is given."""

    now: datetime
    identifiers: Identifiers
    choose: Choose


def draw(variables: Mapping[str, str], sources: Sources) -> dict[str, str]:
    """Draw the variables of a case for one attempt, each once; raise StandBroken."""
    local = sources.now.astimezone(LOCAL)
    return {
        name: _rendered(
            _variable(text),
            {
                "uuid7": str(sources.identifiers()),
                "now": local.isoformat(timespec="seconds"),
                "today": local.date().isoformat(),
                "synthetic": Synthetic(sources.choose),
            },
        )
        for name, text in variables.items()
    }


def render(
    sample: bytes, values: Mapping[str, str], row: Mapping[str, str], params: Mapping[str, str]
) -> bytes:
    """Fill a sample in; every value is escaped as text of XML. Raise StandBroken."""
    context = {**values, "row": row, "param": params}
    return _rendered(_sample(sample.decode("utf-8")), context).encode("utf-8")


def compiled(text: str) -> None:
    """Raise ValueError when a text is no template."""
    try:
        _sample(text)
    except TemplateError as error:
        raise ValueError(str(error)) from error


def _rendered(template: Template, context: Mapping[str, Any]) -> str:
    try:
        return template.render(context)
    except (TemplateError, TypeError, OverflowError) as error:
        raise StandBroken(f"Образец не заполняется: {error}") from error


@cache
def _sample(text: str) -> Template:
    return _environment(escaped=True).from_string(text)


@cache
def _variable(text: str) -> Template:
    return _environment(escaped=False).from_string(text)


@cache
def _environment(*, escaped: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=escaped, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
