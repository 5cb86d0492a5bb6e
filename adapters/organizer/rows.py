"""What becomes of the rows of a batch, whatever they are: verdicts, repetitions, digests."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

from adapters.organizer.messages import ItemErrorCode, ItemResult
from adapters.organizer.repository.imports import Answered, MenuImport, Noted
from gateway.adapter import Work

LARGEST_PRICE = Decimal("100000.00")
"""Roubles; what costs more is somebody's slip of the decimal point."""
MOST_FAULTS = 20
"""Of one row."""
_LONGEST_MESSAGE = 255
_HUNDREDTHS = 100

Row = TypeVar("Row")


class Fault(NamedTuple):
    """Why a row is refused."""

    code: ItemErrorCode
    message: str
    path: str | None = None
    """Where in the row: `dish[2]/dishCode`."""


class Verdict(NamedTuple):
    """What became of one row; it has faults only when it is REJECTED."""

    code: str
    result: ItemResult
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece(Generic[Row]):
    """Some rows of a batch in their order, and what they are applied to."""

    work: Work
    batch: MenuImport
    rows: Sequence[Row]
    first_no: int
    repeated: frozenset[int]
    """Numbers of the rows that say again what another row of the batch says."""
    version: int
    """Of the catalogue, that changed records get."""
    today: date
    first_open: date
    """The first day whose choice is not frozen."""

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give the rows with their numbers in the batch."""
        return enumerate(self.rows, self.first_no)


def rejected(code: str, faults: Iterable[Fault]) -> Verdict:
    """Return the verdict on a row with faults; the same fault is told once."""
    told = tuple(dict.fromkeys(faults))[:MOST_FAULTS]
    return Verdict(code, ItemResult.REJECTED, told)


def answers(piece: Piece[Row], verdicts: Sequence[Verdict]) -> list[Answered]:
    """Return verdicts as they are stored, with the numbers of their rows."""
    return [
        Answered(number, verdict.code, verdict.result.value, _stored(verdict.faults))
        for number, verdict in enumerate(verdicts, piece.first_no)
    ]


def faults_of(answered: Answered) -> list[Fault]:
    """Return the faults of a stored answer."""
    return [
        Fault(ItemErrorCode(code), message, path)
        for code, message, path in json.loads(answered.errors or "[]")
    ]


def repeated_rows(noted: Iterable[Noted]) -> frozenset[int]:
    """Return the numbers of rows whose code, or code and day, another row has too."""
    keys = [(row.row_no, key) for row in noted for key in _keys(row)]
    counted = Counter(key for _, key in keys)
    return frozenset(number for number, key in keys if counted[key] > 1)


def price_faults(price: Decimal, path: str) -> Iterator[Fault]:
    """Refuse a price of nothing and one that nobody asks."""
    if price <= 0:
        yield Fault(ItemErrorCode.PRICE_INVALID, "Цена равна нулю. Укажите цену.", path)
    elif price > LARGEST_PRICE:
        text = f"Цена больше допустимой: {LARGEST_PRICE} руб. Исправьте сумму."
        yield Fault(ItemErrorCode.PRICE_INVALID, text, path)


def period_faults(valid_from: date | None, valid_to: date | None) -> Iterator[Fault]:
    """Refuse a validity that ends before it begins."""
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        text = "Конец действия раньше начала. Исправьте validFrom и validTo."
        yield Fault(ItemErrorCode.PERIOD_INVALID, text, "validTo")


def repetition_faults(values: Sequence[object], path: str) -> Iterator[Fault]:
    """Refuse what stands twice inside one row; `path` has `{}` for the place."""
    seen = set()
    for place, value in enumerate(values, 1):
        if value in seen:
            text = f"Значение повторяется внутри строки: {value}. Уберите повтор."
            yield Fault(ItemErrorCode.VALUE_INVALID, text[:_LONGEST_MESSAGE], path.format(place))
        seen.add(value)


def digest_of(values: tuple[object, ...]) -> bytes:
    """Return what «the same content» of a row means; the values have one form each."""
    return sha256(repr(values).encode()).digest()


def hundredths(value: Decimal | None) -> int | None:
    """Return a number with two places as a whole one."""
    return None if value is None else int(value * _HUNDREDTHS)


def _keys(row: Noted) -> Iterable[tuple[str, str]]:
    days = ("",) if row.days is None else sorted(set(row.days.split()))
    return [(row.code, day) for day in days]


def _stored(faults: Sequence[Fault]) -> str | None:
    if not faults:
        return None
    return json.dumps([(f.code.value, f.message, f.path) for f in faults], ensure_ascii=False)
