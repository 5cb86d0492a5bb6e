"""What a string of the language stands for; the schema says by `format` which of these it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

MOST_MATCHED = 256
"""Characters of a value that a pattern is tried on; a longer one does not match."""

_DURATION = re.compile(r"([1-9][0-9]{0,4})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_REFERENCE = re.compile(
    r"\$(?:(?P<case>[A-Z]{2,4}-[0-9]{2,3})\.)?(?P<head>[a-z][a-z0-9_]*)"
    r"(?:\.(?P<part>[a-z][a-z0-9_]*))?(?P<xpath>/.+)?",
    re.DOTALL,
)
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{[0-9]*,)")
_BACKWARDS = re.compile(r"\\[1-9]|\(\?")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{[0-9]*,\}")
_MOST_UNBOUNDED = 2
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_SEARCHES = re.compile(r"//|\[\s*/|(?:preceding|following|descendant|ancestor)")


@dataclass(frozen=True, slots=True)
class Reference:
    """`$step.request//xpath`, `$row.name`, `$param.name`, `$attach//xpath`, `$variable`."""

    text: str
    head: str
    """A step, a variable, or one of `row`, `param`, `attach`."""
    part: str | None = None
    """Of a step `request`, `reply` or `time`; of `row` and `param` the name."""
    xpath: str | None = None
    case: str | None = None
    """Another case, whose step it is."""


Operand = str | Reference
"""A value of a case: written down, or to be looked up."""


def duration(text: str) -> timedelta:
    """Read `30s`, `15m`, `2h`, `1d`."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("срок: число и буква s, m, h или d, например 15m")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def integer(text: str) -> int:
    """Read a whole number without leading zeros."""
    if _INTEGER.fullmatch(text) is None:
        raise ValueError("целое число без ведущих нулей")
    return int(text)


def boolean(text: str) -> bool:
    """Read `true` or `false`; `yes` and `NO` are words."""
    if text not in {"true", "false"}:
        raise ValueError("true или false")
    return text == "true"


def operand(text: str) -> Operand:
    """Read a value or, after `$`, a reference; `$$` at the start is a dollar sign."""
    if not text.startswith("$"):
        return text
    if text.startswith("$$"):
        return text[1:]
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise ValueError("ссылка вида $шаг.request//xpath, $row.имя, $param.имя или $переменная")
    return Reference(text, found["head"], found["part"], found["xpath"], found["case"])


def xpath(text: str) -> str:
    """Refuse a path whose time grows with the square of a message.

    Inside a predicate it may look at children only; that it compiles is seen when its prefixes
    are known.
    """
    depth, inside = 0, []
    for sign in _QUOTED.sub("''", text):
        depth += (sign == "[") - (sign == "]")
        inside.append(sign if depth else " ")
    if _SEARCHES.search("".join(inside)):
        raise ValueError("XPath, в условиях которого нет поиска по документу (//, оси)")
    return text


def regex(text: str) -> re.Pattern[str]:
    """Compile a pattern that cannot run away on a value of `MOST_MATCHED` characters."""
    if _REPEATED_GROUP.search(text) or _BACKWARDS.search(text):
        raise ValueError("выражение без повторяемых групп и обратных ссылок")
    if len(_UNBOUNDED.findall(text)) > _MOST_UNBOUNDED:
        raise ValueError(f"выражение, где знаков * и + не больше {_MOST_UNBOUNDED}")
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError("регулярное выражение Python") from error


READERS: dict[str, Callable[[str], Any]] = {
    "duration": duration,
    "integer": integer,
    "boolean": boolean,
    "operand": operand,
    "xpath": xpath,
    "regex": regex,
}
"""By the `format` of the schema. Each raises ValueError that says what is allowed."""
