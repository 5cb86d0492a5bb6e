"""Takes the documentation of a contract apart: it is written for people and told in tables too.

The habits it relies on are those of every WSDL and XSD of ours, and the tests hold them to it: an
operation says its key («Ключ повтора — …» or «ключа повтора нет») and its reactions («Коды
результата: …», «Ошибки: …»); a code says whether it is final and what the client does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[А-ЯЁA-Z])")
_NO_KEY = "ключа повтора нет"
_READ_ONLY = "Ничего не меняет"
_ADDRESS = "Адрес в этом файле"
_CHANGES = "Изменения"
_REACTIONS = re.compile(r"(?:Коды результата|Ошибки): |Ошибка (?=[A-Z])")
_REACTION = re.compile(r"([A-Z0-9_]+(?:, [A-Z0-9_]+)*) — (.+)", re.DOTALL)
_CHARACTER = re.compile(
    r"(?<![А-Яа-яё])(Окончательн|Повторим|Промежуточн)[а-яё]+"
    r"(?P<scope> для этого [а-яё]+)?(?:[:;] ?|\.(?= |$) ?)",
    re.IGNORECASE,
)
_ALL_FINAL = re.compile(r"Все(?:, кроме [A-Z0-9_, ]+,)? окончательн")


class Character(Enum):
    """Whether the same message may get another answer later."""

    FINAL = "окончательный"
    REPEAT = "повторить"
    INTERIM = "промежуточное"


_CHARACTERS = {
    "окончательн": Character.FINAL,
    "повторим": Character.REPEAT,
    "промежуточн": Character.INTERIM,
}


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the client does on some codes of one operation."""

    codes: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class OperationStory:
    """An operation's documentation in parts."""

    summary: str
    details: tuple[str, ...]
    """Sentences that are neither key nor reaction."""
    key: str | None
    """By which a repeat is recognised; None when there is nothing to recognise."""
    read_only: bool
    reactions: tuple[Reaction, ...]


@dataclass(frozen=True, slots=True)
class CodeStory:
    """Documentation of one code in parts."""

    meaning: str
    character: Character | None
    action: str
    """Empty when there is nothing to do or nothing is said apart from the meaning."""


def tell_service(documentation: str) -> str:
    """Return what a service does: its documentation without the title and the note on addresses."""
    _, *rest = _SENTENCE_END.split(documentation)
    return " ".join(sentence for sentence in rest if not sentence.startswith(_ADDRESS))


def tell_changes(remarks: str) -> str:
    """Return what a version changed, from what its WSDL says of itself; empty when it is silent."""
    return " ".join(said for said in _SENTENCE_END.split(remarks) if said.startswith(_CHANGES))


def tell_operation(documentation: str) -> OperationStory:
    """Take the documentation of an operation apart."""
    summary, *rest = _SENTENCE_END.split(documentation)
    key: str | None = None
    details: list[str] = []
    reactions: list[Reaction] = []
    read_only = False
    for sentence in rest:
        if sentence.startswith(_READ_ONLY):
            read_only = True
        elif sentence.startswith("Ключ повтора"):
            key = _capital(sentence.removeprefix("Ключ повтора").lstrip(" —"))
        elif _REACTIONS.match(sentence):
            found, rest_of = _reactions(_REACTIONS.sub("", sentence, count=1))
            reactions.extend(found)
            details.extend(rest_of)
        else:
            details.append(sentence)
    return OperationStory(summary, tuple(details), key, read_only, tuple(reactions))


def tell_code(documentation: str, type_documentation: str = "") -> CodeStory:
    """Take the documentation of an enumeration's value apart.

    What the whole type says («Все окончательные», «Все, кроме NOT_READY, окончательные») holds
    where the value itself is silent; then its last sentence is what to do.
    """
    found = _CHARACTER.search(documentation)
    if found is not None:
        character = _CHARACTERS[found[1].lower()]
        meaning = documentation[: found.start()].strip()
        return CodeStory(meaning, character, _capital(documentation[found.end() :].strip()))
    if _ALL_FINAL.search(type_documentation):
        *meaning_, action = _SENTENCE_END.split(documentation)
        return CodeStory(" ".join(meaning_), Character.FINAL, action)
    return CodeStory(documentation, None, "")


def _reactions(text: str) -> tuple[list[Reaction], list[str]]:
    parts = [_REACTION.fullmatch(part.strip().rstrip(".")) for part in text.split("; ")]
    if not all(parts):
        return [], [_capital(text)]
    return list(_told(parts)), []


def _told(parts: list[re.Match[str] | None]) -> Iterator[Reaction]:
    for part in parts:
        if part is not None:
            yield Reaction(tuple(part[1].split(", ")), f"{_capital(part[2])}.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
