from dataclasses import replace
from datetime import date

import pytest

from gateway.kernel.message import Contour
from registry import history
from registry.errors import NothingToChange, ParticipantUnknown, ServiceNotForKind
from registry.portal_services import AttachmentTerms, Route, ServiceCard, repository
from registry.portal_services.errors import (
    PortalFormBroken,
    PortalFormFixed,
    PortalServiceInvalid,
    PortalServiceNotReady,
    PortalServiceUnknown,
)

CARD = ServiceCard("garden", "Детский сад", "DEPT72001")
OTHER_SCHEMA = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="urn:example:garden"><xs:element name="A" type="xs:string"/></xs:schema>"""


def test_a_service_is_mended_under_its_code(operator, registry_database):
    assert operator.enter(CARD)
    mended = replace(CARD, attachments=AttachmentTerms(frozenset({"application/pdf"}), 100))
    assert operator.enter(mended)

    with registry_database.reading() as transaction:
        assert repository.cards(transaction) == (mended,)


def test_the_same_service_again_changes_nothing(operator):
    operator.enter(CARD)

    assert not operator.enter(CARD)


@pytest.mark.parametrize("department", ["BANK72001", "PORTAL72001"])
def test_only_who_renders_services_has_one(operator, department):
    with pytest.raises(ServiceNotForKind):
        operator.enter(replace(CARD, department=department))


def test_a_service_of_nobody_is_refused(operator):
    with pytest.raises(ParticipantUnknown):
        operator.enter(replace(CARD, department="NOBODY"))


def test_a_service_does_not_pass_to_another_department(entered):
    with pytest.raises(PortalServiceInvalid, match="DEPT72001"):
        entered.enter(replace(CARD, department="DEPT72002"))


@pytest.mark.parametrize(
    "card",
    [
        replace(CARD, code=""),
        replace(CARD, code="детсад"),
        replace(CARD, code="x" * 51),
        replace(CARD, title=" "),
        replace(CARD, title="т" * 501),
        replace(CARD, attachments=AttachmentTerms(frozenset(), 1)),
        replace(CARD, attachments=AttachmentTerms(frozenset({"pdf"}), 1)),
        replace(CARD, attachments=AttachmentTerms(frozenset({"a/b c/d"}), 1)),
        replace(CARD, attachments=AttachmentTerms(frozenset({"application/pdf"}), 0)),
        replace(CARD, attachments=AttachmentTerms(frozenset({"application/pdf"}), 10**9)),
    ],
)
def test_a_card_that_does_not_do_is_refused(operator, card):
    with pytest.raises(PortalServiceInvalid):
        operator.enter(card)


def test_a_service_without_a_form_is_not_opened(entered):
    with pytest.raises(PortalServiceNotReady, match="форм"):
        entered.open(route=Route.PPU)


def test_a_service_without_a_route_is_not_opened(entered):
    entered.publish()

    with pytest.raises(PortalServiceNotReady, match="маршрут"):
        entered.open()


def test_a_route_named_beforehand_opens_nothing_and_serves_when_opened(entered, services):
    entered.publish()
    entered.set_route("garden", Contour.TEST, Route.PULL)
    assert services.find("garden") is None

    assert entered.open() is Route.PULL


def test_what_is_open_is_not_opened_and_what_is_closed_not_closed_again(opened):
    with pytest.raises(NothingToChange):
        opened.open()
    opened.close()
    with pytest.raises(NothingToChange):
        opened.close()


def test_what_was_closed_opens_on_its_old_route(opened):
    opened.close()

    assert opened.open() is Route.ENDPOINT


@pytest.mark.parametrize(
    "deed",
    [
        lambda operator: operator.open("nothing"),
        lambda operator: operator.close("nothing"),
        lambda operator: operator.publish("nothing"),
        lambda operator: operator.end_form("nothing", "1.0"),
        lambda operator: operator.set_route("nothing", Contour.TEST, Route.PPU),
        lambda operator: operator.set_code("nothing", "А", 6, {6}),
    ],
)
def test_nothing_is_done_to_a_service_that_is_not_there(operator, deed):
    with pytest.raises(PortalServiceUnknown):
        deed(operator)


def test_a_code_of_the_department_is_changed_and_forgotten(opened, services, clock):
    assert opened.set_code("garden", "А", 6, {6, 7})
    assert not opened.set_code("garden", "А", 6, {6, 7})
    assert opened.set_code("garden", "А", 7, {6, 7})
    assert services.find("garden").tech_codes == {"А": 7}

    opened.end_code("garden", "А")
    clock.advance(seconds=1)

    assert services.find("garden").tech_codes == {}


@pytest.mark.parametrize(("org_code", "tech_code"), [("", 6), (" А", 6), ("А" * 51, 6), ("А", 99)])
def test_a_code_that_does_not_do_is_refused(opened, org_code, tech_code):
    with pytest.raises(PortalServiceInvalid):
        opened.set_code("garden", org_code, tech_code, {6})


@pytest.mark.parametrize("version", ["", "v1", "1.0.0.0", "12345678901", "1.0 "])
def test_a_version_that_does_not_do_is_refused(entered, version):
    with pytest.raises(PortalServiceInvalid):
        entered.publish(version=version)


def test_a_broken_form_changes_nothing(entered, registry_database):
    with pytest.raises(PortalFormBroken):
        entered.publish(documents={"garden.xsd": b"<schema/>"})

    with registry_database.reading() as transaction:
        assert repository.forms(transaction, "garden") == ()


def test_a_namespace_of_another_service_is_not_taken(opened):
    opened.enter(replace(CARD, code="school"))

    with pytest.raises(PortalFormBroken, match="garden"):
        opened.publish("school")


def test_the_same_form_again_changes_nothing(opened):
    with pytest.raises(NothingToChange):
        opened.publish()


def test_other_schemas_under_the_same_version_need_a_word(opened, services, clock):
    with pytest.raises(PortalFormFixed):
        opened.publish(documents={"garden.xsd": OTHER_SCHEMA})

    opened.publish(documents={"garden.xsd": OTHER_SCHEMA}, replaces=True)
    clock.advance(seconds=1)

    assert services.form("garden", "1.0").errors(b'<A xmlns="urn:example:garden">x</A>') == ()


def test_a_form_is_not_replaced_under_production(opened):
    opened.open(contour=Contour.PROD, route=Route.PPU)

    with pytest.raises(PortalFormFixed):
        opened.publish(documents={"garden.xsd": OTHER_SCHEMA}, replaces=True)


def test_two_versions_may_share_their_schemas(opened, services):
    opened.publish(version="1.1")

    assert services.form("garden", "1.1").compiled is services.form("garden", "1.0").compiled


def test_a_form_of_a_later_day_is_known_to_the_operator(entered, registry_database):
    entered.publish(since=date(2026, 9, 1))

    with registry_database.reading() as transaction:
        [form] = repository.forms(transaction, "garden")
    assert form.since == date(2026, 9, 1)


def test_every_change_stands_in_the_log_of_the_department(opened, registry_database):
    opened.set_code("garden", "А", 6, {6})
    opened.close()

    with registry_database.reading() as transaction:
        lines = history.lines(transaction, "DEPT72001")
    assert [(line.subject, line.basis) for line in lines[1:]] == [
        ("portal-service", None),
        ("portal-form", None),
        ("portal-service-route", "приказ"),
        ("portal-service-code", None),
        ("portal-service-route", None),
    ]
    assert (lines[-1].before["is_open"], lines[-1].after["is_open"]) == (True, False)
