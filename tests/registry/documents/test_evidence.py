"""A signature is believed when its files, its certificate and its party all fit."""

import pki
import pytest
from certified import certified
from office import BANK, OPERATOR, OTHER, PROVIDERS, READER, Pen

from gateway.documents import FileFormat
from gateway.kernel.errors import SignatureInvalid
from gateway.kernel.message import Contour
from gateway.security import cms
from gateway.security.algorithms import Scheme
from gateway.security.path import Purpose
from registry.documents import errors, evidence, shelf
from registry.documents.evidence import MOST_SCAN_OCTETS, ON_PAPER, SCAN_TYPES
from registry.documents.states import DocumentState
from registry.documents.values import Cms, Scan, SignatureKind

PDF, XML, DOCX = FileFormat.PDF, FileFormat.XML, FileFormat.DOCX


@pytest.mark.parametrize("formats", [(PDF,), (XML,), (PDF, XML), (XML, PDF)])
def test_a_signature_over_the_pdf_or_the_xml_or_both_is_accepted(office, bank_pen, formats):
    document = office.offered()

    accepted = office.sign_files(document, BANK, bank_pen, *formats).document.signatures[0]

    assert accepted.kind is SignatureKind.CMS
    assert accepted.certificate == READER.read(bank_pen.leaf.der).thumbprint
    assert all(one.name in accepted.verdict for one in formats)
    kept = office.ask(shelf.cms_of, document.document_id, BANK)
    assert set(kept) == set(formats)


def test_a_signature_comes_as_pem_too(office, bank_pen, clock):
    document = office.offered()
    octets = bank_pen.sign(office.file(document, PDF).octets, clock())

    outcome = office.sign(document, BANK, Cms((cms.to_pem(octets),)))

    assert outcome.document.signatures[0].kind is SignatureKind.CMS
    assert office.ask(shelf.cms_of, document.document_id, BANK) == {PDF: octets}


def test_the_operator_signs_with_the_hubs_own_key(office, own_pen):
    document = office.offered()

    signed = office.sign_files(document, OPERATOR, own_pen, PDF, XML).document.signatures[0]

    assert "ключ узла" in signed.verdict


def test_the_hubs_own_key_signs_for_nobody_else(office, own_pen):
    assert refused(office, own_pen) == "certificate.unknown"


def test_both_sides_sign_electronically(office, own_pen, bank_pen):
    document = office.offered()
    office.sign_files(document, BANK, bank_pen, XML)

    assert office.sign_files(document, OPERATOR, own_pen, PDF).document.state is (
        DocumentState.SIGNED
    )


def test_one_side_on_paper_and_the_other_electronically_is_signed(office, bank_pen):
    document = office.offered()
    office.sign_files(document, BANK, bank_pen, PDF)

    outcome = office.sign(document, OPERATOR)

    assert outcome.document.state is DocumentState.SIGNED
    assert outcome.document.signatures[1].verdict == ON_PAPER


def test_a_certificate_of_the_organisation_signs_as_well(office, certificates, root):
    leaf = root.issue("Банк")
    certificates.add(BANK, Contour.PROD, Purpose.MESSAGE, leaf.der)

    office.sign_files(office.offered(), BANK, Pen(leaf), PDF)


def test_a_certificate_of_a_connection_does_not(office, certificates, root):
    leaf = root.issue("Банк", extended=[pki.x509.ExtendedKeyUsageOID.CLIENT_AUTH])
    certificates.add(BANK, Contour.PROD, Purpose.TLS, leaf.der)

    assert refused(office, Pen(leaf)) == "certificate.purpose"


def test_a_certificate_of_the_test_contour_does_not(office, certificates, root):
    leaf = root.issue("Банк")
    certificates.add(BANK, Contour.TEST, Purpose.ATTACHMENT, leaf.der)

    assert refused(office, Pen(leaf)) == "certificate.other-contour"


def test_a_certificate_of_another_party_does_not(office, certificates, root):
    leaf = root.issue("Другой банк")
    certificates.add(OTHER, Contour.PROD, Purpose.ATTACHMENT, leaf.der)

    assert refused(office, Pen(leaf)) == "certificate.other-participant"


def test_a_certificate_that_nobody_has_registered_does_not(office, root):
    assert refused(office, Pen(root.issue("Банк"))) == "certificate.unknown"


