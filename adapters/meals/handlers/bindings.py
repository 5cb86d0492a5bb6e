"""SVC-08 BindSchool, EndBinding, ListBindings: who feeds a school (MEAL-ADM-02, MEAL-CAT-15)."""

import json
from datetime import date
from uuid import UUID

from adapters.meals import access, errors, messages, spans, times
from adapters.meals.access import Actor, Function
from adapters.meals.handlers import repeats, scoping
from adapters.meals.repository import accounts, admin_requests, bindings, directories
from adapters.meals.repository.bindings import Binding, Place
from adapters.meals.repository.directories import MENU_TYPES
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.kernel.errors import (
    Finding,
    IllegalTransition,
    NotAllowed,
    NotFound,
    ValidationError,
)
from gateway.kernel.message import Participant
from registry.calendar import local_date
from registry.kinds import ParticipantKind
from registry.onboarding.access import OPEN_STATES

_BIND, _END = "BindSchool", "EndBinding"


def bind_school(
    received: Received[messages.BindSchoolRequest], work: Work
) -> messages.BindSchoolResponse:
    """Bind a school or a building to an organizer by days (MEAL-ADM-02).

    Raises NotAllowed, DuplicateConflict, ValidationError, NotFound, LockedDay, CategoryUnknown,
    OrganizerNotActive, BindingOverlap.
    """
    request = received.request
    actor = access.admit(received, work, Function.BIND)
    place = access.require_school(work.database, actor, request.school_code)
    admin_requests.hold_schools(work.database, frozenset({request.school_code}))
    answered = repeats.first_answer(received, work, actor, _BIND, request.bind_id)
    if answered is not None:
        return messages.BindSchoolResponse(binding_id=answered)
    _check_days(request, work)
    _check_building(request, work)
    _check_menu_types(request, work, place.municipality or "")
    organizer = _organizer(request.organizer_inn, work)
    _check_overlap(request, work)
    binding = _binding(request, work.identifiers())
    bindings.add_organizer(work.database, request.organizer_inn, organizer.name)
    bindings.add(
        work.database,
        binding,
        UUID(request.bind_id),
        request.contract.menu_type_code,
        received.digest,
        received.entry,
    )
    accounts.follow_school(work.database, binding.school, local_date(work.now))
    repeats.keep_answer(received, work, actor, _BIND, request.bind_id, str(binding.id))
    return messages.BindSchoolResponse(binding_id=str(binding.id))


def end_binding(
    received: Received[messages.EndBindingRequest], work: Work
) -> messages.EndBindingResponse:
    """Let a binding end with a day that is not closed yet; balances stay where they are (H-17).

    Raises NotAllowed, NotFound, DuplicateConflict, LockedDay, IllegalTransition, ValidationError.
    """
    request = received.request
    actor = access.admit(received, work, Function.BIND)
    binding = _own_binding(work, actor, UUID(request.binding_id))
    answered = repeats.first_answer(received, work, actor, _END, request.bind_id)
    if answered is None:
        _check_last_day(binding, request.last_day, work)
        bindings.end(work.database, binding.id, request.last_day)
        answered = request.last_day.isoformat()
        repeats.keep_answer(received, work, actor, _END, request.bind_id, answered)
    return messages.EndBindingResponse(
        binding_id=str(binding.id), valid_to=date.fromisoformat(answered)
    )


def list_bindings(
    received: Received[messages.ListBindingsRequest], work: Work
) -> messages.ListBindingsResponse:
    """List bindings in the scope, those of the past and the future too (MEAL-ADM-05).

    Raises NotAllowed, ValidationError.
    """
    request = received.request
    actor = access.admit(received, work, Function.VIEW_BINDINGS)
    scope = scoping.narrowed(work, actor, school=request.school_code)
    if request.organizer_inn is not None:
        scope = scope._replace(organizers=frozenset({request.organizer_inn}))
    page = paging.page_of(request.page)
    found = bindings.page_of(work.database, scope, _place_after(page.cursor), page.limit + 1)
    shown = found[: page.limit]
    menu_types = bindings.menu_types_of(work.database, [one.id for one in shown])
    return messages.ListBindingsResponse(
        binding=[_shown(one, menu_types[one.id]) for one in shown],
        next_cursor=_cursor(shown[-1]) if len(found) > len(shown) else None,
    )


