"""What the shots are made of: valid messages of a published service, and requests around them."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import uuid4

from lxml import etree

from gateway.attacks.forge import Forge
from gateway.attacks.wire import Target
from gateway.contracts import sample
from gateway.contracts.catalog import Catalog, Contract
from gateway.kernel import xml
from gateway.kernel.ports import LOCAL, Clock
from gateway.soap.parse import HUB_NAMESPACE, Version

PAYMENTS = "meals/bank-payment/1.0"
REGISTRIES = "meals/payment-registry/1.0"
ACCOUNT = "1000000008"
ORGANIZER_INN = "7200000018"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Login and password of the test contour."""

    login: str
    password: str

    @property
    def header(self) -> str:
        """Value of Authorization."""
        pair = f"{self.login}:{self.password}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")


@dataclass(frozen=True, slots=True)
class Ground:
    """A hub under test, as the shots see it."""

    target: Target
    version: Version
    credentials: Credentials
    catalog: Catalog
    clock: Clock
    sender: str
    """Participant code behind the credentials, as the hub told it."""
    canary: str
    """Address of our own listener."""
    account: str = ACCOUNT
    """Where accepted payments would go."""
    organizer_inn: str = ORGANIZER_INN
    """Whose registries the sender may submit."""
    path: str = f"/test/ws/{PAYMENTS}"
    slow_seconds: float = 45.0
    """Longer than the hub waits for a head or a body."""
    crowd: int = 600
    """More connections than the hub holds of one address."""
    forge: Forge | None = None
    """Signs as a participant; without it nothing signed is fired."""
    new_id: Callable[[], str] = field(default=lambda: str(uuid4()))

    @property
    def registries(self) -> str:
        """Path of the service of payment registries."""
        return f"/test/ws/{REGISTRIES}"

    @property
    def namespace(self) -> str:
        """Namespace of the service under attack."""
        return self.catalog.contract(PAYMENTS).namespace

    @property
    def media_type(self) -> str:
        """Content-Type that belongs to the SOAP version."""
        return f"{self.version.media_type}; charset=utf-8"

    # -- payloads

    def payment(self, **values: str) -> str:
        """Return a RegisterPaymentRequest that would be accepted, prefix `m`."""
        now = self.clock().astimezone(LOCAL) - timedelta(minutes=1)
        fresh = {
            "bankPaymentId": f"ATTACK-{self.new_id()}",
            "account": self.account,
            "paymentTime": now.isoformat(timespec="seconds"),
        }
        return self.payload("RegisterPaymentRequest", {**fresh, **values})

    def ping(self) -> str:
        """Return a PingRequest."""
        return self.payload("PingRequest", {})

    def payload(self, name: str, values: Mapping[str, str], contract: str = PAYMENTS) -> str:
        """Return a sample payload with the text of some of its elements replaced.

        Raise KeyError when the sample has no such element.
        """
        root = etree.fromstring(_payload(self.catalog.contract(contract), name), xml.parser())
        for local, text in values.items():
            found = root.find(f".//{{*}}{local}")
            if found is None:
                raise KeyError(local)
            found.text = text
        return etree.tostring(root, encoding="unicode")

    # -- envelopes

    def header(
        self,
        *,
        message_id: str | None = None,
        sender: str | None = None,
        timestamp: datetime | None = None,
        contour: str = "TEST",
        format_version: str = "1.0",
    ) -> str:
        """Return a MessageHeader."""
        moment = (timestamp or self.clock()).astimezone(LOCAL).isoformat(timespec="seconds")
        return (
            f'<h:MessageHeader xmlns:h="{HUB_NAMESPACE}">'
            f"<h:messageId>{message_id or self.new_id()}</h:messageId>"
            f"<h:sender>{sender or self.sender}</h:sender>"
            f"<h:timestamp>{moment}</h:timestamp><h:contour>{contour}</h:contour>"
            f"<h:formatVersion>{format_version}</h:formatVersion></h:MessageHeader>"
        )

    def envelope(
        self,
        payload: str,
        *,
        header: str = "",
        before: str = "",
        attributes: str = "",
        version: Version | None = None,
    ) -> str:
        """Return an envelope, prefix `soap`; `before` stands in front of it."""
        space = (version or self.version).value
        return (
            f'{before}<soap:Envelope xmlns:soap="{space}"{attributes}>'
            f"<soap:Header>{header}</soap:Header>"
            f"<soap:Body>{payload}</soap:Body></soap:Envelope>"
        )

    # -- requests

    def post(
        self,
        body: bytes | str,
        headers: Mapping[str, str | None] | None = None,
        *,
        path: str | None = None,
        method: str = "POST",
    ) -> bytes:
        """Return a request; a header given as None is left out."""
        octets = body.encode() if isinstance(body, str) else body
        usual: dict[str, str | None] = {
            "Host": f"{self.target.host}:{self.target.port}",
            "Authorization": self.credentials.header,
            "Content-Type": self.media_type,
            "Content-Length": str(len(octets)),
            "Connection": "close",
        }
        lines = [
            f"{name}: {value}\r\n"
            for name, value in {**usual, **(headers or {})}.items()
            if value is not None
        ]
        head = f"{method} {path or self.path} HTTP/1.1\r\n{''.join(lines)}\r\n"
        return head.encode("utf-8") + octets

    def get(self, path: str, headers: Mapping[str, str | None] | None = None) -> bytes:
        """Return a GET request."""
        left_out = {"Content-Type": None, "Content-Length": None}
        return self.post(b"", {**left_out, **(headers or {})}, path=path, method="GET")


@lru_cache(maxsize=64)
def _payload(contract: Contract, name: str) -> bytes:
    """Return the payload of a sample, without white space between its elements."""
    envelope = etree.fromstring(sample.samples(contract)[name], xml.parser())
    body = envelope.find("{*}Body")
    payload = envelope if body is None else body[0]
    for element in payload.iter():
        element.tail = None
        if len(element):
            element.text = None
    return etree.tostring(payload)
