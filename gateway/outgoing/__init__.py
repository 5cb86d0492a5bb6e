"""What the hub sends to participants' own services: written once, delivered by the outbox.

A slice writes a message in the transaction that decided it and hears what became of it
(`Outward.settle`):

    work.office(Outgoing).send(work, Parcel(recipient="DEPT72001", contract=CONTRACT, ...))
"""

from gateway.outgoing.office import Outgoing
from gateway.outgoing.parcel import Parcel

__all__ = ["Outgoing", "Parcel"]
