"""Finished sessions of trials as cases know them: entered once, never changed (SVC-17, GW-11).

What was judged lies with its evidence in the contour; here is what a step may rest on: whose
session it was, by which plan, whether it opened the gate, and which protocol tells it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gateway.documents.forms.protocols import Deviation, MessageRecord, Section, Untested
from gateway.kernel.errors import IllegalTransition
from gateway.kernel.message import Contour
from gateway.storage.database import Transaction
from registry.onboarding import errors, models
from registry.onboarding.facts import Facts
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import CaseKind, Doc

if TYPE_CHECKING:
    from registry.onboarding.cases import CaseView

PROTOCOLS: Mapping[CaseKind, Doc] = {
    CaseKind.BANK: Doc.PROT_BANK,
    CaseKind.ORG_INT: Doc.PROT_ORG,
    CaseKind.PUTO: Doc.PROT_PUTO,
    CaseKind.PUB: Doc.PROT_PUTO,
}
"""What tells the trials of a case; АИС ЕМП has no protocol among its forms."""
TRIED = frozenset({*PROTOCOLS, CaseKind.EMP, CaseKind.EMP_APP})
"""Kinds of cases that have trials."""
SUITES_OF_METHOD: Mapping[str, tuple[str, ...]] = {
    "ACQUIRING": ("SUITE-02",),
    "ONLINE": ("SUITE-01", "SUITE-02"),
    "BOTH": ("SUITE-01", "SUITE-02"),
}
"""What a bank passes by its method; the return of registries is everybody's (ONB-BANK-08)."""
SUITES_OF_ORGANIZERS = ("SUITE-04", "SUITE-05")
"""What the system of an organizer of meals passes: its menus and its exchange (ONB-ORG-06)."""
SUITES_BY_PPU: Mapping[bool, tuple[str, ...]] = {
    False: ("SUITE-06", "SUITE-07"),
    True: ("SUITE-07",),
}
"""What a system on ПУ ТО passes (ONB-PUTO-07): whose applications come to the queue of ППУ has no
service that takes them, and tells events all the same. Who works by hand only has no act."""
_FAILURES = frozenset({"fail_tests", "fail_prod_tests"})


Suites = Callable[[CaseKind, Facts], tuple[str, ...]]
"""Says the suites of a kind of case by what the case has told: a bank's method, the use of ППУ."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A session that was finished for a case."""

    session: UUID
    case_id: UUID
    participant: str
    contour: Contour
    suite: str
    """SUITE-02."""
    plan: str
    version: str
    digest: str
    """SHA-256 of the plan, hexadecimal."""
    system_version: str
    """What the participant has declared."""
    opens: bool
    """Whether the gate was open: everything mandatory passed on one plan and one version."""
    started_at: datetime
    finished_at: datetime
    good_until: datetime
    """From here on its evidence is too old for a step to rest on."""
    frozen: str
    """SHA-256 of the frozen evidence, hexadecimal."""
    document_id: UUID | None = None
    """Its protocol; None where the case has no such form."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the protocol of a session tells beyond `Trial`."""

    title: str
    """Of the plan."""
    service: str
    """Name of the contract; `*` is any."""
    sections: tuple[Section, ...]
    deviations: tuple[Deviation, ...]
    untested: tuple[Untested, ...]
    messages: tuple[MessageRecord, ...]
    testers: tuple[str, ...]
    addresses: tuple[str, ...]
    first_day: date
    last_day: date
    remarks: tuple[str, ...]
    """Why the gate is closed, and what the participant has said."""


class Ground(NamedTuple):
    """What a step may rest on, or what is missing for it."""

    trials: tuple[Trial, ...]
    missing: str | None
    """In Russian; None when nothing is."""


def suites_of(kind: CaseKind, facts: Facts) -> tuple[str, ...]:
    """Return the suites that a case has to pass; the other machines ask for none yet."""
    match kind:
        case CaseKind.BANK:
            return SUITES_OF_METHOD.get(str(facts.get("method")), ())
        case CaseKind.ORG_INT:
            return SUITES_OF_ORGANIZERS
        case CaseKind.PUTO:
            return SUITES_BY_PPU[facts.get("uses_ppu") is True]
        case _:
            return ()


