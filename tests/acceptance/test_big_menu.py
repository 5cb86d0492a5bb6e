"""A big menu as 1C sends it: a zip in base64 inside plain SOAP 1.1, no MTOM, no header.

The suite sends 3,000 complexes; `make proofs` sends the 50,000 of the specification. Every row is
answered, and the memory of the hub is that of a batch and of the message, not of the rows.
"""

import base64
import hashlib
import io
import logging
import os
import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import psutil
import pytest
import requests
import sqlalchemy as sa
from lxml import etree
from messages import COMMON, envelope

from adapters.meals import models
from gateway.storage.database import Transaction

pytestmark = pytest.mark.skipif(
    "HUB_PROOFS" not in os.environ, reason="a proof of minutes: make proofs runs it"
)

MENU = "urn://x-artefacts-citto-72/meals/menu-import/1.0"
ROWS = int(os.environ.get("HUB_PROOF_ROWS", "3000"))
BATCHES = 15
"""At least so many transactions, so that there are moments to be killed at."""
MEMORY_BOUND = 150 * 1024 * 1024
PROCESSED_WITHIN_SECONDS = 600
SINCE = date(2024, 1, 1)
MUNICIPALITY, CONTRACT = "71701000", "ДП-1/2026"
SCHOOLS = ("SCH-1", "SCH-2", "SCH-3")
DISHES = tuple(f"БЛЮДО-{number:03}" for number in range(1, 41))
_GUIDS = random.Random(72)
CODES = tuple(str(UUID(int=_GUIDS.getrandbits(128))) for _ in range(ROWS))
"""1C calls things by GUIDs, which no zip makes shorter."""
BAD = 1000
"""Every so many rows one names a dish that nobody has."""


class Canteen:
    """The accounting program of an organizer: knows SOAP 1.1, base64 and nothing newer."""

    def __init__(self, hub) -> None:
        self.hub = hub
        who = hub.seeded.people.by_role["organizer"]
        self.inn = hub.seeded.people.organizer_inn
        self._credentials = (who.login, who.password)
        with hub.database().writing() as transaction:
            settle(transaction, self.inn)

    def post(self, operation: str, content: str) -> etree._Element:
        body = f'<m:{operation}Request xmlns:m="{MENU}">{content}</m:{operation}Request>'
        answer = requests.post(
            self.hub.url("menu-import"),
            data=envelope(body),
            auth=self._credentials,
            headers={
                "Content-Type": "text/xml; charset=utf-8",
                "SOAPAction": f'"{MENU}/{operation}"',
            },
            timeout=120,
        )
        assert answer.status_code == 200, answer.text
        return etree.fromstring(answer.content)

    def send_dishes(self) -> str:
        rows = "".join(
            f"<m:dish><m:dishCode>{code}</m:dishCode><m:name>Блюдо {code}</m:name>"
            "<m:yield>200/5</m:yield><m:price>45.50</m:price><m:active>true</m:active></m:dish>"
            for code in DISHES
        )
        answer = self.post(
            "ImportDishes", f"<m:batchId>DISHES-1</m:batchId><m:mode>UPSERT</m:mode>{rows}"
        )
        return answer.findtext(".//{*}importId")

    def send_complexes(self, octets: bytes, batch_id: str) -> etree._Element:
        # 1C breaks base64 into lines.
        content = base64.encodebytes(octets).decode()
        digest = base64.b64encode(hashlib.sha256(octets).digest()).decode()
        return self.post(
            "ImportComplexes",
            f'<m:batchId>{batch_id}</m:batchId><m:file xmlns:c="{COMMON}">'
            f"<c:fileId>11111111-2222-4333-8444-555555555555</c:fileId>"
            "<c:fileName>menu.zip</c:fileName><c:mimeType>application/zip</c:mimeType>"
            f"<c:size>{len(octets)}</c:size><c:hash>{digest}</c:hash>"
            f"<c:hashAlg>SHA-256</c:hashAlg><c:content>{content}</c:content></m:file>",
        )

    def wait_for(self, import_id: str) -> str:
        """Return the state of a batch once it is processed."""
        deadline = time.monotonic() + PROCESSED_WITHIN_SECONDS
        while True:
            state = self._page(import_id, limit=1).findtext(".//{*}state")
            if state not in {"RECEIVED", "PROCESSING"}:
                return state
            assert time.monotonic() < deadline, state
            time.sleep(0.1)

    def results(self, import_id: str) -> Iterator[tuple[int, str, str]]:
        """Give number, code and result of every row, page by page."""
        cursor = None
        while True:
            page = self._page(import_id, cursor=cursor)
            for item in page.iterfind(".//{*}item"):
                yield (
                    int(item.findtext("{*}rowNo")),
                    item.findtext("{*}code"),
                    item.findtext("{*}result"),
                )
            cursor = page.findtext(".//{*}nextCursor")
            if cursor is None:
                return

    def _page(self, import_id: str, limit: int = 1000, cursor: str | None = None) -> etree._Element:
        after = "" if cursor is None else f"<c:cursor>{cursor}</c:cursor>"
        return self.post(
            "GetImportResult",
            f'<m:importId>{import_id}</m:importId><m:page xmlns:c="{COMMON}">'
            f"<c:limit>{limit}</c:limit>{after}</m:page>",
        )