def _check_days(request: messages.BindSchoolRequest, work: Work) -> None:
    if request.valid_to is not None and request.valid_to < request.valid_from:
        raise _invalid("Последний день раньше первого.", "/BindSchoolRequest/validTo")
    if times.is_closed(request.valid_from, work.now):
        raise errors.LockedDay


def _check_building(request: messages.BindSchoolRequest, work: Work) -> None:
    code = request.building_code
    if code is not None and not bindings.has_building(work.database, request.school_code, code):
        raise NotFound("В школе нет корпуса с таким кодом.")


def _check_menu_types(request: messages.BindSchoolRequest, work: Work, municipality: str) -> None:
    known = directories.spans_of(work.database, [municipality], [MENU_TYPES])
    day = spans.Span(request.valid_from, request.valid_from)
    unknown = tuple(
        Finding(
            "В справочнике видов меню такого кода на эту дату нет.",
            path=f"/BindSchoolRequest/contract/menuTypeCode[{number}]",
            value=code,
        )
        for number, code in enumerate(request.contract.menu_type_code, 1)
        if not spans.cover(known.get((municipality, MENU_TYPES, code), ()), day)
    )
    if unknown:
        raise errors.CategoryUnknown(findings=unknown)


def _organizer(inn: str, work: Work) -> Participant:
    """Return the organizer that may work in this contour; raise OrganizerNotActive."""
    for one in work.by_inn(inn):
        is_organizer = one.kind == ParticipantKind.ORGANIZER.value
        if is_organizer and one.state in OPEN_STATES[work.contour]:
            return one
    raise errors.OrganizerNotActive


def _check_overlap(request: messages.BindSchoolRequest, work: Work) -> None:
    days = spans.span(request.valid_from, request.valid_to)
    taken = bindings.overlapping(
        work.database, request.school_code, request.building_code or "", days.first, days.last
    )
    if taken is not None:
        finding = Finding(
            "На эти дни школа или корпус уже закреплены.", rule="bindingId", value=str(taken)
        )
        raise errors.BindingOverlap(findings=(finding,))


def _binding(request: messages.BindSchoolRequest, key: UUID) -> Binding:
    return Binding(
        key,
        request.school_code,
        request.building_code or "",
        request.organizer_inn,
        request.contract.number,
        request.contract.date,
        request.valid_from,
        request.valid_to,
    )


def _own_binding(work: Work, actor: Actor, key: UUID) -> Binding:
    """Return a binding of the scope, held; a foreign one and one that is not are alike NotFound."""
    binding = bindings.find(work.database, key)
    school = "" if binding is None else binding.school
    admin_requests.hold_schools(work.database, frozenset({school}))
    try:
        access.require_school(work.database, actor, school)
    except NotAllowed:
        raise NotFound from None
    held = bindings.find(work.database, key)
    if held is None:
        raise NotFound
    return held


def _check_last_day(binding: Binding, last_day: date, work: Work) -> None:
    if last_day < binding.valid_from:
        raise _invalid("Последний день раньше начала закрепления.", "/EndBindingRequest/lastDay")
    if times.is_closed(last_day, work.now):
        raise errors.LockedDay
    if binding.valid_to is not None and binding.valid_to < last_day:
        raise IllegalTransition(f"Закрепление уже завершено днём {binding.valid_to:%d.%m.%Y}.")


def _shown(binding: Binding, menu_types: list[str]) -> messages.BindingType:
    return messages.BindingType(
        binding_id=str(binding.id),
        school_code=binding.school,
        building_code=binding.building or None,
        organizer_inn=binding.organizer_inn,
        contract=messages.ContractType(
            number=binding.contract_number,
            date=binding.contract_date,
            menu_type_code=menu_types,
        ),
        valid_from=binding.valid_from,
        valid_to=binding.valid_to,
    )


def _cursor(binding: Binding) -> str:
    day = binding.valid_from.isoformat()
    return json.dumps([binding.school, binding.building, day, str(binding.id)], ensure_ascii=False)


def _place_after(cursor: str | None) -> Place:
    """Return the place that a cursor stands for, the very first without one."""
    if cursor is None:
        return Place()
    try:
        school, building, day, key = json.loads(cursor)
        return Place(
            str(school), str(building), date.fromisoformat(day).isoformat(), str(UUID(key))
        )
    except (ValueError, TypeError, AttributeError):
        raise paging.foreign_cursor(cursor) from None


def _invalid(text: str, path: str) -> ValidationError:
    return ValidationError(findings=(Finding(text, path=path),))
