"""Messages of urn://x-artefacts-citto-72/registry/onboarding/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import (
    Contact,
    Contour,
    DocumentState,
    FileRef,
    Period,
    PersonName,
)

__all__ = [
    "AdminType",
    "ApplicantForm",
    "BankType",
    "CaseDocumentType",
    "CaseKind",
    "ChangeResponsibleRequest",
    "ChangeResponsibleResponse",
    "ConnectionKind",
    "ConnectionMethod",
    "ContractType",
    "EmployeeType",
    "GetCaseRequest",
    "GetCaseResponse",
    "LetterType",
    "NotifyAcquiringContractRequest",
    "NotifyAcquiringContractResponse",
    "NotifyReadinessRequest",
    "NotifyReadinessResponse",
    "OptionsType",
    "OrganizationType",
    "PingRequest",
    "PingResponse",
    "RemarkType",
    "RespondRemarksRequest",
    "RespondRemarksResponse",
    "ResponsibleRole",
    "SignatoryType",
    "SubmitConnectionRequestRequest",
    "SubmitConnectionRequestResponse",
    "SubmitJoinStatementRequest",
    "SubmitJoinStatementResponse",
    "Subsystem",
    "SystemType",
    "TransitionType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/registry/onboarding/1.0"


class ApplicantForm(Enum):
    EXECUTIVE_BODY = "EXECUTIVE_BODY"
    STATE_INSTITUTION = "STATE_INSTITUTION"
    MUNICIPAL_BODY = "MUNICIPAL_BODY"
    OTHER = "OTHER"


@dataclass(slots=True, kw_only=True)
class BankType:
    class Meta:
        name = "BankType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    bik: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{9}",
            "white_space": "collapse",
        }
    )
    inn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )


class CaseKind(Enum):
    REG = "REG"
    EDO = "EDO"
    ORG_INT = "ORG_INT"
    ORG_ARM = "ORG_ARM"
    BANK = "BANK"
    PUTO = "PUTO"
    PUB = "PUB"
    EMP = "EMP"
    EMP_APP = "EMP_APP"
    OIV_SVC = "OIV_SVC"
    OIV_ACC = "OIV_ACC"


class ConnectionKind(Enum):
    REGISO_ADMIN = "REGISO_ADMIN"
    BANK = "BANK"
    ORGANIZER_INT = "ORGANIZER_INT"
    ORGANIZER_ARM = "ORGANIZER_ARM"
    PUTO = "PUTO"
    EMP = "EMP"
    EMP_APP = "EMP_APP"


class ConnectionMethod(Enum):
    ACQUIRING = "ACQUIRING"
    ONLINE = "ONLINE"
    BOTH = "BOTH"
    INTEGRATION = "INTEGRATION"
    ARM = "ARM"


@dataclass(slots=True, kw_only=True)
class ContractType:
    class Meta:
        name = "ContractType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class LetterType:
    class Meta:
        name = "LetterType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class OptionsType:
    class Meta:
        name = "OptionsType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    booking: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    payment: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    assessment: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    uses_ppu: bool = field(
        metadata={
            "name": "usesPpu",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class OrganizationType:
    class Meta:
        name = "OrganizationType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    full_name: str = field(
        metadata={
            "name": "fullName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    short_name: str = field(
        metadata={
            "name": "shortName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    inn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    kpp: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{4}[0-9A-Z]{2}[0-9]{3}",
            "white_space": "collapse",
        },
    )
    ogrn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{13}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    address: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    head_name: str = field(
        metadata={
            "name": "headName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    phone: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "\\+?[0-9 ()\\-]{5,30}",
            "white_space": "collapse",
        }
    )
    legal_form: str = field(
        metadata={
            "name": "legalForm",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class RemarkType:
    class Meta:
        name = "RemarkType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )


class ResponsibleRole(Enum):
    TECHNICAL = "TECHNICAL"
    RESPONSIBLE = "RESPONSIBLE"
    SERVICE_OWNER = "SERVICE_OWNER"


@dataclass(slots=True, kw_only=True)
class SignatoryType:
    class Meta:
        name = "SignatoryType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    position: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    basis: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


class Subsystem(Enum):
    KINDERGARTEN = "KINDERGARTEN"
    SCHOOL = "SCHOOL"
    MEALS = "MEALS"
    COLLEGE = "COLLEGE"
    EDO = "EDO"
    EDUCATION_PORTAL = "EDUCATION_PORTAL"


@dataclass(slots=True, kw_only=True)
class SystemType:
    class Meta:
        name = "SystemType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    version: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class TransitionType:
    class Meta:
        name = "TransitionType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    from_value: None | str = field(
        default=None,
        metadata={
            "name": "from",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    to: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    actor: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        },
    )
    document_id: None | str = field(
        default=None,
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class AdminType:
    class Meta:
        name = "AdminType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    name: PersonName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    birth_date: datetime.date = field(
        metadata={
            "name": "birthDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    snils: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        }
    )
    email: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "max_length": 254,
            "pattern": "[!-?A-~Ѐ-ӿ]+@[!-?A-~Ѐ-ӿ]+",
            "white_space": "collapse",
        }
    )
    esia_account: None | bool = field(
        default=None,
        metadata={
            "name": "esiaAccount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class CaseDocumentType:
    class Meta:
        name = "CaseDocumentType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    type_value: str = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "max_length": 30,
            "pattern": "[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
            "white_space": "collapse",
        }
    )
    number: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    state: DocumentState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class ChangeResponsibleResponse:
    class Meta:
        name = "ChangeResponsibleResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    overdue: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_inclusive": 1,
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class EmployeeType:
    class Meta:
        name = "EmployeeType"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    name: PersonName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    position: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    snils: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        }
    )
    email: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "max_length": 254,
            "pattern": "[!-?A-~Ѐ-ӿ]+@[!-?A-~Ѐ-ӿ]+",
            "white_space": "collapse",
        }
    )
    phone: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "\\+?[0-9 ()\\-]{5,30}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetCaseRequest:
    class Meta:
        name = "GetCaseRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: None | str = field(
        default=None,
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    number: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class NotifyAcquiringContractResponse:
    class Meta:
        name = "NotifyAcquiringContractResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    binding_id: str = field(
        metadata={
            "name": "bindingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class NotifyReadinessResponse:
    class Meta:
        name = "NotifyReadinessResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    state: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"


@dataclass(slots=True, kw_only=True)
class RespondRemarksResponse:
    class Meta:
        name = "RespondRemarksResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    state: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class SubmitConnectionRequestResponse:
    class Meta:
        name = "SubmitConnectionRequestResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: str = field(
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        }
    )
    state: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    due_at: datetime.datetime = field(
        metadata={
            "name": "dueAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class SubmitJoinStatementResponse:
    class Meta:
        name = "SubmitJoinStatementResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: str = field(
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ChangeResponsibleRequest:
    class Meta:
        name = "ChangeResponsibleRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    participant: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    role: ResponsibleRole = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )
    old: None | Contact = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    new: Contact = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    powers_ended_at: datetime.date = field(
        metadata={
            "name": "powersEndedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class NotifyAcquiringContractRequest:
    class Meta:
        name = "NotifyAcquiringContractRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    bank: BankType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    contract: ContractType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    contact_person: Contact = field(
        metadata={
            "name": "contactPerson",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class NotifyReadinessRequest:
    class Meta:
        name = "NotifyReadinessRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: str = field(
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    format_version: str = field(
        metadata={
            "name": "formatVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contact: Contact = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    preferred_period: None | Period = field(
        default=None,
        metadata={
            "name": "preferredPeriod",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class RespondRemarksRequest:
    class Meta:
        name = "RespondRemarksRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: str = field(
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitJoinStatementRequest:
    class Meta:
        name = "SubmitJoinStatementRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    organization: OrganizationType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    subsystem: Subsystem = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )
    signatory: SignatoryType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    scan: FileRef = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    original_copies: None | int = field(
        default=None,
        metadata={
            "name": "originalCopies",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_inclusive": 0,
        },
    )


@dataclass(slots=True, kw_only=True)
class GetCaseResponse:
    class Meta:
        name = "GetCaseResponse"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    case_id: str = field(
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        }
    )
    kind: CaseKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )
    state: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    due_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "dueAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    history: list[TransitionType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    remark: list[RemarkType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    document: list[CaseDocumentType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitConnectionRequestRequest:
    class Meta:
        name = "SubmitConnectionRequestRequest"
        namespace = "urn://x-artefacts-citto-72/registry/onboarding/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    case_id: None | str = field(
        default=None,
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    kind: ConnectionKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        }
    )
    subsystem: None | Subsystem = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        },
    )
    service_name: None | str = field(
        default=None,
        metadata={
            "name": "serviceName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    system: None | SystemType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    purpose: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        },
    )
    method: None | ConnectionMethod = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        },
    )
    applicant_form: None | ApplicantForm = field(
        default=None,
        metadata={
            "name": "applicantForm",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
            "white_space": "collapse",
        },
    )
    options: None | OptionsType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    admin: None | AdminType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    employee: list[EmployeeType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
    technical_contact: Contact = field(
        metadata={
            "name": "technicalContact",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    responsible_contact: Contact = field(
        metadata={
            "name": "responsibleContact",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    letter: LetterType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        }
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/onboarding/1.0",
        },
    )
