"""Every deadline row of B2, across holidays and a working Saturday: 24:00 no flag, then one."""

from datetime import UTC, datetime, timedelta

import enrolment
import pytest
from enrolment import ADMIN, CONTACTS, OWNER

from registry.calendar import end_of, local_date
from registry.onboarding import responsible
from registry.onboarding.deadlines import Threshold
from registry.onboarding.table import CaseKind

STARTS = {
    "over 4 November": datetime(2026, 10, 29, 11, tzinfo=UTC),
    "over New Year": datetime(2025, 12, 29, 4, tzinfo=UTC),
    "with a working Saturday": datetime(2024, 4, 22, 18, 59, tzinfo=UTC),
}
LETTER = {"letter_number": "1", "letter_date": "2024-04-01"}
SCHEME = {"service_name": "Услуга", "scheme": "scheme.xml"}
OIV = {
    "purpose": "учёт",
    "service_name": "Сервис",
    "responsible_contact": CONTACTS["responsible_contact"],
    "data_list": "адреса зданий; площади",
}
ADMIN_OF_EDO = {**ADMIN, **CONTACTS}


def to_reg(office, code):
    return office.walk(
        office.join(code),
        ("request_admin", {"subsystem": "COLLEGE", **ADMIN, **CONTACTS}),
    )


def to_edo(office, code):
    case = office.open(
        code, CaseKind.EDO, "appoint_responsible", {"order_number": "1", "order_date": "2024-01-09"}
    )
    return office.walk(
        case,
        ("read_documents", {"documents_read": True}),
        "send_join_scan",
        ("receive_originals", {"original_copies": 2, "join_number": "7"}),
        ("register_at_support", {"support_login": "edo"}),
        ("check_esia", {"esia_checked": True}),
        ("request_admin", ADMIN_OF_EDO),
    )


def to_plan(office, code):
    return office.walk(
        office.join(code), ("notify_readiness", {"format_version": "1.0", **CONTACTS})
    )


def to_workplace(office, code):
    case = office.open(code, CaseKind.ORG_ARM, "submit_join")
    return office.walk(
        case,
        ("register_join", {"join_number": "8"}),
        "choose_workplace",
        ("send_letter", {**LETTER, "employees": "Иванов; Петров", **CONTACTS}),
    )


def to_bank(office, code):
    return office.walk(office.join(code), ("apply", CONTACTS))


def to_puto(office, code):
    case = office.open(code, CaseKind.PUTO, "prepare_scheme", SCHEME)
    return office.walk(case, ("apply", {"system_name": "ИС", **LETTER, **CONTACTS}))


def to_emp(office, code):
    facts = {"system_name": "ИС", "purpose": "связь", "legal_form": "EXECUTIVE_BODY"}
    return office.open(code, CaseKind.EMP, "apply", {**facts, **LETTER, **CONTACTS})


def to_oiv(office, code):
    return office.open(code, CaseKind.OIV_SVC, "request", OIV)


def to_oiv_work(office, code):
    case = to_oiv(office, code)
    agreed = local_date(office.clock()) + timedelta(days=40)
    decision = {"decision_number": "5", "decision_date": "2024-04-01", "agreed_until": agreed}
    case = office.step(case, "approve", decision, who=OWNER)
    return office.step(case, "order_work", who=OWNER)


def to_access(office, code):
    facts = {"person_name": "Сидоров", "position": "эксперт", "unit": "отдел", "purpose": "учёт"}
    case = office.open(code, CaseKind.OIV_ACC, "request", {**facts, "service_name": "Сервис"})
    office.clock.advance(hours=1)
    return office.step(case, "ask_owner")


ROWS = [
    pytest.param("SCHOOL", to_reg, 2, "ONB-REG-04", id="ONB-REG-04"),
    pytest.param("SCHOOL", to_edo, 2, "ONB-EDO-07", id="ONB-EDO-07"),
    pytest.param("ORGANIZER", to_plan, 5, "ONB-ORG-05", id="ONB-ORG-05"),
    pytest.param("ORGANIZER", to_workplace, 5, "ONB-ARM-02", id="ONB-ARM-02"),
    pytest.param("BANK", to_bank, 5, "ONB-BANK-03", id="ONB-BANK-03"),
    pytest.param("DEPARTMENT", to_puto, 10, "ONB-PUTO-03", id="ONB-PUTO-03"),
    pytest.param("DEPARTMENT", to_emp, 10, "ONB-EMP-02", id="ONB-EMP-02"),
    pytest.param("DEPARTMENT", to_oiv, "30 days", "ONB-OIV-03", id="ONB-OIV-03"),
    pytest.param("DEPARTMENT", to_oiv_work, "agreed", "ONB-OIV-05", id="ONB-OIV-05"),
    pytest.param("DEPARTMENT", to_access, 10, "ONB-OIV-07", id="ONB-OIV-07"),
]


