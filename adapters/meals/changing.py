"""How a class teacher comes to a request, and how a request is changed: one story for SVC-07.

A change names the version it was decided upon and makes the next one. The same change again gets
the first answer; another one upon that version is too late (STALE_VERSION).
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from lxml import etree

from adapters.meals import access, times
from adapters.meals.access import Actor, Function, Role
from adapters.meals.errors import CutOffPassed, LineNotInRequest
from adapters.meals.repository import changes, requests
from adapters.meals.repository.changes import Change
from adapters.meals.repository.requests import ClassRequest, Key, Line
from gateway.adapter import Received, Work
from gateway.contracts import codec
from gateway.contracts.messages.common import RequestState
from gateway.kernel import xml
from gateway.kernel.errors import Finding, NotAllowed, StaleVersion, ValidationError


class Duplicable(Protocol):
    """An answer that says whether it is the first one again."""

    duplicate: bool


class Named(Protocol):
    """A row of a message that names a line of the request."""

    account: str
    meal_type: str


Answer = TypeVar("Answer", bound=Duplicable)


def admit_teacher(received: Received[Any], work: Work, function: Function) -> Actor:
    """Return the class teacher for whom a message is sent; raise NotAllowed for anybody else."""
    actor = access.admit(received, work, function)
    if actor.role is not Role.CLASS_TEACHER:
        raise NotAllowed
    return actor


def own_request(work: Work, actor: Actor, request_id: str, *, held: bool = False) -> ClassRequest:
    """Return a request of a teacher's own class; of another one and of none raise NotAllowed.

    A request that is not there costs the same statements as a foreign one.
    """
    request = requests.find(work.database, UUID(request_id))
    access.require_class(work.database, actor, "" if request is None else request.class_code)
    if request is None:
        raise NotAllowed
    return requests.hold(work.database, request.id) if held else request


def change(
    received: Received[Any],
    work: Work,
    cls: type[Answer],
    decide: Callable[[ClassRequest], Answer],
) -> Answer:
    """Change a request once, and answer the same change with the first answer for ever.

    `decide` is given the request in its next version. Raises NotAllowed, StaleVersion,
    CutOffPassed and what `decide` raises.
    """
    actor = admit_teacher(received, work, Function.REQUEST)
    message = received.request
    request = own_request(work, actor, message.request_id, held=True)
    before = changes.answered(work.database, request.id, message.version)
    if before is not None:
        digest, answer = before
        if digest != received.digest:
            raise StaleVersion
        first = codec.decode(cls, etree.fromstring(answer, xml.parser()))
        first.duplicate = True
        return first
    if times.is_closed(request.day, work.now):
        raise CutOffPassed
    if request.version != message.version:
        raise StaleVersion
    given = decide(request._replace(version=request.version + 1))
    octets = codec.octet_encoder(cls)(given)
    made = Change(received.digest, octets, actor.person or "", work.now, received.entry)
    changes.keep(work.database, request.id, request.version, made)
    return given


def named_lines(
    request: ClassRequest, rows: Iterable[Named], lines: Iterable[Line], path: str
) -> dict[Key, Line]:
    """Return the lines of a request that rows of a message name.

    `path` is the place of the rows. Raises ValidationError for a line that is named twice,
    LineNotInRequest.
    """
    numbered = [((row.account, row.meal_type), f"{path}[{n}]") for n, row in enumerate(rows, 1)]
    _control_repeats(numbered)
    standing = {line[:2]: line for line in lines}
    unknown = [(key, place) for key, place in numbered if key not in standing]
    if unknown:
        text = f"В заявке класса {request.class_name} на {request.day:%d.%m.%Y} нет такой строки."
        raise LineNotInRequest(
            findings=tuple(
                Finding(text, path=place, rule=LineNotInRequest.code, value="/".join(key))
                for key, place in unknown
            )
        )
    return {key: standing[key] for key, _ in numbered}


def shown_state(request: ClassRequest, work: Work) -> RequestState:
    """Return the state as a client sees it: after 23:00 a request is closed, timed job or not."""
    if times.is_closed(request.day, work.now):
        return RequestState.LOCKED
    return RequestState(request.state)


def _control_repeats(numbered: Iterable[tuple[Key, str]]) -> None:
    seen: set[Key] = set()
    findings = []
    for key, place in numbered:
        if key in seen:
            text = "Эта строка уже названа выше; оставьте одну."
            findings.append(Finding(text, path=place, rule="unique", value="/".join(key)))
        seen.add(key)
    if findings:
        raise ValidationError(findings=tuple(findings))
