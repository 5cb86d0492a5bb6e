"""SVC-07 ClassRequestService: what a class eats on a day, by its teacher."""

from adapters.meals import errors
from adapters.meals.handlers.actual_meals import confirm_actual
from adapters.meals.handlers.class_balances import get_class_balances
from adapters.meals.handlers.requests import (
    form_request,
    get_request,
    print_request,
    send_request,
    update_request,
)
from adapters.meals.messages import class_request
from gateway.adapter import Service, reading, writing

SERVICE = Service(
    contract="meals/class-request/1.0",
    messages=class_request,
    operations=(
        writing(
            "FormRequest",
            form_request,
            business_key=lambda request: f"{request.class_code}/{request.date}",
            faults=(errors.NotToday, errors.CutOffPassed),
        ),
        writing(
            "UpdateRequest",
            update_request,
            business_key=lambda request: request.request_id,
            faults=(errors.CutOffPassed, errors.LineNotInRequest),
        ),
        writing(
            "SendRequest",
            send_request,
            business_key=lambda request: request.request_id,
            faults=(errors.CutOffPassed,),
        ),
        writing("PrintRequest", print_request, business_key=lambda request: request.request_id),
        writing(
            "ConfirmActual",
            confirm_actual,
            business_key=lambda request: request.request_id,
            faults=(errors.CutOffPassed, errors.LineNotInRequest),
        ),
        reading(
            "GetRequest",
            get_request,
            business_key=lambda request: (
                request.request_id or f"{request.class_day.class_code}/{request.class_day.date}"
            ),
        ),
        reading(
            "GetClassBalances",
            get_class_balances,
            business_key=lambda request: request.class_code,
        ),
    ),
)
