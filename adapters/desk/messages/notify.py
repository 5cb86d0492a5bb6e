"""Messages of urn://x-artefacts-citto-72/support/notify/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field

from gateway.contracts.messages.common import Contour

__all__ = [
    "AckNoticeRequest",
    "AckNoticeResponse",
    "GetNoticesRequest",
    "GetNoticesResponse",
    "NoticeType",
    "PingRequest",
    "PingResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/support/notify/1.0"


@dataclass(slots=True, kw_only=True)
class NoticeType:
    class Meta:
        name = "NoticeType"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_inclusive": 0,
        }
    )
    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "max_length": 30,
            "pattern": "[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
            "white_space": "collapse",
        }
    )
    to: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    subject: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_length": 1,
            "max_length": 10000,
        }
    )
    ref: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    acknowledged_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "acknowledgedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class AckNoticeRequest:
    class Meta:
        name = "AckNoticeRequest"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class AckNoticeResponse:
    class Meta:
        name = "AckNoticeResponse"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_inclusive": 0,
        }
    )
    acknowledged_at: datetime.datetime = field(
        metadata={
            "name": "acknowledgedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/support/notify/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetNoticesRequest:
    class Meta:
        name = "GetNoticesRequest"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    since_seq: int = field(
        metadata={
            "name": "sinceSeq",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_inclusive": 0,
        }
    )
    limit: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_inclusive": 1,
            "max_inclusive": 1000,
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"


@dataclass(slots=True, kw_only=True)
class GetNoticesResponse:
    class Meta:
        name = "GetNoticesResponse"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    notice: list[NoticeType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/support/notify/1.0"},
    )
    more: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/support/notify/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/support/notify/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/support/notify/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
