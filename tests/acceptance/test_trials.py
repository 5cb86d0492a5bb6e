"""A bank under test while the hub is killed in every state of its session (issue: conformance)."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import requests
from hub_process import READY_WITHIN_SECONDS, HubProcess
from messages import envelope, new_id
from proofs import on

from gateway import bootstrap
from gateway.conformance.outcome import as_json
from gateway.conformance.sessions import NewSession, Session
from gateway.kernel.message import Contour
from gateway.kernel.settings import load


@dataclass
class Trial:
    """A bank's program, and the desk as another process of the hub has it."""

    process: HubProcess
    hub: bootstrap.Hub
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        new = NewSession(
            request_id=uuid4(),
            participant=self.process.seeded.people.bank.code,
            suite="SUITE-02",
            onboarding_case=None,
            contour=Contour.TEST,
            endpoint_url=None,
            system_version="7.1",
        )
        self.session = self.do("start", new, self.now())

    def now(self) -> datetime:
        return datetime.now(UTC)

    def do(self, name: str, *arguments, **more):
        with self.hub.databases[Contour.TEST].writing() as transaction:
            return getattr(self.hub.sessions, name)(transaction, *arguments, **more)

    def judged(self, now: datetime):
        with self.hub.databases[Contour.TEST].reading() as transaction:
            return self.hub.sessions.judged(transaction, self.session, now)

    def line(self, name: str, now: datetime | None = None):
        return next(line for line in self.judged(now or self.now()).lines if line.name == name)

    def wait_for(self, name: str, verdict: str) -> None:
        """Wait until the hub's own process has made its moves."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while (line := self.line(name)).verdict.value != verdict:
            assert time.monotonic() < deadline, (line.wait, line.reason, line.steps)
            time.sleep(0.1)

    def begin(self, line: str) -> bytes:
        """Begin an attempt and return the message with the prepared file."""
        self.do("new_attempt", self.session, line, self.now())
        content = self.do("hand_out", self.session, line, self.now()).content
        return envelope(content.decode().partition("?>")[2], new_id())

    def post(self, message: bytes) -> requests.Response:
        return self.process.post("payment-registry", message)

    def survives_a_kill(self) -> None:
        """Kill the hub, start it again; not a word of the judgement may have changed."""
        suite = self.hub.sessions.suites.plan(self.session.plan)
        now = self.now()
        before = as_json(suite, self.judged(now))
        self.process.kill()
        assert as_json(suite, self.judged(now)) == before
        self._starts_again_as_it_was(now)

    def survives_a_kill_at_work(self) -> None:
        """The same while the hub makes moves of its own: what it had done when killed stands."""
        self.process.kill()
        self._starts_again_as_it_was(self.now())

    def _starts_again_as_it_was(self, now: datetime) -> None:
        suite = self.hub.sessions.suites.plan(self.session.plan)
        dead = as_json(suite, self.judged(now))
        self.process.start()
        assert as_json(suite, self.judged(now)) == dead


@pytest.fixture
def trial(running_hub: HubProcess) -> Iterator[Trial]:
    hub = bootstrap.assemble(load(running_hub.environment))
    yield Trial(running_hub, hub)
    hub.close()


@on("postgresql")
def test_a_killed_hub_changes_no_verdict_and_no_wait(trial):
    trial.survives_a_kill()  # nothing was begun

    registry = trial.begin("BR-01")
    assert trial.line("BR-01").wait.mover.value == "участник"
    trial.survives_a_kill()  # the participant's move

    assert trial.post(registry).status_code == 200
    trial.survives_a_kill_at_work()  # answered; the lines are being booked, or are

    # Whoever was killed, the hub itself asks itself for the lines.
    trial.wait_for("BR-01", "PASS")
    trial.survives_a_kill()  # passed

    trial.do("new_attempt", trial.session, "BR-05", trial.now())
    body = registry[registry.index(b"<soap:Body>") : registry.index(b"</soap:Body>")]
    message = envelope(body.removeprefix(b"<soap:Body>").decode(), new_id())
    assert trial.post(message).status_code == 200
    trial.wait_for("BR-05", "PASS")

    wrong = trial.begin("BR-02/1")
    assert trial.post(wrong).status_code == 500
    assert trial.line("BR-02/1").wait.mover.value == "никто"
    trial.survives_a_kill()  # a window in which nothing may come

    assert trial.line("BR-02/1", trial.now() + timedelta(minutes=6)).wait.mover.value == "стенд"


@on("sqlite")
def test_a_message_that_a_kill_cut_off_is_repeated_and_counts_once(trial):
    registry = trial.begin("BR-04")
    sender = threading.Thread(target=_try, args=(trial, registry))
    sender.start()
    trial.process.kill()
    sender.join()
    trial.process.start()

    assert trial.post(registry).status_code == 200

    line = trial.line("BR-04")
    assert (line.verdict.value, len(line.steps[1].entries)) == ("PASS", 1)


def _try(trial: Trial, message: bytes) -> None:
    try:
        trial.post(message)
    except requests.ConnectionError:
        return
