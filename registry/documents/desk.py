"""The desk of documents: drawn up, offered, signed by both sides, registered, cancelled (DOC).

Every method works in the caller's transaction. It raises the registry's version first, so changes
come one after another, writes a line of the document's history and one of the change log.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from gateway import documents
from gateway.documents import FileFormat, Form, Identity
from gateway.documents.forms.acts import BankTrialAct
from gateway.kernel.errors import DuplicateConflict, ValidationError
from gateway.kernel.ports import Identifiers
from gateway.security import cms
from gateway.security.algorithms import Hash
from gateway.security.provider import Providers
from gateway.storage.database import Transaction
from registry import errors as registry_errors
from registry.calendar import local_date
from registry.change import Change, raise_version
from registry.documents import errors, evidence, numbers, repository, shelf, states
from registry.documents.evidence import Accepted, SignatureChecker
from registry.documents.origin import Origin, origin_of
from registry.documents.states import DocumentState, Step
from registry.documents.values import (
    PERSONAL,
    Cms,
    Document,
    DocumentFile,
    Party,
    Signature,
    Signed,
    Source,
)

FIXED = tuple(one for one in FileFormat if one is not FileFormat.XML)
"""What is rendered when a document is offered and stays so; its XML is kept from the beginning."""
COVERED = (FileFormat.PDF, FileFormat.XML)
"""Files that a detached signature may be over: they say the same (`proof`)."""
MOST_SIGNED_AHEAD = timedelta(minutes=5)
"""How far ahead of our clock the moment of a signature may be."""


Render = Callable[[Form, Identity, FileFormat, Path | None], bytes]
"""Makes a file of a document, always the same bytes."""


@dataclass(frozen=True, slots=True)
class SignatureOutcome:
    """What came of a signature that a party has handed in."""

    document: Document
    duplicate: bool
    """The same was accepted before; nothing was changed."""


@dataclass(frozen=True)
class DocumentDesk:
    """Leads documents from the draft to the register."""

    providers: Providers
    """Compute the digests; GOST R 34.11-2012 among them."""
    checker: SignatureChecker | None = None
    """Who is believed; without it only paper can be signed."""
    templates: Path | None = None
    """The operator's own templates instead of those of the program."""
    render: Render = documents.render

    def draw_up(
        self,
        transaction: Transaction,
        form: Form,
        parties: tuple[Party, ...],
        source: Source,
        now: datetime,
        ids: Identifiers,
        actor: str,
    ) -> Document:
        """Give the form the next number of its type and year and keep it as a draft.

        Raise ParticipantUnknown, DocumentInvalid for facts that the schema refuses, and ValueError
        when nobody would sign.
        """
        _check_parties(transaction, parties)
        raise_version(transaction)
        day = local_date(now)
        serial = numbers.take_next(transaction, form.doc_type, day.year)
        drawn = Document(
            document_id=ids(),
            doc_type=form.doc_type,
            number=documents.number_of(form.doc_type, day.year, serial),
            year=day.year,
            serial=serial,
            dated=day,
            state=DocumentState.DRAFT,
            revision=1,
            parties=parties,
            source=source,
            go_live=_go_live(form),
            created_at=now,
            changed_at=now,
            signed_at=None,
            registered_at=None,
            cancelled=None,
        )
        repository.insert(transaction, drawn)
        self._keep_xml(transaction, drawn, form, now)
        _note(transaction, None, drawn, Step.DRAW_UP, now, actor)
        return drawn

    def redraw(
        self,
        transaction: Transaction,
        document_id: UUID,
        form: Form,
        now: datetime,
        actor: str,
    ) -> Document:
        """Draw up anew what nobody has signed; number and date stay, earlier files are kept.

        Raise IllegalTransition once anybody has signed, DocumentRefused for another type.
        """
        document = _locked(transaction, document_id)
        state = states.after(document.state, Step.REDRAW)
        if form.doc_type is not document.doc_type:
            raise errors.DocumentRefused("Документ нельзя заменить документом другого вида.")
        redrawn = replace(
            document,
            state=state,
            revision=document.revision + 1,
            go_live=_go_live(form),
            changed_at=now,
        )
        repository.update(
            transaction, document_id, revision=redrawn.revision, go_live=redrawn.go_live
        )
        self._keep_xml(transaction, redrawn, form, now)
        _note(transaction, document, redrawn, Step.REDRAW, now, actor)
        return redrawn

    def offer(
        self, transaction: Transaction, document_id: UUID, now: datetime, actor: str
    ) -> Document:
        """Fix the files of a draft for signature; raise IllegalTransition."""
        document = _locked(transaction, document_id)
        offered = replace(document, state=states.after(document.state, Step.OFFER), changed_at=now)
        for file_format in FIXED:
            origin = origin_of(document.doc_type, file_format, self.templates)
            rendered = self._render(transaction, document, file_format)
            self._keep(transaction, offered, file_format, rendered, origin, now)
        _note(transaction, document, offered, Step.OFFER, now, actor)
        return offered

    def register_signature(
        self,
        transaction: Transaction,
        document_id: UUID,
        party: str,
        signature: Signature,
        now: datetime,
        actor: str,
    ) -> SignatureOutcome:
        """Accept the signature of a party (SVC-18); the same again changes nothing.

        Raise DocumentUnknown, NotAParty, DuplicateConflict for another signature of the same
        party, IllegalTransition, DocumentSignatureInvalid, ScanRefused, ValidationError.
        """
        document = _locked(transaction, document_id)
        if not any(one.participant == party and one.signs for one in document.parties):
            raise errors.NotAParty
        digest = _digest(signature)
        for signed in document.signatures:
            if signed.participant == party:
                if signed.digest != digest:
                    raise DuplicateConflict("Эта сторона уже подписала документ другой подписью.")
                return SignatureOutcome(document, duplicate=True)
        step = Step.SIGN_LAST if document.awaited == (party,) else Step.SIGN
        state = states.after(document.state, step)
        _check_moment(signature.signed_at, now)
        accepted = self._check(transaction, document, party, signature, now)
        signed = Signed(
            participant=party,
            kind=accepted.kind,
            signatory=signature.signatory,
            signed_at=signature.signed_at,
            accepted_at=now,
            digest=digest,
            certificate=accepted.certificate,
            verdict=accepted.verdict,
        )
        _keep_signature(transaction, document, signed, signature, accepted)
        after = replace(
            document,
            state=state,
            changed_at=now,
            signed_at=now if step is Step.SIGN_LAST else None,
            signatures=(*document.signatures, signed),
        )
        told = f"{party}: {accepted.verdict}"
        _note(transaction, document, after, step, now, actor, told)
        return SignatureOutcome(after, duplicate=False)

    def register(
        self, transaction: Transaction, document_id: UUID, now: datetime, actor: str
    ) -> Document:
        """Enter a signed document among the originals; raise IllegalTransition."""
        document = _locked(transaction, document_id)
        registered = replace(
            document,
            state=states.after(document.state, Step.REGISTER),
            changed_at=now,
            registered_at=now,
        )
        _note(transaction, document, registered, Step.REGISTER, now, actor)
        return registered

    def cancel(
        self, transaction: Transaction, document_id: UUID, reason: str, now: datetime, actor: str
    ) -> Document:
        """Take a document back; its number stays taken. Raise IllegalTransition, DocumentRefused.

        What a cancelled act does to access is not decided here: `shelf.signed_act` no longer
        finds it.
        """
        if not reason.strip():
            raise errors.DocumentRefused("Назовите причину аннулирования.")
        document = _locked(transaction, document_id)
        cancelled = replace(
            document,
            state=states.after(document.state, Step.CANCEL),
            changed_at=now,
            cancelled=reason,
        )
        _note(transaction, document, cancelled, Step.CANCEL, now, actor, reason)
        return cancelled

    def file(
        self, transaction: Transaction, document_id: UUID, file_format: FileFormat
    ) -> DocumentFile:
        """Return the document in a format: fixed once it was offered, else rendered now.

        Raise DocumentUnknown.
        """
        document = shelf.find(transaction, document_id)
        kept = repository.file(transaction, document, file_format)
        if kept is not None:
            return replace(kept, is_fixed=document.state is not DocumentState.DRAFT)
        rendered = self._render(transaction, document, file_format)
        return replace(self._file(file_format, rendered), is_fixed=False)

    def _keep_xml(
        self, transaction: Transaction, document: Document, form: Form, now: datetime
    ) -> None:
        identity = Identity(document.document_id, document.number, document.dated)
        octets = documents.to_xml(form, identity)
        self._keep(transaction, document, FileFormat.XML, octets, None, now)

    def _keep(
        self,
        transaction: Transaction,
        document: Document,
        file_format: FileFormat,
        octets: bytes,
        origin: Origin | None,
        now: datetime,
    ) -> None:
        file = self._file(file_format, octets)
        sealed = document.doc_type in PERSONAL
        repository.add_file(transaction, document, file, origin, now, sealed=sealed)

    def _file(self, file_format: FileFormat, octets: bytes) -> DocumentFile:
        return DocumentFile(
            file_format=file_format,
            octets=octets,
            sha256=hashlib.sha256(octets).digest(),
            streebog=self.providers.digest(Hash.STREEBOG256, octets),
            is_fixed=True,
        )

    def _render(
        self, transaction: Transaction, document: Document, file_format: FileFormat
    ) -> bytes:
        xml = repository.kept(transaction, document, FileFormat.XML)
        form, identity = documents.from_xml(xml.octets)
        return self.render(form, identity, file_format, self.templates)

    def _check(
        self,
        transaction: Transaction,
        document: Document,
        party: str,
        signature: Signature,
        now: datetime,
    ) -> Accepted:
        if not isinstance(signature.evidence, Cms):
            return evidence.check_scan(signature.evidence)
        if self.checker is None:
            raise errors.DocumentRefused("Электронные подписи под документами здесь не проверить.")
        files = covered_files(transaction, document)
        return self.checker.check(signature.evidence, files, party, now)


