"""What banks are shown of an organizer follows its card in the participant registry.

The registry is one, contours are two, and no transaction spans them (ADR 0014): a message changes
the card, this queue brings it to each contour from the day on which it is in force.
"""

import logging
from datetime import datetime

from adapters.organizer.repository import cards
from adapters.organizer.repository.cards import Shown
from gateway.adapter import JobContext, Work
from registry import organizations
from registry.calendar import local_date
from registry.organizations import Organization

FOLLOW_CARDS = "organizer.cards"
"""Name of the queue."""
PURPOSE = "Пополнение лицевого счёта, питание учащегося."
"""Purpose of payments where the operator has entered none."""

log = logging.getLogger(__name__)


def follow_cards(context: JobContext, now: datetime) -> bool:
    """Show organizers as their cards say today; nothing is written while nothing differs."""
    with context.read() as work:
        changed = _changed(work, now)
    if not changed:
        return False
    with context.begin() as work:
        cards.show(work.database, changed)
    log.info("%d organizers are shown by their new cards", len(changed))
    return False


def _changed(work: Work, now: datetime) -> list[Shown]:
    with work.registry.reading() as registry:
        told = organizations.in_force(registry, local_date(now))
    known = cards.shown(work.database, list(told))
    wanted = [_shown(before, told[inn]) for inn, before in known.items()]
    return [one for one in wanted if one != known[one.inn]]


def _shown(before: Shown, card: Organization) -> Shown:
    """Return the row of a card; without bank details in it those before stay."""
    named = before._replace(name=card.short_name)
    details = card.bank_details
    if details is None:
        return named
    return named._replace(
        beneficiary_account=details.account,
        beneficiary_bik=details.bik,
        beneficiary_bank=details.bank_name,
        beneficiary_purpose=before.beneficiary_purpose or PURPOSE,
    )
