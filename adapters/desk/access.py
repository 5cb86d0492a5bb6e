"""What a participant may have before production is open to it."""

from gateway.adapter import Work
from gateway.contracts.catalog import Contract
from gateway.kernel.message import Contour, Participant
from gateway.storage.database import Transaction
from registry.documents import shelf
from registry.onboarding import access, desk


def may_have_format(work: Work, sender: Participant, contract: Contract) -> bool:
    """Tell whether the owner of a domain has approved the sender's connection (GW-07)."""
    domain = contract.name.partition("/")[0]
    with work.registry.reading() as transaction:
        return desk.formats_are_open(transaction, sender.code, domain)


def may_prepare(transaction: Transaction, work: Work, sender: Participant, to: Contour) -> bool:
    """Tell whether the sender has come as far as to name its address in a contour.

    Production is prepared once something lets into it: an admission or the signed act.
    """
    standing = access.standing_of(transaction, sender.code, work.now)
    if standing.opens(to):
        return True
    return to is Contour.PROD and (
        standing.admission is not None
        or shelf.signed_act(transaction, participant=sender.code) is not None
    )
