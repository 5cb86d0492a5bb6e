"""Partner banks as the operator publishes them: those in operation now (PART-13)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

import sqlalchemy as sa

from gateway.kernel.message import ParticipantState
from gateway.storage.database import Transaction
from registry import models
from registry.calendar import local_date
from registry.kinds import ParticipantKind, SubKind

_IN_OPERATION = ParticipantState.IN_OPERATION.value


class Channel(Enum):
    """How a bank takes money."""

    ONLINE = "ONLINE"
    """Cash desks, terminals, cash machines, internet bank."""
    ACQUIRING = "ACQUIRING"
    """Card payments in the Internet."""


CHANNELS: dict[SubKind, tuple[Channel, ...]] = {
    SubKind.ONLINE: (Channel.ONLINE,),
    SubKind.ACQUIRING: (Channel.ACQUIRING,),
    SubKind.BOTH: (Channel.ONLINE, Channel.ACQUIRING),
}


@dataclass(frozen=True, slots=True)
class PartnerBank:
    """A bank that parents may pay through."""

    code: str
    name: str
    bik: str
    channels: tuple[Channel, ...]
    organizers: tuple[str, ...]
    """INNs of the organizers it takes money for on the day."""
    since: date
    """Local date from which it has been in operation without a break."""


def partner_banks(transaction: Transaction, day: date) -> list[PartnerBank]:
    """Return the banks in operation by name; a bank without agreed terms has no BIK to publish."""
    bank, terms = models.participant, models.bank_terms
    organizers = _organizers(transaction, day)
    since = _in_operation_since(transaction)
    query = (
        sa.select(bank.c.code, bank.c.name, bank.c.sub_kind, terms.c.bik)
        .join(terms, terms.c.participant == bank.c.code)
        .where(bank.c.kind == ParticipantKind.BANK.value, bank.c.state == _IN_OPERATION)
        .order_by(bank.c.name, bank.c.code)
    )
    return [
        PartnerBank(
            code=code,
            name=name,
            bik=bik,
            # Before methods were recorded every bank was one of online payments.
            channels=CHANNELS[SubKind(sub_kind or SubKind.ONLINE.value)],
            organizers=tuple(sorted(organizers.get(code, ()))),
            since=since[code],
        )
        for code, name, sub_kind, bik in transaction.execute(query)
    ]


def bik_of(transaction: Transaction, code: str) -> str | None:
    """Return the BIK that was agreed with a bank; None of others and before the terms are."""
    terms = models.bank_terms.c
    query = sa.select(terms.bik).where(terms.participant == code)
    bik: str | None = transaction.execute(query).scalar_one_or_none()
    return bik


def _organizers(transaction: Transaction, day: date) -> dict[str, set[str]]:
    """Collect whom the banks take money for: by their own bindings and as chosen acquirers."""
    found: dict[str, set[str]] = {}
    binding = models.organizer_binding.c
    own = sa.select(binding.bank, binding.organizer_inn).where(
        binding.since <= day, sa.or_(binding.until.is_(None), binding.until >= day)
    )
    acquirer, organizer = models.acquirer_binding, models.participant
    chosen = (
        sa.select(acquirer.c.bank, organizer.c.inn)
        .join(organizer, organizer.c.code == acquirer.c.organizer)
        .where(acquirer.c.ended_at.is_(None), organizer.c.inn.is_not(None))
    )
    for query in (own, chosen):
        for bank, inn in transaction.execute(query):
            found.setdefault(bank, set()).add(inn)
    return found


def _in_operation_since(transaction: Transaction) -> dict[str, date]:
    """Read from the change log when each participant last came into operation."""
    log = models.change_log.c
    query = (
        sa.select(log.participant, sa.func.max(log.changed_at).label("since"))
        .where(log.subject == "state", log.after == f'"{_IN_OPERATION}"')
        .group_by(log.participant)
    )
    return {code: local_date(moment) for code, moment in transaction.execute(query)}
