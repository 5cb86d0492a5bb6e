"""The organizer of meals in the demo: an accounting program as 1C is, with a zip in plain SOAP 1.1.

It knows login and password, base64 and nothing newer: no signature, no MTOM.
"""

import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from adapters.meals.seed import DemoClass
from gateway.cli import meals_menu as menu
from gateway.cli.meals_days import Days, meal, period, told
from gateway.cli.program import (
    PATIENCE_SECONDS,
    Identity,
    Program,
    Say,
    expect,
    expected_fault,
)
from gateway.kernel.ports import Clock

_PAGE = {"limit": 1000}
_WAITING = {"RECEIVED", "PROCESSING"}


class Kitchen:
    """The organizer's program in the story."""

    def __init__(self, identity: Identity, led: DemoClass, clock: Clock, say: Say) -> None:
        """Read both WSDLs over HTTP."""
        self._program = Program(identity, clock, signed=False)
        self._menus = self._program.client("meals/menu-import")
        self._exchange = self._program.client("meals/organizer")
        self._led, self._say = led, say
        self._cursor: str | None = None

    def cook(self, days: Days) -> None:
        """Import dishes and complexes, publish them for days whose choice is open."""
        if days.missing_year is not None:
            self._refused_without_calendar(days)
            return
        self._import("ImportDishes", f"Блюда, {menu.DISHES} строк", menu.dishes_file())
        fresh = self._unpublished(days)
        if not fresh:
            self._say("    меню на эти дни передано прошлым показом")
            self._import_complexes("Те же комплексы ещё раз", menu.DEFAULTS, days.meals)
            return
        self._import_complexes(
            "По одному комплексу на приём пищи", (*menu.DEFAULTS, menu.BROKEN), fresh
        )
        short = self._publish(fresh)
        codes = {problem.code for problem in short.problem}
        expect(codes == {"MENU_MIN_COMPLEXES"}, f"меню с одним комплексом: {codes}")
        self._import_complexes("Вторые комплексы", menu.OTHERS, fresh)
        published = self._publish(fresh)
        expect(published.state == "PUBLISHED", f"публикация: {published.state}")

    def begin_to_follow(self) -> None:
        """Read the feed of order changes to its end: what comes later is new."""
        self._changes()

    def read_changes(self) -> None:
        """Tell what the feed has brought since it was last read."""
        changes = self._changes()
        kinds = Counter(change.kind for change in changes)
        counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        self._say(f"  GetOrderChanges с прошлого курсора: {counted}; последние:")
        for change in changes[-3:]:
            self._say(
                f"    № {change.seq}: {change.kind} {change.account},"
                f" {told(change.date)}, {meal(change.mealType)}, {change.complexCode or '—'}"
            )
        expect(changes, "подтверждённый заказ не дошёл до организатора")

    def read_orders(self, days: Days) -> None:
        """Tell how much is ordered on the days whose choice is open."""
        found = self._program.call(
            self._exchange,
            "GetParentOrders",
            period=period(days.meals),
            schoolCode=self._led.school,
            detail="AGGREGATE",
            page=_PAGE,
        )
        self._say(f"  GetParentOrders, {_listed(days.meals)}, строк {len(found.row)}; первые:")
        for row in found.row[:3]:
            self._say(
                f"    {told(row.date)}, {meal(row.mealType)},"
                f" {row.complexCode or row.itemCode}: {row.qty} шт."
            )
        expect(found.row, "заказов нет")

    def count_eaters(self, days: Days) -> None:
        """Tell by the requests of classes how many eat today."""
        found = self._program.call(
            self._exchange,
            "GetClassRequests",
            date=days.today,
            schoolCode=self._led.school,
            detail="CLASS",
            page=_PAGE,
        )
        for request in found.request:
            cooked = ", ".join(f"{one.complexCode} × {one.qty}" for one in request.complex)
            self._say(
                f"  GetClassRequests, {request.className}, {meal(request.mealType)},"
                f" {request.state}: {cooked}"
            )
        if not found.request:
            self._say("  GetClassRequests: заявок на сегодня нет, сегодня не готовят")

    def report(
        self, code: str, file_format: str, params: Sequence[tuple[str, str]], folder: Path
    ) -> Path:
        """Ask for a report, leave its file in the folder."""
        answer = self._program.call(
            self._exchange,
            "GetReport",
            reportCode=code,
            param=[{"name": name, "value": value} for name, value in params],
            format=file_format,
        )
        return keep(answer.file, folder)

    def _refused_without_calendar(self, days: Days) -> None:
        self._say(
            f"  Производственного календаря на {days.missing_year} год в узле ещё нет: какие дни"
            " заморожены, не вычислить."
        )
        with expected_fault("CALENDAR_MISSING", "PublishMenu", self._say):
            self._ask_to_publish((days.today,))

    def _unpublished(self, days: Days) -> tuple[date, ...]:
        """Try to publish as it is; return the days that the hub says lack something."""
        answer = self._publish(days.meals)
        return tuple(sorted({problem.date for problem in answer.problem}))

    def _import_complexes(
        self, what: str, mealsets: Sequence[menu.MealSet], days: Sequence[date]
    ) -> None:
        self._import("ImportComplexes", what, menu.complexes_file(mealsets, days, self._led))

    def _import(self, operation: str, what: str, packed: bytes) -> None:
        mode = {"mode": "UPSERT"} if operation == "ImportDishes" else {}
        receipt = self._program.call(
            self._menus,
            operation,
            batchId=str(uuid.uuid4()),
            file={
                "fileId": str(uuid.uuid4()),
                "fileName": "menu.zip",
                "mimeType": "application/zip",
                "size": len(packed),
                "hash": hashlib.sha256(packed).digest(),
                "hashAlg": "SHA-256",
                "content": packed,
            },
            **mode,
        )
        done = self._result(receipt.importId)
        results = Counter(item.result for item in done.item)
        counted = ", ".join(f"{name} {count}" for name, count in sorted(results.items()))
        self._say(
            f"  {operation}. {what}: zip в base64, {len(packed)} байт; {done.state}: {counted}"
        )
        for item in done.item:
            for error in item.error:
                self._say(f"    строка {item.rowNo}, {item.code}: {error.code}. {error.message}")

    def _result(self, import_id: str) -> Any:  # noqa: ANN401 -- zeep's own
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = self._program.call(
                self._menus, "GetImportResult", importId=import_id, page=_PAGE
            )
            if found.state not in _WAITING:
                return found
            expect(time.monotonic() < deadline, "пакет не обработан вовремя")
            time.sleep(0.1)

    def _publish(self, days: tuple[date, ...]) -> Any:  # noqa: ANN401 -- zeep's own
        answer = self._ask_to_publish(days)
        self._say(f"  PublishMenu, {_listed(days)}: {answer.state}")
        codes = Counter(one.code for one in answer.problem)
        if codes:
            counted = ", ".join(f"{code} × {count}" for code, count in sorted(codes.items()))
            one = answer.problem[0]
            self._say(
                f"    {counted}; например, {told(one.date)}, {meal(one.mealType)},"
                f" {one.ageCategoryCode}: {one.message}"
            )
        return answer

    def _ask_to_publish(self, days: tuple[date, ...]) -> Any:  # noqa: ANN401 -- zeep's own
        return self._program.call(
            self._menus,
            "PublishMenu",
            publicationId=str(uuid.uuid4()),
            period=period(days),
            schoolCode=[self._led.school],
        )

    def _changes(self) -> list[Any]:
        found: list[Any] = []
        while True:
            page = self._program.call(
                self._exchange, "GetOrderChanges", cursor=self._cursor, limit=1000
            )
            self._cursor = page.cursor
            if not page.change:
                return found
            found += page.change


def keep(file: Any, folder: Path) -> Path:  # noqa: ANN401 -- zeep's own
    """Leave a file of a message in a folder; its bytes are what the message says of them."""
    expect(hashlib.sha256(file.content).digest() == file.hash, f"файл {file.fileName} другой")
    folder.mkdir(exist_ok=True)
    path = folder / str(file.fileName)
    path.write_bytes(file.content)
    return path


def _listed(days: Sequence[date]) -> str:
    return ", ".join(f"{day:%d.%m}" for day in days)
