"""Messages of urn://x-artefacts-citto-72/portal/application/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour, FileRef, PersonName
from gateway.contracts.markup import Markup

__all__ = [
    "ApplicantKind",
    "ApplicantType",
    "AttachmentType",
    "CancelApplicationRequest",
    "CancelApplicationRequestType",
    "CancelApplicationResponse",
    "FormDataType",
    "GetApplicationStateRequest",
    "GetApplicationStateResponse",
    "HistoryType",
    "IdentityType",
    "OrganizationType",
    "PersonType",
    "PingRequest",
    "PingResponse",
    "RepresentativeType",
    "SendApplicantMessageRequest",
    "SendApplicantMessageRequestType",
    "SendApplicantMessageResponse",
    "SubmitApplicationRequest",
    "SubmitApplicationRequestType",
    "SubmitApplicationResponse",
    "SubmitCorrectionRequest",
    "SubmitCorrectionRequestType",
    "SubmitCorrectionResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/portal/application/1.0"


class ApplicantKind(Enum):
    FL = "FL"
    UL = "UL"
    IP = "IP"


@dataclass(slots=True, kw_only=True)
class CancelApplicationRequestType:
    class Meta:
        name = "CancelApplicationRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    cancel_id: str = field(
        metadata={
            "name": "cancelId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 1000,
        },
    )


@dataclass(slots=True, kw_only=True)
class FormDataType:
    class Meta:
        name = "FormDataType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    content: Markup = field(metadata={"type": "Wildcard", "namespace": "##other"})


@dataclass(slots=True, kw_only=True)
class HistoryType:
    class Meta:
        name = "HistoryType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    tech_code: int = field(
        metadata={
            "name": "techCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    event_date: datetime.datetime = field(
        metadata={
            "name": "eventDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 2048,
        },
    )


@dataclass(slots=True, kw_only=True)
class IdentityType:
    class Meta:
        name = "IdentityType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    type_value: str = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    series: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    issue_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "issueDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    issuer: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class OrganizationType:
    class Meta:
        name = "OrganizationType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    full_name: str = field(
        metadata={
            "name": "fullName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    inn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    kpp: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{4}[0-9A-Z]{2}[0-9]{3}",
            "white_space": "collapse",
        },
    )
    ogrn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{13}([0-9]{2})?",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class AttachmentType:
    class Meta:
        name = "AttachmentType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    file: FileRef = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class CancelApplicationRequest(CancelApplicationRequestType):
    class Meta:
        name = "CancelApplicationRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"


@dataclass(slots=True, kw_only=True)
class CancelApplicationResponse:
    class Meta:
        name = "CancelApplicationResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    accepted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    duplicate: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetApplicationStateRequest:
    class Meta:
        name = "GetApplicationStateRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class PersonType:
    class Meta:
        name = "PersonType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    name: PersonName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    birth_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "birthDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    snils: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        },
    )
    identity: None | IdentityType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"


@dataclass(slots=True, kw_only=True)
class RepresentativeType:
    class Meta:
        name = "RepresentativeType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    name: PersonName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    birth_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "birthDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    snils: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        },
    )
    identity: None | IdentityType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )
    authority_doc: None | str = field(
        default=None,
        metadata={
            "name": "authorityDoc",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class SendApplicantMessageRequestType:
    class Meta:
        name = "SendApplicantMessageRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    text_message_id: str = field(
        metadata={
            "name": "textMessageId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 4000,
        }
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SendApplicantMessageResponse:
    class Meta:
        name = "SendApplicantMessageResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    accepted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    duplicate: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitApplicationResponse:
    class Meta:
        name = "SubmitApplicationResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    hub_application_id: str = field(
        metadata={
            "name": "hubApplicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    org_number: None | str = field(
        default=None,
        metadata={
            "name": "orgNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class SubmitCorrectionResponse:
    class Meta:
        name = "SubmitCorrectionResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    accepted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    duplicate: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ApplicantType:
    class Meta:
        name = "ApplicantType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    type_value: ApplicantKind = field(
        metadata={
            "name": "type",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "white_space": "collapse",
        }
    )
    person: None | PersonType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )
    organization: None | OrganizationType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )
    esia_oid: None | str = field(
        default=None,
        metadata={
            "name": "esiaOid",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    email: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "max_length": 254,
            "pattern": "[!-?A-~Ѐ-ӿ]+@[!-?A-~Ѐ-ӿ]+",
            "white_space": "collapse",
        },
    )
    phone: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "\\+?[0-9 ()\\-]{5,30}",
            "white_space": "collapse",
        },
    )
    address: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 500,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetApplicationStateResponse:
    class Meta:
        name = "GetApplicationStateResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    tech_code: int = field(
        metadata={
            "name": "techCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    org_code: None | str = field(
        default=None,
        metadata={
            "name": "orgCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    changed_at: datetime.datetime = field(
        metadata={
            "name": "changedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    history: list[HistoryType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class SendApplicantMessageRequest(SendApplicantMessageRequestType):
    class Meta:
        name = "SendApplicantMessageRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"


@dataclass(slots=True, kw_only=True)
class SubmitCorrectionRequestType:
    class Meta:
        name = "SubmitCorrectionRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    correction_id: str = field(
        metadata={
            "name": "correctionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    form_data: FormDataType = field(
        metadata={
            "name": "formData",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    attachment: list[AttachmentType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitApplicationRequestType:
    class Meta:
        name = "SubmitApplicationRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_inclusive": 1,
        }
    )
    service_code: str = field(
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    target_code: None | str = field(
        default=None,
        metadata={
            "name": "targetCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    form_version: str = field(
        metadata={
            "name": "formVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 10,
            "white_space": "collapse",
        }
    )
    submitted_at: datetime.datetime = field(
        metadata={
            "name": "submittedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    department_code: None | str = field(
        default=None,
        metadata={
            "name": "departmentCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    applicant: ApplicantType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    representative: None | RepresentativeType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )
    form_data: FormDataType = field(
        metadata={
            "name": "formData",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        }
    )
    attachment: list[AttachmentType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
        },
    )
    booking_id: None | str = field(
        default=None,
        metadata={
            "name": "bookingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    uin: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/application/1.0",
            "pattern": "[0-9]{20}([0-9]{5})?",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitCorrectionRequest(SubmitCorrectionRequestType):
    class Meta:
        name = "SubmitCorrectionRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"


@dataclass(slots=True, kw_only=True)
class SubmitApplicationRequest(SubmitApplicationRequestType):
    class Meta:
        name = "SubmitApplicationRequest"
        namespace = "urn://x-artefacts-citto-72/portal/application/1.0"
