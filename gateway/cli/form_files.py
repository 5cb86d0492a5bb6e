"""Schemas of a form as an operator has them: one file, several, or a zip."""

import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gateway.cli.files import Unusable
from registry.portal_services.schemas import MOST_BYTES, MOST_DOCUMENTS


def read_documents(paths: Sequence[Path]) -> Mapping[str, bytes]:
    """Return the documents by the name under which they refer to each other."""
    if len(paths) == 1 and zipfile.is_zipfile(paths[0]):
        return _unpacked(paths[0])
    absolute = [path.resolve() for path in paths]
    folder = os.path.commonpath([path.parent for path in absolute])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in absolute}


def _unpacked(file: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_DOCUMENTS:
            raise Unusable(f"{file.name}: в архиве больше {MOST_DOCUMENTS} файлов")
        found, left = {}, MOST_BYTES
        for member in members:
            try:
                with archive.open(member) as source:
                    # The size that the archive tells may be a lie; what comes out is counted.
                    content = source.read(left + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                raise Unusable(f"{file.name}: {member.filename} не распаковывается") from error
            left -= len(content)
            if left < 0:
                raise Unusable(f"{file.name}: файлы вместе больше {MOST_BYTES // 1024} КиБ")
            found[member.filename] = content
    return found
