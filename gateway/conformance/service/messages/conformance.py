"""Messages of urn://x-artefacts-citto-72/test/conformance/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour, FileRef

__all__ = [
    "AttemptType",
    "CancelSessionRequest",
    "CancelSessionResponse",
    "CaseKind",
    "CaseType",
    "CheckType",
    "DecisionType",
    "Direction",
    "EvidenceKind",
    "FinishSessionRequest",
    "FinishSessionResponse",
    "GetAttachmentRequest",
    "GetAttachmentResponse",
    "GetReportRequest",
    "GetReportResponse",
    "GetSessionRequest",
    "GetSessionResponse",
    "ListSuitesRequest",
    "ListSuitesResponse",
    "Mover",
    "ParameterType",
    "PingRequest",
    "PingResponse",
    "PreflightType",
    "ProvideEvidenceRequest",
    "ProvideEvidenceResponse",
    "ReportFormat",
    "RequirementType",
    "ResultType",
    "RowType",
    "RunCaseRequest",
    "RunCaseResponse",
    "SessionState",
    "StartSessionRequest",
    "StartSessionResponse",
    "StepResultType",
    "StepType",
    "SuiteType",
    "ValueType",
    "Verdict",
    "WaitType",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/test/conformance/1.0"


class CaseKind(Enum):
    MANDATORY = "MANDATORY"
    OPTIONAL = "OPTIONAL"
    CONDITIONAL = "CONDITIONAL"


@dataclass(slots=True, kw_only=True)
class DecisionType:
    class Meta:
        name = "DecisionType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    tester: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    accepted: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    reason: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


class Direction(Enum):
    CLIENT_CALLS_HUB = "CLIENT_CALLS_HUB"
    HUB_CALLS_CLIENT = "HUB_CALLS_CLIENT"


class EvidenceKind(Enum):
    TEXT = "TEXT"
    FILE = "FILE"
    IMAGE = "IMAGE"


class Mover(Enum):
    PARTICIPANT = "PARTICIPANT"
    STAND = "STAND"
    TESTER = "TESTER"
    NOBODY = "NOBODY"


@dataclass(slots=True, kw_only=True)
class ParameterType:
    class Meta:
        name = "ParameterType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    given_by_participant: bool = field(
        metadata={
            "name": "givenByParticipant",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        }
    )
    required: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class PreflightType:
    class Meta:
        name = "PreflightType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    green: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    text: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


class ReportFormat(Enum):
    JUNIT = "JUNIT"
    JSON = "JSON"


@dataclass(slots=True, kw_only=True)
class RequirementType:
    class Meta:
        name = "RequirementType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    requirement_id: str = field(
        metadata={
            "name": "requirementId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    source: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    case_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        },
    )
    not_tested: None | str = field(
        default=None,
        metadata={
            "name": "notTested",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class RowType:
    class Meta:
        name = "RowType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    row: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


class SessionState(Enum):
    OPEN = "OPEN"
    PASSED = "PASSED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


@dataclass(slots=True, kw_only=True)
class ValueType:
    class Meta:
        name = "ValueType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    value: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )


class Verdict(Enum):
    PASS = "PASS"
    WARN = "WARN"
    FAIL = "FAIL"
    REVIEW = "REVIEW"
    SKIP = "SKIP"
    WAIT = "WAIT"
    ERROR = "ERROR"


@dataclass(slots=True, kw_only=True)
class AttemptType:
    class Meta:
        name = "AttemptType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    number: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        }
    )
    started_at: datetime.datetime = field(
        metadata={
            "name": "startedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    verdict: Verdict = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CancelSessionRequest:
    class Meta:
        name = "CancelSessionRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    reason: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CheckType:
    class Meta:
        name = "CheckType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    verdict: Verdict = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    what: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    expected: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    received: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    requirement: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    document: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    line: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        },
    )
    path: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    hint: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class FinishSessionRequest:
    class Meta:
        name = "FinishSessionRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    force: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    comment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentRequest:
    class Meta:
        name = "GetAttachmentRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    case_code: str = field(
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        }
    )
    row: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        },
    )
    step_id: None | str = field(
        default=None,
        metadata={
            "name": "stepId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetSessionRequest:
    class Meta:
        name = "GetSessionRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    after: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 0,
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"


@dataclass(slots=True, kw_only=True)
class RunCaseRequest:
    class Meta:
        name = "RunCaseRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    case_code: str = field(
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        }
    )
    row: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        },
    )
    attempt: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        }
    )


@dataclass(slots=True, kw_only=True)
class StepType:
    class Meta:
        name = "StepType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    step_id: str = field(
        metadata={
            "name": "stepId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mover: Mover = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    attachment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    evidence: None | EvidenceKind = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        },
    )
    expected: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class WaitType:
    class Meta:
        name = "WaitType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    mover: Mover = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    until: None | datetime.datetime = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )


@dataclass(slots=True, kw_only=True)
class CancelSessionResponse:
    class Meta:
        name = "CancelSessionResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    state: SessionState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class CaseType:
    class Meta:
        name = "CaseType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    case_code: str = field(
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    purpose: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    direction: Direction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    mandatory: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    kind: CaseKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    condition: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    expected: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    verifies: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    needs: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        },
    )
    row: list[RowType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    step: list[StepType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class FinishSessionResponse:
    class Meta:
        name = "FinishSessionResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    state: SessionState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    protocol_document_id: None | str = field(
        default=None,
        metadata={
            "name": "protocolDocumentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    obstacle: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetAttachmentResponse:
    class Meta:
        name = "GetAttachmentResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    attempt: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        }
    )
    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class GetReportRequest:
    class Meta:
        name = "GetReportRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    format: ReportFormat = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class GetReportResponse:
    class Meta:
        name = "GetReportResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class ListSuitesRequest:
    class Meta:
        name = "ListSuitesRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    suite_code: None | str = field(
        default=None,
        metadata={
            "name": "suiteCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Za-z0-9\\-]{1,50}",
            "white_space": "collapse",
        },
    )
    service_code: None | str = field(
        default=None,
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    kind: None | CaseKind = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class ProvideEvidenceRequest:
    class Meta:
        name = "ProvideEvidenceRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    case_code: str = field(
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        }
    )
    row: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        },
    )
    step_id: str = field(
        metadata={
            "name": "stepId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    file: FileRef = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class StartSessionRequest:
    class Meta:
        name = "StartSessionRequest"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_request_id: str = field(
        metadata={
            "name": "sessionRequestId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    case_id: None | str = field(
        default=None,
        metadata={
            "name": "caseId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    suite_code: str = field(
        metadata={
            "name": "suiteCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Za-z0-9\\-]{1,50}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    endpoint_url: None | str = field(
        default=None,
        metadata={
            "name": "endpointUrl",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "https?://[!-~]{1,990}",
            "white_space": "collapse",
        },
    )
    system_version: str = field(
        metadata={
            "name": "systemVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    rehearsal: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    parameter: list[ValueType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_occurs": 50,
        },
    )


@dataclass(slots=True, kw_only=True)
class StartSessionResponse:
    class Meta:
        name = "StartSessionResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    state: SessionState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    expires_at: datetime.datetime = field(
        metadata={
            "name": "expiresAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    test_data: list[ValueType] = field(
        default_factory=list,
        metadata={
            "name": "testData",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class StepResultType:
    class Meta:
        name = "StepResultType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    step_id: str = field(
        metadata={
            "name": "stepId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    text: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    verdict: Verdict = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    attachment: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )
    evidence: None | EvidenceKind = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        },
    )
    entry: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    wait: None | WaitType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    check: list[CheckType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    decision: None | DecisionType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class ResultType:
    class Meta:
        name = "ResultType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    case_code: str = field(
        metadata={
            "name": "caseCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Z]{2,4}-[0-9]{2,3}",
            "white_space": "collapse",
        }
    )
    row: None | int = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 1,
        },
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        }
    )
    kind: CaseKind = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    direction: Direction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    applicable: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    verdict: Verdict = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    passed: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    attempt: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 0,
        }
    )
    at: None | datetime.datetime = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        },
    )
    wait: None | WaitType = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    reason: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    earlier: list[AttemptType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    step: list[StepResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class SuiteType:
    class Meta:
        name = "SuiteType"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    suite_code: str = field(
        metadata={
            "name": "suiteCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Za-z0-9\\-]{1,50}",
            "white_space": "collapse",
        }
    )
    plan: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    title: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    service_code: None | str = field(
        default=None,
        metadata={
            "name": "serviceCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        },
    )
    version: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    digest: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-f]{64}",
            "white_space": "collapse",
        },
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    mandatory_count: int = field(
        metadata={
            "name": "mandatoryCount",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 0,
        }
    )
    trouble: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    basis: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    parameter: list[ParameterType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    preflight: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    case: list[CaseType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    requirement: list[RequirementType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GetSessionResponse:
    class Meta:
        name = "GetSessionResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    session_id: str = field(
        metadata={
            "name": "sessionId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        }
    )
    suite_code: str = field(
        metadata={
            "name": "suiteCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[A-Za-z0-9\\-]{1,50}",
            "white_space": "collapse",
        }
    )
    plan: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    plan_version: None | str = field(
        default=None,
        metadata={
            "name": "planVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        },
    )
    digest: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-f]{64}",
            "white_space": "collapse",
        }
    )
    state: SessionState = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    verdict: Verdict = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "white_space": "collapse",
        }
    )
    exit_code: int = field(
        metadata={
            "name": "exitCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 0,
            "max_inclusive": 3,
        }
    )
    rehearsal: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    system_version: str = field(
        metadata={
            "name": "systemVersion",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    started_at: datetime.datetime = field(
        metadata={
            "name": "startedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    expires_at: datetime.datetime = field(
        metadata={
            "name": "expiresAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    judged_at: datetime.datetime = field(
        metadata={
            "name": "judgedAt",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )
    seq: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "min_inclusive": 0,
        }
    )
    trouble: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    test_data: list[ValueType] = field(
        default_factory=list,
        metadata={
            "name": "testData",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    preflight: list[PreflightType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )
    obstacle: list[str] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "max_length": 4000,
            "white_space": "collapse",
        },
    )
    protocol_document_id: None | str = field(
        default=None,
        metadata={
            "name": "protocolDocumentId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
            "pattern": "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
            "white_space": "collapse",
        },
    )
    result: list[ResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ListSuitesResponse:
    class Meta:
        name = "ListSuitesResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    suite: list[SuiteType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class ProvideEvidenceResponse:
    class Meta:
        name = "ProvideEvidenceResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    result: ResultType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class RunCaseResponse:
    class Meta:
        name = "RunCaseResponse"
        namespace = "urn://x-artefacts-citto-72/test/conformance/1.0"

    result: ResultType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
    duplicate: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/test/conformance/1.0"}
    )
