"""Background work of the bank slice."""

from adapters.bank.handlers.registries import PROCESS_REGISTRIES
from adapters.bank.processing import RegistryQueue
from adapters.bank.staging import open_lines
from adapters.bank.watch import expect_registries, reconcile_day, watch_ageing
from gateway.adapter import Job

# The days of the banks are asked inside: a working Saturday is one, a holiday is none.
JOBS = (
    Job(PROCESS_REGISTRIES, RegistryQueue(open_lines).run),
    Job("pay.expected_registry", expect_registries, cron="0 12 * * *"),
    Job("pay.aging", watch_ageing, cron="0 9 * * *"),
    Job("pay.reconcile", reconcile_day, cron="0 2 * * *"),
)
