"""The one writer of a contour in a process: all messages that wait share one commit.

With few messages waiting there is no timer and no added latency. In a crowd a commit waits a moment
for those who were just answered and ask again: a batch costs as much as a dozen messages. A message
that fails alone is answered alone; one failing message never spoils its neighbours.
"""

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from gateway.adapter import Mode, Work
from gateway.kernel.errors import (
    DuplicateConflict,
    GatewayError,
    Internal,
    TemporaryUnavailable,
)
from gateway.pipeline.exchange import Exchange, Route
from gateway.pipeline.process import Line
from gateway.storage import journal
from gateway.storage.database import RaceLost, Transaction, is_race
from gateway.storage.journal import Outcome, StoredAnswer

log = logging.getLogger(__name__)

MAX_BATCH = 256
RACES_BORNE = 20
CROWD = 8
"""Messages in a batch from which on the next one is waited for."""
PAUSE_SECONDS = 0.006
"""How long nobody may come before a batch goes without those who were expected."""
LONGEST_GATHERING_SECONDS = 0.020

_Key = tuple[str, str]
_Stored = dict[_Key, StoredAnswer]


class Writer(threading.Thread):
    """Answers, journals and commits."""

    def __init__(self, line: Line, release: Callable[[list[Exchange]], None]) -> None:
        """Prepare the thread; `release` is called with messages whose commit is durable."""
        super().__init__(name=f"writer-{line.parts.contour.path}", daemon=True)
        self._line = line
        self._release = release
        self._inbox: deque[Exchange] = deque()
        self._called = threading.Event()
        self._stopping = False

    def submit(self, *exchanges: Exchange) -> None:
        """Put messages into the next batch."""
        self._inbox.extend(exchanges)
        self._called.set()

    def waiting(self) -> int:
        """Tell how many messages wait."""
        return len(self._inbox)

    def stop(self) -> None:
        """Answer what waits, then end."""
        self._stopping = True
        self._called.set()
        self.join()

    def run(self) -> None:
        """Take what waits, settle it, release it; until stopped."""
        while not self._stopping:
            self._called.wait()
            self._called.clear()
            while self._inbox:
                count = min(len(self._inbox), MAX_BATCH)
                self._settle_and_release([self._inbox.popleft() for _ in range(count)])
                if count >= CROWD:
                    self._gather(count + len(self._inbox))

    def _gather(self, expected: int) -> None:
        """Wait until as many messages are here as there are clients, or until they stop coming."""
        enough = min(expected, MAX_BATCH)
        end = time.monotonic() + LONGEST_GATHERING_SECONDS
        while True:
            self._called.clear()
            if len(self._inbox) >= enough or self._stopping or time.monotonic() >= end:
                return
            if not self._called.wait(PAUSE_SECONDS):
                return

    def _settle_and_release(self, batch: list[Exchange]) -> None:
        try:
            self._settle(batch)
        except Exception:
            # Nothing was committed. The marks stay, so the messages show up as interrupted.
            log.exception("a batch of %d messages could not be committed", len(batch))
            for exchange in batch:
                self._line.refuse(exchange, TemporaryUnavailable())
        self._release(batch)

    def _settle(self, batch: list[Exchange]) -> None:
        to_answer = [exchange for exchange in batch if exchange.waits_for_handler]
        was_read = {id(one): one.answer for one in batch if _is_guarded(one)}
        to_settle = [one for one in batch if one.waits_for_handler or id(one) in was_read]
        one_by_one = False
        for _ in range(RACES_BORNE):
            try:
                after_commit = self._commit(batch, to_settle, one_by_one=one_by_one)
            except Exception as error:
                if is_race(error):
                    log.info("a batch of %d messages lost a race and is done again", len(batch))
                elif one_by_one or not to_settle:
                    raise
                else:
                    log.exception("a batch of %d messages failed and is done singly", len(batch))
                    one_by_one = True
            else:
                for exchange in batch:
                    exchange.journaled = True
                for call in after_commit:
                    call()
                return
            for exchange in to_answer:
                exchange.answer = None
            for exchange in to_settle:
                read = was_read.get(id(exchange))
                if read is not None:
                    self._line.answer(exchange, read)
        raise RaceLost(f"{RACES_BORNE} times")

    def _commit(
        self, batch: Sequence[Exchange], to_settle: Sequence[Exchange], *, one_by_one: bool
    ) -> list[Callable[[], None]]:
        """Recall or answer, close the journal: one commit."""
        now = self._line.parts.clock()
        # A pipeline tells of an error late: only a batch that may be done again singly is piped.
        piped = not one_by_one and all(
            exchange.answer is not None or _is_batched(exchange) for exchange in to_settle
        )
        with self._line.parts.database.writing(pipelined=piped) as transaction:
            work = self._line.work(transaction)
            fresh = self._answer(to_settle, work, one_by_one=one_by_one)
            for exchange in batch:
                exchange.entry.answered_at = now
            self._withhold(batch, work)
            journal.record(transaction, [exchange.entry for exchange in batch], self._line.chain)
            journal.remember(transaction, fresh)
        self._line.chain.confirm()
        return work.after_commit

    def _withhold(self, batch: Sequence[Exchange], work: Work) -> None:
        """Keep back the answers that trials say, once it is durable that they do."""
        withhold = self._line.parts.withhold
        if withhold is None:
            return
        withheld = withhold(work.database, [exchange.entry for exchange in batch])
        work.after_commit += [
            partial(_cut, exchange) for exchange in batch if exchange.entry.entry in withheld
        ]

    def _answer(
        self, messages: Sequence[Exchange], work: Work, *, one_by_one: bool
    ) -> list[journal.Entry]:
        """Answer every message; return the entries whose answers are to be remembered.

        A signed question comes here with its answer, and keeps it unless its id was used before:
        whoever replays it learns nothing new (SEC-15).
        """
        stored = self._recall(messages, work.database)
        fresh: list[journal.Entry] = []
        waiting = list(messages)
        while waiting:
            leaders, waiting = _leaders(self._repeat_known(waiting, stored))
            self._handle_all(leaders, work, one_by_one=one_by_one)
            for exchange in leaders:
                key = _key(exchange)
                if key is not None and _is_final(exchange):
                    stored[key] = _as_stored(exchange)
                    fresh.append(exchange.entry)
        return fresh

    def _recall(self, messages: Sequence[Exchange], transaction: Transaction) -> _Stored:
        ids = [message_id for exchange in messages if (message_id := exchange.entry.message_id)]
        return journal.recall(transaction, ids) if ids else {}

    def _repeat_known(self, messages: Iterable[Exchange], stored: _Stored) -> list[Exchange]:
        """Answer repeated messages from what is stored; return the others."""
        unknown = []
        for exchange in messages:
            key = _key(exchange)
            answer = stored.get(key) if key else None
            if answer is None:
                unknown.append(exchange)
            elif answer.digest == exchange.entry.digest:
                self._line.repeat(exchange, answer)
            else:
                self._line.refuse(exchange, DuplicateConflict())
        return unknown

    def _handle_all(self, messages: Sequence[Exchange], work: Work, *, one_by_one: bool) -> None:
        by_operation: dict[int, list[Exchange]] = defaultdict(list)
        for exchange in messages:
            if exchange.answer is None and self._is_admitted(exchange):
                by_operation[id(exchange.route)].append(exchange)
        for group in by_operation.values():
            route = group[0].route
            if route is not None and route.mode is Mode.BATCH and not one_by_one:
                self._answer_group(route, group, work)
            else:
                for exchange in group:
                    self._handle_alone(exchange, work)

    def _is_admitted(self, exchange: Exchange) -> bool:
        try:
            self._line.admit(exchange)
        except GatewayError as error:
            self._line.refuse(exchange, error)
            return False
        return True

    def _handle_alone(self, exchange: Exchange, work: Work) -> None:
        """Handle one message in a savepoint of its own."""
        route = exchange.route
        if route is None:
            raise TypeError(exchange)
        promised = len(work.after_commit)
        try:
            with work.database.savepoint():
                self._answer_group(route, [exchange], work)
        except GatewayError as error:
            del work.after_commit[promised:]
            self._line.refuse(exchange, error)
        except Exception as error:
            if is_race(error):
                raise
            del work.after_commit[promised:]
            log.exception("message %s broke its handler", journal.name_of(exchange.entry.entry))
            self._line.refuse(exchange, Internal())

    def _answer_group(self, route: Route, group: list[Exchange], work: Work) -> None:
        operation = route.operation
        received = [exchange.received for exchange in group if exchange.received is not None]
        if operation.handle_batch is not None:
            responses = operation.handle_batch(received, work)
        elif operation.handle is not None:
            responses = [operation.handle(message, work) for message in received]
        else:
            raise TypeError(operation.name)
        replies = []
        for exchange, response in zip(group, responses, strict=True):
            if isinstance(response, GatewayError):
                self._line.refuse(exchange, response)
            else:
                exchange.final = operation.is_final(response)
                replies.append((exchange, response))
        self._line.reply(*replies)


