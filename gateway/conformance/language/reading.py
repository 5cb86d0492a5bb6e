"""YAML read strictly: every scalar is a string, and nothing in the file acts at a distance.

YAML 1.1 by itself turns `NO` into false, `3.10` into 3.1 and `12:30` into 750; only the schema of
the language says what is a number. Duplicate keys, anchors, aliases, tags and directives are
refused: what stands on a line is all that it means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from gateway.conformance.errors import SuiteBroken
from gateway.kernel.errors import Finding

MOST_BYTES = 256 * 1024
DEEPEST = 16
"""Levels of nesting; the language itself needs eight."""
MOST_NODES = 20_000

Path = tuple[str | int, ...]

_REFUSED = {
    yaml.AliasToken: "ссылка «*»",
    yaml.AnchorToken: "якорь «&»",
    yaml.TagToken: "тег «!»",
    yaml.DirectiveToken: "директива «%»",
    yaml.DocumentStartToken: "разделитель документов «---»",
}
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the language as it was written."""

    file: str
    data: Any
    """Dictionaries, lists and strings."""
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of the nearest thing that stands at or around `path`."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def read(file: str, octets: bytes) -> Source:
    """Read a file; raise SuiteBroken."""
    if len(octets) > MOST_BYTES:
        raise _broken(file, f"Файл больше {MOST_BYTES // 1024} КиБ.", None)
    try:
        text = octets.decode("utf-8")
        _look_through(file, text)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except UnicodeDecodeError as error:
        raise _broken(file, "Файл не в кодировке UTF-8.", None) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise _broken(file, f"Это не YAML: {error.problem or error.context}.", line) from error
    except yaml.YAMLError as error:  # characters that YAML does not allow
        raise _broken(file, "Недопустимый в YAML знак.", None) from error
    if node is None:
        raise _broken(file, "Файл пуст.", None)
    lines: dict[Path, int] = {}
    return Source(file, _plain(file, node, (), lines), lines)


def _look_through(file: str, text: str) -> None:
    """Refuse what the language does without, before anything recursive sees it."""
    depth = 0
    for count, token in enumerate(_tokens(text)):
        line = token.start_mark.line + 1
        refused = _REFUSED.get(type(token))
        if refused is not None:
            raise _broken(file, f"В файлах испытаний не допускается {refused}.", line)
        depth += isinstance(token, _OPENING)
        depth -= isinstance(token, _CLOSING)
        if depth > DEEPEST:
            raise _broken(file, f"Вложенность больше {DEEPEST} уровней.", line)
        if count > MOST_NODES:
            raise _broken(file, f"В файле больше {MOST_NODES} элементов.", line)


def _tokens(text: str) -> Iterator[Any]:
    yield from yaml.scan(text, Loader=yaml.BaseLoader)


def _plain(file: str, node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:  # noqa: ANN401
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(file, item, (*path, index), lines) for index, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _broken(file, "Ключом может быть только слово.", line)
        if key.value in found:
            raise _broken(file, f"Ключ «{key.value}» повторяется.", line)
        lines[(*path, key.value)] = line
        found[key.value] = _plain(file, value, (*path, key.value), lines)
    return found


def _broken(file: str, text: str, line: int | None) -> SuiteBroken:
    advice = "Смотрите описание языка испытаний: docs/conformance.md."
    return SuiteBroken(file, (Finding(text, line=line, rule="yaml", advice=advice),))
