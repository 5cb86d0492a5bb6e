"""SVC-05 OrganizerExchangeService: what the kitchen cooks, what was eaten, what was paid for it."""

from adapters.organizer import errors
from adapters.organizer.cards import FOLLOW_CARDS, follow_cards
from adapters.organizer.handlers.balances import get_balances
from adapters.organizer.handlers.debits import get_debits
from adapters.organizer.handlers.orders import get_order_changes, get_parent_orders
from adapters.organizer.handlers.organization import update_organization
from adapters.organizer.handlers.payments import (
    get_payment_registry,
    get_payments,
    list_payment_registries,
)
from adapters.organizer.handlers.reports import get_print_form, get_report
from adapters.organizer.handlers.requests import get_actual_meals, get_class_requests
from adapters.organizer.messages import organizer as messages
from gateway.adapter import Job, Service, reading, registering
from gateway.contracts.periods import PeriodInvalid

SERVICE = Service(
    contract="meals/organizer/1.0",
    messages=messages,
    operations=(
        reading("GetParentOrders", get_parent_orders, faults=(errors.OrdersOutOfWindow,)),
        reading("GetOrderChanges", get_order_changes, faults=(errors.CursorInvalid,)),
        reading("GetClassRequests", get_class_requests),
        reading("GetActualMeals", get_actual_meals),
        reading("GetDebits", get_debits, faults=(PeriodInvalid,)),
        reading("GetPayments", get_payments, faults=(PeriodInvalid,)),
        reading("ListPaymentRegistries", list_payment_registries, faults=(PeriodInvalid,)),
        reading(
            "GetPaymentRegistry",
            get_payment_registry,
            business_key=lambda request: request.hub_registry_id,
        ),
        reading("GetBalances", get_balances),
        registering(
            "UpdateOrganization", update_organization, business_key=lambda request: request.inn
        ),
        reading("GetReport", get_report, faults=(PeriodInvalid,)),
        reading("GetPrintForm", get_print_form),
    ),
)

JOBS = (Job(FOLLOW_CARDS, follow_cards),)