def covered_files(transaction: Transaction, document: Document) -> dict[FileFormat, bytes]:
    """Return the fixed files that signatures may be over."""
    return {one: repository.kept(transaction, document, one).octets for one in COVERED}


def _locked(transaction: Transaction, document_id: UUID) -> Document:
    """Return a document that nobody else changes until the transaction ends."""
    raise_version(transaction)
    return shelf.find(transaction, document_id)


def _check_parties(transaction: Transaction, parties: tuple[Party, ...]) -> None:
    if not any(party.signs for party in parties):
        raise ValueError(parties)
    unknown = repository.unknown_participants(transaction, {one.participant for one in parties})
    if unknown:
        raise registry_errors.ParticipantUnknown(f"Участника {min(unknown)} нет.")


def _check_moment(signed_at: datetime, now: datetime) -> None:
    if signed_at > now + MOST_SIGNED_AHEAD:
        raise ValidationError("Момент подписания ещё не наступил.")


def _go_live(form: Form) -> date | None:
    """Return the day that the paper itself names; what is not on it is not agreed."""
    return form.production_date if isinstance(form, BankTrialAct) else None


def _digest(signature: Signature) -> bytes:
    """Return what tells one signature from another: all that was handed in."""
    given, who = signature.evidence, signature.signatory
    parts: list[bytes] = [
        *(who.name.encode(), who.position.encode(), who.basis.encode()),
        signature.signed_at.astimezone(UTC).isoformat().encode(),
    ]
    if isinstance(given, Cms):
        parts += sorted(map(cms.from_text, given.signatures))
    else:
        parts += [given.media_type.encode(), given.octets]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.digest()


def _keep_signature(
    transaction: Transaction,
    document: Document,
    signed: Signed,
    signature: Signature,
    accepted: Accepted,
) -> None:
    scan_digest: bytes | None = None
    given = signature.evidence
    if not isinstance(given, Cms):
        scan_digest = hashlib.sha256(given.octets).digest()
        repository.keep_scan(transaction, scan_digest, given, signed.accepted_at)
    signatures: Mapping[FileFormat, bytes] = accepted.cms
    repository.add_signature(transaction, document.document_id, signed, scan_digest, signatures)


def _note(
    transaction: Transaction,
    before: Document | None,
    after: Document,
    step: Step,
    now: datetime,
    actor: str,
    told: str | None = None,
) -> None:
    """Write the new state, the history and the change log."""
    was = None if before is None else before.state
    repository.update(
        transaction,
        after.document_id,
        state=after.state.value,
        changed_at=now,
        signed_at=after.signed_at,
        registered_at=after.registered_at,
        cancelled=after.cancelled,
    )
    repository.note(transaction, after.document_id, step, was, after.state, now, actor, told)
    concerned = after.parties[-1].participant
    Change(transaction, now, actor, {"code": concerned}).log(
        "document", None if was is None else was.value, after.state.value, after.number
    )
