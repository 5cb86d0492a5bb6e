"""The stand's own moves that need nothing but the database: files, and questions to the hub."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from gateway.conformance import prepare
from gateway.conformance.evidence import Evidence, HubAnswer, Place
from gateway.conformance.judge import Line
from gateway.conformance.language import model
from gateway.conformance.language.template import Sources, render
from gateway.conformance.sessions import repository
from gateway.conformance.sessions.gathering import JOURNAL_DELAY, Judged
from gateway.conformance.sessions.values import CallDue, Session
from gateway.conformance.steps import StepResult, Wanted
from gateway.storage.database import Transaction
from gateway.trial_data import TestData

log = logging.getLogger(__name__)

_FAR = timedelta(days=1)

State = Callable[[Transaction, str, Mapping[str, str]], Sequence[Mapping[str, str]]]


class HubState:
    """What the slices tell of the hub, under the names that plans ask by."""

    def __init__(self, test_data: Sequence[TestData]) -> None:
        """Take the states of every slice."""
        self._states: dict[str, State] = {
            f"hub.{name}": ask for given in test_data for name, ask in given.states.items()
        }

    def ask(
        self, transaction: Transaction, participant: str, wanted: Wanted, what: str, now: datetime
    ) -> HubAnswer:
        """Ask; an answer that cannot be had is the stand's trouble, written down like any other."""
        if what not in self._states:
            return HubAnswer(wanted.place, now, trouble="такого состояния узел не знает")
        try:
            with transaction.savepoint():
                rows = self._states[what](transaction, participant, dict(wanted.where))
        except Exception as error:
            log.exception("%s cannot be told", what)
            return HubAnswer(wanted.place, now, trouble=type(error).__name__)
        return HubAnswer(wanted.place, now, tuple(rows))


def make(
    transaction: Transaction, session: Session, found: Judged, state: HubState, sources: Sources
) -> bool:
    """Make every move that the judge waits for; tell whether the evidence has grown."""
    grown = False
    for step in _wanting(found):
        wanted = step.wanted
        if wanted is None or found.suite is None:
            continue
        match wanted.step:
            case model.Ask(attach=str(sample)):
                file = prepare.hand_out(found.suite, wanted.place, sample, found.evidence, sources)
                repository.add_file(transaction, session.id, file)
                grown = True
            case model.Check() as check if not _is_over(step, sources.now):
                answer = state.ask(
                    transaction, session.participant, wanted, check.what, sources.now
                )
                grown |= _keep(transaction, session, found.evidence, answer)
            case _:
                pass  # a call is made by whoever has the net
    return grown


def calls_due(found: Judged) -> Iterator[CallDue]:
    """Give the calls of the participant that the judge waits for, filled in."""
    for line in found.judgement.lines:
        for step in line.steps:
            if found.suite is None or step.wanted is None:
                continue
            if isinstance(step.wanted.step, model.Call):
                yield _call_due(found.suite, found.evidence, line, step.wanted.step)


def any_due(found: Judged, now: datetime) -> bool:
    """Tell whether the judge waits for a move that needs only the database."""
    return any(
        isinstance(step.wanted.step, model.Ask | model.Check) and not _is_over(step, now)
        for step in _wanting(found)
        if step.wanted is not None
    )


def next_end(found: Judged, now: datetime) -> datetime:
    """Return when the next window ends that somebody waits in; far away when there is none."""
    ends = [
        step.wait.until + JOURNAL_DELAY
        for line in found.judgement.lines
        for step in line.steps
        if step.wait is not None and step.wait.until is not None
    ]
    return min((end for end in ends if end > now), default=now + _FAR)


def _wanting(found: Judged) -> Iterator[StepResult]:
    for line in found.judgement.lines:
        yield from (step for step in line.steps if step.wanted is not None)


def _is_over(step: StepResult, now: datetime) -> bool:
    """Tell whether an answer would come too late to count."""
    until = step.wait.until if step.wait is not None else None
    return until is not None and now > until


def _keep(
    transaction: Transaction, session: Session, evidence: Evidence, answer: HubAnswer
) -> bool:
    """Record an answer that is other than the last one at this place."""
    earlier = [known for known in evidence.answers if known.place == answer.place]
    last = max(earlier, key=lambda known: known.at, default=None)
    if last is not None and _told(last) == _told(answer):
        return False
    repository.add_answer(transaction, session.id, len(earlier) + 1, answer)
    return True


def _told(answer: HubAnswer) -> tuple[object, ...]:
    kept = [dict(row) for row in answer.rows[: repository.ROWS_KEPT]]
    return (answer.trouble, len(answer.rows), kept)


def _call_due(suite: model.Suite, evidence: Evidence, line: Line, step: model.Call) -> CallDue:
    attempt = line.attempts[-1].attempt
    body = render(suite.samples[step.body], attempt.values, line.row.values, evidence.params)
    to = evidence.params.get(step.to.part or "", "")
    return CallDue(line.name, step.id, step.operation, to, body, step.timeout)


def last_place(
    evidence: Evidence, case: model.Case, row: model.Row, step: str, kind: type[model.Step]
) -> Place | None:
    """Return a step of the last attempt at a line; None without an attempt or such a step."""
    numbers = [a.number for a in evidence.attempts if (a.case, a.row) == (case.code, row.number)]
    if not numbers or not any(s.id == step and isinstance(s, kind) for s in case.steps):
        return None
    return Place(case.code, row.number, max(numbers), step)
