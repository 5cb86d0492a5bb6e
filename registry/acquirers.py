"""The acquirer bank that an organizer of meals has chosen and told the operator of (PART-12)."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import change_of
from registry.kinds import ParticipantKind, SubKind
from registry.records import Record

ACQUIRER = Record(
    "acquirer",
    models.acquirer_binding,
    ("organizer",),
    (
        *("bank", "contract_number", "contract_date"),
        *("contact_name", "contact_phone", "contact_email"),
    ),
)


@dataclass(frozen=True, slots=True)
class AcquirerNotice:
    """What an organizer tells: the bank, the contract, whom the bank has named."""

    organizer: str
    bank: str
    """Code of the bank among the participants."""
    contract_number: str
    contract_date: date
    contact_name: str
    contact_phone: str
    contact_email: str


def bind(transaction: Transaction, notice: AcquirerNotice, now: datetime, actor: str) -> bool:
    """Bind the acquirer from an organizer's notice; another one before it ends.

    Returns False if it is bound so already. Raises NotAnOrganizer, NotABank for a participant that
    is no acquirer, ParticipantUnknown, AttributeInvalid.
    """
    if not notice.contract_number.strip() or not notice.contact_name.strip():
        raise errors.AttributeInvalid("Нужны номер договора и контактное лицо банка.")
    _check_acquirer(transaction, notice.bank)
    change = change_of(transaction, now, actor, notice.organizer)
    if change.kind != ParticipantKind.ORGANIZER.value:
        raise errors.NotAnOrganizer
    row = {name: getattr(notice, name) for name in (*ACQUIRER.key, *ACQUIRER.values)}
    basis = f"уведомление о договоре № {notice.contract_number}"
    return records.put(change, ACQUIRER, row, basis=basis)


def end(transaction: Transaction, organizer: str, basis: str, now: datetime, actor: str) -> None:
    """End the binding: topping up by card is unavailable from now on; raise NothingToChange."""
    change = change_of(transaction, now, actor, organizer)
    records.finish(change, ACQUIRER, {"organizer": organizer}, basis=basis)


def acquirer_of(transaction: Transaction, organizer: str) -> AcquirerNotice | None:
    """Return the binding in force; without one topping up by card is unavailable."""
    rows = records.standing(transaction, ACQUIRER, organizer=organizer)
    return _notice(rows[0]) if rows else None


def organizers_of(transaction: Transaction, bank: str) -> tuple[AcquirerNotice, ...]:
    """Return the organizers that have chosen this bank."""
    return tuple(map(_notice, records.standing(transaction, ACQUIRER, bank=bank)))


def _check_acquirer(transaction: Transaction, bank: str) -> None:
    table = models.participant
    row = transaction.execute(sa.select(table).where(table.c.code == bank)).one_or_none()
    if row is None:
        raise errors.ParticipantUnknown(f"Участника {bank} нет.")
    if row.kind != ParticipantKind.BANK.value:
        raise errors.NotABank
    if row.sub_kind == SubKind.ONLINE.value:
        raise errors.NotABank(f"Банк {bank} не ведёт интернет-эквайринг.")


def _notice(row: sa.RowMapping) -> AcquirerNotice:
    return AcquirerNotice(**{name: row[name] for name in (*ACQUIRER.key, *ACQUIRER.values)})
