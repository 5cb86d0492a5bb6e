import time
from datetime import date

import pytest
import sqlalchemy as sa
from lxml import etree

from gateway.kernel.message import Contour
from gateway.kernel.xml import make_parser
from registry.portal_services import FormShelf, PortalServices, Route

NAMESPACE = "urn:example:garden"
VALID = f"""<Enrolment xmlns="{NAMESPACE}">
  <childName>Пример</childName>
  <wantedFrom>2026-09-01</wantedFrom>
</Enrolment>""".encode()


def test_an_open_service_is_found_with_all_that_is_known_of_it(opened, services):
    opened.set_code("garden", "в работе", 6, {6, 7})

    service = services.find("garden")

    assert (service.code, service.department) == ("garden", "DEPT72001")
    assert service.title == "Постановка на учёт в детский сад"
    assert service.route is Route.ENDPOINT
    assert service.tech_codes == {"в работе": 6}
    assert service.attachments.admits("Application/PDF; name=x.pdf")
    assert not service.attachments.admits("text/html")


def test_a_service_is_open_in_the_one_contour_only(opened, directory, shelf):
    production = PortalServices(directory.portal_services, shelf, Contour.PROD)

    assert production.find("garden") is None
    assert production.known("garden") is None


def test_an_unknown_service_is_not_found(opened, services):
    assert services.find("nothing") is None
    assert services.form("nothing", "1.0") is None


def test_a_closed_service_is_not_found_yet_known_to_those_who_go_on(opened, services):
    opened.close()

    assert services.find("garden") is None
    assert services.known("garden").route is Route.ENDPOINT
    assert services.form("garden", "1.0").errors(VALID) == ()


def test_a_change_is_seen_by_a_running_process_within_a_second(opened, services, clock):
    assert services.find("garden").route is Route.ENDPOINT

    opened.set_route("garden", Contour.TEST, Route.PPU)
    assert services.find("garden").route is Route.ENDPOINT
    clock.advance(seconds=1)

    assert services.find("garden").route is Route.PPU


def test_a_form_serves_from_its_day_on(opened, services, clock):
    opened.publish(version="2.0", since=date(2026, 3, 3))

    assert services.form("garden", "2.0") is None
    clock.advance(days=1)

    assert services.form("garden", "2.0").version.since == date(2026, 3, 3)


def test_an_ended_form_serves_no_longer(opened, services):
    opened.end_form("garden", "1.0")

    assert services.form("garden", "1.0") is None


def test_a_known_service_and_form_cost_the_database_nothing(opened, services, registry_database):
    services.form("garden", "1.0")
    asked = []
    sa.event.listen(
        registry_database.engine, "before_cursor_execute", lambda *told: asked.append(told[2])
    )

    assert services.find("garden") is not None
    assert services.form("garden", "1.0").errors(VALID) == ()
    assert asked == []


def test_the_form_asked_for_longest_ago_gives_way(opened, directory, registry_database):
    for version in ("2.0", "3.0"):
        other = XSD_OF(f"garden-{version}")
        opened.publish(version=version, documents={"garden.xsd": other})
    shelf = FormShelf(registry_database, limit=2)
    services = PortalServices(directory.portal_services, shelf, Contour.TEST)
    first = services.form("garden", "1.0").compiled
    services.form("garden", "2.0")
    assert services.form("garden", "1.0").compiled is first

    services.form("garden", "3.0")

    assert services.form("garden", "1.0").compiled is first
    services.form("garden", "2.0")
    services.form("garden", "3.0")
    assert services.form("garden", "1.0").compiled is not first


def XSD_OF(name):  # noqa: N802 -- a schema
    return f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="urn:example:{name}"><xs:element name="A" type="xs:string"/></xs:schema>
    """.encode()


def test_an_error_has_line_path_rule_and_advice_and_hides_the_value(opened, services):
    broken = VALID.replace(b"2026-09-01", b"1.9.2026")

    (error,) = services.form("garden", "1.0").errors(broken)

    assert (error.line, error.path, error.value) == (3, "/Enrolment/wantedFrom", "***")
    assert error.rule
    assert "2026-09-01" in error.advice
    assert "1.9.2026" not in error.text


def test_lines_are_those_of_the_message_that_the_form_stands_in(opened, services):
    message = b"<a>\n\n<formData>" + VALID.replace(b"2026-09-01", b"") + b"</formData></a>"
    element = etree.fromstring(message, make_parser())[0][0]

    (error,) = services.form("garden", "1.0").errors(element)

    assert (error.line, error.path) == (5, "/Enrolment/wantedFrom")


@pytest.mark.parametrize(
    "data",
    [
        b"<Enrolment/>",
        VALID.replace(b"urn:example:garden", b"urn:example:other"),
        VALID.replace(b"Enrolment", b"Other"),
    ],
    ids=["no namespace", "another namespace", "another name"],
)
def test_a_root_that_is_not_the_forms_own_is_one_error(opened, services, data):
    (error,) = services.form("garden", "1.0").errors(data)

    assert error.rule == "root"
    assert "Enrolment" in error.advice
    assert NAMESPACE in error.advice


def test_bytes_that_are_no_xml_are_one_error(opened, services):
    (error,) = services.form("garden", "1.0").errors(b"<Enrolment>")

    assert error.text


def test_a_doctype_in_the_data_is_refused(opened, services):
    (error,) = services.form("garden", "1.0").errors(b"<!DOCTYPE Enrolment>" + VALID)

    assert error.rule == "doctype"


def test_a_small_form_is_validated_in_less_than_a_hundred_microseconds(opened, services):
    form = services.form("garden", "1.0")
    element = etree.fromstring(VALID, make_parser())

    def once():
        begun = time.perf_counter()
        for _ in range(100):
            form.errors(element)
        return (time.perf_counter() - begun) / 100

    assert min(once() for _ in range(20)) < 100e-6
