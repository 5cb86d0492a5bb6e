"""Events on their way to the portal: what its answers mean (PORT-EVT-03)."""

from adapters.portal.messages.event_sink import DeliverEventResponse, DeliveryCode
from adapters.portal.recording import SINK
from adapters.portal.repository import events
from gateway.adapter import Settled, Work
from gateway.storage.outbox import State, Verdict

__all__ = ["SINK", "judge", "settle"]

_VERDICTS = {
    DeliveryCode.OK: Verdict.DELIVERED,
    DeliveryCode.ORDER_NOT_FOUND: Verdict.NEVER,
    DeliveryCode.LATER: Verdict.LATER,
}


def judge(response: object) -> Verdict:
    """Tell what an answer of the portal means; Ping is only answered."""
    if isinstance(response, DeliverEventResponse):
        return _VERDICTS[response.code]
    return Verdict.DELIVERED


def settle(settled: Settled, work: Work) -> None:
    """Take a delivered event for acknowledged."""
    if settled.state is State.DELIVERED:
        _, portal, seq = settled.source.split("/")
        events.acknowledge(work.database, portal, [int(seq)], work.now)
