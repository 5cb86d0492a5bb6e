"""What every form is made of, and how a document is told from all others (section D)."""

import datetime as dt
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from gateway.contracts.lexical import collapse
from gateway.documents.kinds import DocType


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Some slots of a form. A fact that is absent is None and stays a blank line.

    Texts are one line each: runs of spaces become one, and an empty text is an absent fact.
    """

    def __post_init__(self) -> None:
        """Tidy the texts, so that equal documents are equal values."""
        for item in fields(self):
            object.__setattr__(self, item.name, _tidy(getattr(self, item.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Value):
    """All slots of one form."""

    doc_type: ClassVar[DocType]


@dataclass(frozen=True, slots=True)
class Identity:
    """What the hub gives a document; a number and a date may still be to come."""

    document_id: UUID
    number: str | None = None
    """Per type and year, see `kinds.number_of`."""
    date: dt.date | None = None


class FileFormat(Enum):
    """In what a document can be had; the value is the ending of its file's name."""

    XML = "xml"
    PDF = "pdf"
    DOCX = "docx"


def several(element: str) -> Any:  # noqa: ANN401 -- as dataclasses.field itself
    """Declare a field of any number of values, each in an XML `element` of this name."""
    return field(default=(), metadata={"element": element})


def _tidy(value: object) -> object:
    if isinstance(value, str):
        return collapse(value) or None
    if isinstance(value, tuple):
        return tuple(_tidy(item) for item in value)
    return value
