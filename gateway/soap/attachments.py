"""Binary content leaves the tree: MTOM parts and inline base64 become attachments alike.

In the tree each is replaced by a token, base64 of `sha256:<hex>`, so that the canonical payload,
and with it idempotency, covers the content without carrying it.
"""

import base64
import binascii
import hashlib
import io
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from lxml import etree

from gateway.kernel.message import Attachment, Kept
from gateway.soap.errors import AttachmentBroken
from gateway.soap.mime import MAX_PARTS, Part, Streamed, octets_of

XOP_INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"
MOST_INLINED_BYTES = 4 * 1024 * 1024
"""Parts that are put back into a tree; libxml2 itself takes no text of more than 10 MB."""
_CID = "cid:"
_SPACE = re.compile(r"\s")
_TOKEN = b"sha256:"
_ENCODED_TOKEN = b">c2hhMjU2O"
"""How every token begins where it stands in a message."""
_INCLUDE = b'<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:%d.%s@hub"/>'
_INCLUDED = re.compile(
    # A signed envelope is canonical XML, which knows no empty tags.
    re.escape(_INCLUDE.partition(b"%d")[0])
    + rb'(\d{1,4}\.([0-9a-f]{64})@hub)"(?:/>|></xop:Include>)'
)
_BLOCK = 256 * 1024


def attached(spooled: Path, parts: Sequence[Part]) -> dict[str, Attachment]:
    """Return the parts of a spooled message by content id, digested block by block."""
    return {part.content_id: _from_part(spooled, part) for part in parts}


def inline(payload: etree._Element, parts: Mapping[str, Attachment]) -> None:
    """Put MTOM parts back as base64, as they were for a sender who signed before packing.

    Raise AttachmentBroken as `detach` does, and when the parts are too large to be held.
    """
    if sum(part.size for part in parts.values()) > MOST_INLINED_BYTES:
        raise AttachmentBroken(
            "Подписано содержимое вложений, а они велики: подпишите сообщение со ссылками "
            "xop:Include и укажите хеш каждого вложения."
        )
    for holder, part in _references(payload, parts):
        with part.open() as file:
            holder.text = base64.b64encode(file.read()).decode()


def unvouched(
    payload: etree._Element,
    found: Mapping[bytes, Attachment],
    self_digested: frozenset[str] = frozenset(),
) -> bool:
    """Tell whether some attachment of a signed message has no signed digest beside it.

    A signature covers the reference to a part, not the part. The `hash` next to the content does.
    Who reads the elements `self_digested` looks at what vouches for them.
    """
    tokens = {base64.b64encode(token).decode(): part for token, part in found.items()}
    vouched = set()
    for element in payload.iter():
        part = tokens.get(element.text or "")
        holder = element.getparent()
        if part is None or holder is None:
            continue
        if element.tag in self_digested:
            vouched.add(element.text)
            continue
        hashes = [sibling for sibling in holder if etree.QName(sibling).localname == "hash"]
        expected = base64.b64encode(part.sha256).decode()
        if ["".join((one.text or "").split()) for one in hashes] == [expected]:
            vouched.add(element.text)
    return vouched != set(tokens)


def may_refer(data: bytes) -> bool:
    """Tell whether a message may hold xop:Include: no name in XML can be written otherwise."""
    return b"Include" in data


def detach(
    payload: etree._Element, parts: Mapping[str, Attachment], binary: frozenset[str]
) -> dict[bytes, Attachment]:
    """Replace binary content in `payload` by tokens; return the attachments by token.

    `binary` names the elements whose type is base64Binary. Raise AttachmentBroken when a
    reference is not `cid:`, names no part or a part is not referred to exactly once, and when
    there are more attachments than a message may have: no schema has looked at it yet.
    """
    found: dict[bytes, Attachment] = {}
    for holder, part in _references(payload, parts):
        holder.text = _token(part, found)
    for count, element in enumerate(payload.iter(*binary) if binary else (), 1):
        if count > MAX_PARTS:
            raise AttachmentBroken(f"В сообщении больше {MAX_PARTS} вложений.")
        if element.text and len(element) == 0 and not _is_token(element.text, found):
            _detach_inline(element, found)
    return found


@dataclass(frozen=True, slots=True)
class Reference:
    """A place of an envelope at which a kept attachment stands."""

    content_id: str
    sha256: bytes
    start: int
    """Where xop:Include begins in the bytes of the envelope."""
    end: int


def token_of(sha256: bytes) -> bytes:
    """Return what stands for a kept attachment in a field of bytes."""
    return _TOKEN + sha256.hex().encode()


def kept_in(response: object, text: bytes) -> set[bytes]:
    """Return the tokens of the kept attachments in a response; `text` is what it is encoded to."""
    return set(_kept(response)) if _ENCODED_TOKEN in text else set()


