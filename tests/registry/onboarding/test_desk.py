import json
import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import enrolment
import pytest
import sqlalchemy as sa
from enrolment import ADMIN, CONTACTS, bank_way

from gateway.kernel.errors import DuplicateConflict, IllegalTransition
from gateway.kernel.message import Contour, ParticipantState
from gateway.storage.database import registry_metadata
from registry import models
from registry.calendar import local_date, start_of
from registry.directory import Directory
from registry.notices import NoticeCode
from registry.onboarding import cases, desk, errors
from registry.onboarding.table import CaseKind, Doc


@pytest.fixture
def known(registry_database, clock):
    directory = Directory(registry_database, clock)

    def known(code, contour=Contour.PROD):
        directory.invalidate()
        return directory.participant(contour, code)

    return known


def test_a_bank_goes_from_its_statement_into_operation_on_the_date_of_its_act(
    office, bank, known, clock
):
    clock.now = datetime(2026, 10, 28, 6, tzinfo=UTC)
    live = date(2026, 11, 9)
    case = office.join(bank)
    assert known(bank).state is ParticipantState.JOINED

    case = office.walk(case, *bank_way(local_date(clock.now), live=live))

    assert case.state == "ACT_SIGNED"
    assert known(bank).services == frozenset()
    clock.now = start_of(live) - timedelta(microseconds=1)
    assert office.go_live() == []
    clock.now = start_of(live)
    [case] = office.go_live()
    assert case.state == "IN_OPERATION"
    assert office.go_live() == []
    assert known(bank).state is ParticipantState.IN_OPERATION
    assert known(bank).services == {"meals/bank-payment", "meals/payment-registry"}
    assert [doc for doc, *_ in office.papers.drawn] == [
        Doc.PLAN_CONN,
        Doc.PROT_BANK,
        Doc.ACT_BANK_TEST,
    ]
    told = {entry[0] for entry in office.board.posted}
    assert told == {NoticeCode.JOINED, NoticeCode.PLAN, NoticeCode.CASE_STATE}
    assert [step.row for step in case.history][-1] == "ONB-BANK-13"


def test_an_organizer_and_an_operator_of_a_system_come_into_operation_too(
    office, enter, known, clock
):
    today = local_date(clock.now)
    case = office.join(enter("ORG-1", "ORGANIZER"))
    case = office.walk(
        case,
        ("notify_readiness", {"format_version": "1.0", **CONTACTS}),
        ("plan_tests", {"test_from": today, "test_until": today}),
        "start_tests",
        ("fail_tests", {"reason": "сценарий 7"}),
        "start_tests",
    )
    clock.advance(hours=1)  # sessions from before the failure would not count
    case = office.walk(
        case,
        "pass_tests",
        "draw_up_act",
        ("sign_act", {"signed_on": today}),
        ("connect_network", enrolment.NETWORK),
    )
    assert case.state == "IN_OPERATION"
    assert known("ORG-1").state is ParticipantState.IN_OPERATION
    letter = {"letter_number": "1", "letter_date": today}
    facts = {"system_name": "ИС", "purpose": "связь", "legal_form": "OTHER"}
    emp = office.open(
        enter("IS-1", "SYSTEM_OPERATOR"), CaseKind.EMP, "apply", {**facts, **letter, **CONTACTS}
    )
    decision = {"decision_number": "1", "decision_date": today}
    with pytest.raises(errors.GuardFailed, match="договор"):
        office.step(emp, "approve", decision)
    with office.database.reading() as transaction:
        assert not desk.formats_are_open(transaction, "IS-1", "emp")
        assert desk.formats_are_open(transaction, "IS-1", "meals")
    emp = office.walk(
        emp,
        "require_contract",
        ("sign_contract", {"contract_number": "1", "contract_date": today}),
        ("approve", decision),
    )
    with office.database.reading() as transaction:
        assert desk.formats_are_open(transaction, "IS-1", "emp")
    emp = office.walk(
        emp,
        "send_requirements",
        ("pass_tests", {"tests_passed": True, "session": "1"}),
        "draw_up_act",
        ("sign_act", {"signed_on": today}),
    )
    assert emp.state == "IN_OPERATION"


def test_an_organizer_with_a_workplace_never_opens_production(office, enter, known, clock):
    case = office.open(enter("ORG-1", "ORGANIZER"), CaseKind.ORG_INT, "submit_join")
    case = office.walk(
        case,
        ("register_join", {"join_number": "1"}),
        "choose_workplace",
        (
            "send_letter",
            {"letter_number": "1", "letter_date": "2026-03-02", "employees": "Иванов", **CONTACTS},
        ),
        "configure",
        ("confirm_manual", {"manual_read": True}),
    )

    assert (case.kind, case.state) == (CaseKind.ORG_ARM, "IN_OPERATION")
    assert known("ORG-1").state is ParticipantState.JOINED


