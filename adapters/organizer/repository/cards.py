"""What banks are shown of an organizer: its row in the contour."""

from collections.abc import Sequence
from typing import NamedTuple

from adapters.meals import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_SHOWN = Query(
    """
    SELECT inn, name, beneficiary_account, beneficiary_bik, beneficiary_bank, beneficiary_purpose
    FROM organizer WHERE inn IN {inns:text}
    """
)


class Shown(NamedTuple):
    """A row of `organizer` as far as its card decides it."""

    inn: str
    name: str
    beneficiary_account: str | None
    beneficiary_bik: str | None
    beneficiary_bank: str | None
    beneficiary_purpose: str | None


def shown(transaction: Transaction, inns: Sequence[str]) -> dict[str, Shown]:
    """Return what is shown of the organizers that the contour knows."""
    return {row[0]: Shown(*row) for row in transaction.rows(_SHOWN, inns=sorted(inns))}


def show(transaction: Transaction, organizers: Sequence[Shown]) -> None:
    """Show known organizers so from now on."""
    transaction.update(models.organizer, ("inn",), Shown._fields[1:], organizers)
