"""Typed messages; made by `make messages`, not by hand."""

from gateway.contracts.messages.common import (
    Contact,
    Contour,
    Currency,
    DateTimePeriod,
    DocumentState,
    FileRef,
    HashAlgorithm,
    Page,
    PayChannel,
    PaymentState,
    Period,
    PersonName,
    RegistryState,
)

from gateway.contracts.messages.hub import (
    ActingRole,
    FaultDetail,
    HubFault,
    MessageHeader,
    OnBehalfOf,
)

__all__ = [
    "ActingRole",
    "Contact",
    "Contour",
    "Currency",
    "DateTimePeriod",
    "DocumentState",
    "FaultDetail",
    "FileRef",
    "HashAlgorithm",
    "HubFault",
    "MessageHeader",
    "OnBehalfOf",
    "Page",
    "PayChannel",
    "PaymentState",
    "Period",
    "PersonName",
    "RegistryState",
]
