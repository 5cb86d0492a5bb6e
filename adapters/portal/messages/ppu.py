"""Messages of urn://x-artefacts-citto-72/portal/ppu/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field

from gateway.contracts.messages.common import Contour, FileRef, Page
from adapters.portal.messages.application import (
    CancelApplicationRequestType,
    SendApplicantMessageRequestType,
    SubmitApplicationRequestType,
    SubmitCorrectionRequestType,
)
from adapters.portal.messages.portal_common import ReplyCode, StatusCodeType

__all__ = [
    "ApplicantRequestType",
    "GetAttachmentRequest",
    "GetAttachmentResponse",
    "GetInboxRequest",
    "GetInboxResponse",
    "InboxItemType",
    "PingRequest",
    "PingResponse",
    "SetStatusRequest",
    "SetStatusResponse",
    "TakeApplicationRequest",
    "TakeApplicationResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/portal/ppu/1.0"


@dataclass(slots=True, kw_only=True)
class InboxItemType:
    class Meta:
        name = "InboxItemType"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_inclusive": 1,
        }
    )
    hub_application_id: str = field(
        metadata={
            "name": "hubApplicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    portal: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    service_code: str = field(
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    service_title: str = field(
        metadata={
            "name": "serviceTitle",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    submitted_at: datetime.datetime = field(
        metadata={
            "name": "submittedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    tech_code: int = field(
        metadata={
            "name": "techCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    changed_at: datetime.datetime = field(
        metadata={
            "name": "changedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    taken_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "takenAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    requests: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class ApplicantRequestType:
    class Meta:
        name = "ApplicantRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    cancel: None | CancelApplicationRequestType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )
    message: None | SendApplicantMessageRequestType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )
    correction: None | SubmitCorrectionRequestType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentRequest:
    class Meta:
        name = "GetAttachmentRequest"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_inclusive": 1,
        }
    )
    file_id: str = field(
        metadata={
            "name": "fileId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"


@dataclass(slots=True, kw_only=True)
class TakeApplicationRequest:
    class Meta:
        name = "TakeApplicationRequest"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentResponse:
    class Meta:
        name = "GetAttachmentResponse"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetInboxRequest:
    class Meta:
        name = "GetInboxRequest"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    service_code: None | str = field(
        default=None,
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    state: None | int = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetInboxResponse:
    class Meta:
        name = "GetInboxResponse"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    application: list[InboxItemType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class SetStatusRequest:
    class Meta:
        name = "SetStatusRequest"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    event_id: str = field(
        metadata={
            "name": "eventId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_inclusive": 1,
        }
    )
    status_code: StatusCodeType = field(
        metadata={
            "name": "statusCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
        }
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 2048,
        },
    )
    author: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 256,
            "white_space": "collapse",
        },
    )
    cancel_allowed: None | bool = field(
        default=None,
        metadata={
            "name": "cancelAllowed",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
        },
    )
    send_message_allowed: None | bool = field(
        default=None,
        metadata={
            "name": "sendMessageAllowed",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
        },
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class SetStatusResponse:
    class Meta:
        name = "SetStatusResponse"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    code: ReplyCode = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"}
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 256,
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class TakeApplicationResponse:
    class Meta:
        name = "TakeApplicationResponse"
        namespace = "urn://x-artefacts-citto-72/portal/ppu/1.0"

    hub_application_id: str = field(
        metadata={
            "name": "hubApplicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    portal: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    taken_at: datetime.datetime = field(
        metadata={
            "name": "takenAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    tech_code: int = field(
        metadata={
            "name": "techCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    changed_at: datetime.datetime = field(
        metadata={
            "name": "changedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    application: SubmitApplicationRequestType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"}
    )
    request: list[ApplicantRequestType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"},
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/ppu/1.0"}
    )
