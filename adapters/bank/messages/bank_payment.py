"""Messages of urn://x-artefacts-citto-72/meals/bank-payment/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from gateway.contracts.messages.common import Contour, Currency, PayChannel, PaymentState

__all__ = [
    "BeneficiaryType",
    "CancelPaymentRequest",
    "CancelPaymentResponse",
    "CheckAccountRequest",
    "CheckAccountResponse",
    "GetPaymentStatusRequest",
    "GetPaymentStatusResponse",
    "PingRequest",
    "PingResponse",
    "RegisterPaymentRequest",
    "RegisterPaymentResponse",
    "ResultCode",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"


@dataclass(slots=True, kw_only=True)
class BeneficiaryType:
    class Meta:
        name = "BeneficiaryType"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[0-9]{20}",
            "white_space": "collapse",
        }
    )
    bik: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[0-9]{9}",
            "white_space": "collapse",
        }
    )
    bank_name: str = field(
        metadata={
            "name": "bankName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    purpose: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 210,
            "white_space": "collapse",
        }
    )


class ResultCode(IntEnum):
    OK = 0
    TEMPORARY_ERROR = 1
    ACCOUNT_FORMAT = 4
    NOT_FOUND = 5
    FORBIDDEN = 7
    TECHNICALLY_FORBIDDEN = 8
    ACCOUNT_NOT_ACTIVE = 79
    NOT_FINISHED = 90
    AMOUNT_TOO_SMALL = 241
    AMOUNT_TOO_LARGE = 242
    ACCOUNT_UNVERIFIABLE = 243
    CANCEL_IMPOSSIBLE = 251
    OTHER_ERROR = 300


@dataclass(slots=True, kw_only=True)
class CancelPaymentRequest:
    class Meta:
        name = "CancelPaymentRequest"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    cancel_id: str = field(
        metadata={
            "name": "cancelId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    reason: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    cancel_time: datetime.datetime = field(
        metadata={
            "name": "cancelTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentStatusRequest:
    class Meta:
        name = "GetPaymentStatusRequest"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"


@dataclass(slots=True, kw_only=True)
class CancelPaymentResponse:
    class Meta:
        name = "CancelPaymentResponse"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    result_code: ResultCode = field(
        metadata={
            "name": "resultCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        }
    )
    result_text: str = field(
        metadata={
            "name": "resultText",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    state: None | PaymentState = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        },
    )
    cancelled_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "cancelledAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class CheckAccountRequest:
    class Meta:
        name = "CheckAccountRequest"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    channel: PayChannel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        }
    )
    request_time: datetime.datetime = field(
        metadata={
            "name": "requestTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class CheckAccountResponse:
    class Meta:
        name = "CheckAccountResponse"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    result_code: ResultCode = field(
        metadata={
            "name": "resultCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        }
    )
    result_text: str = field(
        metadata={
            "name": "resultText",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    pupil_mask: None | str = field(
        default=None,
        metadata={
            "name": "pupilMask",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    class_name: None | str = field(
        default=None,
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    school_name: None | str = field(
        default=None,
        metadata={
            "name": "schoolName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    organizer_name: None | str = field(
        default=None,
        metadata={
            "name": "organizerName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    beneficiary: None | BeneficiaryType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        },
    )
    min_amount: None | Decimal = field(
        default=None,
        metadata={
            "name": "minAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    max_amount: None | Decimal = field(
        default=None,
        metadata={
            "name": "maxAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    recommended_amount: None | Decimal = field(
        default=None,
        metadata={
            "name": "recommendedAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetPaymentStatusResponse:
    class Meta:
        name = "GetPaymentStatusResponse"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    result_code: ResultCode = field(
        metadata={
            "name": "resultCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        }
    )
    result_text: str = field(
        metadata={
            "name": "resultText",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    hub_payment_id: None | str = field(
        default=None,
        metadata={
            "name": "hubPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    state: None | PaymentState = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        },
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    amount: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    credited_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "creditedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    registry_number: None | str = field(
        default=None,
        metadata={
            "name": "registryNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegisterPaymentRequest:
    class Meta:
        name = "RegisterPaymentRequest"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    currency: Currency = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        }
    )
    commission: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    channel: PayChannel = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        }
    )
    terminal_id: None | str = field(
        default=None,
        metadata={
            "name": "terminalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    document_number: None | str = field(
        default=None,
        metadata={
            "name": "documentNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class RegisterPaymentResponse:
    class Meta:
        name = "RegisterPaymentResponse"
        namespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"

    result_code: ResultCode = field(
        metadata={
            "name": "resultCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        }
    )
    result_text: str = field(
        metadata={
            "name": "resultText",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    bank_payment_id: str = field(
        metadata={
            "name": "bankPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    hub_payment_id: None | str = field(
        default=None,
        metadata={
            "name": "hubPaymentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    state: None | PaymentState = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "white_space": "collapse",
        },
    )
    accepted_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "acceptedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    expected_credit_date: None | datetime.date = field(
        default=None,
        metadata={
            "name": "expectedCreditDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    duplicate: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
        },
    )