def refer(text: bytes, tokens: Collection[bytes]) -> bytes:
    """Replace tokens in serialized XML by xop:Include, each place by a part of its own.

    Only `tokens` are replaced: what else looks like one is somebody's content.
    """
    encoded = [base64.b64encode(token) for token in sorted(tokens)]
    if not encoded:
        return text
    digests = dict(zip(encoded, (token[len(_TOKEN) :] for token in sorted(tokens)), strict=True))
    numbers = itertools.count(1)
    return re.sub(
        rb">(" + b"|".join(map(re.escape, encoded)) + rb")<",
        lambda found: b">%s<" % (_INCLUDE % (next(numbers), digests[found[1]])),
        text,
    )


def references(envelope: bytes) -> list[Reference]:
    """Return the places that `refer` has made, in their order."""
    return [
        Reference(found[1].decode(), bytes.fromhex(found[2].decode()), *found.span())
        for found in _INCLUDED.finditer(envelope)
    ]


def spelled_out(envelope: bytes, parts: Sequence[Attachment], content_type: str) -> Streamed:
    """Return an envelope with base64 where it refers to parts, for who takes no MTOM.

    `parts` stand in the order of `references`.
    """
    places = list(zip(references(envelope), parts, strict=True))

    def pieces() -> Iterator[bytes]:
        position = 0
        for place, part in places:
            yield envelope[position : place.start]
            yield from _as_base64(octets_of(part))
            position = place.end
        yield envelope[position:]

    taken_out = sum(place.end - place.start for place, _ in places)
    put_in = sum(4 * -(-part.size // 3) for part in parts)
    return Streamed(content_type, len(envelope) - taken_out + put_in, pieces)


def _kept(value: object) -> Iterator[bytes]:
    if isinstance(value, Kept):
        yield bytes(value)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _kept(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _kept(getattr(value, item.name))


def _as_base64(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        octets = rest + block
        whole = len(octets) - len(octets) % 3
        rest = octets[whole:]
        yield base64.b64encode(octets[:whole])
    yield base64.b64encode(rest)


def _references(
    payload: etree._Element, parts: Mapping[str, Attachment]
) -> list[tuple[etree._Element, Attachment]]:
    """Take the references out; return the elements that held them with what they refer to."""
    referred: list[str] = []
    found = []
    for include in list(payload.iter(XOP_INCLUDE)):
        holder = include.getparent()
        if holder is None or len(holder) != 1 or (holder.text or "").strip():
            raise AttachmentBroken
        content_id = _content_id(include.get("href", ""))
        referred.append(content_id)
        part = parts.get(content_id)
        if part is None:
            raise AttachmentBroken(f"Нет части с Content-ID «{content_id[:100]}».")
        holder.remove(include)
        found.append((holder, part))
    if sorted(referred) != sorted(parts):
        raise AttachmentBroken
    return found


def _detach_inline(element: etree._Element, found: dict[bytes, Attachment]) -> None:
    # Of megabytes of text no copy is made that is not needed.
    text = element.text or ""
    if _SPACE.search(text):
        text = "".join(text.split())
    try:
        octets = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        return  # the schema refuses it, with the place
    part = Attachment(
        content_id="",
        media_type="application/octet-stream",
        size=len(octets),
        sha256=hashlib.sha256(octets).digest(),
        open=lambda: io.BytesIO(octets),
    )
    element.text = _token(part, found)


def _token(part: Attachment, found: dict[bytes, Attachment]) -> str:
    token = token_of(part.sha256)
    found[token] = part
    return base64.b64encode(token).decode()


def _is_token(text: str, found: Mapping[bytes, Attachment]) -> bool:
    return any(text == base64.b64encode(token).decode() for token in found)


def _content_id(href: str) -> str:
    if not href.startswith(_CID):
        raise AttachmentBroken("Ссылка xop:Include допускается только вида cid:.")
    return unquote(href.removeprefix(_CID))


def _from_part(spooled: Path, part: Part) -> Attachment:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with spooled.open("rb") as file:
            yield io.BufferedReader(_Slice(file, part.start, part.length), _BLOCK)

    digest = hashlib.sha256()
    with opened() as source:
        for octets in iter(lambda: source.read(_BLOCK), b""):
            digest.update(octets)
    return Attachment(part.content_id, part.media_type, part.length, digest.digest(), opened)


class _Slice(io.RawIOBase):
    """A stretch of a file, read as a file of its own."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file = file
        self._start = start
        self._length = length
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, begin + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # `Buffer` has no name before 3.12
        self._file.seek(self._start + self._position)
        octets = self._file.read(min(len(buffer), max(0, self._length - self._position)))
        buffer[: len(octets)] = octets
        self._position += len(octets)
        return len(octets)
