"""SVC-08 UpsertDirectory, GetDirectory: what municipal bodies keep (MEAL-CAT-04, MEAL-CAT-05)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from adapters.meals import access, errors, messages, spans
from adapters.meals.access import Function
from adapters.meals.messages import Directory, DirectoryItemType
from adapters.meals.repository import admin_requests, directories
from adapters.meals.repository.directories import Item, Place
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import CompensationMode
from gateway.kernel.errors import Finding, ValidationError
from registry.calendar import local_date

_HUNDRED = Decimal(100)


def upsert_directory(
    received: Received[messages.UpsertDirectoryRequest], work: Work
) -> messages.UpsertDirectoryResponse:
    """Enter or change rows of a directory, all or none (MEAL-CAT-04).

    What is entered already changes nothing. Raises NotAllowed, ValidationError, InUse.
    """
    request = received.request
    actor = access.admit(received, work, Function.KEEP_DIRECTORIES)
    municipality, directory = request.municipality_code, request.directory.value
    access.require_municipality(work.database, actor, municipality)
    admin_requests.hold_municipality(work.database, municipality)
    given = _items(request)
    codes = {one.code for one in given}
    before = directories.of_codes(work.database, municipality, directory, codes)
    known = {one.key: one for one in before}
    changed = [one for one in given if known.get(one.key) != one]
    version = directories.version_of(work.database, municipality, directory)
    if not changed:
        return messages.UpsertDirectoryResponse(version=version)
    after = {**known, **{one.key: one for one in changed}}
    _check_order(after.values())
    _check_use(known, after, changed, request, work)
    directories.put(work.database, municipality, directory, changed, version + 1, received.entry)
    directories.add_version(
        work.database,
        municipality,
        directory,
        version + 1,
        received.digest,
        work.now,
        received.entry,
    )
    return messages.UpsertDirectoryResponse(version=version + 1)


def get_directory(
    received: Received[messages.GetDirectoryRequest], work: Work
) -> messages.GetDirectoryResponse:
    """Return a directory by code and first day; raise NotAllowed, ValidationError."""
    request = received.request
    actor = access.admit(received, work, Function.READ_DIRECTORIES)
    municipality, directory = request.municipality_code, request.directory.value
    access.require_municipality(work.database, actor, municipality)
    page = paging.page_of(request.page)
    found = directories.page_of(
        work.database,
        municipality,
        directory,
        request.as_of,
        _place_after(page.cursor),
        page.limit + 1,
    )
    shown = found[: page.limit]
    return messages.GetDirectoryResponse(
        version=directories.version_of(work.database, municipality, directory),
        item=[_shown(one) for one in shown],
        next_cursor=_cursor(shown[-1]) if len(found) > len(shown) else None,
    )


def _items(request: messages.UpsertDirectoryRequest) -> list[Item]:
    """Return the rows of a request; raise ValidationError naming every wrong place."""
    findings = [
        finding
        for number, row in enumerate(request.item, 1)
        for finding in _wrong(request.directory, row, f"/UpsertDirectoryRequest/item[{number}]")
    ]
    items = [one for row in request.item for one in _rows(row)]
    if not findings:
        findings = list(_repeated(items))
    if findings:
        raise ValidationError(findings=tuple(findings))
    return items


def _wrong(directory: Directory, row: DirectoryItemType, path: str) -> Iterator[Finding]:
    if row.valid_to is not None and row.valid_to < row.valid_from:
        yield Finding("Последний день раньше первого.", path=f"{path}/validTo")
    yield from _wrong_age(directory, row, path)
    yield from _wrong_rule(directory, row, path)


def _wrong_age(directory: Directory, row: DirectoryItemType, path: str) -> Iterator[Finding]:
    ages = (row.age_from, row.age_to)
    if directory is not Directory.AGE_CATEGORIES:
        if ages != (None, None):
            yield Finding("Возраст бывает только у возрастной категории.", path=path)
    elif row.age_from is None or row.age_to is None:
        yield Finding("У возрастной категории нужны ageFrom и ageTo.", path=path)
    elif row.age_to < row.age_from:
        yield Finding("ageTo меньше ageFrom.", path=f"{path}/ageTo")


def _wrong_rule(directory: Directory, row: DirectoryItemType, path: str) -> Iterator[Finding]:
    if directory is not Directory.PCHVR_CATEGORIES:
        if row.mode is not None or row.value is not None or row.meal_type:
            yield Finding("Возмещение бывает только у категории ПЧВР.", path=path)
    elif row.mode is None:
        yield Finding("У категории ПЧВР нужен mode.", path=path)
    elif row.mode is CompensationMode.FULL:
        if row.value is not None:
            yield Finding("При FULL value не указывается.", path=f"{path}/value")
    elif row.value is None:
        yield Finding("При PERCENT и AMOUNT нужен value.", path=path)
    elif row.mode is CompensationMode.PERCENT and row.value > _HUNDRED:
        yield Finding("Больше 100 процентов.", path=f"{path}/value", value=str(row.value))


def _rows(row: DirectoryItemType) -> Iterator[Item]:
    for meal_type in row.meal_type or [""]:
        yield Item(
            row.code,
            meal_type,
            row.valid_from,
            row.valid_to,
            row.name,
            row.age_from,
            row.age_to,
            None if row.mode is None else row.mode.value,
            None if row.value is None else int(row.value * _HUNDRED),
        )


def _repeated(items: Iterable[Item]) -> Iterator[Finding]:
    seen = set()
    for one in items:
        if one.key in seen:
            yield Finding(
                "Код с этой датой начала назван в сообщении дважды.", rule="unique", value=one.code
            )
        seen.add(one.key)


def _check_order(items: Iterable[Item]) -> None:
    """Raise ValidationError where rows of one code and meal have a day in common."""
    by_meal: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for one in items:
        by_meal[one.code, one.meal_type].append(one)
    overlapping = tuple(
        Finding(
            f"Строки кода пересекаются: с {earlier.valid_from:%d.%m.%Y} и с "
            f"{later.valid_from:%d.%m.%Y}.",
            rule="validTo",
            value=later.code,
            advice="Закройте прежнюю строку датой validTo накануне новой, в этом же сообщении.",
        )
        for rows in by_meal.values()
        for earlier, later in _neighbours(rows)
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from
    )
    if overlapping:
        raise ValidationError(findings=overlapping)


def _neighbours(rows: list[Item]) -> Iterator[tuple[Item, Item]]:
    in_order = sorted(rows, key=lambda one: one.valid_from)
    return pairwise(in_order)


def _check_use(
    known: Mapping[tuple[str, str, date], Item],
    after: Mapping[tuple[str, str, date], Item],
    changed: Iterable[Item],
    request: messages.UpsertDirectoryRequest,
    work: Work,
) -> None:
    """Raise InUse when a code that is closed now is used on a day that nothing covers any more.

    Between its first and its last use a code counts as used all the time.
    """
    closed = {one.code for one in changed if _is_shorter(one, known.get(one.key))}
    if not closed:
        return
    uses = directories.uses_of(
        work.database,
        request.municipality_code,
        request.directory.value,
        closed,
        local_date(work.now),
    )
    findings = tuple(
        Finding("Код ещё используется после этого дня.", rule="validTo", value=code)
        for code, use in sorted(uses.items())
        if any(gap.meets(use) for gap in spans.gaps(_spans(after.values(), code)))
    )
    if findings:
        raise errors.InUse(findings=findings)


def _is_shorter(one: Item, before: Item | None) -> bool:
    if before is None:
        return False
    return spans.span(one.valid_from, one.valid_to) < spans.span(before.valid_from, before.valid_to)


def _spans(items: Iterable[Item], code: str) -> list[spans.Span]:
    return [spans.span(one.valid_from, one.valid_to) for one in items if one.code == code]


def _shown(one: Item) -> DirectoryItemType:
    return DirectoryItemType(
        code=one.code,
        name=one.name,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        age_from=one.age_from,
        age_to=one.age_to,
        mode=None if one.mode is None else CompensationMode(one.mode),
        value=None if one.value is None else Decimal(one.value).scaleb(-2),
        meal_type=[one.meal_type] if one.meal_type else [],
    )


def _cursor(one: Item) -> str:
    return json.dumps([one.code, one.valid_from.isoformat(), one.meal_type], ensure_ascii=False)


def _place_after(cursor: str | None) -> Place:
    if cursor is None:
        return Place()
    try:
        code, first, meal_type = json.loads(cursor)
        return Place(str(code), date.fromisoformat(first).isoformat(), str(meal_type))
    except (ValueError, TypeError):
        raise paging.foreign_cursor(cursor) from None
