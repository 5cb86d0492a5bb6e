"""An application is taken once, checked whole and routed by its service (SVC-11)."""

from dataclasses import replace

import pytest
from portal_counter import (
    CONTRACT,
    DEPARTMENT,
    FILE,
    NAMESPACE,
    OTHER_PORTAL,
    PDF,
    PORTAL,
    SINK,
    applicant,
    application,
    attached,
    form,
)

from adapters.portal import errors
from adapters.portal.repository import applications
from gateway import files
from gateway.kernel.errors import DuplicateConflict, NotAllowed, TooLarge, ValidationError
from registry.portal_services import Route


def test_application_is_taken_and_stands_at_accepted(counter):
    answer = counter.submit()

    assert (answer.order_id, answer.duplicate, answer.org_number) == (1, False, None)
    assert answer.received_at == counter.clock()
    state = counter.state()
    assert (state.tech_code, state.title) == (1, "Принято от заявителя")
    assert [one.tech_code for one in state.history] == [1]


def test_repeat_gets_the_first_answer_and_changes_nothing(counter):
    first = counter.submit()
    counter.clock.advance(hours=1)

    again = counter.submit()

    assert again.duplicate
    assert again.hub_application_id == first.hub_application_id
    assert again.received_at == first.received_at
    assert len(counter.letters()) == 1


def test_same_number_with_other_content_is_a_conflict(counter):
    counter.submit()

    with pytest.raises(DuplicateConflict):
        counter.submit(form_data=form(name="Иной"))


def test_number_of_another_portal_is_free_in_another_department_only(counter):
    other = replace(DEPARTMENT, code="DEPT72002")
    counter.publish(Route.PPU, code="other", department=other)
    counter.submit()

    assert not counter.submit(service_code="other", sender=OTHER_PORTAL).duplicate
    counter.submit(2)
    with pytest.raises(DuplicateConflict, match="другого портала"):
        counter.submit(2, sender=OTHER_PORTAL)


def test_only_a_portal_submits(counter):
    with pytest.raises(NotAllowed):
        counter.submit(sender=DEPARTMENT)


def test_department_with_a_service_of_its_own_is_sent_the_application_as_it_came(counter):
    counter.submit(attachment=[attached()])

    [letter] = counter.letters()

    assert letter.operation == "SubmitApplication"
    assert letter.key == "application/PORTAL72001/1"
    assert letter.text("{*}formData/{urn:example:garden}Enrolment/childName") == "Примеров"
    assert letter.body.find("{*}attachment/{*}file/{*}content/{*}Include") is not None


def test_header_of_smev_2_says_of_which_service_and_application_it_is(counter):
    counter.serve_by_smev2(DEPARTMENT, PORTAL)
    counter.reachable.add((PORTAL.code, SINK))
    counter.submit(7)

    letters = counter.letters()

    assert {one.contract for one in letters} == {CONTRACT.name, SINK}
    told = {(one.text(".//{*}ServiceCode"), one.text(".//{*}CaseNumber")) for one in letters}
    assert told == {(Route.ENDPOINT.value, "7")}


@pytest.mark.parametrize("route", [Route.PPU, Route.PULL])
def test_application_of_other_routes_waits_in_the_hub(counter, route):
    counter.submit(service_code=route.value)

    assert counter.letters() == []


def test_portal_with_an_address_is_told_of_the_first_state(counter):
    counter.reachable.add((PORTAL.code, SINK))
    counter.submit(service_code=Route.PPU.value)

    [letter] = counter.letters()

    assert letter.operation == "DeliverEvent"
    assert letter.text(".//{*}techCode") == "1"
    assert letter.text(".//{*}sender") == "CITTO"


def test_content_is_kept_without_the_bytes_of_its_files(counter):
    counter.submit(attachment=[attached()])

    with counter.database.reading() as transaction:
        found = applications.of_portal(transaction, PORTAL.code, 1)
        kept = applications.content(transaction, found.id)

    assert kept.attachment[0].file.file_id == FILE
    assert kept.attachment[0].file.content is None
    assert kept.form_data == application().form_data


def test_service_unknown_or_closed_is_not_published(counter):
    counter.publish(Route.PPU, code="closed", is_open=False)

    for code in ("unknown", "closed"):
        with pytest.raises(errors.ServiceNotPublished):
            counter.submit(service_code=code)


def test_version_of_the_form_must_be_known(counter):
    with pytest.raises(errors.FormVersionUnknown):
        counter.submit(form_version="9.9")


def test_every_broken_place_of_the_form_is_named_without_its_value(counter):
    with pytest.raises(errors.FormSchemaInvalid) as refused:
        counter.submit(form_data=form(wanted="завтра"))

    [finding] = refused.value.findings
    assert finding.path == "/SubmitApplicationRequest/formData/Enrolment/wantedFrom"
    assert finding.line == 1
    assert finding.rule
    assert finding.advice
    assert finding.value == "***"


def test_form_of_another_service_is_refused(counter):
    foreign = form()
    foreign.content = type(foreign.content)(foreign.content.replace(NAMESPACE, "urn:example:x"))

    with pytest.raises(errors.FormSchemaInvalid):
        counter.submit(form_data=foreign)


@pytest.mark.parametrize("wrong", [{"size": 1}, {"hash": b"\x00" * 32}], ids=["size", "hash"])
def test_file_that_is_not_what_the_message_says_is_refused(counter, wrong):
    with pytest.raises(files.AttachmentHashMismatch) as refused:
        counter.submit(attachment=[attached(**wrong)])

    [finding] = refused.value.findings
    assert finding.path == f"/SubmitApplicationRequest/attachment[1]/file/{next(iter(wrong))}"


def test_file_of_another_type_is_forbidden(counter):
    with pytest.raises(files.AttachmentTypeForbidden):
        counter.submit(attachment=[attached(mime_type="application/zip")])


def test_file_without_content_or_with_a_number_twice_is_invalid(counter):
    for both in ([attached(content=None)], [attached(), attached(PDF + b"2")]):
        with pytest.raises(ValidationError):
            counter.submit(attachment=both)


def test_files_together_keep_to_the_size_of_the_service(counter):
    with pytest.raises(TooLarge):
        counter.submit(attachment=[attached(b"%PDF" + b" " * 1000)])


def test_booking_is_refused_while_there_are_none(counter):
    with pytest.raises(errors.BookingInvalid):
        counter.submit(booking_id=FILE)


@pytest.mark.parametrize("kind", ["UL", "IP"])
def test_applicant_says_what_his_kind_demands(counter, kind):
    with pytest.raises(ValidationError):
        counter.submit(applicant=applicant(kind, person=None))


def test_check_digits_count_where_they_are_errors(counter):
    with pytest.raises(ValidationError) as refused:
        counter.submit(uin="12345678901234567890")

    assert refused.value.findings[0].path == "/SubmitApplicationRequest/uin"


def test_refused_application_leaves_nothing(counter):
    with pytest.raises(errors.BookingInvalid):
        counter.submit(booking_id=FILE)

    assert not counter.submit().duplicate
