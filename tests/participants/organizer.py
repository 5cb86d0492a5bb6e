"""An organizer's program under test: a kitchen's accounting as it is written by the package alone.

    python organizer.py --url http://127.0.0.1:8080 --login L --password P --code ORG72001
                        --manners good

It knows the published WSDL and nothing of the hub: zeep, SOAP 1.1, menus as a zip in base64. One
order a line on its input, as JSON: `{"case": "OM-02", "file": "dishes.xml", "values": {...}}`; when
the engineer is through, it prints `done` and how many messages were sent. Its manners:

- `good` does what the format says;
- `strays` has one school in its settings, and it is somebody else's;
- `rewrites` has its calendar a week behind: what it hands in is for a day that is frozen.
"""

import argparse
import hashlib
import json
import sys
import time
import uuid
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

import requests
import zeep
from lxml import etree
from lxml.builder import ElementMaker

HUB = "urn://x-artefacts-citto-72/hub/1.0"
MENU = "urn://x-artefacts-citto-72/meals/menu-import/1.0"
PROCESSED_WITHIN_SECONDS = 60
FILES = {
    "ImportDishes": ("DishesFile", "dish"),
    "ImportComplexes": ("ComplexesFile", "complex"),
    "ImportAdditionalMenu": ("AdditionalMenuFile", "item"),
}
"""How the root of a file is called, and its rows."""

hub = ElementMaker(namespace=HUB, nsmap={"hub": HUB})


