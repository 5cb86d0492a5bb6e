"""`hub conform`: a participant tests his own system against a hub, near or far (GW-11).

Everything goes by the REST twin with the participant's own credentials, so what it shows is what
he may see. He is told what to do next; his client does it, by hand or by the command that he names.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from uuid import UUID, uuid4

import click

from gateway.bootstrap import Hub
from gateway.cli import conform_words as words
from gateway.cli.trials import Trials, TrialsRefused
from gateway.conformance.outcome import ExitCode
from gateway.conformance.service import messages
from gateway.conformance.service.messages import Mover, Verdict
from gateway.kernel.visible import visible

PASSWORD = "CONFORM_PASSWORD"  # noqa: S105 -- the name of a variable
REHEARSAL_VERSION = "репетиция"
POLL_SECONDS = 2.0
PREFLIGHT_SECONDS = 90.0
"""How long the hub may look at the setting: four looks over the net of 10 seconds and some."""
Line = tuple[str, int | None]
"""A line by its case and row."""


@click.command()
@click.argument("plan", metavar="ПЛАН")
@click.option("--base-url", help="Адрес узла; нет — этот узел.")
@click.option("--as", "who", required=True, help="Логин тестового контура либо роль из demo.json.")
@click.option("--system-version", help="Версия вашей системы: стоит в протоколе.")
@click.option("--endpoint-url", help="Где узел вызывает вашу систему.")
@click.option("--param", "params", multiple=True, metavar="ИМЯ=ЗНАЧЕНИЕ", help="Параметр плана.")
@click.option("--case", "onboarding", type=click.UUID, help="Дело о подключении.")
@click.option("--session", type=click.UUID, help="Продолжить начатый сеанс.")
@click.option("--rehearsal", is_flag=True, help="Репетиция: допуска из неё не бывает.")
@click.option("--run", "command", help="Команда вашей системы, исполняющая поручения.")
@click.option("--follow/--no-follow", default=True, help="Ждать, пока всё решится.")
@click.option("--patience", type=int, default=1900, help="Секунд ждать без перемен.")
@click.option("--finish", is_flag=True, help="Завершить сеанс, когда всё решено.")
@click.option("--files", type=click.Path(path_type=Path), help="Куда класть выданные файлы.")
@click.option("--junit", type=click.Path(path_type=Path), help="Записать отчёт JUnit.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Записать отчёт JSON.")
@click.pass_obj
def conform(
    hub: Hub,
    plan: str,
    base_url: str | None,
    who: str,
    system_version: str | None,
    endpoint_url: str | None,
    params: tuple[str, ...],
    onboarding: UUID | None,
    session: UUID | None,
    rehearsal: bool,  # noqa: FBT001 -- a flag of the command line
    command: str | None,
    follow: bool,  # noqa: FBT001 -- a flag of the command line
    patience: int,
    finish: bool,  # noqa: FBT001 -- a flag of the command line
    files: Path | None,
    junit: Path | None,
    json_file: Path | None,
) -> None:
    """Испытать свою систему по программе ПЛАН.

    Коды возврата: 0 — пройдено, 1 — не пройдено или не решено, 2 — настройка или предварительная
    проверка, 3 — сбой стенда.
    """
    if not rehearsal and session is None and not system_version:
        raise click.UsageError("Укажите --system-version или --rehearsal.")
    trials = _trials(hub, base_url or hub.settings.base_url, who)
    try:
        suite = trials.suite(plan)
        number = (
            str(session)
            if session
            else _started(
                trials,
                suite,
                system_version or REHEARSAL_VERSION,
                endpoint_url,
                params,
                onboarding,
                rehearsal=rehearsal,
            )
        )
        state = looked_at(trials, suite, number)
        click.echo(words.opening(suite, state))
        if words.stops(state):
            _report(trials, number, junit, json_file)
            raise SystemExit(int(ExitCode.SETTING))
        if follow and state.state is messages.SessionState.OPEN:
            home = files or Path(f"{suite.plan}-{number}")
            state = Follower(trials, suite, number, home, command, patience).follow(state)
        if finish and state.state is messages.SessionState.OPEN:
            click.echo(words.ended(trials.finish(number)))
        _report(trials, number, junit, json_file)
    except TrialsRefused as refusal:
        _stop(refusal)
    click.echo(words.summary(state))
    raise SystemExit(state.exit_code)


def _trials(hub: Hub, base_url: str, who: str) -> Trials:
    """Return the way to the hub: the password is that of the demo, of a variable, or is asked."""
    demo = _demo(hub.settings.home / "demo.json")
    for role, player in demo.items():
        if who in {role, player["code"], player["login"]}:
            return Trials(base_url, player["login"], player["password"])
    password = os.environ.get(PASSWORD) or click.prompt(f"Пароль {who}", hide_input=True)
    return Trials(base_url, who, password)


def _demo(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    participants: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))["participants"]
    return participants


def _started(
    trials: Trials,
    suite: messages.SuiteType,
    system_version: str,
    endpoint_url: str | None,
    params: tuple[str, ...],
    onboarding: UUID | None,
    *,
    rehearsal: bool,
) -> str:
    """Begin a session; return its number."""
    request = {
        "sessionRequestId": str(uuid4()),
        "caseId": None if onboarding is None else str(onboarding),
        "suiteCode": suite.suite_code,
        "contour": suite.contour.value,
        "endpointUrl": endpoint_url,
        "systemVersion": system_version,
        "rehearsal": rehearsal,
        "parameter": [_param(text) for text in params],
    }
    return trials.start(request).session_id


def _param(text: str) -> dict[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--param {text}: нужно ИМЯ=ЗНАЧЕНИЕ.")
    return {"name": name, "value": value}


def looked_at(
    trials: Trials,
    suite: messages.SuiteType,
    session: str,
    pause: Callable[[float], None] = time.sleep,
) -> messages.GetSessionResponse:
    """Return how a session stands once the hub has looked at its setting, or is late with that."""
    waited = 0.0
    while True:
        state = trials.session(session)
        seen = {check.name for check in state.preflight}
        is_open = state.state is messages.SessionState.OPEN
        if not is_open or seen >= set(suite.preflight) or waited > PREFLIGHT_SECONDS:
            return state
        pause(POLL_SECONDS)
        waited += POLL_SECONDS


def _report(trials: Trials, session: str, junit: Path | None, json_file: Path | None) -> None:
    for path, kind in ((junit, "xml"), (json_file, "json")):
        if path is not None:
            path.write_bytes(trials.report(session, kind))


def _stop(refusal: TrialsRefused) -> NoReturn:
    click.echo(visible(str(refusal)), err=True)
    raise SystemExit(int(ExitCode.STAND if refusal.is_ours else ExitCode.SETTING))


@dataclass
class Follower:
    """Goes through the lines of a session until everything is decided."""

    trials: Trials
    suite: messages.SuiteType
    session: str
    files: Path
    command: str | None
    patience: int
    pause: Callable[[float], None] = time.sleep
    told: dict[Line, object] = field(default_factory=dict)
    """What was said last of each line."""
    asked: set[tuple[str, int | None, int, str]] = field(default_factory=set)
    """Orders that were given already: line, attempt, step."""

    def follow(self, state: messages.GetSessionResponse) -> messages.GetSessionResponse:
        """Watch until nothing is left to wait for, or nothing changes for too long."""
        lines = {(line.case_code, line.row): line for line in state.result}
        still = 0.0
        while True:
            moved = [line for line in lines.values() if self._tell(line)]
            begun = self._begin_next(lines)
            if begun is not None:
                lines[begun.case_code, begun.row] = begun
            still = 0.0 if moved or begun else still + POLL_SECONDS
            if begun is None and (_is_over(lines) or still > self.patience):
                return self.trials.session(self.session)
            if begun is None:
                self.pause(POLL_SECONDS)
            state = self.trials.session(self.session, state.seq)
            lines |= {(line.case_code, line.row): line for line in state.result}
            if state.state is not messages.SessionState.OPEN:
                return self.trials.session(self.session)

    def _begin_next(self, lines: Mapping[Line, messages.ResultType]) -> messages.ResultType | None:
        """Begin the first line that was not tried, once nobody has to act for another one."""
        if any(map(_is_acted_on, lines.values())):
            return None
        fresh = (line for line in lines.values() if line.attempt == 0 and line.wait is not None)
        line = next(fresh, None)
        return None if line is None else self.trials.begin(self.session, line)

    def _tell(self, line: messages.ResultType) -> bool:
        """Say what is new about a line and give out its orders; tell whether there was anything."""
        now = (line.attempt, line.verdict, len(line.step), line.wait and line.wait.text)
        key = (line.case_code, line.row)
        if line.attempt == 0 or self.told.get(key) == now:
            return False
        self.told[key] = now
        click.echo(words.line(line))
        for step in line.step:
            self._order(line, step)
        return True

    def _order(self, line: messages.ResultType, step: messages.StepResultType) -> None:
        """Tell the participant what a step asks of him, or have his command do it."""
        place = (line.case_code, line.row, line.attempt, step.step_id)
        if place in self.asked or not self._is_order(line, step):
            return
        self.asked.add(place)
        file = self._file(line, step)
        click.echo(words.order(step, file))
        if self.command is None:
            return
        shown = self.files / f"{words.name(line).replace('/', '-')}-{step.step_id}.evidence"
        environment = {
            "TRIAL_SESSION": self.session,
            "TRIAL_LINE": words.name(line),
            "TRIAL_STEP": step.step_id,
            "TRIAL_TEXT": step.text,
            "TRIAL_FILE": "" if file is None else str(file.absolute()),
            "TRIAL_EVIDENCE": str(shown.absolute()),
            **{f"TRIAL_DATA_{given.name.upper()}": given.value for given in self._data()},
        }
        self.files.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S602 -- the participant's own command, as he wrote it
            self.command, shell=True, check=False, env={**os.environ, **environment}
        )
        if done.returncode:
            click.echo(f"    команда закончилась с кодом {done.returncode}")
        if step.evidence is not None and shown.is_file():
            self.trials.show(self.session, line, step.step_id, shown.read_bytes())

    def _data(self) -> list[messages.ValueType]:
        return self.trials.session(self.session).test_data

    def _is_order(self, line: messages.ResultType, step: messages.StepResultType) -> bool:
        case = next(case for case in self.suite.case if case.case_code == line.case_code)
        known = next(known for known in case.step if known.step_id == step.step_id)
        return known.mover is Mover.PARTICIPANT

    def _file(self, line: messages.ResultType, step: messages.StepResultType) -> Path | None:
        if step.attachment is None:
            return None
        self.files.mkdir(parents=True, exist_ok=True)
        prefix = f"{words.name(line).replace('/', '-')}-{line.attempt}-"
        path = self.files / f"{prefix}{Path(step.attachment).name}"
        path.write_bytes(self.trials.attachment(self.session, line, step.step_id))
        return path


def _is_acted_on(line: messages.ResultType) -> bool:
    """Tell whether the participant or the stand is at it; evidence may come later."""
    wait = line.wait
    return (
        line.attempt > 0
        and wait is not None
        and (
            wait.mover is Mover.STAND
            or (wait.mover is Mover.PARTICIPANT and wait.until is not None)
        )
    )


def _is_over(lines: Mapping[Line, messages.ResultType]) -> bool:
    """Tell whether nothing is waited for but what a person has to bring or look at."""
    waiting = (line for line in lines.values() if line.verdict is Verdict.WAIT)
    return all(
        line.wait is None or (line.wait.mover is Mover.PARTICIPANT and line.wait.until is None)
        for line in waiting
    )
