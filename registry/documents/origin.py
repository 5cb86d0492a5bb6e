"""With what a file is rendered: kept beside it, so that years later a difference has a name."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from gateway.documents import DocType, FileFormat, templates


@dataclass(frozen=True, slots=True)
class Origin:
    """What the rendering depends on beside the facts."""

    template: bytes
    """SHA-256 of the template and of all that it includes."""
    fonts: bytes | None
    """SHA-256 of the fonts; None for a format that has none inside."""
    engine: str
    """Program and version, such as `typst 0.15.2`."""


def origin_of(doc_type: DocType, file_format: FileFormat, folder: Path | None) -> Origin | None:
    """Return what renders a document now; None for XML, which is not rendered."""
    match file_format:
        case FileFormat.XML:
            return None
        case FileFormat.PDF:
            template = templates.typst_template(doc_type, folder)
            return Origin(
                template=_digest([template, *_below(templates.PACKAGES)]),
                fonts=_digest(_below(templates.FONTS)),
                engine=f"typst {version('typst')}",
            )
        case FileFormat.DOCX:
            template = templates.word_template(doc_type, folder)
            return Origin(_digest([template]), None, f"docxtpl {version('docxtpl')}")


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(files: Iterable[Path]) -> bytes:
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.digest()
