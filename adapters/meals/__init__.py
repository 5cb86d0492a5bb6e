"""Personal accounts of pupils and the ledger of the money on them (MEAL-DEB-07)."""

from adapters.meals.ledger import MealsLedger
from adapters.meals.reconcile import reconcile
from gateway.adapter import Adapter

ADAPTER = Adapter("meals", ledger=MealsLedger, reconcile=reconcile)
