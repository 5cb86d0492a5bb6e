"""Messages of urn://x-artefacts-citto-72/meals/admin/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    CompensationMode,
    Contour,
    FileRef,
    MovementKind,
    Page,
    PayChannel,
    Period,
    PersonName,
    ReportCode,
    ReportFormat,
)

__all__ = [
    "BalanceLevel",
    "BalanceRowType",
    "BindSchoolRequest",
    "BindSchoolResponse",
    "BindingType",
    "ContractType",
    "Directory",
    "DirectoryItemType",
    "EndBindingRequest",
    "EndBindingResponse",
    "GetBalancesRequest",
    "GetBalancesResponse",
    "GetDirectoryRequest",
    "GetDirectoryResponse",
    "GetMoneyMovementRequest",
    "GetMoneyMovementResponse",
    "GetReportRequest",
    "GetReportResponse",
    "ItemErrorCode",
    "ItemErrorType",
    "ItemOutcomeType",
    "ItemResult",
    "ListBindingsRequest",
    "ListBindingsResponse",
    "MovementTotalType",
    "MovementType",
    "PingRequest",
    "PingResponse",
    "PupilSettingsType",
    "ReportParamName",
    "ReportParamType",
    "ScheduledMealType",
    "SetCreditLimitRequest",
    "SetCreditLimitResponse",
    "SetMealScheduleRequest",
    "SetMealScheduleResponse",
    "SetPupilMealSettingsRequest",
    "SetPupilMealSettingsResponse",
    "UpsertDirectoryRequest",
    "UpsertDirectoryResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/admin/1.0"


class BalanceLevel(Enum):
    SCHOOL = "SCHOOL"
    CLASS = "CLASS"
    ACCOUNT = "ACCOUNT"


@dataclass(slots=True, kw_only=True)
class ContractType:
    class Meta:
        name = "ContractType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    menu_type_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "menuTypeCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_occurs": 1,
            "max_occurs": 50,
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


class Directory(Enum):
    MENU_TYPES = "MENU_TYPES"
    AGE_CATEGORIES = "AGE_CATEGORIES"
    PCHVR_CATEGORIES = "PCHVR_CATEGORIES"


class ItemErrorCode(Enum):
    CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN"
    LOCKED_DAY = "LOCKED_DAY"
    PUPIL_UNKNOWN = "PUPIL_UNKNOWN"
    ROW_DUPLICATE = "ROW_DUPLICATE"
    VALUE_INVALID = "VALUE_INVALID"


class ItemResult(Enum):
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REJECTED = "REJECTED"


@dataclass(slots=True, kw_only=True)
class PupilSettingsType:
    class Meta:
        name = "PupilSettingsType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    pchvr_code: None | str = field(
        default=None,
        metadata={
            "name": "pchvrCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    meal_type: list[str] = field(
        default_factory=list,
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_occurs": 1,
            "max_occurs": 10,
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    menu_type_code: str = field(
        metadata={
            "name": "menuTypeCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    home_study: None | bool = field(
        default=None,
        metadata={
            "name": "homeStudy",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
        },
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


class ReportParamName(Enum):
    PERIOD_FROM = "PERIOD_FROM"
    PERIOD_TO = "PERIOD_TO"
    DATE = "DATE"
    MUNICIPALITY_CODE = "MUNICIPALITY_CODE"
    SCHOOL_CODE = "SCHOOL_CODE"
    CLASS_CODE = "CLASS_CODE"
    ORGANIZER_INN = "ORGANIZER_INN"
    MEAL_TYPE = "MEAL_TYPE"
    ACCOUNT = "ACCOUNT"
    BANK_CODE = "BANK_CODE"
    PCHVR_CODE = "PCHVR_CODE"


@dataclass(slots=True, kw_only=True)
class ScheduledMealType:
    class Meta:
        name = "ScheduledMealType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    weekday: list[int] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_occurs": 7,
            "min_inclusive": 1,
            "max_inclusive": 7,
        },
    )
    start_time: datetime.time = field(
        metadata={
            "name": "startTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        }
    )


@dataclass(slots=True, kw_only=True)
class BalanceRowType:
    class Meta:
        name = "BalanceRowType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    municipality_code: None | str = field(
        default=None,
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        },
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_name: None | str = field(
        default=None,
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    pupil_name: None | PersonName = field(
        default=None,
        metadata={
            "name": "pupilName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
        },
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credit_limit: None | Decimal = field(
        default=None,
        metadata={
            "name": "creditLimit",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )


@dataclass(slots=True, kw_only=True)
class BindSchoolResponse:
    class Meta:
        name = "BindSchoolResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    binding_id: str = field(
        metadata={
            "name": "bindingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class BindingType:
    class Meta:
        name = "BindingType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    binding_id: str = field(
        metadata={
            "name": "bindingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    contract: ContractType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"}
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class DirectoryItemType:
    class Meta:
        name = "DirectoryItemType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    age_from: None | int = field(
        default=None,
        metadata={
            "name": "ageFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 0,
            "max_inclusive": 99,
        },
    )
    age_to: None | int = field(
        default=None,
        metadata={
            "name": "ageTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 0,
            "max_inclusive": 99,
        },
    )
    mode: None | CompensationMode = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        },
    )
    value: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    meal_type: list[str] = field(
        default_factory=list,
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_occurs": 10,
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class EndBindingRequest:
    class Meta:
        name = "EndBindingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    bind_id: str = field(
        metadata={
            "name": "bindId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    binding_id: str = field(
        metadata={
            "name": "bindingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    last_day: datetime.date = field(
        metadata={
            "name": "lastDay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class EndBindingResponse:
    class Meta:
        name = "EndBindingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    binding_id: str = field(
        metadata={
            "name": "bindingId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    valid_to: datetime.date = field(
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class ItemErrorType:
    class Meta:
        name = "ItemErrorType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    code: ItemErrorCode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class MovementTotalType:
    class Meta:
        name = "MovementTotalType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    kind: MovementKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 0,
        }
    )
    sum: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class MovementType:
    class Meta:
        name = "MovementType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    entry_id: str = field(
        metadata={
            "name": "entryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    business_date: datetime.date = field(
        metadata={
            "name": "businessDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    kind: MovementKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    balance: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    description: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    channel: None | PayChannel = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"


@dataclass(slots=True, kw_only=True)
class ReportParamType:
    class Meta:
        name = "ReportParamType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    name: ReportParamName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    value: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class SetCreditLimitRequest:
    class Meta:
        name = "SetCreditLimitRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class SetCreditLimitResponse:
    class Meta:
        name = "SetCreditLimitResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class SetMealScheduleResponse:
    class Meta:
        name = "SetMealScheduleResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class UpsertDirectoryResponse:
    class Meta:
        name = "UpsertDirectoryResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class BindSchoolRequest:
    class Meta:
        name = "BindSchoolRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    bind_id: str = field(
        metadata={
            "name": "bindId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    contract: ContractType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"}
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetBalancesRequest:
    class Meta:
        name = "GetBalancesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    level: BalanceLevel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    municipality_code: None | str = field(
        default=None,
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        },
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    as_of: None | datetime.date = field(
        default=None,
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetDirectoryRequest:
    class Meta:
        name = "GetDirectoryRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    directory: Directory = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    as_of: None | datetime.date = field(
        default=None,
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetMoneyMovementRequest:
    class Meta:
        name = "GetMoneyMovementRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    municipality_code: None | str = field(
        default=None,
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        },
    )
    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"}
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetReportResponse:
    class Meta:
        name = "GetReportResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class ItemOutcomeType:
    class Meta:
        name = "ItemOutcomeType"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    row_no: int = field(
        metadata={
            "name": "rowNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 1,
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    result: ItemResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    error: None | ItemErrorType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class ListBindingsRequest:
    class Meta:
        name = "ListBindingsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class SetMealScheduleRequest:
    class Meta:
        name = "SetMealScheduleRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    meal: list[ScheduledMealType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_occurs": 1,
            "max_occurs": 70,
        },
    )


@dataclass(slots=True, kw_only=True)
class SetPupilMealSettingsRequest:
    class Meta:
        name = "SetPupilMealSettingsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    set_id: str = field(
        metadata={
            "name": "setId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    item: list[PupilSettingsType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_occurs": 1,
            "max_occurs": 2000,
        },
    )


@dataclass(slots=True, kw_only=True)
class GetBalancesResponse:
    class Meta:
        name = "GetBalancesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    row: list[BalanceRowType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetDirectoryResponse:
    class Meta:
        name = "GetDirectoryResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_inclusive": 0,
        }
    )
    item: list[DirectoryItemType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetMoneyMovementResponse:
    class Meta:
        name = "GetMoneyMovementResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    opening: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    entry: list[MovementType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )
    total: list[MovementTotalType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_occurs": 10,
        },
    )
    closing: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetReportRequest:
    class Meta:
        name = "GetReportRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    report_code: ReportCode = field(
        metadata={
            "name": "reportCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    param: list[ReportParamType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_occurs": 20,
        },
    )
    format: ReportFormat = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class ListBindingsResponse:
    class Meta:
        name = "ListBindingsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    binding: list[BindingType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class UpsertDirectoryRequest:
    class Meta:
        name = "UpsertDirectoryRequest"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    directory: Directory = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "white_space": "collapse",
        }
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    item: list[DirectoryItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "min_occurs": 1,
            "max_occurs": 2000,
        },
    )


@dataclass(slots=True, kw_only=True)
class SetPupilMealSettingsResponse:
    class Meta:
        name = "SetPupilMealSettingsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/admin/1.0"

    result: list[ItemOutcomeType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/admin/1.0",
            "max_occurs": 2000,
        },
    )
