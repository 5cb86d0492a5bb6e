import zipfile
from types import SimpleNamespace
from uuid import UUID

import pytest
from click.testing import CliRunner

from adapters.portal import statuses
from gateway.cli import words
from gateway.cli.participant import participant
from gateway.cli.service import service
from gateway.kernel.message import Contour
from gateway.storage import migrate
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar
from registry.portal_services import Route

XSD = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:example:form"
    targetNamespace="urn:example:form"><xs:include schemaLocation="parts/types.xsd"/>
  <xs:element name="Data" type="Age"/></xs:schema>"""
TYPES = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="urn:example:form"><xs:simpleType name="Age"><xs:restriction base="xs:int">
  <xs:maxInclusive value="18"/></xs:restriction></xs:simpleType></xs:schema>"""


@pytest.fixture
def hub(blank_database, clock, tmp_path):
    migrate.upgrade(blank_database, "registry")
    contour = Database(f"sqlite:///{tmp_path / 'contour.db'}")
    migrate.upgrade(contour, "contour")
    yield SimpleNamespace(
        settings=SimpleNamespace(home=tmp_path, code="CITTO"),
        registry=blank_database,
        databases=dict.fromkeys(Contour, contour),
        clock=clock,
        identifiers=lambda: UUID(int=7),
        calendar=ProductionCalendar.load(),
        portal_statuses=statuses.load(),
    )
    contour.close()


@pytest.fixture
def run(hub):
    def run(*arguments, group=service, code=0):
        result = CliRunner().invoke(
            group, [str(one) for one in arguments], obj=hub, catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result.output

    run("add", "DEPT-1", "--name", "Ведомство", "--kind", "department", group=participant)
    return run


@pytest.fixture
def entered(run):
    run("add", "garden", "--title", "Детский сад", "--department", "DEPT-1")
    return run


@pytest.fixture
def schemas(tmp_path):
    (tmp_path / "form" / "parts").mkdir(parents=True)
    files = [tmp_path / "form" / "form.xsd", tmp_path / "form" / "parts" / "types.xsd"]
    for file, content in zip(files, (XSD, TYPES), strict=True):
        file.write_bytes(content)
    return files


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_service_is_entered_formed_opened_and_closed(entered, schemas):
    run = entered
    assert "форма 1.0 с 02.03.2026, urn:example:form" in run("form", "garden", "1.0", *schemas)
    assert "в очередь сотрудников" in run("open", "garden", "--route", "ppu")
    assert "открыта, в очередь сотрудников" in run("show", "garden")
    assert "garden" in run("list", "--department", "DEPT-1")
    assert "garden" not in run("list", "--department", "DEPT-2")

    run("close", "garden", "--basis", "приказ № 7")

    assert "закрыта, в очередь сотрудников" in run("list")


def test_a_form_comes_as_a_zip_too(entered, tmp_path):
    archive = zipped(tmp_path / "form.zip", {"form.xsd": XSD, "parts/types.xsd": TYPES})

    assert "форма 1.0" in entered("form", "garden", "1.0", archive, "--since", "01.09.2026")
    assert "с 01.09.2026" in entered("show", "garden")


def test_a_broken_form_is_refused_with_file_and_reason(entered, schemas):
    told = entered("form", "garden", "1.0", schemas[0], code=1)

    assert "form.xsd" in told
    assert "parts/types.xsd нет среди загруженных" in told
    assert "Исправьте" in told


def test_a_zip_that_swells_is_refused(entered, tmp_path):
    archive = zipped(tmp_path / "form.zip", {"form.xsd": b" " * 2_000_000})

    assert "больше 1024 КиБ" in entered("form", "garden", "1.0", archive, code=2)


def test_a_zip_of_too_many_files_is_refused(entered, tmp_path):
    archive = zipped(tmp_path / "form.zip", {f"{n}.xsd": b"" for n in range(51)})

    assert "больше 50 файлов" in entered("form", "garden", "1.0", archive, code=2)


def test_data_are_checked_against_a_form(entered, schemas, tmp_path):
    entered("form", "garden", "1.0", *schemas)
    data = tmp_path / "data.xml"

    data.write_text('<Data xmlns="urn:example:form">7</Data>')
    assert "соответствует" in entered("form", "garden", "1.0", "--check", data)

    data.write_text('<Data xmlns="urn:example:form">19</Data>')
    assert "строка 1, /Data" in entered("form", "garden", "1.0", "--check", data, code=1)


def test_nothing_is_checked_against_a_form_that_is_not_there(entered, schemas):
    assert "Формы 2.0" in entered("form", "garden", "2.0", "--check", schemas[0], code=1)


def test_a_form_is_ended(entered, schemas):
    entered("form", "garden", "1.0", *schemas)
    entered("form", "garden", "1.0", "--end")

    assert "urn:example:form" not in entered("show", "garden")


@pytest.mark.parametrize("more", [[], ["--end", "--check", __file__]])
def test_form_does_one_thing_at_a_time(entered, more):
    assert "одно из трёх" in entered("form", "garden", "1.0", *more, code=2)


def test_an_endpoint_that_is_not_there_is_warned_of(entered, schemas):
    entered("form", "garden", "1.0", *schemas)
    assert "заявления будут ждать" in entered("open", "garden", "--route", "endpoint")


def test_a_route_is_named_and_kept(entered, schemas):
    entered("form", "garden", "1.0", *schemas)
    assert "которую забирает" in entered("route", "garden", "pull", "--contour", "prod")
    assert "закрыта, в очередь, которую забирает" in entered("show", "garden")
    assert "которую забирает" in entered("open", "garden", "--contour", "prod")


def test_codes_of_the_department_are_shown_set_and_ended(entered):
    shown = entered("codes", "garden", "--set", "в работе=6", "--set", "a=b=3")
    assert "Принято ведомством" in shown
    assert "a=b" in shown

    shown = entered("codes", "garden", "--end", "в работе")
    assert "Принято ведомством" not in shown
    assert "Исполнено" in shown


def test_a_code_that_the_portal_does_not_have_is_refused(entered):
    assert "99" in entered("codes", "garden", "--set", "А=99", code=1)
    assert "ожидается КОД=ЧИСЛО" in entered("codes", "garden", "--set", "А", code=2)


def test_attachments_are_named_by_type_and_size(entered):
    entered(
        *("add", "garden", "--title", "Детский сад", "--department", "DEPT-1"),
        *("--attach", "application/pdf", "--attach-mb", "5"),
    )

    assert "application/pdf; вместе до 5 МиБ" in entered("show", "garden")


@pytest.mark.parametrize(
    "arguments", [("show", "x"), ("codes", "x"), ("open", "x"), ("close", "x")]
)
def test_a_service_that_is_not_there_is_refused(run, arguments):
    assert "Услуги x нет" in run(*arguments, code=1)


def test_the_history_of_the_department_tells_of_its_services(entered):
    entered("codes", "garden", "--set", "А=6")

    told = entered("history", "DEPT-1", group=participant)
    assert "код статуса услуги" in told
    assert "услуга: garden" in told


def test_every_route_has_russian_words():
    assert set(words.ROUTES) == set(Route)
