"""A participant's own program, made from nothing but a published WSDL: what plays in the demo.

The client is zeep. A signing program holds every reply of the hub against its certificate; one that
does not sign sends login and password.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zeep
import zeep.exceptions
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificate
from requests import Session
from requests.auth import HTTPBasicAuth
from zeep.transports import Transport

from gateway.kernel.message import ActingRole
from gateway.kernel.ports import LOCAL, Clock
from gateway.security import outgoing, policy
from gateway.security.keys import KeyCache
from gateway.security.outgoing import SignedCalls
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider

HUB = "urn://x-artefacts-citto-72/hub/1.0"
PATIENCE_SECONDS = 60.0
"""How long a story waits for what the hub does in the background."""

Say = Callable[[str], None]


class StoryBroken(Exception):
    """An answer was not what the story tells; the text says which."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How a participant is known in the test contour, and where the hub is."""

    base_url: str
    sender: str
    key_file: Path
    certificate_file: Path
    hub_certificate: Path
    """What the hub's replies are held against."""
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """For whom a system acts: it vouches for the person."""

    esia_oid: str
    role: ActingRole


class Program:
    """What a programmer of a participant has after the first ten minutes with the WSDL."""

    def __init__(self, identity: Identity, clock: Clock, *, signed: bool = True) -> None:
        """Get ready to call; an unsigned program sends login and password instead."""
        self.identity = identity
        self.on_behalf: OnBehalf | None = None
        self._clock = clock
        session = Session()
        calls = None
        if signed:
            calls = _signed_calls(identity, clock)
        else:
            session.auth = HTTPBasicAuth(identity.login.encode(), identity.password.encode())
        transport = Transport(session=session, timeout=30)  # type: ignore[no-untyped-call]
        self._transport, self._calls = transport, calls

    def acting_for(self, person: OnBehalf) -> "Program":
        """Return the same program as it speaks for a person."""
        acting = copy(self)
        acting.on_behalf = person
        return acting

    def client(self, service: str) -> Any:  # noqa: ANN401 -- zeep's own
        """Read the WSDL of a service of the test contour over HTTP."""
        address = f"{self.identity.base_url}/test/ws/{service}/1.0?wsdl"
        settings = zeep.Settings(strict=True, forbid_dtd=True)
        return zeep.Client(  # type: ignore[no-untyped-call]
            address, transport=self._transport, wsse=self._calls, settings=settings
        )

    def call(
        self,
        client: Any,  # noqa: ANN401 -- zeep's own
        operation: str,
        **fields: Any,  # noqa: ANN401 -- zeep's own
    ) -> Any:  # noqa: ANN401 -- zeep's own
        """Call an operation with a header of its own message id."""
        return self.resend(client, operation, str(uuid.uuid4()), **fields)

    def resend(
        self,
        client: Any,  # noqa: ANN401 -- zeep's own
        operation: str,
        message_id: str,
        **fields: Any,  # noqa: ANN401 -- zeep's own
    ) -> Any:  # noqa: ANN401 -- zeep's own
        """Call an operation under a given message id; return the response without its header."""
        more: dict[str, Any] = {}
        if (person := self.on_behalf) is not None:
            more["onBehalfOf"] = {"esiaOid": person.esia_oid, "role": person.role.value}
        header = client.get_element(f"{{{HUB}}}MessageHeader")(
            messageId=message_id,
            sender=self.identity.sender,
            timestamp=self._clock().astimezone(LOCAL),
            contour="TEST",
            formatVersion="1.0",
            **more,
        )
        answer = client.service[operation](_soapheaders=[header], **fields)
        return getattr(answer, "body", answer)


@contextmanager
def expected_fault(code: str, told: str, say: Say) -> Iterator[None]:
    """Tell that the hub refuses what happens inside, as it has to."""
    try:
        yield
    except zeep.exceptions.Fault as fault:
        expect(code_of(fault) == code, f"другая ошибка: {fault.message}")
        say(f"  {told}: отказ {code}: {fault.message}")
    else:
        raise StoryBroken(f"ожидался отказ {code}")


def code_of(fault: zeep.exceptions.Fault) -> str | None:
    """Return the code by which the hub has refused."""
    detail = fault.detail
    found = None if detail is None else detail.find(f".//{{{HUB}}}code")
    return None if found is None else found.text


def expect(condition: object, otherwise: str) -> None:
    """Raise StoryBroken with `otherwise` unless the condition holds."""
    if not condition:
        raise StoryBroken(otherwise)


def _signed_calls(identity: Identity, clock: Clock) -> SignedCalls:
    providers = Providers.of([RsaProvider()])
    hub = load_pem_x509_certificate(identity.hub_certificate.read_bytes())
    return SignedCalls(
        signer=load_signer(identity.key_file, identity.certificate_file, providers),
        policy=policy.TEST,
        trust=outgoing.by_thumbprint([hub.fingerprint(SHA256()).hex()]),
        providers=providers,
        keys=KeyCache(providers),
        identifiers=uuid.uuid4,
        clock=clock,
    )
