"""Texts of notices: templates in package data, a missing fact is an error and no empty hole."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import jinja2

from registry.notices.codes import NoticeCode
from registry.notices.errors import NoticeIncomplete
from registry.reference import OPERATOR, SUPPORT


class Wording(NamedTuple):
    """What a notice says."""

    subject: str
    text: str


def word(code: NoticeCode, facts: Mapping[str, str]) -> Wording:
    """Return subject and text; raise NoticeIncomplete naming the facts that do not fit."""
    missing = sorted(name for name in code.kind.facts if not facts.get(name, "").strip())
    surplus = sorted(facts.keys() - code.kind.facts)
    if missing or surplus:
        told = f"нет: {', '.join(missing) or '—'}; лишнее: {', '.join(surplus) or '—'}"
        raise NoticeIncomplete(f"Уведомление {code.kind.number}: {told}.")
    rendered = _templates().get_template(template_name(code)).render(facts)
    subject, _, text = rendered.partition("\n")
    return Wording(" ".join(subject.split()), text.strip() + "\n")


def template_name(code: NoticeCode) -> str:
    """Return the file of a code: the first line is the subject."""
    return f"{code.kind.number}.txt"


def source_of(code: NoticeCode) -> str:
    """Return the template as it is written."""
    loader = _templates().loader
    assert loader is not None  # noqa: S101 -- made below
    return loader.get_source(_templates(), template_name(code))[0]


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("registry.notices"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 -- plain text
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["support"] = SUPPORT
    environment.globals["operator"] = OPERATOR
    return environment
