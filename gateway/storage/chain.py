"""The chain of evidence over the entries of a strand (GW-05, PART-09).

link(0) is made of what the strand is, link(n) of link(n-1) and of everything that its n-th entry
says. Whoever changes, removes, inserts or reorders a row has to make every later link anew, and
the roots that were exported before (`gateway.storage.roots`) name the old ones.
"""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

_STRAND = b"hub journal strand 1\n"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ABSENT = -1 << 63
"""Stands for a number that is not there; no number of ours comes near."""
_NUMBERS = struct.Struct(">5q3i")
_OCTETS = struct.Struct(">3i")


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

    `request` and `response` are what the row keeps, unpacked. What is hashed, one after another:
    the previous link; entry, received_at, answered_at, http_status, repeat_of; remote, message_id
    and business_key; binding, sender, service, operation, outcome, code, reason, certificate; the
    lengths of digest, request and response in bytes; the digest, SHA-256 of request and response.

    A number has 8 bytes, a moment is microseconds since 1970 in UTC. Texts are their lengths in
    characters, then all of them in UTF-8. A length has 4 bytes and is -1 for what is absent. All
    numbers are big-endian and signed. So no two entries are written alike.
    """
    (entry, received_at, answered_at, remote, binding, sender, service, operation) = row[:8]
    (message_id, business_key, digest, outcome, code, http_status, repeat_of) = row[8:15]
    return sha256(
        b"".join(
            (
                previous,
                _NUMBERS.pack(
                    entry,
                    microseconds(received_at),
                    _ABSENT if answered_at is None else microseconds(answered_at),
                    _ABSENT if http_status is None else http_status,
                    _ABSENT if repeat_of is None else repeat_of,
                    len(remote),
                    -1 if message_id is None else len(message_id),
                    -1 if business_key is None else len(business_key),
                ),
                f"{remote}{message_id or ''}{business_key or ''}".encode(),
                _texts(binding, sender, service, operation, outcome, code, *row[18:20]),
                _OCTETS.pack(
                    -1 if digest is None else len(digest),
                    -1 if request is None else len(request),
                    -1 if response is None else len(response),
                ),
                digest or b"",
                b"" if request is None else sha256(request).digest(),
                b"" if response is None else sha256(response).digest(),
            )
        )
    ).digest()


@lru_cache(maxsize=1024)
def _texts(*texts: str | None) -> bytes:
    """Write texts that one message after another has alike: made once, a third of the cost."""
    lengths = [-1 if text is None else len(text) for text in texts]
    return struct.pack(f">{len(lengths)}i", *lengths) + "".join(filter(None, texts)).encode()


def microseconds(moment: datetime) -> int:
    """Return a moment as microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MICROSECOND
