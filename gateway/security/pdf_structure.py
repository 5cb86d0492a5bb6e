"""Where signatures lie in a PDF, by pyHanko; imported only where the extra `[sign]` is installed.

Structure and nothing else: cryptography is `gateway.security.cms`, so every scheme that the hub
knows signs PDFs, GOST too. `gateway.security.pades` is what others call.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

_UNREADABLE = (
    *(PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(ArithmeticError, NotImplementedError, RecursionError, zlib.error),
)
"""What pyHanko raises over broken bytes; it reads an object only when it is asked for."""
_UNUSED = "sha256"  # pyHanko wants to know; we compute the digest of the signature's own scheme


class PdfUnusable(Exception):
    """Bytes that are no PDF, or a PDF that cannot be signed; the message, Russian, says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """One signature, or the hole for one."""

    field: str
    start: int
    """Of `<` before the hexadecimal digits."""
    end: int
    """After `>`."""
    until: int
    """The end of what the signature is over."""


def with_hole(pdf: bytes, field: str, signed_at: datetime, reserved: int) -> bytes:
    """Append a signature field whose value has a hole for a CMS of `reserved` bytes.

    Raise PdfUnusable.
    """
    signature = PdfSignedData(
        obj_type=pdf_name("/Sig"),
        subfilter=SigSeedSubFilter.PADES,
        timestamp=signed_at,
        bytes_reserved=2 * reserved,
    )
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        steps = PdfCMSEmbedder().write_cms(field_name=field, writer=writer)
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=signature))
        _, output = steps.send(SigIOSetup(md_algorithm=_UNUSED))
    except SigningError as error:
        raise PdfUnusable(f"Поле подписи {field} в PDF уже занято.") from error
    except PdfError as error:
        raise PdfUnusable(f"PDF не разбирается: {error}") from error
    octets: bytes = output.getvalue()
    return octets


def places(pdf: bytes) -> list[Place]:
    """Return the signatures and the holes, in the order they were made; raise PdfUnusable."""
    try:
        found = list(_places(PdfFileReader(BytesIO(pdf))))
    except _UNREADABLE as error:
        raise PdfUnusable(f"PDF не разбирается: {error}") from error
    return sorted(found, key=lambda one: one.until)


def changed_after(pdf: bytes, field: str) -> str | None:
    """Return what was changed after a signature beyond what signing by others needs.

    None when it covers the whole file, or when only signatures were added. Raise PdfUnusable.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signature = next(one for one in reader.embedded_signatures if one.field_name == field)
        return _changed(signature)
    except StopIteration:
        raise PdfUnusable(f"Подписи {field} в PDF нет.") from None
    except _UNREADABLE as error:
        raise PdfUnusable(f"PDF не разбирается: {error}") from error


def _places(reader: PdfFileReader) -> Iterator[Place]:
    for field, value, _ in enumerate_sig_fields(reader, filled_status=True):
        numbers: Any = value.get_object()["/ByteRange"]
        first, start, end, length = (int(number) for number in numbers)
        if first != 0 or not 0 < start < end:
            raise ValueError(field)
        yield Place(field, start, end, end + length)


def _changed(signature: EmbeddedPdfSignature) -> str | None:
    signature.coverage = signature.evaluate_signature_coverage()  # type: ignore[assignment]  # None at first
    if signature.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "подпись не над всей редакцией файла"
    result = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
    return str(result) if isinstance(result, SuspiciousModification) else None
