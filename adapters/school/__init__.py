"""The school system: institutions, classes, pupils, guardians, staff, attendance (SVC-09)."""

from adapters.school.errors import CutOffPassed
from adapters.school.handlers.attendance import sync_attendance
from adapters.school.handlers.classes import sync_classes
from adapters.school.handlers.guardians import sync_guardians
from adapters.school.handlers.institutions import sync_institutions
from adapters.school.handlers.pupils import sync_pupils
from adapters.school.handlers.staff import sync_staff
from adapters.school.messages import data
from gateway.adapter import Adapter, Service, writing


def _batch(request: data.SyncPupilsRequest) -> str:
    return request.batch_id


SCHOOL_DATA = Service(
    contract="school/data/1.0",
    messages=data,
    operations=(
        writing("SyncInstitutions", sync_institutions, business_key=_batch),
        writing("SyncClasses", sync_classes, business_key=_batch),
        writing("SyncPupils", sync_pupils, business_key=_batch),
        writing("SyncGuardians", sync_guardians, business_key=_batch),
        writing("SyncStaff", sync_staff, business_key=_batch),
        writing("SyncAttendance", sync_attendance, business_key=_batch, faults=(CutOffPassed,)),
    ),
)

ADAPTER = Adapter("school", services=(SCHOOL_DATA,))
