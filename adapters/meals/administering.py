"""SVC-08 MealAdminService: what administrators and authorities set and see."""

from adapters.meals import errors
from adapters.meals.handlers.bindings import bind_school, end_binding, list_bindings
from adapters.meals.handlers.directories import get_directory, upsert_directory
from adapters.meals.handlers.limits import set_credit_limit
from adapters.meals.handlers.money import get_balances, get_money_movement
from adapters.meals.handlers.pupils import set_pupil_meal_settings
from adapters.meals.handlers.reports import get_report
from adapters.meals.handlers.schedules import set_meal_schedule
from adapters.meals.messages import admin
from gateway.adapter import Service, reading, writing
from gateway.contracts.periods import PeriodInvalid

SERVICE = Service(
    contract="meals/admin/1.0",
    messages=admin,
    operations=(
        writing(
            "SetPupilMealSettings",
            set_pupil_meal_settings,
            business_key=lambda request: request.set_id,
        ),
        writing(
            "BindSchool",
            bind_school,
            business_key=lambda request: request.bind_id,
            faults=(
                errors.BindingOverlap,
                errors.OrganizerNotActive,
                errors.CategoryUnknown,
                errors.LockedDay,
            ),
        ),
        writing(
            "EndBinding",
            end_binding,
            business_key=lambda request: request.bind_id,
            faults=(errors.LockedDay,),
        ),
        reading("ListBindings", list_bindings, business_key=lambda request: request.school_code),
        writing(
            "SetCreditLimit",
            set_credit_limit,
            business_key=lambda request: request.school_code,
            faults=(errors.LockedDay,),
        ),
        writing(
            "SetMealSchedule",
            set_meal_schedule,
            business_key=lambda request: request.school_code,
        ),
        writing(
            "UpsertDirectory",
            upsert_directory,
            business_key=lambda request: request.municipality_code,
            faults=(errors.InUse,),
        ),
        reading(
            "GetDirectory", get_directory, business_key=lambda request: request.municipality_code
        ),
        reading(
            "GetBalances",
            get_balances,
            business_key=lambda request: request.account or request.school_code,
        ),
        reading(
            "GetMoneyMovement",
            get_money_movement,
            business_key=lambda request: request.account or request.school_code,
            faults=(PeriodInvalid,),
        ),
        reading("GetReport", get_report, faults=(PeriodInvalid,)),
    ),
)
