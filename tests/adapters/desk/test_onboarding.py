"""SVC-16: statements, requests, cases, remarks, readiness, acquirers, responsible persons."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from desk_counter import BANK, OFFICE, ORGANIZER, OTHER, SCHOOL, bank_terms, changed

from adapters.desk.messages.onboarding import GetCaseRequest
from gateway.kernel.errors import (
    DuplicateConflict,
    IllegalTransition,
    NotAllowed,
    NotFound,
    ValidationError,
    VersionUnsupported,
)
from registry import acquirers, contacts, organizations
from registry.contacts import ContactRole
from registry.onboarding.errors import JoinRequired, NotApplicable, SnilsInvalid

JOIN = "submit-join-statement"
BANK_REQUEST = "submit-connection-request-of-bank"
SCHOOL_REQUEST = "submit-connection-request-of-school"
SAMPLE_CASE = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1f02"


def answer_to(case_id: str, name: str, *pairs: tuple[str, str]) -> bytes:
    return changed(name, (SAMPLE_CASE, case_id), *pairs)


def test_participant_joins_another_subsystem_and_its_card_is_kept(joined):
    answer = joined.send(changed(JOIN))

    assert (answer.state, answer.duplicate) == ("JOIN_SUBMITTED", False)
    with joined.registry.reading() as transaction:
        card = organizations.current(transaction, BANK)
    assert card.ogrn == "1027200000002"


def test_repeated_statement_opens_no_second_case(joined):
    first = joined.send(changed(JOIN))
    again = joined.send(changed(JOIN))

    assert (again.case_id, again.duplicate) == (first.case_id, True)


def test_statement_with_other_content_under_its_id_is_a_conflict(joined):
    joined.send(changed(JOIN))

    with pytest.raises(DuplicateConflict):
        joined.send(changed(JOIN, ("Устав", "Доверенность № 1")))


def test_statement_is_taken_for_the_senders_own_organisation_only(joined):
    with pytest.raises(NotAllowed):
        joined.send(changed(JOIN), OTHER)


def test_nobody_joins_the_public_portal(joined):
    with pytest.raises(NotApplicable):
        joined.send(changed(JOIN, (">MEALS<", ">EDUCATION_PORTAL<")))


def test_scan_that_is_not_what_is_said_of_it_is_refused(joined):
    with pytest.raises(ValidationError) as refused:
        joined.send(changed(JOIN, ("<common:size>8<", "<common:size>9<")))

    assert refused.value.findings[0].path == "/SubmitJoinStatementRequest/scan/size"


def test_bank_applies_and_is_told_when_it_will_be_answered(joined, clock):
    answer = joined.send(changed(BANK_REQUEST))

    assert answer.state == "APPLIED"
    assert answer.number.startswith("БАНК-2026-")
    # Monday 2 March: five working days end on the 10th, the 9th is a day off.
    assert answer.due_at.isoformat() == "2026-03-10T19:00:00+00:00"


def test_application_names_both_contacts_of_the_participant(joined):
    joined.send(changed(BANK_REQUEST))

    with joined.registry.reading() as transaction:
        named = {one.role for one in contacts.current(transaction, BANK)}
    assert named == {ContactRole.TECHNICAL, ContactRole.RESPONSIBLE}


def test_repeated_application_is_the_same_case(joined):
    first = joined.send(changed(BANK_REQUEST))
    again = joined.send(changed(BANK_REQUEST))

    assert (again.case_id, again.number, again.duplicate) == (first.case_id, first.number, True)


def test_application_with_other_content_is_a_conflict(joined):
    joined.send(changed(BANK_REQUEST))

    with pytest.raises(DuplicateConflict):
        joined.send(changed(BANK_REQUEST, ("17-П", "18-П")))


def test_two_applications_of_one_id_at_the_same_moment_open_one_case(joined):
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(joined.send, [changed(BANK_REQUEST)] * 2))

    assert len({answer.case_id for answer in answers}) == 1
    assert sorted(answer.duplicate for answer in answers) == [False, True]


def test_who_has_not_joined_is_told_to_join_first(counter):
    with pytest.raises(JoinRequired):
        counter.send(changed(BANK_REQUEST))


def test_request_of_another_kind_of_participant_is_not_applicable(joined):
    with pytest.raises(NotApplicable):
        joined.send(changed(BANK_REQUEST), SCHOOL)


def test_request_for_the_public_portal_is_not_applicable(joined):
    with pytest.raises(NotApplicable):
        joined.send(changed(SCHOOL_REQUEST, (">SCHOOL<", ">EDUCATION_PORTAL<")), SCHOOL)


def test_wrong_check_digits_of_an_insurance_number_are_named(joined):
    with pytest.raises(SnilsInvalid):
        joined.send(changed(SCHOOL_REQUEST, ("001-001-998 00", "112-233-445 96")), SCHOOL)


def test_administrator_without_an_account_of_the_identity_service_waits(joined):
    with pytest.raises(ValidationError):
        joined.send(changed(SCHOOL_REQUEST), SCHOOL)


def test_administrator_with_an_account_is_asked_for(joined):
    told = ("admin@example.org</email>", "admin@example.org</email><esiaAccount>true</esiaAccount>")

    assert joined.send(changed(SCHOOL_REQUEST, told), SCHOOL).state == "ADMIN_REQUESTED"


def test_case_that_waits_for_nothing_takes_no_request(joined):
    case = joined.send(changed(BANK_REQUEST))
    named = ("<kind>BANK", f"<caseId>{case.case_id}</caseId><kind>BANK")

    with pytest.raises(IllegalTransition):
        joined.send(changed(BANK_REQUEST, (SAMPLE_CASE, SAMPLE_CASE[:-1] + "7"), named))


def test_method_is_chosen_in_the_planned_case(joined):
    case = joined.send(changed(BANK_REQUEST))
    joined.advance(case.case_id, "plan", test_from="2026-03-16", test_until="2026-03-20")
    named = ("<kind>BANK", f"<caseId>{case.case_id}</caseId><kind>BANK")

    answer = joined.send(changed(BANK_REQUEST, (SAMPLE_CASE, SAMPLE_CASE[:-1] + "7"), named))

    assert answer.state == "METHOD_CHOSEN"


def test_case_tells_its_history(joined):
    case = joined.send(changed(BANK_REQUEST))
    told = joined.send(GetCaseRequest(case_id=case.case_id))

    assert (told.number, told.state) == (case.number, "APPLIED")
    assert [(step.from_value, step.to) for step in told.history] == [
        (None, "JOIN_SUBMITTED"),
        ("JOIN_SUBMITTED", "JOINED"),
        ("JOINED", "APPLIED"),
    ]


def test_case_is_found_by_its_number(joined):
    case = joined.send(changed(BANK_REQUEST))

    assert joined.send(GetCaseRequest(number=case.number)).case_id == case.case_id


def test_case_of_another_is_as_unknown_as_none(joined):
    case = joined.send(changed(BANK_REQUEST))
    refusals = []
    for request in (
        GetCaseRequest(case_id=case.case_id),
        GetCaseRequest(number=case.number),
        GetCaseRequest(case_id=SAMPLE_CASE),
        GetCaseRequest(number="БАНК-2026-9999"),
    ):
        with pytest.raises(NotFound) as refused:
            joined.send(request, OTHER)
        refusals.append((refused.value.text, refused.value.action))

    assert len(set(refusals)) == 1


def returned(joined) -> str:
    case = joined.send(changed(BANK_REQUEST))
    joined.advance(case.case_id, "return_application", remarks=["Нет номера лицензии."])
    return case.case_id


def test_remarks_are_told_and_answered(joined):
    case_id = returned(joined)
    told = joined.send(GetCaseRequest(case_id=case_id))
    assert [remark.text for remark in told.remark] == ["Нет номера лицензии."]

    answer = joined.send(answer_to(case_id, "respond-remarks"))
    again = joined.send(answer_to(case_id, "respond-remarks"))

    assert (answer.state, answer.duplicate, again.duplicate) == ("APPLIED", False, True)


def test_answer_without_remarks_is_illegal(joined):
    case = joined.send(changed(BANK_REQUEST))

    with pytest.raises(IllegalTransition):
        joined.send(answer_to(case.case_id, "respond-remarks"))


def test_answer_in_a_case_of_another_is_not_found(joined):
    case_id = returned(joined)

    with pytest.raises(NotFound):
        joined.send(answer_to(case_id, "respond-remarks"), OTHER)


def developing(joined) -> str:
    request = changed(
        BANK_REQUEST, ("<kind>BANK", "<kind>ORGANIZER_INT"), ("ONLINE", "INTEGRATION")
    )
    case = joined.send(request, ORGANIZER)
    joined.advance(case.case_id, "start_development")
    return case.case_id


def test_organizer_is_ready_once(joined):
    case_id = developing(joined)
    answer = joined.send(answer_to(case_id, "notify-readiness"), ORGANIZER)
    again = joined.send(answer_to(case_id, "notify-readiness"), ORGANIZER)

    assert (answer.state, answer.duplicate, again.duplicate) == ("READY_NOTIFIED", False, True)


def test_readiness_told_otherwise_is_a_conflict(joined):
    case_id = developing(joined)
    joined.send(answer_to(case_id, "notify-readiness"), ORGANIZER)

    with pytest.raises(DuplicateConflict):
        joined.send(answer_to(case_id, "notify-readiness", ("2026-09-14", "2026-09-15")), ORGANIZER)


def test_readiness_for_an_unknown_version_is_refused(joined):
    case_id = developing(joined)

    with pytest.raises(VersionUnsupported):
        joined.send(answer_to(case_id, "notify-readiness", (">1.0<", ">9.9<")), ORGANIZER)


def test_readiness_before_development_is_illegal(joined):
    case = joined.send(changed(BANK_REQUEST))

    with pytest.raises(IllegalTransition):
        joined.send(answer_to(case.case_id, "notify-readiness"))


ACQUIRING = ("notify-acquiring-contract", ("7200000018", "7200000032"))


def test_organizer_tells_of_its_acquirer(joined, clock):
    bank_terms(joined.registry, clock)
    answer = joined.send(changed(*ACQUIRING), ORGANIZER)
    again = joined.send(changed(*ACQUIRING), ORGANIZER)

    assert (answer.duplicate, again.duplicate) == (False, True)
    assert again.binding_id == answer.binding_id
    with joined.registry.reading() as transaction:
        assert acquirers.acquirer_of(transaction, ORGANIZER).bank == BANK


def test_contract_described_otherwise_is_a_conflict(joined, clock):
    bank_terms(joined.registry, clock)
    joined.send(changed(*ACQUIRING), ORGANIZER)

    with pytest.raises(DuplicateConflict):
        joined.send(changed(*ACQUIRING, ("2026-08-01", "2026-08-02")), ORGANIZER)


def test_acquirer_is_told_by_the_organizer_itself(joined, clock):
    bank_terms(joined.registry, clock)

    with pytest.raises(NotAllowed):
        joined.send(changed(*ACQUIRING), OTHER)


def test_acquirer_that_is_not_connected_is_not_found(joined):
    with pytest.raises(NotFound):
        joined.send(changed(*ACQUIRING), ORGANIZER)


def test_who_is_no_organizer_has_no_acquirer(joined, clock):
    bank_terms(joined.registry, clock)

    with pytest.raises(NotApplicable):
        joined.send(changed(ACQUIRING[0], ("7200000018", "7200000057")), OFFICE)


RESPONSIBLE = ("change-responsible", ("2026-08-31", "2026-02-27"))


def test_new_responsible_person_is_named_once(joined):
    joined.send(changed(BANK_REQUEST))
    request = changed(*RESPONSIBLE, ("Образцова Анна", "Новикова Ирина"))
    answer, again = joined.send(request), joined.send(request)

    assert (answer.overdue, answer.duplicate, again.duplicate) == (False, False, True)
    assert again.version == answer.version


def test_replacement_after_five_working_days_is_overdue(joined, clock):
    clock.advance(days=30)

    assert joined.send(changed(*RESPONSIBLE)).overdue


def test_replacement_told_otherwise_is_a_conflict(joined):
    joined.send(changed(BANK_REQUEST))
    joined.send(changed(*RESPONSIBLE, ("Образцова Анна", "Новикова Ирина")))

    with pytest.raises(DuplicateConflict):
        joined.send(changed(*RESPONSIBLE, ("Образцова Анна", "Другова Ольга")))


def test_responsible_of_another_participant_is_not_ours(joined):
    with pytest.raises(NotAllowed):
        joined.send(changed(*RESPONSIBLE), OTHER)


def test_powers_that_have_not_ended_are_not_replaced(joined):
    with pytest.raises(ValidationError):
        joined.send(changed("change-responsible"))
