"""Personal accounts of pupils and the ledger of the money on them (MEAL-DEB-07)."""

from decimal import Decimal

from adapters.meals import administering, ordering, requesting
from adapters.meals.jobs import JOBS
from adapters.meals.ledger import MealsLedger, TopUpLimits
from adapters.meals.reconcile import reconcile
from adapters.meals.trials import TEST_DATA
from gateway.adapter import Adapter
from gateway.storage.database import Transaction


def _open_ledger(transaction: Transaction, top_up_limit: Decimal) -> MealsLedger:
    return MealsLedger(transaction, TopUpLimits(largest=top_up_limit))


ADAPTER = Adapter(
    "meals",
    services=(ordering.SERVICE, requesting.SERVICE, administering.SERVICE),
    jobs=JOBS,
    ledger=_open_ledger,
    reconcile=reconcile,
    test_data=TEST_DATA,
)