def test_a_revoked_certificate_does_not(office, certificates, bank_pen):
    thumbprint = READER.read(bank_pen.leaf.der).thumbprint
    certificates.revoke(Contour.PROD, thumbprint, "ключ утрачен")

    assert refused(office, bank_pen) == "certificate.revoked"


def test_a_signature_over_something_else_is_refused(office, bank_pen, clock):
    document = office.offered()
    octets = bank_pen.sign(office.file(document, DOCX).octets, clock())

    assert refused_of(office, document, octets) == "cms.digest"


def test_two_signatures_of_one_file_are_refused(office, bank_pen, clock):
    document = office.offered()
    content = office.file(document, PDF).octets
    octets = [bank_pen.sign(content, clock()) for _ in range(2)]

    assert refused_of(office, document, *octets) == "cms.signers"


def test_two_certificates_are_refused(office, bank_pen, own_pen, clock):
    document = office.offered()
    octets = [
        pen.sign(office.file(document, one).octets, clock())
        for pen, one in ((bank_pen, PDF), (own_pen, XML))
    ]

    assert refused_of(office, document, *octets) == "cms.signers"


def test_no_signature_at_all_is_refused(office):
    assert refused_of(office, office.offered()) == "cms.signers"


def test_what_is_no_signature_is_refused(office):
    assert refused_of(office, office.offered(), b"not a signature") == "cms.format"


def test_gost_is_verified_before_it_is_asked_who_it_is(office, clock):
    made = certified(PROVIDERS.by_scheme[Scheme.GOST_256], Scheme.GOST_256)
    document = office.offered()
    content = office.file(document, PDF).octets
    octets = cms.sign([content], made.key, made.certificate, made.scheme, PROVIDERS, clock())

    assert refused_of(office, document, octets) == "certificate.unknown"


def test_a_refused_signature_leaves_the_document_as_it_was(office, root):
    document = office.offered()
    refused_of(office, document, b"not a signature")

    assert office.ask(shelf.find, document.document_id) == document


def test_outside_nobody_learns_why(office):
    with pytest.raises(SignatureInvalid) as caught:
        office.sign(office.offered(), BANK, Cms((b"not a signature",)))

    assert caught.value.code == "SIGNATURE_INVALID"
    assert caught.value.text == errors.DocumentSignatureInvalid.message
    assert caught.value.told_inside.startswith("cms.format")


def test_without_trust_only_paper_is_taken(office, bank_pen):
    office.desk = type(office.desk)(PROVIDERS)
    document = office.offered()

    with pytest.raises(errors.DocumentRefused):
        office.sign_files(document, BANK, bank_pen, PDF)
    office.sign(document, BANK)


def test_a_scan_is_kept_as_it_came(office):
    scan = Scan(b"\xff\xd8\xff of a camera", "image/jpeg")
    document = office.offered()

    signed = office.sign(document, BANK, scan).document.signatures[0]

    assert (signed.kind, signed.verdict) == (SignatureKind.SCAN, ON_PAPER)
    assert office.ask(shelf.scan, document.document_id, BANK) == scan


def test_one_scan_of_both_signatures_serves_both_sides(office):
    document = office.signed()

    assert office.ask(shelf.scan, document.document_id, BANK) == office.ask(
        shelf.scan, document.document_id, OPERATOR
    )


@pytest.mark.parametrize(
    ("scan", "word"),
    [
        (Scan(b"MZ", "application/x-msdownload"), "не принимается"),
        (Scan(b"MZ", "application/pdf"), "не application/pdf"),
        (Scan(b"", "image/png"), "не image/png"),
        (Scan(b"%PDF-" + bytes(MOST_SCAN_OCTETS), "application/pdf"), "больше 20 МиБ"),
    ],
    ids=["kind", "content", "empty", "size"],
)
def test_a_scan_of_another_kind_or_size_is_refused(scan, word):
    with pytest.raises(errors.ScanRefused, match=word):
        evidence.check_scan(scan)


def test_the_advice_names_what_is_taken():
    named = errors.ScanRefused.action
    assert all(kind.partition("/")[2].upper() in named for kind in SCAN_TYPES)
    assert f"{MOST_SCAN_OCTETS // 1024**2} МиБ" in named


def refused(office, pen):
    document = office.offered()
    return refused_of(office, document, pen.sign(office.file(document, PDF).octets, office.clock()))


def refused_of(office, document, *octets):
    """Return the code of the reason."""
    with pytest.raises(errors.DocumentSignatureInvalid) as caught:
        office.sign(document, BANK, Cms(octets))
    return str(caught.value).partition(":")[0]
