"""The rows of a batch, read again from the journal or from its file, in batches."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import IO, Any, Generic, TypeVar

from lxml import etree

from adapters.organizer.messages import AdditionalRowType, DishRowType, MealSetRowType
from adapters.organizer.repository.imports import ImportKind, MenuImport
from gateway.adapter import JobContext
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import decoder
from gateway.contracts.stream import stream_elements
from gateway.security.canonical import canonical
from gateway.soap.archive import open_registry_file

CONTRACT = "meals/menu-import/1.0"
MOST_ROWS = 50_000
"""Of a batch, inline or in a file; published with the contract."""
LARGEST_ROW_BYTES = 4096
"""How much XML a row may take on average: a dish may have 2,000 characters of composition."""
_BESIDE_ROWS = 2
"""Children of a message that are no rows: batchId, and mode or kind."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Form(Generic[Row]):
    """How the rows of a kind stand in XML."""

    request: str
    """Root of the message with rows in it."""
    file: str
    """Root of a file of rows."""
    item: str
    decode: Callable[[etree._Element], Row]


_ADDITIONAL = Form(
    "ImportAdditionalMenuRequest", "AdditionalMenuFile", "item", decoder(AdditionalRowType)
)
FORMS: Mapping[ImportKind, Form[Any]] = {
    ImportKind.DISHES: Form("ImportDishesRequest", "DishesFile", "dish", decoder(DishRowType)),
    ImportKind.COMPLEXES: Form(
        "ImportComplexesRequest", "ComplexesFile", "complex", decoder(MealSetRowType)
    ),
    ImportKind.STANDARD: _ADDITIONAL,
    ImportKind.HOME_STUDY: _ADDITIONAL,
}


class ImportRows(Generic[Row]):
    """The rows of one batch in their order, opened once and taken piece by piece."""

    def __init__(self, context: JobContext, rows: Iterator[Row], opened: ExitStack) -> None:
        """Give out `rows`; `opened` is closed with them."""
        self.context = context
        self.taken = 0
        self._rows = rows
        self._opened = opened

    def take(self, count: int) -> list[Row]:
        """Return the next `count` rows, fewer at the end.

        Raises ValidationError, TooLarge and their kin for a file that is not what it must be.
        """
        rows = list(islice(self._rows, count))
        self.taken += len(rows)
        return rows

    def skip(self, count: int) -> None:
        """Go past rows without keeping them."""
        self.taken += sum(1 for _ in islice(self._rows, count))

    def close(self) -> None:
        """Let the file go."""
        self._opened.close()


def open_rows(context: JobContext, one: MenuImport, after: int) -> ImportRows[Any]:
    """Open the rows of a batch after the first `after`."""
    most_bytes = MOST_ROWS * LARGEST_ROW_BYTES
    form = FORMS[ImportKind(one.kind)]
    with ExitStack() as stack:
        source, root = _open(context, one, form, most_bytes, stack)
        contract = _catalog().contract(CONTRACT)
        tag = f"{{{contract.namespace}}}"
        elements = stream_elements(
            source,
            contract,
            f"{tag}{root}",
            f"{tag}{form.item}",
            max_items=MOST_ROWS + (_BESIDE_ROWS if one.file_sha256 is None else 0),
            max_bytes=most_bytes,
        )
        rows = ImportRows(context, map(form.decode, elements), stack.pop_all())
    rows.skip(after)
    return rows


def _open(
    context: JobContext, one: MenuImport, form: Form[Any], most_bytes: int, stack: ExitStack
) -> tuple[IO[bytes], str]:
    """Return the XML that holds the rows, and its root."""
    if one.file_sha256 is None:
        return io.BytesIO(canonical(context.payload(one.entry))), form.request
    kept = stack.enter_context(context.open_attachment(one.file_sha256))
    return stack.enter_context(open_registry_file(kept, max_bytes=most_bytes)), form.file


_catalog = cache(load_catalog)
