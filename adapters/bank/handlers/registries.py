"""SVC-02: taking payment registries in and telling what became of them."""

from collections.abc import Sequence
from uuid import UUID

from adapters.bank import booking, errors, messages, submission
from adapters.bank.booking import Note
from adapters.bank.handlers import dates
from adapters.bank.messages import SubmitRegistryRequest, SubmitRegistryResponse
from adapters.bank.repository import booking as lines
from adapters.bank.repository import registries
from adapters.bank.repository.registries import PaymentRegistry, Slot
from adapters.bank.terms import banking_calendar, credit_days, older_than
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import RegistryState
from gateway.contracts.messages.hub import FaultDetail
from gateway.kernel.errors import DuplicateConflict, GatewayError, NotFound
from gateway.kernel.message import Participant
from registry.calendar import local_date

PROCESS_REGISTRIES = "bank.process_registries"
"""Name of the queue that processes what is accepted here."""

_UNFINISHED = {RegistryState.RECEIVED.value, RegistryState.PROCESSING.value}


def submit_registries(
    received: Sequence[Received[SubmitRegistryRequest]], work: Work
) -> Sequence[SubmitRegistryResponse | GatewayError]:
    """Accept registries for processing; the answers stand in the order of the messages.

    The same registry again gets the first answer with `duplicate`; another registry under the
    same id, or with number and date of a live one, is DUPLICATE_CONFLICT (MEAL-BANK-16). Lines
    are stored later, in the background.
    """
    intake = _Intake(received, work)
    answers = [intake.answer(message) for message in received]
    registries.add(work.database, intake.accepted)
    if intake.accepted:
        wake = received[0].wake
        work.after_commit.append(lambda: wake(PROCESS_REGISTRIES))
    return answers


def get_registry_status(
    received: Received[messages.GetRegistryStatusRequest], work: Work
) -> messages.GetRegistryStatusResponse:
    """Tell how far the processing of a registry is and what it has come to."""
    request = received.request
    key = request.registry_id if request.hub_registry_id is None else UUID(request.hub_registry_id)
    registry = found(work, received.sender, key or "")
    return messages.GetRegistryStatusResponse(
        registry_id=registry.registry_id,
        hub_registry_id=str(registry.id),
        state=RegistryState(registry.state),
        received_at=registry.received_at,
        processed_at=registry.processed_at,
        counts=messages.RegistryCountsType(
            total=registry.line_count,
            credited=registry.credited_count,
            already=registry.already_count,
            error=registry.error_count,
            suspense=registry.suspense_count,
        ),
        sums=messages.RegistrySumsType(
            total=registry.total_amount,
            credited=registry.credited_amount,
            error=registry.error_amount,
            suspense=registry.suspense_amount,
        ),
        rejection=_rejection(registry),
    )


def get_registry_protocol(
    received: Received[messages.GetRegistryProtocolRequest], work: Work
) -> messages.GetRegistryProtocolResponse:
    """Tell the result of each line, a page at a time (MEAL-BANK-10)."""
    request = received.request
    registry = found(work, received.sender, UUID(request.hub_registry_id))
    if registry.state in _UNFINISHED:
        raise errors.NotReady
    page = paging.page_of(request.page)
    after = paging.number_after(page.cursor)
    # One more than asked: it tells whether there is a next page.
    answered = lines.answered_after(work.database, registry.id, after, page.limit + 1)
    shown = answered[: page.limit]
    return messages.GetRegistryProtocolResponse(
        state=RegistryState(registry.state),
        rejection=_rejection(registry),
        line=[_protocol_line(line) for line in shown],
        next_cursor=str(shown[-1].line_no) if len(answered) > len(shown) else None,
    )


def list_registries(
    received: Received[messages.ListRegistriesRequest], work: Work
) -> messages.ListRegistriesResponse:
    """List the sender's registries by their dates."""
    request = received.request
    dates.control_days(
        request.period.from_value, request.period.to, "/ListRegistriesRequest/period"
    )
    page = paging.page_of(request.page)
    listed = registries.page_of(
        work.database,
        received.sender.code,
        request.period.from_value,
        request.period.to,
        organizer_inn=request.organizer_inn,
        state=None if request.state is None else request.state.value,
        after=dates.place_after(page.cursor),
        limit=page.limit + 1,
    )
    shown = listed[: page.limit]
    return messages.ListRegistriesResponse(
        registry=[_summary(registry) for registry in shown],
        next_cursor=(
            dates.place(shown[-1].registry_date, shown[-1].id) if len(listed) > len(shown) else None
        ),
    )


def found(work: Work, sender: Participant, key: str | UUID) -> PaymentRegistry:
    """Return a registry of `sender` by either id; another bank's is NOT_FOUND too."""
    registry = registries.find(work.database, sender.code, key)
    if registry is None:
        raise NotFound("Реестр не найден.")
    return registry


