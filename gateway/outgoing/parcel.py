"""One message to a participant's own service, as a slice hands it over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from gateway.kernel.message import Attachment
from gateway.storage.outbox import DAY


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent, to whom, and why."""

    recipient: str
    """Participant code."""
    contract: str
    """Folder of a contract that some slice names as `Outward`: `portal/application/1.0`."""
    request: object
    """Typed message of the contract, such as SubmitApplicationRequest."""
    key: str
    """Messages of one key go one after another: `application/<portal>/<orderId>`."""
    source: str
    """What caused it, unique: `application/<uuid>`; `hub reconcile` looks for it."""
    message_id: UUID
    attachments: Mapping[bytes, Attachment] = field(default_factory=dict)
    """Binary parts by the token `b"sha256:<hex>"` that stands in the request's base64 fields."""
    case_number: str | None = None
    """Number of the application, for a binding that has a place for it (SMEV 2)."""
    origin_request: str | None = None
    """Id of the message that began the chain (SMEV 2: OriginRequestIdRef)."""
    originator: str | None = None
    """Code of the participant that began the chain (SMEV 2: Originator)."""
    service_code: str | None = None
    """Code of the state service (SMEV 2: ServiceCode)."""
    deadline: timedelta = DAY
    holds: bool = True
    """Whether later messages of the key wait when this one was not delivered in the end."""
    entry: int | None = None
    """Journal entry of the message behind it, if there is one."""
