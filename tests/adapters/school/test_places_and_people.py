"""SVC-09: schools, classes, guardians and staff that the school system sends."""

import town

from adapters.meals import models
from adapters.meals.repository import people
from adapters.school.handlers.classes import sync_classes
from adapters.school.handlers.guardians import sync_guardians
from adapters.school.handlers.institutions import sync_institutions
from adapters.school.handlers.staff import sync_staff
from adapters.school.messages.data import (
    BuildingType,
    ClassesItemType,
    ClassType,
    GuardianRelation,
    GuardiansItemType,
    GuardianType,
    InstitutionsItemType,
    InstitutionType,
    ItemErrorCode,
    StaffItemType,
    StaffRole,
    StaffType,
    SyncAction,
    SyncClassesRequest,
    SyncGuardiansRequest,
    SyncInstitutionsRequest,
    SyncMode,
    SyncResult,
    SyncStaffRequest,
)
from gateway.contracts.messages.common import PersonName

NAME = PersonName(last_name="Примеров", first_name="Пётр", middle_name="Образцович")
DELTA = {"batch_id": "B-1", "mode": SyncMode.DELTA}
FULL = {"batch_id": "B-1", "mode": SyncMode.FULL, "school_code": town.SCHOOL_1.code}


def school(code="SCH-9", *buildings: str) -> InstitutionsItemType:
    record = InstitutionType(
        school_code=code,
        full_name="Школа № 9 (пример)",
        short_name="Школа № 9",
        municipality_code="71701000",
        building=[
            BuildingType(building_code=one, name=f"Корпус {one}", address="ул. Примерная, д. 1")
            for one in buildings
        ],
    )
    return InstitutionsItemType(external_id=code, action=SyncAction.UPSERT, institution=record)


def school_class(code="SCH-1/5V", **changes) -> ClassesItemType:
    values = {"class_name": "5В", "school_code": town.SCHOOL_1.code, "parallel": 5}
    record = ClassType(class_code=code, **{**values, **changes})
    return ClassesItemType(external_id=code, action=SyncAction.UPSERT, class_value=record)


def guardian(key="G-9", *pupils: str, **changes) -> GuardiansItemType:
    values = {"name": NAME, "relation": GuardianRelation.PARENT, "esia_oid": "9000000009"}
    record = GuardianType(guardian_id=key, pupil_id=list(pupils), **{**values, **changes})
    return GuardiansItemType(external_id=key, action=SyncAction.UPSERT, guardian=record)


def employee(key="S-9", role=StaffRole.CLASS_TEACHER, **changes) -> StaffItemType:
    record = StaffType(staff_id=key, name=NAME, role=role, **{"esia_oid": "9000000010", **changes})
    return StaffItemType(external_id=key, action=SyncAction.UPSERT, staff=record)


def only(response):
    (result,) = response.result
    return result.result if result.error is None else result.error.code


def test_a_school_comes_with_its_buildings(office):
    request = SyncInstitutionsRequest(**DELTA, item=[school("SCH-9", "1", "2")])

    assert only(office.send(sync_institutions, request)) is SyncResult.CREATED
    assert [row.code for row in office.rows(models.building, school="SCH-9")] == ["1", "2"]


def test_a_whole_school_closes_buildings_that_are_gone(office):
    item = school(town.SCHOOL_1.code, "A")

    office.send(sync_institutions, SyncInstitutionsRequest(**FULL, item=[item]))

    closed = {row.code: row.is_closed for row in office.rows(models.building, school="SCH-1")}
    assert closed == {"A": False, "B": True}


def test_a_school_with_classes_is_not_closed(office):
    item = InstitutionsItemType(external_id=town.SCHOOL_1.code, action=SyncAction.CLOSE)

    answer = office.send(sync_institutions, SyncInstitutionsRequest(**DELTA, item=[item]))

    assert only(answer) is ItemErrorCode.IN_USE


