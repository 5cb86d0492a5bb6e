"""Files in messages: what came is held against what was said of it, what leaves is described."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.files import control_file
from gateway.kernel.errors import TooLarge, ValidationError
from gateway.kernel.message import Attachment

MOST_OCTETS = 20 * 1024 * 1024
"""A scan or letter that is kept in the registry."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message."""

    name: str
    media_type: str
    octets: bytes


def file_of(file_id: UUID, name: str, media_type: str, octets: bytes) -> FileRef:
    """Describe a file and put it into the message."""
    return FileRef(
        file_id=str(file_id),
        file_name=name,
        mime_type=media_type,
        size=len(octets),
        hash=hashlib.sha256(octets).digest(),
        hash_alg=HashAlgorithm.SHA_256,
        content=octets,
    )


def read_file(file: FileRef, attachments: Mapping[bytes, Attachment], path: str) -> File:
    """Return the content of a file; raise ValidationError when it is not what is said of it.

    `path` is its place in the message. Raises TooLarge.
    """
    attachment = control_file(file, attachments, path, differs=ValidationError)
    if attachment.size > MOST_OCTETS:
        raise TooLarge(f"Файл больше {MOST_OCTETS // 1024**2} МиБ.")
    with attachment.open() as source:
        return File(file.file_name, file.mime_type, source.read())
