"""Takes letters from an outbox to where they go, again and again until they have arrived (JOB-16).

A `Channel` knows how to send; the `Deliverer` knows when. A letter arrives at least once, always
with the same bytes and ids, and letters of one key in order.
"""

from gateway.delivery.channel import Channel, Outcome
from gateway.delivery.deliverer import Deliverer, Pace
from gateway.delivery.patience import Breaker, Patience

__all__ = ["Breaker", "Channel", "Deliverer", "Outcome", "Pace", "Patience"]
