"""Messages of urn://x-artefacts-citto-72/portal/common/1.0.

Made by `make messages`, not by hand.
"""

from dataclasses import dataclass, field
from enum import IntEnum


__all__ = ["ReplyCode", "StatusCodeType"]

__NAMESPACE__ = "urn://x-artefacts-citto-72/portal/common/1.0"


class ReplyCode(IntEnum):
    OK = 0
    ORDER_NOT_FOUND = 1
    NOT_ALLOWED = 2
    STATUS_UNKNOWN = 3
    ILLEGAL_TRANSITION = 4
    STATUS_FINAL = 5
    PAYMENT_INVALID = 6
    OTHER = 9


@dataclass(slots=True, kw_only=True)
class StatusCodeType:
    class Meta:
        name = "StatusCodeType"
        namespace = "urn://x-artefacts-citto-72/portal/common/1.0"

    tech_code: None | int = field(
        default=None,
        metadata={
            "name": "techCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/common/1.0",
        },
    )
    org_code: None | str = field(
        default=None,
        metadata={
            "name": "orgCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/portal/common/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
