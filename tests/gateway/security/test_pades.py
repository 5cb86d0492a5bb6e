"""Signatures inside a PDF: one after another, from elsewhere, and what breaks them."""

import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from certified import certified
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from gateway.security import cms, pades
from gateway.security.algorithms import Scheme
from gateway.security.keys import KeyCache
from gateway.security.pades import PdfRefused, PdfSigningMissing
from gateway.security.policy import TEST
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.security.wsse import Signer

PROVIDERS = Providers.of((RsaProvider(), PureGost()))
KEYS = KeyCache(PROVIDERS)
MOMENT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
SCHEMES = (Scheme.RSA_SHA256, Scheme.ECDSA_SHA256, Scheme.GOST_256)


def signer(scheme):
    made = certified(PROVIDERS.by_scheme[scheme], scheme)
    return Signer(made.key, made.certificate, made.scheme)


SIGNERS = {scheme: signer(scheme) for scheme in SCHEMES}
OURS, THEIRS = SIGNERS[Scheme.RSA_SHA256], SIGNERS[Scheme.ECDSA_SHA256]


def drawn():
    """Return a PDF of one page with a line of text."""
    writer = PdfFileWriter()
    content = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (Act No. 1) Tj ET")
    page = PageObject(
        contents=writer.add_object(content),
        media_box=(0, 0, 595, 842),
        resources=generic.DictionaryObject(),
    )
    writer.insert_page(page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


PLAIN = drawn()


def sign(pdf, field, who):
    return pades.sign(pdf, field, who, PROVIDERS, MOMENT)


def verify(pdf):
    return pades.verify(pdf, TEST, PROVIDERS, KEYS)


BOTH = sign(sign(PLAIN, "operator", OURS), "participant", THEIRS)


def test_two_signatures_one_after_the_other_both_hold():
    first, second = verify(BOTH)

    assert [first.field, second.field] == ["operator", "participant"]
    assert first.holds
    assert second.holds
    assert first.signed.certificate == OURS.certificate
    assert second.signed.certificate == THEIRS.certificate


def test_the_bytes_that_were_offered_are_the_beginning_of_what_is_signed():
    assert BOTH.startswith(PLAIN)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_every_scheme_signs_a_pdf(scheme):
    (found,) = verify(sign(PLAIN, "operator", SIGNERS[scheme]))

    assert found.holds
    assert found.signed.scheme is scheme
    assert found.signed.names_certificate
    assert found.signed.signed_at is None  # the PDF says when, its CMS must not


def test_a_pdf_without_signatures_has_none():
    assert list(verify(PLAIN)) == []


@settings(max_examples=30)
@given(place=st.integers(0, len(PLAIN) - 1), flip=st.integers(1, 255))
def test_one_flipped_byte_of_the_content_breaks_both(place, flip):
    octets = bytearray(BOTH)
    octets[place] ^= flip

    assert not holding(bytes(octets))


@settings(max_examples=30)
@given(data=st.data())
def test_no_flipped_byte_anywhere_leaves_both_as_they_were(data):
    octets = bytearray(BOTH)
    place = data.draw(st.integers(0, len(BOTH) - 1))
    octets[place] ^= data.draw(st.integers(1, 255))
    try:
        found = verify(bytes(octets))
    except PdfRefused:
        return
    if is_padding(place):
        return
    assert [one.field for one in found if one.holds] != ["operator", "participant"]


def is_padding(place):
    """Tell whether a byte stands where only zeros fill up the hole."""
    digit = BOTH[place : place + 1]
    around = BOTH[max(0, place - 64) : place + 64]
    return digit == b"0" and around.count(b"0") > 100


def holding(octets):
    try:
        return [one.field for one in verify(octets) if one.holds]
    except PdfRefused:
        return []


def test_a_page_turned_after_signing_is_seen():
    writer = IncrementalPdfFileWriter(BytesIO(BOTH))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(90)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    output = BytesIO()
    writer.write(output)

    found = verify(output.getvalue())

    assert [one.holds for one in found] == [False, False]
    assert all("Изменено после подписания" in one.failure for one in found)


def test_a_field_is_signed_once():
    with pytest.raises(PdfRefused, match="занято"):
        sign(BOTH, "operator", THEIRS)


def test_what_is_no_pdf_is_refused():
    for call in (lambda: sign(b"no PDF", "operator", OURS), lambda: verify(b"no PDF")):
        with pytest.raises(PdfRefused, match="не разбирается"):
            call()


def test_a_signature_made_elsewhere_is_put_into_its_hole():
    prepared = pades.prepare(PLAIN, "participant", MOMENT)
    content = pades.to_be_signed(prepared, "participant")
    octets = cms.sign([content], THEIRS.key, THEIRS.certificate, THEIRS.scheme, PROVIDERS, MOMENT)

    (found,) = verify(pades.embed(prepared, "participant", cms.to_pem(octets)))

    assert found.holds
    assert found.signed.signed_at == MOMENT


def test_openssl_signs_gost_elsewhere_after_the_operator(gost_openssl, tmp_path):
    gost_openssl(
        "req -x509 -newkey gost2012_256 -pkeyopt paramset:A -nodes -days 2 -subj /CN=Test"
        " -keyout key.pem -out certificate.pem -engine gost"
    )
    prepared = pades.prepare(sign(PLAIN, "operator", OURS), "participant", MOMENT)
    (tmp_path / "bytes").write_bytes(pades.to_be_signed(prepared, "participant"))
    gost_openssl(
        "cms -sign -binary -engine gost -signer certificate.pem -inkey key.pem -in bytes"
        " -outform DER -out signature.der"
    )

    whole = pades.embed(prepared, "participant", (tmp_path / "signature.der").read_bytes())
    first, second = verify(whole)

    assert first.holds
    assert second.holds
    assert second.signed.scheme is Scheme.GOST_256
    flipped = bytearray(whole)
    flipped[PLAIN.index(b"Act No.")] ^= 1
    assert holding(bytes(flipped)) == []


def test_a_signature_over_something_else_does_not_hold_in_the_hole():
    prepared = pades.prepare(PLAIN, "participant", MOMENT)
    octets = cms.sign([PLAIN], THEIRS.key, THEIRS.certificate, THEIRS.scheme, PROVIDERS, MOMENT)

    (found,) = verify(pades.embed(prepared, "participant", octets))

    assert not found.holds


def test_a_signature_that_does_not_fit_is_refused():
    prepared = pades.prepare(PLAIN, "participant", MOMENT)

    with pytest.raises(PdfRefused, match="больше отведённого"):
        pades.embed(prepared, "participant", bytes(pades.RESERVED + 1))


def test_a_hole_is_filled_once():
    with pytest.raises(PdfRefused, match="Места для подписи operator"):
        pades.embed(BOTH, "operator", b"0")


def test_an_unfilled_hole_does_not_hold():
    (found,) = verify(pades.prepare(PLAIN, "operator", MOMENT))

    assert not found.holds


def test_other_readers_find_the_signatures():
    found = PdfFileReader(BytesIO(BOTH)).embedded_regular_signatures

    assert [one.field_name for one in found] == ["operator", "participant"]


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "gateway.security.pdf_structure", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("sys.meta_path", [Without("pyhanko"), *sys.meta_path])

    with pytest.raises(PdfSigningMissing, match=r"uzel\[sign\]"):
        sign(PLAIN, "operator", OURS)


class Without:
    """An installation that lacks a package."""

    def __init__(self, package):
        self._package = package

    def find_spec(self, name, *_):
        if name.partition(".")[0] == self._package:
            raise ModuleNotFoundError(name, name=name)
