"""One step of a case: what it has met, what its assertions saw, or whose move it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from gateway.conformance import assertions
from gateway.conformance.assertions.subject import Checked, Missing, Subject
from gateway.conformance.documents import Document, NotXml, text_of
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Decision, Evidence, HubAnswer, Message, OwnCall, Place
from gateway.conformance.language import build, model
from gateway.conformance.scope import Met, Scope
from gateway.conformance.verdicts import Mover, Verdict, Wait, fold
from gateway.contracts.catalog import Catalog
from gateway.kernel.errors import Internal, Maintenance, TemporaryUnavailable
from gateway.storage.journal import name_of

_STAND_CODES = frozenset({Internal.code, Maintenance.code, TemporaryUnavailable.code})
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class StepResult:
    """How one step stands."""

    id: str
    verdict: Verdict
    done_at: datetime | None
    """When the next step begins; None: it does not."""
    text: str
    """What the step was about, in Russian."""
    checked: tuple[Checked, ...] = ()
    entries: tuple[int, ...] = ()
    """Journal entries that it took."""
    wait: Wait | None = None
    wanted: "Wanted | None" = None
    """What the stand has to do before the case goes on."""
    decision: Decision | None = None
    reason: str | None = None
    since: datetime | None = None
    """From when a message may be meant by the next step, where that is earlier than `done_at`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move of the stand: hand a file out, call the participant, or ask the hub."""

    place: Place
    step: model.Step
    where: tuple[tuple[str, str], ...] = ()
    """Of a question to the hub, its conditions."""


def judge_step(
    step: model.Step,
    case: model.Case,
    scope: Scope,
    catalog: Catalog,
    opened: datetime,
    since: datetime,
    taken: frozenset[int],
    now: datetime,
) -> StepResult:
    """Judge a step that began at `opened`; messages in `taken` belong to steps before it.

    Its windows run from `opened`; messages that came from `since` on may be meant by it.
    """
    moment = _Moment(case, scope, catalog, opened, since, taken, now)
    try:
        return moment.judge(step)
    except (NotXml, Missing) as error:
        return _failed(step.id, _about(step), "документ, который можно проверить", str(error))


@dataclass(frozen=True)
class _Moment:
    case: model.Case
    scope: Scope
    catalog: Catalog
    opened: datetime
    since: datetime
    taken: frozenset[int]
    now: datetime

    def judge(self, step: model.Step) -> StepResult:
        match step:
            case model.Ask():
                return self.ask(step)
            case model.Expect():
                return self.absent(step) if step.absent else self.expect(step)
            case model.Call():
                return self.call(step)
            case model.Check():
                if step.what.startswith("hub."):
                    return self.state(step)
                return self.document(step)

    @property
    def evidence(self) -> Evidence:
        return self.scope.evidence

    def place(self, step: model.Step) -> Place:
        return Place(self.case.code, self.scope.row.number, self.scope.attempt.number, step.id)

    # A person.

    def ask(self, step: model.Ask) -> StepResult:
        place = self.place(step)
        if step.attach is not None:
            files = sorted(
                (f for f in self.evidence.handed_out if f.place == place and f.at <= self.now),
                key=lambda file: file.at,
            )
            if not files:
                return self._stand_moves(step, f"подготовить файл {step.attach}")
            self.scope.attached = Document(f"файл {files[0].name}", files[0].content, ours=True)
        if step.evidence is None or (step.once and self.scope.row.number > 1):
            return StepResult(step.id, Verdict.PASS, self.opened, step.text)
        return self._reviewed(step, place)

    def _reviewed(self, step: model.Ask, place: Place) -> StepResult:
        """Later steps do not wait for a person."""
        if not any(p.place == place and p.at <= self.now for p in self.evidence.provided):
            wait = Wait(Mover.PARTICIPANT, f"приложите подтверждение: {step.text}")
            return StepResult(step.id, Verdict.WAIT, self.opened, step.text, wait=wait)
        decisions = sorted(
            (d for d in self.evidence.decisions if d.place == place and d.at <= self.now),
            key=lambda decision: (decision.at, decision.confirmed),
        )
        if not decisions:
            return StepResult(step.id, Verdict.REVIEW, self.opened, step.text)
        first = decisions[0]
        verdict = Verdict.REVIEW if first.confirmed else Verdict.FAIL
        return StepResult(
            step.id,
            verdict,
            self.opened if first.confirmed else None,
            step.text,
            decision=first,
            reason=None if first.confirmed else f"Испытатель отклонил: {first.reason}",
        )

    # A message of the participant.

    def expect(self, step: model.Expect) -> StepResult:
        deadline = self.opened + step.within
        found = self._first(step)
        if found is None:
            if self.now < deadline:
                wait = Wait(Mover.PARTICIPANT, f"ждём {_named(step)} от участника", deadline)
                return StepResult(step.id, Verdict.WAIT, None, _awaited(step), wait=wait)
            return _failed(step.id, _awaited(step), _expectation(step), "сообщение не получено")
        met = _exchange(found)
        self.scope.met[step.id] = met
        if _is_ours(found):
            raise StandBroken(f"Узел ответил {found.code} на запись {name_of(found.entry)}.")
        if step.reply is not None and step.reply.drop:
            self._hold_withheld(step, found)
        subject = Subject(met.request, met.http_status, found.signature)
        return self._told(step, _awaited(step), subject, found.received_at, (found.entry,))

    def _hold_withheld(self, step: model.Expect, found: Message) -> None:
        """Blame the stand for an answer that the case wanted kept back and that was given."""
        kept = {(each.place, each.entry) for each in self.evidence.withheld}
        if (self.place(step), found.entry) not in kept:
            number = name_of(found.entry)
            raise StandBroken(f"Узел ответил на запись {number}, хотя не должен был.")

    def absent(self, step: model.Expect) -> StepResult:
        deadline = self.opened + step.within
        found = self._first(step)
        if found is not None:
            return _failed(
                step.id,
                _awaited(step),
                f"{_named(step)} не должно приходить",
                f"получено: запись {name_of(found.entry)}",
                (found.entry,),
            )
        if self.now < deadline:
            wait = Wait(Mover.NOBODY, f"следим, что {_named(step)} не придёт", deadline)
            return StepResult(step.id, Verdict.WAIT, None, _awaited(step), wait=wait)
        row = Checked(
            Verdict.PASS,
            "absent",
            f"{_named(step)} не должно приходить",
            "не приходило",
            self.case.verifies,
        )
        return StepResult(step.id, Verdict.PASS, deadline, _awaited(step), (row,))

    def _first(self, step: model.Expect) -> Message | None:
        """Return the earliest message that is meant; raise StandBroken at damage before it."""
        deadline = min(self.opened + step.within, self.now)
        candidates = sorted(
            (m for m in self.evidence.messages if self._may_be_meant(m, step, deadline)),
            key=lambda message: (message.received_at, message.entry),
        )
        for message in candidates:
            if message.damage is not None:
                raise StandBroken(
                    f"Запись журнала {name_of(message.entry)} не читается: {message.damage}."
                )
            if step.match is None or self._matches(message, step.match):
                return message
        return None

    def _may_be_meant(self, message: Message, step: model.Expect, deadline: datetime) -> bool:
        sender = message.sender
        known = sender == self.evidence.participant
        damaged = message.damage is not None and sender is None
        return (
            (known or damaged or (step.unidentified and sender is None))
            and self.since <= message.received_at < deadline
            and message.entry not in self.taken
            and self.scope.suite.is_about(message.service)
            and (
                step.operation in {"*", message.operation}
                or (message.damage is not None and message.operation is None)
            )
        )

    def _matches(self, message: Message, match: model.Match) -> bool:
        if match.fault is not None and match.fault != (message.code or "none"):
            return False
        if match.answered is not None and not self._is_answered(message, match.answered):
            return False
        if match.path is None or match.equals is None:
            return True
        request = Document("сообщение", message.request, ours=False, believed=False)
        try:
            wanted = self.scope.text(match.equals)
            nodes = request.find(match.path.compiled, self.scope.variables)
        except (NotXml, Missing):
            return False
        return any(text_of(node) == wanted for node in nodes)

    def _is_answered(self, message: Message, path: model.Path) -> bool:
        if message.reply is None:
            return False
        reply = Document("ответ", message.reply, ours=True, believed=False)
        return bool(reply.find(path.compiled, self.scope.variables))

    # Our own move.

    def call(self, step: model.Call) -> StepResult:
        place, text = self.place(step), f"Вызываем {step.operation} у участника"
        calls = sorted(
            (c for c in self.evidence.calls if c.place == place and c.sent_at <= self.now),
            key=lambda call: call.sent_at,
        )
        if not calls:
            return self._stand_moves(step, f"вызвать {step.operation} у участника")
        made = calls[0]
        if made.ours:
            raise StandBroken(f"Вызов не состоялся по вине стенда: {made.trouble}.")
        if made.trouble is not None or made.answered_at is None:
            trouble = made.trouble or "ответа нет"
            return _failed(step.id, text, f"ответ на {step.operation}", trouble)
        met = _call(step, made, made.answered_at)
        self.scope.met[step.id] = met
        subject = Subject(met.reply, met.http_status, made.signature)
        told = self._told(step, text, subject, made.answered_at, ())
        # What the call has set going may reach us before its answer does, and even before a call
        # that had to be made again because the record of the first one was lost.
        return replace(told, since=self.since)

    def document(self, step: model.Check) -> StepResult:
        reference = build.document_of(step.what)
        met = self.scope.met.get(reference.head)
        if met is None:
            raise StandBroken(f"Документа {step.what} нет.")
        document = met.request if reference.part == "request" else met.reply
        subject = Subject(document, met.http_status)
        return self._told(step, f"Проверяем {document.name}", subject, self.opened, ())

    def state(self, step: model.Check) -> StepResult:
        """Take the first answer that satisfies; without a window, the first answer."""
        place, text = self.place(step), f"Проверяем состояние узла: {step.what}"
        deadline = self.opened + step.within if step.within else None
        answers = sorted(
            (
                answer
                for answer in self.evidence.answers
                if answer.place == place
                and self.opened <= answer.at <= self.now
                and (deadline is None or answer.at <= deadline)
            ),
            key=lambda answer: (answer.at, answer.trouble is None, len(answer.rows)),
        )
        last = None
        for answer in answers:
            last = self._answered(step, text, answer)
            if last.done_at is not None or deadline is None:
                return last
        if last is not None and deadline is not None and self.now >= deadline:
            return last
        return self._stand_moves(step, f"узнать {step.what}", deadline)

    def _answered(self, step: model.Check, text: str, answer: HubAnswer) -> StepResult:
        if answer.trouble is not None:
            raise StandBroken(f"Узел не сказал {step.what}: {answer.trouble}.")
        return self._told(step, text, Subject(None, rows=len(answer.rows)), answer.at, ())

    def _stand_moves(
        self, step: model.Step, text: str, until: datetime | None = None
    ) -> StepResult:
        where = getattr(step, "where", {})
        wanted = Wanted(
            self.place(step),
            step,
            tuple((name, self.scope.text(operand)) for name, operand in where.items()),
        )
        wait = Wait(Mover.STAND, text, until)
        return StepResult(step.id, Verdict.WAIT, None, text, wait=wait, wanted=wanted)

    def _told(
        self,
        step: model.Expect | model.Call | model.Check,
        text: str,
        subject: Subject,
        at: datetime,
        entries: tuple[int, ...],
    ) -> StepResult:
        checked = tuple(self._checked(step.assertions, subject))
        verdict = fold(row.verdict for row in checked) if checked else Verdict.PASS
        goes_on = verdict in {Verdict.PASS, Verdict.WARN}
        return StepResult(step.id, verdict, at if goes_on else None, text, checked, entries)

    def _checked(self, rules: Iterable[model.Assertion], subject: Subject) -> Iterable[Checked]:
        for assertion in rules:
            yield from assertions.check(
                assertion, subject, self.scope, self.catalog, self.case.verifies
            )


def _is_ours(message: Message) -> bool:
    """Tell whether the reply says that the hub itself could not."""
    return message.code in _STAND_CODES and message.http_status != _TOO_MANY_REQUESTS


def _exchange(message: Message) -> Met:
    number = name_of(message.entry)
    return Met(
        message.received_at,
        Document(f"запрос {number}", message.request, ours=False),
        Document(f"ответ {number}", message.reply, ours=True),
        message.http_status,
    )


def _call(step: model.Call, made: OwnCall, answered_at: datetime) -> Met:
    return Met(
        answered_at,
        Document(f"наш запрос {step.operation}", made.request, ours=True),
        Document(f"ответ участника на {step.operation}", made.reply, ours=False),
        made.http_status,
    )


def _about(step: model.Step) -> str:
    return step.text if isinstance(step, model.Ask) else f"Шаг {step.id}"


def _named(step: model.Expect) -> str:
    return "любое сообщение" if step.operation == "*" else step.operation


def _awaited(step: model.Expect) -> str:
    return f"{'Не ждём' if step.absent else 'Ждём'} {_named(step)}"


def _expectation(step: model.Expect) -> str:
    return f"{_named(step)} в течение {step.within}"


def _failed(
    step_id: str, text: str, expected: str, received: str, entries: tuple[int, ...] = ()
) -> StepResult:
    row = Checked(Verdict.FAIL, "arrival", expected, received, ())
    return StepResult(
        step_id, Verdict.FAIL, None, text, (row,), entries, reason=f"{expected}: {received}"
    )
