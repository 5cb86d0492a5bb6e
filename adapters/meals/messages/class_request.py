"""Messages of urn://x-artefacts-citto-72/meals/class-request/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    ChoiceSource,
    Contour,
    FileRef,
    Page,
    PersonName,
    RequestState,
)

__all__ = [
    "ActualLineType",
    "BalanceType",
    "ChangeReason",
    "ChangeType",
    "ClassDayType",
    "ClassRequestType",
    "ConfirmActualRequest",
    "ConfirmActualResponse",
    "FormRequestRequest",
    "FormRequestResponse",
    "GetClassBalancesRequest",
    "GetClassBalancesResponse",
    "GetRequestRequest",
    "GetRequestResponse",
    "LineItemType",
    "PingRequest",
    "PingResponse",
    "PrintDeadlineType",
    "PrintRequestRequest",
    "PrintRequestResponse",
    "RequestLineType",
    "SendRequestRequest",
    "SendRequestResponse",
    "UpdateRequestRequest",
    "UpdateRequestResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/class-request/1.0"


@dataclass(slots=True, kw_only=True)
class ActualLineType:
    class Meta:
        name = "ActualLineType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    ate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


class ChangeReason(Enum):
    JOURNAL_MISMATCH = "JOURNAL_MISMATCH"
    CREDIT_EXCEEDED = "CREDIT_EXCEEDED"
    OTHER = "OTHER"


@dataclass(slots=True, kw_only=True)
class ClassDayType:
    class Meta:
        name = "ClassDayType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class LineItemType:
    class Meta:
        name = "LineItemType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
            "max_inclusive": 9,
        }
    )


@dataclass(slots=True, kw_only=True)
class PrintDeadlineType:
    class Meta:
        name = "PrintDeadlineType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class BalanceType:
    class Meta:
        name = "BalanceType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    pupil_name: PersonName = field(
        metadata={
            "name": "pupilName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credit_limit: Decimal = field(
        metadata={
            "name": "creditLimit",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credit_exceeded: bool = field(
        metadata={
            "name": "creditExceeded",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ChangeType:
    class Meta:
        name = "ChangeType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    included: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    reason: ChangeReason = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class FormRequestRequest:
    class Meta:
        name = "FormRequestRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    form_id: str = field(
        metadata={
            "name": "formId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"


@dataclass(slots=True, kw_only=True)
class PrintRequestRequest:
    class Meta:
        name = "PrintRequestRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class RequestLineType:
    class Meta:
        name = "RequestLineType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    pupil_id: str = field(
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    pupil_name: PersonName = field(
        metadata={
            "name": "pupilName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    complex_name: str = field(
        metadata={
            "name": "complexName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    item: list[LineItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    present: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    included: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    source: ChoiceSource = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    to_pay: Decimal = field(
        metadata={
            "name": "toPay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credit_exceeded: bool = field(
        metadata={
            "name": "creditExceeded",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    reason: None | ChangeReason = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        },
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    ate: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SendRequestRequest:
    class Meta:
        name = "SendRequestRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class ClassRequestType:
    class Meta:
        name = "ClassRequestType"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    state: RequestState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_name: str = field(
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    formed_at: datetime.datetime = field(
        metadata={
            "name": "formedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    sent_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "sentAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    printed_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "printedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    confirmed_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "confirmedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    print_deadline: list[PrintDeadlineType] = field(
        default_factory=list,
        metadata={
            "name": "printDeadline",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    line: list[RequestLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ConfirmActualRequest:
    class Meta:
        name = "ConfirmActualRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    line: list[ActualLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_occurs": 1,
            "max_occurs": 500,
        },
    )


@dataclass(slots=True, kw_only=True)
class ConfirmActualResponse:
    class Meta:
        name = "ConfirmActualResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    state: RequestState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    confirmed_at: datetime.datetime = field(
        metadata={
            "name": "confirmedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetClassBalancesRequest:
    class Meta:
        name = "GetClassBalancesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetRequestRequest:
    class Meta:
        name = "GetRequestRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: None | str = field(
        default=None,
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    class_day: None | ClassDayType = field(
        default=None,
        metadata={
            "name": "classDay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class PrintRequestResponse:
    class Meta:
        name = "PrintRequestResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    file: FileRef = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
    printed_at: datetime.datetime = field(
        metadata={
            "name": "printedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    late: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class SendRequestResponse:
    class Meta:
        name = "SendRequestResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    state: RequestState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    sent_at: datetime.datetime = field(
        metadata={
            "name": "sentAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class FormRequestResponse:
    class Meta:
        name = "FormRequestResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    state: RequestState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "white_space": "collapse",
        }
    )
    class_name: str = field(
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    formed_at: datetime.datetime = field(
        metadata={
            "name": "formedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    print_deadline: list[PrintDeadlineType] = field(
        default_factory=list,
        metadata={
            "name": "printDeadline",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    line: list[RequestLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetClassBalancesResponse:
    class Meta:
        name = "GetClassBalancesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    row: list[BalanceType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class UpdateRequestRequest:
    class Meta:
        name = "UpdateRequestRequest"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    change: list[ChangeType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_occurs": 1,
            "max_occurs": 500,
        },
    )


@dataclass(slots=True, kw_only=True)
class UpdateRequestResponse:
    class Meta:
        name = "UpdateRequestResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
            "min_inclusive": 1,
        }
    )
    line: list[RequestLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        },
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetRequestResponse:
    class Meta:
        name = "GetRequestResponse"
        namespace = "urn://x-artefacts-citto-72/meals/class-request/1.0"

    request: ClassRequestType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/class-request/1.0",
        }
    )
