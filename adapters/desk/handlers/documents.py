"""SVC-18: a participant reads the documents that concern it and signs them."""

from uuid import UUID

from adapters.desk.errors import told_of
from adapters.desk.files import file_of, read_file
from adapters.desk.messages import documents as messages
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import DocumentState
from gateway.contracts.paging import number_after, page_of
from gateway.documents import DocType, FileFormat
from gateway.kernel.errors import Finding, NotAllowed, NotFound, ValidationError
from gateway.storage.database import Transaction
from registry.counter import change_registry
from registry.documents import errors as document_errors
from registry.documents import shelf, states
from registry.documents.desk import DocumentDesk
from registry.documents.values import Cms, Document, Scan, Signatory, Signature, Wanted

_MEDIA_TYPES = {
    FileFormat.XML: "application/xml",
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def list_documents(
    received: Received[messages.ListDocumentsRequest], work: Work
) -> messages.ListDocumentsResponse:
    """Tell the documents that concern the sender, the latest first; raise ValidationError."""
    request = received.request
    asked = page_of(request.page)
    offset = number_after(asked.cursor)
    wanted = _wanted(request, received.sender.code)
    if wanted is None:
        return messages.ListDocumentsResponse()
    with work.registry.reading() as transaction:
        found = shelf.search(transaction, wanted, asked.limit + 1, offset)
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    return messages.ListDocumentsResponse(
        document=[_told(document) for document in shown],
        next_cursor=str(offset + asked.limit) if more else None,
    )


def get_document(
    received: Received[messages.GetDocumentRequest], work: Work
) -> messages.GetDocumentResponse:
    """Give a file of a document that concerns the sender; raise NotFound, NotAllowed."""
    request = received.request
    document_id = UUID(request.document_id)
    with work.registry.reading() as transaction:
        document = shelf.find(transaction, document_id, received.sender.code)
        if document.state is states.DocumentState.DRAFT:
            raise NotAllowed("Документ ещё не предложен на подпись.")
        kept = {one.name: one for one in shelf.formats(transaction, document)}
        file_format = kept.get(request.format.value)
        if file_format is None:
            raise NotAllowed(f"В формате {request.format.value} этого документа нет.")
        desk = work.office(DocumentDesk)
        file = desk.file(transaction, document_id, file_format)
        data = desk.file(transaction, document_id, FileFormat.XML)
    name = f"{document.number}.{file_format.name.lower()}"
    return messages.GetDocumentResponse(
        file=file_of(document_id, name, _MEDIA_TYPES[file_format], file.octets),
        state=DocumentState(document.state.value),
        hash=data.sha256,
    )


def register_signature(
    received: Received[messages.RegisterSignatureRequest], work: Work
) -> messages.RegisterSignatureResponse:
    """Accept the sender's signature under a document; the same again changes nothing.

    Raises NotFound, NotAllowed, SignatureInvalid, IllegalTransition, DuplicateConflict,
    ValidationError.
    """
    request, sender = received.request, received.sender
    if request.party != sender.code:
        raise NotAllowed("Подпись передаёт сама сторона.")
    document_id = UUID(request.document_id)
    signature = Signature(_evidence(received), _signatory(request), request.signed_at)

    def change(transaction: Transaction) -> messages.RegisterSignatureResponse:
        shelf.find(transaction, document_id, sender.code)
        try:
            with told_of("/RegisterSignatureRequest"):
                outcome = work.office(DocumentDesk).register_signature(
                    transaction, document_id, sender.code, signature, work.now, sender.code
                )
        except document_errors.NotAParty as error:
            raise NotAllowed(error.text) from error
        except document_errors.ScanRefused as error:
            finding = Finding(error.text, path="/RegisterSignatureRequest/scan")
            raise ValidationError(findings=(finding,)) from error
        return messages.RegisterSignatureResponse(
            state=DocumentState(outcome.document.state.value), duplicate=outcome.duplicate
        )

    return change_registry(work, change)


def _wanted(request: messages.ListDocumentsRequest, reader: str) -> Wanted | None:
    """Return what is searched for; None for a kind of document that there is not."""
    period = request.period
    if period is not None and period.to < period.from_value:
        finding = Finding(
            "Конец периода раньше начала.", path="/ListDocumentsRequest/period/to", rule="period"
        )
        raise ValidationError(findings=(finding,))
    kinds = {one.value: one for one in DocType}
    if request.type_value is not None and request.type_value not in kinds:
        return None
    state = request.state
    return Wanted(
        doc_type=kinds.get(request.type_value or ""),
        since=None if period is None else period.from_value,
        until=None if period is None else period.to,
        case=None if request.case_id is None else UUID(request.case_id),
        state=None if state is None else states.DocumentState(state.value),
        participant=reader,
    )


def _told(document: Document) -> messages.DocumentType:
    return messages.DocumentType(
        document_id=str(document.document_id),
        type_value=document.doc_type.value,
        number=document.number,
        date=document.dated,
        title=document.doc_type.title,
        state=DocumentState(document.state.value),
    )


def _signatory(request: messages.RegisterSignatureRequest) -> Signatory:
    who = request.signatory
    return Signatory(who.name, who.position, who.basis)


def _evidence(received: Received[messages.RegisterSignatureRequest]) -> Cms | Scan:
    request = received.request
    if request.cms is not None:
        return Cms((request.cms,))
    if request.scan is None:
        raise NotFound  # the schema asks for one of the two
    path = "/RegisterSignatureRequest/scan"
    file = read_file(request.scan, received.attachments, path)
    return Scan(file.octets, file.media_type)
