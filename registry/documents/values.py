"""What a document is to the registry: who it binds, where it stands, what was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from gateway.documents import DocType, FileFormat
from registry.documents.states import DocumentState, Step


class Side(Enum):
    """Whose signature a kind of document asks for."""

    OPERATOR = "OPERATOR"
    PARTICIPANT = "PARTICIPANT"


_BOTH = frozenset(Side)
_OPERATOR = frozenset({Side.OPERATOR})
_PARTICIPANT = frozenset({Side.PARTICIPANT})

SIGNED_BY: Mapping[DocType, frozenset[Side]] = {
    DocType.ACT_EMP: _BOTH,
    DocType.ACT_PUTO: _BOTH,
    DocType.ACT_BANK_TEST: _BOTH,
    DocType.ACT_ORG_TEST: _BOTH,
    DocType.PROT_PUTO: _BOTH,
    DocType.PROT_BANK: _BOTH,
    DocType.PROT_ORG: _BOTH,
    DocType.RECON: _BOTH,
    DocType.PLAN_CONN: _OPERATOR,
    DocType.PLAN_TEST: _OPERATOR,
    DocType.TECHREQ: _OPERATOR,
    DocType.APP_EMP: _PARTICIPANT,
    DocType.APP_REGISO: _PARTICIPANT,
    DocType.APP_PUTO: _PARTICIPANT,
    DocType.APP_BANK: _PARTICIPANT,
    DocType.APP_NET: _PARTICIPANT,
    DocType.JOIN: _PARTICIPANT,
    DocType.NOTICE_ACQ: _PARTICIPANT,
    DocType.LETTER_ARM: _PARTICIPANT,
}
"""The column «Signed by» of the catalogue of documents (D1)."""

ACTS = frozenset({DocType.ACT_EMP, DocType.ACT_PUTO, DocType.ACT_BANK_TEST, DocType.ACT_ORG_TEST})
"""The documents that open production, once both sides have signed."""

PERSONAL = frozenset({DocType.APP_REGISO, DocType.LETTER_ARM})
"""Documents with СНИЛС: their files are kept encrypted (SEC-10)."""


@dataclass(frozen=True, slots=True)
class Party:
    """A participant whom the document concerns; who does not sign may read it all the same."""

    participant: str
    signs: bool = True


def parties_of(doc_type: DocType, operator: str, participant: str) -> tuple[Party, ...]:
    """Return the two parties of a document, by who signs its kind."""
    signing = SIGNED_BY[doc_type]
    return (
        Party(operator, Side.OPERATOR in signing),
        Party(participant, Side.PARTICIPANT in signing),
    )


@dataclass(frozen=True, slots=True)
class Source:
    """What the document was drawn up for."""

    case: UUID | None = None
    """The onboarding case."""
    session: UUID | None = None
    """The test session, of protocols."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party: requisites of the document, as a form names them."""

    name: str
    position: str
    basis: str
    """What the person acts by, in the genitive: «Устава», «доверенности № 5 от 12.01.2026»."""


class SignatureKind(Enum):
    """How a party has signed (H-44)."""

    CMS = "CMS"
    """A detached signature of the files."""
    SCAN = "SCAN"
    """Signed on paper, a scan is attached."""


@dataclass(frozen=True, slots=True)
class Cms:
    """Detached signatures (CMS, DER or PEM) over the PDF, over the XML, or over each of the two."""

    signatures: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan of what was signed on paper."""

    octets: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What a party hands in."""

    evidence: Cms | Scan
    signatory: Signatory
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was accepted."""

    participant: str
    kind: SignatureKind
    signatory: Signatory
    signed_at: datetime
    accepted_at: datetime
    digest: bytes
    """Of all that was handed in: what «the same signature again» means."""
    certificate: str | None
    """SHA-256 thumbprint, hexadecimal; a scan has none."""
    verdict: str
    """What was found, in Russian: «подпись ЭП подтверждена: PDF, XML»."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the registry knows it."""

    document_id: UUID
    doc_type: DocType
    number: str
    year: int
    serial: int
    dated: date
    """By the calendar of Tyumen."""
    state: DocumentState
    revision: int
    """Counts from 1; a document drawn up again before anybody signed has the next one."""
    parties: tuple[Party, ...]
    source: Source
    go_live: date | None
    """The day an act lets into production; None when it names none."""
    created_at: datetime
    changed_at: datetime
    signed_at: datetime | None
    """When the last signature that it needs was accepted."""
    registered_at: datetime | None
    cancelled: str | None
    """Why, if it was."""
    signatures: tuple[Signed, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Tell whether every party has signed, and nobody has cancelled it."""
        return self.state in {DocumentState.SIGNED, DocumentState.REGISTERED}

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who has still to sign."""
        signed = {one.participant for one in self.signatures}
        return tuple(
            one.participant for one in self.parties if one.signs and one.participant not in signed
        )

    def concerns(self, participant: str) -> bool:
        """Tell whether the participant may read it."""
        return any(one.participant == participant for one in self.parties)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """The document in one format."""

    file_format: FileFormat
    octets: bytes
    sha256: bytes
    streebog: bytes
    """GOST R 34.11-2012, 256 bits."""
    is_fixed: bool
    """These bytes stay; a draft is rendered anew at each question."""


@dataclass(frozen=True, slots=True)
class Act:
    """A signed act: what lets a participant into production."""

    document_id: UUID
    doc_type: DocType
    number: str
    dated: date
    go_live: date | None
    state: DocumentState
    """SIGNED or REGISTERED."""
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are asked for; what is None does not matter."""

    doc_type: DocType | None = None
    since: date | None = None
    until: date | None = None
    """The last day."""
    case: UUID | None = None
    state: DocumentState | None = None
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line of a document's history."""

    at: datetime
    actor: str
    step: Step
    before: DocumentState | None
    after: DocumentState
    note: str | None
