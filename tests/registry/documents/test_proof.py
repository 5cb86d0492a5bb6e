"""Years later: the same bytes, and the same rendering from the stored XML."""

import hashlib

import pytest
import sqlalchemy as sa
from office import BANK, OPERATOR, PROVIDERS

from gateway.documents import FileFormat, templates
from registry.documents import models, origin, proof, shelf
from registry.documents.desk import DocumentDesk


def prove(office, document, **more):
    found = office.ask(shelf.find, document.document_id)
    return office.ask(proof.prove, found, PROVIDERS, **more)


@pytest.fixture
def signed(office, bank_pen, own_pen, checker):
    """An act as it really looks."""
    office.desk = DocumentDesk(PROVIDERS, checker)
    document = office.offered()
    office.sign_files(document, BANK, bank_pen, FileFormat.PDF, FileFormat.XML)
    return office.sign_files(document, OPERATOR, own_pen, FileFormat.PDF).document


def test_a_signed_document_comes_out_the_same_years_later(office, signed, clock):
    clock.advance(days=3650)

    found = prove(office, signed)

    assert found.is_whole
    assert found.is_same
    assert [one.file_format.name for one in found.files] == ["DOCX", "PDF", "XML"]
    assert [(one.participant, one.what, one.failure) for one in found.signatures] == [
        (BANK, "PDF", None),
        (BANK, "XML", None),
        (OPERATOR, "PDF", None),
    ]


def test_a_scan_is_proven_too(office):
    (first, second) = prove(office, office.signed()).signatures

    assert (first.what, first.failure, second.failure) == ("SCAN", None, None)


def test_a_template_that_was_changed_since_is_named(office, signed, tmp_path):
    ours = templates.typst_template(signed.doc_type, None)
    changed = ours.read_text("utf-8").replace("выполнены", "не выполнены")
    (tmp_path / ours.name).write_text(changed, "utf-8")

    pdf = proof_of_pdf(prove(office, signed, templates=tmp_path))

    assert pdf.is_whole
    assert not pdf.is_same
    (difference,) = pdf.differences
    assert difference.startswith("шаблон: был ")


def test_other_fonts_and_another_engine_are_named(office, signed, monkeypatch, tmp_path):
    monkeypatch.setattr(templates, "FONTS", tmp_path)
    monkeypatch.setattr(origin, "version", lambda _: "99")

    pdf = proof_of_pdf(prove(office, signed))

    assert [word.partition(":")[0] for word in pdf.differences] == ["шрифты", "программа"]
    assert "typst 99" in pdf.differences[1]


def proof_of_pdf(found):
    return next(one for one in found.files if one.file_format is FileFormat.PDF)


@pytest.mark.parametrize("table", ["document_file", "document_scan"])
def test_bytes_that_somebody_has_changed_in_the_database_are_seen(office, signed, table):
    paper = office.signed()
    change = sa.text(f"UPDATE {table} SET octets = :octets")
    with office.database.writing() as transaction:
        take_the_guard_off(transaction, table)
        transaction.execute(change, {"octets": xml_like(office, signed, table)})

    found = prove(office, signed if table == "document_file" else paper)

    assert not found.is_whole
    assert any(one.failure for one in found.signatures)


def xml_like(office, document, table):
    """Return bytes that are still readable XML, and not those that were kept."""
    if table == "document_scan":
        return b"another scan"
    return office.file(document, FileFormat.XML).octets + b"\n"


def take_the_guard_off(transaction, table):
    if transaction.on_postgresql:
        transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
    else:
        transaction.execute(sa.text(f"DROP TRIGGER {table}_no_update"))


def test_the_digests_are_of_the_bytes(office, signed):
    file = office.file(signed, FileFormat.PDF)

    assert hashlib.sha256(file.octets).digest() == file.sha256
    table = models.document_file
    with office.database.reading() as transaction:
        kept = transaction.execute(
            sa.select(table.c.octets).where(table.c.format == "PDF")
        ).scalar_one()
    assert kept == file.octets
