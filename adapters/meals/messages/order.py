"""Messages of urn://x-artefacts-citto-72/meals/order/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    AddMenuKind,
    ChoiceSource,
    Contour,
    MovementKind,
    OrderState,
    Page,
    PayChannel,
    Period,
)

__all__ = [
    "ChoiceAdditionalType",
    "ChoiceItemType",
    "ChosenItemType",
    "ChosenType",
    "ConfirmOrderRequest",
    "ConfirmOrderResponse",
    "ConfirmedType",
    "EarlierBalanceType",
    "GetAccountRequest",
    "GetAccountResponse",
    "GetMenuRequest",
    "GetMenuResponse",
    "GetMovementsRequest",
    "GetMovementsResponse",
    "GetOrdersRequest",
    "GetOrdersResponse",
    "GetTopUpRequest",
    "GetTopUpResponse",
    "InitTopUpRequest",
    "InitTopUpResponse",
    "MenuAdditionalType",
    "MenuComplexType",
    "MenuDayType",
    "MenuDishType",
    "MenuMealType",
    "MovementType",
    "OrderType",
    "PingRequest",
    "PingResponse",
    "SaveChoiceRequest",
    "SaveChoiceResponse",
    "SavedType",
    "TopUpState",
    "TotalType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/order/1.0"


@dataclass(slots=True, kw_only=True)
class ChoiceAdditionalType:
    class Meta:
        name = "ChoiceAdditionalType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": 1,
            "max_inclusive": 9,
        }
    )


@dataclass(slots=True, kw_only=True)
class ChosenItemType:
    class Meta:
        name = "ChosenItemType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    qty: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": 1,
            "max_inclusive": 9,
        }
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class EarlierBalanceType:
    class Meta:
        name = "EarlierBalanceType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    organizer_inn: str = field(
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        }
    )
    organizer_name: str = field(
        metadata={
            "name": "organizerName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class MenuDishType:
    class Meta:
        name = "MenuDishType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    yield_value: str = field(
        metadata={
            "name": "yield",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        }
    )
    composition: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 2000,
            "white_space": "collapse",
        },
    )
    energy_kcal: None | Decimal = field(
        default=None,
        metadata={
            "name": "energyKcal",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    proteins: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    fats: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    carbohydrates: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    allergen: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


class TopUpState(Enum):
    CREATED = "CREATED"
    REDIRECTED = "REDIRECTED"
    PAID = "PAID"
    CREDITED = "CREDITED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    REFUNDED = "REFUNDED"


@dataclass(slots=True, kw_only=True)
class TotalType:
    class Meta:
        name = "TotalType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    full: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class ChoiceItemType:
    class Meta:
        name = "ChoiceItemType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    complex_code: None | str = field(
        default=None,
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    additional: list[ChoiceAdditionalType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "max_occurs": 50,
        },
    )


@dataclass(slots=True, kw_only=True)
class ChosenType:
    class Meta:
        name = "ChosenType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    complex_code: None | str = field(
        default=None,
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    complex_name: None | str = field(
        default=None,
        metadata={
            "name": "complexName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    item: list[ChosenItemType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
    state: OrderState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    source: ChoiceSource = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    confirmed_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "confirmedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class ConfirmedType:
    class Meta:
        name = "ConfirmedType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    state: OrderState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetAccountRequest:
    class Meta:
        name = "GetAccountRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    pupil_id: None | str = field(
        default=None,
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetAccountResponse:
    class Meta:
        name = "GetAccountResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    pupil_id: str = field(
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_name: str = field(
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    pchvr_code: None | str = field(
        default=None,
        metadata={
            "name": "pchvrCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    menu_type_code: None | str = field(
        default=None,
        metadata={
            "name": "menuTypeCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    home_study: bool = field(
        metadata={
            "name": "homeStudy",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
        }
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    credit_limit: Decimal = field(
        metadata={
            "name": "creditLimit",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    top_up_min: Decimal = field(
        metadata={
            "name": "topUpMin",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    top_up_max: Decimal = field(
        metadata={
            "name": "topUpMax",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    top_up_available: bool = field(
        metadata={
            "name": "topUpAvailable",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetTopUpRequest:
    class Meta:
        name = "GetTopUpRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    top_up_id: str = field(
        metadata={
            "name": "topUpId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class InitTopUpRequest:
    class Meta:
        name = "InitTopUpRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    top_up_id: str = field(
        metadata={
            "name": "topUpId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    return_url: str = field(
        metadata={
            "name": "returnUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        }
    )
    fail_url: str = field(
        metadata={
            "name": "failUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class InitTopUpResponse:
    class Meta:
        name = "InitTopUpResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    top_up_id: str = field(
        metadata={
            "name": "topUpId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    payment_url: str = field(
        metadata={
            "name": "paymentUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        }
    )
    expires_at: datetime.datetime = field(
        metadata={
            "name": "expiresAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class MenuAdditionalType:
    class Meta:
        name = "MenuAdditionalType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    unit: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    kind: AddMenuKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    max_qty: None | int = field(
        default=None,
        metadata={
            "name": "maxQty",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": 1,
            "max_inclusive": 9,
        },
    )


@dataclass(slots=True, kw_only=True)
class MenuComplexType:
    class Meta:
        name = "MenuComplexType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    is_default: bool = field(
        metadata={
            "name": "isDefault",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
        }
    )
    dish: list[MenuDishType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class MovementType:
    class Meta:
        name = "MovementType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    entry_id: str = field(
        metadata={
            "name": "entryId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    business_date: datetime.date = field(
        metadata={
            "name": "businessDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    kind: MovementKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    description: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    channel: None | PayChannel = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"


@dataclass(slots=True, kw_only=True)
class SavedType:
    class Meta:
        name = "SavedType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    state: OrderState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    discount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )


@dataclass(slots=True, kw_only=True)
class ConfirmOrderRequest:
    class Meta:
        name = "ConfirmOrderRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    confirm_id: str = field(
        metadata={
            "name": "confirmId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetMenuRequest:
    class Meta:
        name = "GetMenuRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetMovementsRequest:
    class Meta:
        name = "GetMovementsRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )
    page: None | Page = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetOrdersRequest:
    class Meta:
        name = "GetOrdersRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    period: Period = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetTopUpResponse:
    class Meta:
        name = "GetTopUpResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    top_up_id: str = field(
        metadata={
            "name": "topUpId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    state: TopUpState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    amount: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    expires_at: datetime.datetime = field(
        metadata={
            "name": "expiresAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    credited_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "creditedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class MenuMealType:
    class Meta:
        name = "MenuMealType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    start_time: None | datetime.time = field(
        default=None,
        metadata={
            "name": "startTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        },
    )
    complex: list[MenuComplexType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
    additional: list[MenuAdditionalType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
    chosen: None | ChosenType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class OrderType:
    class Meta:
        name = "OrderType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    frozen: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )
    order_id: None | str = field(
        default=None,
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    chosen: ChosenType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class ConfirmOrderResponse:
    class Meta:
        name = "ConfirmOrderResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    order_id: str = field(
        metadata={
            "name": "orderId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    confirmed_at: datetime.datetime = field(
        metadata={
            "name": "confirmedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    item: list[ConfirmedType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_occurs": 1,
        },
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetMovementsResponse:
    class Meta:
        name = "GetMovementsResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    organizer_inn: None | str = field(
        default=None,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    opening: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    entry: list[MovementType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
    closing: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    earlier: list[EarlierBalanceType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class MenuDayType:
    class Meta:
        name = "MenuDayType"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    frozen: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )
    freeze_at: datetime.datetime = field(
        metadata={
            "name": "freezeAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    meal: list[MenuMealType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class SaveChoiceRequest:
    class Meta:
        name = "SaveChoiceRequest"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    choice_id: str = field(
        metadata={
            "name": "choiceId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    item: list[ChoiceItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_occurs": 1,
            "max_occurs": 100,
        },
    )


@dataclass(slots=True, kw_only=True)
class SaveChoiceResponse:
    class Meta:
        name = "SaveChoiceResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    saved: list[SavedType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_occurs": 1,
        },
    )
    total: TotalType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )
    balance: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    top_up_suggested: bool = field(
        metadata={
            "name": "topUpSuggested",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
        }
    )
    suggested_amount: None | Decimal = field(
        default=None,
        metadata={
            "name": "suggestedAmount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        },
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetOrdersResponse:
    class Meta:
        name = "GetOrdersResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    order: list[OrderType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class GetMenuResponse:
    class Meta:
        name = "GetMenuResponse"
        namespace = "urn://x-artefacts-citto-72/meals/order/1.0"

    account: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/order/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        }
    )
    day: list[MenuDayType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/meals/order/1.0"},
    )
