"""SVC-06 MealOrderService: parents see, choose, confirm and pay, through the school system."""

from adapters.meals import errors
from adapters.meals.handlers.accounts import get_account
from adapters.meals.handlers.choices import get_orders, save_choice
from adapters.meals.handlers.confirmations import confirm_order
from adapters.meals.handlers.menus import get_menu
from adapters.meals.handlers.movements import get_movements
from adapters.meals.handlers.top_ups import get_top_up, init_top_up
from adapters.meals.messages import order
from gateway.adapter import Service, reading, writing
from gateway.contracts.periods import PeriodInvalid

SERVICE = Service(
    contract="meals/order/1.0",
    messages=order,
    operations=(
        reading(
            "GetAccount",
            get_account,
            business_key=lambda request: request.account or request.pupil_id,
        ),
        reading(
            "GetMenu",
            get_menu,
            business_key=lambda request: request.account,
            faults=(errors.OutOfWindow, PeriodInvalid),
        ),
        writing(
            "SaveChoice",
            save_choice,
            business_key=lambda request: request.choice_id,
            faults=(
                errors.OutOfWindow,
                errors.Frozen,
                errors.ComplexNotAvailable,
                errors.WrongMenuType,
                errors.AdditionalWithoutComplex,
                errors.ItemNotAvailable,
            ),
        ),
        writing(
            "ConfirmOrder",
            confirm_order,
            business_key=lambda request: request.confirm_id,
            faults=(errors.NothingToConfirm, errors.Frozen, PeriodInvalid),
        ),
        reading(
            "GetOrders",
            get_orders,
            business_key=lambda request: request.account,
            faults=(PeriodInvalid,),
        ),
        reading(
            "GetMovements",
            get_movements,
            business_key=lambda request: request.account,
            faults=(PeriodInvalid,),
        ),
        writing(
            "InitTopUp",
            init_top_up,
            business_key=lambda request: request.top_up_id,
            faults=(errors.AmountTooSmall, errors.AcquiringNotAvailable),
        ),
        reading("GetTopUp", get_top_up, business_key=lambda request: request.top_up_id),
    ),
)
