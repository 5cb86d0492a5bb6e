"""Messages of urn://x-artefacts-citto-72/school/data/1.0.

Made by `make messages`, not by hand.
"""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from gateway.contracts.messages.common import Contour, PersonName

__all__ = [
    "AbsenceReason",
    "AttendanceMarkType",
    "BuildingType",
    "ClassType",
    "ClassesItemType",
    "GuardianRelation",
    "GuardianType",
    "GuardiansItemType",
    "InstitutionType",
    "InstitutionsItemType",
    "ItemErrorCode",
    "ItemErrorType",
    "PingRequest",
    "PingResponse",
    "PupilResultType",
    "PupilType",
    "PupilsItemType",
    "RejectedMarkType",
    "StaffItemType",
    "StaffRole",
    "StaffType",
    "SyncAction",
    "SyncAttendanceRequest",
    "SyncAttendanceResponse",
    "SyncClassesRequest",
    "SyncClassesResponse",
    "SyncGuardiansRequest",
    "SyncGuardiansResponse",
    "SyncInstitutionsRequest",
    "SyncInstitutionsResponse",
    "SyncMode",
    "SyncPupilsRequest",
    "SyncPupilsResponse",
    "SyncResult",
    "SyncResultType",
    "SyncStaffRequest",
    "SyncStaffResponse",
]

__NAMESPACE__ = "urn://x-artefacts-citto-72/school/data/1.0"


class AbsenceReason(Enum):
    EXCUSED = "EXCUSED"
    UNEXCUSED = "UNEXCUSED"
    UNKNOWN = "UNKNOWN"


@dataclass(slots=True, kw_only=True)
class BuildingType:
    class Meta:
        name = "BuildingType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    building_code: str = field(
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    address: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class ClassType:
    class Meta:
        name = "ClassType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    class_name: str = field(
        metadata={
            "name": "className",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 20,
            "white_space": "collapse",
        }
    )
    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    building_code: None | str = field(
        default=None,
        metadata={
            "name": "buildingCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    parallel: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_inclusive": 0,
            "max_inclusive": 12,
        }
    )
    teacher_id: None | str = field(
        default=None,
        metadata={
            "name": "teacherId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


class GuardianRelation(Enum):
    PARENT = "PARENT"
    ADOPTER = "ADOPTER"
    GUARDIAN = "GUARDIAN"
    TRUSTEE = "TRUSTEE"
    OTHER = "OTHER"


class ItemErrorCode(Enum):
    DATA_REQUIRED = "DATA_REQUIRED"
    ROW_DUPLICATE = "ROW_DUPLICATE"
    RECORD_UNKNOWN = "RECORD_UNKNOWN"
    ID_MISMATCH = "ID_MISMATCH"
    SCHOOL_UNKNOWN = "SCHOOL_UNKNOWN"
    BUILDING_UNKNOWN = "BUILDING_UNKNOWN"
    CLASS_UNKNOWN = "CLASS_UNKNOWN"
    PUPIL_UNKNOWN = "PUPIL_UNKNOWN"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    IN_USE = "IN_USE"
    PERIOD_INVALID = "PERIOD_INVALID"
    MARK_OUTDATED = "MARK_OUTDATED"
    VALUE_INVALID = "VALUE_INVALID"


class StaffRole(Enum):
    CLASS_TEACHER = "CLASS_TEACHER"
    MEAL_ADMIN = "MEAL_ADMIN"


class SyncAction(Enum):
    UPSERT = "UPSERT"
    CLOSE = "CLOSE"


class SyncMode(Enum):
    DELTA = "DELTA"
    FULL = "FULL"


class SyncResult(Enum):
    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    CLOSED = "CLOSED"
    REJECTED = "REJECTED"


@dataclass(slots=True, kw_only=True)
class AttendanceMarkType:
    class Meta:
        name = "AttendanceMarkType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    pupil_id: str = field(
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    lesson_no: int = field(
        metadata={
            "name": "lessonNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_inclusive": 0,
            "max_inclusive": 20,
        }
    )
    present: bool = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"}
    )
    reason: None | AbsenceReason = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        },
    )
    at: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class ClassesItemType:
    class Meta:
        name = "ClassesItemType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    action: SyncAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    class_value: None | ClassType = field(
        default=None,
        metadata={
            "name": "class",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class GuardianType:
    class Meta:
        name = "GuardianType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    guardian_id: str = field(
        metadata={
            "name": "guardianId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: PersonName = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"}
    )
    snils: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        },
    )
    esia_oid: None | str = field(
        default=None,
        metadata={
            "name": "esiaOid",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{1,20}",
            "white_space": "collapse",
        },
    )
    pupil_id: list[str] = field(
        default_factory=list,
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    relation: GuardianRelation = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )


@dataclass(slots=True, kw_only=True)
class InstitutionType:
    class Meta:
        name = "InstitutionType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    school_code: str = field(
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    full_name: str = field(
        metadata={
            "name": "fullName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 1000,
            "white_space": "collapse",
        }
    )
    short_name: str = field(
        metadata={
            "name": "shortName",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    inn: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "([0-9][1-9]|[1-9][0-9])[0-9]{8}([0-9]{2})?",
            "white_space": "collapse",
        },
    )
    municipality_code: str = field(
        metadata={
            "name": "municipalityCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{8}([0-9]{3})?",
            "white_space": "collapse",
        }
    )
    building: list[BuildingType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class ItemErrorType:
    class Meta:
        name = "ItemErrorType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    code: ItemErrorCode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    message: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        }
    )
    path: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 255,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class PingRequest:
    class Meta:
        name = "PingRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"


