"""SVC-02 AnnulRegistry: taking a whole registry back."""

from dataclasses import replace

from adapters.bank import bookkeeping, messages
from adapters.bank.handlers.registries import PROCESS_REGISTRIES, found
from adapters.bank.repository import registries
from adapters.bank.repository.registries import PaymentRegistry, Phase
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import RegistryState
from gateway.kernel.errors import DuplicateConflict, IllegalTransition


def annul_registry(
    received: Received[messages.AnnulRegistryRequest], work: Work
) -> messages.AnnulRegistryResponse:
    """Take a registry back until it is reconciled; another may come in its place (MEAL-BANK-16).

    What one batch can reverse is reversed at once and answered ANNULLED. A longer registry is
    reversed in the background and answered PROCESSING: ANNULLED is never said before it is so.
    """
    request = received.request
    registry = registries.hold(work.database, found(work, received.sender, request.registry_id).id)
    if registry.annul_digest is not None:
        return _annulled_before(received, registry)
    _control(registry)
    annulled = replace(
        registry,
        annul_reason=request.reason,
        annul_digest=received.digest,
        annul_entry=received.entry,
    )
    state = _annul(annulled, work)
    work.after_commit.append(lambda: received.wake(PROCESS_REGISTRIES))
    return messages.AnnulRegistryResponse(registry_id=registry.registry_id, state=state)


def is_annulled(response: messages.AnnulRegistryResponse) -> bool:
    """Tell whether the answer will stay the same: PROCESSING becomes ANNULLED later."""
    return response.state is RegistryState.ANNULLED


def _annulled_before(
    received: Received[messages.AnnulRegistryRequest], registry: PaymentRegistry
) -> messages.AnnulRegistryResponse:
    if registry.annul_digest != received.digest:
        raise DuplicateConflict("Этот реестр уже аннулирован запросом с другим содержимым.")
    return messages.AnnulRegistryResponse(
        registry_id=registry.registry_id, state=RegistryState(registry.state)
    )


def _control(registry: PaymentRegistry) -> None:
    if registry.state == RegistryState.RECONCILED.value:
        raise IllegalTransition("Реестр уже сверен, аннулировать его нельзя.")
    if registry.state == RegistryState.REJECTED.value:
        raise IllegalTransition("Реестр отвергнут, зачислений по нему нет: отправьте другой.")


def _annul(registry: PaymentRegistry, work: Work) -> RegistryState:
    """Reverse the registry, or leave it to the background; return its state."""
    phase = Phase.DONE if registry.booked_through else Phase.CLEARING
    limit = work.rules.batch_lines
    if registry.booked_through and registry.line_count <= limit:
        registry = bookkeeping.take_back(work, registry, limit)
    over = registry.booked_through == 0
    state = RegistryState.ANNULLED if over else RegistryState.PROCESSING
    registries.change(
        work.database,
        registry.id,
        state=state.value,
        phase=(phase if over else Phase.ANNULLING).value,
        booked_through=registry.booked_through,
        annul_reason=registry.annul_reason,
        annul_digest=registry.annul_digest,
        annul_entry=registry.annul_entry,
        annulled_at=work.now if over else None,
    )
    return state
