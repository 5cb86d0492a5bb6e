"""Messages of urn://x-artefacts-citto-72/common/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum


__all__ = [
    "AddMenuKind",
    "ChoiceSource",
    "CompensationMode",
    "Contact",
    "Contour",
    "Currency",
    "DateTimePeriod",
    "DocumentState",
    "FileRef",
    "HashAlgorithm",
    "MovementKind",
    "OrderState",
    "Page",
    "PayChannel",
    "PaymentState",
    "Period",
    "PersonName",
    "RegistryState",
    "ReportCode",
    "ReportFormat",
    "RequestState",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/common/1.0"


class AddMenuKind(Enum):
    STANDARD = "STANDARD"
    HOME_STUDY = "HOME_STUDY"


class ChoiceSource(Enum):
    PARENT = "PARENT"
    DEFAULT = "DEFAULT"
    TEACHER = "TEACHER"


class CompensationMode(Enum):
    FULL = "FULL"
    PERCENT = "PERCENT"
    AMOUNT = "AMOUNT"


@dataclass(slots=True, kw_only=True)
class Contact:
    class Meta:
        name = "Contact"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    full_name: str = field(
        metadata={
            "name": "fullName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    position: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    phone: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "\\+?[0-9 ()\\-]{5,30}",
            "white_space": "collapse",
        }
    )
    email: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "max_length": 254,
            "pattern": "[!-?A-~Ѐ-ӿ]+@[!-?A-~Ѐ-ӿ]+",
            "white_space": "collapse",
        }
    )


class Contour(Enum):
    TEST = "TEST"
    PROD = "PROD"


class Currency(Enum):
    RUB = "RUB"


@dataclass(slots=True, kw_only=True)
class DateTimePeriod:
    class Meta:
        name = "DateTimePeriod"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    from_value: datetime.datetime = field(
        metadata={
            "name": "from",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    to: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


class DocumentState(Enum):
    DRAFT = "DRAFT"
    FOR_SIGNATURE = "FOR_SIGNATURE"
    SIGNED_BY_ONE = "SIGNED_BY_ONE"
    SIGNED = "SIGNED"
    REGISTERED = "REGISTERED"
    CANCELLED = "CANCELLED"


class HashAlgorithm(Enum):
    SHA_256 = "SHA-256"


class MovementKind(Enum):
    TOPUP = "TOPUP"
    DEBIT = "DEBIT"
    CORRECTION = "CORRECTION"
    REFUND = "REFUND"


class OrderState(Enum):
    CHOSEN = "CHOSEN"
    CONFIRMED = "CONFIRMED"
    FROZEN = "FROZEN"
    DEFAULTED = "DEFAULTED"
    SERVED = "SERVED"
    NOT_SERVED = "NOT_SERVED"
    DEBITED = "DEBITED"


@dataclass(slots=True, kw_only=True)
class Page:
    class Meta:
        name = "Page"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    limit: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_inclusive": 1,
            "max_inclusive": 1000,
        }
    )
    cursor: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


class PayChannel(Enum):
    CASH_DESK = "CASH_DESK"
    TERMINAL = "TERMINAL"
    ATM = "ATM"
    DEVICE_OTHER = "DEVICE_OTHER"
    INTERNET_BANK = "INTERNET_BANK"
    MOBILE_BANK = "MOBILE_BANK"
    ACQUIRING = "ACQUIRING"


class PaymentState(Enum):
    ACCEPTED = "ACCEPTED"
    CREDITED = "CREDITED"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    SUSPENSE = "SUSPENSE"


@dataclass(slots=True, kw_only=True)
class Period:
    class Meta:
        name = "Period"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    from_value: datetime.date = field(
        metadata={
            "name": "from",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    to: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class PersonName:
    class Meta:
        name = "PersonName"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    last_name: str = field(
        metadata={
            "name": "lastName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    first_name: str = field(
        metadata={
            "name": "firstName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    middle_name: None | str = field(
        default=None,
        metadata={
            "name": "middleName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )


class RegistryState(Enum):
    RECEIVED = "RECEIVED"
    PROCESSING = "PROCESSING"
    ACCEPTED = "ACCEPTED"
    ACCEPTED_WITH_ERRORS = "ACCEPTED_WITH_ERRORS"
    REJECTED = "REJECTED"
    ANNULLED = "ANNULLED"
    RECONCILED = "RECONCILED"
    DISCREPANCY = "DISCREPANCY"


class ReportCode(Enum):
    ORDERS = "ORDERS"
    CLASS_REQUESTS = "CLASS_REQUESTS"
    ACTUAL_MEALS = "ACTUAL_MEALS"
    DEBITS = "DEBITS"
    BALANCES = "BALANCES"
    PAYMENTS = "PAYMENTS"
    REGISTRIES = "REGISTRIES"
    COMPENSATION = "COMPENSATION"
    CREDIT_USE = "CREDIT_USE"
    BINDINGS = "BINDINGS"
    REGION_SUMMARY = "REGION_SUMMARY"
    UNFORMED_REQUESTS = "UNFORMED_REQUESTS"
    DAILY_MENU = "DAILY_MENU"


class ReportFormat(Enum):
    PDF = "PDF"
    XLSX = "XLSX"
    CSV = "CSV"
    ODS = "ODS"


class RequestState(Enum):
    FORMED = "FORMED"
    SENT = "SENT"
    ACTUAL_CONFIRMED = "ACTUAL_CONFIRMED"
    LOCKED = "LOCKED"


@dataclass(slots=True, kw_only=True)
class FileRef:
    class Meta:
        name = "FileRef"
        namespace = "urn://x-artefacts-citto-72/common/1.0"

    file_id: str = field(
        metadata={
            "name": "fileId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    file_name: str = field(
        metadata={
            "name": "fileName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    mime_type: str = field(
        metadata={
            "name": "mimeType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    size: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_inclusive": 0,
        }
    )
    hash: bytes = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "min_length": 32,
            "max_length": 64,
            "format": "base64",
        }
    )
    hash_alg: HashAlgorithm = field(
        metadata={
            "name": "hashAlg",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "white_space": "collapse",
        }
    )
    content: None | bytes = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/common/1.0",
            "format": "base64",
        },
    )
