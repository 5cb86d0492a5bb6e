"""spyne as its users write it: typed services, code first, the shapes of our published contract.

The WSDL is spyne's own; names, order, facets and namespaces are ours, so that one message fits both.
"""

import datetime
import decimal
import uuid
from typing import Any

from spyne import (
    Application,
    Array,
    ComplexModel,
    Date,
    DateTime,
    Decimal,
    Integer32,
    Boolean,
    ServiceBase,
    Unicode,
    rpc,
)
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

from rows import store

DOMAIN = "urn://x-artefacts-citto-72/meals"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
BANK = f"{DOMAIN}/bank-payment/1.0"
REGISTRY = f"{DOMAIN}/payment-registry/1.0"
TYUMEN = datetime.timezone(datetime.timedelta(hours=5))
STORE = store()

MUST: dict[str, Any] = {"min_occurs": 1, "nullable": False}
MAY: dict[str, Any] = {"min_occurs": 0, "nullable": False}
MONEY = {"ge": decimal.Decimal(0), "total_digits": 12, "fraction_digits": 2}
CHANNELS = [
    "CASH_DESK",
    "TERMINAL",
    "ATM",
    "DEVICE_OTHER",
    "INTERNET_BANK",
    "MOBILE_BANK",
    "ACQUIRING",
]


def text(longest: int, **more: Any) -> type:
    return Unicode(min_len=1, max_len=longest, **{**MUST, **more})


def money(**more: Any) -> type:
    return Decimal(**{**MONEY, **MUST, **more})


def moment(**more: Any) -> type:
    pattern = (
        r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
        r"(\.[0-9]{1,9})?(Z|[+\-][0-9]{2}:[0-9]{2})"
    )
    return DateTime(pattern=pattern, **{**MUST, **more})


def channel() -> type:
    return Unicode(values=CHANNELS, **MUST)


def inn(**more: Any) -> type:
    return Unicode(pattern=r"([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?", **{**MUST, **more})


class RegisterPaymentRequest(ComplexModel):
    __namespace__ = BANK
    _type_info = [
        ("bankPaymentId", text(50)),
        ("account", text(50)),
        ("amount", money()),
        ("currency", Unicode(values=["RUB"], **MUST)),
        ("commission", money(**MAY)),
        ("paymentTime", moment()),
        ("channel", channel()),
        ("terminalId", text(50, **MAY)),
        ("documentNumber", text(20, **MAY)),
        ("organizerInn", inn(**MAY)),
    ]


class RegisterPaymentResponse(ComplexModel):
    __namespace__ = BANK
    _type_info = [
        ("resultCode", Integer32(**MUST)),
        ("resultText", text(255)),
        ("bankPaymentId", text(50)),
        ("hubPaymentId", Unicode(**MUST)),
        ("state", Unicode(**MUST)),
        ("acceptedAt", DateTime(**MUST)),
        ("duplicate", Boolean(**MUST)),
    ]


class DateTimePeriod(ComplexModel):
    __namespace__ = COMMON
    _type_info = [("from", moment()), ("to", moment())]


class RegistryLine(ComplexModel):
    __namespace__ = REGISTRY
    _type_info = [
        ("lineNo", Integer32(ge=1, **MUST)),
        ("bankPaymentId", text(50)),
        ("account", text(50)),
        ("amount", money()),
        ("commission", money(**MAY)),
        ("paymentTime", moment()),
        ("channel", channel()),
        ("terminalId", text(50, **MAY)),
        ("status", Unicode(values=["PAID", "CANCELLED"], **MUST)),
    ]


class SubmitRegistryRequest(ComplexModel):
    __namespace__ = REGISTRY
    _type_info = [
        ("registryId", text(50)),
        ("registryNumber", text(20)),
        ("registryDate", Date(**MUST)),
        ("organizerInn", inn()),
        ("contractNumber", text(50, **MAY)),
        ("period", DateTimePeriod.customize(**MUST)),
        ("kind", Unicode(values=["ONLINE", "ACQUIRING"], **MUST)),
        ("count", Integer32(ge=0, **MUST)),
        ("totalAmount", money()),
        ("totalCommission", money(**MAY)),
        ("netAmount", money(**MAY)),
        ("line", Array(RegistryLine, wrapped=False)),
    ]