class _Intake:
    """One batch of submitted registries: what was known before it, and what it adds."""

    def __init__(self, received: Sequence[Received[SubmitRegistryRequest]], work: Work) -> None:
        self.accepted: list[PaymentRegistry] = []
        self._work = work
        # In this order: what another process adds in between is then known by its id, and its
        # own slot is not held against it.
        self._taken = registries.taken_slots(work.database, map(_slot, received))
        self._known = registries.by_bank_ids(
            work.database,
            [(message.sender.code, message.request.registry_id) for message in received],
        )

    def answer(
        self, message: Received[SubmitRegistryRequest]
    ) -> SubmitRegistryResponse | GatewayError:
        earlier = self._known.get((message.sender.code, message.request.registry_id))
        if earlier is not None:
            return _repeated(message, earlier)
        try:
            registry = self._accept(message)
        except GatewayError as refusal:
            return refusal
        return _response(registry, duplicate=False)

    def _accept(self, message: Received[SubmitRegistryRequest]) -> PaymentRegistry:
        request, sender, work = message.request, message.sender, self._work
        _control_organizer(request.organizer_inn, sender, work)
        submission.control_period(request, work.rules, work.now)
        attachment = None
        if request.file is None:
            submission.control_lines(request, work.rules)
        else:
            attachment = submission.control_file(
                request.file, message.attachments, request.count, work.rules
            )
        slot = _slot(message)
        if slot in self._taken:
            raise _number_taken(self._taken[slot])
        registry = _registry(message, work, None if attachment is None else attachment.sha256)
        self._known[registry.bank, registry.registry_id] = registry
        self._taken[slot] = registry
        self.accepted.append(registry)
        return registry


def _control_organizer(organizer_inn: str, sender: Participant, work: Work) -> None:
    if organizer_inn in sender.organizers:
        return
    if organizer_inn in work.ledger.organizers([organizer_inn]):
        raise errors.BindingNotFound
    raise errors.OrganizerUnknown


def _slot(message: Received[SubmitRegistryRequest]) -> Slot:
    request = message.request
    return Slot(
        message.sender.code, request.organizer_inn, request.registry_number, request.registry_date
    )


def _number_taken(holder: PaymentRegistry) -> DuplicateConflict:
    return DuplicateConflict(
        f"Реестр № {holder.number} от {holder.registry_date:%d.%m.%Y} этого организатора уже "
        f"принят под идентификатором {holder.registry_id}; чтобы заменить, аннулируйте его."
    )


def _registry(
    message: Received[SubmitRegistryRequest], work: Work, file_sha256: bytes | None
) -> PaymentRegistry:
    request, order = message.request, message.request.payment_order
    return PaymentRegistry(
        id=work.identifiers(),
        bank=message.sender.code,
        registry_id=request.registry_id,
        number=request.registry_number,
        registry_date=request.registry_date,
        organizer_inn=request.organizer_inn,
        contract_number=request.contract_number,
        period_from=request.period.from_value,
        period_to=request.period.to,
        kind=request.kind.value,
        order_number=None if order is None else order.number,
        order_date=None if order is None else order.date,
        order_amount=None if order is None else order.amount,
        line_count=request.count,
        total_amount=request.total_amount,
        total_commission=request.total_commission,
        net_amount=request.net_amount,
        source=registries.INLINE if file_sha256 is None else registries.FILE,
        file_name=None if request.file is None else request.file.file_name,
        file_sha256=file_sha256,
        digest=message.digest,
        entry=message.entry,
        received_at=work.now,
        late_before=older_than(
            banking_calendar(message.sender, work),
            local_date(work.now),
            credit_days(message.sender),
        ),
    )


def _repeated(
    message: Received[SubmitRegistryRequest], earlier: PaymentRegistry
) -> SubmitRegistryResponse | GatewayError:
    if earlier.digest != message.digest:
        return DuplicateConflict(
            f"Реестр с идентификатором {earlier.registry_id} уже принят с другим содержимым."
        )
    return _response(earlier, duplicate=True)


def _response(registry: PaymentRegistry, *, duplicate: bool) -> SubmitRegistryResponse:
    return SubmitRegistryResponse(
        registry_id=registry.registry_id,
        hub_registry_id=str(registry.id),
        state=RegistryState.RECEIVED,
        received_at=registry.received_at,
        duplicate=duplicate,
    )


def _rejection(registry: PaymentRegistry) -> messages.RegistryRejectionType | None:
    if registry.refusal_code is None or registry.refusal_text is None:
        return None
    return messages.RegistryRejectionType(
        code=registry.refusal_code,
        message=registry.refusal_text,
        truncated=registry.refusal_truncated or None,
        detail=[
            FaultDetail(
                line=finding.line,
                path=finding.path,
                rule=finding.rule,
                value=finding.value,
                text=finding.text,
                advice=finding.advice,
            )
            for finding in registry.findings
        ],
    )


def _protocol_line(line: lines.Answered) -> messages.ProtocolLineType:
    return messages.ProtocolLineType(
        line_no=line.line_no,
        bank_payment_id=line.bank_payment_id,
        account=line.account,
        amount=line.amount,
        result=messages.LineResult(line.result),
        warning=[messages.LineWarning(code) for code in (line.warnings or "").split()],
        message=_explained(line),
    )


def _explained(line: lines.Answered) -> str | None:
    if line.note is not None:
        return Note[line.note].value
    if line.result == booking.ACCOUNT_UNKNOWN:
        return "Такого лицевого счёта нет; сумма отнесена к невыясненным."
    if line.result == booking.ACCOUNT_CLOSED:
        return "Лицевой счёт закрыт; сумма отнесена к невыясненным."
    return None


def _summary(registry: PaymentRegistry) -> messages.RegistrySummaryType:
    return messages.RegistrySummaryType(
        registry_id=registry.registry_id,
        hub_registry_id=str(registry.id),
        registry_number=registry.number,
        registry_date=registry.registry_date,
        organizer_inn=registry.organizer_inn,
        state=RegistryState(registry.state),
        count=registry.line_count,
        total_amount=registry.total_amount,
    )
