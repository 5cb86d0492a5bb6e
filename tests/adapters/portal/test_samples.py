import pytest
from lxml import etree

from adapters.portal import statuses
from adapters.portal.samples import KINDERGARTEN, SCHOOL, sample_data, sample_services
from gateway.kernel.message import Contour
from gateway.kernel.xml import make_parser
from registry.directory import Directory
from registry.portal_services import FormShelf, PortalServices, Route, desk
from registry.seed import SECOND_DEPARTMENT, seed_demo, seed_portal, silent_desk

CODES = [sample.card.code for sample in sample_services()]
XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture
def services(registry_database, clock):
    seed_demo(registry_database, clock)
    for _ in range(2):
        seed_portal(registry_database, clock, silent_desk("CITTO"), sample_services())
    directory = Directory(registry_database, clock)
    return PortalServices(directory.portal_services, FormShelf(registry_database), Contour.TEST)


def test_the_samples_go_by_all_three_routes(services):
    assert {services.find(code).route for code in CODES} == set(Route)


def test_kindergarten_and_school_have_codes_of_their_own(services):
    assert services.find(KINDERGARTEN).title != services.find(SCHOOL).title


@pytest.mark.parametrize("code", CODES)
def test_the_valid_sample_is_valid(services, code):
    assert services.form(code, "1.0").errors(sample_data(code)) == ()


INVALID = {
    "edu-kindergarten": [
        "/KindergartenEnrolment/child/birthDate",
        "/KindergartenEnrolment/child/birthCertificate/series",
        "/KindergartenEnrolment/stay",
    ],
    "edu-school": [
        "/SchoolEnrolment/grade",
        "/SchoolEnrolment/language",
    ],
    "archive-reference": [
        "/ArchiveReference/fromYear",
        "/ArchiveReference/copies",
    ],
}


@pytest.mark.parametrize("code", CODES)
def test_the_invalid_sample_is_told_place_by_place(services, code):
    found = services.form(code, "1.0").errors(sample_data(code, "invalid"))

    assert [error.path for error in found] == INVALID[code]
    assert all(error.line and error.rule and error.advice for error in found)


@pytest.mark.parametrize("sample", sample_services(), ids=CODES)
def test_every_element_and_type_of_a_sample_form_is_explained_in_russian(sample):
    for document in sample.documents.values():
        schema = etree.fromstring(document, make_parser())
        for declared in schema.iter(
            f"{XS}element", f"{XS}simpleType", f"{XS}complexType", f"{XS}enumeration"
        ):
            told = declared.find(f"{XS}annotation/{XS}documentation")
            assert told is not None, declared.attrib
            assert told.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


@pytest.mark.parametrize("sample", sample_services(), ids=CODES)
def test_codes_of_the_sample_departments_are_known_to_the_portal(sample):
    table = statuses.load()

    assert all(table.is_state(code) for code in sample.tech_codes.values())
    assert any(table.is_final(code) for code in sample.tech_codes.values())


def test_a_second_department_is_let_into_the_test_contour(services, registry_database, clock):
    other = Directory(registry_database, clock).participant(Contour.TEST, SECOND_DEPARTMENT.code)

    assert other.state.value == "JOINED"
    assert other.services == {"portal/events", "portal/ppu"}


def test_a_service_that_an_operator_has_changed_stays_so(services, registry_database, clock):
    with registry_database.writing() as transaction:
        desk.close_service(transaction, SCHOOL, Contour.TEST, None, clock(), "оператор")
    seed_portal(registry_database, clock, silent_desk("CITTO"), sample_services())
    clock.advance(seconds=1)

    assert services.find(SCHOOL) is None
