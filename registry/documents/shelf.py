"""What can be asked about documents without changing any."""

from uuid import UUID

from gateway.storage.database import Transaction
from registry.documents import errors, repository
from registry.documents.repository import cms_of, formats, history, scan, search
from registry.documents.values import ACTS, Act, Document, Wanted

__all__ = [
    "cms_of",
    "find",
    "find_named",
    "formats",
    "history",
    "is_signed",
    "scan",
    "search",
    "signed_act",
]


def find(transaction: Transaction, document_id: UUID, reader: str | None = None) -> Document:
    """Return a document; for the participant `reader` only if it concerns him.

    Raise DocumentUnknown.
    """
    found = repository.find(transaction, document_id)
    if found is None or not (reader is None or found.concerns(reader)):
        raise errors.DocumentUnknown
    return found


def find_named(transaction: Transaction, name: str) -> Document:
    """Return the document of a number or an identifier; raise DocumentUnknown."""
    try:
        return find(transaction, UUID(name))
    except ValueError:
        found = repository.find_number(transaction, name.upper())
        if found is None:
            raise errors.DocumentUnknown(f"Документа {name} нет.") from None
        return found


def is_signed(transaction: Transaction, document_id: UUID) -> bool:
    """Tell whether every party has signed and nobody has cancelled; raise DocumentUnknown."""
    return find(transaction, document_id).is_signed


def signed_act(
    transaction: Transaction, participant: str | None = None, case: UUID | None = None
) -> Act | None:
    """Return the act that lets a participant, or the system of a case, into production.

    Both sides have signed it and it is not cancelled; of several the one that was signed last.
    Whether its day has come is for the caller to say.
    """
    found = repository.acts(transaction, ACTS, Wanted(participant=participant, case=case))
    return found[0] if found else None
