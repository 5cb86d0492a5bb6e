"""What a step rests on: finished sessions, never somebody's word (GW-11, ONB-BANK-08)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from enrolment import ACCOUNT, CONTACTS, bank_way, trial_of
from enrolment import PARTICIPANT as DEPARTMENT

from gateway.kernel.errors import IllegalTransition
from gateway.kernel.message import Contour
from registry.calendar import local_date
from registry.onboarding import errors, trials
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import CaseKind

SCHEME = {"service_name": "Архивная справка", "scheme": "схема.docx"}
LETTER = {"system_name": "ИС «Пример»", "letter_number": "1", "letter_date": "2026-03-02"}
DECISION = {"decision_number": "1", "decision_date": "2026-03-02"}


@pytest.fixture
def developed(office, bank, clock):
    """A bank's case that has come to its trials; both suites are asked for."""
    return office.walk(office.join(bank), *bank_way(local_date(clock.now))[:4])


@pytest.fixture
def enter_trials(office, clock):
    """Enter finished sessions for a case, one for each set of values."""

    def enter_trials(case, *told):
        for values in told:
            trial = trial_of(case, values.pop("suite"), clock.now, **values)
            with office.database.writing() as transaction:
                office.desk.enter_trial(transaction, trial, ACCOUNT, clock.now, "стенд")

    return enter_trials


def refusal(office, case, facts=None) -> str:
    with pytest.raises(errors.GuardFailed) as refused:
        office.step(case, "pass_tests", facts)
    return refused.value.text


def test_the_word_of_an_operator_is_not_taken(office, developed):
    assert "SUITE-01, SUITE-02" in refusal(office, developed)
    with pytest.raises(errors.FactInvalid, match="tests_passed"):
        office.step(developed, "pass_tests", {"tests_passed": True})


def test_sessions_that_opened_the_gate_are_named_in_the_case(office, developed, enter_trials):
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})

    case = office.step(developed, "pass_tests")

    assert case.state == "TEST_CONTOUR"
    with office.database.reading() as transaction:
        found = trials.of_case(transaction, case.id)
    assert {*case.facts["session"].split("; ")} == {str(one.session) for one in found}


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens": False},
        {"contour": Contour.PROD},
        {"good_until": "now"},
    ],
    ids=["the gate was closed", "another contour", "evidence too old"],
)
def test_a_session_that_proves_nothing_leaves_its_suite_missing(
    office, developed, enter_trials, clock, wrong
):
    values = {name: clock.now if value == "now" else value for name, value in wrong.items()}
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02", **values})

    assert refusal(office, developed).endswith("открывшего допуск: SUITE-02.")


def test_sessions_of_different_versions_prove_no_version(office, developed, enter_trials):
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02", "system_version": "7.2"})
    assert "разными версиями" in refusal(office, developed)

    enter_trials(developed, {"suite": "SUITE-01", "system_version": "7.2"})
    assert office.step(developed, "pass_tests").state == "TEST_CONTOUR"


def test_a_later_failure_does_not_undo_what_was_passed(office, developed, enter_trials):
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})
    enter_trials(developed, {"suite": "SUITE-02", "opens": False})

    assert office.step(developed, "pass_tests").state == "TEST_CONTOUR"


def test_sessions_begun_before_the_bank_was_sent_back_prove_nothing(
    office, developed, enter_trials, clock
):
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})
    clock.advance(hours=1)
    case = office.walk(
        developed,
        ("fail_tests", {"reason": "доработка"}),
        ("finish_development", {"format_version": "1.0"}),
    )
    assert "SUITE-01, SUITE-02" in refusal(office, case)

    clock.advance(hours=1)
    enter_trials(case, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})
    assert office.step(case, "pass_tests").state == "TEST_CONTOUR"


def test_a_session_of_another_case_proves_nothing(office, developed, enter, enter_trials, clock):
    other = office.walk(
        office.join(enter("BANK72002", "BANK")), *bank_way(local_date(clock.now))[:4]
    )
    enter_trials(other, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})

    assert "SUITE-01, SUITE-02" in refusal(office, developed)


def test_an_acquirer_passes_the_return_of_registries(office, bank, clock, enter_trials):
    way = bank_way(local_date(clock.now), method="ACQUIRING")
    case = office.walk(office.join(bank), *way[:3])

    assert trials.suites_of(case.kind, case.facts) == ("SUITE-02",)
    assert trials.suites_of(CaseKind.BANK, {}) == ()


