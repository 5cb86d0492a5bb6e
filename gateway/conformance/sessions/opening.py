"""How a session begins: what the participant enters, what the stand prepares."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gateway.conformance.language import model
from gateway.conformance.sessions import errors
from gateway.conformance.sessions.values import NewSession, Session
from gateway.contracts.catalog import Catalog
from gateway.kernel.errors import Finding
from gateway.kernel.message import Participant
from gateway.storage.database import Transaction
from gateway.trial_data import Preparation, TestData

ENDPOINT = "endpoint_url"
"""Parameter of a plan that the address of a session fills."""
MOST_ENTERED = 2000
"""Characters of a value."""


def is_same(session: Session, new: NewSession) -> bool:
    """Tell whether a request asks again for a session that it has got."""
    asked = (
        new.onboarding_case,
        new.contour,
        new.endpoint_url,
        new.system_version,
        new.rehearsal,
    )
    got = (
        session.onboarding_case,
        session.contour,
        session.endpoint_url,
        session.system_version,
        session.rehearsal,
    )
    entered = {name: text for name, text in session.entered.items() if name != ENDPOINT}
    wanted = {name: text for name, text in new.params.items() if name != ENDPOINT}
    return asked == got and new.suite in {session.suite, session.plan} and entered == wanted


def entered(suite: model.Suite, new: NewSession) -> dict[str, str]:
    """Return what the participant enters by the plan; raise ParameterRefused."""
    offered = {param.name: param for param in suite.params if param.by_participant}
    values = dict(new.params)
    if new.endpoint_url is not None and ENDPOINT in offered:
        values[ENDPOINT] = new.endpoint_url
    wrong = [
        *(f"параметра {name} участник не вводит" for name in sorted(values.keys() - offered)),
        *(
            f"не указан параметр {name}: {param.title}"
            for name, param in offered.items()
            if param.required and not values.get(name)
        ),
        *(f"{name}: слишком длинно" for name, text in values.items() if len(text) > MOST_ENTERED),
    ]
    if not new.system_version.strip():
        wrong.append("не указана версия системы участника")
    if wrong:
        raise errors.ParameterRefused(
            findings=tuple(Finding(text, rule="parameter") for text in wrong)
        )
    return values


def wanted_of(suite: model.Suite) -> dict[str, model.Param]:
    """Return what a plan wants of the stand, by name."""
    return {param.name: param for param in suite.params if not param.by_participant}


def prepared(
    transaction: Transaction,
    suite: model.Suite,
    preparation: Preparation,
    test_data: Sequence[TestData],
    catalog: Catalog,
) -> dict[str, str]:
    """Return the values that the plan wants of the stand; raise StandUnprepared."""
    wanted = wanted_of(suite)
    if not wanted:
        return {}
    values: dict[str, str] = dict(_of_exchange(suite, preparation.participant, catalog))
    for given in test_data:
        values.update(given.prepare(transaction, replace(preparation, given=values)))
    missing = [name for name, param in wanted.items() if param.required and not values.get(name)]
    if missing:
        raise errors.StandUnprepared(f"Стенд не подготовил данные: {', '.join(missing)}.")
    return {name: values[name] for name in wanted if name in values}


def _of_exchange(
    suite: model.Suite, participant: Participant, catalog: Catalog
) -> Mapping[str, str]:
    """Return who the participant is and the service that it may call first."""
    values = {"participant": participant.code}
    for contract in sorted(catalog, key=lambda contract: contract.name):
        family = contract.name.rpartition("/")[0]
        if suite.format in {contract.name, "*"} and family in participant.services:
            return {**values, "service_namespace": contract.namespace}
    return values
