"""Front doors for banks that pay by HTTP GET: thin translations onto SVC-01 (wire 6.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from adapters.bank.messages import CheckAccountResponse, RegisterPaymentResponse
from gateway.edge.dialects import osmp, sberbank
from gateway.kernel.errors import GatewayError

Outcome = CheckAccountResponse | RegisterPaymentResponse | GatewayError


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to ask for CheckAccount and RegisterPayment by a query string."""

    name: str
    """What `Participant.dialects` and the address name."""
    content_type: str
    to_payload: Callable[[Mapping[str, str], datetime], etree._Element]
    """Translate a query into a payload of `meals/bank-payment/1.0`; raise QueryRefused."""
    render: Callable[[Outcome, Mapping[str, str]], bytes]
    """Write the answer for a typed response or a refusal of the line."""


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect("osmp", osmp.CONTENT_TYPE, osmp.to_payload, osmp.render),
        Dialect("sberbank", sberbank.CONTENT_TYPE, sberbank.to_payload, sberbank.render),
    )
}
