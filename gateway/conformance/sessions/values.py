"""What goes in and out of the desk of sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from gateway.conformance.evidence import Place, Provided, Signature
from gateway.conformance.verdicts import Verdict
from gateway.kernel.message import Contour


class SessionState(Enum):
    """How far a session has come."""

    OPEN = "OPEN"
    PASSED = "PASSED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a participant asks for."""

    request_id: UUID
    """His own; asked again, the same session is returned."""
    participant: str
    suite: str
    """SUITE-02, or the name of the plan."""
    onboarding_case: UUID | None
    contour: Contour
    endpoint_url: str | None
    """Where we call him; the parameter `endpoint_url` of a plan."""
    system_version: str
    """What he declares his system to be."""
    rehearsal: bool = False
    params: Mapping[str, str] = field(default_factory=dict)
    """What else the plan lets him enter, by name."""


@dataclass(frozen=True, slots=True)
class Session:
    """A run of one plan by one participant."""

    id: UUID
    request_id: UUID
    participant: str
    plan: str
    suite: str
    digest: str
    """Of the plan as it was when the session began."""
    onboarding_case: UUID | None
    contour: Contour
    endpoint_url: str | None
    system_version: str
    rehearsal: bool
    entered: Mapping[str, str]
    """What the participant entered."""
    params: Mapping[str, str]
    """That and what the stand prepared for him (testData)."""
    started_at: datetime
    expires_at: datetime
    state: SessionState = SessionState.OPEN
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything may still happen in it."""
        return self.state is SessionState.OPEN


@dataclass(frozen=True, slots=True)
class Call:
    """We called the participant: what was sent and what came back."""

    sent_at: datetime
    answered_at: datetime | None
    request: bytes
    http_status: int | None = None
    reply: bytes | None = None
    trouble: str | None = None
    """Why there is no reply, in Russian."""
    ours: bool = False
    """Whether the trouble was the stand's own."""
    signature: Signature | None = None
    """Of the reply."""


@dataclass(frozen=True, slots=True)
class CallDue:
    """A call that the judge waits for."""

    line: str
    step: str
    operation: str
    to: str
    body: bytes
    """The payload, filled in."""
    timeout: timedelta


@dataclass(frozen=True, slots=True)
class Decision:
    """What a tester says about what was provided."""

    tester: str
    """Family name and initials: it stands in the protocol."""
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """A step that waits for a tester."""

    session: UUID
    participant: str
    plan: str
    line: str
    place: Place
    text: str
    """What the participant was asked to show."""
    provided: tuple[Provided, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that mended rules judge otherwise."""

    session: UUID
    participant: str
    line: str
    was: Verdict
    now: Verdict
    finished: bool
    """Then its frozen verdict stays; a named person decides what follows."""


@dataclass(frozen=True, slots=True)
class Due:
    """Whether the stand has a move to make."""

    now: bool
    again_at: datetime
    """When time alone may change that."""


def line_name(case: str, row: int) -> str:
    """Return `BR-03/2`; the name of a line of the protocol."""
    return f"{case}/{row}" if row else case


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it may leave the hub: personal data hidden (SEC-10)."""

    line: str
    step: str
    entry: str
    """Number of the journal entry, as people quote it."""
    received_at: datetime
    http_status: int | None
    code: str | None
    request: str
    reply: str
