"""How a participant comes into the registry, in the caller's transaction."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from gateway.kernel import identifiers
from gateway.kernel.message import ParticipantState
from gateway.kernel.verdict import Verdict
from gateway.storage.database import Transaction
from registry import agreements, errors, kinds, models
from registry.change import Change, change_of, entry_of
from registry.kinds import ParticipantKind, SubKind
from registry.onboarding import access

_CODE = re.compile(r"[A-Z0-9_-]{3,20}")
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to be entered; the state is CANDIDATE until the agreement is concluded."""

    code: str
    name: str
    kind: ParticipantKind
    inn: str | None = None
    kpp: str | None = None
    sub_kind: SubKind | None = None


def enter(transaction: Transaction, newcomer: Newcomer, now: datetime, actor: str) -> None:
    """Enter a candidate; raise ParticipantExists, AttributeInvalid or SingleOperator."""
    _check_newcomer(newcomer)
    change = entry_of(transaction, now, actor, newcomer.code)
    if newcomer.kind is ParticipantKind.OPERATOR and _has_operator(change):
        raise errors.SingleOperator
    _insert(change, newcomer, ParticipantState.CANDIDATE)


def enter_founder(
    transaction: Transaction, newcomer: Newcomer, basis: str, now: datetime, actor: str
) -> None:
    """Enter one who is there by law and not by joining: it is in operation from the beginning."""
    enter(transaction, newcomer, now, actor)
    agreements.register(
        transaction,
        newcomer.code,
        agreements.Agreement(basis, now, agreements.AgreementKind.FOUNDING),
        now,
        actor,
    )
    access.settle_state(change_of(transaction, now, actor, newcomer.code), basis)


def choose_sub_kind(
    transaction: Transaction,
    code: str,
    sub_kind: SubKind,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Say what the participant is more closely, such as a bank's method (PART-11).

    Returns False if it is so already. Raises AttributeInvalid for one that its kind does not have,
    ServiceNotForKind while it holds rights that the sub-kind does not give.
    """
    change = change_of(transaction, now, actor, code)
    kind = ParticipantKind(change.kind)
    kinds.check_sub_kind(kind, sub_kind)
    if change.sub_kind == sub_kind.value:
        return False
    for service in change.open_rights():
        if not kinds.may_be_given(kind, sub_kind, service):
            raise errors.ServiceNotForKind(
                f"У участника {code} открыт {service}, подвид {sub_kind.value} его не даёт."
            )
    change.update_participant(sub_kind=sub_kind.value)
    change.log("sub-kind", change.sub_kind, sub_kind.value, basis)
    return True


def require(name: str, verdict: Verdict) -> None:
    """Raise AttributeInvalid, naming the attribute, when a check has failed."""
    if verdict.failed:
        raise errors.AttributeInvalid(f"{name}: {verdict.text}")


def check_kpp(kpp: str) -> None:
    """Raise AttributeInvalid for what is no registration reason code."""
    if not _KPP.fullmatch(kpp):
        raise errors.AttributeInvalid("КПП: ожидается 9 знаков.")


def _check_newcomer(newcomer: Newcomer) -> None:
    if not _CODE.fullmatch(newcomer.code):
        raise errors.AttributeInvalid(
            "Код участника: от 3 до 20 заглавных латинских букв, цифр, «_» и «-»."
        )
    if not newcomer.name.strip():
        raise errors.AttributeInvalid("Наименование участника пусто.")
    if newcomer.inn is not None:
        require("ИНН", identifiers.check_inn(newcomer.inn))
    if newcomer.kpp is not None:
        check_kpp(newcomer.kpp)
    if newcomer.sub_kind is not None:
        kinds.check_sub_kind(newcomer.kind, newcomer.sub_kind)


def _has_operator(change: Change) -> bool:
    table = models.participant
    return bool(change.count(table, table.c.kind == ParticipantKind.OPERATOR.value))


def _insert(change: Change, newcomer: Newcomer, state: ParticipantState) -> None:
    sub_kind = None if newcomer.sub_kind is None else newcomer.sub_kind.value
    card = {**asdict(newcomer), "kind": newcomer.kind.value, "sub_kind": sub_kind}
    change.insert(
        models.participant,
        **card,
        state=state.value,
        created_at=change.now,
        changed_at=change.now,
    )
    change.log("participant", None, card)