def test_an_organizer_passes_its_menus_and_its_exchange(office, enter, clock, enter_trials):
    today = local_date(clock.now)
    case = office.walk(
        office.join(enter("ORG72001", "ORGANIZER")),
        ("notify_readiness", {"format_version": "1.0", **CONTACTS}),
        ("plan_tests", {"test_from": today, "test_until": today}),
        "start_tests",
    )
    assert refusal(office, case).endswith("открывшего допуск: SUITE-04, SUITE-05.")
    with pytest.raises(errors.FactInvalid, match="tests_passed"):
        office.step(case, "pass_tests", {"tests_passed": True})
    enter_trials(case, {"suite": "SUITE-04"}, {"suite": "SUITE-05", "opens": False})
    assert refusal(office, case).endswith("открывшего допуск: SUITE-05.")

    enter_trials(case, {"suite": "SUITE-05"})
    assert office.step(case, "pass_tests").state == "TEST_PASSED"


@pytest.fixture
def connected(office, enter):
    """Return a department's case for ПУ ТО that has come to its trials."""

    def connected(**options):
        case = office.open(
            enter("DEPT72001", "DEPARTMENT"),
            CaseKind.PUTO,
            "prepare_scheme",
            SCHEME,
            who=DEPARTMENT,
        )
        return office.walk(
            case,
            ("apply", {**LETTER, **CONTACTS, **options}),
            ("approve", DECISION),
            "send_requirements",
            ("apply_for_network", {"network": "VIPNET"}),
        )

    return connected


def test_a_department_with_a_service_passes_applications_and_events(
    office, connected, enter_trials
):
    case = connected()
    assert refusal(office, case).endswith("открывшего допуск: SUITE-06, SUITE-07.")
    with pytest.raises(errors.FactInvalid, match="tests_passed"):
        office.step(case, "pass_tests", {"tests_passed": True})
    enter_trials(case, {"suite": "SUITE-07"}, {"suite": "SUITE-06", "opens": False})
    assert refusal(office, case).endswith("открывшего допуск: SUITE-06.")

    enter_trials(case, {"suite": "SUITE-06"})
    assert office.step(case, "pass_tests").state == "CONNECTED_TESTED"


def test_a_department_whose_applications_come_to_the_queue_passes_events(
    office, connected, enter_trials
):
    case = connected(uses_ppu=True)
    assert refusal(office, case).endswith("открывшего допуск: SUITE-07.")

    enter_trials(case, {"suite": "SUITE-07"})
    assert office.step(case, "pass_tests").state == "CONNECTED_TESTED"


def test_who_works_by_hand_passes_nothing_and_has_no_act(office, enter):
    """ONB-PUTO-08, ONB-PUTO-09: connection is not required of users of ППУ."""
    case = office.open(
        enter("DEPT72001", "DEPARTMENT"), CaseKind.PUTO, "prepare_scheme", SCHEME, who=DEPARTMENT
    )
    case = office.step(case, "use_ppu", who=DEPARTMENT)

    assert (case.state, case.state in MACHINES[CaseKind.PUTO].final) == ("PPU", True)


def test_a_demo_shortens_the_trials_of_banks_alone():
    assert trials.demonstration(CaseKind.BANK, {"method": "ONLINE"}) == ("SUITE-90",)
    assert trials.demonstration(CaseKind.ORG_INT, {}) == ("SUITE-04", "SUITE-05")
    assert trials.demonstration(CaseKind.PUTO, {}) == ("SUITE-06", "SUITE-07")
    assert trials.demonstration(CaseKind.EMP, {}) == ()


def test_a_session_is_begun_for_a_case_of_ones_own_that_has_trials(office, bank, enter):
    case = office.join(bank)
    school = office.join(enter("SCHOOL-1", "SCHOOL"))
    other = enter("BANK72002", "BANK")
    with office.database.reading() as transaction:
        trials.check_case(transaction, case.id, bank)
        for case_id, code in ((uuid4(), bank), (case.id, other)):
            with pytest.raises(errors.CaseUnknown):
                trials.check_case(transaction, case_id, code)
        with pytest.raises(IllegalTransition, match="испытаний нет"):
            trials.check_case(transaction, school.id, "SCHOOL-1")
    office.step(case, "withdraw")
    with (
        office.database.reading() as transaction,
        pytest.raises(IllegalTransition, match="прекращено"),
    ):
        trials.check_case(transaction, case.id, bank)


def test_evidence_grows_too_old_with_time(office, developed, enter_trials, clock):
    enter_trials(developed, {"suite": "SUITE-01"}, {"suite": "SUITE-02"})
    clock.now += timedelta(days=90)

    assert "SUITE-01, SUITE-02" in refusal(office, developed)
