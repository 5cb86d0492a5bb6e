"""The list of documents as a table for office programs (NFR-08)."""

from collections.abc import Iterable

from gateway.documents.tables import Cell, TableFormat, table_file
from registry.documents.states import STATES
from registry.documents.values import Document

COLUMNS = (
    "Номер",
    "Дата",
    "Документ",
    "Код",
    "Состояние",
    "Стороны",
    "Подписали",
    "Ждёт подписи",
    "Подписан",
    "Зарегистрирован",
    "Ввод в эксплуатацию",
    "Аннулирован",
    "Идентификатор",
)


def export(found: Iterable[Document], table_format: TableFormat) -> bytes:
    """Return the documents as a file; names of signatories stay in the documents (SEC-10)."""
    return table_file(map(_row, found), COLUMNS, table_format)


def _row(document: Document) -> tuple[Cell, ...]:
    return (
        document.number,
        document.dated,
        document.doc_type.title,
        document.doc_type.value,
        STATES[document.state],
        ", ".join(party.participant for party in document.parties),
        ", ".join(signed.participant for signed in document.signatures),
        ", ".join(document.awaited),
        document.signed_at,
        document.registered_at,
        document.go_live,
        document.cancelled,
        str(document.document_id),
    )
