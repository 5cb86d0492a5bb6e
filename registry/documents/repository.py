"""Every statement over the tables of documents."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gateway.documents import DocType, FileFormat
from gateway.storage.database import Transaction
from gateway.storage.types import as_day
from registry.documents import models
from registry.documents.origin import Origin
from registry.documents.states import DocumentState, Step
from registry.documents.values import (
    Act,
    Document,
    DocumentFile,
    Occurrence,
    Party,
    Scan,
    Signatory,
    SignatureKind,
    Signed,
    Source,
    Wanted,
)
from registry.models import participant as participants

_FILE, _SCAN = "document_file.octets", "document_scan.octets"
"""Places of sealed octets, as `Vault` names them."""


class DocumentLost(Exception):
    """A document has no file that it must have; the message names both."""


class KeptFile(NamedTuple):
    """A file as it is kept, with what it was rendered with."""

    file: DocumentFile
    origin: Origin | None


def unknown_participants(transaction: Transaction, codes: set[str]) -> set[str]:
    """Return those of the codes that nobody has."""
    table = participants
    query = sa.select(table.c.code).where(table.c.code.in_(codes))
    return codes - set(transaction.execute(query).scalars())


def insert(transaction: Transaction, document: Document) -> None:
    """Enter a new document with its parties."""
    transaction.execute(
        sa.insert(models.document).values(
            id=document.document_id,
            doc_type=document.doc_type.value,
            year=document.year,
            serial=document.serial,
            number=document.number,
            date=document.dated,
            state=document.state.value,
            revision=document.revision,
            case_id=document.source.case,
            session_id=document.source.session,
            go_live=document.go_live,
            created_at=document.created_at,
            changed_at=document.changed_at,
        )
    )
    rows = [
        {
            "document": document.document_id,
            "position": position,
            "participant": party.participant,
            "signs": party.signs,
        }
        for position, party in enumerate(document.parties, 1)
    ]
    transaction.execute(sa.insert(models.document_party), rows)


def update(transaction: Transaction, document_id: UUID, **values: object) -> None:
    """Change a document's own row."""
    table = models.document
    transaction.execute(sa.update(table).where(table.c.id == document_id).values(**values))


def find(transaction: Transaction, document_id: UUID) -> Document | None:
    """Return a document."""
    query = sa.select(models.document).where(models.document.c.id == document_id)
    return next(iter(_whole(transaction, transaction.execute(query).all())), None)


def find_number(transaction: Transaction, number: str) -> Document | None:
    """Return the document of a number."""
    query = sa.select(models.document).where(models.document.c.number == number)
    return next(iter(_whole(transaction, transaction.execute(query).all())), None)


