"""Messages of urn://x-artefacts-citto-72/meals/menu-import/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from gateway.contracts.messages.common import (
    AddMenuKind,
    CompensationMode,
    Contour,
    FileRef,
    Page,
    Period,
)
from gateway.contracts.messages.hub import FaultDetail

__all__ = [
    "AdditionalMenuFile",
    "AdditionalRowType",
    "AgeCategoryType",
    "BuildingType",
    "CatalogueAdditionalType",
    "CatalogueDishType",
    "CatalogueMealSetType",
    "ComplexesFile",
    "DirectoryEntryType",
    "DishRowType",
    "DishesFile",
    "GetCatalogueRequest",
    "GetCatalogueResponse",
    "GetDirectoriesRequest",
    "GetDirectoriesResponse",
    "GetImportResultRequest",
    "GetImportResultResponse",
    "ImportAdditionalMenuRequest",
    "ImportAdditionalMenuResponse",
    "ImportComplexesRequest",
    "ImportComplexesResponse",
    "ImportCountsType",
    "ImportDishesRequest",
    "ImportDishesResponse",
    "ImportItemType",
    "ImportMode",
    "ImportRejectionType",
    "ImportState",
    "ItemErrorCode",
    "ItemErrorType",
    "ItemResult",
    "MealScheduleType",
    "MealSetDishType",
    "MealSetRowType",
    "MealTypeEntryType",
    "MenuSchoolType",
    "PchvrCategoryType",
    "PingRequest",
    "PingResponse",
    "ProblemCode",
    "PublicationProblemType",
    "PublicationState",
    "PublishMenuRequest",
    "PublishMenuResponse",
    "SchoolType",
    "WithdrawMenuRequest",
    "WithdrawMenuResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/meals/menu-import/1.0"


@dataclass(slots=True, kw_only=True)
class AdditionalRowType:
    class Meta:
        name = "AdditionalRowType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    dish_code: None | str = field(
        default=None,
        metadata={
            "name": "dishCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    product_name: None | str = field(
        default=None,
        metadata={
            "name": "productName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    unit: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    school_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    max_qty: None | int = field(
        default=None,
        metadata={
            "name": "maxQty",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class AgeCategoryType:
    class Meta:
        name = "AgeCategoryType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    age_from: int = field(
        metadata={
            "name": "ageFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
            "max_inclusive": 120,
        }
    )
    age_to: int = field(
        metadata={
            "name": "ageTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
            "max_inclusive": 120,
        }
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class BuildingType:
    class Meta:
        name = "BuildingType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    building_code: str = field(
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    address: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CatalogueDishType:
    class Meta:
        name = "CatalogueDishType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    dish_code: str = field(
        metadata={
            "name": "dishCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    group: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    yield_value: str = field(
        metadata={
            "name": "yield",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        }
    )
    composition: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 2000,
            "white_space": "collapse",
        },
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    energy_kcal: None | Decimal = field(
        default=None,
        metadata={
            "name": "energyKcal",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    proteins: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    fats: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    carbohydrates: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    allergen: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    recipe_number: None | str = field(
        default=None,
        metadata={
            "name": "recipeNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    active: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    valid_from: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    deleted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class DirectoryEntryType:
    class Meta:
        name = "DirectoryEntryType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class DishRowType:
    class Meta:
        name = "DishRowType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    dish_code: str = field(
        metadata={
            "name": "dishCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    group: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    yield_value: str = field(
        metadata={
            "name": "yield",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 30,
            "white_space": "collapse",
        }
    )
    composition: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 2000,
            "white_space": "collapse",
        },
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    energy_kcal: None | Decimal = field(
        default=None,
        metadata={
            "name": "energyKcal",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    proteins: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    fats: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    carbohydrates: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 7,
            "fraction_digits": 2,
        },
    )
    allergen: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    recipe_number: None | str = field(
        default=None,
        metadata={
            "name": "recipeNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    active: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    valid_from: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class ImportCountsType:
    class Meta:
        name = "ImportCountsType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    total: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    accepted: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    rejected: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    unchanged: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )


class ImportMode(Enum):
    UPSERT = "UPSERT"
    REPLACE = "REPLACE"


class ImportState(Enum):
    RECEIVED = "RECEIVED"
    PROCESSING = "PROCESSING"
    DONE = "DONE"
    DONE_WITH_ERRORS = "DONE_WITH_ERRORS"
    FAILED = "FAILED"


class ItemErrorCode(Enum):
    DISH_CODE_DUPLICATE = "DISH_CODE_DUPLICATE"
    PRICE_INVALID = "PRICE_INVALID"
    CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN"
    DISH_UNKNOWN = "DISH_UNKNOWN"
    SCHOOL_NOT_BOUND = "SCHOOL_NOT_BOUND"
    FROZEN = "FROZEN"
    CONTRACT_UNKNOWN = "CONTRACT_UNKNOWN"
    KIND_UNKNOWN = "KIND_UNKNOWN"
    ROW_DUPLICATE = "ROW_DUPLICATE"
    DATE_IN_PAST = "DATE_IN_PAST"
    PERIOD_INVALID = "PERIOD_INVALID"
    VALUE_INVALID = "VALUE_INVALID"


class ItemResult(Enum):
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REJECTED = "REJECTED"


@dataclass(slots=True, kw_only=True)
class MealScheduleType:
    class Meta:
        name = "MealScheduleType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    start_time: datetime.time = field(
        metadata={
            "name": "startTime",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        }
    )


@dataclass(slots=True, kw_only=True)
class MealSetDishType:
    class Meta:
        name = "MealSetDishType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    dish_code: str = field(
        metadata={
            "name": "dishCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    portions: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0.01"),
            "total_digits": 5,
            "fraction_digits": 2,
        }
    )


@dataclass(slots=True, kw_only=True)
class MealTypeEntryType:
    class Meta:
        name = "MealTypeEntryType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class MenuSchoolType:
    class Meta:
        name = "MenuSchoolType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    building_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


class ProblemCode(Enum):
    MENU_MIN_COMPLEXES = "MENU_MIN_COMPLEXES"
    MENU_DEFAULT_COMPLEX = "MENU_DEFAULT_COMPLEX"
    NO_MENU = "NO_MENU"


class PublicationState(Enum):
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(slots=True, kw_only=True)
class CatalogueAdditionalType:
    class Meta:
        name = "CatalogueAdditionalType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    kind: AddMenuKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    item_code: str = field(
        metadata={
            "name": "itemCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    dish_code: None | str = field(
        default=None,
        metadata={
            "name": "dishCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    product_name: None | str = field(
        default=None,
        metadata={
            "name": "productName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    unit: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    price: Decimal = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    school_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    max_qty: None | int = field(
        default=None,
        metadata={
            "name": "maxQty",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 1,
        },
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    deleted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class CatalogueMealSetType:
    class Meta:
        name = "CatalogueMealSetType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    menu_type_code: str = field(
        metadata={
            "name": "menuTypeCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    age_category_code: str = field(
        metadata={
            "name": "ageCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    pchvr_category_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "pchvrCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    school_code: list[MenuSchoolType] = field(
        default_factory=list,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    date: list[datetime.date] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    is_default: bool = field(
        metadata={
            "name": "isDefault",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    contract_number: str = field(
        metadata={
            "name": "contractNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    dish: list[MealSetDishType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )
    published_date: list[datetime.date] = field(
        default_factory=list,
        metadata={
            "name": "publishedDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    deleted: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetDirectoriesRequest:
    class Meta:
        name = "GetDirectoriesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    municipality_code: None | str = field(
        default=None,
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        },
    )
    changed_since: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "changedSince",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class ImportRejectionType:
    class Meta:
        name = "ImportRejectionType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 1000,
        }
    )
    truncated: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    detail: list[FaultDetail] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "max_occurs": 50,
        },
    )


@dataclass(slots=True, kw_only=True)
class ItemErrorType:
    class Meta:
        name = "ItemErrorType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: ItemErrorCode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    path: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class MealSetRowType:
    class Meta:
        name = "MealSetRowType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    complex_code: str = field(
        metadata={
            "name": "complexCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    menu_type_code: str = field(
        metadata={
            "name": "menuTypeCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    age_category_code: str = field(
        metadata={
            "name": "ageCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    pchvr_category_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "pchvrCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    school_code: list[MenuSchoolType] = field(
        default_factory=list,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )
    date: list[datetime.date] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    is_default: bool = field(
        metadata={
            "name": "isDefault",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    full_price: Decimal = field(
        metadata={
            "name": "fullPrice",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": Decimal("0"),
            "total_digits": 12,
            "fraction_digits": 2,
            "pattern": "[^.]*(\\.[0-9]{0,2})?",
        }
    )
    contract_number: str = field(
        metadata={
            "name": "contractNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    dish: list[MealSetDishType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )
    active: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PchvrCategoryType:
    class Meta:
        name = "PchvrCategoryType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    mode: CompensationMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    value: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        },
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    valid_from: datetime.date = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    valid_to: None | datetime.date = field(
        default=None,
        metadata={
            "name": "validTo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"


@dataclass(slots=True, kw_only=True)
class PublicationProblemType:
    class Meta:
        name = "PublicationProblemType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
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
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    meal_type: str = field(
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[A-Z][A-Z0-9_]{1,49}",
            "white_space": "collapse",
        }
    )
    age_category_code: str = field(
        metadata={
            "name": "ageCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    pchvr_category_code: None | str = field(
        default=None,
        metadata={
            "name": "pchvrCategoryCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    code: ProblemCode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class SchoolType:
    class Meta:
        name = "SchoolType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    building: list[BuildingType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    meal_schedule: list[MealScheduleType] = field(
        default_factory=list,
        metadata={
            "name": "mealSchedule",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class WithdrawMenuRequest:
    class Meta:
        name = "WithdrawMenuRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    publication_id: str = field(
        metadata={
            "name": "publicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    reason: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class AdditionalMenuFile:
    class Meta:
        name = "AdditionalMenuFile"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    item: list[AdditionalRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class DishesFile:
    class Meta:
        name = "DishesFile"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    dish: list[DishRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class GetCatalogueRequest:
    class Meta:
        name = "GetCatalogueRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    period: Period = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    since_version: None | int = field(
        default=None,
        metadata={
            "name": "sinceVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        },
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetImportResultRequest:
    class Meta:
        name = "GetImportResultRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    import_id: str = field(
        metadata={
            "name": "importId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    page: None | Page = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ImportAdditionalMenuRequest:
    class Meta:
        name = "ImportAdditionalMenuRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    kind: AddMenuKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    item: list[AdditionalRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    file: None | FileRef = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ImportAdditionalMenuResponse:
    class Meta:
        name = "ImportAdditionalMenuResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    import_id: str = field(
        metadata={
            "name": "importId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: ImportState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ImportComplexesResponse:
    class Meta:
        name = "ImportComplexesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    import_id: str = field(
        metadata={
            "name": "importId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: ImportState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ImportDishesRequest:
    class Meta:
        name = "ImportDishesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: ImportMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    dish: list[DishRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    file: None | FileRef = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ImportDishesResponse:
    class Meta:
        name = "ImportDishesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    import_id: str = field(
        metadata={
            "name": "importId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: ImportState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )


@dataclass(slots=True, kw_only=True)
class ImportItemType:
    class Meta:
        name = "ImportItemType"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    row_no: int = field(
        metadata={
            "name": "rowNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 1,
        }
    )
    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: ItemResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    error: list[ItemErrorType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class PublishMenuRequest:
    class Meta:
        name = "PublishMenuRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    publication_id: str = field(
        metadata={
            "name": "publicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    period: Period = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    school_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class WithdrawMenuResponse:
    class Meta:
        name = "WithdrawMenuResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    publication_id: str = field(
        metadata={
            "name": "publicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    state: PublicationState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    withdrawn_at: datetime.datetime = field(
        metadata={
            "name": "withdrawnAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class ComplexesFile:
    class Meta:
        name = "ComplexesFile"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    complex: list[MealSetRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class GetCatalogueResponse:
    class Meta:
        name = "GetCatalogueResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    dish: list[CatalogueDishType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    complex: list[CatalogueMealSetType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    additional: list[CatalogueAdditionalType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    version: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_inclusive": 0,
        }
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetDirectoriesResponse:
    class Meta:
        name = "GetDirectoriesResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    menu_type: list[DirectoryEntryType] = field(
        default_factory=list,
        metadata={
            "name": "menuType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    meal_type: list[MealTypeEntryType] = field(
        default_factory=list,
        metadata={
            "name": "mealType",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    age_category: list[AgeCategoryType] = field(
        default_factory=list,
        metadata={
            "name": "ageCategory",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    pchvr_category: list[PchvrCategoryType] = field(
        default_factory=list,
        metadata={
            "name": "pchvrCategory",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    school: list[SchoolType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    as_of: datetime.datetime = field(
        metadata={
            "name": "asOf",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class ImportComplexesRequest:
    class Meta:
        name = "ImportComplexesRequest"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    complex: list[MealSetRowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    file: None | FileRef = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class PublishMenuResponse:
    class Meta:
        name = "PublishMenuResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    publication_id: str = field(
        metadata={
            "name": "publicationId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    state: PublicationState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    published_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "publishedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    problem: list[PublicationProblemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    truncated: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetImportResultResponse:
    class Meta:
        name = "GetImportResultResponse"
        namespace = "urn://x-artefacts-citto-72/meals/menu-import/1.0"

    import_id: str = field(
        metadata={
            "name": "importId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    state: ImportState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "white_space": "collapse",
        }
    )
    received_at: datetime.datetime = field(
        metadata={
            "name": "receivedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    processed_at: None | datetime.datetime = field(
        default=None,
        metadata={
            "name": "processedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    counts: ImportCountsType = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        }
    )
    rejection: None | ImportRejectionType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    item: list[ImportItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
        },
    )
    next_cursor: None | str = field(
        default=None,
        metadata={
            "name": "nextCursor",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/meals/menu-import/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