class Organizer:
    """The program with its memory: what was sent, and what came back."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.session = requests.Session()
        self.session.auth = (arguments.login, arguments.password)
        self.sent: dict[str, dict] = {}
        self.school = ""
        self.messages = 0

    # Messages.

    @cached_property
    def menu(self) -> zeep.Client:
        return self.client("menu-import")

    @cached_property
    def exchange(self) -> zeep.Client:
        return self.client("organizer")

    def client(self, service: str) -> zeep.Client:
        address = f"{self.arguments.url}/test/ws/meals/{service}/1.0?wsdl"
        return zeep.Client(address, transport=zeep.Transport(session=self.session))

    def call(self, client: zeep.Client, operation: str, **values: object) -> object:
        """Send; return the reply, or None for a fault that the program has shown to its user."""
        self.messages += 1
        header = hub.MessageHeader(
            hub.messageId(str(uuid.uuid4())),
            hub.sender(self.arguments.code),
            hub.timestamp(datetime.now(UTC).isoformat(timespec="milliseconds")),
            hub.contour("TEST"),
            hub.formatVersion("1.0"),
        )
        try:
            return client.service[operation](**values, _soapheaders=[header]).body
        except zeep.exceptions.Fault as fault:
            print(fault.message, file=sys.stderr)
            return None

    # What the engineer does, case by case.

    def act(self, order: dict) -> None:
        file, values = order.get("file"), order.get("values", {})
        payload = None if file is None else etree.fromstring(Path(file).read_bytes())
        ROUTINES[order["case"]](self, payload, values)

    def ask_directories(self, payload: etree._Element, _: dict) -> None:
        self.call(self.menu, "GetDirectories", **plain(payload))

    def hand_in(self, payload: etree._Element, values: dict) -> None:
        """Hand a package in as a zip and ask until it is processed."""
        self.set_right(payload, values)
        operation = etree.QName(payload).localname.removesuffix("Request")
        root, row = FILES[operation]
        package = plain(payload)
        del package[row]
        package["file"] = zipped(root, payload.findall(f"{{{MENU}}}{row}"))
        self.sent[operation] = package
        self.wait_for(self.call(self.menu, operation, **package))

    def hand_in_rows(self, payload: etree._Element, values: dict) -> None:
        """Hand the same in within the message, as its file says."""
        self.set_right(payload, values)
        operation = etree.QName(payload).localname.removesuffix("Request")
        self.wait_for(self.call(self.menu, operation, **plain(payload)))

    def hand_in_again(self, *_: object) -> None:
        self.call(self.menu, "ImportDishes", **self.sent["ImportDishes"])

    def publish(self, day: str) -> None:
        self.call(
            self.menu,
            "PublishMenu",
            publicationId=str(uuid.uuid4()),
            period={"from": day, "to": day},
            schoolCode=[self.school],
        )

    def set_right(self, payload: etree._Element, values: dict) -> None:
        """Put in what stands in the settings of a program with bad manners."""
        self.school = values["school"]
        if self.arguments.manners == "strays":
            self.school = values["other_school"]
            for code in payload.iterfind(f".//{{{MENU}}}schoolCode/{{{MENU}}}code"):
                code.text = self.school
        if self.arguments.manners == "rewrites":
            for day in payload.iterfind(f".//{{{MENU}}}date"):
                day.text = values["frozen_day"]

    def wait_for(self, receipt: object) -> None:
        """Ask for the result until the package is processed."""
        deadline = time.monotonic() + PROCESSED_WITHIN_SECONDS
        while receipt is not None:
            result = self.call(self.menu, "GetImportResult", importId=receipt.importId)
            if result.processedAt is not None:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(receipt.importId)
            time.sleep(0.05)

    # Reading.

    def read(self, payload: etree._Element, values: dict) -> object:
        asked = plain(payload)
        if self.arguments.manners == "strays" and "schoolCode" in asked:
            asked["schoolCode"] = values["other_school"]
        operation = etree.QName(payload).localname.removesuffix("Request")
        return self.call(self.exchange, operation, **asked)

    def read_changes(self, payload: etree._Element, values: dict) -> None:
        first = self.read(payload, values)
        self.call(self.exchange, "GetOrderChanges", cursor=first.cursor, limit=100)

    def read_registry(self, payload: etree._Element, values: dict) -> None:
        for registry in self.read(payload, values).registry:
            self.call(self.exchange, "GetPaymentRegistry", hubRegistryId=registry.hubRegistryId)

    def read_by_account(self, payload: etree._Element, values: dict) -> None:
        self.read(payload, values)
        strays = self.arguments.manners == "strays"
        school = {"schoolCode": values["other_school" if strays else "school"]}
        today = values["today"]
        self.call(self.exchange, "GetClassRequests", date=today, detail="ACCOUNT", **school)
        self.call(self.exchange, "GetBalances", level="ACCOUNT", **school)

    def ping(self, *_: object) -> None:
        self.call(self.menu, "Ping")
        self.call(self.exchange, "Ping")


Routine = Callable[[Organizer, etree._Element | None, dict], None]


def publishing(day: str, hands_in: Routine | None = None) -> Routine:
    """Make a routine that publishes a day of the session, after its package if there is one."""

    def routine(organizer: Organizer, payload: etree._Element | None, values: dict) -> None:
        if hands_in is not None:
            hands_in(organizer, payload, values)
        organizer.publish(values[day])

    return routine


def plain(element: etree._Element) -> dict:
    """Return the children of an element by their names, repeated ones as lists."""
    found: dict = {}
    for child in element:
        name = etree.QName(child).localname
        value = plain(child) if len(child) else child.text
        if name in found:
            before = found[name]
            found[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            found[name] = value
    return found


def zipped(root: str, rows: list[etree._Element]) -> dict:
    """Return rows as a file in a zip, the way that accounting programs unload them."""
    document = etree.Element(f"{{{MENU}}}{root}", nsmap={None: MENU})
    document.extend(rows)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        name = zipfile.ZipInfo(f"{root}.xml")
        archive.writestr(name, etree.tostring(document, xml_declaration=True, encoding="UTF-8"))
    octets = packed.getvalue()
    return {
        "fileId": str(uuid.uuid4()),
        "fileName": f"{root}.zip",
        "mimeType": "application/zip",
        "size": len(octets),
        "hash": hashlib.sha256(octets).digest(),
        "hashAlg": "SHA-256",
        "content": octets,
    }


ROUTINES: dict[str, Routine] = {
    "ping": Organizer.ping,
    "OM-01": Organizer.ask_directories,
    "OM-02": Organizer.hand_in,
    "OM-03": Organizer.hand_in,
    "OM-04": Organizer.hand_in,
    "OM-05": Organizer.hand_in_rows,
    "OM-06": Organizer.hand_in_rows,
    "OM-07": publishing("second_open_day", Organizer.hand_in),
    "OM-08": publishing("third_open_day", Organizer.hand_in),
    "OM-09": publishing("open_day"),
    "OM-10": Organizer.hand_in_again,
    "OM-11": publishing("frozen_day", Organizer.hand_in),
    "OM-12": Organizer.hand_in,
    **dict.fromkeys([f"OE-0{n}" for n in (1, 3, 4, 5, 6, 8, 9)], Organizer.read),
    "OE-02": Organizer.read_changes,
    "OE-07": Organizer.read_registry,
    "OE-10": Organizer.read_by_account,
}


def main() -> None:
    """Do what is ordered until the input ends."""
    parser = argparse.ArgumentParser()
    for name in ("url", "login", "password", "code"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--manners", choices=["good", "strays", "rewrites"], default="good")
    organizer = Organizer(parser.parse_args())
    for line in sys.stdin:
        organizer.act(json.loads(line))
        print(f"done {organizer.messages}", flush=True)


if __name__ == "__main__":
    main()
