"""Both sides of an application played by the emulators, set up as an operator sets them up."""

import queue
import re
import signal
import subprocess
import threading
from contextlib import ExitStack, contextmanager

import pytest
from hub_process import HUB, HubProcess

WITHIN_SECONDS = 60
SCHEMA = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test:form">'
    '<xs:element name="Form" type="xs:string"/></xs:schema>'
)
FORM = '<Form xmlns="urn:test:form">Вопрос</Form>'
NETWORK = ("--contour", "test", "--network", "internet")

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


class Emulated:
    """An emulator as a process; what it says is read as it comes."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        self.url = re.search(r"http\S+/1\.0", self._lines.get(timeout=WITHIN_SECONDS))[0]

    def _read(self, process: subprocess.Popen) -> None:
        for line in process.stdout:
            self._lines.put(line)

    def hear(self, what: str, times: int) -> None:
        """Wait until it has said something so often."""
        while times:
            times -= what in self._lines.get(timeout=WITHIN_SECONDS)


@contextmanager
def emulator(hub: HubProcess, name: str, role: str, *options: str):
    """Start an emulator that calls the hub as one of the demo participants."""
    who = hub.seeded.people.by_role[role]
    arguments = ["emulator", name, "--port", "0", "--hub", hub.base_url]
    arguments += ["--code", who.code, "--login", who.login, *options]
    environment = {
        **hub.environment, "EMULATOR_PASSWORD": who.password, "PYTHONUNBUFFERED": "1"
    }  # fmt: skip
    with subprocess.Popen(
        [*HUB, *arguments], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Emulated(process)
        finally:
            process.send_signal(signal.SIGTERM)


def run(hub: HubProcess, *words: str) -> None:
    done = hub.run(*words)
    assert done.exit_code == 0, done.output


def test_an_application_goes_to_its_department_and_its_events_come_back(running_hub, tmp_path):
    hub = running_hub
    schema, form = tmp_path / "form.xsd", tmp_path / "form.xml"
    schema.write_text(SCHEMA)
    form.write_text(FORM)
    run(hub, "service", "add", "SRV-1", "--title", "Услуга", "--department", "DEPT72001")
    run(hub, "service", "form", "SRV-1", "1.0", str(schema))
    run(hub, "service", "open", "SRV-1", "--route", "endpoint", "--basis", "Проверка")
    options = ("--submit", "SRV-1", "--form", str(form), "--count", "2")
    with ExitStack() as stack:
        department = stack.enter_context(
            emulator(hub, "department", "department", "--course", "7,3")
        )
        run(hub, "endpoint", "set", "DEPT72001", "portal/application", department.url, *NETWORK)
        # The portal that names its address is the one that submits: it is started twice.
        portal = stack.enter_context(emulator(hub, "portal", "portal"))
        run(hub, "endpoint", "set", "PORTAL72001", "portal/event-sink", portal.url, *NETWORK)
        submitting = stack.enter_context(emulator(hub, "portal", "portal", *options))
        submitting.hear("принято, номер узла", 2)
        department.hear("SubmitApplication: good, HTTP 200", 2)
        portal.hear("DeliverEvent: good, HTTP 200", 2 * len((1, 2, 6, 7, 3)))