def settle(transaction: Transaction, organizer_inn: str) -> None:
    """Enter schools bound to the organizer and the directories of their municipality."""

    def enter(table: sa.Table, *rows: dict[str, object]) -> None:
        transaction.execute(sa.insert(table), list(rows))

    told = {"version": 1, "entry": 1}
    enter(models.municipality, {"code": MUNICIPALITY, "name": "Город Тюмень"})
    for number, school in enumerate(SCHOOLS, 1):
        place = {"code": school, "name": f"Школа № {number}", "municipality": MUNICIPALITY}
        enter(models.school, place)
        enter(
            models.binding,
            {
                "id": UUID(int=number),
                "bind_id": UUID(int=number),
                "school": school,
                "building": "",
                "organizer_inn": organizer_inn,
                "contract_number": CONTRACT,
                "contract_date": SINCE,
                "valid_from": SINCE,
                "digest": b"test",
                "entry": 1,
            },
        )
        enter(models.binding_menu_type, {"binding": UUID(int=number), "menu_type": "BASIC"})
    for directory, code, more in (
        ("MENU_TYPES", "BASIC", {}),
        ("AGE_CATEGORIES", "AGE_7_11", {"age_from": 7, "age_to": 11}),
    ):
        item = {"municipality": MUNICIPALITY, "directory": directory, "code": code, "name": code}
        enter(models.directory_item, item | {"valid_from": SINCE} | told | more)


def complexes_zip() -> bytes:
    """Write the complexes as a program of organizers does, an element to a line."""
    first = date.today() + timedelta(days=30)  # noqa: DTZ011 -- a month away from any freeze
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("menu.xml", "w") as file,
    ):
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<ComplexesFile xmlns="{MENU}">'.encode()
        )
        for number in range(1, ROWS + 1):
            file.write(_complex(number, first + timedelta(days=number % 20)).encode())
        file.write(b"</ComplexesFile>\n")
    return target.getvalue()


def _complex(number: int, day: date) -> str:
    dishes = [DISHES[(number * step) % len(DISHES)] for step in (1, 3, 7)]
    if number % BAD == 0:
        dishes.append("НЕТ-ТАКОГО")
    places = "".join(
        f"\n  <schoolCode><code>{school}</code></schoolCode>"
        for school in SCHOOLS[: number % 3 + 1]
    )
    is_default = str(number % 7 == 0).lower()
    portions = "".join(
        f"\n  <dish><dishCode>{code}</dishCode><portions>1.00</portions></dish>"
        for code in dict.fromkeys(dishes)
    )
    return (
        f"\n<complex>\n  <complexCode>{CODES[number - 1]}</complexCode>"
        f"\n  <name>Обед горячий № {number}</name>\n  <menuTypeCode>BASIC</menuTypeCode>"
        f"\n  <mealType>LUNCH</mealType>\n  <ageCategoryCode>AGE_7_11</ageCategoryCode>{places}"
        f"\n  <date>{day.isoformat()}</date>\n  <isDefault>{is_default}</isDefault>"
        f"\n  <fullPrice>{100 + number % 9000 / 100:.2f}</fullPrice>"
        f"\n  <contractNumber>{CONTRACT}</contractNumber>{portions}\n</complex>"
    )


