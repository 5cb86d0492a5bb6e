"""Messages of urn://x-artefacts-citto-72/meals/organizer/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    ChoiceSource,
    Contact,
    Contour,
    DateTimePeriod,
    FileRef,
    Page,
    PayChannel,
    PaymentState,
    Period,
    RegistryState,
    ReportCode,
    ReportFormat,
    RequestState,
)

__all__ = [
    "ActualMealType",
    "BalanceLevel",
    "BalanceRowType",
    "BankDetailsType",
    "ChangeKind",
    "ClassRequestType",
    "ComplexQuantityType",
    "DebitTotalsType",
    "DebitType",
    "GetActualMealsRequest",
    "GetActualMealsResponse",
    "GetBalancesRequest",
    "GetBalancesResponse",
    "GetClassRequestsRequest",
    "GetClassRequestsResponse",
    "GetDebitsRequest",
    "GetDebitsResponse",
    "GetOrderChangesRequest",
    "GetOrderChangesResponse",
    "GetParentOrdersRequest",
    "GetParentOrdersResponse",
    "GetPaymentRegistryRequest",
    "GetPaymentRegistryResponse",
    "GetPaymentsRequest",
    "GetPaymentsResponse",
    "GetPrintFormRequest",
    "GetPrintFormResponse",
    "GetReportRequest",
    "GetReportResponse",
    "ItemQuantityType",
    "ListPaymentRegistriesRequest",
    "ListPaymentRegistriesResponse",
    "OrderChangeType",
    "OrderDetail",
    "OrderRowType",
    "PaymentOrderType",
    "PaymentRegistryLineType",
    "PaymentRegistrySummaryType",
    "PaymentTotalsType",
    "PaymentType",
    "PingRequest",
    "PingResponse",
    "PrintForm",
    "RegistryKind",
    "RegistryLineResult",
    "RegistryLineStatus",
    "ReportParamName",
    "ReportParamType",
    "RequestAccountType",
    "RequestDetail",
    "UpdateOrganizationRequest",
    "UpdateOrganizationResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/organizer/1.0"


class BalanceLevel(Enum):
    SCHOOL = "SCHOOL"
    BUILDING = "BUILDING"
    CLASS = "CLASS"
    ACCOUNT = "ACCOUNT"


@dataclass(slots=True, kw_only=True)
class BalanceRowType:
    class Meta:
        name = "BalanceRowType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )


@dataclass(slots=True, kw_only=True)
class BankDetailsType:
    class Meta:
        name = "BankDetailsType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{20}",
            "white_space": "collapse",
        }
    )
    bik: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{9}",
            "white_space": "collapse",
        }
    )
    bank_name: str = field(
        metadata={
            "name": "bankName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    corr_account: None | str = field(
        default=None,
        metadata={
            "name": "corrAccount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{20}",
            "white_space": "collapse",
        },
    )


class ChangeKind(Enum):
    CONFIRMED = "CONFIRMED"
    CHANGED = "CHANGED"
    DEFAULTED = "DEFAULTED"
    CANCELLED = "CANCELLED"


@dataclass(slots=True, kw_only=True)
class ComplexQuantityType:
    class Meta:
        name = "ComplexQuantityType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class DebitTotalsType:
    class Meta:
        name = "DebitTotalsType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    full: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    to_pay: Decimal = field(
        metadata={
            "name": "toPay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class ItemQuantityType:
    class Meta:
        name = "ItemQuantityType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )


class OrderDetail(Enum):
    AGGREGATE = "AGGREGATE"
    ACCOUNT = "ACCOUNT"


@dataclass(slots=True, kw_only=True)
class PaymentOrderType:
    class Meta:
        name = "PaymentOrderType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class PaymentTotalsType:
    class Meta:
        name = "PaymentTotalsType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 0,
        }
    )
    sum: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


class PrintForm(Enum):
    CLASS_REQUEST = "CLASS_REQUEST"
    MENU = "MENU"


class RegistryKind(Enum):
    ONLINE = "ONLINE"
    ACQUIRING = "ACQUIRING"


class RegistryLineResult(Enum):
    CREDITED = "CREDITED"
    ALREADY_CREDITED = "ALREADY_CREDITED"
    CREDITED_WITHOUT_NOTICE = "CREDITED_WITHOUT_NOTICE"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    DUPLICATE = "DUPLICATE"
    CANCELLED = "CANCELLED"
    SUSPENSE = "SUSPENSE"


class RegistryLineStatus(Enum):
    PAID = "PAID"
    CANCELLED = "CANCELLED"


class ReportParamName(Enum):
    PERIOD_FROM = "PERIOD_FROM"
    PERIOD_TO = "PERIOD_TO"
    DATE = "DATE"
    SCHOOL_CODE = "SCHOOL_CODE"
    BUILDING_CODE = "BUILDING_CODE"
    CLASS_CODE = "CLASS_CODE"
    MEAL_TYPE = "MEAL_TYPE"
    ACCOUNT = "ACCOUNT"
    BANK_CODE = "BANK_CODE"
    PCHVR_CODE = "PCHVR_CODE"


class RequestDetail(Enum):
    CLASS = "CLASS"
    ACCOUNT = "ACCOUNT"


@dataclass(slots=True, kw_only=True)
class ActualMealType:
    class Meta:
        name = "ActualMealType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 0,
        }
    )
    item: list[ItemQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    account: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class DebitType:
    class Meta:
        name = "DebitType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    entry_id: str = field(
        metadata={
            "name": "entryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    business_date: datetime.date = field(
        metadata={
            "name": "businessDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: None | str = field(
        default=None,
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[ItemQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    to_pay: Decimal = field(
        metadata={
            "name": "toPay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    pchvr_code: None | str = field(
        default=None,
        metadata={
            "name": "pchvrCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    over_credit: bool = field(
        metadata={
            "name": "overCredit",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
        }
    )
    reverses: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetOrderChangesRequest:
    class Meta:
        name = "GetOrderChangesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    cursor: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    limit: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
            "max_inclusive": 1000,
        }
    )


@dataclass(slots=True, kw_only=True)
class OrderChangeType:
    class Meta:
        name = "OrderChangeType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )
    changed_at: datetime.datetime = field(
        metadata={
            "name": "changedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    kind: ChangeKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: None | str = field(
        default=None,
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[ItemQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class OrderRowType:
    class Meta:
        name = "OrderRowType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: None | str = field(
        default=None,
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item_code: None | str = field(
        default=None,
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    source: ChoiceSource = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    frozen: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    to_pay: None | Decimal = field(
        default=None,
        metadata={
            "name": "toPay",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )


@dataclass(slots=True, kw_only=True)
class PaymentRegistryLineType:
    class Meta:
        name = "PaymentRegistryLineType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    line_no: int = field(
        metadata={
            "name": "lineNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    commission: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    payment_time: datetime.datetime = field(
        metadata={
            "name": "paymentTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    channel: PayChannel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    terminal_id: None | str = field(
        default=None,
        metadata={
            "name": "terminalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    status: RegistryLineStatus = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    result: None | RegistryLineResult = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PaymentRegistrySummaryType:
    class Meta:
        name = "PaymentRegistrySummaryType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    bank_code: str = field(
        metadata={
            "name": "bankCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    registry_number: str = field(
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    registry_date: datetime.date = field(
        metadata={
            "name": "registryDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 0,
        }
    )
    total_amount: Decimal = field(
        metadata={
            "name": "totalAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class PaymentType:
    class Meta:
        name = "PaymentType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    hub_payment_id: str = field(
        metadata={
            "name": "hubPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    bank_code: str = field(
        metadata={
            "name": "bankCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    payment_time: datetime.datetime = field(
        metadata={
            "name": "paymentTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    channel: PayChannel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    state: PaymentState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    credited_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "creditedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    registry_number: None | str = field(
        default=None,
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    hub_registry_id: None | str = field(
        default=None,
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"


@dataclass(slots=True, kw_only=True)
class ReportParamType:
    class Meta:
        name = "ReportParamType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    name: ReportParamName = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    value: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class RequestAccountType:
    class Meta:
        name = "RequestAccountType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    item: list[ItemQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    included: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    present: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class UpdateOrganizationResponse:
    class Meta:
        name = "UpdateOrganizationResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class ClassRequestType:
    class Meta:
        name = "ClassRequestType"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    request_id: str = field(
        metadata={
            "name": "requestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_name: str = field(
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    state: RequestState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    formed_at: datetime.datetime = field(
        metadata={
            "name": "formedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 1,
        }
    )
    complex: list[ComplexQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    item: list[ItemQuantityType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    account: list[RequestAccountType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetActualMealsRequest:
    class Meta:
        name = "GetActualMealsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetBalancesRequest:
    class Meta:
        name = "GetBalancesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    level: BalanceLevel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    as_of: None | datetime.date = field(
        default=None,
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetBalancesResponse:
    class Meta:
        name = "GetBalancesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    row: list[BalanceRowType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetClassRequestsRequest:
    class Meta:
        name = "GetClassRequestsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    date: None | datetime.date = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    detail: RequestDetail = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetDebitsRequest:
    class Meta:
        name = "GetDebitsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetParentOrdersRequest:
    class Meta:
        name = "GetParentOrdersRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    detail: OrderDetail = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentRegistryRequest:
    class Meta:
        name = "GetPaymentRegistryRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentsRequest:
    class Meta:
        name = "GetPaymentsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    bank_code: None | str = field(
        default=None,
        metadata={
            "name": "bankCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetPrintFormRequest:
    class Meta:
        name = "GetPrintFormRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    form: PrintForm = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetPrintFormResponse:
    class Meta:
        name = "GetPrintFormResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetReportResponse:
    class Meta:
        name = "GetReportResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    document_id: str = field(
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class ListPaymentRegistriesRequest:
    class Meta:
        name = "ListPaymentRegistriesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    bank_code: None | str = field(
        default=None,
        metadata={
            "name": "bankCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class UpdateOrganizationRequest:
    class Meta:
        name = "UpdateOrganizationRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    inn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    kpp: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}[0-9A-Z]{2}[0-9]{3}",
            "white_space": "collapse",
        },
    )
    ogrn: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{13}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    full_name: str = field(
        metadata={
            "name": "fullName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 500,
            "white_space": "collapse",
        }
    )
    short_name: str = field(
        metadata={
            "name": "shortName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    legal_address: str = field(
        metadata={
            "name": "legalAddress",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 500,
            "white_space": "collapse",
        }
    )
    postal_address: None | str = field(
        default=None,
        metadata={
            "name": "postalAddress",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 500,
            "white_space": "collapse",
        },
    )
    bank_details: BankDetailsType = field(
        metadata={
            "name": "bankDetails",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
        }
    )
    contact: list[Contact] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_occurs": 1,
            "max_occurs": 2,
        },
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetActualMealsResponse:
    class Meta:
        name = "GetActualMealsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    row: list[ActualMealType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    locked: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetDebitsResponse:
    class Meta:
        name = "GetDebitsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    debit: list[DebitType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    totals: DebitTotalsType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetOrderChangesResponse:
    class Meta:
        name = "GetOrderChangesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    change: list[OrderChangeType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    cursor: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetParentOrdersResponse:
    class Meta:
        name = "GetParentOrdersResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    row: list[OrderRowType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentRegistryResponse:
    class Meta:
        name = "GetPaymentRegistryResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    bank_code: str = field(
        metadata={
            "name": "bankCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[A-Z0-9_\\-]{3,20}",
            "white_space": "collapse",
        }
    )
    registry_number: str = field(
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    registry_date: datetime.date = field(
        metadata={
            "name": "registryDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    contract_number: None | str = field(
        default=None,
        metadata={
            "name": "contractNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    period: DateTimePeriod = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    kind: RegistryKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    payment_order: None | PaymentOrderType = field(
        default=None,
        metadata={
            "name": "paymentOrder",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
        },
    )
    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": 0,
        }
    )
    total_amount: Decimal = field(
        metadata={
            "name": "totalAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    total_commission: None | Decimal = field(
        default=None,
        metadata={
            "name": "totalCommission",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    net_amount: None | Decimal = field(
        default=None,
        metadata={
            "name": "netAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    line: list[PaymentRegistryLineType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentsResponse:
    class Meta:
        name = "GetPaymentsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    payment: list[PaymentType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    totals: PaymentTotalsType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"}
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetReportRequest:
    class Meta:
        name = "GetReportRequest"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    report_code: ReportCode = field(
        metadata={
            "name": "reportCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )
    param: list[ReportParamType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "max_occurs": 20,
        },
    )
    format: ReportFormat = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class ListPaymentRegistriesResponse:
    class Meta:
        name = "ListPaymentRegistriesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    registry: list[PaymentRegistrySummaryType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetClassRequestsResponse:
    class Meta:
        name = "GetClassRequestsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/organizer/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    request: list[ClassRequestType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/organizer/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