def search(
    transaction: Transaction, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> list[Document]:
    """Return documents, the latest first."""
    table = models.document
    query = (
        sa.select(table)
        .where(*_conditions(wanted))
        .order_by(table.c.date.desc(), table.c.created_at.desc(), table.c.number.desc())
        .limit(limit)
        .offset(offset)
    )
    return _whole(transaction, transaction.execute(query).all())


def acts(transaction: Transaction, kinds: Iterable[DocType], wanted: Wanted) -> list[Act]:
    """Return acts that are signed and not cancelled, the last signed first."""
    table = models.document
    query = (
        sa.select(table)
        .where(
            table.c.doc_type.in_([kind.value for kind in kinds]),
            table.c.state.in_([DocumentState.SIGNED.value, DocumentState.REGISTERED.value]),
            *_conditions(wanted),
        )
        .order_by(table.c.signed_at.desc(), table.c.number.desc())
    )
    return [
        Act(
            document_id=row.id,
            doc_type=DocType(row.doc_type),
            number=row.number,
            dated=as_day(row.date),
            go_live=None if row.go_live is None else as_day(row.go_live),
            state=DocumentState(row.state),
            signed_at=row.signed_at,
        )
        for row in transaction.execute(query)
    ]


def add_file(
    transaction: Transaction,
    document: Document,
    file: DocumentFile,
    origin: Origin | None,
    now: datetime,
    *,
    sealed: bool,
) -> None:
    """Keep a file of the present revision for ever."""
    octets = file.octets
    if sealed:
        octets = _sealed(transaction, _FILE, octets)
    transaction.execute(
        sa.insert(models.document_file).values(
            document=document.document_id,
            revision=document.revision,
            format=file.file_format.name,
            octets=octets,
            sealed=sealed,
            sha256=file.sha256,
            streebog=file.streebog,
            template_sha256=None if origin is None else origin.template,
            fonts_sha256=None if origin is None else origin.fonts,
            engine=None if origin is None else origin.engine,
            made_at=now,
        )
    )


def file(
    transaction: Transaction, document: Document, file_format: FileFormat
) -> DocumentFile | None:
    """Return a kept file of the present revision."""
    kept = _files(transaction, document, models.document_file.c.format == file_format.name)
    return kept[0].file if kept else None


def kept(transaction: Transaction, document: Document, file_format: FileFormat) -> DocumentFile:
    """Return a file that must be there; raise DocumentLost."""
    found = file(transaction, document, file_format)
    if found is None:
        raise DocumentLost(f"{document.number}: {file_format.name}")
    return found


def files(transaction: Transaction, document: Document) -> list[KeptFile]:
    """Return all kept files of the present revision."""
    return _files(transaction, document)


def formats(transaction: Transaction, document: Document) -> list[FileFormat]:
    """Return in which formats files are kept."""
    table = models.document_file
    query = (
        sa.select(table.c.format)
        .where(table.c.document == document.document_id, table.c.revision == document.revision)
        .order_by(table.c.format)
    )
    return [FileFormat[name] for name in transaction.execute(query).scalars()]


def keep_scan(transaction: Transaction, sha256: bytes, scan: Scan, now: datetime) -> None:
    """Keep a scan, sealed: who knows what is on it. The same content is kept once."""
    sealed = _sealed(transaction, _SCAN, scan.octets)
    transaction.insert(
        models.document_scan,
        ("sha256", "media_type", "size", "octets", "kept_at"),
        [(sha256, scan.media_type, len(scan.octets), sealed, now)],
        "DO NOTHING",
    )


def scan(transaction: Transaction, document_id: UUID, participant: str) -> Scan | None:
    """Return the scan by which a party has signed; raise DocumentLost if it is not whole."""
    kept, signature = models.document_scan, models.document_signature
    query = (
        sa.select(kept.c.sha256, kept.c.octets, kept.c.media_type)
        .join(signature, signature.c.scan == kept.c.sha256)
        .where(signature.c.document == document_id, signature.c.participant == participant)
    )
    row = transaction.execute(query).one_or_none()
    if row is None:
        return None
    octets = _opened(transaction, _SCAN, row.octets)
    if hashlib.sha256(octets).digest() != row.sha256:
        raise DocumentLost(f"{participant}: SCAN")
    return Scan(octets, row.media_type)


def add_signature(
    transaction: Transaction,
    document_id: UUID,
    signed: Signed,
    scan_digest: bytes | None,
    cms: Mapping[FileFormat, bytes],
) -> None:
    """Keep a signature that was accepted, with what proves it."""
    transaction.execute(
        sa.insert(models.document_signature).values(
            document=document_id,
            participant=signed.participant,
            kind=signed.kind.value,
            signatory_name=signed.signatory.name,
            signatory_position=signed.signatory.position,
            signatory_basis=signed.signatory.basis,
            signed_at=signed.signed_at,
            accepted_at=signed.accepted_at,
            digest=signed.digest,
            scan=scan_digest,
            certificate=signed.certificate,
            verdict=signed.verdict,
        )
    )
    if cms:
        rows = [
            {
                "document": document_id,
                "participant": signed.participant,
                "format": file_format.name,
                "octets": octets,
            }
            for file_format, octets in cms.items()
        ]
        transaction.execute(sa.insert(models.document_cms), rows)


def cms_of(
    transaction: Transaction, document_id: UUID, participant: str
) -> dict[FileFormat, bytes]:
    """Return the detached signatures of a party by the file each is over."""
    table = models.document_cms
    query = sa.select(table.c.format, table.c.octets).where(
        table.c.document == document_id, table.c.participant == participant
    )
    return {FileFormat[row.format]: row.octets for row in transaction.execute(query)}


def note(
    transaction: Transaction,
    document_id: UUID,
    step: Step,
    before: DocumentState | None,
    after: DocumentState,
    now: datetime,
    actor: str,
    text: str | None = None,
) -> None:
    """Write a line of the history."""
    transaction.execute(
        sa.insert(models.document_history).values(
            document=document_id,
            at=now,
            actor=actor,
            step=step.value,
            before=None if before is None else before.value,
            after=after.value,
            note=text,
        )
    )


def history(transaction: Transaction, document_id: UUID) -> list[Occurrence]:
    """Return what happened to a document, in order."""
    table = models.document_history
    query = sa.select(table).where(table.c.document == document_id).order_by(table.c.id)
    return [
        Occurrence(
            at=row.at,
            actor=row.actor,
            step=Step(row.step),
            before=None if row.before is None else DocumentState(row.before),
            after=DocumentState(row.after),
            note=row.note,
        )
        for row in transaction.execute(query)
    ]


def _sealed(transaction: Transaction, place: str, octets: bytes) -> bytes:
    """Seal octets; the vault takes texts."""
    return transaction.vault.seal(place, octets.decode("latin-1")).encode()


def _opened(transaction: Transaction, place: str, octets: bytes) -> bytes:
    return transaction.vault.open(place, octets.decode("latin-1")).encode("latin-1")


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    table, party = models.document, models.document_party
    conditions: list[sa.ColumnElement[bool] | None] = [
        None if wanted.doc_type is None else table.c.doc_type == wanted.doc_type.value,
        None if wanted.since is None else table.c.date >= wanted.since,
        None if wanted.until is None else table.c.date <= wanted.until,
        None if wanted.case is None else table.c.case_id == wanted.case,
        None if wanted.state is None else table.c.state == wanted.state.value,
        None
        if wanted.participant is None
        else table.c.id.in_(
            sa.select(party.c.document).where(party.c.participant == wanted.participant)
        ),
    ]
    return [one for one in conditions if one is not None]


def _files(
    transaction: Transaction, document: Document, *where: sa.ColumnElement[bool]
) -> list[KeptFile]:
    table = models.document_file
    query = (
        sa.select(table)
        .where(
            table.c.document == document.document_id,
            table.c.revision == document.revision,
            *where,
        )
        .order_by(table.c.format)
    )
    return [_kept(transaction, row) for row in transaction.execute(query).all()]


def _kept(transaction: Transaction, row: Any) -> KeptFile:  # noqa: ANN401 -- a row of files
    octets = row.octets
    if row.sealed:
        octets = _opened(transaction, _FILE, octets)
    kept = DocumentFile(
        file_format=FileFormat[row.format],
        octets=octets,
        sha256=row.sha256,
        streebog=row.streebog,
        is_fixed=True,
    )
    if row.engine is None:
        return KeptFile(kept, None)
    return KeptFile(kept, Origin(row.template_sha256, row.fonts_sha256, row.engine))


def _whole(transaction: Transaction, rows: Sequence[Any]) -> list[Document]:
    """Add parties and signatures, each read once for all documents."""
    found = [row.id for row in rows]
    parties = _parties(transaction, found)
    signatures = _signatures(transaction, found)
    return [
        Document(
            document_id=row.id,
            doc_type=DocType(row.doc_type),
            number=row.number,
            year=row.year,
            serial=row.serial,
            dated=as_day(row.date),
            state=DocumentState(row.state),
            revision=row.revision,
            parties=tuple(parties[row.id]),
            source=Source(row.case_id, row.session_id),
            go_live=None if row.go_live is None else as_day(row.go_live),
            created_at=row.created_at,
            changed_at=row.changed_at,
            signed_at=row.signed_at,
            registered_at=row.registered_at,
            cancelled=row.cancelled,
            signatures=tuple(signatures[row.id]),
        )
        for row in rows
    ]


def _parties(transaction: Transaction, documents: list[UUID]) -> Mapping[UUID, list[Party]]:
    table = models.document_party
    query = sa.select(table).where(table.c.document.in_(documents)).order_by(table.c.position)
    found: dict[UUID, list[Party]] = defaultdict(list)
    for row in transaction.execute(query):
        found[row.document].append(Party(row.participant, row.signs))
    return found


def _signatures(transaction: Transaction, documents: list[UUID]) -> Mapping[UUID, list[Signed]]:
    table = models.document_signature
    query = (
        sa.select(table)
        .where(table.c.document.in_(documents))
        .order_by(table.c.accepted_at, table.c.participant)
    )
    found: dict[UUID, list[Signed]] = defaultdict(list)
    for row in transaction.execute(query):
        found[row.document].append(
            Signed(
                participant=row.participant,
                kind=SignatureKind(row.kind),
                signatory=Signatory(
                    row.signatory_name, row.signatory_position, row.signatory_basis
                ),
                signed_at=row.signed_at,
                accepted_at=row.accepted_at,
                digest=row.digest,
                certificate=row.certificate,
                verdict=row.verdict,
            )
        )
    return found
