"""Messages of urn://x-artefacts-citto-72/portal/events/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import Contour, FileRef
from adapters.portal.messages.portal_common import ReplyCode, StatusCodeType

__all__ = [
    "AckEventsRequest",
    "AckEventsResponse",
    "EventRecordType",
    "EventResultType",
    "EventType",
    "GetAttachmentRequest",
    "GetAttachmentResponse",
    "GetEventsRequest",
    "GetEventsResponse",
    "InfoEventType",
    "OrderStatusEventType",
    "PaymentStatus",
    "PaymentStatusEventType",
    "PaymentType",
    "PingRequest",
    "PingResponse",
    "PushEventRequest",
    "PushEventRequestType",
    "PushEventResponse",
    "PushEventsRequest",
    "PushEventsResponse",
    "QueueClosedType",
    "QueueEventType",
    "QueueInvitationType",
    "QueueOrganizationType",
    "TextMessageEventType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/portal/events/1.0"


@dataclass(slots=True, kw_only=True)
class InfoEventType:
    class Meta:
        name = "InfoEventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )


class PaymentStatus(Enum):
    REQUIRED = "REQUIRED"
    PAID = "PAID"
    CANCELLED = "CANCELLED"


@dataclass(slots=True, kw_only=True)
class PaymentType:
    class Meta:
        name = "PaymentType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    source: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    uin: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9]{20}([0-9]{5})?",
            "white_space": "collapse",
        }
    )
    amount: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    description: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class QueueClosedType:
    class Meta:
        name = "QueueClosedType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"


@dataclass(slots=True, kw_only=True)
class QueueOrganizationType:
    class Meta:
        name = "QueueOrganizationType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    organization_id: str = field(
        metadata={
            "name": "organizationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    area_id: None | str = field(
        default=None,
        metadata={
            "name": "areaId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class TextMessageEventType:
    class Meta:
        name = "TextMessageEventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"


@dataclass(slots=True, kw_only=True)
class AckEventsRequest:
    class Meta:
        name = "AckEventsRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    seq: list[int] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_occurs": 1,
            "min_inclusive": 0,
        },
    )


@dataclass(slots=True, kw_only=True)
class AckEventsResponse:
    class Meta:
        name = "AckEventsResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    acked: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class EventResultType:
    class Meta:
        name = "EventResultType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    event_id: str = field(
        metadata={
            "name": "eventId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    code: ReplyCode = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 256,
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentRequest:
    class Meta:
        name = "GetAttachmentRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 0,
        }
    )
    file_id: str = field(
        metadata={
            "name": "fileId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetEventsRequest:
    class Meta:
        name = "GetEventsRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    since_seq: int = field(
        metadata={
            "name": "sinceSeq",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 0,
        }
    )
    limit: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 1,
            "max_inclusive": 500,
        }
    )
    order_id: None | int = field(
        default=None,
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class OrderStatusEventType:
    class Meta:
        name = "OrderStatusEventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    status_code: StatusCodeType = field(
        metadata={
            "name": "statusCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        }
    )
    cancel_allowed: None | bool = field(
        default=None,
        metadata={
            "name": "cancelAllowed",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    send_message_allowed: None | bool = field(
        default=None,
        metadata={
            "name": "sendMessageAllowed",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PaymentStatusEventType:
    class Meta:
        name = "PaymentStatusEventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    status: PaymentStatus = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "white_space": "collapse",
        }
    )
    payment: list[PaymentType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"


@dataclass(slots=True, kw_only=True)
class QueueInvitationType:
    class Meta:
        name = "QueueInvitationType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    organization: list[QueueOrganizationType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"},
    )
    start_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "startDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    end_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "endDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentResponse:
    class Meta:
        name = "GetAttachmentResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class PushEventResponse:
    class Meta:
        name = "PushEventResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    code: ReplyCode = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 256,
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class QueueEventType:
    class Meta:
        name = "QueueEventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    equeue_invitation: None | QueueInvitationType = field(
        default=None,
        metadata={
            "name": "equeueInvitation",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    equeue_closed: None | QueueClosedType = field(
        default=None,
        metadata={
            "name": "equeueClosed",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class EventType:
    class Meta:
        name = "EventType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    order_status_event: None | OrderStatusEventType = field(
        default=None,
        metadata={
            "name": "orderStatusEvent",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    payment_status_event: None | PaymentStatusEventType = field(
        default=None,
        metadata={
            "name": "paymentStatusEvent",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    info_event: None | InfoEventType = field(
        default=None,
        metadata={
            "name": "infoEvent",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    text_message_event: None | TextMessageEventType = field(
        default=None,
        metadata={
            "name": "textMessageEvent",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )
    equeue_event: None | QueueEventType = field(
        default=None,
        metadata={
            "name": "equeueEvent",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PushEventsResponse:
    class Meta:
        name = "PushEventsResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    result: list[EventResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class EventRecordType:
    class Meta:
        name = "EventRecordType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 0,
        }
    )
    event_id: str = field(
        metadata={
            "name": "eventId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 1,
        }
    )
    service_code: str = field(
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    sender: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    event_date: datetime.datetime = field(
        metadata={
            "name": "eventDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    event_comment: None | str = field(
        default=None,
        metadata={
            "name": "eventComment",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 2048,
        },
    )
    event_author: None | str = field(
        default=None,
        metadata={
            "name": "eventAuthor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 256,
            "white_space": "collapse",
        },
    )
    event: EventType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )
    title: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PushEventRequestType:
    class Meta:
        name = "PushEventRequestType"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    event_id: str = field(
        metadata={
            "name": "eventId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    order_id: int = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 1,
        }
    )
    event_date: datetime.datetime = field(
        metadata={
            "name": "eventDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    event_comment: None | str = field(
        default=None,
        metadata={
            "name": "eventComment",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 2048,
        },
    )
    event_author: None | str = field(
        default=None,
        metadata={
            "name": "eventAuthor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_length": 1,
            "max_length": 256,
            "white_space": "collapse",
        },
    )
    event: EventType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"}
    )
    attachment: list[FileRef] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PushEventRequest(PushEventRequestType):
    class Meta:
        name = "PushEventRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"


@dataclass(slots=True, kw_only=True)
class GetEventsResponse:
    class Meta:
        name = "GetEventsResponse"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    event: list[EventRecordType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/portal/events/1.0"},
    )
    last_seq: int = field(
        metadata={
            "name": "lastSeq",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class PushEventsRequest:
    class Meta:
        name = "PushEventsRequest"
        namespace = "urn://x-artefacts-citto-72/portal/events/1.0"

    event: list[PushEventRequestType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/events/1.0",
            "min_occurs": 1,
        },
    )
