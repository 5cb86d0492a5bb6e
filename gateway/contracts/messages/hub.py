"""Messages of urn://x-artefacts-citto-72/hub/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour

__all__ = ["ActingRole", "FaultDetail", "HubFault", "MessageHeader", "OnBehalfOf"]

__NAMESPACE__ = "urn://x-artefacts-citto-72/hub/1.0"


class ActingRole(Enum):
    PARENT = "PARENT"
    CLASS_TEACHER = "CLASS_TEACHER"
    MEAL_ADMIN = "MEAL_ADMIN"


@dataclass(slots=True, kw_only=True)
class FaultDetail:
    class Meta:
        name = "FaultDetail"
        namespace = "urn://x-artefacts-citto-72/hub/1.0"

    line: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_inclusive": 1,
        },
    )
    path: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 1000,
        },
    )
    rule: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    value: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "max_length": 255,
        },
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 1000,
        }
    )
    advice: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 1000,
        },
    )


@dataclass(slots=True, kw_only=True)
class OnBehalfOf:
    class Meta:
        name = "OnBehalfOf"
        namespace = "urn://x-artefacts-citto-72/hub/1.0"

    esia_oid: None | str = field(
        default=None,
        metadata={
            "name": "esiaOid",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[0-9]{1,20}",
            "white_space": "collapse",
        },
    )
    snils_hash: None | str = field(
        default=None,
        metadata={
            "name": "snilsHash",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[0-9a-f]{64}",
            "white_space": "collapse",
        },
    )
    role: ActingRole = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class HubFault:
    class Meta:
        name = "HubFault"
        namespace = "urn://x-artefacts-citto-72/hub/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 1000,
        }
    )
    message_id: None | str = field(
        default=None,
        metadata={
            "name": "messageId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    retryable: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/hub/1.0"}
    )
    entry: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    action: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "min_length": 1,
            "max_length": 1000,
        },
    )
    truncated: None | bool = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/hub/1.0"},
    )
    detail: list[FaultDetail] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "max_occurs": 50,
        },
    )


@dataclass(slots=True, kw_only=True)
class MessageHeader:
    class Meta:
        name = "MessageHeader"
        namespace = "urn://x-artefacts-citto-72/hub/1.0"

    message_id: str = field(
        metadata={
            "name": "messageId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    sender: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    recipient: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        },
    )
    timestamp: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "white_space": "collapse",
        }
    )
    correlation_id: None | str = field(
        default=None,
        metadata={
            "name": "correlationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    format_version: str = field(
        metadata={
            "name": "formatVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    on_behalf_of: None | OnBehalfOf = field(
        default=None,
        metadata={
            "name": "onBehalfOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/hub/1.0",
        },
    )
