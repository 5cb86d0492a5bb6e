"""Files that a message describes (`FileRef`): what came is held against what was said of it.

Slices share this check. The type is asked twice: what the sender declares has to be allowed, and
the first bytes have to be of that type, for a name and a media type are only what somebody says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from gateway.contracts.messages.common import FileRef
from gateway.kernel.errors import Finding, TooLarge, ValidationError
from gateway.kernel.message import Attachment
from gateway.soap import archive

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
RTF = "application/rtf"
XML = "application/xml"
TEXT = "text/plain"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_STARTS: Mapping[str, tuple[bytes, ...]] = {
    PDF: (b"%PDF-",),
    PNG: (b"\x89PNG\r\n\x1a\n",),
    JPEG: (b"\xff\xd8\xff",),
    TIFF: (b"II*\0", b"MM\0*"),
    RTF: (b"{\\rtf",),
    ZIP: (_ZIP,),
    DOCX: (_ZIP,),
    XLSX: (_ZIP,),
    ODT: (_ZIP,),
    DOC: (_OLE,),
    XLS: (_OLE,),
}
_INSIDE = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", ODT: "content.xml"}
_PLAIN = frozenset({XML, TEXT, "text/xml", "text/csv"})
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_SAMES = {"application/x-zip-compressed": ZIP, "image/jpg": JPEG, "application/x-pdf": PDF}
_HEAD = 4096


class AttachmentHashMismatch(ValidationError):
    """The bytes that came are not those that `size` and `hash` tell of (PORT-APP-04)."""

    code = "ATTACHMENT_HASH_MISMATCH"
    message = "Вложение не то, что заявлено: другой размер или другой хеш."
    action = "Вычислите size и hash по тем байтам, которые передаёте, и отправьте снова."


class AttachmentTypeForbidden(ValidationError):
    """The type of a file is not allowed here, or its content is of another type than declared."""

    code = "ATTACHMENT_TYPE_FORBIDDEN"
    message = "Файл такого типа здесь не принимается."
    action = "Передайте файл разрешённого типа и укажите его настоящий тип в mimeType."


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be attached."""

    types: frozenset[str] | None = None
    """Media types; None allows any whose content is not a program."""
    octets: int | None = None
    """Of one file."""


def control_file(
    file: FileRef,
    attachments: Mapping[bytes, Attachment],
    path: str,
    allowed: Allowed | None = None,
    differs: type[ValidationError] = AttachmentHashMismatch,
) -> Attachment:
    """Return the attached file if it is what the message says of it and may be attached.

    `path` is its place in the message; without `allowed` its type is not looked at. `differs` is
    what contracts older than ATTACHMENT_HASH_MISMATCH raise. Raises ValidationError when there is
    no content, AttachmentTypeForbidden, TooLarge, ArchiveRefused.
    """
    attachment = attachments.get(file.content or b"")
    if attachment is None:
        text = "Содержимое файла не передано или пусто."
        raise ValidationError(findings=(Finding(text, path=f"{path}/content", rule="required"),))
    if attachment.size != file.size:
        text = f"Получено байтов: {attachment.size}, указано: {file.size}."
        raise differs(findings=(Finding(text, path=f"{path}/size", rule="size"),))
    if attachment.sha256 != file.hash:
        text = "Контрольная сумма полученных байтов другая."
        raise differs(findings=(Finding(text, path=f"{path}/hash", rule="hash"),))
    if allowed is not None:
        _control(file.mime_type, attachment, f"{path}/mimeType", allowed)
    return attachment


def control_content(declared: str, attachment: Attachment, path: str) -> None:
    """Refuse content of another type than declared: AttachmentTypeForbidden.

    `path` is the place of the declared type. Raises AttachedArchiveRefused, too.
    """
    kind = _kind(declared)
    with attachment.open() as source:
        head = source.read(_HEAD)
        if not _looks_like(kind, head):
            raise _forbidden("Содержимое файла другого типа, чем указано.", path, declared)
        if head.startswith(_ZIP):
            _control_archive(kind, source, path, declared)


def control_total(attachments: Mapping[bytes, Attachment], most: int) -> None:
    """Refuse more bytes than one message may bring in its files with TOO_LARGE."""
    total = sum(part.size for part in attachments.values())
    if total > most:
        raise TooLarge(f"Во вложениях {total} байтов, допустимо {most}.")


def _control(declared: str, attachment: Attachment, path: str, allowed: Allowed) -> None:
    if allowed.octets is not None and attachment.size > allowed.octets:
        raise TooLarge(f"В файле {attachment.size} байтов, допустимо {allowed.octets}.")
    kind = _kind(declared)
    if allowed.types is not None and kind not in allowed.types:
        listed = ", ".join(sorted(allowed.types))
        raise _forbidden(f"Тип {kind} не принимается. Принимаются: {listed}.", path, declared)
    control_content(declared, attachment, path)


def _kind(declared: str) -> str:
    kind = declared.partition(";")[0].strip().lower()
    return _SAMES.get(kind, kind)


def _looks_like(kind: str, head: bytes) -> bool:
    if head.startswith(_PROGRAMS):
        return False
    starts = _STARTS.get(kind)
    if starts is not None:
        return head.startswith(starts)
    return kind not in _PLAIN or b"\0" not in head


def _control_archive(kind: str, source: IO[bytes], path: str, declared: str) -> None:
    names = archive.control(source, nested=kind != ZIP)
    wanted = _INSIDE.get(kind)
    if wanted is not None and wanted not in names:
        raise _forbidden("Содержимое файла другого типа, чем указано.", path, declared)


def _forbidden(text: str, path: str, declared: str) -> AttachmentTypeForbidden:
    return AttachmentTypeForbidden(
        findings=(Finding(text, path=path, rule="type", value=declared[:100]),)
    )
