"""Messages of urn://x-artefacts-citto-72/portal/event-sink/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import IntEnum

from gateway.contracts.messages.common import Contour
from adapters.portal.messages.events import EventRecordType

__all__ = [
    "DeliverEventRequest",
    "DeliverEventResponse",
    "DeliveryCode",
    "PingRequest",
    "PingResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/portal/event-sink/1.0"


class DeliveryCode(IntEnum):
    OK = 0
    ORDER_NOT_FOUND = 1
    LATER = 9


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/portal/event-sink/1.0"


@dataclass(slots=True, kw_only=True)
class DeliverEventRequest:
    class Meta:
        name = "DeliverEventRequest"
        namespace = "urn://x-artefacts-citto-72/portal/event-sink/1.0"

    event: EventRecordType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class DeliverEventResponse:
    class Meta:
        name = "DeliverEventResponse"
        namespace = "urn://x-artefacts-citto-72/portal/event-sink/1.0"

    code: DeliveryCode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
            "min_length": 1,
            "max_length": 256,
        }
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/portal/event-sink/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/event-sink/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
