"""Archives: a registry file in a zip, and attached ones; none is ever unpacked to disk.

The table of contents of an archive is a claim of its sender: it is checked, and where a content is
read its bytes are counted all the same while they come out (SVC-00-12). An attached archive is only
handed on, to people who will unpack it: what would harm them is refused here.
"""

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from gateway.kernel.errors import TooLarge, ValidationError

MOST_RATIO = 100
"""How many times larger than the archive its content may be."""
FREE_OF_RATIO = 1024 * 1024
"""Content up to these bytes may be packed any tighter: short files of equal lines are."""
_KEPT_IN_MEMORY = 1024 * 1024
_ENCRYPTED = 0x1
_MOST_ENTRIES = 16
MOST_MEMBERS = 1000
"""Of an attached archive; a document of an office program is one, too."""
_BYTES_OF_ENTRY = 1024
"""What a line of the table of contents may take, on the average."""
_END_BYTES = 22
_ZIP64 = b"PK\x06\x07"
_FILE_TYPE = 0o170000
_PLAIN_TYPES = frozenset({0, 0o100000, 0o040000})
_TAIL = 66 * 1024
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_NESTED = (_ZIP, _EMPTY_ZIP, b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class ArchiveRefused(ValidationError):
    """The archive is broken or is not one plain XML file in a zip."""

    message = "Архив не принят."
    action = "Упакуйте в zip без пароля ровно один файл .xml или передайте XML без архива."


class AttachedArchiveRefused(ValidationError):
    """An attached archive would harm whoever unpacks it."""

    message = "Архив во вложении не принят."
    action = "Переупакуйте: zip без пароля, архивов и ссылок внутри, имена файлов без .. и корня."


def control(source: IO[bytes], *, nested: bool = False) -> frozenset[str]:
    """Hold an attached archive against its table of contents; return the names of its members.

    `nested` allows archives inside, as documents have them. Raise AttachedArchiveRefused.
    """
    try:
        return _members(source, nested=nested)
    except ArchiveRefused as refused:
        raise AttachedArchiveRefused(refused.text) from refused


@contextmanager
def open_registry_file(source: IO[bytes], *, max_bytes: int) -> Iterator[IO[bytes]]:
    """Open the XML of a registry file: `source` itself, or the only entry when it is a zip.

    A zip is known by its first bytes: media types and file names are only what the sender says.
    Raise ArchiveRefused for a broken, encrypted or nested archive and for any number of files
    but one, TooLarge when the content passes `max_bytes` or is packed more than 100 to 1. Both
    may also be raised while the returned stream is read.
    """
    start = io.BufferedReader(_Unbuffered(source))
    if start.peek(len(_ZIP))[: len(_ZIP)] not in {_ZIP, _EMPTY_ZIP}:
        yield start
        return
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as spooled:
        # A kept attachment comes piece by piece; the table of contents stands at its end.
        shutil.copyfileobj(start, spooled)
        size = spooled.tell()
        _refuse_many_entries(spooled, size, _MOST_ENTRIES, "В архиве больше одного файла.")
        with _open_archive(spooled) as archive, _open_entry(archive) as content:
            allowed = min(max_bytes, max(FREE_OF_RATIO, size * MOST_RATIO))
            yield io.BufferedReader(_Counted(content, _Allowance(allowed), nested=False))


@dataclass(frozen=True, slots=True)
class Archive:
    """Several files in one zip, within one allowance of bytes."""

    entries: dict[str, zipfile.ZipInfo]
    """Files by their path; folders are left out."""
    _archive: zipfile.ZipFile
    _allowance: "_Allowance"

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the archive; raise ArchiveRefused, TooLarge, also while it is read."""
        with _open_member(self._archive, self.entries[name]) as content:
            yield io.BufferedReader(_Counted(content, self._allowance, nested=True))


@contextmanager
def open_archive(source: IO[bytes], *, max_bytes: int, most_entries: int) -> Iterator[Archive]:
    """Open a zip of several files, whatever they are; they may be archives, which stay closed.

    Raise ArchiveRefused for anything but a zip of plain files whose paths stay inside it, TooLarge
    when all that is read passes `max_bytes` or is packed more than 100 to 1.
    """
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as spooled:
        shutil.copyfileobj(source, spooled)
        size = spooled.tell()
        _refuse_many_entries(spooled, size, most_entries, f"В архиве больше {most_entries} файлов.")
        with _open_archive(spooled) as archive:
            allowed = min(max_bytes, max(FREE_OF_RATIO, size * MOST_RATIO))
            yield Archive(_plain_entries(archive), archive, _Allowance(allowed))


def _plain_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        _refuse_harmful(entry)
        if entry.filename in entries:
            raise ArchiveRefused("Два файла архива называются одинаково.")
        if not entry.is_dir():
            entries[entry.filename] = entry
    return entries


def _members(source: IO[bytes], *, nested: bool) -> frozenset[str]:
    size = source.seek(0, io.SEEK_END)
    _refuse_many_entries(source, size, MOST_MEMBERS, f"В архиве больше {MOST_MEMBERS} файлов.")
    with _open_archive(source) as archive:
        entries = archive.infolist()
        for entry in entries:
            _refuse_harmful(entry)
        names = [entry.filename.casefold() for entry in entries]
        if len(set(names)) != len(names):
            raise ArchiveRefused("Имена файлов в архиве повторяются.")
        if sum(entry.file_size for entry in entries) > max(FREE_OF_RATIO, size * MOST_RATIO):
            raise ArchiveRefused(f"Архив сжат больше чем в {MOST_RATIO} раз.")
        if sum(entry.compress_size for entry in entries) > size:
            raise ArchiveRefused("Файлы в архиве перекрываются.")
        if not nested and any(_is_archive(archive, entry) for entry in entries):
            raise ArchiveRefused("Внутри архива лежит ещё один архив.")
    return frozenset(entry.filename for entry in entries)


def _is_archive(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    with _open_member(archive, entry) as content:
        try:
            return content.read(len(_ZIP)).startswith(_NESTED)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ArchiveRefused("Архив повреждён.") from error


def _refuse_harmful(entry: zipfile.ZipInfo) -> None:
    """Refuse what would end up elsewhere than among the files of the archive, or cannot be read."""
    name = entry.orig_filename
    outside = (
        name.startswith("/")
        or "\\" in name
        or name[1:2] == ":"
        or ".." in PurePosixPath(name).parts
        or not name.strip("./")
    )
    if outside or not name.isprintable():
        raise ArchiveRefused("Имя файла в архиве ведёт за пределы архива или записано неправильно.")
    if (entry.external_attr >> 16) & _FILE_TYPE not in _PLAIN_TYPES:
        raise ArchiveRefused("В архиве лежит ссылка или другой особый файл.")
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused("Архив зашифрован.")
    if entry.compress_type not in _METHODS:
        raise ArchiveRefused("Способ сжатия архива не поддерживается: нужен deflate.")


def _refuse_many_entries(source: IO[bytes], size: int, most: int, text: str) -> None:
    """Look at the number of entries before zipfile makes an object of each.

    It goes by the length of the table, not by the count, so that both have to be believable; and
    of several ends it may choose another than we would: each of them has to be.
    """
    source.seek(max(0, size - _TAIL))
    tail = source.read(_TAIL)
    if _ZIP64 in tail:
        raise ArchiveRefused("Архив в формате ZIP64; такому размеру он не нужен.")
    end = tail.find(_EMPTY_ZIP)
    while end >= 0:
        record = tail[end : end + _END_BYTES]
        count, length = record[10:12], record[12:16]
        if (
            int.from_bytes(count, "little") > most
            or int.from_bytes(length, "little") > most * _BYTES_OF_ENTRY
        ):
            raise ArchiveRefused(text)
        end = tail.find(_EMPTY_ZIP, end + 1)


@contextmanager
def _open_archive(source: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ArchiveRefused("Архив повреждён или не является zip.") from error
    with archive:
        yield archive


@contextmanager
def _open_entry(archive: zipfile.ZipFile) -> Iterator[IO[bytes]]:
    entries = archive.infolist()
    if len(entries) != 1:
        raise ArchiveRefused(f"В архиве должен быть один файл, а в нём {len(entries)}.")
    entry = entries[0]
    if entry.is_dir() or PurePosixPath(entry.filename).suffix.lower() != ".xml":
        raise ArchiveRefused("В архиве должен быть файл с расширением .xml.")
    _refuse_harmful(entry)
    with _open_member(archive, entry) as content:
        yield content


@contextmanager
def _open_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    try:
        content = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise ArchiveRefused("Архив повреждён.") from error
    with content:
        yield content


class _Unbuffered(io.RawIOBase):
    """Lends a stream to a buffer that is thrown away sooner than the stream."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@dataclass(slots=True)
class _Allowance:
    """How many bytes may still come out of an archive."""

    left: int


class _Counted(io.RawIOBase):
    """Counts what really comes out of the archive."""

    def __init__(self, content: IO[bytes], allowance: _Allowance, *, nested: bool) -> None:
        self._content = content
        self._allowance = allowance
        self._may_be_archive = nested
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer
        try:
            data = self._content.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ArchiveRefused("Архив повреждён.") from error
        if not self._started and not self._may_be_archive and data.startswith(_NESTED):
            raise ArchiveRefused("Внутри архива лежит ещё один архив.")
        self._started = True
        self._allowance.left -= len(data)
        if self._allowance.left < 0:
            raise TooLarge("Содержимое архива слишком велико или слишком сильно сжато.")
        buffer[: len(data)] = data
        return len(data)