def test_an_act_without_both_signatures_is_refused(office, bank, clock):
    case = office.walk(office.join(bank), *bank_way(local_date(clock.now))[:-1])

    with pytest.raises(errors.GuardFailed, match="ACT-BANK-TEST"):
        office.step(case, "sign_act", {"signed_on": local_date(clock.now)})


def test_an_act_drawn_up_anew_has_to_be_signed_anew(office, bank, clock):
    today = local_date(clock.now)
    case = office.walk(office.join(bank), *bank_way(today)[:-1])
    office.papers.sign(Doc.ACT_BANK_TEST)
    case = office.step(case, "draw_up_act", {"go_live_on": today + timedelta(days=1)})

    with pytest.raises(errors.GuardFailed, match="не подписан"):
        office.step(case, "sign_act", {"signed_on": today})


def test_production_does_not_begin_before_the_act(office, bank, clock):
    today = local_date(clock.now)
    case = office.walk(office.join(bank), *bank_way(today)[:-1])
    office.papers.sign(Doc.ACT_BANK_TEST)
    clock.advance(days=1)

    with pytest.raises(errors.GuardFailed, match="раньше даты акта"):
        office.step(case, "sign_act", {"signed_on": today + timedelta(days=1)})


def test_the_application_comes_after_the_statement(office, bank):
    with pytest.raises(errors.JoinRequired):
        office.open(bank, CaseKind.BANK, "continue_joined")


def test_the_public_portal_connects_nobody(office, enter):
    code = enter("SCHOOL-1", "SCHOOL")
    with pytest.raises(errors.NotApplicable, match="публичным ресурсом"):
        office.open(code, CaseKind.REG, "submit_join", {"subsystem": "EDUCATION_PORTAL"})


def test_a_case_is_not_for_every_kind(office, enter):
    with pytest.raises(errors.NotApplicable, match="SCHOOL"):
        office.open(enter("SCHOOL-1", "SCHOOL"), CaseKind.BANK, "submit_join")


def test_a_request_without_both_contacts_is_refused(office, bank):
    case = office.join(bank)
    with pytest.raises(errors.GuardFailed, match="technical_contact"):
        office.step(case, "apply", {"responsible_contact": CONTACTS["responsible_contact"]})


def test_a_wrong_snils_is_refused_and_a_right_one_is_kept_masked(office, enter):
    case = office.join(enter("SCHOOL-1", "SCHOOL"))
    facts = {"subsystem": "SCHOOL", "esia_account": True, **ADMIN, **CONTACTS}
    with pytest.raises(errors.SnilsInvalid):
        office.step(case, "request_admin", {**facts, "admin_snils": "112-233-445 96"})

    case = office.step(case, "request_admin", facts)

    assert case.facts["admin_snils"] == "***-***-445 95"
    with office.database.reading() as transaction:
        everything = repr(
            [
                transaction.execute(sa.select(sa.literal_column("*")).select_from(one)).all()
                for one in registry_metadata.sorted_tables  # as it lies there: sealed stays sealed
            ]
        )
    for told in ("11223344595", "Сидорова", "Петров", "tech@example.test"):
        assert told not in everything
    assert "Сидорова" not in repr(office.board.posted)
    with pytest.raises(errors.GuardFailed, match="ESIA"):
        office.step(case, "grant_admin", {"auth_method": "LOGIN"})
    assert office.step(case, "grant_admin", {"auth_method": "ESIA"}).state == "ADMIN_GRANTED"


def test_the_documents_are_given_what_the_case_does_not_keep(office, enter):
    case = office.open(
        enter("DEPT-1", "DEPARTMENT"),
        CaseKind.OIV_ACC,
        "request",
        {"person_name": "Сидоров", "position": "эксперт", "unit": "отдел",
         "service_name": "Сервис", "purpose": "учёт"},
    )  # fmt: skip
    office.step(case, "refuse", {"refusal_ground": "INCOMPLETE", "reason": "нет цели"})

    assert office.papers.seen[0]["reason"] == "нет цели"


def test_prohibited_data_are_named(office, enter):
    facts = {
        "purpose": "учёт",
        "service_name": "Сервис",
        "responsible_contact": CONTACTS["responsible_contact"],
        "data_list": ["адреса", "сведения о состоянии здоровья"],
    }
    with pytest.raises(errors.GuardFailed, match="здоровья"):
        office.open(enter("DEPT-1", "DEPARTMENT"), CaseKind.OIV_SVC, "request", facts)


