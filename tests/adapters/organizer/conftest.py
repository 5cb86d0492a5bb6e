"""A `kitchen` of the town's organizer: hands menus in, has them processed, reads the results."""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import town
from lxml import etree

from adapters.meals.ledger import MealsLedger
from adapters.meals.models import additional_item
from adapters.organizer.handlers.catalogue import get_catalogue
from adapters.organizer.handlers.directories import get_directories
from adapters.organizer.handlers.imports import (
    get_import_result,
    import_additional_menu,
    import_complexes,
    import_dishes,
)
from adapters.organizer.handlers.publications import publish_menu, withdraw_menu
from adapters.organizer.messages import (
    AdditionalRowType,
    DishRowType,
    GetCatalogueRequest,
    GetDirectoriesRequest,
    GetImportResultRequest,
    ImportAdditionalMenuRequest,
    ImportComplexesRequest,
    ImportDishesRequest,
    ImportMode,
    MealSetDishType,
    MealSetRowType,
    MenuSchoolType,
    PublishMenuRequest,
    WithdrawMenuRequest,
)
from adapters.organizer.processing import ImportQueue
from adapters.organizer.staging import open_rows
from gateway.adapter import Received, Rules, Work
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import AddMenuKind, FileRef, HashAlgorithm, Period
from gateway.kernel import xml
from gateway.kernel.message import Attachment, Contour, Participant
from gateway.storage import attachments
from registry.calendar import ProductionCalendar

CONTRACT = load_catalog().contract("meals/menu-import/1.0")
NAMESPACE = CONTRACT.namespace
OKTMO = "71701000"
NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
"""A Monday; with the holiday of 4 November the first day that is not frozen is the 11th."""
FROZEN_DAY, FIRST_OPEN, DAY = date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 16)


class Background:
    """`gateway.adapter.JobContext` over the kitchen's database."""

    contour = Contour.TEST

    def __init__(self, kitchen: "Kitchen") -> None:
        self._kitchen = kitchen

    @property
    def rules(self) -> Rules:
        return self._kitchen.rules

    def now(self) -> datetime:
        return self._kitchen.clock()

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self._kitchen.database.writing() as transaction:
            work = self._kitchen.work_in(transaction)
            yield work
        for call in work.after_commit:
            call()

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self._kitchen.database.reading() as transaction:
            yield self._kitchen.work_in(transaction)

    def payload(self, entry: int) -> etree._Element:
        return etree.fromstring(self._kitchen.payloads[entry], xml.parser())

    def open_attachment(self, sha256: bytes) -> Any:
        return attachments.open_kept(self._kitchen.database, sha256)

    def everyone(self) -> Sequence[Participant]:
        return []


