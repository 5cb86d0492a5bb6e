"""Every registry's counters equal its lines, and every moved rouble of a line is in the ledger.

Goes through the lines a page at a time: memory stays that of one page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from adapters.bank import bookkeeping
from adapters.bank.repository import proof
from adapters.bank.repository.proof import MovedLine
from gateway.adapter import Ledger, LedgerEntry
from gateway.kernel.money import format_roubles
from gateway.storage.database import Transaction

PAGE = 5000
_OURS = ("registry/", "correction/", "annul/")
_SOURCE = re.compile(r"[a-z]+/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9]{1,9})")


def reconcile(transaction: Transaction, ledger: Ledger) -> list[str]:
    """Name every registry, line, payment and ledger entry that has no right counterpart."""
    return list(
        chain(
            _wrong_counters(transaction),
            _lines_without_money(transaction, ledger),
            _money_without_lines(transaction, ledger),
            _untied(transaction),
        )
    )


class _Expected(NamedTuple):
    """A ledger entry that a line must have."""

    source: str
    account: str
    amount: Decimal


def _wrong_counters(transaction: Transaction) -> Iterator[str]:
    for wrong in proof.wrong_counters(transaction):
        yield (
            f"payment_registry {wrong.bank}/{wrong.registry_id} (№ {wrong.number}): "
            f"{wrong.what} = {wrong.kept}, а по строкам {wrong.counted}"
        )


def _lines_without_money(transaction: Transaction, ledger: Ledger) -> Iterator[str]:
    for page in proof.moved_pages(transaction, PAGE):
        expected = {one.source: (line, one) for line in page for one in _entries_of(line)}
        posted = ledger.posted(list(expected))
        for line, one in expected.values():
            yield from _difference(line, one, posted.get(one.source))


def _difference(line: MovedLine, expected: _Expected, entry: LedgerEntry | None) -> Iterator[str]:
    where = f"registry_line {line.registry_id}/{line.line_no}"
    amount = format_roubles(expected.amount)
    if entry is None:
        yield (
            f"{where}: в ledger_entry нет проводки {expected.source} "
            f"на {amount} руб., счёт {expected.account}"
        )
    elif (entry.account, entry.amount) != (expected.account, expected.amount):
        yield (
            f"{where}: проводка {expected.source} на {format_roubles(entry.amount)} руб. по счёту "
            f"{entry.account}, а должна быть на {amount} руб. по счёту {expected.account}"
        )


def _money_without_lines(transaction: Transaction, ledger: Ledger) -> Iterator[str]:
    after = 0
    while page := ledger.entries(after, PAGE):
        ours = [entry for entry in page if entry.source.startswith(_OURS)]
        known = _known_sources(transaction, ours)
        for entry in ours:
            if entry.source not in known:
                yield (
                    f"ledger_entry {entry.number} ({entry.source}, "
                    f"{format_roubles(entry.amount)} руб.): такой строки реестра нет"
                )
        after = page[-1].number


def _known_sources(transaction: Transaction, entries: Sequence[LedgerEntry]) -> frozenset[str]:
    """Return the sources that the lines named in `entries` account for."""
    return frozenset(
        expected.source
        for registry_id, numbers in _places(entries).items()
        for line in proof.moved_lines(transaction, registry_id, numbers)
        for expected in _entries_of(line)
    )


def _places(entries: Sequence[LedgerEntry]) -> Mapping[UUID, list[int]]:
    """Return which lines of which registries the entries name."""
    places: dict[UUID, list[int]] = {}
    for entry in entries:
        named = _SOURCE.fullmatch(entry.source)
        if named is not None:
            places.setdefault(UUID(named[1]), []).append(int(named[2]))
    return places


def _entries_of(line: MovedLine) -> Iterator[_Expected]:
    made = bookkeeping.correction_source if line.corrected else bookkeeping.registry_source
    yield _Expected(f"{made(line.registry_id)}{line.line_no}", line.posted_to, line.posted)
    if line.reversed:
        source = f"{bookkeeping.annulment_source(line.registry_id)}{line.line_no}"
        yield _Expected(source, line.posted_to, -line.posted)


def _untied(transaction: Transaction) -> Iterator[str]:
    for bank, bank_payment_id, payment_id in proof.untied_payments(transaction):
        yield (
            f"payment {bank}/{bank_payment_id} ({payment_id}): "
            "строка реестра, на которую он ссылается, говорит другое"
        )
    for registry_id, line_no, payment_id in proof.untied_lines(transaction):
        yield (
            f"registry_line {registry_id}/{line_no}: "
            f"платёж {payment_id} исчез или числится в другом реестре"
        )
