"""A good bank that passes whole suites in a moment: the hub's clock and its own are the test's.

The hub runs no jobs by itself here (`hub_thread.serving`): whenever the bank waits, they are done.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import bank
import pki
import pytest
import trial
from hub_process import READY_WITHIN_SECONDS
from lxml import etree

from gateway.bootstrap import ContourJobs, Hub
from gateway.kernel.message import Contour


@dataclass
class Passing:
    """Leads a good bank through sessions that it has begun."""

    hub: Hub
    clock: Any
    bank: bank.Bank
    folder: Path

    @classmethod
    def of(
        cls,
        hub: Hub,
        clock: Any,
        leaf: pki.Leaf,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> "Passing":
        """Make the bank's program; it is told later who it is (`is_known`)."""
        key, certificate = folder / "bank.key", folder / "bank.pem"
        key.write_bytes(leaf.key_pem)
        certificate.write_bytes(leaf.pem)
        monkeypatch.setattr(bank, "datetime", _moved(clock))
        monkeypatch.setattr(bank, "time", SimpleNamespace(
            monotonic=time.monotonic, sleep=lambda _: _do_jobs(hub, clock)
        ))  # fmt: skip
        monkeypatch.setattr(trial, "now", clock)
        arguments = argparse.Namespace(
            url=hub.settings.base_url, key=key, certificate=certificate, manners="good"
        )
        return cls(hub, clock, bank.Bank(arguments), folder)

    def is_known(self, code: str, login: str, password: str, organizer: str) -> None:
        """Tell the program who it is, and to whom its clients pay."""
        told = {"code": code, "login": login, "password": password, "organizer": organizer}
        vars(self.bank.arguments).update(told)

    def go_through(self, suite: str, session_id: UUID) -> None:
        """Do what every line asks for, let the windows end, let a tester confirm what is shown."""
        session = trial.Trial(self.hub, self.hub.sessions, session_id, self.folder)
        service = self.hub.catalog.contract(self.hub.sessions.suites.named(suite).format)
        self.bank.send(etree.Element(f"{{{service.namespace}}}PingRequest"))
        self.clock.advance(seconds=1)
        self._look_at_the_setting(session_id)
        for line in session.lines():
            self.clock.advance(seconds=1)
            self.bank.act(session.attempt(line))
            self.clock.advance(seconds=1)
            _do_jobs(self.hub, self.clock)
        session.let_time_pass()
        session.confirm_all()
        self.clock.advance(minutes=12)

    def _look_at_the_setting(self, session_id: UUID) -> None:
        """Check until the ping is journaled, by which the clocks are compared."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while red := [
            check
            for check in self.hub.stand.preflight(Contour.TEST, session_id)
            if not check.is_green
        ]:
            assert time.monotonic() < deadline, red
            self.clock.advance(seconds=1)
            time.sleep(0.05)


def _moved(clock: Callable[[], datetime]) -> type[datetime]:
    """Return a `datetime` whose now is the test's; each look takes a second."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz=None):
            clock.advance(seconds=1)
            return clock().astimezone(tz)

    return Moved


def _do_jobs(hub: Hub, clock: Callable[[], datetime]) -> None:
    context = ContourJobs(hub, Contour.TEST)
    for job in hub.jobs:
        if job.cron is None:
            while job.run(context, clock()):
                pass
