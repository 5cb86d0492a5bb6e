"""Background work of school meals (JOB-01 ... JOB-06)."""

from adapters.meals.coverage import watch_menus
from adapters.meals.deadlines import report_unformed, watch_print
from adapters.meals.debiting import debit, lock_day, plan_debit
from adapters.meals.freezing import freeze, plan_freezing
from gateway.adapter import Job
from scheduler.job import CatchUp

JOBS = (
    Job("meal.lock_day", lock_day, cron="0 23 * * *", catch_up=CatchUp.EVERY),
    Job("meal.debit", plan_debit, cron="0 23 * * *", catch_up=CatchUp.EVERY),
    Job("meal.debiting", debit),
    Job("meal.default_complex", plan_freezing, cron="0 0 * * *", catch_up=CatchUp.EVERY),
    Job("meal.freezing", freeze),
    Job("meal.menu_coverage", watch_menus, cron="0 6 * * *"),
    Job("meal.print_deadline", watch_print, cron="*/5 7-18 * * *"),
    Job("meal.unformed_report", report_unformed, cron="5 23 * * *", catch_up=CatchUp.EVERY),
)
