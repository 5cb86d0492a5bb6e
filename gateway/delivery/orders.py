"""The operator gives a letter up: whoever sent it has to hear of it."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from gateway.delivery.channel import Channel, Outcome
from gateway.storage.database import Transaction
from gateway.storage.outbox import Outbox, State, Verdict, claims, commands
from gateway.storage.outbox.commands import Order

_CANCELLED = Outcome(Verdict.LATER, "CANCELLED", "Отменено командой оператора.")


def cancel(
    box: Outbox,
    channels: Mapping[str, Channel],
    transaction: Transaction,
    delivery: UUID,
    order: Order,
) -> Sequence[Callable[[], None]]:
    """Cancel a delivery and let its channel record that; return what to call after the commit.

    Raises LetterUnknown, IllegalTransition.
    """
    commands.cancel(box, transaction, delivery, order)
    cancelled = claims.find(box, transaction, delivery)
    channel = channels.get(cancelled.channel)
    if channel is None:
        return ()
    return channel.record(transaction, cancelled, State.CANCELLED, _CANCELLED)
