"""SVC-09: what becomes of pupils that the school system sends."""

from datetime import date

import pytest
import town

from adapters.meals import models
from adapters.meals.repository.menu import seat_of
from adapters.school.batches import MOST_ROWS
from adapters.school.handlers.pupils import sync_pupils
from adapters.school.messages.data import (
    ItemErrorCode,
    PupilsItemType,
    PupilType,
    SyncAction,
    SyncMode,
    SyncPupilsRequest,
    SyncResult,
)
from gateway.contracts.messages.common import PersonName
from gateway.kernel.errors import DuplicateConflict, NotAllowed, TooLarge, ValidationError
from gateway.kernel.identifiers import account_check_digit_holds


def pupil(key: str = "P-100", **changes) -> PupilType:
    values = {
        "pupil_id": key,
        "name": PersonName(last_name="Примерова", first_name="Алла", middle_name="Образцовна"),
        "birth_date": date(2016, 5, 17),
        "class_code": town.CLASS_3A.code,
        "from_value": date(2026, 9, 1),
    }
    return PupilType(**{**values, **changes})


def upsert(record: PupilType, key: str | None = None) -> PupilsItemType:
    return PupilsItemType(
        external_id=key or record.pupil_id, action=SyncAction.UPSERT, pupil=record
    )


def close(key: str) -> PupilsItemType:
    return PupilsItemType(external_id=key, action=SyncAction.CLOSE)


def batch(*items: PupilsItemType, batch_id: str = "B-1", **more) -> SyncPupilsRequest:
    return SyncPupilsRequest(
        **{"batch_id": batch_id, "mode": SyncMode.DELTA, "item": list(items), **more}
    )


def results(response) -> list[tuple[str, SyncResult]]:
    return [(one.external_id, one.result) for one in response.result]


def test_a_new_pupil_gets_an_account_with_a_check_digit(office):
    (result,) = office.send(sync_pupils, batch(upsert(pupil()))).result

    assert result.result is SyncResult.CREATED
    assert len(result.account) == 10
    assert account_check_digit_holds(result.account)
    (account,) = office.rows(models.personal_account, number=result.account)
    assert (account.pupil_mask, account.class_name) == ("Алла П.", "3А")
    assert account.organizer_inn == town.INN


def test_accounts_of_one_batch_differ_and_none_was_taken_before(office):
    response = office.send(sync_pupils, batch(*(upsert(pupil(f"P-{n}")) for n in range(100, 150))))

    accounts = {one.account for one in response.result}
    assert len(accounts) == 50
    assert not accounts & {one.account for one in town.PUPILS}


def test_the_same_record_in_another_batch_changes_nothing(office):
    first = office.send(sync_pupils, batch(upsert(pupil())))

    second = office.send(sync_pupils, batch(upsert(pupil()), batch_id="B-2"))

    assert results(second) == [("P-100", SyncResult.UNCHANGED)]
    assert second.result[0].account == first.result[0].account


def test_a_repeated_batch_gets_the_first_answer(office):
    first = office.send(sync_pupils, batch(upsert(pupil())))
    office.send(sync_pupils, batch(close("P-100"), batch_id="B-2"))

    assert office.send(sync_pupils, batch(upsert(pupil()))) == first


def test_another_content_under_the_same_batch_is_a_conflict(office):
    office.send(sync_pupils, batch(upsert(pupil())))

    with pytest.raises(DuplicateConflict):
        office.send(sync_pupils, batch(upsert(pupil("P-101"))))


def test_a_pupil_who_moves_keeps_the_account_and_is_fed_by_the_new_school(office):
    moved = pupil(town.IVAN.id, class_code=town.CLASS_4G.code)

    (result,) = office.send(sync_pupils, batch(upsert(moved))).result

    assert (result.result, result.account) == (SyncResult.UPDATED, town.IVAN.account)
    (account,) = office.rows(models.personal_account, number=town.IVAN.account)
    assert (account.school_code, account.organizer_inn) == (
        town.SCHOOL_2.code,
        town.OTHER_INN,
    )


