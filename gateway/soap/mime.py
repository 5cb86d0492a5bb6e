"""Multipart bodies (MTOM): split on disk, written piece by piece, never held in memory.

To split one the caller gives a spooled, seekable file; parts are described by where they lie in it.
"""

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from functools import lru_cache
from pathlib import Path
from typing import IO

from gateway.kernel.message import Attachment
from gateway.soap.errors import AttachmentBroken, MediaTypeRefused
from gateway.soap.parse import Version

MAX_PARTS = 16
MAX_PART_HEADER_BYTES = 8 * 1024
MAX_BOUNDARY = 70
MAX_CONTENT_TYPE = 1024
OCTETS = "application/octet-stream"
_BLOCK = 256 * 1024
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}")
_ROOT = "root@hub"


@dataclass(frozen=True, slots=True)
class Streamed:
    """A body that leaves piece by piece; each call of `pieces` begins it anew."""

    content_type: str
    length: int
    pieces: Callable[[], Iterator[bytes]]


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
    with path.open("rb") as file:
        return _split(file, kind)


def root_of(octets: bytes, kind: ContentType) -> bytes:
    """Return the root part of a small multipart body; raise AttachmentBroken."""
    root, _ = _split(io.BytesIO(octets), kind)
    return octets[root.start : root.start + root.length]


def _split(file: IO[bytes], kind: ContentType) -> tuple[Part, list[Part]]:
    boundary = kind.parameters.get("boundary", "")
    if not 0 < len(boundary) <= MAX_BOUNDARY or not boundary.isascii():
        raise AttachmentBroken("Граница частей multipart не указана или недопустима.")
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


def package(version: Version, envelope: bytes, parts: Sequence[Attachment]) -> Streamed:
    """Return the multipart body of an envelope and the parts that it refers to, in their order.

    The same envelope and parts make the same bytes: a repeated answer is the first one. The
    boundary is a digest of the content, so that it cannot stand in there.
    """
    digest = hashlib.sha256(envelope)
    for part in parts:
        digest.update(part.sha256)
    boundary = f"hub-{digest.hexdigest()[:48]}"
    media_type = version.media_type
    heads = [_head(boundary, _ROOT, f'application/xop+xml; charset=UTF-8; type="{media_type}"')]
    heads += [_head(boundary, part.content_id, _safe(part.media_type)) for part in parts]
    end = f"\r\n--{boundary}--\r\n".encode()
    heads[0] = heads[0].removeprefix(b"\r\n")

    def pieces() -> Iterator[bytes]:
        yield heads[0] + envelope
        for head, part in zip(heads[1:], parts, strict=True):
            yield head
            yield from octets_of(part)
        yield end

    return Streamed(
        f'multipart/related; type="application/xop+xml"; boundary="{boundary}"; '
        f'start="<{_ROOT}>"; start-info="{media_type}"',
        len(envelope) + sum(map(len, heads)) + sum(part.size for part in parts) + len(end),
        pieces,
    )


def octets_of(part: Attachment) -> Iterator[bytes]:
    """Yield the content of a part block by block; raise AttachmentBroken when it is another."""
    digest, size = hashlib.sha256(), 0
    with part.open() as source:
        for octets in iter(lambda: source.read(_BLOCK), b""):
            digest.update(octets)
            size += len(octets)
            if size > part.size:
                raise AttachmentBroken("Вложение длиннее, чем было принято.")
            yield octets
    if (size, digest.digest()) != (part.size, part.sha256):
        raise AttachmentBroken("Вложение не то, что было принято.")


def _head(boundary: str, content_id: str, media_type: str) -> bytes:
    return (
        f"\r\n--{boundary}\r\nContent-Type: {media_type}\r\n"
        f"Content-Transfer-Encoding: binary\r\nContent-ID: <{content_id}>\r\n\r\n"
    ).encode("ascii")


def _safe(media_type: str) -> str:
    """Return a media type that cannot carry a header of its own."""
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else OCTETS


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
