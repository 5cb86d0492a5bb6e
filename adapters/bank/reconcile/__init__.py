"""The proof of the bank slice: payments and registries against the ledger, and the reverse."""

from adapters.bank.reconcile import payments, registries
from gateway.adapter import Ledger
from gateway.storage.database import Transaction


def reconcile(transaction: Transaction, ledger: Ledger) -> list[str]:
    """Name every row of the slice that does not balance."""
    return [
        *payments.reconcile(transaction, ledger),
        *registries.reconcile(transaction, ledger),
    ]
