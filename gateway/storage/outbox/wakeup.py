"""Hear PostgreSQL's NOTIFY, so that a letter leaves as soon as its transaction has committed."""

import logging
import threading
from collections.abc import Callable

import psycopg
from psycopg import sql

from gateway.storage.database import Database

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often the listener looks whether it is to stop."""
RECONNECT_SECONDS = 5.0


class Listener:
    """Calls `wake` at every notification; what is missed while it cannot hear, polling finds."""

    def __init__(self, database: Database, channel: str, wake: Callable[[], None]) -> None:
        """Prepare; nothing is opened yet."""
        self._address = database.url.set(drivername="postgresql").render_as_string(
            hide_password=False
        )
        self._channel = channel
        self._wake = wake
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name=channel, daemon=True)

    def start(self) -> None:
        """Listen in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End soon."""
        self._stopped.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                self._hear()
            except psycopg.OperationalError:
                log.warning("%s: lost the connection, letters wait for polling", self._channel)
                self._stopped.wait(RECONNECT_SECONDS)

    def _hear(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            self._wake()
            while not self._stopped.is_set():
                for _ in connection.notifies(timeout=LOOK_SECONDS):
                    self._wake()
                    if self._stopped.is_set():
                        return
