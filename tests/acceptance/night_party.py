"""A counterpart of the bad night in a process of its own: it never fails by itself.

    python night_party.py department --url http://127.0.0.1:8080 --code DEPT72001
                          --login L --password P

`Party` is its handle in a test. The process prints its port, then answers each line of its input
with a line of JSON: `counts` or `report`.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from lxml import etree

from gateway.edge.emulators import Cast, Counterpart, event_sink, of_department
from gateway.edge.emulators.caller import Account
from gateway.edge.emulators.department import Department, Document, Step
from gateway.edge.emulators.frame import Kept
from gateway.edge.emulators.portal import Portal
from gateway.edge.emulators.server import EmulatorServer

PAUSE = timedelta(milliseconds=200)
HUB = "urn://x-artefacts-citto-72/hub/1.0"
RESULT = Document("result.txt", "Услуга оказана.\n".encode() * 50, "text/plain")
COURSES = (
    (Step(7), Step(3, "Готово", RESULT)),
    (Step(14, "Нужна справка"), Step(7), Step(4, "Отказано")),
    (Step(7), Step(15), Step(6), Step(3, document=RESULT)),
)
"""What a department tells after 6; three to five events an application."""


def course_of(order_id: int) -> tuple[Step, ...]:
    """Return the steps that an application takes in its department."""
    return COURSES[order_id % len(COURSES)]


def codes_of(order_id: int) -> list[int]:
    """Return the codes of the events that its department tells of an application."""
    return [6, *(step.tech_code for step in course_of(order_id))]


class Party:
    """The handle of a counterpart."""

    def __init__(self, kind: str, hub_url: str, code: str, login: str, password: str) -> None:
        account = {"--url": hub_url, "--code": code, "--login": login, "--password": password}
        options = [word for pair in account.items() for word in pair]
        self._command = [sys.executable, __file__, kind, *options]
        self._process: subprocess.Popen | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)

    def counts(self) -> Counter[str]:
        """Return its counts."""
        return Counter(self._ask("counts"))

    def report(self) -> dict[str, Any]:
        """Return everything that it keeps."""
        return self._ask("report")

    def _ask(self, what: str) -> Any:
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Wire:
    """What came over the wire: attempts, and whether a message was ever another one."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()

    def note(self, kept: Kept) -> None:
        message_id = etree.fromstring(kept.request).findtext(f".//{{{HUB}}}messageId")
        digest = hashlib.sha256(kept.request).hexdigest()
        with self._lock:
            known = self._digests.setdefault(message_id, digest)
            self.counts["attempts"] += 1
            self.counts["changed"] += known != digest
            self.counts["messages"] = len(self._digests)


def department(cast: Cast) -> tuple[Counterpart, dict[str, Any]]:
    """Return a department, and what is to be asked of it by the names of commands."""
    made, wire = Department(cast.clock, cast.identifiers, course=cast.course), Wire()
    counterpart = of_department(made, cast)
    counterpart.emulator.watch = wire.note
    teller = counterpart.client

    def counts() -> Mapping[str, int]:
        told = {f"event {what}": count for what, count in teller.counts.items()}
        ends = {"event refused": len(teller.refusals()), "idle": int(teller.is_idle)}
        return {**made.counts, **wire.counts, **told, **ends}

    def report() -> Mapping[str, Any]:
        return {
            "applications": {
                order_id: [state.tech_code for state in one.history]
                for order_id, one in made.everything().items()
            },
            "refusals": [
                [one.event.order_id, one.event.state.tech_code, one.why]
                for one in teller.refusals()
            ],
        }

    return counterpart, {"counts": counts, "report": report}


def portal(cast: Cast) -> tuple[Counterpart, dict[str, Any]]:
    """Return the portal and its commands."""
    made, wire = Portal(cast.clock), Wire()
    counterpart = Counterpart(event_sink.emulator(made))
    counterpart.emulator.watch = wire.note

    def report() -> Mapping[str, Any]:
        return {
            "events": {
                order_id: [[str(one.event_id), one.seq, one.tech_code] for one in events]
                for order_id, events in made.everything().items()
            },
            "complaints": [
                [one.what, one.order_id, str(one.event_id)] for one in made.complaints()
            ],
        }

    return counterpart, {"counts": lambda: {**made.counts, **wire.counts}, "report": report}


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["department", "portal"])
    for name in ("url", "code", "login", "password"):
        parser.add_argument(f"--{name}", required=True)
    given = parser.parse_args()
    account = Account(given.url, given.code, given.login, given.password)
    cast = Cast(lambda: datetime.now(UTC), uuid4, account, course_of, PAUSE)
    counterpart, commands = (department if given.kind == "department" else portal)(cast)
    server = EmulatorServer(counterpart.emulator)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    if counterpart.client is not None:
        counterpart.client.start()
    say(server.server_address[1])
    for line in sys.stdin:
        say(json.dumps(commands[line.strip()]()))
    server.stop()
    if counterpart.client is not None:
        counterpart.client.stop()


def say(told: object) -> None:
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
