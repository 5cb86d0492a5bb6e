"""A `Session`: a participant, a hub and a stand that leave evidence, as the real ones would."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from gateway.conformance import prepare
from gateway.conformance.evidence import (
    Decision,
    Evidence,
    HubAnswer,
    Message,
    OwnCall,
    Place,
    Preflight,
    Provided,
    Signature,
)
from gateway.conformance.judge import Judgement, judge
from gateway.conformance.language.template import Sources

HERE = Path(__file__).parent
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
REGISTRY = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"
HUB = "urn://x-artefacts-citto-72/hub/1.0"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def envelope(payload: str) -> bytes:
    return (
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>{payload}</soap:Body></soap:Envelope>'
    ).encode()


def registry(
    number: str = "r-1", amounts=("100.00", "200.10", "300.20"), total: str = "600.30"
) -> bytes:
    lines = "".join(
        f"<line><lineNo>{n}</lineNo><bankPaymentId>p-{n}</bankPaymentId>"
        f"<account>1000000008</account><amount>{amount}</amount>"
        "<paymentTime>2026-03-02T08:30:00+05:00</paymentTime><channel>ATM</channel>"
        "<status>PAID</status></line>\n"
        for n, amount in enumerate(amounts, 1)
    )
    return envelope(
        f'<SubmitRegistryRequest xmlns="{REGISTRY}"'
        ' xmlns:c="urn://x-artefacts-citto-72/common/1.0">'
        f"<registryId>{number}</registryId><registryNumber>15</registryNumber>"
        "<registryDate>2026-03-02</registryDate><organizerInn>7200000018</organizerInn>"
        "<period><c:from>2026-03-02T00:00:00+05:00</c:from>"
        "<c:to>2026-03-02T12:00:00+05:00</c:to></period><kind>ONLINE</kind>"
        f"<count>{len(amounts)}</count><totalAmount>{total}</totalAmount>\n{lines}"
        "</SubmitRegistryRequest>"
    )


def receipt(number: str = "r-1", hub_id: str = "h-1", state: str = "RECEIVED") -> bytes:
    return envelope(
        f'<SubmitRegistryResponse xmlns="{REGISTRY}"><registryId>{number}</registryId>'
        f"<hubRegistryId>{hub_id}</hubRegistryId><state>{state}</state>"
        "</SubmitRegistryResponse>"
    )


def fault(code: str) -> bytes:
    return envelope(
        f'<soap:Fault><detail><h:HubFault xmlns:h="{HUB}"><h:code>{code}</h:code>'
        "<h:retryable>false</h:retryable></h:HubFault></detail></soap:Fault>"
    )


def event(app_id: str, status: str, time: datetime) -> bytes:
    return envelope(
        f'<PutEvent xmlns="urn:test:events"><applicationId>{app_id}</applicationId>'
        f"<status>{status}</status><time>{time.isoformat()}</time></PutEvent>"
    )


class Session:
    """Evidence in the making; time goes on only when told."""

    def __init__(self, suite, catalog, **params: str) -> None:
        self.suite = suite
        self.catalog = catalog
        self.now = NOON
        self.entries = itertools.count(1)
        self.serials = itertools.count(1)
        self.evidence = Evidence(
            "BANK72001",
            "7.1",
            params={"account": "1000000008", **params},
            preflight=tuple(Preflight(name, NOON, green=True) for name in suite.preflight),
        )

    def later(self, **units: float) -> "Session":
        self.now += timedelta(**units)
        return self

    def _add(self, **more) -> None:
        changes = {name: (*getattr(self.evidence, name), value) for name, value in more.items()}
        self.evidence = replace(self.evidence, **changes)

    def sources(self) -> Sources:
        return Sources(self.now, lambda: UUID(int=next(self.serials)), lambda most: 0 * most)

    def begin(self, code: str, row: int = 0):
        case = self.suite.case(code)
        line = next(found for found in case.rows if found.number == row)
        attempt = prepare.begin(self.suite, case, line, self.evidence, self.sources())
        self._add(attempts=attempt)
        self.act()
        return attempt

    def act(self) -> None:
        """Do at once every move that the judge wants of the stand."""
        for line in self.judge().lines:
            for step in line.steps:
                wanted = step.wanted
                if wanted is not None and getattr(wanted.step, "attach", None):
                    self._add(
                        handed_out=prepare.hand_out(
                            self.suite,
                            wanted.place,
                            wanted.step.attach,
                            self.evidence,
                            self.sources(),
                        )
                    )

    def message(self, request: bytes | None, reply: bytes | None, **more) -> Message:
        values = {
            "entry": next(self.entries),
            "received_at": self.now,
            "sender": "BANK72001",
            "service": "meals/payment-registry/1.0",
            "operation": "SubmitRegistry",
            "request": request,
            "reply": reply,
            "http_status": 200,
            "signature": Signature.VALID,
        }
        message = Message(**{**values, **more})
        self._add(messages=message)
        self.later(seconds=1)  # evidence is whole up to a moment, not including it
        return message

    def refused(self, request: bytes | None, code: str, **more) -> Message:
        values = {"code": code, "http_status": 500}
        return self.message(request, fault(code), **{**values, **more})

    def answer(self, place: Place, rows: int, **more) -> None:
        self._add(answers=HubAnswer(place, self.now, ({"n": "1"},) * rows, **more))

    def called(self, place: Place, code: str = "0", **more) -> None:
        reply = envelope(f'<r xmlns="urn:test:events"><code>{code}</code></r>')
        values = {"answered_at": self.now, "request": b"<a/>", "http_status": 200, "reply": reply}
        self._add(calls=OwnCall(place, self.now, **{**values, **more}))

    def provide(self, place: Place) -> None:
        self._add(provided=Provided(place, self.now, "Испытуемый", "00"))

    def decide(self, place: Place, *, confirmed: bool) -> None:
        self._add(decisions=Decision(place, self.now, "Испытатель", confirmed, "видно"))

    def judge(self, **later: float) -> Judgement:
        return judge(self.suite, self.evidence, self.catalog, self.now + timedelta(**later))

    def line(self, name: str, **later: float):
        return next(line for line in self.judge(**later).lines if line.name == name)

    def verdict(self, name: str, **later: float) -> str:
        return self.line(name, **later).verdict.value

    # What participants of the design's table do.

    def good_registry(self) -> None:
        self.begin("BR-01")
        self.later(minutes=1).message(registry(), receipt())

    def good_repeat(self) -> None:
        self.later(minutes=1).begin("BR-02")
        self.later(minutes=1).message(registry(), receipt())
        self.later(seconds=5).answer(Place("BR-02", 0, 1, "step4"), 3)

    def refused_registry(self, row: int) -> str:
        attempt = self.later(minutes=1).begin("BR-03", row)
        number = attempt.values["number"]
        request = self.evidence.handed_out[-1].content
        self.later(minutes=1).refused(request, "REGISTRY_TOTAL_MISMATCH")
        return number

    def good_application(self) -> None:
        attempt = self.later(minutes=1).begin("PU-01")
        app_id = attempt.values["app_id"]
        self.later(seconds=5).called(Place("PU-01", 0, 1, "submit"))
        for status in ("RECEIVED", "DONE"):
            self.later(minutes=1)
            self.message(
                event(app_id, status, self.now), receipt(), operation="PutEvent", service="e/1.0"
            )

    def good_day(self) -> None:
        self.good_registry()
        self.good_repeat()
        for row in (1, 2, 3):
            self.refused_registry(row)
            self.later(minutes=6)
            self.provide(Place("BR-03", row, 1, "picture"))
        self.good_application()