def test_numbers_run_by_kind_and_year(office, enter, clock):
    numbers = [office.join(enter(f"BANK-{n}", "BANK")).number for n in range(2)]
    numbers.append(office.join(enter("SCHOOL-1", "SCHOOL")).number)
    clock.now = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    numbers.append(office.join(enter("BANK-9", "BANK")).number)

    assert numbers == ["БАНК-2026-0001", "БАНК-2026-0002", "РЕГИСО-2026-0001", "БАНК-2027-0001"]


def test_a_request_that_comes_again_has_its_first_result(office, bank):
    key = str(uuid4())
    first = office.open(bank, CaseKind.BANK, "submit_join", key=key)
    again = office.open(bank, CaseKind.BANK, "submit_join", key=key)
    assert (again.id, again.duplicate, len(again.history)) == (first.id, True, 1)
    with pytest.raises(DuplicateConflict):
        office.open(bank, CaseKind.BANK, "continue_joined", key=key)

    case = office.step(first, "register_join", {"join_number": "1"})
    for expected in (False, True):
        case = office.step(first, "apply", CONTACTS, key="заявка-1")
        assert (case.state, case.duplicate) == ("APPLIED", expected)
    with pytest.raises(DuplicateConflict):
        office.step(first, "apply", {**CONTACTS, "letter_number": "2"}, key="заявка-1")


def test_a_suspension_and_a_disconnection_close_both_contours_at_once(
    office, bank, known, clock, registry_database
):
    office.join(bank)
    enrolment.commission(registry_database, bank, clock.now)
    with registry_database.reading() as transaction:
        [case] = cases.listed(transaction, participant=bank)

    case = office.step(case, "suspend", {"reason": "реестр не сдан"})
    assert known(bank).state is ParticipantState.SUSPENDED
    assert known(bank).services == frozenset()
    case = office.step(case, "resume", {"reason": "сдан"})
    assert known(bank).state is ParticipantState.IN_OPERATION
    case = office.step(case, "disconnect", {"reason": "лицензия отозвана"})
    assert known(bank).state is ParticipantState.DISCONNECTED
    assert NoticeCode.SUSPENDED in {entry[0] for entry in office.board.posted}
    office.join(bank)
    assert known(bank).state is ParticipantState.JOINED
    assert office.go_live() == []


def test_an_act_signed_for_later_ends_with_its_withdrawal(office, bank, known, clock):
    today = local_date(clock.now)
    case = office.walk(office.join(bank), *bank_way(today, live=today + timedelta(days=3)))
    office.step(case, "withdraw")
    clock.advance(days=4)

    assert office.go_live() == []
    assert known(bank).state is ParticipantState.CANDIDATE


def test_acquiring_needs_the_organizers_notice_and_the_banks_formats(
    office, bank, clock, registry_database
):
    way = bank_way(local_date(clock.now))
    case = office.walk(office.join(bank), *way[:2], ("choose_method", {"method": "ACQUIRING"}))
    with pytest.raises(errors.GuardFailed, match="организатора"):
        office.step(case, "describe_service", {"bank_spec": "spec.pdf"})
    with pytest.raises(errors.GuardFailed, match="bank_spec"):
        office.step(case, "finish_development")


def test_every_step_leaves_who_when_and_what_in_history_and_change_log(office, bank, clock):
    case = office.join(bank)

    assert [(step.row, step.before, step.after, step.at) for step in case.history] == [
        ("ONB-BANK-01", "NEW", "JOIN_SUBMITTED", clock.now),
        ("ONB-BANK-01", "JOIN_SUBMITTED", "JOINED", clock.now),
    ]
    log = models.change_log
    query = sa.select(log.c.after).where(log.c.subject == f"case {case.number}").order_by(log.c.id)
    with office.database.reading() as transaction:
        after = [json.loads(text) for text in transaction.execute(query).scalars()]
    assert after == ["JOIN_SUBMITTED", "JOINED"]


def test_a_refused_step_leaves_nothing_behind(office, bank):
    case = office.join(bank)
    with pytest.raises(IllegalTransition):
        office.step(case, "plan", {"test_from": "2026-03-02", "test_until": "2026-03-03"})

    assert office.view(case) == case


def test_two_processes_take_a_case_into_operation_once(office, bank, clock):
    today = local_date(clock.now)
    case = office.walk(office.join(bank), *bank_way(today, live=today + timedelta(days=1)))
    clock.advance(days=1)
    live, failed = [], []

    def run():
        try:
            live.extend(office.go_live())
            office.sweep()
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert [one.id for one in live] == [case.id]
