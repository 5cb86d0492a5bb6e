"""A trial from outside: a hub as a process, a session, a participant as a program, a tester.

The stand's moves are made at the desk of the hub's own databases. Windows of minutes in which
nothing may come are not slept through: the moment of judging is an argument.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from hub_process import HubProcess

from gateway import bootstrap
from gateway.bootstrap import ContourJobs, Hub
from gateway.conformance.calls.rounds import Rounds
from gateway.conformance.language.suite import shipped
from gateway.conformance.sessions import Decision, NewSession, SessionDesk, Suites
from gateway.conformance.sessions.errors import NothingToHandOut
from gateway.conformance.sessions.gathering import Judged
from gateway.conformance.sessions.withholding import LOOK_EVERY
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.storage.database import is_race

HERE = Path(__file__).parent
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture of the test"
NOW = timedelta()
WINDOWS_END = timedelta(minutes=11)
"""Later than any window that these plans leave open."""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Program:
    """A participant's program: orders go in, words come out."""

    process: subprocess.Popen

    def hear(self) -> str:
        line = self.process.stdout.readline()
        assert line, self.process.wait(10)
        return line.strip()

    def order(self, **what: object) -> int:
        """Have it do something; return how many messages it has sent so far."""
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        done, messages = self.hear().split()
        assert done == "done"
        return int(messages)


@contextmanager
def program(name: str, *arguments: str) -> Iterator[Program]:
    process = subprocess.Popen(
        [sys.executable, str(HERE / f"{name}.py"), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Program(process)
    finally:
        process.stdin.close()
        process.terminate()
        process.wait(10)
        process.stdout.close()


@dataclass
class Trial:
    """One session of one participant."""

    hub: Hub
    desk: SessionDesk
    session_id: UUID
    folder: Path
    jobs: ContourJobs = field(init=False)

    def __post_init__(self) -> None:
        self.jobs = ContourJobs(self.hub, Contour.TEST)

    @classmethod
    def begin(
        cls, process: HubProcess, plan: str, participant: str, folder: Path, url: str | None = None
    ) -> "Trial":
        hub = bootstrap.assemble(load(process.environment))
        suites = Suites(
            hub.catalog, {**shipped(), "department-intake": HERE / "suites" / "department-intake"}
        )
        given = [adapter.test_data for adapter in hub.adapters if adapter.test_data is not None]
        desk = SessionDesk(
            suites,
            given,
            hub.directory.participant,
            uuid4,
            lambda most: most - 1,
            hub.calendar,
            hub.ledger,
        )
        vars(hub)["sessions"] = desk  # the hub's parts work with the suite of the tests, too
        new = NewSession(
            request_id=uuid4(),
            participant=participant,
            suite=plan,
            onboarding_case=None,
            contour=Contour.TEST,
            endpoint_url=url,
            system_version="1.0",
        )
        with hub.databases[Contour.TEST].writing() as transaction:
            session = desk.start(transaction, new, now())
        return cls(hub, desk, session.id, folder)

    def is_seen_by(self, process: HubProcess) -> None:
        """Let the time pass in which a hub learns of sessions that another process began."""
        seen_at = now() + LOOK_EVERY
        process.wait_until(lambda: now() > seen_at)

    def attempt(self, line: str) -> dict:
        """Begin an attempt; return the order that its engineer would read from the plan."""
        with self.jobs.begin() as work:
            session = self.desk.find(work.database, self.session_id)
            self.desk.new_attempt(work.database, session, line, now())
            try:
                file = self.desk.hand_out(work.database, session, line, now())
            except NothingToHandOut:
                file = None
            judged = self.desk.evidence(work.database, session, now())
        values = {**session.params, **judged.line(line).attempts[-1].attempt.values}
        order = {"case": line.partition("/")[0], "values": values}
        if file is not None:
            path = self.folder / f"{line.replace('/', '-')}-{file.name}"
            path.write_bytes(file.content)
            order["file"] = str(path)
        return order

    def lines(self) -> list[str]:
        return [line.name for line in self.judged().judgement.lines]

    def advance(self, later: timedelta = NOW) -> None:
        """Let the stand make its moves at the desk; the hub itself may be making them as well."""
        while True:
            try:
                with self.jobs.begin() as work:
                    session = self.desk.find(work.database, self.session_id)
                    self.desk.advance(work.database, session, now() + later)
            except Exception as error:
                if not is_race(error):
                    raise
            else:
                return

    def call_all(self, rounds: Rounds | None = None) -> None:
        """Let the stand make its calls, one by one."""
        rounds = rounds or self.hub.stand.rounds
        while rounds.run(self.jobs, now()):
            pass

    def judged(self, later: timedelta = NOW) -> Judged:
        with self.jobs.read() as work:
            session = self.desk.find(work.database, self.session_id)
            return self.desk.evidence(work.database, session, now() + later)

    def verdicts(self, later: timedelta = WINDOWS_END) -> dict[str, str]:
        return {line.name: line.verdict.value for line in self.judged(later).judgement.lines}

    def let_time_pass(self) -> None:
        """Go to where all windows have ended, and bring what is then asked for."""
        self.advance(WINDOWS_END)
        for review in self._asked_for():
            with self.jobs.begin() as work:
                session = self.desk.find(work.database, self.session_id)
                self.desk.provide(
                    work.database, session, *review, PICTURE, "Испытуемый", now() + WINDOWS_END
                )
        self.advance(WINDOWS_END)

    def confirm_all(self, tester: str = "Испытатель И. И.") -> None:
        for line in self.judged(WINDOWS_END).judgement.lines:
            for step in line.steps:
                if step.verdict.value == "REVIEW" and step.decision is None:
                    with self.jobs.begin() as work:
                        session = self.desk.find(work.database, self.session_id)
                        self.desk.decide(
                            work.database,
                            session,
                            line.name,
                            step.id,
                            Decision(tester, accepted=True, reason="Видно на снимке"),
                            now() + WINDOWS_END,
                        )

    def _asked_for(self) -> list[tuple[str, str]]:
        return [
            (line.name, step.id)
            for line in self.judged(WINDOWS_END).judgement.lines
            for step in line.steps
            if step.wait is not None and step.wait.text.startswith("приложите")
        ]

    def close(self) -> None:
        self.hub.close()
