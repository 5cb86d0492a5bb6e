"""What a template is given: every slot of a form as text a Russian reads, or nothing.

A date is {day, month, year, short}; a group of slots that is absent has all its slots absent; a
list stays a list. Nothing in it is ever part of a template's source.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from gateway.documents.form import Form, Identity, Value
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)

_CONTOURS = {Contour.TEST: "тестовый", Contour.PROD: "продуктивный"}

View = Mapping[str, Any]


def view(form: Form, identity: Identity) -> View:
    """Return what a template shows of a document."""
    return {
        **_slots(type(form), form),
        "document_id": str(identity.document_id),
        "number": identity.number,
        "date": _date(identity.date),
    }


def view_of(value: Value) -> View:
    """Return what a template shows of a value that is no document."""
    return _slots(type(value), value)


def _slots(cls: type[Any], value: Value | None) -> dict[str, Any]:
    return {
        name: _shown(kind, many=many, value=None if value is None else getattr(value, name))
        for name, kind, many in _kinds(cls)  # type: ignore[arg-type]  # classes are hashable
    }


@cache
def _kinds(cls: type[Any]) -> tuple[tuple[str, Any, bool], ...]:
    """Return name, type of one value and whether there are several, of every field."""
    hints = typing.get_type_hints(cls)
    return tuple((item.name, *_kind(hints[item.name])) for item in fields(cls))


def _kind(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 -- a type in any notation
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0], True
    if isinstance(hint, types.UnionType):
        return next(k for k in typing.get_args(hint) if k is not types.NoneType), False
    return hint, False


def _shown(kind: Any, *, many: bool, value: Any) -> Any:  # noqa: ANN401 -- by the kind
    if many:
        return [_shown(kind, many=False, value=item) for item in value or ()]
    if issubclass(kind, Value):
        return _slots(kind, value)
    if kind is date:
        return _date(value)
    return None if value is None else _text(value)


def _date(day: date | None) -> dict[str, str | None]:
    if day is None:
        return dict.fromkeys(("day", "month", "year", "short"))
    return {
        "day": f"{day.day:02d}",
        "month": MONTHS[day.month - 1],
        "year": str(day.year),
        "short": f"{day:%d.%m.}{day.year}",
    }


def _text(value: object) -> str:
    match value:
        case bool():
            return "да" if value else "нет"
        case Contour():
            return _CONTOURS[value]
        case Enum():
            return str(value.value)
        case datetime():
            return f"{value.astimezone(LOCAL):%d.%m.%Y %H:%M:%S}"
        case Decimal():
            return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
        case _:
            return str(value)
