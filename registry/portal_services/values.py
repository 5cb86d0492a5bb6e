"""A service of the portal as the registry knows it: whose it is, where its applications go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from gateway.kernel.message import Contour


class Route(Enum):
    """Where an accepted application goes (PORT-APP-03)."""

    ENDPOINT = "ENDPOINT"
    """To the department's own service; the hub is its client."""
    PPU = "PPU"
    """Into the queue that employees work by hand."""
    PULL = "PULL"
    """It waits until the department's machine fetches it."""


@dataclass(frozen=True, slots=True)
class AttachmentTerms:
    """Which documents an applicant may attach (PORT-APP-04)."""

    types: frozenset[str]
    """Media types in small letters: `application/pdf`."""
    total_bytes: int
    """Bytes of all attachments of one message together."""

    def admits(self, media_type: str) -> bool:
        """Tell whether a document of this type may be attached; parameters do not matter."""
        return media_type.partition(";")[0].strip().lower() in self.types


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What is said of a service whatever the contour."""

    code: str
    title: str
    department: str
    """Code of the participant that renders it."""
    attachments: AttachmentTerms | None = None
    """None: nothing may be attached."""


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One version of a service's form: its schemas are found by their digest."""

    service: str
    version: str
    namespace: str
    digest: bytes
    """SHA-256 over the names and bytes of its schema documents."""
    since: date
    """First day on which applications by it are taken."""


@dataclass(frozen=True, slots=True)
class PortalService:
    """A service in one contour."""

    card: ServiceCard
    route: Route
    is_open: bool
    """Whether new applications are taken."""
    forms: Mapping[str, FormVersion] = field(default_factory=dict)
    """Its forms by version."""
    tech_codes: Mapping[str, int] = field(default_factory=dict)
    """Status codes of the portal by the department's own codes."""

    @property
    def code(self) -> str:
        """Code by which applications name it."""
        return self.card.code

    @property
    def title(self) -> str:
        """What it is called."""
        return self.card.title

    @property
    def department(self) -> str:
        """Code of the participant that renders it."""
        return self.card.department

    @property
    def attachments(self) -> AttachmentTerms | None:
        """Which documents may be attached; None: nothing."""
        return self.card.attachments


@dataclass(frozen=True, slots=True)
class SampleService:
    """A service that a demo is given, with all that opens it."""

    card: ServiceCard
    route: Route
    version: str
    """Of its only form."""
    documents: Mapping[str, bytes]
    """Schemas of the form by name."""
    tech_codes: Mapping[str, int]


Catalogue = Mapping[Contour, Mapping[str, PortalService]]
"""The services of each contour by code, open and closed ones."""
