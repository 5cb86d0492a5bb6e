"""The hub's edge without its databases: what a message costs before anything is kept.

The same door, bindings, parser, proof, schema, codec, checks of the reply; only the writer is
replaced by one that answers at once with a constant response and journals nothing.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from adapters.bank.messages import (
    RegisterPaymentResponse,
    ResultCode,
    SubmitRegistryResponse,
)
from gateway import bootstrap
from gateway.adapter import Mode, Operation
from gateway.bootstrap import Hub
from gateway.contracts.messages.common import PaymentState, RegistryState
from gateway.edge import server
from gateway.edge.door import Lane
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.pipeline.exchange import Exchange
from gateway.pipeline.process import Line


def main() -> None:
    """Serve until stopped."""
    server.serve(bootstrap.assemble(load(os.environ)), application=BareApplication)


class BareApplication(server.Application):
    """The door over writers that keep nothing."""

    def __init__(self, hub: Hub, *, background: bool) -> None:
        super().__init__(_answering_at_once(hub), background=background)

    def lanes(self, loop) -> dict[str, Lane]:
        return {
            contour.path: Lane(line := _line(self.hub, contour), BareWriter(line))
            for contour in Contour
        }


class NoMarks:
    """Marks of received messages that are not written anywhere."""

    is_long = False

    def mark(self, *_: object) -> None:
        """Write nothing."""

    def journaled(self, _: object) -> None:
        """Write nothing."""


class BareWriter:
    """Answers on the spot."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def waiting(self) -> int:
        return 0

    def submit(self, *exchanges: Exchange) -> None:
        self._line.reply(
            *(
                (exchange, exchange.route.operation.handle(exchange.received, None))
                for exchange in exchanges
                if exchange.waits_for_handler
            )
        )
        for exchange in exchanges:
            exchange.journaled = True
        self._line.released(exchanges)
        for exchange in exchanges:
            exchange.done(exchange.answer)


def _line(hub: Hub, contour: Contour) -> Line:
    return Line(bootstrap.parts_of(hub, contour, lambda _: None), 1, NoMarks())


def _answering_at_once(hub: Hub) -> Hub:
    routes = {
        name: {
            tag: replace(
                route,
                operation=Operation(
                    route.operation.name,
                    Mode.WRITE,
                    handle=CONSTANTS.get(route.operation.name, _nothing),
                ),
            )
            for tag, route in by_tag.items()
        }
        for name, by_tag in hub.routes.items()
    }
    return replace(hub, routes=routes)


def _registered(received, _):
    return RegisterPaymentResponse(
        result_code=ResultCode.OK,
        result_text="ОК",
        bank_payment_id=received.request.bank_payment_id,
        hub_payment_id=str(uuid4()),
        state=PaymentState.CREDITED,
        accepted_at=datetime.now(UTC),
        duplicate=False,
    )


def _received(received, _):
    sum(line.amount for line in received.request.line)
    return SubmitRegistryResponse(
        registry_id=received.request.registry_id,
        hub_registry_id=str(uuid4()),
        state=RegistryState.RECEIVED,
        received_at=datetime.now(UTC),
        duplicate=False,
    )


def _nothing(received, _):
    raise NotImplementedError


CONSTANTS = {"RegisterPayment": _registered, "SubmitRegistry": _received}


if __name__ == "__main__":
    main()