def last_day(start, count):
    """Count the days one by one, as a reader of the regulation does."""
    day = local_date(start)
    if count == "agreed":
        return day + timedelta(days=40)
    if count == "30 days":
        day += timedelta(days=30)
        while not enrolment.CALENDAR.is_working_day(day):
            day += timedelta(days=1)
        return day
    while count:
        day += timedelta(days=1)
        count -= enrolment.CALENDAR.is_working_day(day)
    return day


@pytest.mark.parametrize(("kind", "reach", "count", "row"), ROWS)
def test_a_term_is_overdue_after_24_00_of_its_last_day_and_told_once(
    office, enter, clock, kind, reach, count, row
):
    for number, start in enumerate(STARTS.values()):
        clock.now = start
        case = reach(office, enter(f"MEMBER-{number}", kind))
        midnight = end_of(last_day(start, count))
        assert [one.term for one in case.deadlines] == [row]
        assert case.due_at == midnight

        clock.now = midnight
        assert Threshold.OVERDUE not in {flag.threshold for flag in office.sweep()}
        clock.now = midnight + timedelta(minutes=1)
        assert [flag.threshold for flag in office.sweep()] == [Threshold.OVERDUE]
        assert office.sweep() == []
        step = "suspend" if case.state == "READY" else "reject"
        office.step(case, step, {"reason": "конец примера"})


def test_a_term_warns_at_half_and_on_its_last_day(office, enter, clock):
    clock.now = datetime(2026, 3, 2, 7, tzinfo=UTC)  # Monday; the term ends on Tuesday, 10 March
    to_bank(office, enter("BANK-1", "BANK"))

    told = []
    for _ in range(24 * 10):
        clock.advance(hours=1)
        told += [(flag.threshold, clock.now) for flag in office.sweep()]

    assert [threshold for threshold, _ in told] == [*Threshold]
    half, last, over = (moment for _, moment in told)
    assert local_date(half).isoformat() == "2026-03-05"
    assert local_date(last).isoformat() == "2026-03-10"
    assert over == datetime(2026, 3, 10, 20, tzinfo=UTC)
    deadlines = [
        entry for entry in office.board.posted if entry[0] in {one.notice for one in Threshold}
    ]
    assert [entry[1] for entry in deadlines] == ["CITTO"] * 3
    assert deadlines[0][3]["what"] == "рассмотреть заявку банка"


def test_what_is_done_in_time_is_never_overdue(office, enter, clock):
    case = to_bank(office, enter("BANK-1", "BANK"))
    office.step(case, "plan", {"test_from": "2026-03-03", "test_until": "2026-04-03"})
    clock.advance(days=60)

    assert office.sweep() == []


def test_an_answer_to_remarks_begins_the_term_anew(office, enter, clock):
    case = to_puto(office, enter("DEPT-1", "DEPARTMENT"))
    assert case.due_at == datetime(2026, 3, 17, 19, tzinfo=UTC)
    case = office.step(case, "send_remarks", {"remarks": "нет схемы; нет телефона"})
    assert case.remarks == ("нет схемы", "нет телефона")
    assert case.due_at is None
    clock.advance(days=7)
    case = office.step(case, "respond", {"answer": "исправлено"})

    assert case.due_at == datetime(2026, 3, 23, 19, tzinfo=UTC)  # 9 March is a day off


def test_a_term_that_two_states_share_goes_on(office, enter, clock):
    case = to_access(office, enter("DEPT-1", "DEPARTMENT"))

    assert case.state == "OWNER_REVIEW"
    assert case.deadlines[0].since == clock.now - timedelta(hours=1)


def test_a_term_runs_from_the_day_of_receipt(office, enter, clock):
    case = office.join(enter("BANK-1", "BANK"))
    received = clock.now - timedelta(days=3)
    case = office.step(case, "apply", {**CONTACTS, "received_at": received})

    assert case.deadlines[0].since == received


def test_a_responsible_person_is_named_anew_within_five_working_days(office, enter, clock):
    code = enter("DEPT-1", "DEPARTMENT")
    ended = local_date(datetime(2026, 10, 29, tzinfo=UTC))
    clock.now = datetime(2026, 10, 30, 6, tzinfo=UTC)
    key = (code, "SERVICE_OWNER", ended)
    with office.database.writing() as transaction:
        due, overdue = responsible.powers_ended(
            transaction, *key, clock.now, enrolment.CALENDAR, "оператор"
        )
    assert (due, overdue) == (datetime(2026, 11, 6, 19, tzinfo=UTC), False)

    flagged = []
    for now in (due, due + timedelta(minutes=1), due + timedelta(hours=1)):
        with office.database.writing() as transaction:
            flagged.append(responsible.overdue(transaction, now, office.board))
    assert flagged == [[], [code], []]
    with office.database.writing() as transaction:
        answer = responsible.named_anew(
            transaction, *key, due + timedelta(days=1), enrolment.CALENDAR, "оператор"
        )
    assert answer.overdue
