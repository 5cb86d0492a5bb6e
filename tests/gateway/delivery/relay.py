"""The relay of `smtp_server.py`, started and stopped by tests."""

import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

SERVER = Path(__file__).with_name("smtp_server.py")
READY_WITHIN_SECONDS = 20


@dataclass
class RelayProcess:
    """A mail server process on a port that is ours."""

    folder: Path
    options: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        command = [sys.executable, str(SERVER), str(self.port), str(self.folder), *self.options]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until(self._answers, READY_WITHIN_SECONDS)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def taken(self):
        """Return the messages in the order they were taken."""
        return [one.read_bytes() for one in sorted(self.folder.glob("*.eml"))]

    def messages(self):
        return [message_from_bytes(one, policy=policy.SMTP) for one in self.taken()]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                return connection.recv(3) == b"220"
        except OSError:
            return False


def wait_until(condition, seconds) -> None:
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.02)