def test_a_class_is_of_a_school_and_a_building_that_are_known(office):
    def answer(item, number):
        request = SyncClassesRequest(batch_id=f"B-{number}", mode=SyncMode.DELTA, item=[item])
        return only(office.send(sync_classes, request))

    assert answer(school_class(building_code="A"), 1) is SyncResult.CREATED
    assert answer(school_class(school_code="SCH-0"), 2) is ItemErrorCode.SCHOOL_UNKNOWN
    assert answer(school_class(building_code="Z"), 3) is ItemErrorCode.BUILDING_UNKNOWN


def test_a_renamed_class_is_seen_on_the_accounts_of_its_pupils(office):
    item = school_class(town.CLASS_3A.code, class_name="3Б", building_code="A", parallel=3)

    office.send(sync_classes, SyncClassesRequest(**DELTA, item=[item]))

    (account,) = office.rows(models.personal_account, number=town.IVAN.account)
    assert account.class_name == "3Б"


def test_a_class_with_pupils_is_not_closed(office):
    item = ClassesItemType(external_id=town.CLASS_3A.code, action=SyncAction.CLOSE)

    answer = office.send(sync_classes, SyncClassesRequest(**DELTA, item=[item]))

    assert only(answer) is ItemErrorCode.IN_USE


def test_a_guardian_acts_for_the_pupils_that_are_named(office):
    item = guardian("G-9", town.LEV.id, town.MARIA.id)

    office.send(sync_guardians, SyncGuardiansRequest(**DELTA, item=[item]))

    with office.database.reading() as transaction:
        mark = people.Mark("esia", people.esia_mark(transaction, "9000000009"))
        assert people.guardian_by(transaction, mark) == "G-9"
        assert people.accounts_of_guardian(transaction, "G-9") == {
            town.LEV.account,
            town.MARIA.account,
        }


def test_a_guardian_of_somebody_unknown_is_refused(office):
    request = SyncGuardiansRequest(**DELTA, item=[guardian("G-9", "NOBODY")])

    assert only(office.send(sync_guardians, request)) is ItemErrorCode.PUPIL_UNKNOWN


def test_a_mother_keeps_her_child_in_another_school_when_one_school_leaves_her_out(office):
    with office.database.writing() as transaction:
        transaction.execute(
            models.guardian_pupil.insert(),
            [{"guardian": town.MOTHER.id, "pupil": town.ALINA.id, "relation": "PARENT"}],
        )

    office.send(sync_guardians, SyncGuardiansRequest(**FULL, item=[guardian("G-9", town.LEV.id)]))

    (kept,) = office.rows(models.guardian, id=town.MOTHER.id)
    links = [row.pupil for row in office.rows(models.guardian_pupil, guardian=town.MOTHER.id)]
    assert (kept.is_closed, links) == (False, [town.ALINA.id])
    (gone,) = office.rows(models.guardian, id=town.FATHER_OF_MARIA.id)
    assert gone.is_closed


def test_a_teacher_needs_a_class_and_an_administrator_a_school(office):
    def answer(item, number):
        return only(
            office.send(
                sync_staff,
                SyncStaffRequest(batch_id=f"B-{number}", mode=SyncMode.DELTA, item=[item]),
            )
        )

    assert answer(employee(), 1) is ItemErrorCode.DATA_REQUIRED
    assert answer(employee(role=StaffRole.MEAL_ADMIN), 2) is ItemErrorCode.DATA_REQUIRED
    assert answer(employee(class_code=[town.CLASS_7B.code]), 3) is SyncResult.CREATED


def test_closed_staff_leads_no_class(office):
    item = StaffItemType(external_id=town.TEACHER_3A.id, action=SyncAction.CLOSE)

    answer = office.send(sync_staff, SyncStaffRequest(**DELTA, item=[item]))

    assert only(answer) is SyncResult.CLOSED
    assert not office.rows(models.staff_class, staff=town.TEACHER_3A.id)
