"""Where each microsecond of a message goes: the steps of the line, one by one, in one thread.

Processor time, the best of many rounds: `python -m bench.stages`.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from lxml import etree

from adapters.bank.messages import bank_payment, payment_registry
from bench import bare_hub
from bench.contract import MESSAGES, Payers
from bench.load import identity
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.kernel import xml
from gateway.kernel.message import Contour
from gateway.security.proof import canonical
from gateway.soap import build
from gateway.soap.parse import Version, parse

ROUNDS = 15
BUDGET_SECONDS = 0.02
"""How long one round of a step runs."""


def main() -> None:
    """Print a table of steps for each message."""
    for message in MESSAGES:
        print(f"{message.name}: {message.title}")
        total = 0.0
        for step, call in steps(message):
            spent = microseconds(call)
            total += spent
            print(f"  {step:34} {spent:9.1f} us")
        print(f"  {'together':34} {total:9.1f} us")


def steps(message) -> list[tuple[str, Callable[[], object]]]:
    """Return what the line does to a message and its reply, in order."""
    text = message.write(Payers(), identity(0, 0, 1), 1).encode()
    contract = load_catalog().contract(message.path.removeprefix("/test/ws/"))
    module = bank_payment if message.name == "S" else payment_registry
    decode = codec.decoder(getattr(module, f"{message.operation}Request"))
    encode = codec.octet_encoder(getattr(module, f"{message.operation}Response"))
    payload = parse(text, Version.SOAP11).payload
    respond = bare_hub.CONSTANTS[message.operation]
    response = respond(_Received(decode(payload)), None)
    octets = encode(response)
    header = build.ReplyHeader(
        uuid4(), "CITTO", "BANK72001", datetime.now(UTC), Contour.TEST, str(uuid4())
    )
    return [
        ("parse the envelope", lambda: parse(text, Version.SOAP11)),
        ("canonical payload for the digest", lambda: canonical(payload)),
        ("validate", lambda: contract.validate(payload)),
        ("decode", lambda: decode(payload)),
        ("encode the response", lambda: encode(response)),
        (
            "validate the response",
            lambda: contract.validate(etree.fromstring(octets, xml.parser())),
        ),
        ("wrap it", lambda: build.reply(Version.SOAP11, header, octets)),
    ]


class _Received:
    def __init__(self, request) -> None:
        self.request = request


def microseconds(call: Callable[[], object]) -> float:
    """Return the processor time of one call, the best round."""
    call()
    start = time.process_time()
    count = 0
    while time.process_time() - start < BUDGET_SECONDS:
        call()
        count += 1
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(count):
            call()
        best = min(best, (time.process_time() - start) / count)
    return best * 1e6


if __name__ == "__main__":
    main()
