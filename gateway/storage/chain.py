"""The chain of evidence over the entries of a strand (GW-05, PART-09).

link(0) is made of what the strand is, link(n) of link(n-1) and of everything that its n-th entry
says. Whoever changes, removes, inserts or reorders a row has to make every later link anew, and
the roots that were exported before (`gateway.storage.roots`) name the old ones.
"""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

_STRAND = b"hub journal strand 1\n"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ABSENT = -1 << 63
"""Stands for a number that is not there; no number of ours comes near."""
_NUMBERS = struct.Struct(">5q14i")


class Head(NamedTuple):
    """Where a chain ends."""

    position: int
    """Entries in the chain; the n-th entry recorded has position n."""
    link: bytes


class Chain:
    """The chain of one strand in the hands of its only writer.

    The head is known only after a commit that was confirmed. Whatever else became of a batch, the
    next one reads the head from the strand's row again.
    """

    __slots__ = ("_durable", "_written", "number")

    def __init__(self, number: int) -> None:
        """Know nothing of the head yet; `number` is the strand's."""
        self.number = number
        self._durable: Head | None = None
        self._written: Head | None = None

    def take(self) -> Head | None:
        """Return the durable head if it is known, and forget it until the next `confirm`."""
        head, self._durable, self._written = self._durable, None, None
        return head

    def wrote(self, head: Head) -> None:
        """Note where the chain ends if the transaction at hand is committed."""
        self._written = head

    def confirm(self) -> None:
        """Note that the transaction that wrote last is durable."""
        self._durable, self._written = self._written, None


def origin(strand: int, process: str, started_at: datetime) -> bytes:
    """Return link(0) of a strand."""
    numbers = struct.pack(">2q", strand, microseconds(started_at))
    return sha256(_STRAND + numbers + process.encode()).digest()


def link(
    previous: bytes, row: Sequence[Any], request: bytes | None, response: bytes | None
) -> bytes:
    """Return the link of a row of `journal_entry`, its columns in the order of the table.

    `request` and `response` are what the row keeps, unpacked. What is hashed: the previous link;
    the numbers and moments (microseconds since 1970 in UTC), 8 bytes each; the lengths of the
    texts in characters, of the digest, the request and the response in bytes, 4 bytes each, -1
    for what is absent; the texts in UTF-8; the digest; SHA-256 of the request and of the response
    where there are any. Numbers are big-endian and signed. So no two entries are written alike.
    """
    # Made for every message: one struct, one join.
    entry, received_at, answered_at = row[:3]
    digest, outcome, code, http_status, repeat_of = row[10:15]
    texts = (*row[3:10], outcome, code, *row[18:20])
    numbers = _NUMBERS.pack(
        entry,
        microseconds(received_at),
        _ABSENT if answered_at is None else microseconds(answered_at),
        _ABSENT if http_status is None else http_status,
        _ABSENT if repeat_of is None else repeat_of,
        *[-1 if value is None else len(value) for value in (*texts, digest, request, response)],
    )
    return sha256(
        b"".join(
            (
                previous,
                numbers,
                "".join(filter(None, texts)).encode(),
                digest or b"",
                b"" if request is None else sha256(request).digest(),
                b"" if response is None else sha256(response).digest(),
            )
        )
    ).digest()


def microseconds(moment: datetime) -> int:
    """Return a moment as microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MICROSECOND