def _cut(exchange: Exchange) -> None:
    if exchange.answer is not None:
        exchange.answer = replace(exchange.answer, withheld=True)


def _leaders(messages: Sequence[Exchange]) -> tuple[list[Exchange], list[Exchange]]:
    """Part the first message of each id from those that repeat it within the batch."""
    seen: set[_Key] = set()
    first, later = [], []
    for exchange in messages:
        key = _key(exchange)
        if key is None or key not in seen:
            first.append(exchange)
            if key is not None:
                seen.add(key)
        else:
            later.append(exchange)
    return first, later


def _key(exchange: Exchange) -> _Key | None:
    entry = exchange.entry
    if entry.message_id is None or entry.sender is None:
        return None
    return entry.sender, entry.message_id


def _is_guarded(exchange: Exchange) -> bool:
    """Tell whether a message that was answered beside the writer may not come twice."""
    return (
        (exchange.is_signed or _is_for_registry(exchange))
        and exchange.received is not None
        and exchange.entry.outcome is Outcome.ANSWERED
        and _key(exchange) is not None
    )


def _is_for_registry(exchange: Exchange) -> bool:
    return exchange.route is not None and exchange.route.mode is Mode.REGISTRY


def _is_batched(exchange: Exchange) -> bool:
    return exchange.route is not None and exchange.route.mode is Mode.BATCH


def _is_final(exchange: Exchange) -> bool:
    return exchange.entry.outcome is Outcome.ANSWERED and exchange.final


def _as_stored(exchange: Exchange) -> StoredAnswer:
    entry = exchange.entry
    return StoredAnswer(
        digest=entry.digest or b"",
        entry=entry.entry,
        http_status=entry.http_status or 200,
        response=entry.response or b"",
        binding=entry.binding,
    )
