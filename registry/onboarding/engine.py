"""One step of one machine: a function of its arguments, touching nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from gateway.kernel.errors import IllegalTransition, NotAllowed
from gateway.kernel.ports import Calendar
from registry.onboarding import errors
from registry.onboarding.facts import FACTS, Facts, Value
from registry.onboarding.table import CaseKind, Machine, Row, Situation, Who
from registry.onboarding.terms import Deadline, Term, deadline

ALWAYS_TAKEN = frozenset({"received_at"})


@dataclass(frozen=True, slots=True)
class Transition:
    """What a step comes to; the desk writes it down."""

    row: Row
    kind: CaseKind
    """The case's kind from now on: the choice of a method decides it for organizers."""
    before: str
    after: str
    facts: Facts
    """Those of the step, with what the row itself settles."""
    deadlines: tuple[Deadline, ...]
    """Of the state that was entered; none when the case stays where it is."""

    @property
    def moves(self) -> bool:
        """Whether another state was entered."""
        return self.before != self.after


def step(
    machine: Machine,
    state: str,
    name: str,
    who: Who,
    given: Facts,
    situation: Situation,
    calendar: Calendar,
) -> Transition:
    """Return what step `name` does to a case in `state`.

    `given` are the facts of this step, `situation.facts` those together with the case's earlier
    ones. Raises IllegalTransition when the table has no such row, NotAllowed when it is not for
    `who`, FactInvalid for a fact the row does not take, GuardFailed naming what is missing,
    CalendarMissing when a term runs into a year that is not known.
    """
    row = machine.index.get((state, name))
    if row is None:
        raise IllegalTransition(f"Из состояния {state} нет шага {name} ({machine.kind.value}).")
    if not _may(who, row):
        raise NotAllowed(f"Шаг {name} выполняет {' или '.join(one.value for one in row.who)}.")
    _check_facts(row, given, situation)
    for guard in row.guards:
        missing = guard.check(situation, row)
        if missing is not None:
            raise errors.GuardFailed(missing)
    facts: dict[str, Value] = {**given, **dict(row.sets)}
    return Transition(
        row=row,
        kind=row.becomes or machine.kind,
        before=state,
        after=row.after,
        facts=facts,
        deadlines=()
        if row.after == state
        else tuple(_deadlines(machine, row.after, facts, situation, calendar)),
    )


def _may(who: Who, row: Row) -> bool:
    """Tell whether a step is for `who`: the operator enters what others bring on paper."""
    if who in row.who:
        return True
    return who is Who.OPERATOR and row.who != (Who.SCHEDULER,)


def _check_facts(row: Row, given: Facts, situation: Situation) -> None:
    stray = given.keys() - {*row.needs, *row.takes} - ALWAYS_TAKEN
    if stray:
        raise errors.FactInvalid(f"Шаг {row.step} не принимает: {', '.join(sorted(stray))}.")
    received = given.get("received_at")
    if isinstance(received, datetime) and received > situation.now:
        raise errors.FactInvalid("received_at: поступило в будущем.")
    missing = [name for name in row.needs if name not in given]
    if missing:
        told = "; ".join(f"{FACTS[name].label} ({name})" for name in missing)
        raise errors.GuardFailed(f"Не представлено: {told}.")


def _deadlines(
    machine: Machine, state: str, facts: Facts, situation: Situation, calendar: Calendar
) -> list[Deadline]:
    known = {**situation.facts, **facts}
    terms = dict.fromkeys(row.within for row in machine.leaving(state) if row.within is not None)
    return [_deadline(term, facts, known, situation.now, calendar) for term in terms]


def _deadline(
    term: Term, facts: Facts, known: Facts, now: datetime, calendar: Calendar
) -> Deadline:
    since = facts.get(term.since) if term.since is not None else None
    agreed = known.get(term.until) if term.until is not None else None
    return deadline(
        term,
        calendar,
        since if isinstance(since, datetime) else now,
        agreed if isinstance(agreed, date) else None,
    )
