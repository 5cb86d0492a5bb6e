"""SVC-18: the documents of a participant, their files and its signature."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from desk_counter import BANK, OPERATOR, OTHER, PROVIDERS, READER, changed

from adapters.desk.messages.documents import (
    DocumentFormat,
    GetDocumentRequest,
    ListDocumentsRequest,
    RegisterSignatureRequest,
    SignatoryType,
)
from gateway.contracts.messages.common import DocumentState, Page, Period
from gateway.documents.forms import EmpAct
from gateway.kernel.errors import (
    DuplicateConflict,
    IllegalTransition,
    NotAllowed,
    NotFound,
    SignatureInvalid,
    ValidationError,
)
from gateway.kernel.message import Contour
from gateway.security import cms
from gateway.security.path import Purpose
from gateway.security.signing import read_signer
from registry.certificates import CertificateRegistrar
from registry.documents.values import Source, parties_of

FORM = EmpAct(system="Демонстрационная система")
SAMPLE = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f04"
MOMENT = "2026-09-21T12:00:00+05:00"


@pytest.fixture
def draft(joined):
    """An act that concerns the bank."""
    with joined.registry.writing() as transaction:
        return joined.documents.draw_up(
            transaction,
            FORM,
            parties_of(FORM.doc_type, OPERATOR, BANK),
            Source(),
            joined.clock(),
            uuid4,
            "оператор",
        )


@pytest.fixture
def offered(joined, draft):
    """The act, offered for signature."""
    with joined.registry.writing() as transaction:
        return joined.documents.offer(transaction, draft.document_id, joined.clock(), "оператор")


def asked(document, file_format=DocumentFormat.PDF) -> GetDocumentRequest:
    return GetDocumentRequest(document_id=str(document.document_id), format=file_format)


def scanned(joined, document, *pairs: tuple[str, str]) -> bytes:
    return changed(
        "register-signature-scan",
        (SAMPLE, str(document.document_id)),
        (MOMENT, joined.clock().isoformat()),
        *pairs,
    )


def test_list_tells_the_senders_documents_only(joined, offered):
    (told,) = joined.send(ListDocumentsRequest()).document

    assert (told.document_id, told.number) == (str(offered.document_id), offered.number)
    assert (told.type_value, told.state) == ("ACT-EMP", DocumentState.FOR_SIGNATURE)
    assert joined.send(ListDocumentsRequest(), OTHER).document == []


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ({"type_value": "ACT-EMP"}, 1),
        ({"type_value": "PLAN-CONN"}, 0),
        ({"type_value": "NEVER-SEEN"}, 0),
        ({"state": DocumentState.SIGNED}, 0),
        ({"case_id": SAMPLE}, 0),
    ],
)
def test_list_is_narrowed(joined, offered, narrowed, count):
    assert len(joined.send(ListDocumentsRequest(**narrowed)).document) == count


def test_list_goes_on_where_it_stopped(joined, draft, offered):
    with joined.registry.writing() as transaction:
        parties = parties_of(FORM.doc_type, OPERATOR, BANK)
        joined.documents.draw_up(
            transaction, FORM, parties, Source(), joined.clock(), uuid4, "оператор"
        )
    first = joined.send(ListDocumentsRequest(page=Page(limit=1)))
    second = joined.send(ListDocumentsRequest(page=Page(limit=1, cursor=first.next_cursor)))

    assert second.next_cursor is None
    assert len({first.document[0].number, second.document[0].number}) == 2


def test_period_that_is_turned_round_is_refused(joined, clock):
    today = clock().date()
    period = Period(from_value=today, to=today - timedelta(days=1))

    with pytest.raises(ValidationError):
        joined.send(ListDocumentsRequest(period=period))


def test_cursor_of_our_own_making_is_refused(joined):
    with pytest.raises(ValidationError):
        joined.send(ListDocumentsRequest(page=Page(limit=1, cursor="x")))


def test_file_is_what_it_is_said_to_be_and_stays(joined, offered):
    first, again = joined.send(asked(offered)), joined.send(asked(offered))

    assert first.file.content == again.file.content
    assert first.file.hash == hashlib.sha256(first.file.content).digest()
    assert first.file.file_name == f"{offered.number}.pdf"
    data = joined.send(asked(offered, DocumentFormat.XML))
    assert first.hash == data.file.hash


def test_file_of_a_draft_is_not_given(joined, draft):
    with pytest.raises(NotAllowed):
        joined.send(asked(draft))


def test_format_that_a_document_does_not_have_is_not_given(joined, draft):
    with pytest.raises(NotAllowed):
        joined.send(asked(draft, DocumentFormat.ODT))


def test_document_of_another_is_as_unknown_as_none(joined, offered):
    refusals = []
    for request in (asked(offered), GetDocumentRequest(document_id=SAMPLE, format="PDF")):
        request.format = DocumentFormat.PDF
        with pytest.raises(NotFound) as refused:
            joined.send(request, OTHER)
        refusals.append((refused.value.text, refused.value.action))

    assert len(set(refusals)) == 1


def test_scan_signs_once(joined, offered):
    first = joined.send(scanned(joined, offered))
    again = joined.send(scanned(joined, offered))

    assert (first.state, first.duplicate) == (DocumentState.SIGNED_BY_ONE, False)
    assert (again.state, again.duplicate) == (DocumentState.SIGNED_BY_ONE, True)


def test_another_signature_of_the_same_party_is_a_conflict(joined, offered):
    joined.send(scanned(joined, offered))

    with pytest.raises(DuplicateConflict):
        joined.send(scanned(joined, offered, ("Устав", "Доверенность № 1")))


def test_draft_is_not_signed(joined, draft):
    with pytest.raises(IllegalTransition):
        joined.send(scanned(joined, draft))


def test_party_signs_for_itself(joined, offered):
    with pytest.raises(NotAllowed):
        joined.send(scanned(joined, offered, (">BANK72001<", ">CITTO<")))


def test_document_of_another_is_not_found_when_signed(joined, offered):
    with pytest.raises(NotFound):
        joined.send(scanned(joined, offered, (">BANK72001<", f">{OTHER}<")), OTHER)


def test_scan_of_another_kind_is_refused(joined, offered):
    with pytest.raises(ValidationError):
        joined.send(scanned(joined, offered, ("application/pdf", "text/plain")))


def by_cms(joined, document, octets: bytes) -> RegisterSignatureRequest:
    return RegisterSignatureRequest(
        document_id=str(document.document_id),
        party=BANK,
        signed_at=joined.clock(),
        cms=octets,
        signatory=SignatoryType(name="Выдуманный В. В.", position="директор", basis="Устава"),
    )


def test_electronic_signature_of_the_file_signs(joined, offered, root):
    leaf = root.issue("Банк")
    registrar = CertificateRegistrar(joined.registry, joined.clock, "оператор", READER)
    registrar.add(BANK, Contour.TEST, Purpose.ATTACHMENT, leaf.der)
    signer = read_signer(leaf.key_pem, leaf.pem, lambda: b"", PROVIDERS, READER)
    file = joined.send(asked(offered)).file.content
    octets = cms.sign(
        [file], signer.key, signer.certificate, signer.scheme, PROVIDERS, joined.clock()
    )

    answer = joined.send(by_cms(joined, offered, octets))

    assert answer.state is DocumentState.SIGNED_BY_ONE


def test_octets_that_are_no_signature_are_invalid(joined, offered):
    with pytest.raises(SignatureInvalid):
        joined.send(by_cms(joined, offered, b"0000"))
