"""What the Python peers write: one transaction a message, on one connection a thread."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg

PAYMENT = (
    "bank_payment_id, account, amount, payment_time, channel, terminal_id, document_number,"
    " hub_payment_id, accepted_at"
)
REGISTRY = (
    "registry_id, registry_number, registry_date, organizer_inn, period_from, period_to, kind,"
    " line_count, total_amount, hub_registry_id, received_at"
)
LINE = "line_no, bank_payment_id, account, amount, payment_time, channel, terminal_id, status"
LINE_TYPES = ("int", "text", "text", "numeric", "timestamptz", "text", "text", "text")


class Store(Protocol):
    def payment(self, row: tuple[Any, ...]) -> None: ...

    def registry(self, row: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> None: ...


class Sqlite:
    """One writer at a time: threads and processes take turns by locks that wake at once.

    SQLite's own waiting sleeps, up to a tenth of a second at a time.
    """

    _payment = f"INSERT INTO payment({PAYMENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    _registry = f"INSERT INTO registry({REGISTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    _line = f"INSERT INTO registry_line(registry_seq, {LINE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

    def __init__(self, path: str) -> None:
        self._threads = threading.Lock()
        self._processes = open(f"{path}.turn", "w")
        self._connection = sqlite3.connect(
            path, timeout=60, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA synchronous = FULL")

    def payment(self, row: tuple[Any, ...]) -> None:
        with self._turn():
            self._connection.execute(self._payment, row)

    def registry(self, row: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> None:
        with self._turn():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                seq = self._connection.execute(self._registry, row).lastrowid
                self._connection.executemany(self._line, [(seq, *line) for line in lines])
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                self._connection.execute("ROLLBACK")
                raise


    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._threads:
            fcntl.flock(self._processes, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._processes, fcntl.LOCK_UN)


class Postgres:
    _payment = f"INSERT INTO payment({PAYMENT}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    _registry = (
        f"WITH r AS (INSERT INTO registry({REGISTRY})"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING seq)"
        f" INSERT INTO registry_line(registry_seq, {LINE}) SELECT r.seq, u.* FROM r,"
        f" unnest({', '.join(f'%s::{name}[]' for name in LINE_TYPES)}) u"
    )

    def __init__(self) -> None:
        self._own = threading.local()

    def payment(self, row: tuple[Any, ...]) -> None:
        self._connection().execute(self._payment, row, prepare=True)

    def registry(self, row: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> None:
        columns = [list(column) for column in zip(*lines)] or [[] for _ in LINE_TYPES]
        self._connection().execute(self._registry, (*row, *columns), prepare=True)

    def _connection(self) -> psycopg.Connection:
        if not hasattr(self._own, "connection"):
            self._own.connection = psycopg.connect(autocommit=True)
        return self._own.connection


def store() -> Store | None:
    """The store that BENCH_MODE names; None without a database."""
    mode = os.environ["BENCH_MODE"]
    if mode == "sqlite":
        return Sqlite(os.environ["BENCH_SQLITE"])
    return Postgres() if mode == "pg" else None