@pytest.fixture
def canteen(new_hub) -> Canteen:
    """The program of an organizer whose dishes the hub has; the hub runs in small batches."""
    new_hub.environment["HUB_BATCH_LINES"] = str(min(2000, ROWS // BATCHES))
    canteen = Canteen(new_hub)
    new_hub.start()
    assert canteen.wait_for(canteen.send_dishes()) == "DONE"
    return canteen


def expected() -> Counter[str]:
    bad = ROWS // BAD
    return Counter({"CREATED": ROWS - bad, "REJECTED": bad})


def test_every_row_of_a_big_menu_is_answered_in_bounded_memory(canteen):
    octets = complexes_zip()
    # Idle is a hub that has answered and processed: everything it loads lazily is loaded.
    process = psutil.Process(canteen.hub.process.pid)
    idle = process.memory_info().rss
    started = time.monotonic()

    receipt = canteen.send_complexes(octets, "MENU-1")
    import_id = receipt.findtext(".//{*}importId")
    assert receipt.findtext(".//{*}state") == "RECEIVED"
    assert canteen.wait_for(import_id) == "DONE_WITH_ERRORS"
    seconds = time.monotonic() - started
    answered = list(canteen.results(import_id))

    peak = _peak(process.pid)
    told = f"{ROWS} rows, zip {len(octets):,} bytes, {seconds:.1f} s: idle {idle:,}, peak {peak:,}"
    logging.getLogger(__name__).warning(told)
    assert [(number, code) for number, code, _ in answered] == list(enumerate(CODES, 1))
    assert Counter(result for *_, result in answered) == expected()
    assert peak - idle < MEMORY_BOUND, told


def test_the_same_batch_again_gets_the_same_import_and_a_new_one_finds_nothing_to_change(canteen):
    octets = complexes_zip()
    first = canteen.send_complexes(octets, "MENU-1").findtext(".//{*}importId")
    canteen.wait_for(first)

    again = canteen.send_complexes(octets, "MENU-1")
    other = canteen.send_complexes(octets, "MENU-2").findtext(".//{*}importId")

    assert again.findtext(".//{*}importId") == first
    assert again.findtext(".//{*}duplicate") == "true"
    assert canteen.wait_for(other) == "DONE_WITH_ERRORS"
    results = Counter(result for *_, result in canteen.results(other))
    assert results == {"UNCHANGED": expected()["CREATED"], "REJECTED": expected()["REJECTED"]}


def test_a_hub_killed_on_the_way_answers_every_row_all_the_same(canteen):
    import_id = canteen.send_complexes(complexes_zip(), "MENU-1").findtext(".//{*}importId")
    for column, share in (
        (models.menu_import.c.staged, 0.4),
        (models.menu_import.c.processed, 0.4),
    ):
        _wait_until(canteen.hub, import_id, column, ROWS * share)
        canteen.hub.kill()
        canteen.hub.start()

    assert canteen.wait_for(import_id) == "DONE_WITH_ERRORS"
    answered = list(canteen.results(import_id))
    assert [number for number, *_ in answered] == list(range(1, ROWS + 1))
    assert Counter(result for *_, result in answered) == expected()


def _wait_until(hub, import_id: str, column: sa.Column[int], reached: float) -> None:
    deadline = time.monotonic() + PROCESSED_WITHIN_SECONDS
    database = hub.database()
    while True:
        with database.reading() as transaction:
            found = sa.select(column).where(models.menu_import.c.id == UUID(import_id))
            if transaction.execute(found).scalar_one() >= reached:
                return
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _peak(pid: int) -> int:
    """The most memory the process ever held, as the kernel counted it."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = next(row for row in status.splitlines() if row.startswith("VmHWM:"))
    return int(found.split()[1]) * 1024