def test_a_closed_pupil_was_there_until_yesterday(office):
    day = office.clock().date()

    response = office.send(sync_pupils, batch(close(town.IVAN.id)))

    assert results(response) == [(town.IVAN.id, SyncResult.CLOSED)]
    with office.database.reading() as transaction:
        assert seat_of(transaction, town.IVAN.account, day) is None


def test_names_and_dates_are_sealed(office):
    office.send(sync_pupils, batch(upsert(pupil())))

    with office.database.reading() as transaction:
        ((name, born),) = transaction.connection.exec_driver_sql(
            "SELECT name, birth_date FROM pupil WHERE id = 'P-100'"
        )
    assert "Примерова" not in name
    assert "2016" not in born


BAD = {
    ItemErrorCode.DATA_REQUIRED: PupilsItemType(external_id="X", action=SyncAction.UPSERT),
    ItemErrorCode.ID_MISMATCH: upsert(pupil("Y"), "X"),
    ItemErrorCode.CLASS_UNKNOWN: upsert(pupil("X", class_code="NOWHERE")),
    ItemErrorCode.PERIOD_INVALID: upsert(pupil("X", to=date(2026, 8, 31))),
    ItemErrorCode.VALUE_INVALID: upsert(pupil("X", snils="11223344596")),
    ItemErrorCode.RECORD_UNKNOWN: close("X"),
}


@pytest.mark.parametrize("code", BAD, ids=lambda code: code.value)
def test_a_bad_row_is_named_and_does_not_reject_its_neighbour(office, code):
    response = office.send(sync_pupils, batch(BAD[code], upsert(pupil())))

    assert results(response) == [("X", SyncResult.REJECTED), ("P-100", SyncResult.CREATED)]
    assert response.result[0].error.code is code
    assert not office.rows(models.pupil, id="X")


def test_rows_of_one_identifier_are_all_rejected(office):
    response = office.send(sync_pupils, batch(upsert(pupil()), close("P-100")))

    assert [one.error.code for one in response.result] == [ItemErrorCode.ROW_DUPLICATE] * 2


def test_a_full_class_closes_whom_it_does_not_name(office):
    request = batch(
        upsert(pupil()),
        mode=SyncMode.FULL,
        school_code=town.SCHOOL_1.code,
        class_code=town.CLASS_3A.code,
    )

    response = office.send(sync_pupils, request)

    left = {one.id for one in town.PUPILS if one.school_class is town.CLASS_3A}
    assert results(response)[0] == ("P-100", SyncResult.CREATED)
    assert set(results(response)[1:]) == {(key, SyncResult.CLOSED) for key in left}


def test_a_full_class_with_a_bad_row_closes_nobody(office):
    request = batch(
        upsert(pupil()),
        upsert(pupil("P-101", class_code=town.CLASS_7B.code)),
        mode=SyncMode.FULL,
        school_code=town.SCHOOL_1.code,
        class_code=town.CLASS_3A.code,
    )

    response = office.send(sync_pupils, request)

    assert results(response) == [("P-100", SyncResult.CREATED), ("P-101", SyncResult.REJECTED)]
    assert response.result[1].error.code is ItemErrorCode.OUT_OF_SCOPE


def test_a_full_batch_has_to_say_whose_it_is(office):
    with pytest.raises(ValidationError):
        office.send(sync_pupils, batch(upsert(pupil()), mode=SyncMode.FULL))


def test_too_many_rows_are_refused_as_a_whole(office):
    rows = [close(f"P-{number}") for number in range(MOST_ROWS + 1)]

    with pytest.raises(TooLarge):
        office.send(sync_pupils, batch(*rows))


@pytest.mark.parametrize("sender", [town.ORGANIZER, town.OMSU, town.DON, town.OPERATOR])
def test_nobody_but_the_school_system_tells_of_pupils(office, sender):
    with pytest.raises(NotAllowed):
        office.send(sync_pupils, batch(upsert(pupil())), sender)
