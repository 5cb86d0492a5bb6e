"""Files of a SMEV 2 message: one zip in AppDocument with a list of what is in it.

The list is `req_<guid>.xml` with AppliedDocuments. A file of the archive becomes the content of the
FileRef in the payload that names it: the same `fileName` as Name of the list, or, when that leaves
a choice or finds nothing, the same `code` of the attachment as CodeDocument. What the payload does
not name is refused rather than lost.
"""

import hashlib
import io
import tempfile
import weakref
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape

from lxml import etree

from gateway.kernel import xml
from gateway.kernel.errors import Finding, ValidationError
from gateway.kernel.message import Attachment
from gateway.soap.archive import Archive, open_archive

APPLIED = "http://smev.gosuslugi.ru/request/rev111111"
MOST_FILES = 64
COMMON = "urn://x-artefacts-citto-72/common/1.0"
FILE_NAME = f"{{{COMMON}}}fileName"
CONTENT = f"{{{COMMON}}}content"

_LIST_BYTES = 1024 * 1024
_IN_MEMORY = 256 * 1024
_BLOCK = 256 * 1024
_EARLIEST = (1980, 1, 1, 0, 0, 0)

IsDigestOf = Callable[[bytes, IO[bytes]], bool]
"""Tells whether a digest, by an algorithm the sender may use, is that of a stream."""


class DocumentRefused(ValidationError):
    """AppDocument and the payload, or its archive and the list of files, do not fit together."""

    message = "Вложения AppDocument не приняты."
    action = (
        "Передайте архив req_<guid>.zip с описью req_<guid>.xml, файлами и верным DigestValue; "
        "назовите каждый файл в содержательной части."
    )


@dataclass(frozen=True, slots=True)
class AppliedFile:
    """A file of the archive as the list describes it."""

    name: str
    code: str | None
    media_type: str
    content: Attachment


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to be sent."""

    name: str
    code: str | None
    media_type: str
    read: Callable[[], bytes]


def unpack(
    archive: Attachment, request_code: str, is_digest_of: IsDigestOf, max_bytes: int
) -> tuple[AppliedFile, ...]:
    """Return the files of an archive; raise DocumentRefused, ArchiveRefused, TooLarge."""
    with (
        archive.open() as source,
        open_archive(source, max_bytes=max_bytes, most_entries=2 * MOST_FILES) as opened,
    ):
        return tuple(
            _applied(opened, described, number, is_digest_of)
            for number, described in enumerate(_listed(opened, request_code), 1)
        )


def fill_in(payload: etree._Element, files: Sequence[AppliedFile]) -> dict[bytes, Attachment]:
    """Put the files where the payload names them; return them by token. Raise DocumentRefused."""
    waiting = [
        holder
        for name in payload.iter(FILE_NAME)
        if (holder := name.getparent()) is not None and not holder.findtext(CONTENT)
    ]
    found: dict[bytes, Attachment] = {}
    for number, file in enumerate(files, 1):
        holder = _place_of(file, waiting, number)
        waiting.remove(holder)
        token = b"sha256:" + file.content.sha256.hex().encode()
        found[token] = file.content
        place = holder.find(CONTENT)
        if place is None:
            place = etree.SubElement(holder, CONTENT)
        place.text = b64encode(token).decode()
    return found


def pack(files: Sequence[Enclosure], code: str) -> bytes:
    """Return the archive `code`.zip of some files; the same files make the same bytes."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        listed = []
        for number, file in enumerate(files, 1):
            octets = file.read()
            path = f"files/{number}/{_bare(file.name)}"
            listed.append(_description(file, number, path))
            _write(archive, path, octets)
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<r:AppliedDocuments xmlns:r="{APPLIED}">{"".join(listed)}</r:AppliedDocuments>'
        )
        _write(archive, f"{code}.xml", text.encode())
    return body.getvalue()


