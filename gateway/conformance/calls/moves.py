"""From what a judgement wants of the stand to orders for the caller.

Pure: it reads values that the session has and fills the sample in. Whoever runs a session asks
`orders`, lets `Caller.call` do each, and records the results in a transaction of their own.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from gateway.conformance import prepare
from gateway.conformance.calls.address import named
from gateway.conformance.calls.caller import Order
from gateway.conformance.evidence import Evidence
from gateway.conformance.judge import Judgement
from gateway.conformance.language import model
from gateway.conformance.steps import Wanted
from gateway.contracts.catalog import Catalog
from gateway.kernel.message import Contour
from registry.endpoints import Registered


def wanted_calls(judgement: Judgement) -> Iterator[Wanted]:
    """Return the moves of the stand that are calls; each is wanted until it is recorded."""
    for line in judgement.lines:
        for step in line.steps:
            if step.wanted is not None and isinstance(step.wanted.step, model.Call):
                yield step.wanted


def order(
    session: UUID,
    suite: model.Suite,
    wanted: Wanted,
    evidence: Evidence,
    registered: Iterable[Registered],
    contour: Contour,
    catalog: Catalog,
) -> Order:
    """Return what to send and where; raise EndpointNotNamed, StandBroken.

    The address in the parameters of the session only chooses among those that the registry names.
    """
    step = wanted.step
    if not isinstance(step, model.Call):
        raise TypeError(step)
    url = evidence.params.get(step.to.part or "", "")
    return Order(
        session=session,
        place=wanted.place,
        participant=evidence.participant,
        endpoint=named(url, registered, contour),
        operation=step.operation,
        soap_action=_action(suite, step, catalog),
        payload=prepare.fill(suite, wanted.place, step.body, evidence),
        timeout=step.timeout,
    )


def _action(suite: model.Suite, step: model.Call, catalog: Catalog) -> str:
    """Return the action that the contract publishes; the name where there is no contract yet."""
    contract = catalog.contracts.get(suite.format)
    operations = contract.operations if contract else ()
    actions = [found.soap_action for found in operations if found.name == step.operation]
    return actions[0] if actions else step.operation
