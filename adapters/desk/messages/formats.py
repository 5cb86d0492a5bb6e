"""Messages of urn://x-artefacts-citto-72/registry/formats/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour, FileRef

__all__ = [
    "BankChannel",
    "CertificatePurpose",
    "FormatState",
    "FormatType",
    "GetFormatRequest",
    "GetFormatResponse",
    "ListFormatsRequest",
    "ListFormatsResponse",
    "ListPartnerBanksRequest",
    "ListPartnerBanksResponse",
    "Network",
    "PartnerBankType",
    "PingRequest",
    "PingResponse",
    "RegisterCertificateRequest",
    "RegisterCertificateResponse",
    "RegisterEndpointRequest",
    "RegisterEndpointResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/registry/formats/1.0"


class BankChannel(Enum):
    ONLINE = "ONLINE"
    ACQUIRING = "ACQUIRING"


class CertificatePurpose(Enum):
    SIGN = "SIGN"
    TLS = "TLS"


class FormatState(Enum):
    CURRENT = "CURRENT"
    SUPPORTED = "SUPPORTED"
    RETIRED = "RETIRED"


class Network(Enum):
    INTERNET = "INTERNET"
    VIPNET_1481 = "VIPNET_1481"
    VIPNET = "VIPNET"
    DEDICATED = "DEDICATED"


@dataclass(slots=True, kw_only=True)
class FormatType:
    class Meta:
        name = "FormatType"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 100,
            "pattern": "[a-z][a-z0-9\\-]*/[a-z][a-z0-9\\-]*",
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    state: FormatState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    published_at: datetime.date = field(
        metadata={
            "name": "publishedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    retired_at: None | datetime.date = field(
        default=None,
        metadata={
            "name": "retiredAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    public: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0"}
    )
    wsdl_url: str = field(
        metadata={
            "name": "wsdlUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        }
    )
    xsd_url: list[str] = field(
        default_factory=list,
        metadata={
            "name": "xsdUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        },
    )
    change_note: str = field(
        metadata={
            "name": "changeNote",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetFormatRequest:
    class Meta:
        name = "GetFormatRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    code: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 100,
            "pattern": "[a-z][a-z0-9\\-]*/[a-z][a-z0-9\\-]*",
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class ListFormatsRequest:
    class Meta:
        name = "ListFormatsRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    domain: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 30,
            "pattern": "[a-z][a-z0-9\\-]*",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListPartnerBanksRequest:
    class Meta:
        name = "ListPartnerBanksRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"


@dataclass(slots=True, kw_only=True)
class PartnerBankType:
    class Meta:
        name = "PartnerBankType"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    bik: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9]{9}",
            "white_space": "collapse",
        }
    )
    channel: list[BankChannel] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        },
    )
    organizer_inn: list[str] = field(
        default_factory=list,
        metadata={
            "name": "organizerInn",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    since: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"


@dataclass(slots=True, kw_only=True)
class RegisterCertificateResponse:
    class Meta:
        name = "RegisterCertificateResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    thumbprint: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9a-f]{64}",
            "white_space": "collapse",
        }
    )
    not_after: datetime.datetime = field(
        metadata={
            "name": "notAfter",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class RegisterEndpointResponse:
    class Meta:
        name = "RegisterEndpointResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    endpoint_id: str = field(
        metadata={
            "name": "endpointId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetFormatResponse:
    class Meta:
        name = "GetFormatResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    package: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegisterCertificateRequest:
    class Meta:
        name = "RegisterCertificateRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    x509: bytes = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 16384,
            "format": "base64",
        }
    )
    purpose: CertificatePurpose = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    valid_from: datetime.datetime = field(
        metadata={
            "name": "validFrom",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class RegisterEndpointRequest:
    class Meta:
        name = "RegisterEndpointRequest"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    service_code: str = field(
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 100,
            "pattern": "[a-z][a-z0-9\\-]*/[a-z][a-z0-9\\-]*",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    url: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 500,
            "pattern": "https?://[!-~]+",
            "white_space": "collapse",
        }
    )
    network: Network = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "white_space": "collapse",
        }
    )
    format_version: str = field(
        metadata={
            "name": "formatVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    smev_reg_number: None | str = field(
        default=None,
        metadata={
            "name": "smevRegNumber",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListFormatsResponse:
    class Meta:
        name = "ListFormatsResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    format: list[FormatType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListPartnerBanksResponse:
    class Meta:
        name = "ListPartnerBanksResponse"
        namespace = "urn://x-artefacts-citto-72/registry/formats/1.0"

    bank: list[PartnerBankType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/registry/formats/1.0",
        },
    )
