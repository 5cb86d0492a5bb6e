"""Proves a document years later: its files are whole, and its XML still draws the same.

Every kept file is held against its two digests, rendered anew from the kept XML and compared; what
differs is named: the template, the fonts, the engine. Every signature is verified anew over the
kept file; who stood behind its certificate was decided when it was accepted.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gateway import documents
from gateway.documents import FileFormat
from gateway.security import cms
from gateway.security.algorithms import Hash
from gateway.security.errors import CmsRefused
from gateway.security.keys import KeyCache
from gateway.security.policy import PRODUCTION
from gateway.security.provider import Providers
from gateway.storage.database import Transaction
from gateway.storage.vault import VaultClosed
from registry.documents import repository
from registry.documents.origin import Origin, origin_of
from registry.documents.repository import DocumentLost, KeptFile
from registry.documents.values import Document, SignatureKind


@dataclass(frozen=True, slots=True)
class FileProof:
    """What was found of one file."""

    file_format: FileFormat
    is_whole: bool
    """Its bytes have the digests that were fixed."""
    is_same: bool
    """It comes out the same when it is rendered today."""
    differences: tuple[str, ...] = ()
    """What has changed since it was rendered, in Russian; empty while the same is used."""


@dataclass(frozen=True, slots=True)
class SignatureProof:
    """What was found of one party's signature."""

    participant: str
    what: str
    """PDF, XML or SCAN."""
    failure: str | None = None
    """Why it does not hold, in Russian."""


@dataclass(frozen=True, slots=True)
class DocumentProof:
    """What was found of a document."""

    files: tuple[FileProof, ...]
    signatures: tuple[SignatureProof, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was changed; a rendering may differ, as programs do."""
        return all(one.is_whole for one in self.files) and not any(
            one.failure for one in self.signatures
        )

    @property
    def is_same(self) -> bool:
        """Tell whether every file comes out the same today."""
        return all(one.is_same for one in self.files)


def prove(
    transaction: Transaction,
    document: Document,
    providers: Providers,
    templates: Path | None = None,
) -> DocumentProof:
    """Hold a document against what was fixed."""
    kept = repository.files(transaction, document)
    files = {one.file.file_format: one for one in kept}
    xml = files[FileFormat.XML].file.octets
    return DocumentProof(
        files=tuple(_file(document, one, xml, providers, templates) for one in kept),
        signatures=tuple(_signatures(transaction, document, files, providers)),
    )


def _file(
    document: Document,
    kept: KeptFile,
    xml: bytes,
    providers: Providers,
    templates: Path | None,
) -> FileProof:
    file, origin = kept
    form, identity = documents.from_xml(xml)
    rendered = documents.render(form, identity, file.file_format, templates)
    now = origin_of(document.doc_type, file.file_format, templates)
    return FileProof(
        file_format=file.file_format,
        is_whole=(
            hashlib.sha256(file.octets).digest() == file.sha256
            and providers.digest(Hash.STREEBOG256, file.octets) == file.streebog
        ),
        is_same=hashlib.sha256(rendered).digest() == file.sha256,
        differences=tuple(_differences(origin, now)) if origin and now else (),
    )


def _differences(then: Origin, now: Origin) -> Iterator[str]:
    if then.template != now.template:
        yield f"шаблон: был {_told(then.template)}, теперь {_told(now.template)}"
    if then.fonts != now.fonts:
        yield f"шрифты: были {_told(then.fonts)}, теперь {_told(now.fonts)}"
    if then.engine != now.engine:
        yield f"программа: была {then.engine}, теперь {now.engine}"


def _told(digest: bytes | None) -> str:
    return "—" if digest is None else digest.hex()[:16]


def _signatures(
    transaction: Transaction,
    document: Document,
    files: dict[FileFormat, KeptFile],
    providers: Providers,
) -> Iterator[SignatureProof]:
    keys = KeyCache(providers)
    for signed in document.signatures:
        if signed.kind is SignatureKind.SCAN:
            yield _scan(transaction, document, signed.participant)
            continue
        kept = repository.cms_of(transaction, document.document_id, signed.participant)
        for file_format, octets in kept.items():
            content = files[file_format].file.octets
            failure = None
            try:
                found = cms.verify(octets, [content], PRODUCTION, providers, keys)
            except CmsRefused as refused:
                failure = refused.reason.sentence
            else:
                if hashlib.sha256(found.certificate).hexdigest() != signed.certificate:
                    failure = "сертификат не тот, что был при подписании"
            yield SignatureProof(signed.participant, file_format.name, failure)


def _scan(transaction: Transaction, document: Document, participant: str) -> SignatureProof:
    failure = None
    try:
        if repository.scan(transaction, document.document_id, participant) is None:
            failure = "скана нет"
    except (DocumentLost, VaultClosed):
        failure = "скан изменён или запечатан другим ключом"
    return SignatureProof(participant, SignatureKind.SCAN.value, failure)
