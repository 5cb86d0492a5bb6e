"""All reports of school meals by their code (MEAL-RPT-01)."""

from collections.abc import Mapping

from adapters.meals.reports import daily_menu
from adapters.meals.reports.balances import BALANCES, CREDIT_USE
from adapters.meals.reports.bindings import BINDINGS, REGION_SUMMARY
from adapters.meals.reports.debits import COMPENSATION, DEBITS
from adapters.meals.reports.description import Report
from adapters.meals.reports.orders import ORDERS
from adapters.meals.reports.payments import PAYMENTS, REGISTRIES
from adapters.meals.reports.requests import ACTUAL_MEALS, CLASS_REQUESTS
from adapters.meals.reports.unformed import UNFORMED_REQUESTS
from gateway.contracts.messages.common import ReportCode

REPORTS: Mapping[ReportCode, Report] = {
    report.code: report
    for report in (
        ORDERS,
        CLASS_REQUESTS,
        ACTUAL_MEALS,
        DEBITS,
        COMPENSATION,
        BALANCES,
        CREDIT_USE,
        PAYMENTS,
        REGISTRIES,
        BINDINGS,
        REGION_SUMMARY,
        UNFORMED_REQUESTS,
        daily_menu.REPORT,
    )
}
