"""Office files are zip archives; packed anew they are the same bytes for the same content."""

import zipfile
from io import BytesIO

_PACKED = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip archive can tell."""


def rezip(data: bytes, stored: frozenset[str] = frozenset()) -> bytes:
    """Return the archive with fixed dates and attributes, its members in their order.

    Those named in `stored` are not compressed.
    """
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _PACKED)
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return packed.getvalue()
