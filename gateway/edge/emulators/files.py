"""Attachments as a careful counterpart takes them (PORT-APP-04)."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from typing import Any

from gateway.edge.emulators.department import Refused


def check_files(files: Iterable[Any]) -> None:
    """Hold contents against their digests; raise Refused."""
    for file in files:
        if file.content is None:
            continue
        try:
            octets = b64decode(file.content)
        except NotBase64 as error:
            raise Refused("VALIDATION_ERROR", "Содержимое вложения — не base64.") from error
        digest = b64encode(hashlib.sha256(octets).digest()).decode()
        if (len(octets), digest) != (file.size, file.hash):
            raise Refused(
                "ATTACHMENT_HASH_MISMATCH", "Вложение не то, что заявлено: хэш или размер."
            )
