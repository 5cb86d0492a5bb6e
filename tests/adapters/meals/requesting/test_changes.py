"""SVC-07 UpdateRequest, SendRequest, ConfirmActual: versions, reasons, the end of the day."""

from decimal import Decimal
from uuid import UUID

import pytest
import town
from nights import Night
from teachers import DAY, changed, included, line_of, local

from adapters.meals import models
from adapters.meals.errors import CutOffPassed, LineNotInRequest
from adapters.meals.handlers.actual_meals import confirm_actual
from adapters.meals.handlers.requests import send_request, update_request
from adapters.meals.messages.class_request import ChangeReason
from gateway.contracts.messages.common import RequestState
from gateway.kernel.errors import IllegalTransition, NotAllowed, StaleVersion, ValidationError
from gateway.storage.vault import VaultClosed

IVAN_LUNCH = changed(town.IVAN, town.LUNCH)


def test_a_portion_is_left_out_with_its_reason(formed):
    response = formed.update(1, IVAN_LUNCH)

    assert (response.version, response.duplicate) == (2, False)
    line = line_of(response.line, town.IVAN, town.LUNCH)
    assert (line.included, line.present, line.reason) == (
        False,
        True,
        ChangeReason.JOURNAL_MISMATCH,
    )
    assert (town.IVAN.account, town.BREAKFAST) in included(response.line)
    assert formed.get().line == response.line


def test_a_portion_is_asked_for_again(formed):
    formed.update(1, IVAN_LUNCH)

    response = formed.update(
        2, changed(town.IVAN, town.LUNCH, included=True, reason="OTHER", comment="Пришёл к обеду")
    )

    line = line_of(response.line, town.IVAN, town.LUNCH)
    assert (line.included, line.comment) == (True, "Пришёл к обеду")


def test_leaving_out_a_meal_frees_the_credit_for_a_later_one(formed):
    formed.top_up(town.IVAN, "-54.46")
    assert line_of(formed.get().line, town.IVAN, town.LUNCH).credit_exceeded

    response = formed.update(1, changed(town.IVAN, town.BREAKFAST, reason="CREDIT_EXCEEDED"))

    assert not line_of(response.line, town.IVAN, town.LUNCH).credit_exceeded
    assert line_of(response.line, town.IVAN, town.LUNCH).balance == Decimal("-54.46")


def test_all_changes_or_none(formed):
    before = formed.get()

    refusal = formed.refused(
        update_request, formed.updating(1, IVAN_LUNCH, changed(town.DARYA, town.LUNCH))
    )

    assert isinstance(refusal, LineNotInRequest)
    assert [finding.path for finding in refusal.findings] == ["/UpdateRequestRequest/change[2]"]
    assert formed.get() == before


def test_a_line_is_named_once(formed):
    refusal = formed.refused(update_request, formed.updating(1, IVAN_LUNCH, IVAN_LUNCH))

    assert isinstance(refusal, ValidationError)
    assert [finding.path for finding in refusal.findings] == ["/UpdateRequestRequest/change[2]"]


def test_another_reason_is_explained(formed):
    change = changed(town.IVAN, town.LUNCH, reason="OTHER")

    refusal = formed.refused(update_request, formed.updating(1, change))

    assert isinstance(refusal, ValidationError)
    (finding,) = refusal.findings
    assert finding.path == "/UpdateRequestRequest/change[1]/comment"


def test_the_same_change_again_gets_the_first_answer(formed):
    first = formed.update(1, IVAN_LUNCH)
    formed.update(2, changed(town.MARIA, town.LUNCH))

    again = formed.update(1, IVAN_LUNCH)

    assert again.duplicate
    assert (again.version, again.line) == (2, first.line)
    assert formed.get().version == 3


def test_the_first_answer_comes_even_after_23_00(formed):
    first = formed.update(1, IVAN_LUNCH)

    again = formed.at("23:30").update(1, IVAN_LUNCH)

    assert (again.duplicate, again.line) == (True, first.line)


def test_kept_answers_open_with_the_key_only(formed):
    formed.update(1, IVAN_LUNCH)

    with formed.database.reading() as transaction:
        kept = transaction.connection.exec_driver_sql("SELECT answer FROM request_change").scalar()
        opened = transaction.vault.open("request_change.answer", kept)
        with pytest.raises(VaultClosed):
            transaction.vault.open("pupil.name", kept)
    assert opened not in kept


def test_another_change_upon_the_same_version_is_too_late(formed):
    formed.update(1, IVAN_LUNCH)

    refusal = formed.refused(update_request, formed.updating(1, changed(town.MARIA, town.LUNCH)))

    assert isinstance(refusal, StaleVersion)


def test_a_version_that_is_still_to_come_is_stale_too(formed):
    assert isinstance(formed.refused(update_request, formed.updating(2, IVAN_LUNCH)), StaleVersion)


def test_a_request_is_sent_and_may_still_be_changed_and_sent_again(formed):
    sent = formed.at("08:10").send(1)
    changed_after = formed.update(2, IVAN_LUNCH)
    again = formed.at("08:20").send(3)

    assert (sent.state, sent.version, sent.sent_at) == (RequestState.SENT, 2, local("08:10"))
    assert changed_after.version == 3
    assert (again.version, again.sent_at) == (4, local("08:20"))
    assert formed.get().state is RequestState.SENT


