"""States of an application on the portal (techCode), and which may follow which.

The table is data: the packaged one has the codes and titles of the portals, an operator's own file
may stand in its place. It is read once, at start, and a broken one stops the hub.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registry.portal_services import PortalService

ACCEPTED = 1
"""Принято от заявителя: the hub has taken the application."""
SENT = 2
"""Отправлено в ведомство: the department has it."""
DONE = 3
"""Исполнено."""
TAKEN = 6
"""Принято ведомством."""
UNDELIVERED = 5
"""Ошибка отправки в ведомство: the hub has given up for now."""
CANCELLING = 9
"""В процессе отмены: the department has been asked."""
NOT_CANCELLED = 11
"""Неподтвержденная отмена: the department goes on with it."""
NOT_PROVEN = frozenset({ACCEPTED, UNDELIVERED})
"""As far as the hub knows, the department does not have the application."""
CORRECTABLE = frozenset({14, 15})
"""The department waits for the applicant to add to the application or to correct it."""

_OURS = {
    ACCEPTED: frozenset({SENT}),
    SENT: frozenset({UNDELIVERED}),
    UNDELIVERED: frozenset({SENT}),
}
"""Transitions that the hub makes by itself: no table may forbid them."""
_LONGEST_TITLE = 255
_CODES = range(1000)
_FIELDS = {"state": {"code", "title", "next", "final"}, "message": {"code", "title"}}
_PACKAGED = "statuses.toml"


class StatusesBroken(Exception):
    """The table of states does not do; the text says where and why, in Russian."""


@dataclass(frozen=True, slots=True)
class Statuses:
    """The states, the messages and the transitions of one table."""

    titles: Mapping[int, str]
    """Of states and messages."""
    follows: Mapping[int, frozenset[int]]
    """By state: those that may come next; none after a final one."""

    @property
    def codes(self) -> frozenset[int]:
        """Every code, of states and of messages."""
        return frozenset(self.titles)

    def title(self, code: int) -> str:
        """Return how the applicant sees it; raise KeyError for an unknown code."""
        return self.titles[code]

    def title_of(self, code: int) -> str:
        """Return the same, also for a code that the table has no more."""
        return self.titles.get(code, f"Статус {code}")

    @property
    def final(self) -> frozenset[int]:
        """The states that nothing comes after."""
        return frozenset(code for code, following in self.follows.items() if not following)

    def is_state(self, code: int) -> bool:
        """Tell whether the code is a state: neither unknown nor a message."""
        return code in self.follows

    def is_message(self, code: int) -> bool:
        """Tell whether the code says something without changing the state."""
        return code in self.titles and code not in self.follows

    def is_final(self, code: int) -> bool:
        """Tell whether nothing comes after the state."""
        return self.is_state(code) and not self.follows[code]

    def may(self, before: int, after: int) -> bool:
        """Tell whether `after` may come next after `before`."""
        return after in self.follows.get(before, ())

    def of_org_code(self, service: PortalService, org_code: str) -> int | None:
        """Return what a department's own code means for its service, or None if nobody said.

        A code that an operator's new table no longer has is nobody's either.
        """
        code = service.tech_codes.get(org_code)
        return code if code in self.titles else None


def load(file: Path | None = None) -> Statuses:
    """Read the operator's own table, or the packaged one; raise StatusesBroken."""
    source = files(__package__).joinpath(_PACKAGED) if file is None else file
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StatusesBroken(f"{file}: не читается: {error}") from error
    try:
        return read(text)
    except StatusesBroken as error:
        raise StatusesBroken(f"{source.name}: {error}") from error


def read(text: str) -> Statuses:
    """Read a table; raise StatusesBroken with the first reason why it does not do."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StatusesBroken(f"не TOML: {error}") from error
    entries = list(_entries(table))
    titles: dict[int, str] = {}
    for kind, entry in entries:
        code = _code(kind, entry)
        if code in titles:
            raise StatusesBroken(f"код {code} назван дважды")
        titles[code] = _title(code, entry)
    follows = {entry["code"]: _next(entry) for kind, entry in entries if kind == "state"}
    _check_transitions(titles, follows)
    _check_ways_out(follows)
    return Statuses(MappingProxyType(titles), MappingProxyType(follows))


def _entries(table: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    for kind in table:
        if kind not in _FIELDS:
            raise StatusesBroken(f"неизвестный раздел {kind}: бывают [[state]] и [[message]]")
        entries = table[kind]
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise StatusesBroken(f"раздел {kind} пишется как [[{kind}]]")
        for entry in entries:
            yield kind, entry


def _code(kind: str, entry: Mapping[str, Any]) -> int:
    code = entry.get("code")
    if type(code) is not int or code not in _CODES:
        raise StatusesBroken(f"[[{kind}]]: code — целое число от 0 до {_CODES[-1]}, а не {code!r}")
    for name in sorted(entry.keys() - _FIELDS[kind]):
        raise StatusesBroken(f"код {code}: неизвестное поле {name}")
    return code


def _title(code: int, entry: Mapping[str, Any]) -> str:
    title = entry.get("title")
    if not isinstance(title, str) or not title.strip() or len(title) > _LONGEST_TITLE:
        raise StatusesBroken(f"код {code}: нужен title, от 1 до {_LONGEST_TITLE} знаков")
    return title


def _next(entry: Mapping[str, Any]) -> frozenset[int]:
    code, final, following = entry["code"], entry.get("final", False), entry.get("next", [])
    if not isinstance(final, bool):
        raise StatusesBroken(f"состояние {code}: final — true или false")
    if not isinstance(following, list) or not all(type(one) is int for one in following):
        raise StatusesBroken(f"состояние {code}: next — список кодов")
    if final and following:
        raise StatusesBroken(f"состояние {code}: конечное, переходов из него не бывает")
    if not final and not following:
        raise StatusesBroken(f"состояние {code}: не конечное, но перейти из него некуда")
    return frozenset(following)


def _check_transitions(titles: Mapping[int, str], follows: Mapping[int, frozenset[int]]) -> None:
    for code, following in follows.items():
        for target in sorted(following):
            if target not in titles:
                raise StatusesBroken(f"состояние {code}: переход в неизвестный код {target}")
            if target not in follows:
                raise StatusesBroken(f"состояние {code}: {target} — сообщение, а не состояние")
    for code, needed in _OURS.items():
        for target in sorted(needed - follows.get(code, frozenset())):
            raise StatusesBroken(f"нет перехода {code} → {target}: его делает сам узел")
    if CANCELLING not in follows:
        raise StatusesBroken(f"нет состояния {CANCELLING}: его ставит сам узел")


def _check_ways_out(follows: Mapping[int, frozenset[int]]) -> None:
    """Refuse a state from which no final one is ever reached."""
    ending = {code for code, following in follows.items() if not following}
    while more := {code for code, nexts in follows.items() if nexts & ending} - ending:
        ending |= more
    for code in sorted(follows.keys() - ending):
        raise StatusesBroken(f"состояние {code}: из него не прийти ни в одно конечное")
