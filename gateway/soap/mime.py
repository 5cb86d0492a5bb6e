"""Multipart bodies (MTOM): split on disk, never held in memory.

The caller gives a spooled, seekable file. Parts are described by where they lie in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from functools import lru_cache
from pathlib import Path
from typing import IO

from gateway.soap.errors import AttachmentBroken, MediaTypeRefused
from gateway.soap.parse import Version

MAX_PARTS = 16
MAX_PART_HEADER_BYTES = 8 * 1024
MAX_BOUNDARY = 70
MAX_CONTENT_TYPE = 1024
_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class ContentType:
    """A Content-Type header taken apart."""

    media_type: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body, by its place in the spooled file."""

    content_id: str
    media_type: str
    encoding: str
    start: int
    length: int


@lru_cache(maxsize=1024)
def content_type(value: str) -> ContentType:
    """Take a Content-Type apart; a client sends the same one every time.

    Raise MediaTypeRefused for a long one: the standard parser takes quadratic time.
    """
    if len(value) > MAX_CONTENT_TYPE:
        raise MediaTypeRefused
    message = Message()
    message["Content-Type"] = value
    pairs = message.get_params(failobj=[])
    return ContentType(
        message.get_content_type() if value else "",
        {str(name).lower(): str(text) for name, text in pairs[1:]},
    )


def soap_version(kind: ContentType) -> Version:
    """Return the SOAP version a Content-Type announces; raise MediaTypeRefused."""
    media_type = kind.media_type
    if media_type == "multipart/related":
        media_type = kind.parameters.get("start-info", kind.parameters.get("type", ""))
        media_type = media_type.split(";")[0].strip().lower()
    charset = kind.parameters.get("charset", "utf-8").strip("\"'").lower()
    if kind.media_type != "multipart/related" and charset not in {"utf-8", "utf8"}:
        raise MediaTypeRefused
    if media_type in {"text/xml", "application/xop+xml"}:
        return Version.SOAP11
    if media_type == "application/soap+xml":
        return Version.SOAP12
    raise MediaTypeRefused


def split(path: Path, kind: ContentType) -> tuple[Part, list[Part]]:
    """Return the root part and the others; raise AttachmentBroken."""
    boundary = kind.parameters.get("boundary", "")
    if not 0 < len(boundary) <= MAX_BOUNDARY or not boundary.isascii():
        raise AttachmentBroken("Граница частей multipart не указана или недопустима.")
    with path.open("rb") as file:
        parts = list(_parts(file, b"--" + boundary.encode()))
    if not parts:
        raise AttachmentBroken("В multipart-сообщении нет частей.")
    start = kind.parameters.get("start", "").strip("<>")
    roots = [part for part in parts if part.content_id == start] if start else parts[:1]
    if len(roots) != 1:
        raise AttachmentBroken("Корневая часть, названная в start, не найдена или повторяется.")
    others = [part for part in parts if part is not roots[0]]
    if len({part.content_id for part in parts}) != len(parts):
        raise AttachmentBroken("Content-ID частей повторяется.")
    return roots[0], others


def _parts(file: IO[bytes], delimiter: bytes) -> Iterator[Part]:
    places = _delimiters(file, delimiter)
    previous = next(places, None)
    if previous is None:
        return
    for count, place in enumerate(places, 1):
        if count > MAX_PARTS:
            raise AttachmentBroken(f"В сообщении больше {MAX_PARTS} частей.")
        yield _part(file, previous + len(delimiter), place)
        previous = place
    file.seek(previous + len(delimiter))
    if file.read(2) != b"--":
        raise AttachmentBroken("Multipart-сообщение оборвано: нет закрывающей границы.")


def _delimiters(file: IO[bytes], delimiter: bytes) -> Iterator[int]:
    """Yield the offsets of the delimiter lines."""
    needle = b"\r\n" + delimiter
    file.seek(0)
    window = b"\r\n" + file.read(_BLOCK)
    base = -2
    while window:
        found = window.find(needle)
        while found >= 0:
            yield base + found + 2
            found = window.find(needle, found + len(needle))
        tail = window[-(len(needle) - 1) :]
        base += len(window) - len(tail)
        block = file.read(_BLOCK)
        if not block:
            return
        window = tail + block


def _part(file: IO[bytes], start: int, end: int) -> Part:
    position = file.tell()
    file.seek(start)
    head = file.read(min(MAX_PART_HEADER_BYTES, end - start))
    file.seek(position)
    stop = head.find(b"\r\n\r\n")
    if stop < 0:
        raise AttachmentBroken("Заголовки части multipart не закончены.")
    headers = BytesHeaderParser().parsebytes(head[:stop].lstrip(b"\r\n") + b"\r\n\r\n")
    encoding = str(headers.get("Content-Transfer-Encoding", "binary")).strip().lower()
    if encoding not in {"binary", "8bit", "7bit"}:
        raise AttachmentBroken("Части multipart передаются только как binary.")
    body = start + stop + 4
    return Part(
        content_id=str(headers.get("Content-ID", "")).strip().strip("<>"),
        media_type=headers.get_content_type(),
        encoding=encoding,
        start=body,
        length=max(0, end - 2 - body),
    )
