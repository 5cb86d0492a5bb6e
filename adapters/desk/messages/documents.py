"""Messages of urn://x-artefacts-citto-72/registry/documents/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour, DocumentState, FileRef, Page, Period

__all__ = [
    "DocumentFormat",
    "DocumentType",
    "GetDocumentRequest",
    "GetDocumentResponse",
    "ListDocumentsRequest",
    "ListDocumentsResponse",
    "PingRequest",
    "PingResponse",
    "RegisterSignatureRequest",
    "RegisterSignatureResponse",
    "SignatoryType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/registry/documents/1.0"


class DocumentFormat(Enum):
    XML = "XML"
    PDF = "PDF"
    ODT = "ODT"
    DOCX = "DOCX"


@dataclass(slots=True, kw_only=True)
class SignatoryType:
    class Meta:
        name = "SignatoryType"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    position: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    basis: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class DocumentType:
    class Meta:
        name = "DocumentType"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    type_value: str = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "max_length": 30,
            "pattern": "[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
            "white_space": "collapse",
        }
    )
    number: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    date: None | datetime.date = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    state: DocumentState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"


@dataclass(slots=True, kw_only=True)
class GetDocumentRequest:
    class Meta:
        name = "GetDocumentRequest"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    format: DocumentFormat = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetDocumentResponse:
    class Meta:
        name = "GetDocumentResponse"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    file: FileRef = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        }
    )
    state: DocumentState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        }
    )
    hash: bytes = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 32,
            "max_length": 64,
            "format": "base64",
        }
    )


@dataclass(slots=True, kw_only=True)
class ListDocumentsRequest:
    class Meta:
        name = "ListDocumentsRequest"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    type_value: None | str = field(
        default=None,
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "max_length": 30,
            "pattern": "[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
            "white_space": "collapse",
        },
    )
    period: None | Period = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        },
    )
    case_id: None | str = field(
        default=None,
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    state: None | DocumentState = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegisterSignatureRequest:
    class Meta:
        name = "RegisterSignatureRequest"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    party: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    signed_at: datetime.datetime = field(
        metadata={
            "name": "signedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    scan: None | FileRef = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        },
    )
    cms: None | bytes = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 1048576,
            "format": "base64",
        },
    )
    signatory: SignatoryType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegisterSignatureResponse:
    class Meta:
        name = "RegisterSignatureResponse"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    state: DocumentState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ListDocumentsResponse:
    class Meta:
        name = "ListDocumentsResponse"
        namespace = "urn://x-artefacts-citto-72/registry/documents/1.0"

    document: list[DocumentType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
        },
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/documents/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