class SubmitRegistryResponse(ComplexModel):
    __namespace__ = REGISTRY
    _type_info = [
        ("registryId", text(50)),
        ("hubRegistryId", Unicode(**MUST)),
        ("state", Unicode(**MUST)),
        ("receivedAt", DateTime(**MUST)),
        ("duplicate", Boolean(**MUST)),
    ]


class BankPaymentService(ServiceBase):
    @rpc(
        RegisterPaymentRequest,
        _returns=RegisterPaymentResponse,
        _body_style="bare",
        _in_message_name=f"{{{BANK}}}RegisterPaymentRequest",
        _out_message_name=f"{{{BANK}}}RegisterPaymentResponse",
    )
    def RegisterPayment(self, request):
        identity, now = str(uuid.uuid4()), datetime.datetime.now(TYUMEN)
        if STORE is not None:
            STORE.payment(
                (
                    request.bankPaymentId,
                    request.account,
                    str(request.amount),
                    request.paymentTime.isoformat(),
                    request.channel,
                    request.terminalId,
                    request.documentNumber,
                    identity,
                    now.isoformat(),
                )
            )
        return RegisterPaymentResponse(
            resultCode=0,
            resultText="ОК",
            bankPaymentId=request.bankPaymentId,
            hubPaymentId=identity,
            state="ACCEPTED",
            acceptedAt=now,
            duplicate=False,
        )


class PaymentRegistryService(ServiceBase):
    @rpc(
        SubmitRegistryRequest,
        _returns=SubmitRegistryResponse,
        _body_style="bare",
        _in_message_name=f"{{{REGISTRY}}}SubmitRegistryRequest",
        _out_message_name=f"{{{REGISTRY}}}SubmitRegistryResponse",
    )
    def SubmitRegistry(self, request):
        identity, now = str(uuid.uuid4()), datetime.datetime.now(TYUMEN)
        if STORE is not None:
            STORE.registry(_head(request, identity, now), [_line(one) for one in request.line])
        return SubmitRegistryResponse(
            registryId=request.registryId,
            hubRegistryId=identity,
            state="RECEIVED",
            receivedAt=now,
            duplicate=False,
        )


def _head(request: Any, identity: str, now: datetime.datetime) -> tuple[Any, ...]:
    return (
        request.registryId,
        request.registryNumber,
        request.registryDate.isoformat(),
        request.organizerInn,
        getattr(request.period, "from").isoformat(),
        request.period.to.isoformat(),
        request.kind,
        request.count,
        str(request.totalAmount),
        identity,
        now.isoformat(),
    )


def _line(line: Any) -> tuple[Any, ...]:
    return (
        line.lineNo,
        line.bankPaymentId,
        line.account,
        str(line.amount),
        line.paymentTime.isoformat(),
        line.channel,
        line.terminalId,
        line.status,
    )


def _application(service: type, namespace: str) -> WsgiApplication:
    return WsgiApplication(
        Application(
            [service],
            namespace,
            in_protocol=Soap11(validator="lxml"),
            out_protocol=Soap11(),
        ),
        max_content_length=16 * 1024 * 1024,
        block_length=1024 * 1024,
    )


BY_PATH = {
    "/test/ws/meals/bank-payment/1.0": _application(BankPaymentService, BANK),
    "/test/ws/meals/payment-registry/1.0": _application(PaymentRegistryService, REGISTRY),
}


def wsgi(environ, start_response):
    application = BY_PATH.get(environ["PATH_INFO"])
    if application is None:
        start_response("404 Not Found", [("Content-Length", "0")])
        return []
    return application(environ, start_response)
