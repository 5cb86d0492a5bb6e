"""A file against the JSON Schema of the language: what is wrong, where, and what is allowed."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language.reading import Path, Source
from gateway.conformance.language.scalars import READERS
from gateway.kernel.errors import Finding

Schema = dict[str, Any]

_TYPES = {"object": "таблица «ключ: значение»", "array": "список", "string": "строка"}
_MOST_SHOWN = 60


def checked(source: Source, schema_name: str) -> Any:  # noqa: ANN401 -- shaped by the schema
    """Return the file's values, converted as the schema says; raise SuiteBroken with all findings.

    Conversion is driven by the schema alone: only a `format` makes of a string anything else.
    """
    schema = load_schema(schema_name)
    errors = sorted(_validator(schema_name).iter_errors(source.data), key=_where)
    findings = tuple(
        Finding(
            text,
            line=source.line(path),
            path=pointer(path),
            rule=str(error.validator),
            advice=_advice(error),
        )
        for error in errors
        for path, text in _told(error)
    )
    if findings:
        raise SuiteBroken(source.file, findings)
    return _converted(source.data, schema, schema)


@cache
def load_schema(name: str) -> Schema:
    """Return a schema that lies beside this module."""
    loaded: Schema = json.loads(files(__package__).joinpath(name).read_text("utf-8"))
    return loaded


def pointer(path: Path) -> str:
    """Write a path as `/steps[2]/assert[1]`, counted from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f"/{step}" for step in path) or "/"


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker(formats=())
    for format_name, reader in READERS.items():
        checker.checks(format_name, raises=ValueError)(_accepts(reader))
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def _accepts(reader: Callable[[str], Any]) -> Callable[[object], bool]:
    def accepts(value: object) -> bool:
        if isinstance(value, str):
            reader(value)
        return True

    return accepts


def _where(error: ValidationError) -> list[str]:
    return [f"{step:08}" if isinstance(step, int) else str(step) for step in error.absolute_path]


def _told(error: ValidationError) -> Iterator[tuple[Path, str]]:
    path: Path = tuple(error.absolute_path)
    rule: Any = error.validator_value
    found: Any = error.instance
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
            for name in found:
                if name not in known:
                    yield (*path, name), f"Ключа «{name}» в языке нет."
        case "required":
            for name in rule:
                if name not in found and f"'{name}'" in error.message:
                    yield path, f"Нет обязательного ключа «{name}»."
        case "dependentRequired":
            for key, needed in rule.items():
                for name in needed:
                    if key in found and name not in found and f"'{name}'" in error.message:
                        yield (*path, key), f"Вместе с «{key}» нужен ключ «{name}»."
        case "oneOf":
            present = [name for name in _alternatives(rule) if name in found]
            count = f"стоят {_quoted(present)}" if present else "нет ни одного"
            yield path, f"Нужен ровно один из ключей-глаголов, а здесь {count}."
        case "type":
            yield path, f"Здесь должна стоять {_TYPES[rule]}."
        case "enum" | "const":
            yield path, f"Недопустимое значение {_shown(found)}."
        case "format" | "pattern":
            yield path, f"Значение {_shown(found)} записано не так, как принято в языке."
        case "minItems" | "minProperties" | "minLength":
            yield path, "Здесь ничего не указано."
        case "maxItems" | "maxLength":
            yield path, f"Больше допустимого: {rule}."
        case "not":
            for name in rule["required"]:
                yield (*path, name), f"Ключ «{name}» здесь не допускается."
        case _:
            yield path, f"Значение {_shown(found)} не подходит: {error.message}."


def _advice(error: ValidationError) -> str:
    rule: Any = error.validator_value
    match error.validator:
        case "additionalProperties" if isinstance(error.schema, dict):
            return f"Допустимы: {_quoted(error.schema.get('properties', {}))}."
        case "oneOf":
            return f"Выберите один: {_quoted(_alternatives(rule))}."
        case "enum":
            return f"Допустимы: {_quoted(rule)}."
        case "pattern":
            return f"Допустимо то, что подходит под выражение {rule}."
        case "format":
            return f"Допустимо: {error.cause}."
        case _:
            return "Смотрите описание языка испытаний: docs/conformance.md."


def _alternatives(branches: Iterable[Schema]) -> list[str]:
    return [branch["required"][0] for branch in branches]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def _shown(value: Any) -> str:  # noqa: ANN401
    text = str(value)
    return f"«{text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + '…'}»"


def _converted(value: Any, schema: Any, root: Schema) -> Any:  # noqa: ANN401
    if isinstance(schema, dict) and "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if not isinstance(schema, dict):
        return value
    if isinstance(value, list):
        return tuple(_converted(item, schema.get("items"), root) for item in value)
    if isinstance(value, dict):
        known, other = schema.get("properties", {}), schema.get("additionalProperties")
        return {
            name: _converted(item, known.get(name, other), root) for name, item in value.items()
        }
    reader = READERS.get(schema.get("format", ""))
    return reader(value) if reader else value