class Kitchen:
    """An organizer's system and the hub's background."""

    def __init__(self, database: Any, clock: Any, calendar: ProductionCalendar) -> None:
        self.database = database
        self.clock = clock
        self.calendar = calendar
        self.rules = Rules(
            check_digits_are_errors=False,
            max_inline_lines=50_000,
            max_file_lines=1_000_000,
            batch_lines=3,
        )
        self.payloads: dict[int, bytes] = {}
        self.woken: list[str] = []
        self.context = Background(self)
        self.queue = ImportQueue(open_rows)
        self._entries = itertools.count(1)
        self._serials = itertools.count(1)
        self._batches = itertools.count(1)

    # What the organizer writes.

    def dish(self, code: str = "BORSCH", **changes: Any) -> DishRowType:
        values = {
            "dish_code": code,
            "name": "Борщ с капустой",
            "yield_value": "200/10",
            "price": Decimal("48.50"),
            "active": True,
        }
        return DishRowType(**{**values, **changes})

    def complex(self, code: str = "OBED-1", *days: date, **changes: Any) -> MealSetRowType:
        dishes = changes.pop("dishes", ("SUP", "CHAI"))
        values = {
            "complex_code": code,
            "name": "Обед № 1",
            "menu_type_code": town.BASIC,
            "meal_type": town.LUNCH,
            "age_category_code": town.YOUNGER,
            "school_code": [MenuSchoolType(code=town.SCHOOL_1.code)],
            "date": list(days or (DAY,)),
            "is_default": False,
            "full_price": Decimal("150.00"),
            "contract_number": town.SCHOOL_1.contract,
            "dish": [MealSetDishType(dish_code=code, portions=Decimal(1)) for code in dishes],
        }
        return MealSetRowType(**{**values, **changes})

    def item(self, code: str = "BULKA", **changes: Any) -> AdditionalRowType:
        values = {
            "item_code": code,
            "name": "Булочка",
            "product_name": "Булочка с маком",
            "unit": "шт",
            "price": Decimal("28.00"),
            "valid_from": DAY,
        }
        return AdditionalRowType(**{**values, **changes})

    def file(self, octets: bytes, **changes: Any) -> FileRef:
        digest = hashlib.sha256(octets).digest()
        values = {
            "file_id": "11111111-1111-4111-8111-111111111111",
            "file_name": "menu.xml",
            "mime_type": "application/xml",
            "size": len(octets),
            "hash": digest,
            "hash_alg": HashAlgorithm.SHA_256,
            "content": b"sha256:" + digest.hex().encode(),
        }
        return FileRef(**{**values, **changes})

    # What it sends.

    def send(
        self, handler: Any, request: Any, sender: Participant = town.ORGANIZER, **more: Any
    ) -> Any:
        with self.context.begin() as work:
            answer = handler(self.received(request, sender, **more), work)
        published(answer)
        return answer

    def received(self, request: Any, sender: Participant, **more: Any) -> Received[Any]:
        payload = etree.tostring(published(request), method="c14n")
        entry = next(self._entries)
        self.payloads[entry] = payload
        values = {
            "request": request,
            "sender": sender,
            "entry": entry,
            "received_at": self.clock(),
            "digest": hashlib.sha256(payload).digest(),
            "message_id": None,
            "attachments": {},
            "wake": self.woken.append,
        }
        return Received(**{**values, **more})

    def hand_in_dishes(
        self, *rows: DishRowType, mode: ImportMode = ImportMode.UPSERT, batch: str = "", **more: Any
    ) -> Any:
        request = ImportDishesRequest(
            batch_id=batch or self._batch(), mode=mode, dish=list(rows), file=more.pop("file", None)
        )
        return self.send(import_dishes, request, **more)

    def hand_in(self, *rows: MealSetRowType, batch: str = "", **more: Any) -> Any:
        request = ImportComplexesRequest(
            batch_id=batch or self._batch(), complex=list(rows), file=more.pop("file", None)
        )
        return self.send(import_complexes, request, **more)

    def hand_in_items(
        self,
        *rows: AdditionalRowType,
        kind: AddMenuKind = AddMenuKind.STANDARD,
        batch: str = "",
        **more: Any,
    ) -> Any:
        request = ImportAdditionalMenuRequest(
            batch_id=batch or self._batch(), kind=kind, item=list(rows)
        )
        return self.send(import_additional_menu, request, **more)

    def hand_in_file(self, octets: bytes, **changes: Any) -> Any:
        """Hand complexes in as a file; it is kept as the line does before a handler sees it."""
        digest = hashlib.sha256(octets).digest()
        part = Attachment("file", "application/xml", len(octets), digest, lambda: opened(octets))
        attachments.keep(self.database, part, self.clock())
        kept = {b"sha256:" + digest.hex().encode(): part}
        return self.hand_in(
            batch=changes.pop("batch", ""), file=self.file(octets, **changes), attachments=kept
        )

    # What the background does.

    def piece(self) -> bool:
        return self.queue.run(self.context, self.clock())

    def process(self) -> int:
        """Work until nothing is left; return the number of pieces."""
        return next(number for number in itertools.count() if not self.piece())

    def restart(self) -> None:
        """Lose the process: open files and the lease's owner are gone, the clock goes on."""
        self.queue = ImportQueue(open_rows)
        self.clock.advance(minutes=1)

    # What can be read.

    def result(self, receipt: Any, **more: Any) -> Any:
        request = GetImportResultRequest(import_id=receipt.import_id, page=more.pop("page", None))
        return self.send(get_import_result, request, **more)

    def results(self, receipt: Any) -> list[str]:
        """Process what waits; return the results of the rows of a batch."""
        self.process()
        return [one.result.value for one in self.result(receipt).item]

    def errors(self, receipt: Any) -> list[tuple[str, str | None]]:
        """Process what waits; return codes and paths of all errors of a batch."""
        self.process()
        items = self.result(receipt).item
        return [(error.code.value, error.path) for item in items for error in item.error]

    def directories(self, **changes: Any) -> Any:
        return self.send(get_directories, GetDirectoriesRequest(**changes))

    def publish(
        self,
        first: date = DAY,
        last: date = DAY,
        *schools: str,
        publication: str = "PUB-1",
        **more: Any,
    ) -> Any:
        request = PublishMenuRequest(
            publication_id=publication,
            period=Period(from_value=first, to=last),
            school_code=list(schools),
        )
        return self.send(publish_menu, request, **more)

    def withdraw(self, publication: str = "PUB-1", reason: str = "Ошибка в меню") -> Any:
        return self.send(
            withdraw_menu, WithdrawMenuRequest(publication_id=publication, reason=reason)
        )

    def catalogue(self, first: date = DAY, last: date = DAY, **changes: Any) -> Any:
        sender = changes.pop("sender", town.ORGANIZER)
        request = GetCatalogueRequest(period=Period(from_value=first, to=last), **changes)
        return self.send(get_catalogue, request, sender)

    def work_in(self, transaction: Any) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=self.clock(),
            contour=Contour.TEST,
            calendar=self.calendar,
            ledger=MealsLedger(transaction),
            payments=None,
            identifiers=lambda: UUID(int=next(self._serials)),
            rules=self.rules,
            participants=lambda _: None,
            after_commit=[],
        )

    def _batch(self) -> str:
        return f"B-{next(self._batches)}"


def published(message: Any) -> etree._Element:
    """Return a message as XML that fits its published schema."""
    element = encode(message)
    assert CONTRACT.validate(element), CONTRACT.last_error()
    return element


@contextmanager
def opened(content: bytes) -> Iterator[BytesIO]:
    yield BytesIO(content)


def complexes_file(*rows: MealSetRowType) -> bytes:
    """Return a file of complexes as an organizer's program writes it."""
    root = etree.Element(f"{{{NAMESPACE}}}ComplexesFile", nsmap={None: NAMESPACE})
    for row in rows:
        element = encode(row)
        element.tag = f"{{{NAMESPACE}}}complex"
        root.append(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@pytest.fixture(scope="session")
def calendar() -> ProductionCalendar:
    return ProductionCalendar.load()


@pytest.fixture
def kitchen(contour_database, clock, calendar, monkeypatch) -> Kitchen:
    """The kitchen of the organizer of school 1; the town has a catalogue and no menu."""
    monkeypatch.setattr(town, "MUNICIPALITY", OKTMO)
    clock.now = NOW
    with contour_database.writing() as transaction:
        town.settle(transaction)
        # The town's items are products; the published format wants them named as such.
        transaction.execute(sa.update(additional_item).values(product_name=additional_item.c.name))
    return Kitchen(contour_database, clock, calendar)


@pytest.fixture
def write_file():
    """Write complexes as a file."""
    return complexes_file
