"""JSON into the payload of a published schema, and typed responses into JSON.

The members of an object are the elements of the schema by their own names; an element that may
repeat is always an array. A number is taken as it is written, never through a float, and whatever
is allowed is for the schema to say: the payload built here is validated on the line.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NoReturn

from lxml import etree

from gateway.contracts.shape import Member, shape_of
from gateway.edge.rest.errors import JsonInvalid
from gateway.kernel.errors import Finding

MOST_DEPTH = 16
"""Levels of arrays and objects; no schema of ours comes near."""


def read(body: bytes) -> dict[str, Any]:
    """Read the object that a body is; nothing is one without members. Raise JsonInvalid."""
    if not body.strip():
        return {}
    try:
        found = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        _refuse("Тело запроса — не текст в UTF-8.", "/")
    except json.JSONDecodeError as error:
        _refuse(f"Это не JSON: {error.msg}, знак {error.colno}.", "/", error.lineno)
    except RecursionError:
        _refuse("Вложенность слишком велика.", "/")
    if not isinstance(found, dict):
        _refuse("Нужен объект JSON.", "/")
    return found


class Number(str):
    """A number of JSON as it is written."""

    __slots__ = ()


def payload(cls: type, values: Mapping[str, Any]) -> etree._Element:
    """Build the root element of a message class from values by name; raise JsonInvalid."""
    root = etree.Element(shape_of(cls).tag)
    _fill(root, cls, values, "", 0)
    return root


def as_written(cls: type, said: Mapping[str, str]) -> dict[str, str]:
    """Take texts of an address for values of JSON: where a number has to stand, they are one."""
    numbers = {
        etree.QName(member.tag).localname
        for member in shape_of(cls).members
        if member.type is not bool and issubclass(member.type, (int, Decimal))
    }
    return {name: Number(text) if name in numbers else text for name, text in said.items()}


def written(message: Any) -> dict[str, Any]:  # noqa: ANN401 -- any typed message
    """Return a typed message as values of JSON; what is not given is left out."""
    cls: Any = type(message)
    return {
        etree.QName(member.tag).localname: value
        for member in shape_of(cls).members
        if (value := _value(getattr(message, member.name))) is not None
    }


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        _refuse(f"Поле «{twice[:50]}» названо дважды.", "/")
    return found


def _no_number(text: str) -> NoReturn:
    _refuse(f"{text} — не число.", "/")


def _fill(
    parent: etree._Element, cls: type, values: Mapping[str, Any], place: str, depth: int
) -> None:
    members = {etree.QName(member.tag).localname: member for member in shape_of(cls).members}
    for name in values:
        if name not in members:
            allowed = ", ".join(members) or "ни одного"
            _refuse(f"Поля «{name[:50]}» здесь нет.", place or "/", advice=f"Поля: {allowed}.")
    for name, member in members.items():
        given = values.get(name)
        if given is None:
            continue
        at = f"{place}/{name}"
        if member.many != isinstance(given, list):
            _refuse("Нужен массив." if member.many else "Массив здесь не нужен.", at)
        for number, item in enumerate(given if member.many else [given]):
            _add(parent, member, item, f"{at}/{number}" if member.many else at, depth + 1)


def _add(parent: etree._Element, member: Member, item: Any, place: str, depth: int) -> None:  # noqa: ANN401 -- a value of JSON
    element = etree.SubElement(parent, member.tag)
    if is_dataclass(member.type):
        if not isinstance(item, dict) or depth > MOST_DEPTH:
            _refuse("Нужен объект.", place)
        _fill(element, member.type, item, place, depth)
        return
    try:
        element.text = _text(item, member)
    except (TypeError, ValueError):
        _refuse(f"Нужно: {_wanted(member)}.", place)


def _text(item: Any, member: Member) -> str:  # noqa: ANN401 -- a value of JSON
    """Return the text of an element; raise TypeError, ValueError for a value of another sort."""
    if isinstance(item, bool):
        if member.type is not bool:
            raise TypeError(item)
        return "true" if item else "false"
    numeric = issubclass(member.type, (int, Decimal)) and member.type is not bool
    if not isinstance(item, str) or isinstance(item, Number) != numeric:
        raise TypeError(item)
    return str(item)


def _wanted(member: Member) -> str:
    if member.type is bool:
        return "true или false"
    return "число" if issubclass(member.type, (int, Decimal)) else "строка"


def _value(value: Any) -> Any:  # noqa: ANN401 -- a value of JSON
    if is_dataclass(value):
        return written(value)
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _refuse(text: str, path: str, line: int | None = None, advice: str | None = None) -> NoReturn:
    raise JsonInvalid(findings=(Finding(text, line=line, path=path, rule="json", advice=advice),))
