"""Signatures inside a PDF (PAdES, baseline B): one after another, each over all before it.

    whole = sign(sign(act, "operator", ours, …), "participant", theirs, …)

A key that never leaves its container signs elsewhere: `prepare` gives a PDF with a hole and
`to_be_signed` its bytes, `embed` takes the CMS that came back. Needs the extra `[sign]`; the rest
of the hub goes without.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from gateway.security import cms
from gateway.security.cms import SignedContent
from gateway.security.errors import CmsRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.security.wsse import Signer

if TYPE_CHECKING:
    from gateway.security import pdf_structure
    from gateway.security.pdf_structure import Place

RESERVED = 16 * 1024
"""Bytes kept free for a CMS: certified programs bring whole chains along."""


class PdfSigningMissing(Exception):
    """The extra `[sign]` is not installed."""

    def __init__(self) -> None:
        """Say what to install."""
        super().__init__(
            "подписать PDF изнутри нечем: нет пакета pyHanko; установите uzel[sign]"
            " или приложите отсоединённую подпись"
        )


class PdfRefused(Exception):
    """A PDF cannot be signed so, or a CMS does not fit it; the message, Russian, says why."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature of a PDF as it was found."""

    field: str
    signed: SignedContent | None
    """What it proves; None when it does not hold."""
    failure: str | None
    """Why it does not hold, in Russian."""

    @property
    def holds(self) -> bool:
        """Tell whether the bytes are as they were signed and nothing forbidden came after."""
        return self.failure is None


def sign(pdf: bytes, field: str, signer: Signer, providers: Providers, now: datetime) -> bytes:
    """Return the PDF with one more signature in a field of its own.

    Raise PdfSigningMissing, PdfRefused.
    """
    prepared = prepare(pdf, field, now)
    octets = cms.sign(
        [to_be_signed(prepared, field)],
        signer.key,
        signer.certificate,
        signer.scheme,
        providers,
        None,
    )
    return embed(prepared, field, octets)


def prepare(pdf: bytes, field: str, now: datetime) -> bytes:
    """Return the PDF with a hole for a signature; raise PdfSigningMissing, PdfRefused."""
    structure = _structure()
    try:
        return structure.with_hole(pdf, field, now, RESERVED)
    except structure.PdfUnusable as error:
        raise PdfRefused(str(error)) from error


def to_be_signed(prepared: bytes, field: str) -> bytes:
    """Return what a detached CMS of the hole has to be over; raise PdfRefused."""
    return _content(prepared, _hole(prepared, field))


def embed(prepared: bytes, field: str, octets: bytes) -> bytes:
    """Put a CMS (DER or PEM) into the hole; whether it holds, `verify` says. Raise PdfRefused."""
    hole = _hole(prepared, field)
    digits = cms.from_text(octets).hex().encode()
    room = hole.end - hole.start - 2
    if len(digits) > room:
        raise PdfRefused(f"Подпись больше отведённого места: {len(digits) // 2} байт.")
    filled = b"<" + digits.ljust(room, b"0") + b">"
    return prepared[: hole.start] + filled + prepared[hole.end :]


def verify(
    pdf: bytes, policy: Policy, providers: Providers, keys: KeyCache
) -> Sequence[PdfSignature]:
    """Return every signature of a PDF, the first one first; whose they are is not asked here.

    Raise PdfSigningMissing, and PdfRefused for what is no PDF.
    """
    structure = _structure()
    try:
        return [
            _verify(structure, pdf, place, policy, providers, keys)
            for place in structure.places(pdf)
        ]
    except structure.PdfUnusable as error:
        raise PdfRefused(str(error)) from error


def _verify(
    structure: "_Structure",
    pdf: bytes,
    place: "Place",
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
) -> PdfSignature:
    try:
        octets = bytes.fromhex(pdf[place.start + 1 : place.end - 1].decode("ascii"))
        signed = cms.verify(
            _without_padding(octets), [_content(pdf, place)], policy, providers, keys
        )
    except CmsRefused as refused:
        return PdfSignature(place.field, None, refused.reason.sentence)
    except ValueError:
        return PdfSignature(place.field, None, "Значение подписи не читается.")
    changed = structure.changed_after(pdf, place.field)
    if changed is not None:
        return PdfSignature(place.field, None, f"Изменено после подписания: {changed}.")
    return PdfSignature(place.field, signed, None)


def _hole(prepared: bytes, field: str) -> "Place":
    structure = _structure()
    try:
        found = [one for one in structure.places(prepared) if one.field == field]
    except structure.PdfUnusable as error:
        raise PdfRefused(str(error)) from error
    if not found or prepared[found[0].start + 1 : found[0].end - 1].strip(b"0"):
        raise PdfRefused(f"Места для подписи {field} в PDF нет.")
    return found[0]


def _content(pdf: bytes, place: "Place") -> bytes:
    return pdf[: place.start] + pdf[place.end : place.until]


def _without_padding(octets: bytes) -> bytes:
    """Cut the zeros after the DER: its length stands in its head."""
    if len(octets) < _HEAD or octets[0] != _SEQUENCE:
        return octets
    length, more = octets[1], octets[1] & 0x7F
    if length < _LONG:
        return octets[: _HEAD + length]
    return octets[: _HEAD + more + int.from_bytes(octets[_HEAD : _HEAD + more], "big")]


_SEQUENCE, _LONG, _HEAD = 0x30, 0x80, 2


class _Structure:
    """`gateway.security.pdf_structure`, for the type checker."""

    if TYPE_CHECKING:
        PdfUnusable = pdf_structure.PdfUnusable
        with_hole = staticmethod(pdf_structure.with_hole)
        places = staticmethod(pdf_structure.places)
        changed_after = staticmethod(pdf_structure.changed_after)


def _structure() -> _Structure:
    try:
        return cast("_Structure", importlib.import_module("gateway.security.pdf_structure"))
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("pyhanko"):
            raise
        raise PdfSigningMissing from error
