"""Marks of received messages: they survive a killed process and cost no fsync.

Every process writes one short line per message before it looks at it. When the process is gone,
`unsettled` tells which of its messages never reached the journal, so that they are entered as
INTERRUPTED: nothing that was received disappears without a trace (promise 1).
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from gateway.storage.types import instant_text

SEGMENT_MARKS = 200_000
_CELLS_TO_MOMENT = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of a message before it was read."""

    entry: int
    received_at: str
    remote: str
    path: str
    size: int


class ReceivedLog:
    """The marks of one strand, in segments that disappear once all of theirs are journaled."""

    def __init__(self, folder: Path, strand: int) -> None:
        """Open the first segment and hold its lock for as long as the process lives."""
        self._folder = folder
        self._strand = strand
        self._segment = 0
        self._marks = 0
        self._old: list[tuple[int, Path, IO[bytes]]] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._file = self._open_segment()

    def mark(self, entry: int, received_at: datetime, remote: str, path: str, size: int) -> None:
        """Write the mark; after this the message can only be journaled or interrupted."""
        line = f"{entry}\t{instant_text(received_at)}\t{remote}\t{path}\t{size}\n"
        os.write(self._file.fileno(), line.encode("ascii", "replace"))
        self._marks += 1

    def journaled(self, entries: Iterable[int]) -> None:
        """Note that these messages have their rows; one write for a whole batch.

        Only a living process is asked which of its marks are still open, so a note that a kill
        cuts off is not missed.
        """
        if self._file.closed:
            return  # the strand has ended in order: everything of it is journaled
        numbers = "".join(f"-{entry}\n" for entry in entries)
        os.write(self._file.fileno(), numbers.encode("ascii"))

    @property
    def is_long(self) -> bool:
        """Whether it is time to rotate."""
        return self._marks >= SEGMENT_MARKS or bool(self._old)

    def rotate(self, newest: int, oldest_open: int) -> None:
        """Start a new segment when this one is long; drop those with nothing open.

        Call it from the thread that marks. `newest` is the last entry marked.
        """
        if self._marks >= SEGMENT_MARKS:
            self._old.append((newest, Path(str(self._file.name)), self._file))
            self._file = self._open_segment()
        for last, path, file in [item for item in self._old if item[0] < oldest_open]:
            self._old.remove((last, path, file))
            path.unlink()
            file.close()

    def close(self) -> None:
        """Release the lock; the file stays until the strand is settled."""
        for _, _, file in self._old:
            file.close()
        self._file.close()

    def _open_segment(self) -> IO[bytes]:
        self._segment += 1
        self._marks = 0
        path = self._folder / f"{self._strand}.{self._segment}.log"
        while True:
            file = path.open("ab", buffering=0)
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink:
                return file
            # Whoever settles abandoned segments was quicker with the lock and removed this one.
            file.close()


def abandoned(folder: Path) -> Iterator[Path]:
    """Yield the segments whose process is gone, locked for the caller while it works on them."""
    for path in sorted(folder.glob("*.log")):
        with path.open("rb") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            if os.fstat(file.fileno()).st_nlink:  # the name may stand for a newer file
                yield path


def open_entries(folder: Path) -> frozenset[int]:
    """Return the messages that living processes have received and not yet journaled."""
    marked: set[int] = set()
    journaled: set[int] = set()
    for path in folder.glob("*.log"):
        with path.open(encoding="ascii") as file:
            for line in file:
                if line.startswith("-"):
                    journaled.add(int(line))
                elif line.endswith("\n"):
                    marked.add(int(line.partition("\t")[0]))
    return frozenset(marked - {-entry for entry in journaled})


def read_marks(path: Path) -> Iterator[Mark]:
    """Yield the marks of a segment; a last line that was cut short is still a mark.

    Cut inside its moment it has none: a part of a moment is no moment.
    """
    with path.open(encoding="ascii") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                entry, moment, remote, target, size, *_ = (*cells, "", "", "", "0")
                whole = line.endswith("\n") or len(cells) > _CELLS_TO_MOMENT
                yield Mark(int(entry), moment if whole else "", remote, target, int(size or 0))