def _listed(archive: Archive, request_code: str) -> Sequence[etree._Element]:
    name = _list_name(archive.entries, request_code.strip().removesuffix(".zip"))
    with archive.open(name) as source:
        octets = source.read(_LIST_BYTES + 1)
    if len(octets) > _LIST_BYTES:
        raise DocumentRefused("Опись архива слишком велика.")
    try:
        root = etree.fromstring(octets, xml.parser())
    except etree.XMLSyntaxError as error:
        raise DocumentRefused("Опись архива не читается.") from error
    # Some write the list in the namespace of the envelope: the names decide.
    if xml.has_doctype(root) or etree.QName(root).localname != "AppliedDocuments":
        raise DocumentRefused("В описи архива ожидается AppliedDocuments.")
    described = [child for child in root if etree.QName(child).localname == "AppliedDocument"]
    if len(described) > MOST_FILES:
        raise DocumentRefused(f"В архиве больше {MOST_FILES} файлов.")
    return described


def _list_name(entries: Mapping[str, object], code: str) -> str:
    if f"{code}.xml" in entries:
        return f"{code}.xml"
    lists = [name for name in entries if name.startswith("req_") and name.endswith(".xml")]
    if len(lists) != 1:
        raise DocumentRefused("В архиве нет описи req_<guid>.xml.")
    return lists[0]


def _applied(
    archive: Archive, described: etree._Element, number: int, is_digest_of: IsDigestOf
) -> AppliedFile:
    said = {
        etree.QName(child).localname: (child.text or "").strip()
        for child in described
        if isinstance(child.tag, str)
    }
    path = said.get("URL", "").removeprefix("/")
    if path not in archive.entries or not said.get("Name"):
        raise DocumentRefused(f"Файла № {number} описи в архиве нет.")
    media_type = said.get("Type") or "application/octet-stream"
    content = _taken_out(archive, path, media_type)
    digest = said.get("DigestValue")
    if digest:
        with content.open() as source:
            if not is_digest_of(read_digest(digest), source):
                raise DocumentRefused(f"Хеш файла № {number} описи не совпал.")
    return AppliedFile(said["Name"], said.get("CodeDocument") or None, media_type, content)


def read_digest(text: str) -> bytes:
    """Read a DigestValue; raise DocumentRefused."""
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise DocumentRefused("DigestValue записан не в base64.") from error


def _taken_out(archive: Archive, path: str, media_type: str) -> Attachment:
    """Read a file of the archive once, into memory or a nameless file that goes with the object."""
    with ExitStack() as broken:
        kept = broken.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        digest, size = hashlib.sha256(), 0
        with archive.open(path) as source:
            for block in iter(lambda: source.read(_BLOCK), b""):
                digest.update(block)
                size += len(block)
                kept.write(block)
        broken.pop_all()

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        kept.seek(0)
        yield kept

    weakref.finalize(opened, kept.close)
    return Attachment("", media_type, size, digest.digest(), opened)


def _place_of(file: AppliedFile, holders: list[etree._Element], number: int) -> etree._Element:
    named = [one for one in holders if (one.findtext(FILE_NAME) or "").strip() == file.name]
    if len(named) == 1:
        return named[0]
    coded = [one for one in named or holders if file.code and _code_beside(one) == file.code]
    if len(coded) != 1:
        finding = Finding(
            f"Файл № {number} описи не назван в содержательной части или назван не однажды.",
            rule="app-document",
            advice="Укажите в FileRef то же имя файла или у вложения тот же код документа.",
        )
        raise DocumentRefused(findings=(finding,))
    return coded[0]


def _code_beside(holder: etree._Element) -> str:
    around = holder.getparent()
    codes = [] if around is None else [c for c in around if etree.QName(c).localname == "code"]
    return (codes[0].text or "").strip() if codes else ""


def _description(file: Enclosure, number: int, path: str) -> str:
    code = f"<r:CodeDocument>{escape(file.code)}</r:CodeDocument>" if file.code else ""
    return (
        f"<r:AppliedDocument>{code}<r:Name>{escape(file.name)}</r:Name><r:Number>{number}"
        f"</r:Number><r:URL>{escape(path)}</r:URL><r:Type>{escape(file.media_type)}</r:Type>"
        "</r:AppliedDocument>"
    )


def _bare(name: str) -> str:
    """Return a file name without what would lead elsewhere."""
    bare = "".join("_" if one in "/\\:" or not one.isprintable() else one for one in name)
    return "_" if bare in {"", ".", ".."} else bare


def _write(archive: zipfile.ZipFile, path: str, octets: bytes) -> None:
    entry = zipfile.ZipInfo(path, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, octets)
