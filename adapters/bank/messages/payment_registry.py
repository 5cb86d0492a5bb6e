"""Messages of urn://x-artefacts-citto-72/meals/payment-registry/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    Contour,
    DateTimePeriod,
    FileRef,
    Page,
    PayChannel,
    Period,
    RegistryState,
)
from gateway.contracts.messages.hub import FaultDetail

__all__ = [
    "AnnulRegistryRequest",
    "AnnulRegistryResponse",
    "CorrectionAction",
    "CorrectionLineType",
    "CorrectionOutcomeType",
    "CorrectionResult",
    "GetReconciliationRequest",
    "GetReconciliationResponse",
    "GetRegistryProtocolRequest",
    "GetRegistryProtocolResponse",
    "GetRegistryStatusRequest",
    "GetRegistryStatusResponse",
    "LineResult",
    "LineStatus",
    "LineWarning",
    "ListRegistriesRequest",
    "ListRegistriesResponse",
    "MismatchedPaymentType",
    "PaymentOrderType",
    "PaymentRegistryFile",
    "PingRequest",
    "PingResponse",
    "ProtocolLineType",
    "ReconciliationTotalType",
    "RegistryCountsType",
    "RegistryKind",
    "RegistryLineType",
    "RegistryRejectionType",
    "RegistrySummaryType",
    "RegistrySumsType",
    "SubmitCorrectionRequest",
    "SubmitCorrectionResponse",
    "SubmitRegistryRequest",
    "SubmitRegistryResponse",
    "UnmatchedPaymentType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"


class CorrectionAction(Enum):
    REASSIGN = "REASSIGN"
    REFUND = "REFUND"


class CorrectionResult(Enum):
    REASSIGNED = "REASSIGNED"
    REFUNDED = "REFUNDED"
    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"


class LineResult(Enum):
    CREDITED = "CREDITED"
    ALREADY_CREDITED = "ALREADY_CREDITED"
    CREDITED_WITHOUT_NOTICE = "CREDITED_WITHOUT_NOTICE"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    DUPLICATE = "DUPLICATE"
    CANCELLED = "CANCELLED"
    SUSPENSE = "SUSPENSE"


class LineStatus(Enum):
    PAID = "PAID"
    CANCELLED = "CANCELLED"


class LineWarning(Enum):
    OVER_LIMIT = "OVER_LIMIT"
    FOREIGN_ORGANIZER = "FOREIGN_ORGANIZER"
    LATE = "LATE"


@dataclass(slots=True, kw_only=True)
class MismatchedPaymentType:
    class Meta:
        name = "MismatchedPaymentType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    notice_amount: Decimal = field(
        metadata={
            "name": "noticeAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    registry_amount: Decimal = field(
        metadata={
            "name": "registryAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class PaymentOrderType:
    class Meta:
        name = "PaymentOrderType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    number: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class ReconciliationTotalType:
    class Meta:
        name = "ReconciliationTotalType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    sum: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegistryCountsType:
    class Meta:
        name = "RegistryCountsType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    total: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    credited: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    already: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    error: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    suspense: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )


class RegistryKind(Enum):
    ONLINE = "ONLINE"
    ACQUIRING = "ACQUIRING"


@dataclass(slots=True, kw_only=True)
class RegistrySumsType:
    class Meta:
        name = "RegistrySumsType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    total: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credited: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    error: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    suspense: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class UnmatchedPaymentType:
    class Meta:
        name = "UnmatchedPaymentType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    age_banking_days: int = field(
        metadata={
            "name": "ageBankingDays",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )


@dataclass(slots=True, kw_only=True)
class AnnulRegistryRequest:
    class Meta:
        name = "AnnulRegistryRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    reason: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CorrectionLineType:
    class Meta:
        name = "CorrectionLineType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    line_no: int = field(
        metadata={
            "name": "lineNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 1,
        }
    )
    action: CorrectionAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    new_account: None | str = field(
        default=None,
        metadata={
            "name": "newAccount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    basis: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CorrectionOutcomeType:
    class Meta:
        name = "CorrectionOutcomeType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    line_no: int = field(
        metadata={
            "name": "lineNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 1,
        }
    )
    result: CorrectionResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetRegistryStatusRequest:
    class Meta:
        name = "GetRegistryStatusRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: None | str = field(
        default=None,
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    hub_registry_id: None | str = field(
        default=None,
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"


@dataclass(slots=True, kw_only=True)
class ProtocolLineType:
    class Meta:
        name = "ProtocolLineType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    line_no: int = field(
        metadata={
            "name": "lineNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 1,
        }
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    result: LineResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    warning: list[LineWarning] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        },
    )
    message: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class RegistryLineType:
    class Meta:
        name = "RegistryLineType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    line_no: int = field(
        metadata={
            "name": "lineNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 1,
        }
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    channel: PayChannel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    terminal_id: None | str = field(
        default=None,
        metadata={
            "name": "terminalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    status: LineStatus = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegistryRejectionType:
    class Meta:
        name = "RegistryRejectionType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 1000,
        }
    )
    truncated: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    detail: list[FaultDetail] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "max_occurs": 50,
        },
    )


@dataclass(slots=True, kw_only=True)
class RegistrySummaryType:
    class Meta:
        name = "RegistrySummaryType"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    registry_number: str = field(
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    registry_date: datetime.date = field(
        metadata={
            "name": "registryDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    total_amount: Decimal = field(
        metadata={
            "name": "totalAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class AnnulRegistryResponse:
    class Meta:
        name = "AnnulRegistryResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetReconciliationRequest:
    class Meta:
        name = "GetReconciliationRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    period: Period = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetReconciliationResponse:
    class Meta:
        name = "GetReconciliationResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    notified: ReconciliationTotalType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    registered: ReconciliationTotalType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    credited: ReconciliationTotalType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    missing_in_registry: list[UnmatchedPaymentType] = field(
        default_factory=list,
        metadata={
            "name": "missingInRegistry",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    missing_notice: list[UnmatchedPaymentType] = field(
        default_factory=list,
        metadata={
            "name": "missingNotice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    mismatched: list[MismatchedPaymentType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    suspense: ReconciliationTotalType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    document_id: None | str = field(
        default=None,
        metadata={
            "name": "documentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    truncated: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetRegistryProtocolRequest:
    class Meta:
        name = "GetRegistryProtocolRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListRegistriesRequest:
    class Meta:
        name = "ListRegistriesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    period: Period = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    state: None | RegistryState = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        },
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class SubmitRegistryResponse:
    class Meta:
        name = "SubmitRegistryResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetRegistryProtocolResponse:
    class Meta:
        name = "GetRegistryProtocolResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    rejection: None | RegistryRejectionType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    line: list[ProtocolLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetRegistryStatusResponse:
    class Meta:
        name = "GetRegistryStatusResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: RegistryState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    processed_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "processedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    counts: RegistryCountsType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    sums: RegistrySumsType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    rejection: None | RegistryRejectionType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListRegistriesResponse:
    class Meta:
        name = "ListRegistriesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry: list[RegistrySummaryType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PaymentRegistryFile:
    class Meta:
        name = "PaymentRegistryFile"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    line: list[RegistryLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitCorrectionRequest:
    class Meta:
        name = "SubmitCorrectionRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    correction_id: str = field(
        metadata={
            "name": "correctionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    hub_registry_id: str = field(
        metadata={
            "name": "hubRegistryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    line: list[CorrectionLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitCorrectionResponse:
    class Meta:
        name = "SubmitCorrectionResponse"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    correction_id: str = field(
        metadata={
            "name": "correctionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    line: list[CorrectionOutcomeType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SubmitRegistryRequest:
    class Meta:
        name = "SubmitRegistryRequest"
        namespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"

    registry_id: str = field(
        metadata={
            "name": "registryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    registry_number: str = field(
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    registry_date: datetime.date = field(
        metadata={
            "name": "registryDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    contract_number: None | str = field(
        default=None,
        metadata={
            "name": "contractNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    period: DateTimePeriod = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        }
    )
    kind: RegistryKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "white_space": "collapse",
        }
    )
    payment_order: None | PaymentOrderType = field(
        default=None,
        metadata={
            "name": "paymentOrder",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    count: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": 0,
        }
    )
    total_amount: Decimal = field(
        metadata={
            "name": "totalAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    line: list[RegistryLineType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
    file: None | FileRef = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
        },
    )