@dataclass(slots=True, kw_only=True)
class PupilType:
    class Meta:
        name = "PupilType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    pupil_id: str = field(
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: PersonName = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"}
    )
    birth_date: datetime.date = field(
        metadata={
            "name": "birthDate",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    snils: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        },
    )
    class_code: str = field(
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    from_value: datetime.date = field(
        metadata={
            "name": "from",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    to: None | datetime.date = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
    )
    home_study: None | bool = field(
        default=None,
        metadata={
            "name": "homeStudy",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
        },
    )


@dataclass(slots=True, kw_only=True)
class StaffType:
    class Meta:
        name = "StaffType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    staff_id: str = field(
        metadata={
            "name": "staffId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    name: PersonName = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"}
    )
    snils: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}",
            "white_space": "collapse",
        },
    )
    esia_oid: None | str = field(
        default=None,
        metadata={
            "name": "esiaOid",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{1,20}",
            "white_space": "collapse",
        },
    )
    role: StaffRole = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: list[str] = field(
        default_factory=list,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )


@dataclass(slots=True, kw_only=True)
class GuardiansItemType:
    class Meta:
        name = "GuardiansItemType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    action: SyncAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    guardian: None | GuardianType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class InstitutionsItemType:
    class Meta:
        name = "InstitutionsItemType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    action: SyncAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    institution: None | InstitutionType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PingResponse:
    class Meta:
        name = "PingResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    service: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 100,
            "white_space": "collapse",
        }
    )
    version: str = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "max_length": 10,
            "pattern": "[0-9]{1,4}\\.[0-9]{1,4}",
            "white_space": "collapse",
        }
    )
    contour: Contour = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    time: datetime.datetime = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2})",
        }
    )


@dataclass(slots=True, kw_only=True)
class PupilResultType:
    class Meta:
        name = "PupilResultType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: SyncResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    account: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{6,20}",
            "white_space": "collapse",
        },
    )
    error: None | ItemErrorType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class PupilsItemType:
    class Meta:
        name = "PupilsItemType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    action: SyncAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    pupil: None | PupilType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class RejectedMarkType:
    class Meta:
        name = "RejectedMarkType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    row_no: int = field(
        metadata={
            "name": "rowNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_inclusive": 1,
        }
    )
    pupil_id: str = field(
        metadata={
            "name": "pupilId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    lesson_no: int = field(
        metadata={
            "name": "lessonNo",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_inclusive": 0,
            "max_inclusive": 20,
        }
    )
    error: ItemErrorType = field(
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"}
    )


@dataclass(slots=True, kw_only=True)
class StaffItemType:
    class Meta:
        name = "StaffItemType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    action: SyncAction = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    staff: None | StaffType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class SyncResultType:
    class Meta:
        name = "SyncResultType"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    external_id: str = field(
        metadata={
            "name": "externalId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: SyncResult = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    error: None | ItemErrorType = field(
        default=None,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class SyncAttendanceRequest:
    class Meta:
        name = "SyncAttendanceRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    date: datetime.date = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        }
    )
    mark: list[AttendanceMarkType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncClassesRequest:
    class Meta:
        name = "SyncClassesRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: SyncMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[ClassesItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncAttendanceResponse:
    class Meta:
        name = "SyncAttendanceResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    accepted: int = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_inclusive": 0,
        }
    )
    rejected: list[RejectedMarkType] = field(
        default_factory=list,
        metadata={"type": "Element", "namespace": "urn://x-artefacts-citto-72/school/data/1.0"},
    )


@dataclass(slots=True, kw_only=True)
class SyncClassesResponse:
    class Meta:
        name = "SyncClassesResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: list[SyncResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncGuardiansRequest:
    class Meta:
        name = "SyncGuardiansRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: SyncMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[GuardiansItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncGuardiansResponse:
    class Meta:
        name = "SyncGuardiansResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: list[SyncResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncInstitutionsRequest:
    class Meta:
        name = "SyncInstitutionsRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: SyncMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[InstitutionsItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncInstitutionsResponse:
    class Meta:
        name = "SyncInstitutionsResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: list[SyncResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncPupilsRequest:
    class Meta:
        name = "SyncPupilsRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: SyncMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    class_code: None | str = field(
        default=None,
        metadata={
            "name": "classCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[PupilsItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncPupilsResponse:
    class Meta:
        name = "SyncPupilsResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: list[PupilResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncStaffRequest:
    class Meta:
        name = "SyncStaffRequest"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    mode: SyncMode = field(
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "white_space": "collapse",
        }
    )
    school_code: None | str = field(
        default=None,
        metadata={
            "name": "schoolCode",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        },
    )
    item: list[StaffItemType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )


@dataclass(slots=True, kw_only=True)
class SyncStaffResponse:
    class Meta:
        name = "SyncStaffResponse"
        namespace = "urn://x-artefacts-citto-72/school/data/1.0"

    batch_id: str = field(
        metadata={
            "name": "batchId",
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_length": 1,
            "max_length": 50,
            "white_space": "collapse",
        }
    )
    result: list[SyncResultType] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "urn://x-artefacts-citto-72/school/data/1.0",
            "min_occurs": 1,
        },
    )