def test_sending_again_the_same_gets_the_first_answer(formed):
    first = formed.send(1)

    again = formed.at("09:00").send(1)

    assert (again.duplicate, again.sent_at) == (True, first.sent_at)


def test_who_has_eaten_is_confirmed(formed):
    response = formed.at("14:00").confirm(1, (town.IVAN, town.LUNCH, False))

    assert (response.state, response.version) == (RequestState.ACTUAL_CONFIRMED, 2)
    told = formed.get()
    assert (told.confirmed_at, told.state) == (local("14:00"), RequestState.ACTUAL_CONFIRMED)
    assert line_of(told.line, town.IVAN, town.LUNCH).ate is False
    assert line_of(told.line, town.IVAN, town.BREAKFAST).ate is None


def test_a_later_confirmation_takes_the_place_of_the_one_before(formed):
    formed.confirm(1, (town.IVAN, town.LUNCH, False))

    formed.confirm(2, (town.MARIA, town.LUNCH, False))

    lines = formed.get().line
    assert line_of(lines, town.IVAN, town.LUNCH).ate is None
    assert line_of(lines, town.MARIA, town.LUNCH).ate is False


@pytest.mark.parametrize("step", ["update", "send"])
def test_what_is_confirmed_is_not_changed_or_sent_any_more(formed, step):
    formed.confirm(1, (town.IVAN, town.LUNCH, False))

    handler, request = {
        "update": (update_request, formed.updating(2, IVAN_LUNCH)),
        "send": (send_request, formed.sending(2)),
    }[step]
    assert isinstance(formed.refused(handler, request), IllegalTransition)


def test_a_foreign_line_is_not_confirmed(formed):
    refusal = formed.refused(confirm_actual, formed.confirming(1, (town.PAVEL, town.LUNCH, True)))

    assert isinstance(refusal, LineNotInRequest)
    assert refusal.findings[0].path == "/ConfirmActualRequest/line[1]"


def test_a_line_is_confirmed_once(formed):
    eaten = (town.IVAN, town.LUNCH, True)

    assert isinstance(
        formed.refused(confirm_actual, formed.confirming(1, eaten, eaten)), ValidationError
    )


def test_the_last_second_before_23_00_is_in_time(formed):
    formed.at("22:59:59")

    assert formed.update(1, IVAN_LUNCH).version == 2
    assert formed.send(2).version == 3
    assert formed.confirm(3, (town.IVAN, town.LUNCH, True)).version == 4


def test_at_23_00_sharp_nothing_is_changed_any_more(formed):
    formed.at("23:00:00")

    for handler, request in (
        (update_request, formed.updating(1, IVAN_LUNCH)),
        (send_request, formed.sending(1)),
        (confirm_actual, formed.confirming(1, (town.IVAN, town.LUNCH, True))),
    ):
        assert isinstance(formed.refused(handler, request), CutOffPassed)
    assert (formed.get().state, formed.get().version) == (RequestState.LOCKED, 1)


@pytest.mark.parametrize("exists", [True, False], ids=["foreign", "none"])
def test_a_foreign_request_and_none_look_alike(formed, exists):
    request_id = formed.request_id if exists else str(UUID(int=5))
    other = formed.of(town.TEACHER_7B, town.CLASS_7B)

    refusal = other.refused(update_request, formed.updating(1, IVAN_LUNCH, request_id=request_id))

    assert type(refusal) is NotAllowed
    assert (refusal.text, refusal.findings) == (NotAllowed.message, ())


def test_the_request_is_the_fact_but_where_somebody_said_otherwise(formed):
    formed.update(1, IVAN_LUNCH)
    formed.confirm(2, (town.IVAN, town.LUNCH, True), (town.MARIA, town.BREAKFAST, False))

    night = Night(formed.database).at(DAY, "23:00")
    night.run("meal.lock_day")
    night.at(DAY, "23:00:05").run("meal.debit", local("23:00"))

    debited = {(row.account, row.meal_type) for row in night.table(models.meal_debit)}
    assert debited == {
        (town.IVAN.account, town.BREAKFAST),
        (town.IVAN.account, town.LUNCH),
        (town.MARIA.account, town.LUNCH),
        (town.TIMUR.account, town.BREAKFAST),
        (town.TIMUR.account, town.LUNCH),
    }
    assert formed.at("23:10").get().state is RequestState.LOCKED


def test_a_request_without_lines_debits_nothing_and_its_class_is_not_missed(teacher):
    for pupil in (town.IVAN, town.MARIA, town.TIMUR):
        teacher.mark(pupil, present=False)
    teacher.form()

    night = Night(teacher.database).at(DAY, "23:00:05")
    night.run("meal.debit", local("23:00"))
    night.run("meal.unformed_report", local("23:05"))

    assert night.table(models.meal_debit) == []
    missed = {row.class_code for row in night.table(models.unformed_class)}
    assert town.CLASS_3A.code not in missed
    assert town.CLASS_7B.code in missed