def demonstration(kind: CaseKind, facts: Facts) -> tuple[str, ...]:
    """Return what stands for them in a demo (HUB_TRIALS): a short suite there is for banks only."""
    suites = suites_of(kind, facts)
    return ("SUITE-90",) if suites and kind is CaseKind.BANK else suites


def check_case(transaction: Transaction, case_id: UUID, participant: str) -> None:
    """Let a session begin for a case.

    Raises CaseUnknown for one that is not there or somebody else's, IllegalTransition for one
    that has no trials or has come to nothing.
    """
    table = models.onboarding_case
    query = sa.select(table.c.kind, table.c.participant, table.c.state).where(table.c.id == case_id)
    found = transaction.execute(query).one_or_none()
    if found is None or found.participant != participant:
        raise errors.CaseUnknown
    kind = CaseKind(found.kind)
    if kind not in TRIED:
        raise IllegalTransition("У дела этого вида испытаний нет.")
    if found.state in MACHINES[kind].final:
        raise IllegalTransition("Дело о подключении прекращено: испытывать по нему нечего.")


def ground(found: Sequence[Trial], wanted: Sequence[str], now: datetime) -> Ground:
    """Choose the latest sessions that open the gate, all of one version of the system.

    `found` are those that count for the case (`counting`), `wanted` the suites that it needs.
    """
    if not wanted:
        return Ground((), "Не известно, какие программы испытаний нужны: способ не выбран.")
    good = [
        one for one in found if one.opens and one.contour is Contour.TEST and now < one.good_until
    ]
    whole = []
    for version in {one.system_version for one in good}:
        latest = {
            one.suite: one
            for one in sorted(good, key=lambda one: one.finished_at)
            if one.system_version == version
        }
        if all(suite in latest for suite in wanted):
            whole.append(tuple(latest[suite] for suite in wanted))
    if whole:
        return Ground(max(whole, key=lambda chosen: max(one.finished_at for one in chosen)), None)
    missing = [suite for suite in wanted if suite not in {one.suite for one in good}]
    if missing:
        return Ground(
            (), f"Нет завершённого сеанса испытаний, открывшего допуск: {', '.join(missing)}."
        )
    return Ground((), "Программы пройдены разными версиями системы: нужна одна версия на все.")


def counting(case: "CaseView", found: Iterable[Trial]) -> tuple[Trial, ...]:
    """Return the sessions of a case that were begun since its tests failed last."""
    failed = [step.at for step in case.history if step.step in _FAILURES]
    return tuple(
        one
        for one in found
        if one.participant == case.participant and (not failed or one.started_at > failed[-1])
    )


def enter(transaction: Transaction, trial: Trial) -> None:
    """Write a finished session down; the key refuses it a second time."""
    transaction.execute(
        sa.insert(models.case_trial).values(
            session=trial.session,
            case_id=trial.case_id,
            participant=trial.participant,
            contour=trial.contour.value,
            suite=trial.suite,
            plan=trial.plan,
            version=trial.version,
            digest=trial.digest,
            system_version=trial.system_version,
            opens=trial.opens,
            started_at=trial.started_at,
            finished_at=trial.finished_at,
            good_until=trial.good_until,
            frozen=trial.frozen,
            document_id=trial.document_id,
        )
    )


def of_session(transaction: Transaction, session: UUID) -> Trial | None:
    """Return what a session came to for its case."""
    return next(iter(_found(transaction, models.case_trial.c.session == session)), None)


def of_case(transaction: Transaction, case_id: UUID) -> tuple[Trial, ...]:
    """Return the finished sessions of a case, the oldest first."""
    return _found(transaction, models.case_trial.c.case_id == case_id)


def entered(transaction: Transaction, sessions: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the sessions that are entered."""
    column = models.case_trial.c.session
    query = sa.select(column).where(column.in_(list(sessions)))
    return frozenset(transaction.execute(query).scalars())


def _found(transaction: Transaction, condition: sa.ColumnElement[bool]) -> tuple[Trial, ...]:
    table = models.case_trial
    query = sa.select(table).where(condition).order_by(table.c.finished_at, table.c.session)
    return tuple(
        Trial(**{**row, "contour": Contour(row["contour"])})
        for row in transaction.execute(query).mappings()
    )
