"""Messages as a bank's program writes them, filled in by the tests."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

HUB = "urn://x-artefacts-citto-72/hub/1.0"
BANK_PAYMENT = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
REGISTRY = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def envelope(payload: str, message_id: str | None = None, sender: str = "BANK72001") -> bytes:
    header = (
        f'<h:MessageHeader xmlns:h="{HUB}"><h:messageId>{message_id}</h:messageId>'
        f"<h:sender>{sender}</h:sender><h:timestamp>{now()}</h:timestamp>"
        "<h:contour>TEST</h:contour><h:formatVersion>1.0</h:formatVersion></h:MessageHeader>"
        if message_id
        else ""
    )
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<soap:Header>{header}</soap:Header><soap:Body>{payload}</soap:Body></soap:Envelope>"
    ).encode()


def payment(bank_payment_id: str, account: str, amount: str, paid_at: str) -> str:
    return (
        f'<p:RegisterPaymentRequest xmlns:p="{BANK_PAYMENT}">'
        f"<p:bankPaymentId>{bank_payment_id}</p:bankPaymentId><p:account>{account}</p:account>"
        f"<p:amount>{amount}</p:amount><p:currency>RUB</p:currency>"
        f"<p:paymentTime>{paid_at}</p:paymentTime><p:channel>ATM</p:channel>"
        "</p:RegisterPaymentRequest>"
    )


def line(number: int, payment_id: str, account: str, amount: str, paid_at: str) -> str:
    return (
        f"<p:line><p:lineNo>{number}</p:lineNo><p:bankPaymentId>{payment_id}</p:bankPaymentId>"
        f"<p:account>{account}</p:account><p:amount>{amount}</p:amount>"
        f"<p:paymentTime>{paid_at}</p:paymentTime><p:channel>ATM</p:channel>"
        "<p:status>PAID</p:status></p:line>"
    )


def registry(
    registry_id: str, organizer_inn: str, count: int, total: Decimal, content: str, paid_at: str
) -> str:
    return (
        f'<p:SubmitRegistryRequest xmlns:p="{REGISTRY}"><p:registryId>{registry_id}</p:registryId>'
        f"<p:registryNumber>{registry_id[-20:]}</p:registryNumber>"
        f"<p:registryDate>{paid_at[:10]}</p:registryDate>"
        f"<p:organizerInn>{organizer_inn}</p:organizerInn>"
        f'<p:period xmlns:c="{COMMON}"><c:from>{paid_at}</c:from><c:to>{paid_at}</c:to></p:period>'
        f"<p:kind>ONLINE</p:kind><p:count>{count}</p:count><p:totalAmount>{total}</p:totalAmount>"
        f"{content}</p:SubmitRegistryRequest>"
    )


def file_reference(name: str, media_type: str, size: int, sha256: str, content: str) -> str:
    """A file of a registry; `content` is base64 or an xop:Include."""
    return (
        f'<p:file xmlns:c="{COMMON}"><c:fileId>{new_id()}</c:fileId>'
        f"<c:fileName>{name}</c:fileName><c:mimeType>{media_type}</c:mimeType>"
        f"<c:size>{size}</c:size><c:hash>{sha256}</c:hash><c:hashAlg>SHA-256</c:hashAlg>"
        f"<c:content>{content}</c:content></p:file>"
    )


def status(hub_registry_id: str) -> str:
    return (
        f'<p:GetRegistryStatusRequest xmlns:p="{REGISTRY}">'
        f"<p:hubRegistryId>{hub_registry_id}</p:hubRegistryId></p:GetRegistryStatusRequest>"
    )


def new_id() -> str:
    return str(uuid.uuid4())
